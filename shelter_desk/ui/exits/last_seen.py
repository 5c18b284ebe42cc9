"""When somebody who disappears was last seen: proposed as the moment of the exit, and said (T17)."""

from shelter_desk import words
from shelter_desk.domain.moments import is_plain
from shelter_desk.domain.stays.roll_call import Unseen
from shelter_desk.ui.forms.day_fields import ClockField, DayField
from shelter_desk.words import formats


def propose(found: Unseen, day: DayField, hour: ClockField) -> None:
    """Show that moment; it can be typed over."""
    day.set_day(found.left.date())
    hour.set_clock(None if is_plain(found.left) else found.left.time())


def said(found: Unseen) -> str:
    """Since when the person was not seen, "" where nothing says so."""
    if found.called is not None:
        return words.text("Absent from roll calls since {day}.").format(day=formats.day(found.called))
    if found.away is not None:
        return words.text("Noted as away since {day}.").format(day=formats.day(found.away))
    return ""
