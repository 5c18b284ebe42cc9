"""The bed board: the house on one night, rooms as cards, beds as tiles."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from shelter_desk.domain.beds import held_beds as held_rules
from shelter_desk.domain.beds.beds import SLEEPING_ROOMS, Bed, BedState, Crowd, Room
from shelter_desk.domain.beds.held_beds import HeldBed
from shelter_desk.domain.beds.room_rules import SPACE_NORM_M2
from shelter_desk.domain.equipment.assets import lacking
from shelter_desk.domain.ids import BedId, PersonId, RoomId
from shelter_desk.domain.moments import ONE_DAY
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.beds import night_reception
from shelter_desk.operations.beds.occupancy import HouseNight, Present
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.storage.equipment import equipment


@dataclass(frozen=True, slots=True)
class BedLook:
    """One bed on one night. sleeper: who has it; sharing: infants in it; state: set when it is out of use.

    An infant whose adult is gone holds the bed until it has a place of its own.
    lacks: the parts of it that cannot be used (A-04), of `equipment.bedding`. held: for whom it is held that night, or
    from a later one on; is_held: that night.
    """

    bed: Bed
    sleeper: Present | None = None
    sharing: tuple[Present, ...] = ()
    state: BedState | None = None
    lacks: tuple[str, ...] = ()
    held: HeldBed | None = None
    is_held: bool = False

    @property
    def is_ready(self) -> bool:
        """Nobody has it and it can be used."""
        return self.sleeper is None and not self.sharing and self.state is None

    @property
    def is_free(self) -> bool:
        """It is ready, and held for nobody that night."""
        return self.is_ready and not self.is_held

    @property
    def holder(self) -> Present | None:
        """Who has it, the infant where its adult is gone."""
        return self.sleeper or next(iter(self.sharing), None)

    @property
    def left_behind(self) -> tuple[Present, ...]:
        """The infants in it whose adult is gone, or who lie beside somebody who is not of the family they came with."""
        if self.sleeper is None:
            return self.sharing
        family = self.sleeper.stay.head or self.sleeper.stay.id
        return tuple(one for one in self.sharing if one.stay.head not in (None, family))


@dataclass(frozen=True, slots=True)
class RoomLook:
    """One room on one night, beds in order of their codes.

    extra: those who sleep here outside the capacity. held: places of the room, no bed of it, that are held that night.
    """

    room: Room
    beds: tuple[BedLook, ...]
    extra: tuple[Present, ...] = ()
    held: tuple[HeldBed, ...] = ()

    @property
    def slept(self) -> int:
        """Beds slept in, by an infant alone too."""
        return sum(any(one.absence is None for one in (look.sleeper, *look.sharing) if one) for look in self.beds)

    @property
    def people(self) -> list[Present]:
        """Everyone with a place in the room, also those away."""
        return [*(one for look in self.beds for one in (look.sleeper, *look.sharing) if one), *self.extra]

    @property
    def in_need_of_a_bed(self) -> int:
        """Persons in beds and on extra places; those away and those who share a bed are left out."""
        return sum(map(_needs_bed, self.people))

    @property
    def usable(self) -> int:
        """Beds of the capacity that are not out of use."""
        return sum(1 for look in self.beds if look.state is None and not look.bed.is_extra)

    @property
    def over(self) -> int:
        """R-12: persons beyond the usable beds of this room."""
        return max(0, self.in_need_of_a_bed - self.usable)

    @property
    def free(self) -> int:
        """Beds that somebody could have tonight; extra beds are not counted, nor what is held for an arrival."""
        return self._free - self.places_kept

    @property
    def _free(self) -> int:
        return sum(1 for look in self.beds if look.is_free and not look.bed.is_extra)

    @property
    def places_held(self) -> int:
        """Places held for arrivals, no bed named."""
        return sum(one.left for one in self.held)

    @property
    def places_kept(self) -> int:
        """Those of them for which the room has beds that night."""
        return min(self.places_held, self._free)


@dataclass(frozen=True, slots=True)
class Board:
    """The house on one night.

    unplaced: present persons of whom no place is known. apart: codes of those whom somebody must not meet (R-28).
    norm_m2: what a person needs (R-13).
    """

    night: date
    rooms: tuple[RoomLook, ...]
    unplaced: tuple[Present, ...]
    apart: tuple[tuple[PersonId, frozenset[str]], ...] = ()
    norm_m2: float = SPACE_NORM_M2

    def _beds(self) -> list[BedLook]:
        return [look for room in self.rooms for look in room.beds if not look.bed.is_extra]

    @property
    def installed(self) -> int:
        """Beds installed; extra beds left out."""
        return len(self._beds())

    @property
    def usable(self) -> int:
        """Installed beds that are not out of use."""
        return sum(room.usable for room in self.rooms)

    @property
    def free(self) -> int:
        """Usable beds that nobody has and that are held for nobody."""
        return sum(room.free for room in self.rooms)

    @property
    def expected(self) -> int:
        """Beds and places held for arrivals that night; one that somebody has all the same is left out."""
        beds = sum(1 for look in self._beds() if look.is_held and look.is_ready)
        return beds + sum(room.places_kept for room in self.rooms)

    @property
    def held(self) -> int:
        """Beds kept for somebody who is away."""
        return sum(1 for look in self._beds() if look.sleeper and look.sleeper.absence)

    @property
    def everyone(self) -> list[Present]:
        """All stays that cover the night, also those away."""
        return [*self.unplaced, *(one for room in self.rooms for one in room.people)]

    @property
    def present(self) -> int:
        """Persons who sleep here."""
        return sum(1 for one in self.everyone if one.absence is None)

    @property
    def over(self) -> int:
        """R-12: persons beyond the usable beds of each room, summed; never netted against beds free elsewhere."""
        needing = [one for one in self.unplaced if _needs_bed(one)]
        mats = sum(one.placement is not None for one in needing)
        return Crowd(
            {look.room.id: look.usable for look in self.rooms},
            {look.room.id: look.in_need_of_a_bed for look in self.rooms},
            mats,
            len(needing) - mats,
        ).over


def _needs_bed(one: Present) -> bool:
    return one.absence is None and not (one.placement is not None and one.placement.place == "partage")


@needs(Permission.SEE_BEDS)
def board(desk: Desk, night: date) -> Board:
    """The board of that night: rooms as cards, beds as tiles.

    Raises NotAllowed of a night that the role may not see.
    """
    with desk.reading() as connection:
        seen = night_reception.seen_house(desk, connection, night)
        lacks = lacking(equipment.on_beds(connection, night))
        return arranged(seen, lacks, to_come=night == desk.today())


def arranged(seen: HouseNight, lacks: Mapping[BedId, tuple[str, ...]] | None = None, *, to_come: bool = False) -> Board:
    """Sort everyone of that night into rooms and beds.

    lacks: what of each bed cannot be used. to_come: beds say for whom they are held from a later night on, too.
    """
    missing, until = lacks or {}, None if to_come else seen.night + ONE_DAY
    in_bed = seen.in_bed()
    looks: dict[RoomId, list[BedLook]] = {room: [] for room in seen.rooms}
    for bed in seen.beds.values():
        here = in_bed.get(bed.id, [])
        own = next((one for one in here if one.placement and one.placement.place == "lit"), None)
        sharing = tuple(one for one in here if one is not own)
        state, keeps = seen.states.get(bed.id), held_rules.of_bed(bed.id, seen.night, until, seen.held)
        is_held = keeps is not None and keeps.on(seen.night)
        looks[bed.room].append(BedLook(bed, own, sharing, state, missing.get(bed.id, ()), keeps, is_held))
    extra: dict[RoomId, list[Present]] = {room: [] for room in seen.rooms}
    unplaced = []
    for one in seen.present:
        if one.placement is None or (one.placement.bed is None and one.placement.room not in extra):
            unplaced.append(one)
        elif one.placement.bed is None and one.placement.room is not None:
            extra[one.placement.room].append(one)
    shown = [
        RoomLook(room, tuple(looks[key]), tuple(extra[key]), seen.held_in(key))
        for key, room in seen.rooms.items()
        if looks[key] or extra[key] or room.room_type in SLEEPING_ROOMS
    ]
    apart = tuple((one.person.id, seen.apart(one.person.id)) for one in seen.present) if seen.risks else ()
    return Board(seen.night, tuple(shown), tuple(unplaced), apart, seen.norm_m2)
