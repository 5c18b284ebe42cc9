"""Whether a reader can tell a hidden number: proven by another set of numbers that fits everything that is printed.

A witness gives every hidden number a whole value, none below zero, so that all relations hold, and one of them a value
that is large enough. A solver proposes it (`solver`); how it was found does not matter, because `Unknowns.fits` reads
it in whole numbers against every relation that it touches.
"""

from collections.abc import Collection, Iterable, Mapping
from math import lcm

from shelter_desk.domain.reports.figures import Ref
from shelter_desk.domain.reports.hiding.relations import Relation

Moves = dict[int, int]  # by how much the number at a place is another one


class Unknowns:
    """The hidden numbers among all figures, with the relations that they stand in.

    values: every figure as it is, whole; only those that are `free` may be other ones. scales: by what the figures of a
    key were multiplied so that they are whole.
    """

    def __init__(self, values: Mapping[Ref, int], relations: Iterable[Relation], scales: Mapping[str, int]) -> None:
        self.at = {ref: place for place, ref in enumerate(values)}
        self.refs = list(values)
        self.values = list(values.values())
        self.free = [False] * len(self.values)
        self.rows: list[tuple[tuple[int, int], ...]] = []
        # how far the sum of a row may go down and up from what it is; None for any amount
        self.room: list[tuple[int | None, int | None]] = []
        self.of: list[list[int]] = [[] for _ in self.values]
        for relation in relations:
            self._add(relation, scales)

    def _add(self, relation: Relation, scales: Mapping[str, int]) -> None:
        """A relation that the numbers do not fulfil tells a reader nothing."""
        sides = (relation.plus, 1), (relation.minus, -1)
        kept = [(self.at[ref], sign) for refs, sign in sides for ref in refs if ref in self.at]
        if scales:
            each = [scales.get(self.refs[place][0], 1) for place, _ in kept]
            kept = [(place, sign * lcm(*each) // scale) for (place, sign), scale in zip(kept, each, strict=True)]
        total = sum(sign * self.values[place] for place, sign in kept)
        if not kept or total > 0 or (total < 0 and not relation.is_bound):
            return
        for place, _ in kept:
            self.of[place].append(len(self.rows))
        self.rows.append(tuple(kept))
        self.room.append((None, -total) if relation.is_bound else (0, 0))

    def loosen(self, places: Collection[int]) -> list[int]:
        """Beside these may stand others that nobody names: their sums are no equations; the rows that change."""
        changed = []
        for number in sorted({number for place in places for number in self.of[place]}):
            signs = {sign for place, sign in self.rows[number] if place in places}
            low, high = self.room[number]
            if low is not None:
                self.room[number] = None if max(signs) > 0 else low, None if min(signs) < 0 else high
                changed.append(number)
        return changed

    def rows_of(self, place: int) -> list[tuple[tuple[int, int], ...]]:
        """The relations in which that number stands."""
        return [self.rows[number] for number in self.of[place]]

    def together(self, places: Iterable[int]) -> list[list[int]]:
        """These, with those in one list that a relation joins, straight or through others of them."""
        left, found = set(places), []
        while left:
            group, waiting = [], [left.pop()]
            while waiting:
                place = waiting.pop()
                group.append(place)
                near = {other for number in self.of[place] for other, _ in self.rows[number]} & left
                left -= near
                waiting += near
            found.append(group)
        return found

    def fits(self, moves: Moves) -> bool:
        """Whether all relations still hold, and no number is below zero, when these are moved."""
        if any(not self.free[place] or self.values[place] + by < 0 for place, by in moves.items()):
            return False
        for number in {number for place in moves for number in self.of[place]}:
            low, high = self.room[number]
            by = sum(sign * moves.get(place, 0) for place, sign in self.rows[number])
            if (high is not None and by > high) or (low is not None and by < low):
                return False
        return True
