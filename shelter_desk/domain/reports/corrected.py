"""What the correction of a person, a stay or its decisions moves in the reports of months that are over."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Literal

from shelter_desk.domain.ids import StayId
from shelter_desk.domain.moments import ONE_DAY, Period
from shelter_desk.domain.reports.categories import category, status_on
from shelter_desk.domain.reports.lines import reference_date
from shelter_desk.domain.reports.tables.t04_identification import FIRSTS
from shelter_desk.domain.residents.residents import Person
from shelter_desk.domain.stays.stays import Stay, VictimStatus

Event = Literal["entry", "exit", "both", "presence", "decision"]
Fact = Literal["age_group", "sex", "nationality", "category", "status", "day"]
Statuses = Mapping[StayId, Sequence[VictimStatus]]
_ORDER: Mapping[Event, int] = {"presence": 1, "decision": 2}


@dataclass(frozen=True, slots=True)
class Shift:
    """One fact by which a stay is counted otherwise, in the months from that of `first` to that of `last`.

    event: what of the stay was in them; `both` where it began and ended in one month; `decision`: the first one of its
    kind. before, after: codes, of a `day` the days, "" for none.
    """

    event: Event
    first: date
    last: date
    fact: Fact
    before: str
    after: str


def shifts(
    person: tuple[Person, Person],
    stays: Iterable[tuple[Stay, Stay]],
    statuses: Statuses,
    today: date,
    decided: Statuses | None = None,
) -> list[Shift]:
    """Entries and exits first, then the months between them together, then decisions. person, stays: before and after.

    decided: the decisions as they will be, where they change.
    """
    counted = [(was, becomes) for was, becomes in stays if was.counts]
    both = (statuses, statuses if decided is None else decided)
    found = [
        shift
        for pair in counted
        for shift in (*_days(pair, today), *_of_stay(person, pair, [of.get(pair[0].id, ()) for of in both], today))
    ]
    found += _decisions([[one for was, _ in counted for one in of.get(was.id, ())] for of in both], today)
    return sorted(found, key=lambda one: _ORDER.get(one.event, 0))


def _days(stay: tuple[Stay, Stay], today: date) -> Iterator[Shift]:
    """Its entry and its exit, where the day moves out of a month that is over, into one or within one."""
    told: tuple[tuple[Event, datetime | None, datetime | None], ...] = (
        ("entry", stay[0].admitted_at, stay[1].admitted_at),
        ("exit", stay[0].exited_at, stay[1].exited_at),
    )
    for event, was, becomes in told:
        days = [None if at is None else at.date() for at in (was, becomes)]
        past = sorted(month.first for day in days if day is not None and (month := _month(day)).last < today)
        if days[0] != days[1] and past:
            yield Shift(event, past[0], past[0], "day", *("" if d is None else str(d) for d in days))


def _decisions(statuses: Sequence[Sequence[VictimStatus]], today: date) -> Iterator[Shift]:
    """The months that count one first decision more or less."""
    for kind in FIRSTS:
        days = (min((one.decided_on for one in of if one.victim_status == kind), default=None) for of in statuses)
        was, becomes = (None if day is None else _month(day) for day in days)
        if was != becomes:
            for month, sides in ((becomes, ("", kind)), (was, (kind, ""))):
                if month is not None and month.last < today:
                    yield Shift("decision", month.first, month.first, "status", *sides)


def _month(day: date) -> Period:
    return Period.month(day.year, day.month)


def _of_stay(
    person: tuple[Person, Person], stay: tuple[Stay, Stay], statuses: Sequence[Sequence[VictimStatus]], today: date
) -> list[Shift]:
    made: list[Shift] = []
    for period in _months(stay[0], today):
        on = reference_date(stay[0], period)
        before, after = (_facts(*of, on) for of in zip(person, stay, statuses, strict=True))
        event = _event(stay[0], period)
        for fact, was in before.items():
            if was == after[fact] or (fact == "status" and before["category"] != after["category"]):
                continue
            one = Shift(event, period.first, period.first, fact, was, after[fact])
            at = next((n for n, other in enumerate(made) if _goes_on(other, one)), None)
            if at is None:
                made.append(one)
            else:
                made[at] = replace(made[at], last=one.last)
    return made


def _months(stay: Stay, today: date) -> Iterator[Period]:
    """Those that are over and that the stay touches."""
    came = stay.admitted_at.date()
    until = today if stay.exited_at is None else stay.exited_at.date()
    period = _month(came)
    while period.last < today and period.first <= until:
        yield period
        period = _month(period.last + ONE_DAY)


def _facts(person: Person, stay: Stay, statuses: Sequence[VictimStatus], on: date) -> dict[Fact, str]:
    return {
        "age_group": person.birth.group(on),
        "sex": person.sex,
        "nationality": person.nationality,
        "category": category(stay, person, statuses, on),
        "status": status_on(statuses, on),
    }


def _event(stay: Stay, period: Period) -> Event:
    enters = stay.admitted_at.date() in period
    if stay.exited_at is None or stay.exited_at.date() not in period:
        return "entry" if enters else "presence"
    return "both" if enters else "exit"


def _goes_on(before: Shift, one: Shift) -> bool:
    """Whether a month goes on with what was found of the month before it."""
    same = replace(before, first=one.first, last=one.last) == one
    return same and one.event == "presence" and Period(one.first, one.first).month_before.first == before.last
