"""A report: the figures of a period, the identities that prove them, and the document other programs read.

The document is that of interfaces.md section 3 and keeps its keys (section 4). Quantities in different units are never
added up for a reader: neither on screen, on paper nor in a donor's file.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from shelter_desk.domain.assistance.assistance import type_of
from shelter_desk.domain.codes import codes
from shelter_desk.domain.equipment.assets import Happened, Open
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.compared import Compared, TargetStanding, YearTarget
from shelter_desk.domain.reports.figures import HIDDEN, RATIOS, Dims, Figure, Ref, Row, Shown, half_up, kind_of
from shelter_desk.domain.reports.passages import NarrativePassage
from shelter_desk.domain.reports.tables.t09_activities import Session
from shelter_desk.domain.reports.tables.t12_incidents import Lesson

Profile = Literal["interne", "convention", "partenaire", "public"]
Shape = tuple[str, tuple[str, ...]]  # a figure and the names of the dims that it is cut by
State = Literal["provisoire", "a_clore", "clos"]
Signing = Literal["name", "function", "nobody"]
VisaPart = Literal["case", "store"]  # T1 to T9 and T12; T10 and T11


def shape_of(ref: Ref) -> Shape:
    """How a figure is cut."""
    return ref[0], tuple(name for name, _ in ref[1])


@dataclass(frozen=True, slots=True)
class Terms:
    """A side of an identity that is made of figures: those added up, without those taken away."""

    plus: tuple[Ref, ...] = ()
    minus: tuple[Ref, ...] = ()


@dataclass(frozen=True, slots=True)
class Identity:
    """Two sides that must be equal, computed by different ways (field 4.4).

    holds: judged before small cells are hidden. uses: the figures that a printed side would give away.
    only_warns: left must not be above right; where it is, somebody should look, and nothing is held back.
    terms: of each side, empty where it is counted from the facts; a workbook says them again as formulas.
    """

    id: str
    dims: Dims
    left: Shown
    right: Shown
    holds: bool
    uses: tuple[Ref, ...] = ()
    only_warns: bool = False
    terms: tuple[Terms, Terms] = (Terms(), Terms())

    @property
    def passes(self) -> bool:
        """True unless the report cannot be given away like this."""
        return self.holds or self.only_warns


@dataclass(frozen=True, slots=True)
class FigureComment:
    """What the house says of one figure: 160 characters at most."""

    ref: Ref
    text: str


@dataclass(frozen=True, slots=True)
class Visa:
    """Somebody in charge of a part of the tables looked at them and signed. role: what signed, no name."""

    part: VisaPart
    role: str
    signed_on: date


@dataclass(frozen=True, slots=True)
class Report:
    """The figures of a period and the identities that prove them.

    subtotals: girls, boys, women, men and not recorded of each figure of T2, under the dims `rollup`; not part of the
        figures given to other programs.
    nights: for each stay a number whose bit n is set when night n of the period was slept here.
    capacity_from: where the period begins before that day, of which no capacity is meant.
    version, sha256: of one that was closed; 0 and "" of a draft. rectified: which one it is
        of those that replaced the closing, 0 for the closing itself.
    hidden: what was hidden; empty for the profile `interne`. left_out: figures whose cells of that shape are not
        given, because hiding some of them would not have protected the others.
    names: what the shelter calls the sub-types of services that it added, by code.
    item_categories: of the items of the stock, by their codes; empty of a version that was closed before it was kept.
    happened, open_tickets: the lines of T10 about single assets.
    sessions: activities held in the period, in order of time; none for the public.
    lessons: of incidents closed in the period; words, for the house alone, and no figures.
    comments, text: what the house says of figures and of the whole period; `told` and `comment` say who reads which.
    visas: those that hold for these figures.
    narrative: its passages, at a level those that its reader is told; `narrative.given` says which are said.
    compared: other periods beside it; None where nobody looked, and to the public.
    counted: keys of all that the program counted, of some of which there was nothing; empty in what older ones closed.
    """

    period: Period
    figures: Mapping[Ref, Figure]
    identities: tuple[Identity, ...] = ()
    subtotals: Mapping[Ref, Figure] = field(default_factory=dict)
    nights: tuple[tuple[int, int], ...] = ()
    profile: Profile = "interne"
    small_cell_k: int = 5
    hidden: frozenset[Ref] = frozenset()
    left_out: frozenset[Shape] = frozenset()
    names: Mapping[str, str] = field(default_factory=dict)
    item_categories: Mapping[str, str] = field(default_factory=dict)
    happened: tuple[Happened, ...] = ()
    open_tickets: tuple[Open, ...] = ()
    sessions: tuple[Session, ...] = ()
    lessons: tuple[Lesson, ...] = ()
    capacity_from: date | None = None
    version: int = 0
    sha256: str = ""
    rectified: int = 0
    comments: tuple[FigureComment, ...] = ()
    text: str = ""
    visas: tuple[Visa, ...] = ()
    narrative: tuple[NarrativePassage, ...] = ()
    compared: Compared | None = None
    counted: frozenset[str] = frozenset()

    @property
    def keys(self) -> Collection[str]:
        """The figures that it tells of; of an older program those that it has a line of."""
        return self.counted or {key for key, _ in self.figures}

    def value(self, key: str, *dims: tuple[str, str]) -> Shown:
        """The figure's value; 0 for a cell that counts nothing, None for a mean or rate of nothing and for what is left
        out of this level."""
        found = self.find((key, dims))
        if found is not None:
            return found.value
        return None if kind_of(key) in RATIOS or shape_of((key, dims)) in self.left_out else 0

    def sum(self, refs: Iterable[Ref | None]) -> Shown:
        """What stands where only a sum of whole numbers does; hidden where one is, None where one is left out."""
        found = [ref for ref in refs if ref is not None]
        if any(shape_of(ref) in self.left_out for ref in found):
            return None
        values = [self.value(ref[0], *ref[1]) for ref in found]
        return HIDDEN if HIDDEN in values else sum(value for value in values if isinstance(value, int))

    def find(self, ref: Ref) -> Figure | None:
        """The figure or subtotal of that reference."""
        return self.figures.get(ref) or self.subtotals.get(ref)

    def rows(self, key: str, *dims: tuple[str, str]) -> tuple[Row, ...]:
        """The rows behind a figure, also those of one night's presence."""
        if kind_of(key) == "presence" and dims and dims[0][0] == "night":
            bit = [day.isoformat() for day in self.period].index(dims[0][1])
            return tuple((stay, 1) for stay, slept in self.nights if slept >> bit & 1)
        found = self.find((key, dims))
        return () if found is None else found.rows

    @property
    def told(self) -> tuple[FigureComment, ...]:
        """The comments that this reader is given: none to the public, none on a number that is kept back."""
        if self.profile == "public":
            return ()
        return tuple(one for one in self.comments if self._is_given(one.ref))

    @property
    def words_given(self) -> tuple[str, ...]:
        """All open words about the month that this reader is given, and where its targets come from."""
        if self.profile == "public":
            return ()
        sources = dict.fromkeys(one.target.source for one in self.targets)
        return (*(one.text for one in self.told), self.text, *self.narrative_words, *sources)

    @property
    def narrative_words(self) -> tuple[str, ...]:
        """What somebody typed of the narrative."""
        return tuple(one.text for one in self.narrative if one.text)

    @property
    def targets(self) -> tuple[TargetStanding, ...]:
        """How far the year is, of each indicator that has a target; nothing where nobody looked."""
        return () if self.compared is None else tuple(map(self._standing, self.compared.targets))

    def _standing(self, target: YearTarget) -> TargetStanding:
        beside = Compared() if self.compared is None else self.compared
        reached = beside.since_january.get(target.figure, beside.more.get(target.figure))
        if HIDDEN in (reached, self.value(target.figure)):
            return TargetStanding(target, HIDDEN, HIDDEN)
        if not isinstance(reached, int | float):
            return TargetStanding(target, None, None)
        return TargetStanding(target, int(reached), half_up(int(reached) * 100, target.value))

    def _is_given(self, ref: Ref) -> bool:
        if self.profile == "interne":
            return True
        found = self.find(ref)
        return found is not None and found.value is not HIDDEN

    @property
    def signing(self) -> Signing:
        """How this reader is told who made and signed it: by name, by function, or not at all."""
        said: dict[str, Signing] = {"interne": "name", "convention": "name", "partenaire": "function"}
        return said.get(self.profile, "nobody")

    @property
    def visas_told(self) -> tuple[Visa, ...]:
        """The visas that this reader is given."""
        return () if self.signing == "nobody" else self.visas

    @property
    def state(self) -> State:
        """Whether the period still runs, is over, or was closed."""
        return "clos" if self.version else "provisoire" if self.period.is_running else "a_clore"

    @property
    def holds(self) -> bool:
        """True when every identity holds, or only warns."""
        return all(identity.passes for identity in self.identities)

    @property
    def failed_ids(self) -> str:
        """The names of the identities that do not hold, each once."""
        return ", ".join(dict.fromkeys(one.id for one in self.failed))

    @property
    def failed(self) -> tuple[Identity, ...]:
        """The identities that do not hold, without those that only warn."""
        return tuple(identity for identity in self.identities if not identity.passes)


