"""Children reunited with their family: one definition for T5 and for the exits by that reason, each child once a stay.

It is the day on which a search ends so, or the exit of a minor by the reason `reunification`, whichever is first.
"""

from collections.abc import Iterator
from datetime import date

from shelter_desk.domain.ids import StayId
from shelter_desk.domain.reports.facts import ReportFacts
from shelter_desk.domain.reports.figures import TOTAL, Ref
from shelter_desk.domain.reports.identity_sides import FigureReader, totals
from shelter_desk.domain.reports.report import Identity
from shelter_desk.domain.stays.stays import Stay

REUNITED, EXITS, REASON, CONTROL = "t5.tracing_reunified", "t5.exits", "reunification", "C-13"
BY_EXIT: Ref = (EXITS, (("exit_reason", REASON),))


def reunited(facts: ReportFacts) -> Iterator[StayId]:
    """The stays whose child was reunited in the period."""
    searched = _searched(facts)
    for stay in (*facts.stays, *facts.aside):
        days = [day for day in (searched.get(stay.id), _left(facts, stay)) if day is not None]
        if days and min(days) in facts.period:
            yield stay.id


def _searched(facts: ReportFacts) -> dict[StayId, date]:
    """The first day on which a search of that stay ended with the family."""
    found: dict[StayId, date] = {}
    for one in facts.protection.tracings:
        if one.reunified_on is not None:
            found[one.stay] = min(one.reunified_on, found.get(one.stay, one.reunified_on))
    return found


def _left(facts: ReportFacts, stay: Stay) -> date | None:
    """The day of an exit by that reason of somebody who was a minor then."""
    if stay.exit_reason != REASON or stay.exited_at is None:
        return None
    day = stay.exited_at.date()
    return day if facts.persons[stay.person].birth.is_minor(day) else None


def reunited_control(facts: ReportFacts, read: FigureReader) -> Identity:
    """C-13: the exits of minors by that reason, with children whom a search alone reunited in the period, without those
    whom a search had reunited before it."""
    alone, before, searched = 0, 0, _searched(facts)
    for stay in (*facts.stays, *facts.aside):
        found, left = searched.get(stay.id), _left(facts, stay)
        leaves = left is not None and left in facts.period
        alone += found is not None and found in facts.period and not leaves and (left is None or left > found)
        before += leaves and found is not None and found < facts.period.first
    right = read(*BY_EXIT) + alone - before
    return read.equal(CONTROL, TOTAL, totals(REUNITED), right, [(REUNITED, TOTAL), BY_EXIT])
