"""The proof that no small number can be told, and what must be hidden or left out until it stands.

Every number that is to be protected gets a witness (`witnesses`). Where there is none, the printed numbers that would
make one are hidden too, the fewest and smallest first; where none would, the figure is left out in that shape. One
witness serves many numbers.
"""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from shelter_desk.domain.reports.figures import Ref
from shelter_desk.domain.reports.hiding.relations import COUNTED, Relation
from shelter_desk.domain.reports.hiding.sent import SENT
from shelter_desk.domain.reports.hiding.solver import Solver
from shelter_desk.domain.reports.hiding.witnesses import Moves, Unknowns
from shelter_desk.domain.reports.report import Shape, shape_of

_THOUSANDTHS = 1000  # decimals are counted in these
_MOST_WORK = 70_000  # after so many columns nothing is tried to be printed again


def _is_of_a_list(ref: Ref) -> bool:
    """Whether it is a line of a list that prints those alone that count somebody."""
    names = tuple(name for name, _ in ref[1] if name != SENT)
    return names not in ((), ("rollup",), ("category",)) and (names != ("sex", "age_group") or ref[0] not in COUNTED)


class Proof:
    """Hides and proves over one set of numbers.

    companions: hidden for the proof alone. left_out: what is not given, from the beginning or for the proof. lost: how
    many numbers of documents that went before can be told whatever is done here.
    """

    def __init__(self, numbers: Mapping[Ref, float], relations: Iterable[Relation]) -> None:
        broken = {ref[0] for ref, number in numbers.items() if not isinstance(number, int)}
        self._scales = dict.fromkeys(broken, _THOUSANDTHS)
        whole = {ref: int(Decimal(str(number)) * self._scales.get(ref[0], 1)) for ref, number in numbers.items()}
        self._all = Unknowns(whole, relations, self._scales)
        self._solvers: dict[int, Solver] = {}  # of each number that hangs together with one that is to be protected
        self.companions: set[Ref] = set()
        self.left_out: set[Shape] = set()
        self.lost = 0
        self._served: dict[Ref, Moves] = {}
        self._wanted: dict[Ref, int] = {}

    @property
    def work(self) -> int:
        """How many columns the programs had that were solved."""
        return sum(one.work for one in self._different())

    def _different(self) -> list[Solver]:
        return list(dict.fromkeys(self._solvers.values()))

    def _allow(self, places: Iterable[int], *, moving: bool = True) -> None:
        for place in places:
            if place in self._solvers:
                self._solvers[place].allow([place], moving=moving)

    def hide(self, refs: Iterable[Ref]) -> None:
        """A reader is not told these."""
        places = [self._all.at[ref] for ref in refs if ref in self._all.at]
        for place in places:
            self._all.free[place] = True
        self._allow(places)

    def leave_out(self, shapes: Iterable[Shape]) -> None:
        """Nor these, of which nothing is printed."""
        kept = set(shapes)
        self.left_out |= kept
        refs = [ref for ref in self._all.refs if shape_of(ref) in kept]
        self.hide(refs)
        self.hide_lines(refs)

    def hide_lines(self, refs: Iterable[Ref]) -> None:
        """Nor which lines there are beside these, where that is not the same in every report."""
        changed = self._all.loosen({self._all.at[ref] for ref in refs if ref in self._all.at and _is_of_a_list(ref)})
        for solver in self._different():
            solver.loosen(changed)

    def run(self, protected: Mapping[Ref, int], may_hide: Callable[[Ref], bool]) -> None:
        """Prove these, each with the value that it must be able to have."""
        self._wanted = {ref: self._by(ref, target) for ref, target in protected.items()}
        printed = [place for ref, place in self._all.at.items() if not self._all.free[place] and may_hide(ref)]
        hidden = [place for place, is_free in enumerate(self._all.free) if is_free]
        wanted = {self._all.at[ref] for ref in self._wanted}
        for group in self._all.together([*printed, *hidden]):
            if not wanted.isdisjoint(group):
                self._solvers |= dict.fromkeys(group, Solver(self._all, group))
        self._serve_together(self._open())
        for place in printed:
            if place in self._solvers:
                self._solvers[place].allow([place], price=self._price(place))
        for ref in self._open():
            if ref not in self._served and shape_of(ref) not in self.left_out:
                self._serve(ref)
        self._allow((place for place in printed if not self._all.free[place]), moving=False)
        self._trim()

    def _open(self) -> list[Ref]:
        """What is not proven yet."""
        return [ref for ref in self._wanted if ref not in self._served and shape_of(ref) not in self.left_out]

    def _price(self, place: int) -> float:
        """Of a printed number that would be hidden: nearly the same for all, totals and zeros a little more."""
        value = self._all.values[place]
        return 1 + (0.5 if not self._all.refs[place][1] else 0) + (0.25 if not value else min(value, 100) / 1000)

    def _by(self, ref: Ref, target: int) -> int:
        """How far it must move: to its target, or one down where it stands there already."""
        return (target * self._scales.get(ref[0], 1) - self._all.values[self._all.at[ref]]) or -1

    def _serve_together(self, refs: list[Ref], *, or_none: bool = False) -> bool:
        """As many as one witness serves, again and again, then one by one; whether all are, without hiding more.

        or_none: the first that is not ends it.
        """
        groups: dict[Solver, list[Ref]] = {}
        for ref in refs:
            groups.setdefault(self._solver(ref), []).append(ref)
        left = [ref for solver, group in groups.items() for ref in self._serve_group(solver, group)]
        for ref in left:
            if ref not in self._served:
                found = self._solver(ref).moved(self._all.at[ref], self._wanted[ref])
                if found is not None:
                    self._keep(found, left)
                if or_none and ref not in self._served:
                    return False
        return all(ref in self._served for ref in refs)

    def _serve_group(self, solver: Solver, refs: list[Ref]) -> list[Ref]:
        """As many as one witness serves, again and again, of fewer where it serves none; those that are left."""
        left, tried = refs, len(refs)
        while tried:
            found = solver.many_moved({self._all.at[ref]: self._wanted[ref] for ref in left[:tried]})
            before = len(left)
            if found is not None:
                self._keep(found, left)
                left = [ref for ref in left if ref not in self._served]
            tried = tried // 2 if len(left) == before else len(left)
        return left

    def _solver(self, ref: Ref) -> Solver:
        return self._solvers[self._all.at[ref]]

    def _serve(self, ref: Ref) -> None:
        """Hide what one of them needs, or leave it out."""
        found = self._solver(ref).moved(self._all.at[ref], self._wanted[ref])
        if found is not None:
            more = {self._all.refs[place] for place in found if not self._all.free[place]}
            self.hide(more)
            self.companions |= more
            self._keep(found, self._open())
        if ref not in self._served:
            self._leave_out_around(ref)

    def _leave_out_around(self, ref: Ref) -> None:
        """Its shape; of a number in another document, which is out of reach, the shapes beside it that tell it."""
        key, names = shape_of(ref)
        if names[-1:] != (SENT,):
            self.leave_out([(key, names)])
            return
        place = self._all.at[ref]
        near = {shape_of(self._all.refs[other]) for row in self._all.rows_of(place) for other, _ in row}
        own = {one for one in near if one[1] and one[1][-1] != SENT} | {(key, names[:-1])}
        self.leave_out(one for one in own if one[1])
        found = self._solvers[place].moved(place, self._wanted[ref])
        if found is not None:
            self._keep({at: by for at, by in found.items() if self._all.free[at]}, [ref])
        self.lost += ref not in self._served

    def _keep(self, found: Moves, refs: Iterable[Ref]) -> None:
        """The witness for every one of them that it serves, if it is one."""
        if not self._all.fits(found):
            return
        for ref in refs:
            by, wanted = found.get(self._all.at[ref], 0), self._wanted[ref]
            if ref not in self._served and (by >= wanted if wanted > 0 else by != 0):
                self._served[ref] = found

    def _trim(self) -> None:
        """Print again what the proof does not need, the largest first."""
        for ref in sorted(self.companions, key=lambda one: (-self._all.values[self._all.at[one]], one)):
            place = self._all.at[ref]
            if self.work >= _MOST_WORK:
                return
            before = dict(self._served)
            self._all.free[place] = False
            self._allow([place], moving=False)
            needed = [one for one, moves in before.items() if place in moves and shape_of(one) not in self.left_out]
            self._served = {one: moves for one, moves in before.items() if place not in moves}
            if self._serve_together(needed, or_none=True):
                self.companions.discard(ref)
            else:
                self._served = before
                self._all.free[place] = True
                self._allow([place])
