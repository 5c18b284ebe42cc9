"""T2, how soon entries and exits are in the file: from the event to its typing."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from shelter_desk.domain.moments import ONE_DAY, is_plain
from shelter_desk.domain.reports.facts import ReportFacts
from shelter_desk.domain.reports.figures import TOTAL, Figure, Ref, Tally, half_up
from shelter_desk.domain.reports.identity_sides import FigureReader, totals
from shelter_desk.domain.reports.lines import StayLine
from shelter_desk.domain.reports.report import Identity

DELAY, SOON, LATER, RATE = "t2.typing_delay", "t2.typed_soon", "t2.typed_later", "t2.typed_soon_rate"
KEYS = (DELAY, SOON, RATE, LATER)
_SOON = 24  # hours


def typed(all_lines: list[StayLine]) -> dict[Ref, Figure]:
    """The median delay, and how many entries and exits of the period were typed within 24 hours, how many later."""
    tally = Tally(DELAY, SOON, LATER)
    for line in all_lines:
        for happened, written in _events(line):
            hours = _hours(happened, written)
            tally.add(DELAY, line.stay.id, hours, TOTAL)
            tally.add(SOON if hours <= _SOON else LATER, line.stay.id, 1, TOTAL)
    found = tally.figures()
    soon, later = (len(found[key, TOTAL].rows) for key in (SOON, LATER))
    found[RATE, TOTAL] = Figure(RATE, TOTAL, half_up(soon * 100, soon + later))
    return found


def _events(line: StayLine) -> Iterator[tuple[datetime, datetime]]:
    """An entry and an exit of the period, each with when it was typed; nothing of one of which that is not known."""
    stay = line.stay
    if line.enters and stay.recorded_at is not None:
        yield stay.admitted_at, stay.recorded_at
    if line.exits and stay.exited_at is not None and stay.exit_recorded_at is not None:
        yield stay.exited_at, stay.exit_recorded_at


def _hours(happened: datetime, written: datetime) -> int:
    """Whole hours begun since; of a day without an hour since its end. What is typed before it happens has waited 0."""
    since = happened + ONE_DAY if is_plain(happened) else happened
    return max(0, -((since - written) // timedelta(hours=1)))


def typing_control(facts: ReportFacts, read: FigureReader) -> Identity:
    """C-18: typed soon and later = entries + exits, without those of which nobody knows when they were typed."""
    unknown = 0
    for stay in facts.stays:
        if stay.counts:
            unknown += stay.admitted_at.date() in facts.period and stay.recorded_at is None
            left = stay.exited_at is not None and stay.exited_at.date() in facts.period
            unknown += left and stay.exit_recorded_at is None
    happened: list[Ref] = [("t2.entries", TOTAL), ("t2.exits", TOTAL)]
    right = read.sum(happened) - unknown
    uses: list[Ref] = [(SOON, TOTAL), (LATER, TOTAL), *happened]
    return read.equal("C-18", TOTAL, totals(SOON, LATER), right, uses)