def as_document(report: Report) -> dict[str, Any]:
    """Period, state, profile, figures and identities, ready for JSON.

    Version 0 is one that is not closed, and has no `sha256`.
    """
    period = report.period
    said = {one.ref: {"comment": one.text} for one in report.told}
    meant = {} if report.capacity_from is None else {"capacity_from": report.capacity_from.isoformat()}
    return {
        "period": {"from": period.first.isoformat(), "to": period.last.isoformat(), "nights": period.nights},
        "state": report.state,
        "until": period.last.isoformat(),
        "version": report.version,
        **({"sha256": report.sha256} if report.sha256 else {}),
        "profile": report.profile,
        "level": report.profile,
        **meant,
        **({"text": report.text} if report.text and report.profile != "public" else {}),
        **({"visas": [_visa(one) for one in report.visas_told]} if report.visas_told else {}),
        "figures": [
            {"figure": figure.key, "dims": dict(figure.dims), **_told(value=figure.value), **said.get(figure.ref, {})}
            for figure in report.figures.values()
        ],
        **_without(report),
        **({"targets": [_target(one) for one in report.targets]} if report.targets else {}),
        "identities": [
            {
                "id": identity.id,
                "dims": dict(identity.dims),
                **_told(left=identity.left, right=identity.right),
                "holds": identity.holds,
                **({"warns": True} if identity.only_warns else {}),
            }
            for identity in report.identities
        ],
    }


