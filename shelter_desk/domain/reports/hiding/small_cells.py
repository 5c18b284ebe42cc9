"""What may leave the shelter: small numbers hidden, and others with them so that none can be subtracted back (6.6)."""

from collections.abc import Callable
from dataclasses import replace

from shelter_desk.domain.codes import codes
from shelter_desk.domain.reports.disclosure import is_too_fine, of_children, scores_of_few
from shelter_desk.domain.reports.figures import HIDDEN, NOT_RECORDED, TOTAL, Dims, Figure, Ref, Shown, known_figures
from shelter_desk.domain.reports.hiding.subtracting import Sum, equations, given_back
from shelter_desk.domain.reports.hiding.sums import sums
from shelter_desk.domain.reports.layout.stay_tables import LISTS
from shelter_desk.domain.reports.report import Profile, Report
from shelter_desk.domain.reports.tables.t02_movements import rollup
from shelter_desk.domain.reports.tables.t02_place_requests import CONTROL
from shelter_desk.domain.reports.tables.t09_activities import SCORES

LEAST_FOR_NATIONALITIES = 10
# identities of figures that the public is not given
_NOT_FOR_PUBLIC = frozenset({"I-17", CONTROL})
_COMPANIONS = {
    "exit_destination": "inconnue",
    "migration_situation": "indetermine",
    "assimilated_practice": "esclavage",
    "origin": "etrangere",
    "incident_type": "autre",
}


def shown(report: Report, profile: Profile) -> Report:
    """The report as that reader may see it: HIDDEN stands for every number kept back, small ones and companions alike.

    `interne` hides nothing. `partenaire` hides details of T3, T4, T5, T8 and T12 and keeps every total; `public` hides
    everywhere and has neither T10 nor T12. Equipment counts no persons and is never hidden.
    No profile but `interne` keeps the rows behind the figures.
    """
    if profile == "interne":
        return replace(report, profile=profile)
    # leave out tables that cross too many dimensions, whole: for the public, and where a cell would be small
    is_out = left_out(report, profile)
    kept = replace(report, figures={ref: figure for ref, figure in report.figures.items() if not is_out(ref)})
    hidden = _Hiding(kept, profile).run()
    gone = _NOT_FOR_PUBLIC if profile == "public" else frozenset()
    figures = {ref: _stripped(figure, ref in hidden) for ref, figure in kept.figures.items()}
    figures |= {
        ref: Figure(*ref, HIDDEN) for ref in sorted(hidden) if ref not in kept.figures and ref not in kept.subtotals
    }
    return replace(
        kept,
        profile=profile,
        figures=figures,
        subtotals={ref: _stripped(figure, ref in hidden) for ref, figure in kept.subtotals.items()},
        identities=tuple(
            replace(identity, left=HIDDEN, right=HIDDEN) if hidden.intersection(identity.uses) else identity
            for identity in kept.identities
            if identity.id not in gone
        ),
        happened=() if gone else kept.happened,
        open_tickets=() if gone else kept.open_tickets,
        nights=(),
        hidden=frozenset(hidden),
        # a partner is not told who led them
        sessions=tuple(replace(one, facilitators="") for one in kept.sessions) if profile == "partenaire" else (),
        lessons=(),
        compared=None if gone else kept.compared,
    )


def _stripped(figure: Figure, is_hidden: bool) -> Figure:
    return Figure(figure.key, figure.dims, HIDDEN if is_hidden else figure.value, (), figure.rows_kind)


def left_out(report: Report, profile: Profile) -> Callable[[Ref], bool]:
    """Whether that reader is not given a figure at all, also where it counts nothing."""
    small = {
        key
        for (key, _), figure in report.figures.items()
        if known_figures()[key].readers == "partner_whole" and _is_small(figure.value, report.small_cell_k)
    }
    persons = report.value("t3.persons")
    few = isinstance(persons, int) and persons < LEAST_FOR_NATIONALITIES

    def is_out(ref: Ref) -> bool:
        key, dims = ref
        if is_too_fine(ref, profile):
            return True
        if profile == "partenaire":
            return key in small
        return profile == "public" and few and bool(dims) and dims[0][0] == "nationality"

    return is_out


def _is_small(value: Shown, k: int) -> bool:
    return isinstance(value, int) and 0 < abs(value) < k


