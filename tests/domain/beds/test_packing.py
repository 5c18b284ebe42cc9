"""How many households there is room for tonight, and who would have to move."""

from datetime import date
from itertools import product

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shelter_desk.domain.beds.beds import Room
from shelter_desk.domain.beds.packing import MOST_MOVED, Packed, RoomPlaces, Together, packed
from shelter_desk.domain.beds.room_rules import Sleeper, findings
from shelter_desk.domain.ids import BedId, RoomId, StayId
from shelter_desk.domain.residents.residents import Birth
from tests.examples import examples

NIGHT = date(2026, 11, 20)
WOMEN, MEN, FAMILY = ("dortoir_f", "f"), ("dortoir_h", "m"), ("chambre_famille", "mixte_famille")


def sleeper(sex: str, age: int, stay: int = 0, household: int = 0) -> Sleeper:
    birth = Birth(age_estimated=age, age_estimated_on=NIGHT)
    return Sleeper(sex, birth, StayId(household) if household else None, StayId(stay) if stay else None, f"P{stay}")


def room(number: int, kind: tuple[str, str], free: int, *there: Together) -> RoomPlaces:
    """Free beds are called by the number of the room, a hundred to each."""
    made = Room(RoomId(number), str(number), "", kind[0], kind[1], "tous")
    return RoomPlaces(made, tuple(BedId(number * 100 + n) for n in range(free)), there)


def together(stay: int, *who: tuple[str, int], moves: bool = True) -> Together:
    members = tuple(sleeper(sex, age, stay * 10 + n, stay * 10) for n, (sex, age) in enumerate(who))
    return Together(members, tuple(BedId(stay * 1000 + n) for n in range(len(who))), moves)


MOTHER = (sleeper("f", 30), sleeper("f", 8), sleeper("m", 8))


def asked(rooms: list[RoomPlaces], members: tuple[Sleeper, ...] = MOTHER, beds: int = 0, n: int = 1) -> Packed:
    return packed(rooms, members, beds or len(members), n, NIGHT, 0.1)


def test_a_family_room_holds_one_family_however_many_beds_it_has() -> None:
    found = asked([room(1, FAMILY, 9)], n=2)
    assert (found.without, len(found.housed), found.moved) == (1, 1, ())


def test_a_mother_with_a_son_goes_to_women_and_not_to_men_and_meets_no_other_woman() -> None:
    assert asked([room(1, MEN, 9)]).without == 0
    assert asked([room(1, WOMEN, 7)], n=3).without == 1
    assert asked([room(1, WOMEN, 7)], (sleeper("f", 30), sleeper("f", 8)), n=3).without == 3


def test_a_boy_is_not_put_beside_women_who_are_strangers() -> None:
    woman = together(1, ("f", 40))
    assert asked([room(1, WOMEN, 9, woman)]).without == 0


def test_infants_who_share_need_no_bed() -> None:
    assert asked([room(1, FAMILY, 2)]).without == 0
    assert asked([room(1, FAMILY, 2)], beds=2).without == 1


def test_whoever_stands_in_the_way_is_moved_with_the_fewest_persons() -> None:
    rooms = [
        room(1, FAMILY, 1, together(1, ("f", 30), ("f", 5))),
        room(2, FAMILY, 2, together(2, ("f", 25))),
        room(3, WOMEN, 2, together(3, ("f", 40))),
    ]
    found = asked(rooms)
    assert (found.without, [one.room for one in found.housed], found.persons_moved) == (0, [RoomId(2)], 1)
    (moved,) = found.moved
    assert (moved.group, moved.room, len(moved.beds)) == (rooms[1].there[0], RoomId(3), 1)


def test_who_may_not_move_stays() -> None:
    rooms = [room(2, FAMILY, 2, together(2, ("f", 25), moves=False)), room(3, WOMEN, 1)]
    assert asked(rooms) == Packed(1, 0)


def test_nobody_is_moved_beside_somebody_the_rules_speak_against() -> None:
    rooms = [room(2, FAMILY, 2, together(2, ("f", 25))), room(3, ("dortoir_f", "f"), 1, together(3, ("f", 14)))]
    assert asked(rooms).moved == ()


def test_rooms_without_a_warning_come_first() -> None:
    girl = (sleeper("f", 15),)
    found = asked([room(1, WOMEN, 1, together(1, ("f", 30))), room(2, WOMEN, 1)], girl)
    assert [(one.room, one.warns) for one in found.housed] == [(RoomId(2), ())]


