"""Which closed months the rows of a file speak of: their published figures stay, what moves waits as a correction."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from shelter_desk.domain.moments import Period
from shelter_desk.domain.registers.rows import Judgement, Kept
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.operations.reports import closing

# where a row holds from one day until another, or until today
_HOLDS = {"sejours": ("admitted_at", "exited_at"), "couchages": ("from", "to"), "absences": ("from", "to")}


@needs(Permission.REGISTERS_IMPORT)
def touched(desk: Desk, judgement: Judgement) -> tuple[Period, ...]:
    """Those that new or changed rows have days in, in order."""
    closed = closing.closed_months(desk)
    if not closed:
        return ()
    spans = [span for name, kept in judgement.to_write() for span in _spans(name, kept, desk.today())]
    found = {one for one in closed for first, last in spans if first <= one.last and one.first <= last}
    return tuple(sorted(found, key=lambda one: one.first))


def _spans(name: str, kept: Kept, today: date) -> Iterator[tuple[date, date]]:
    """First and last day of what is said anew."""
    before = kept.before or {}
    changed = {column: value for column, value in kept.values.items() if before.get(column) != value}
    start, end = _HOLDS.get(name, ("", ""))
    if start in changed or (kept.is_changed and set(changed) - {end} and start in kept.values):
        yield _day(kept.values[start]), _day(kept.values.get(end) or today)
    elif end in changed:  # from the earlier of two ends on it is another one
        days = sorted(_day(one.get(end) or today) for one in (before, kept.values))
        yield days[0] - timedelta(days=1), days[1]
    for value in changed.values():
        if isinstance(value, date):
            yield _day(value), _day(value)


def _day(value: date) -> date:
    return value.date() if isinstance(value, datetime) else value
