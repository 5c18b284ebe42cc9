"""Beside a field: that who is meant is away on the day of the act. One place judges it: `absences.away_on`."""

from collections.abc import Sequence
from datetime import date

from shelter_desk.domain.ids import StayId
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays import absences
from shelter_desk.ui.forms.fields import Field
from shelter_desk.words import away

_SAID = "away_said"  # a property of the field: what was said here


def of_stay(desk: Desk, stay: StayId | None, day: date | None) -> str:
    """The sentence, "" where nobody is meant, no day is known, or they are not away."""
    found = {} if stay is None or day is None else absences.away_on(desk, [stay], day)
    return next((away.warning(one.kind, one.since) for one in found.values()), "")


def among(desk: Desk, stays: Sequence[tuple[StayId, str]], day: date) -> str:
    """The sentence of several, each with its code or bed; "" where none of them is away."""
    found = absences.away_on(desk, [key for key, _ in stays], day) if stays else {}
    told = [away.one(code, found[key].kind, found[key].since) for key, code in stays if key in found]
    return away.among(", ".join(told)) if told else ""


def say_beside(field: Field, desk: Desk, stay: StayId | None, day: date | None) -> None:
    """Show it beside that field, or take it back; a refusal or another warning that stands there stays."""
    said = str(field.property(_SAID) or "")
    if field.message() not in ("", said):
        return
    told = of_stay(desk, stay, day)
    field.setProperty(_SAID, told)
    if told:
        field.set_warning(told)
    elif said:
        field.clear()