KINDS = st.sampled_from((WOMEN, MEN, FAMILY, ("mere_enfant", "f")))
PERSONS = st.tuples(st.sampled_from("fm"), st.sampled_from((5, 15, 30)))


@st.composite
def houses(draw: st.DrawFn) -> list[RoomPlaces]:
    rooms, stay = [], 0
    for number in range(1, draw(st.integers(1, 4)) + 1):
        there = []
        for _ in range(draw(st.integers(0, 2))):
            stay += 1
            who = draw(st.lists(PERSONS, min_size=1, max_size=3))
            there.append(together(stay, *who, moves=draw(st.booleans())))
        rooms.append(room(number, draw(KINDS), draw(st.integers(0, 4)), *there))
    return rooms


def broken(room_: Room, people: list[Sleeper], new: list[Sleeper]) -> set[str]:
    """What asks for a reason against the new ones beside everybody."""
    return {
        one.rule
        for who in new
        for one in findings(who, room_, [other for other in people if other is not who], NIGHT, 0.1)
        if one.level == "needs_reason"
    }


def most_by_hand(rooms: list[RoomPlaces], members: tuple[Sleeper, ...], beds: int) -> int:
    """Room by room: the largest number for which nothing asks for a reason."""
    total = 0
    for one in rooms:
        here = [who for group in one.there for who in group.members]
        most = 0
        for n in range(1, len(one.free) // beds + 1):
            new = [
                Sleeper(who.sex, who.birth, StayId(-k - 1), StayId(-k * 10 - at - 1))
                for k in range(n)
                for at, who in enumerate(members)
            ]
            if not broken(one.room, [*here, *new], new):
                most = n
        total += most
    return total


@settings(max_examples=examples(60), deadline=None, suppress_health_check=[*HealthCheck])
@given(rooms=houses(), who=st.lists(PERSONS, min_size=1, max_size=3), n=st.integers(1, 3))
def test_what_is_answered_can_be_done_and_nothing_is_left_out_without_moves(
    rooms: list[RoomPlaces], who: list[tuple[str, int]], n: int
) -> None:
    members = tuple(sleeper(sex, age) for sex, age in who)
    found = asked(rooms, members, n=n)
    assert found.without == most_by_hand(rooms, members, len(members))
    assert len(found.housed) >= min(n, found.without)
    assert (len(found.housed) > found.without) == bool(found.moved)
    assert found.persons_moved <= MOST_MOVED
    assert all(one.group.moves for one in found.moved)
    gone = [one.group for one in found.moved]
    places = [(one.room, one.beds) for one in found.housed] + [(one.room, one.beds) for one in found.moved]
    given_ = [bed for _, beds in places for bed in beds]
    assert len(set(given_)) == len(given_)
    for one in rooms:
        free = {*one.free, *(bed for group in one.there if group in gone for bed in group.beds)}
        came = [group.group for group in found.moved if group.room == one.room.id]
        here = [p for group in (*[g for g in one.there if g not in gone], *came) for p in group.members]
        new = [
            Sleeper(who_.sex, who_.birth, StayId(-k - 1), StayId(-k * 10 - at - 1))
            for k, _ in enumerate(h for h in found.housed if h.room == one.room.id)
            for at, who_ in enumerate(members)
        ]
        taken = {bed for where, beds in places if where == one.room.id for bed in beds}
        assert taken <= free
        assert not broken(one.room, [*here, *new], [*new, *(p for group in came for p in group.members)])


def test_few_moves_are_found_where_a_search_by_hand_finds_one() -> None:
    """Every house of two family rooms and a dormitory with one person in each family room."""
    for free, dormitory in product(range(3), range(3)):
        rooms = [
            room(1, FAMILY, free, together(1, ("f", 30))),
            room(2, FAMILY, 0, together(2, ("f", 35))),
            room(3, WOMEN, dormitory),
        ]
        members = (sleeper("f", 30), sleeper("m", 9))
        found = asked(rooms, members)
        fits_without = dormitory >= 2
        fits_with_one = free + 1 >= 2 and dormitory >= 1
        assert len(found.housed) == (fits_without or fits_with_one)
        assert found.persons_moved == (0 if fits_without or not fits_with_one else 1)
