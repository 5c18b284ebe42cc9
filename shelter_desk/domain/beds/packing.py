"""How many households there is room for tonight: free beds, then beds that a few moves make free (field 5.1).

A household has one room. Every rule that asks for a reason is kept (R-03, R-04, R-06, one family in its room); a rule
that only warns ranks rooms. Nobody is moved to a place that any rule of rooms speaks against.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import combinations

from shelter_desk.domain.beds.beds import Room
from shelter_desk.domain.beds.moved_beds import IN_THE_HOUSE
from shelter_desk.domain.beds.room_rules import OWN_ROOM_TYPES, Sleeper, findings
from shelter_desk.domain.errors import RuleBroken
from shelter_desk.domain.ids import BedId, RoomId, StayId

MOST_MOVED = 6  # persons, for one evening
MOST_HOUSEHOLDS = 20
_MOST_STEPS = 6_000  # of a search that is given up
_TOGETHER = 3  # groups that leave one room for one household
ASKED_FOR = frozenset({"isolement_sante", "chambre_indiv"})  # the sick bay or the manager decides


class InfantsAlone(RuleBroken):
    """More infants would share a bed than children come, or nobody comes whose bed it could be."""


@dataclass(frozen=True, slots=True)
class Together:
    """Persons of one household in one room. beds: those they have, in the order of those who have one each.

    moves: False where somebody of them cannot be asked to: away, on a mat, or with family in another room.
    """

    members: tuple[Sleeper, ...]
    beds: tuple[BedId, ...] = ()
    moves: bool = True


@dataclass(frozen=True, slots=True)
class RoomPlaces:
    """A room tonight: its free beds, best first, and who sleeps in it."""

    room: Room
    free: tuple[BedId, ...]
    there: tuple[Together, ...] = ()


@dataclass(frozen=True, slots=True)
class Housed:
    """A household with its room and beds. warns: rules that only warn."""

    room: RoomId
    beds: tuple[BedId, ...]
    warns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Moved:
    """Persons who would have other beds, one for one."""

    group: Together
    room: RoomId
    beds: tuple[BedId, ...]


@dataclass(frozen=True, slots=True)
class Packed:
    """How many households there is room for. without: with nobody moved, `MOST_HOUSEHOLDS` at most.

    housed: as many of those asked for as there is room for, once `moved` were moved.
    """

    asked: int
    without: int
    housed: tuple[Housed, ...] = ()
    moved: tuple[Moved, ...] = ()

    @property
    def persons_moved(self) -> int:
        """Those who have a bed, and children who share it."""
        return sum(len(one.group.members) for one in self.moved)


def packed(
    rooms: Sequence[RoomPlaces], members: Sequence[Sleeper], beds: int, asked: int, night: date, norm_m2: float
) -> Packed:
    """Room for so many households that are alike. members: of one; beds: how many they need, 1 at least."""
    return _Packing(rooms, members, beds, night, norm_m2).best(asked)


@dataclass(slots=True)
class _Now:
    """A room while households are put into it."""

    room: Room
    free: list[BedId]
    there: list[Together]
    new: list[Together] = field(default_factory=list)

    @property
    def people(self) -> list[Sleeper]:
        return [one for group in (*self.there, *self.new) for one in group.members]


class _Packing:
    def __init__(
        self, rooms: Sequence[RoomPlaces], members: Sequence[Sleeper], beds: int, night: date, norm_m2: float
    ) -> None:
        self._members, self._beds, self._night, self._norm = tuple(members), beds, night, norm_m2
        self._steps = 0
        self._known: dict[tuple[int, RoomId, int, frozenset[int]], list[tuple[str, str]]] = {}
        alone = len(members) == 1
        rooms = [one for one in rooms if one.room.room_type not in ASKED_FOR]
        # what is kept for families comes last for one alone, and first for the others
        self._rooms = sorted(rooms, key=lambda one: (one.room.room_type in OWN_ROOM_TYPES) is alone)

    def _household(self, n: int) -> Together:
        """The n-th of those asked for: no relation of the others, nor of anybody here."""
        key = StayId(-n)
        return Together(
            tuple(Sleeper(one.sex, one.birth, key, StayId(-n * 100 - at)) for at, one in enumerate(self._members))
        )

    def _said(self, group: Together, now: _Now) -> list[tuple[str, str]]:
        """Rule and level of all that speaks against these persons in that room, beside who is there."""
        beside = now.people
        key = _name(group), now.room.id, len(beside), frozenset(map(_name, (*now.there, *now.new)))
        if key not in self._known:
            found = []
            for one in group.members:
                others = [*beside, *(other for other in group.members if other is not one)]
                found += findings(one, now.room, others, self._night, self._norm)
            self._known[key] = [(one.rule, one.level) for one in found if one.rule != IN_THE_HOUSE]
        return self._known[key]

    def _may(self, group: Together, now: _Now) -> bool:
        return all(level == "warns" for _, level in self._said(group, now))

    def _open(self) -> list[_Now]:
        return [_Now(one.room, list(one.free), list(one.there)) for one in self._rooms]

    def best(self, asked: int) -> Packed:
        """As many as were asked for, with as few moves as can be; else as many as there is room for."""
        without, housed = self._without(asked)
        if without < asked:
            for wanted in range(asked, without, -1):
                found = self._with_moves(wanted)
                if found is not None:
                    return Packed(asked, without, *found)
        return Packed(asked, without, housed)

    def _without(self, asked: int) -> tuple[int, tuple[Housed, ...]]:
        """How many without a move, and the places of those asked for, rooms without a warning first."""
        places: list[Housed] = []
        for now in self._open():
            while len(places) < MOST_HOUSEHOLDS and len(now.free) >= self._beds:
                group = self._household(len(places) + 1)
                if not self._may(group, now):
                    break
                places.append(self._house(group, now))
        ranked = sorted(places, key=lambda one: len(one.warns))
        return len(places), tuple(ranked[:asked])

    def _house(self, group: Together, now: _Now) -> Housed:
        warns = tuple(dict.fromkeys((*(rule for rule, _ in self._said(group, now)), *self._of_other_age(now.room))))
        taken, now.free = tuple(now.free[: self._beds]), now.free[self._beds :]
        now.new.append(group)
        return Housed(now.room.id, taken, warns)

    def _of_other_age(self, room: Room) -> tuple[str, ...]:
        """R-06A also of a family, which the rule lets in: a room for one age is not the first that is offered."""
        ages = {one.birth.protected_as_minor(self._night) for one in self._members}
        kept = {"adultes": False, "mineurs": True}.get(room.age_rule)
        return ("R-06A",) if kept is not None and ages != {kept} else ()

    def _with_moves(self, wanted: int) -> tuple[tuple[Housed, ...], tuple[Moved, ...]] | None:
        """The places of so many households with the fewest persons moved; None where no few moves make room."""
        for most in range(1, MOST_MOVED + 1):
            found = self._place(1, wanted, 0, self._open(), [], most, [])
            if found is not None:
                return found
        return None

    def _place(
        self,
        n: int,
        wanted: int,
        first: int,
        rooms: list[_Now],
        leaving: list[tuple[int, Together]],
        most: int,
        housed: list[Housed],
    ) -> tuple[tuple[Housed, ...], tuple[Moved, ...]] | None:
        """Put the n-th household into a room from the first one on; who has to leave waits until all are in."""
        self._steps += 1
        if self._steps > _MOST_STEPS:
            return None
        if n > wanted:
            moved = self._relocated(rooms, sorted(leaving, key=lambda one: -len(one[1].beds)))
            return None if moved is None else (tuple(housed), tuple(moved))
        group = self._household(n)
        for at in range(first, len(rooms)):
            for gone in self._ways(group, rooms[at], most):
                persons = sum(len(one.members) for one in gone)
                trial = _copies(rooms)
                now = trial[at]
                now.there = [one for one in now.there if one not in gone]
                now.free += [bed for one in gone for bed in one.beds]
                new = [*housed, self._house(group, now)]
                left = [*leaving, *((at, one) for one in gone)]
                found = self._place(n + 1, wanted, at, trial, left, most - persons, new)
                if found is not None:
                    return found
        return None

    def _ways(self, group: Together, now: _Now, most: int) -> Iterator[tuple[Together, ...]]:
        """Who might leave that room so that the household has its beds there, the fewest persons first."""
        if not self._may(group, _Now(now.room, [], [], now.new)):
            return
        must = [one for one in now.there if not self._may(group, _Now(now.room, [], [one]))]
        rest = [one for one in now.there if one not in must and one.moves]
        missing = self._beds - len(now.free) - sum(len(one.beds) for one in must)
        if not all(one.moves for one in must):
            return
        several = [
            (*must, *some)
            for size in range(_TOGETHER + 1)
            for some in combinations(rest, size)
            if sum(len(one.beds) for one in some) >= missing and (size == 0 or missing > 0)
        ]
        for gone in sorted(several, key=_persons):
            if _persons(gone) <= most:
                yield gone

    def _relocated(self, rooms: list[_Now], waiting: Sequence[tuple[int, Together]]) -> list[Moved] | None:
        """A place for everybody who leaves a room, in another one; None where there is none."""
        self._steps += 1
        if not waiting or self._steps > _MOST_STEPS:
            return None if waiting else []
        (origin, group), *others = waiting
        for at, now in enumerate(rooms):
            alone = len(group.members) == 1 and now.room.room_type in OWN_ROOM_TYPES  # kept for families
            if at == origin or alone or len(now.free) < len(group.beds) or self._said(group, now):
                continue
            trial = _copies(rooms)
            to = trial[at]
            taken, to.free = tuple(to.free[: len(group.beds)]), to.free[len(group.beds) :]
            to.new.append(group)
            rest = self._relocated(trial, others)
            if rest is not None:
                return [Moved(group, to.room.id, taken), *rest]
        return None


def _name(group: Together) -> int:
    """Whoever is here by the first stay; those asked for are all alike."""
    return max(-1, group.members[0].stay or 0)


def _persons(groups: Iterable[Together]) -> int:
    return sum(len(one.members) for one in groups)


def _copies(rooms: Iterable[_Now]) -> list[_Now]:
    return [_Now(one.room, list(one.free), list(one.there), list(one.new)) for one in rooms]
