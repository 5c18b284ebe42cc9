"""Sentences that the figures of a month propose for its narrative, and which of those kept a reader is given.

One rule answers both: a passage is said where the same proposal, made of the figures in this report, has the numbers
with which somebody agreed to it. So one whose figures moved waits until it is renewed, and one that speaks of a hidden
number is not given to whom the number is not.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from shelter_desk.domain.reports.figures import TOTAL, Dims, Ref, Shown
from shelter_desk.domain.reports.passages import HEADINGS, Heading, NarrativePassage
from shelter_desk.domain.reports.report import Report
from shelter_desk.domain.reports.synthesis import norms

NORM, TARGET = "norm/", "target/"
SHORT = 7.0  # days of cover below which an item is a need


@dataclass(frozen=True, slots=True)
class ProposedSentence:
    """A sentence to be made of these numbers, by name. things: codes of what else it names, in its order."""

    key: str
    heading: Heading
    numbers: tuple[tuple[str, int | float], ...]
    things: tuple[str, ...] = ()

    def kept(self, text: str = "") -> NarrativePassage:
        """As somebody agrees to it. text: in words of one's own."""
        return NarrativePassage(self.heading, self.key, text, self.numbers, self.things)


def proposals(report: Report) -> dict[str, ProposedSentence]:
    """By key, in the order in which they are read; only of what this report gives and of what there is to say."""
    made = [*_of_figures(report), *_of_targets(report)]
    return {one.key: one for one in sorted(made, key=lambda one: HEADINGS.index(one.heading))}


def _of_targets(report: Report) -> Iterator[ProposedSentence]:
    """A sentence for each target of the year of which this reader is told how far it is."""
    for one in report.targets:
        numbers = _known(("value", one.reached), ("target", one.target.value))
        if numbers is not None:
            yield ProposedSentence(f"{TARGET}{one.target.figure}", "targets", numbers)


def holds(report: Report, passage: NarrativePassage) -> bool:
    """Whether its numbers are those of the report."""
    return _holds(proposals(report), passage)


def given(report: Report) -> tuple[NarrativePassage, ...]:
    """What this reader is told, in the order of the headings; to the public nothing but what figures say."""
    made = proposals(report)
    said = [one for one in report.narrative if _holds(made, one) and (report.profile != "public" or not one.text)]
    return tuple(in_order(said, made))


def in_order(passages: Iterable[NarrativePassage], made: Collection[str]) -> list[NarrativePassage]:
    """By heading, then as they are proposed, then as they were written."""
    order = {key: place for place, key in enumerate(made)}
    return sorted(passages, key=lambda one: (HEADINGS.index(one.heading), order.get(one.proposal, len(order))))


def moved(report: Report) -> tuple[NarrativePassage, ...]:
    """Those that wait to be renewed, since a figure of theirs is another one now."""
    made = proposals(report)
    return tuple(one for one in report.narrative if not _holds(made, one))


def renewed(passages: Iterable[NarrativePassage], report: Report) -> tuple[NarrativePassage, ...]:
    """Those of a version that is replaced, with the figures of the one that replaces it.

    A sentence that stands as it was proposed is proposed anew; one in words of one's own is not said any more where its
    figures moved, nor is one that there is nothing to say of.
    """
    made = proposals(report)
    return tuple(
        one if _holds(made, one) else made[one.proposal].kept()
        for one in passages
        if _holds(made, one) or (one.proposal in made and not one.text)
    )


def with_narrative(report: Report) -> Report:
    """The report of a level with what its reader is told alone."""
    return replace(report, narrative=given(report)) if report.narrative else report


def _holds(made: Mapping[str, ProposedSentence], passage: NarrativePassage) -> bool:
    if not passage.speaks_of_figures:
        return True
    one = made.get(passage.proposal)
    return one is not None and (one.numbers, one.things) == (passage.numbers, passage.things)


# What is proposed

