"""Rooms with rules, beds as dated records, and the states that take a bed out of use.

R-12: persons beyond the usable beds of their own room; a free bed in another room takes nobody off.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar

from shelter_desk.domain.ids import BedId, BedRoomId, BedStateId, RoomId, TicketId
from shelter_desk.domain.moments import covers

Place = TypeVar("Place", RoomId, RoomId | None)


def above(slept: Mapping[Place, int], usable: Mapping[RoomId, int]) -> dict[Place, int]:
    """By room, how many are above its beds on one night; rooms with none are left out. The house's number is the sum.

    slept: persons in a bed or on an extra place, shared beds and absences left out; None for those in no known room,
    who have no bed either. usable: beds of the capacity in service that nothing blocks.
    """
    beds = {room: usable.get(room, 0) if room is not None else 0 for room in slept}
    return {room: persons - beds[room] for room, persons in slept.items() if persons > beds[room]}


EXTRA_BED = "appoint"
SLEEPING_ROOMS = frozenset(
    {
        "dortoir_f",
        "dortoir_h",
        "dortoir_filles",
        "dortoir_garcons",
        "chambre_famille",
        "mere_enfant",
        "chambre_indiv",
        "isolement_sante",
        "transit",
    }
)


@dataclass(frozen=True, slots=True)
class Room:
    """A room and who it is for. surface_m2: square metres."""

    id: RoomId
    code: str
    name: str
    room_type: str
    sex_rule: str
    age_rule: str
    surface_m2: float | None = None
    accessible: bool | None = None


@dataclass(frozen=True, slots=True)
class FormerRoom:
    """Where a bed stood before it was moved, on the nights of [start, end)."""

    id: BedRoomId
    bed: BedId
    room: RoomId
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Bed:
    """A place to sleep, in service on the nights of [in_service_from, in_service_to).

    room: where it stands since it was moved last; former: where it stood before, in order of time.
    """

    id: BedId
    code: str
    room: RoomId
    bed_type: str
    in_service_from: datetime
    in_service_to: datetime | None = None
    former: tuple[FormerRoom, ...] = ()

    @property
    def is_extra(self) -> bool:
        """An overflow bed is outside the capacity."""
        return self.bed_type == EXTRA_BED

    def in_service(self, night: date) -> bool:
        """True on the nights on which the bed is installed."""
        return covers(self.in_service_from, self.in_service_to, night)

    def room_on(self, night: date) -> RoomId:
        """The room in which it stood, or stands, that night."""
        return next((one.room for one in self.former if covers(one.start, one.end, night)), self.room)

    def as_on(self, night: date) -> "Bed":
        """The bed as it is said of that night: in the room of that night."""
        return replace(self, room=self.room_on(night)) if self.former else self

    @property
    def stood(self) -> tuple[tuple[RoomId, datetime, datetime | None], ...]:
        """Its rooms in order of time, each on the nights of [start, end) of its service."""
        since = self.former[-1].end if self.former else self.in_service_from
        return (*((one.room, one.start, one.end) for one in self.former), (self.room, since, self.in_service_to))


@dataclass(frozen=True, slots=True)
class BedState:
    """A bed out of use over [start, end): `maintenance`, `hors_service` or `quarantaine`.

    ticket: that of the repair it waits for, where one was opened for it.
    """

    id: BedStateId
    bed: BedId
    state: str
    start: datetime
    end: datetime | None = None
    reason: str = ""
    ticket: TicketId | None = None


@dataclass(frozen=True, slots=True)
class Crowd:
    """Persons in beds and on extra places beside the usable beds of one night, room by room (R-12).

    usable, slept: by room. mats: persons on an extra place of which no room is known; unplaced: of whom no place is.
    """

    usable: Mapping[RoomId, int]
    slept: Mapping[RoomId, int]
    mats: int = 0
    unplaced: int = 0

    @property
    def by_room(self) -> dict[RoomId, int]:
        """The rooms with more persons than beds, and how many more."""
        return above(self.slept, self.usable)

    @property
    def over(self) -> int:
        """The sum over the rooms, never netted against beds free elsewhere.

        A mat without a known room is in no room's beds. Who has no known place may lie in any bed that is left.
        """
        left = sum(max(0, n - self.slept.get(room, 0)) for room, n in self.usable.items())
        return sum(self.by_room.values()) + self.mats + max(0, self.unplaced - left)
