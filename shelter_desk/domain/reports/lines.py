"""Each stay read once, at its reference date, as every table of the period counts it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from shelter_desk.domain.moments import ONE_DAY, Period
from shelter_desk.domain.reports.categories import category, longest_stay
from shelter_desk.domain.reports.facts import ReportFacts
from shelter_desk.domain.reports.figures import Dims
from shelter_desk.domain.residents.residents import Person
from shelter_desk.domain.stays import specific_needs
from shelter_desk.domain.stays.stays import Stay


@dataclass(frozen=True, slots=True)
class StayLine:
    """A stay of the period with what it counts for.

    read_on: the exit day if the stay ended within the period, else the last day of the period (field 4.2).
    cell, category: sex with age group, and beneficiary category, on that day.
    cell_before, category_before: the same on the eve of the period, for stays present at its start.
    needs: specific needs that hold on that day, each once.
    length: days from admission to exit, or to the last day of the period while the person is here.
    """

    stay: Stay
    person: Person
    read_on: date
    cell: Dims
    category: str
    cell_before: Dims
    category_before: str
    at_start: bool
    enters: bool
    exits: bool
    at_end: bool
    length: int
    is_over_limit: bool
    needs: tuple[str, ...] = ()

    @property
    def cells(self) -> tuple[Dims, Dims, Dims]:
        """Total, sex with age group, category."""
        return (), self.cell, (("category", self.category),)


def lines(facts: ReportFacts) -> list[StayLine]:
    """The stays that count in the period, in order of admission."""
    counted = [stay for stay in facts.stays if stay.counts and _touches(stay, facts.period)]
    return [_line(stay, facts) for stay in in_order(counted)]


def in_order(stays: Iterable[Stay]) -> list[Stay]:
    """By moment of admission, then as they were recorded."""
    return sorted(stays, key=lambda stay: (stay.admitted_at, stay.id))


def cell_of(person: Person, day: date) -> Dims:
    """Sex and age group on that day."""
    return ("sex", person.sex or "u"), ("age_group", person.birth.group(day))


def reference_date(stay: Stay, period: Period) -> date:
    """Where age, category and status of a stay are read (field 4.2)."""
    left = stay.exited_at.date() if stay.exited_at is not None else None
    return left if left is not None and left in period else period.last


def _touches(stay: Stay, period: Period) -> bool:
    left = stay.exited_at
    return stay.admitted_at.date() <= period.last and (left is None or left.date() >= period.first)


def _line(stay: Stay, facts: ReportFacts) -> StayLine:
    period, person = facts.period, facts.persons[stay.person]
    came = stay.admitted_at.date()
    left = stay.exited_at.date() if stay.exited_at is not None else None
    exits = left is not None and left <= period.last
    read_on, eve = reference_date(stay, period), period.first - ONE_DAY
    statuses = facts.statuses.get(stay.id, ())
    group = category(stay, person, statuses, read_on)
    length = ((left if exits and left is not None else period.last) - came).days
    limit = longest_stay(group, person.birth.is_minor(read_on), facts.limits)
    starts_before = came < period.first
    return StayLine(
        stay=stay,
        person=person,
        read_on=read_on,
        cell=cell_of(person, read_on),
        category=group,
        cell_before=cell_of(person, eve) if starts_before else (),
        category_before=category(stay, person, statuses, eve) if starts_before else "",
        at_start=starts_before,
        enters=not starts_before,
        exits=exits,
        at_end=not exits,
        length=length,
        is_over_limit=not exits and limit is not None and length > limit,
        needs=specific_needs.on(facts.needs.get(stay.id, ()), read_on),
    )


def last_of_each_person(all_lines: list[StayLine]) -> list[StayLine]:
    """The line of each person's last stay, in which the person is counted once."""
    return list({line.person.id: line for line in all_lines}.values())
