"""Where a family that is not admitted yet may sleep together: room by room, who in which bed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from shelter_desk.domain import settings as limits
from shelter_desk.domain.beds.beds import SLEEPING_ROOMS, Bed, Room
from shelter_desk.domain.beds.held_beds import RULE as HELD
from shelter_desk.domain.beds.room_rules import OWN_ROOM_TYPES, Finding, Sleeper, findings
from shelter_desk.domain.ids import PersonId, RoomId, StayId
from shelter_desk.domain.residents.residents import Birth
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays.stays import Place
from shelter_desk.operations.beds import beds, night_reception
from shelter_desk.operations.beds.occupancy import HouseNight, house
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.storage.file import settings

_FAMILY = StayId(-1)  # no stay has it
OF_BEDS = frozenset({HELD, "A-04"})  # what is said against a bed and not of its room


@dataclass(frozen=True, slots=True)
class Arriving:
    """What the rules of rooms ask of somebody of the family. person: of somebody who was here before."""

    sex: str
    birth: Birth
    person: PersonId | None = None


@dataclass(frozen=True, slots=True)
class FamilyPlace:
    """Where one of the family would sleep: `lit` or `partage` in that bed, `appoint` in the room."""

    place: Place
    bed: Bed | None = None


@dataclass(frozen=True, slots=True)
class FamilyRoom:
    """One room for all of a family, places in the order asked. against: what the rules say of it, each once."""

    room: Room
    places: tuple[FamilyPlace, ...]
    against: tuple[Finding, ...] = ()

    @property
    def fits(self) -> bool:
        """True when it can be given without a reason."""
        return all(finding.level == "warns" for finding in self.against)

    @property
    def rank(self) -> tuple[bool, bool, int, int, str]:
        """Best first: no reason needed, a room for families, everybody with a bed, little said against it."""
        mats = sum(one.place == "appoint" for one in self.places)
        is_other = self.room.room_type not in OWN_ROOM_TYPES
        return (not self.fits, is_other, mats, len(self.against), self.room.code)


@needs(Permission.ADMIT)
def rooms_for(desk: Desk, family: Sequence[Arriving], night: date) -> list[FamilyRoom]:
    """The rooms in which the head, who is first, has a bed, best first.

    An infant (a setting says up to which age) shares the bed of the head; who has none gets a mat. Raises NotAllowed.
    """
    head = family[0]
    proposals = beds.beds_for(desk, head.sex, head.birth, night, person=head.person)
    with desk.reading() as connection:
        night_reception.check_night(desk, connection, night)
        seen = house(connection, night)
        oldest = limits.whole(settings.read(connection), "infant_shares_bed_max_age_years")
    free: dict[RoomId, list[beds.Proposal]] = {}
    for one in proposals:
        if one.is_possible and one.room.room_type in SLEEPING_ROOMS and not one.bed.is_extra:
            free.setdefault(one.room.id, []).append(one)
    return sorted((_laid(seen, family, several, oldest) for several in free.values()), key=lambda one: one.rank)


def _laid(seen: HouseNight, family: Sequence[Arriving], free: Sequence[beds.Proposal], oldest: int) -> FamilyRoom:
    room, night = free[0].room, seen.night
    left = sorted(free, key=lambda one: (one.is_held, one.rank))
    others = seen.others_in(room.id)
    places: list[FamilyPlace] = []
    against: list[Finding] = []
    for at, one in enumerate(family):
        apart = frozenset[str]() if one.person is None else seen.apart(one.person)
        sleeper = Sleeper(one.sex or "f", one.birth, _FAMILY, None, "", apart)
        against += findings(sleeper, room, others, night, seen.norm_m2)
        others.append(sleeper)
        age = one.birth.age(night)
        if at and age is not None and age <= oldest and places[0].bed is not None and not _is_shared(places):
            places.append(FamilyPlace("partage", places[0].bed))
        elif left:
            given = left.pop(0)
            against += [finding for finding in given.against if finding.rule in OF_BEDS]
            places.append(FamilyPlace("lit", given.bed))
        else:
            places.append(FamilyPlace("appoint"))
    return FamilyRoom(room, tuple(places), tuple(_once(against)))


def _is_shared(places: Iterable[FamilyPlace]) -> bool:
    return any(one.place == "partage" for one in places)


def _once(against: Iterable[Finding]) -> list[Finding]:
    """One of each rule, with everybody it speaks of."""
    found: dict[str, Finding] = {}
    for one in against:
        known = found.get(one.rule)
        named = (
            one.others if known is None else (*known.others, *(who for who in one.others if who not in known.others))
        )
        found[one.rule] = replace(one, others=named)
    return list(found.values())
