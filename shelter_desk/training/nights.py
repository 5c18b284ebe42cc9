"""The roll calls of the last nights: one was not done, and one differs from the file (R-31)."""

from datetime import date, datetime, time, timedelta

from shelter_desk.training.activities import is_away, lodged
from shelter_desk.training.facts import FactBook, staff, stay
from shelter_desk.training.house import Visit

CALLED, FORGOTTEN, DIFFERS = 12, 4, 3  # nights before today
HOUR = time(21)


def write(book: FactBook) -> None:
    """Call everybody on each night up to the last one."""
    for before in range(CALLED, 0, -1):
        night = book.today - timedelta(days=before)
        if before != FORGOTTEN and night >= book.house.first and lodged(book, night):
            _call(book, night, before == DIFFERS)


def _call(book: FactBook, night: date, differs: bool) -> None:
    checked = datetime.combine(night, HOUR) + timedelta(minutes=book.rng.randrange(0, 40, 5))
    values = {"night_of": night, "checked_at": checked, "checked_by": staff("C"), "unregistered": 0, "note": ""}
    row = book.add("roll_calls", values)
    missed = _missed(book, night) if differs else None
    for visit in lodged(book, night):
        kind = next((one["absence_type"] for one in visit.absences if _covers(one, night)), "")
        if visit is missed:
            kind = "permission"
        presence = "present" if not kind else "absent_injustifie" if kind == "injustifiee" else "absent_justifie"
        line = {"roll_call_id": row, "stay_id": stay(visit), "presence": presence, "absence_type": kind}
        book.add("roll_call_lines", line)


def _missed(book: FactBook, night: date) -> Visit | None:
    """Somebody who was not seen and of whom no absence is recorded."""
    grown = [one for one in lodged(book, night) if not is_away(one, night) and not one.person.minor(night)]
    return next((one for one in grown if not one.role and one.exited_at is None), None) or (grown[0] if grown else None)


def _covers(absence: dict[str, object], night: date) -> bool:
    start, end = absence["from"], absence.get("to")
    is_begun = isinstance(start, datetime) and start.date() <= night
    return is_begun and (not isinstance(end, datetime) or night < end.date())
