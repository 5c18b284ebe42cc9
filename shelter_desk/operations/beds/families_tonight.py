"""How many families tonight: free and movable places packed under the rules of the rooms."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from shelter_desk.domain.beds.beds import Bed, Room
from shelter_desk.domain.beds.packing import MOST_HOUSEHOLDS, InfantsAlone, Packed, RoomPlaces, Together, packed
from shelter_desk.domain.beds.room_rules import Sleeper
from shelter_desk.domain.equipment.assets import lacking
from shelter_desk.domain.errors import BadNumber, Missing
from shelter_desk.domain.ids import BedId, RoomId, StayId
from shelter_desk.domain.residents.residents import Birth
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.beds import night_reception
from shelter_desk.operations.beds.bed_board import Board, RoomLook, arranged
from shelter_desk.operations.beds.occupancy import HouseNight, Present
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.storage.equipment import equipment

GROWN, CHILD = 30, 8  # years, where nobody asks for more than whether somebody is a minor


@dataclass(frozen=True, slots=True)
class AskedHousehold:
    """Who comes together, and how many households of this kind. sharing: infants who lie with an adult of theirs.

    accessible: the room has to be.
    """

    women: int = 0
    men: int = 0
    girls: int = 0
    boys: int = 0
    sharing: int = 0
    households: int = 1
    accessible: bool = False

    @property
    def persons(self) -> int:
        """Of one household."""
        return self.women + self.men + self.girls + self.boys

    @property
    def beds(self) -> int:
        """That one household needs."""
        return self.persons - self.sharing


@dataclass(frozen=True, slots=True)
class TonightAnswer:
    """The answer, and what its rooms and beds are called."""

    packed: Packed
    rooms: Mapping[RoomId, Room]
    beds: Mapping[BedId, Bed]


@needs(Permission.SEE_BEDS)
def how_many(desk: Desk, asked: AskedHousehold) -> TonightAnswer:
    """How many such households there is room for tonight, with what would have to be moved; nothing is written.

    Raises Missing without a person, InfantsAlone, BadNumber for more than twenty households.
    """
    _check(asked)
    tonight = desk.today()
    with desk.reading() as connection:
        seen = night_reception.seen_house(desk, connection, tonight)
        unfit = lacking(equipment.on_beds(connection, tonight)).keys()
    board = arranged(seen, to_come=True)
    places = [
        _places(look, seen, board, frozenset(unfit))
        for look in board.rooms
        if look.room.accessible or not asked.accessible
    ]
    members = [
        Sleeper(sex, Birth(age_estimated=age, age_estimated_on=tonight))
        for sex, age, n in (
            ("f", GROWN, asked.women),
            ("m", GROWN, asked.men),
            ("f", CHILD, asked.girls),
            ("m", CHILD, asked.boys),
        )
        for _ in range(n)
    ]
    found = packed(places, members, asked.beds, asked.households, tonight, seen.norm_m2)
    return TonightAnswer(found, seen.rooms, seen.beds)


def _check(asked: AskedHousehold) -> None:
    if not asked.persons:
        raise Missing("women")
    if asked.sharing > asked.girls + asked.boys or (asked.sharing and not asked.women + asked.men):
        raise InfantsAlone
    if not 1 <= asked.households <= MOST_HOUSEHOLDS:
        raise BadNumber("households", str(asked.households))


def _places(look: RoomLook, seen: HouseNight, board: Board, unfit: frozenset[BedId]) -> RoomPlaces:
    """A room with its free beds, those that lack something last, as many as are held for arrivals left out."""
    ready = (one for one in look.beds if one.is_free and one.held is None and not one.bed.is_extra)
    free = sorted((one.bed.id for one in ready), key=lambda bed: bed in unfit)
    families: dict[StayId, list[Present]] = defaultdict(list)
    for one in look.people:
        families[one.stay.head or one.stay.id].append(one)
    everyone = board.everyone
    there = []
    for head, people in families.items():
        whole = sum((one.stay.head or one.stay.id) == head for one in everyone) == len(people)
        in_bed = [one for one in people if one.placement is not None and one.placement.place == "lit"]
        moves = whole and all(
            one.absence is None and one.placement is not None and one.placement.place != "appoint" for one in people
        )
        beds = tuple(one.placement.bed for one in in_bed if one.placement is not None and one.placement.bed is not None)
        extra = any(seen.beds[bed].is_extra for bed in beds)
        there.append(Together(tuple(map(seen.sleeper, people)), beds, moves and bool(beds) and not extra))
    return RoomPlaces(look.room, tuple(free[: max(0, len(free) - look.places_held)]), tuple(there))
