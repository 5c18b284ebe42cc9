"""What is told of an act of a shift: who, where, until when; nothing of a file."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from shelter_desk.domain.ids import BedId, PersonId

ShiftGroup = Literal["moves", "presence", "alerts", "beds"]
GROUPS: tuple[ShiftGroup, ...] = ("moves", "presence", "alerts", "beds")


@dataclass(frozen=True, slots=True)
class ShiftEvent:
    """One act of the shift.

    at: when it was typed. by: who did it, "" where nobody is named. codes, persons: whom it is about. bed, room: where
    to, "" where it is neither. kind: the absence, the exit, the state of the bed, or the incident, in code; severity:
    of the incident. day, until: of an absence, a bed out of use or a held bed. here, away: of a roll call.
    """

    seq: int
    at: datetime
    action: str
    group: ShiftGroup
    by: str
    codes: tuple[str, ...] = ()
    persons: tuple[PersonId, ...] = ()
    bed: str = ""
    room: str = ""
    place: str = ""
    kind: str = ""
    severity: str = ""
    day: date | None = None
    until: date | None = None
    here: int = 0
    away: int = 0
    is_provisional: bool = False
    number: str = ""
    bed_id: BedId | None = None