def _visa(one: Visa) -> dict[str, str]:
    return {"part": one.part, "role": one.role, "on": one.signed_on.isoformat()}


def _target(one: TargetStanding) -> dict[str, Any]:
    wanted = {"figure": one.target.figure, "target": one.target.value, "source": one.target.source}
    return {**wanted, **_told(since_january=one.reached, percent=one.percent)}


def _without(report: Report) -> dict[str, Any]:
    """Which figures are left out, by how they are cut: that they have no line does not mean that they are zero.
    Of the subtotals, which only stand on paper, those that are hidden there.

    The public is given nothing but headlines, which needs no list.
    """
    found = sorted(report.left_out) if report.profile != "public" else ()
    below = sorted(ref for ref in report.hidden if ref in report.subtotals)
    return {
        **({"left_out": [{"figure": key, "dims": list(names)} for key, names in found]} if found else {}),
        **({"hidden_subtotals": [{"figure": key, "dims": dict(dims)} for key, dims in below]} if below else {}),
    }


def _told(**numbers: Shown) -> dict[str, Any]:
    """Numbers as JSON has them: a hidden one is null and says so, a rate without a denominator is null alone."""
    told: dict[str, Any] = {name: None if number is HIDDEN else number for name, number in numbers.items()}
    return {**told, "hidden": True} if HIDDEN in numbers.values() else told


QUANTITY = "t6.quantity"


def have_one_unit(sub_types: Iterable[str]) -> bool:
    """Whether quantities of these services can be added; one that the shelter added has a unit of its own."""
    known = {one.code: one.extra.get("unit", "") for one in codes("service_type")}
    return len({known.get(one) or one for one in sub_types}) <= 1


def is_mixed(report: Report, ref: Ref) -> bool:
    """Whether the figure adds quantities in different units: of everything, and of types whose sub-types differ.

    All sub-types of the list count, also those without a line, so that a cell is the same from month to month.
    """
    key, dims = ref
    if key != QUANTITY:
        return False
    kind = dims[0][1] if dims else ""
    if kind and type_of(kind) != kind:
        return False
    listed = {one.code for one in codes("service_type")}
    seen = listed | {dims[0][1] for found, dims in report.figures if found == QUANTITY and dims}
    below = [one for one in seen if type_of(one) != one and kind in ("", type_of(one))]
    return not have_one_unit(below or [kind])