_BALANCE = ("t2.present_start", "t2.entries", "t2.exits", "t2.present_end")
_BEFORE = ("t2.entries", "t2.exits", "t1.person_nights")
_BROKEN = ("en_panne", "en_reparation", "hors_service")
# key, heading, the totals that it names; the first of them is what it is about: nothing is proposed where that is 0
_SIMPLE: tuple[tuple[str, Heading, tuple[str, ...]], ...] = (
    ("hosted", "highlights", ("t2.distinct_persons", "t1.person_nights", "t1.occupancy_rate")),
    ("minors", "highlights", ("t5.minors", "t5.alone")),
    ("services", "highlights", ("t6.events", "t6.beneficiaries")),
    ("pending", "difficulties", ("t4.pending_end",)),
    ("late", "difficulties", ("t7.late",)),
    ("unanswered", "difficulties", ("t7.no_response",)),
    ("declined", "difficulties", ("t7.refused_provider",)),
    ("refused", "difficulties", ("t2.requests_refused",)),
    ("special", "needs", ("t3.needs",)),
    ("guardians", "needs", ("t5.alone", "t5.with_guardian")),
    ("tickets", "needs", ("t10.open_tickets",)),
    ("referred", "coordination", ("t7.issued", "t7.accepted", "t7.served")),
    ("received", "coordination", ("t7.incoming_issued",)),
    ("requests", "coordination", ("t2.requests_asked", "t2.requests_admitted")),
    ("sessions", "coordination", ("t9.sessions", "t9.participations")),
    ("incidents", "security", ("t12.incidents", "t12.closed", "t12.open_end")),
    ("complaints", "security", ("t12.complaints_received", "t12.complaints_answered")),
    ("staying", "outlook", ("t2.present_end",)),
    ("open", "outlook", ("t7.open_end",)),
    ("waiting", "outlook", ("t2.requests_waiting_end",)),
    ("trained", "lessons", ("t9.trainings", "t9.trained_persons")),
    ("typed_late", "lessons", ("t2.late_entries",)),
)


def _of_figures(report: Report) -> Iterator[ProposedSentence]:
    """In one heading in this order."""
    yield from _all_of(report, "moved", "highlights", _BALANCE)
    yield from _before(report)
    yield from _all_of(report, "victims", "highlights", ("t4.new_presumed", "t4.new_identified"))
    for key, heading, names in _SIMPLE:
        found = _known(*((name, _value(report, (name, TOTAL))) for name in names))
        if found is not None and found[0][1]:
            yield ProposedSentence(key, heading, found)
    yield from _norms(report)
    yield from _equipment(report)
    yield from _items(report)
    if _value(report, ("t12.incidents", TOTAL)) == 0:
        yield ProposedSentence("quiet", "security", (("t12.incidents", 0),))


def _all_of(report: Report, key: str, heading: Heading, names: Iterable[str]) -> Iterator[ProposedSentence]:
    """Where one of them is not 0."""
    found = _known(*((name, _value(report, (name, TOTAL))) for name in names))
    if found is not None and any(number for _, number in found):
        yield ProposedSentence(key, heading, found)


def _before(report: Report) -> Iterator[ProposedSentence]:
    before = {} if report.compared is None else report.compared.before
    now, numbers = (
        _known(*((name, found(name)) for name in _BEFORE))
        for found in (lambda name: _value(report, (name, TOTAL)), before.get)
    )
    if now is not None and numbers is not None:  # beside a number that is kept back others would tell of it
        yield ProposedSentence("before", "highlights", numbers)


def _norms(report: Report) -> Iterator[ProposedSentence]:
    for one in norms(report):
        numbers = _known(("found", one.found), ("limit", one.limit))
        if one.holds is False and numbers is not None:
            yield ProposedSentence(f"{NORM}{one.ref[0]}", "difficulties", numbers)


def _equipment(report: Report) -> Iterator[ProposedSentence]:
    """What is out of use, by status; a status that no asset has has no line."""
    if _value(report, ("t10.by_status", TOTAL)) is None:
        return
    dims: list[Dims] = [(("asset_status", one),) for one in _BROKEN]
    counts = [(one[0][1], _value(report, ("t10.by_status", one))) for one in dims]
    numbers = _known(*((name, value) for name, value in counts if value))
    if numbers:
        yield ProposedSentence("equipment", "needs", numbers)


def _items(report: Report) -> Iterator[ProposedSentence]:
    """Articles that run short, and those that expire soon; which ones they are is said too."""
    cover = {
        dims[0][1]: one.value for (key, dims), one in report.figures.items() if key == "t11.days_of_cover" and dims
    }
    short = sorted(code for code, value in cover.items() if isinstance(value, int | float) and value < SHORT)
    near = {dims[0][1]: one.value for (key, dims), one in report.figures.items() if key == "t11.near_expiry" and dims}
    soon = sorted(code for code, value in near.items() if isinstance(value, int | float) and value > 0)
    for key, found in (("short", short), ("expiring", soon)):
        if found:
            yield ProposedSentence(key, "needs", (("items", len(found)),), tuple(found))


def _value(report: Report, ref: Ref) -> Shown:
    """None where this reader is not given it, or it was never counted."""
    found = report.find(ref)
    return None if found is None else found.value


def _known(*named: tuple[str, Shown]) -> tuple[tuple[str, int | float], ...] | None:
    """The same, where each of them is a number."""
    numbers = tuple((name, value) for name, value in named if isinstance(value, int | float))
    return numbers if len(numbers) == len(named) else None
