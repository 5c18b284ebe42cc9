"""What may leave the shelter: small numbers hidden, and others with them until a proof says that none can be told."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from shelter_desk.domain.assistance.assistance import type_of
from shelter_desk.domain.reports.categories import CATEGORIES
from shelter_desk.domain.reports.compared import Compared
from shelter_desk.domain.reports.disclosure import ALWAYS, HEADLINE_KEYS, TOGETHER, WHOLES, is_too_fine
from shelter_desk.domain.reports.figures import HIDDEN, RATIOS, TOTAL, Dims, Figure, Ref, Shown, known_figures
from shelter_desk.domain.reports.hiding.care_relations import care
from shelter_desk.domain.reports.hiding.proving import Proof
from shelter_desk.domain.reports.hiding.relations import COUNTED, FigureCells, Relation, stays
from shelter_desk.domain.reports.hiding.sent import (
    SENT,
    PeriodFigures,
    SentDocument,
    between,
    proven_together,
    tagged,
    told_by_overlap,
)
from shelter_desk.domain.reports.narrative import with_narrative
from shelter_desk.domain.reports.report import Identity, Profile, Report, Shape, shape_of
from shelter_desk.domain.reports.tables.t02_movements import AGES, BALANCE, ROLLUPS, SEXES, rollup_dims

CELLS: tuple[Dims, ...] = tuple((("sex", sex), ("age_group", age)) for sex in SEXES for age in AGES)
_GRID: tuple[Dims, ...] = (*CELLS, *map(rollup_dims, ROLLUPS))
_BY_CATEGORY: tuple[Dims, ...] = tuple((("category", one),) for one in CATEGORIES)
_OF_PEOPLE = frozenset({("sex", "age_group"), ("rollup",)})
_OF_AGES = ("t3.adults", "t5.minors")  # columns of that grid under other names
# given where none of these is small, else left out together
_TOGETHER = {
    **dict.fromkeys(
        (
            "t1.presence",
            "t1.max_presence",
            "t1.min_presence",
            "t1.max_presence_night",
            "t1.min_presence_night",
            "t1.surface_per_person",
            "t1.persons_per_toilet",
            "t1.persons_per_shower",
        ),
        "night",
    ),
    **dict.fromkeys(("t9.attended", "t9.attended_outside", "t9.attended_staff"), "activity"),
    "t2.changes": "changes",
}
# amounts that count no persons: hidden beside a hidden number, never for being small
_AMOUNTS = frozenset({"services", "XOF", "hours"})
# amounts that only ever go with all the others of their table
_IN_ONE_PIECE = frozenset({"t2.person_nights", "t8.nights", "t8.mean_stay"})


def shown(report: Report, profile: Profile, sent: Iterable[SentDocument] = ()) -> Report:
    """The report as that level is given it: HIDDEN stands for every number kept back, small ones and companions alike.

    `interne` is given everything, `convention` exact numbers in coarse tables, `partenaire` everything that is not
    small or beside a small one, `public` the headlines. No level but `interne` keeps the rows behind the figures.
    sent: what the same recipient has already, of any period: proven together, and nothing hidden there is printed here.
    """
    if profile == "interne":
        return replace(report, profile=profile)
    given = {ref: one for ref, one in report.figures.items() if not is_too_fine(ref, profile)}
    below = {ref: one for ref, one in report.subtotals.items() if not is_too_fine(ref, profile)}
    kept = replace(report, figures=given, subtotals=below)
    # a partner's crossings of the house alone have no place in any table; others would stand there as zeros
    finer = {shape_of(ref) for ref in (*report.figures, *report.subtotals) if is_too_fine(ref, profile)}
    fixed = frozenset() if profile == "partenaire" else frozenset(finer)
    if profile == "convention":
        return _stripped(kept, profile, frozenset(), fixed)
    hiding = _Hiding(kept, profile, [one for one in sent if one.level == profile])
    hiding.run()
    return _stripped(kept, profile, frozenset(hiding.hidden), frozenset(hiding.left_out) | fixed)


def _stripped(kept: Report, profile: Profile, hidden: frozenset[Ref], left_out: frozenset[Shape]) -> Report:
    """Without the rows, the words and the lists of the house, and with the mark where a number is hidden."""
    of_public = profile == "public"

    def told(figures: Iterable[Figure]) -> dict[Ref, Figure]:
        stay = (one for one in figures if shape_of(one.ref) not in left_out)
        return {one.ref: replace(one, value=HIDDEN if one.ref in hidden else one.value, rows=()) for one in stay}

    figures, subtotals = told(kept.figures.values()), told(kept.subtotals.values())
    empty = sorted(ref for ref in hidden if kept.find(ref) is None and shape_of(ref) not in left_out)
    figures |= {ref: Figure(*ref, HIDDEN) for ref in empty if ref[1][:1] == () or ref[1][0][0] != "rollup"}

    def judged(one: Identity) -> Identity:
        away = any(ref in hidden or shape_of(ref) in left_out or is_too_fine(ref, profile) for ref in one.uses)
        return replace(one, left=HIDDEN, right=HIDDEN) if away else one

    stripped = replace(
        kept,
        profile=profile,
        figures=figures,
        subtotals=subtotals,
        identities=tuple(one for one in map(judged, kept.identities) if not of_public or one.left is not HIDDEN),
        happened=() if of_public else kept.happened,
        open_tickets=() if of_public else kept.open_tickets,
        nights=(),
        hidden=frozenset(ref for ref in hidden if shape_of(ref) not in left_out),
        left_out=left_out,
        # nobody outside is told who led them
        sessions=() if of_public else tuple(replace(one, facilitators="") for one in kept.sessions),
        lessons=(),
        compared=None if of_public else _beside(kept.compared, profile),
    )
    return with_narrative(replace(stripped, comments=stripped.told))


def _beside(compared: Compared | None, profile: Profile) -> Compared | None:
    """What stands beside the month; of what is no headline a partner is told nothing of a whole year."""
    if compared is None or profile != "partenaire":
        return compared
    return replace(compared, more=dict.fromkeys(compared.more, HIDDEN))


class _Hiding:
    """What of a report is hidden, and what is left out."""

    def __init__(self, kept: Report, profile: Profile, sent: Sequence[SentDocument]) -> None:
        self._report, self._k, self._profile = kept, kept.small_cell_k, profile
        self._every, self._sent = sent, proven_together(kept.period, sent)
        self.hidden: set[Ref] = set()
        self.left_out: set[Shape] = set()
        self._known = {ref: one.value for ref, one in (*kept.figures.items(), *kept.subtotals.items())}
        self._counts = known_figures()

    def run(self) -> None:
        """Hide what is small, what is made of it, then what the proof needs; leave out what cannot be proven."""
        self._leave_out_groups()
        apart = told_by_overlap(self._report, self._every)
        self.left_out |= {(key, names) for key, names in apart if names or (key, TOTAL) not in ALWAYS}
        for one in self._sent:  # a pattern that was sent only grows
            if one.period == self._report.period:
                self.hidden |= {ref for ref, value in one.printed.items() if value is HIDDEN}
                self.left_out |= one.left_out
        self.hidden |= {ref for ref in self._known if self._is_small(ref)}
        self._hide_below_small_totals()
        self._close()
        self._prove()
        self._close()

    def _is_small(self, ref: Ref) -> bool:
        known = self._counts[ref[0]]
        if not known.counts_persons or known.kind in RATIOS or known.unit in _AMOUNTS or self._is_kept(ref):
            return False
        return _is_below(self._known[ref], self._k) and shape_of(ref) not in self.left_out

    def _is_kept(self, ref: Ref) -> bool:
        """Whether it is printed whatever it is: a headline, but for the public one that is small."""
        return ref in ALWAYS and any(key not in HEADLINE_KEYS for key, _ in self._known)

    def _leave_out_groups(self) -> None:
        """Tables that are given whole or not at all."""
        groups: dict[str, set[Shape]] = {}
        small: set[str] = set()
        for ref, value in self._known.items():
            known = self._counts[ref[0]]
            name = _TOGETHER.get(ref[0], "zone" if ref[1][:1] and ref[1][0][0] == "zone" else "")
            name = name or (ref[0] if known.readers == "partner_whole" else "")
            if name and known.counts_persons:
                groups.setdefault(name, set()).add(shape_of(ref))
                if isinstance(value, int) and known.kind not in RATIOS and _is_below(value, self._k):
                    small.add(name)
        for name in small:
            self.left_out |= groups[name]

    def _hide_below_small_totals(self) -> None:
        """Under a total that is small nothing is told: its grid is hidden, zeros too, and its lists are left out."""
        shapes = {shape_of(ref) for ref in self._known if ref[1] != TOTAL}
        for key, names in shapes:
            known = self._counts[key]
            whole = self._value((WHOLES.get(key, key), TOTAL)) if names not in _OF_PEOPLE else self._value((key, TOTAL))
            if not known.counts_persons or known.unit in _AMOUNTS or key in _TOGETHER or known.kind in RATIOS:
                continue
            if not _is_below(whole, self._k) or key in _IN_ONE_PIECE:
                continue
            if names in _OF_PEOPLE and key in COUNTED:
                self.hidden |= {(key, dims) for dims in _GRID}
            elif names == ("category",):
                self.hidden |= {(key, dims) for dims in _BY_CATEGORY}
            else:
                self.left_out.add((key, names))
        if _is_below(self._value(("t2.distinct_persons", TOTAL)), self._k):
            self.hidden |= {(key, TOTAL) for key in _OF_AGES if (key, TOTAL) in self._known}

    def _value(self, ref: Ref) -> Shown:
        return self._known.get(ref, 0)

    def _close(self) -> None:
        """Hide, or leave out, what is made of what is hidden or left out, and what is taken over few."""
        for known in self._counts.values():
            for source in known.hidden_with:
                for shape in [one for one in self.left_out if one[0] == source]:
                    if (known.key, TOTAL) not in ALWAYS or shape[1]:
                        self.left_out.add((known.key, shape[1]))
                few = {ref for ref in self._known if ref[0] == source and _is_below(self._known[ref], self._k)}
                for _, dims in sorted(few | {ref for ref in self.hidden if ref[0] == source}):
                    made = known.key, dims
                    if made in self._known and made not in ALWAYS:
                        self.hidden.add(made)
        for key in _IN_ONE_PIECE:
            self._hide_in_one_piece(key)

    def _hide_in_one_piece(self, key: str) -> None:
        sources = {key, *self._counts[key].hidden_with}
        for names in {shape_of(ref)[1] for ref in self._known if ref[0] == key and ref[1]}:
            both = _OF_PEOPLE if names in _OF_PEOPLE else {names}
            if any(ref[0] in sources and shape_of(ref)[1] in both for ref in self.hidden):
                self.hidden |= {ref for ref in self._known if ref[0] == key and shape_of(ref)[1] == names}
                # zeros of a grid too: no night tells that nobody was there
                grid = {("sex", "age_group"): _GRID, ("category",): _BY_CATEGORY}.get(names, ())
                self.hidden |= {(key, dims) for dims in grid}

    def _prove(self) -> None:
        numbers = self._numbers()
        earlier = [self._earlier(one) for one in self._sent]
        cells = [FigureCells(numbers), *map(FigureCells, earlier)]
        relations = [*stays(cells[0]), *care(cells[0])]
        everything: dict[Ref, float] = dict(numbers)
        told = [PeriodFigures(self._report.period, {ref: ref for ref in numbers})]
        hidden, nameless = set(self.hidden), set()
        protected = {ref: target for ref, target in sorted(self._protected()) if ref in numbers}
        for at, (one, found) in enumerate(zip(self._sent, earlier, strict=True), 1):
            refs = {ref: tagged(ref, at) for ref in found}
            told.append(PeriodFigures(one.period, refs))
            everything |= {refs[ref]: number for ref, number in found.items()}
            for relation in (*stays(cells[at]), *care(cells[at])):
                plus, minus = (
                    tuple(refs[ref] for ref in side if ref in refs) for side in (relation.plus, relation.minus)
                )
                relations.append(Relation(plus, minus, relation.is_bound))
            hidden |= {refs[ref] for ref in found if one.is_open(ref)}
            nameless |= {refs[ref] for ref in found if shape_of(ref) in one.left_out}
            protected |= {refs[ref]: target for ref, target in self._protected_of(one, found)}
        proof = Proof(everything, [*relations, *between(told)])
        proof.hide(hidden)
        proof.hide_lines(nameless)
        proof.leave_out(self.left_out)
        proof.run(protected, self._may_hide)
        self.hidden |= proof.companions
        self.left_out |= proof.left_out

    def _protected_of(self, one: SentDocument, found: Mapping[Ref, float]) -> Iterator[tuple[Ref, int]]:
        """What is hidden in another document, which this one must not tell."""
        known = self._known
        self._known = dict(found)  # its own totals bound its numbers
        for ref, value in found.items():
            if (
                one.printed.get(ref) is HIDDEN
                and self._counts[ref[0]].unit not in _AMOUNTS
                and _is_below(value, self._k)
            ):
                yield ref, self._target(ref)
        self._known = known

    def _earlier(self, one: SentDocument) -> dict[Ref, float]:
        found = {ref: value for ref, value in one.numbers().items() if not is_too_fine(ref, self._profile)}
        return self._with_grid(found, {ref for ref, value in one.printed.items() if value is HIDDEN})

    def _numbers(self) -> dict[Ref, float]:
        return self._with_grid(self._known, self.hidden)

    def _with_grid(self, known: Mapping[Ref, Shown], hidden: Collection[Ref]) -> dict[Ref, float]:
        """Every count of persons, and the amounts beside them, that stands in a relation; zeros of the grids too."""
        numbers: dict[Ref, float] = {}
        for ref, value in known.items():
            figure = self._counts[ref[0]]
            is_apart = ref[0] in _TOGETHER or ref[0] in _IN_ONE_PIECE or (ref[1][:1] and ref[1][0][0] == "zone")
            if figure.counts_persons and figure.kind not in RATIOS and not is_apart and isinstance(value, (int, float)):
                numbers[ref] = value
        shapes = {shape_of(ref) for ref in numbers}
        gridded = {ref[0] for ref in hidden}
        for key in COUNTED:
            # beside what was sent a total of nobody may have to be hidden, and then its empty grid is too
            if (key, ("sex", "age_group")) in shapes or key in gridded or (self._sent and (key, ()) in shapes):
                numbers |= {(key, dims): 0 for dims in CELLS if (key, dims) not in numbers}
        for key in BALANCE:
            if (key, ("category",)) in shapes:
                numbers |= {(key, dims): 0 for dims in _BY_CATEGORY if (key, dims) not in numbers}
        # in one order, whatever the process: the solver's choice hangs on it
        zeros = sorted(ref for ref in hidden if ref not in known and ref not in numbers)
        return numbers | {ref: 0 for ref in zeros if self._is_counted_grid(ref)}

    def _is_counted_grid(self, ref: Ref) -> bool:
        return self._counts[ref[0]].kind not in RATIOS and ref[0] not in _IN_ONE_PIECE

    def _protected(self) -> Iterator[tuple[Ref, int]]:
        """The small numbers that are hidden, each with the value that it must be able to have."""
        for ref in self.hidden:
            known = self._counts[ref[0]]
            if known.unit in _AMOUNTS or known.kind in RATIOS or ref[0] in _IN_ONE_PIECE:
                continue
            if _is_below(self._value(ref), self._k):
                yield ref, self._target(ref)

    def _target(self, ref: Ref) -> int:
        """The smallest number that is printed, or what it is a part of where that is less."""
        key, dims = ref
        wholes: list[Ref] = [(WHOLES.get(key, key), TOTAL)]
        if dims:
            wholes.append((key, TOTAL))
            if dims[0][0] == "service_type" and type_of(dims[0][1]) != dims[0][1]:
                wholes.append((key, (("service_type", type_of(dims[0][1])), *dims[1:])))
            if key == "t6.provided":
                wholes = [("t6.events", dims[:-1])]
        own, least = self._value(ref), self._k
        for one in wholes:
            value = self._known.get(one)
            if one != ref and isinstance(value, int) and isinstance(own, int) and own <= value < self._k:
                least = min(least, value, self._target(one))
        several = [self._value((one, TOTAL)) for one in TOGETHER.get(key, ())]
        most = sum(value for value in several if isinstance(value, int))
        return min(least, most) if isinstance(own, int) and own <= most else least

    def _may_hide(self, ref: Ref) -> bool:
        is_of_another = ref[1] != TOTAL and ref[1][-1][0] == SENT
        return not is_of_another and not self._is_kept(ref) and shape_of(ref) not in self.left_out


def _is_below(value: Shown, k: int) -> bool:
    return isinstance(value, int) and 0 < abs(value) < k
