"""What the correction of a person or of a stay moves in the reports of months that are over."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from shelter_desk.domain.ids import StayId
from shelter_desk.domain.moments import ONE_DAY, Period
from shelter_desk.domain.reports.categories import category
from shelter_desk.domain.reports.lines import reference_date
from shelter_desk.domain.residents.residents import Person
from shelter_desk.domain.stays.stays import Stay, VictimStatus

Event = Literal["entry", "exit", "both", "presence"]
Fact = Literal["age_group", "sex", "nationality", "category"]


@dataclass(frozen=True, slots=True)
class Shift:
    """One fact by which a stay is counted otherwise, in the months from that of `first` to that of `last`.

    event: what of the stay was in them; `both` where it began and ended in one month. before, after: codes.
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
    statuses: Mapping[StayId, Sequence[VictimStatus]],
    today: date,
) -> list[Shift]:
    """Entries and exits first, then the months between them together. person, stays: before and after."""
    found = [
        shift
        for was, becomes in stays
        if was.counts
        for shift in _of_stay(person, (was, becomes), statuses.get(was.id, ()), today)
    ]
    return sorted(found, key=lambda one: one.event == "presence")


def _of_stay(
    person: tuple[Person, Person], stay: tuple[Stay, Stay], statuses: Sequence[VictimStatus], today: date
) -> list[Shift]:
    made: list[Shift] = []
    for period in _months(stay[0], today):
        on = reference_date(stay[0], period)
        before, after = (_facts(one, of, statuses, on) for one, of in zip(person, stay, strict=True))
        event = _event(stay[0], period)
        for fact, was in before.items():
            if was == after[fact]:
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
    period = Period.month(came.year, came.month)
    while period.last < today and period.first <= until:
        yield period
        following = period.last + ONE_DAY
        period = Period.month(following.year, following.month)


def _facts(person: Person, stay: Stay, statuses: Sequence[VictimStatus], on: date) -> dict[Fact, str]:
    return {
        "age_group": person.birth.group(on),
        "sex": person.sex,
        "nationality": person.nationality,
        "category": category(stay, person, statuses, on),
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