class _Hiding:
    """Hides cell after cell until nothing can be subtracted back."""

    def __init__(self, report: Report, profile: Profile) -> None:
        self._report = report
        self._may_hide: Callable[[Ref], bool] = _for_public if profile == "public" else _for_partner
        self._hidden: set[Ref] = set()

    def run(self) -> set[Ref]:
        """The references to hide."""
        everything = {**self._report.figures, **self._report.subtotals}
        for ref, figure in everything.items():
            if self._may_hide(ref) and _is_small(figure.value, self._report.small_cell_k):
                self._hidden.add(ref)
        self._hidden |= scores_of_few(self._report)
        small = frozenset(self._hidden)
        relations = self._settled()
        while self._hide_beside(small, relations):
            relations = self._settled()
        return self._hidden

    def _settled(self) -> list[Sum]:
        """Hide until no sum gives one of its numbers back by itself; the sums of what is printed then."""
        relations = sums(self._report)
        before = -1
        while before != len(self._hidden):
            before = len(self._hidden)
            self._hide_derived()
            for relation in relations:
                self._protect(relation)
        empty = {ref: Figure(*ref, 0) for ref in sorted(self._hidden) if self._report.find(ref) is None}
        self._report = replace(self._report, figures={**self._report.figures, **empty})
        return sums(self._report) if empty else relations

    def _hide_beside(self, small: frozenset[Ref], relations: list[Sum]) -> bool:
        """Hide one more number where several sums together give a small one back; False where nothing does."""
        back = given_back(list(equations(self._report, relations)), self._hidden)
        for ref in sorted(small & back.keys()):
            found = [one for one in back[ref] if self._may_hide(one) and self._value(one) is not None]
            if found:
                self._hidden.add(min(found, key=self._size))
                return True
        return False

    def _size(self, ref: Ref) -> tuple[bool, float, Ref]:
        value = self._value(ref)
        size = abs(value) if isinstance(value, (int, float)) else 0
        return size == 0, size, ref

    def _hide_derived(self) -> None:
        for known in known_figures().values():
            sources = sorted(one for one in self._hidden if one[0] in known.hidden_with) if known.hidden_with else []
            for source in sources:
                ref = known.key, source[1]
                if self._may_hide(ref) and self._has_value(ref, source):
                    self._hidden.add(ref)

    def _has_value(self, ref: Ref, source: Ref) -> bool:
        """True for a figure that is printed; nights beside a cell hidden for company are hidden for company too."""
        found = self._report.find(ref)
        if found is not None:
            return found.value is not None
        return ref[0] == "t8.nights" and ref[1][:1] != () and ref[1][0][0] == "exit_reason" and source in self._hidden

    def _protect(self, relation: Sum) -> None:
        """Where exactly one is hidden, hide the next smallest with it; a zero only if there is nothing else."""
        hidden = [ref for ref in relation.members if ref in self._hidden]
        if len(hidden) != 1:
            return
        found = [ref for ref in relation.members if ref not in self._hidden and self._may_hide(ref)]
        found = [ref for ref in found if self._value(ref) is not None]
        if found:
            self._hidden.add(min(found, key=lambda ref: (not self._value(ref), ref == relation.total, self._size(ref))))
        elif relation.company is not None:
            self._hidden.add(relation.company)
        elif hidden[0] != relation.total and hidden[0][1] and hidden[0][1][0][0] != "rollup":
            self._hidden.add(_companion(hidden[0]))

    def _value(self, ref: Ref) -> Shown:
        """None also for a cell that is left out because it is zero."""
        found = self._report.find(ref)
        return None if found is None else found.value


def _for_public(ref: Ref) -> bool:
    return known_figures()[ref[0]].counts_persons


def _for_partner(ref: Ref) -> bool:
    """Details of T3, T5, T8 and T12, whose totals stay; T4 whole, though the categories of T2 tell its victims."""
    detailed = ref[0].startswith(("t3.", "t5.", "t8.", "t12.")) and ref[1] != TOTAL
    return detailed or ref[0].startswith("t4.") or of_children(ref) or ref[0] in SCORES


def _companion(ref: Ref) -> Ref:
    """A line that counts nobody, printed as hidden too: the only one left to stand beside a lone hidden line."""
    name, value = ref[1][0]
    if name == "sex":  # in the group that is hidden beside that of the cell
        age = "a12_17" if rollup(ref[1]) == "femmes" else "a18_59"
        return ref[0], (("sex", "f"), ("age_group", age))
    other = _COMPANIONS.get(name, NOT_RECORDED)
    if value == other:
        known = ["malienne", "etrangere"] if name == "origin" else [one.code for one in codes(LISTS.get(name, name))]
        other = next(one for one in known if one != value)
    dims: Dims = ((name, other), *ref[1][1:])
    return ref[0], dims
