"""What is to be settled before a month is closed."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from shelter_desk.domain.flags.flag import Flag
from shelter_desk.domain.ids import PersonId, StayId

Matter = Literal[
    "unplaced",
    "no_destination",
    "no_exit_reason",
    "no_birth",
    "no_child_status",
    "no_source",
    "planned_past",
    "after_exit",
    "flag",
    "stock_expired",
    "stock_negative",
    "stock_request",
    "stock_uncounted",
    "count_unexplained",
    "asset_not_found",
    "asset_no_place",
    "asset_no_donor",
    "asset_lost",
]


@dataclass(frozen=True, slots=True)
class Point:
    """One thing to settle before closing: what is the matter with which stay or night, item, count or asset.

    nights: how many, where it counts. day, row: of a service, a voucher, a line of a count. flag: what a rule says; it
    may be about a night alone. place: the part of a page where it is settled, "" for the record of the person; name:
    of what lies in the store, or of the lot or the count.
    """

    matter: Matter
    stay: StayId | None
    person: PersonId | None
    code: str
    nights: int = 0
    day: date | None = None
    flag: Flag | None = None
    row: int = 0
    place: str = ""
    name: str = ""

    @property
    def key(self) -> str:
        """What tells it from the other points of its month, and is the same as long as it is there."""
        about = f"{self.flag.rule}-{self.flag.kind}-{self.flag.about}" if self.flag is not None else ""
        about = about or (self.name if self.place else "")
        day = self.day or (self.flag.night if self.flag is not None else None)
        told = (self.stay or "", self.row or "", "" if day is None else day.isoformat())
        return "|".join((self.matter, self.code, *map(str, told), about))
