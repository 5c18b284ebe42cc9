"""What a recipient has already, and what that tells of the report that would be sent now.

A figure of another document stands among the unknowns under its own dims and one more, `sent`, with the number of the
document; figures of the report itself stand under their own.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from shelter_desk.domain.moments import ONE_DAY, Period
from shelter_desk.domain.reports.figures import HIDDEN, Ref, Shown, known_figures
from shelter_desk.domain.reports.hiding.relations import Relation
from shelter_desk.domain.reports.report import Profile, Report, Shape, as_document, shape_of

SENT = "sent"
# what is there at the end of a period is there at the beginning of the next
STOCKS = {
    "t2.present_start": "t2.present_end",
    "t4.pending_start": "t4.pending_end",
    "t7.open_start": "t7.open_end",
    "t7.incoming_open_start": "t7.incoming_open_end",
    "t12.open_start": "t12.open_end",
    "t2.requests_waiting_start": "t2.requests_waiting_end",
    "t2.requested_waiting_start": "t2.requested_waiting_end",
}
_ENDS = frozenset(STOCKS.values())
_COUNTED = frozenset({"count", "distinct"})
_OF_PERSONS = frozenset({"t2.distinct_persons"})
_LAST = {"sex": 1, "age_group": 2}  # how dims stand that the alphabet puts otherwise
_FAR = 2  # how many periods back and on are proven together


@dataclass(frozen=True, slots=True)
class SentDocument:
    """A document that went to somebody. report: its period with nothing hidden, as it was closed or as it is today."""

    level: Profile
    printed: Mapping[Ref, Shown]
    left_out: frozenset[Shape]
    report: Report

    @property
    def period(self) -> Period:
        """The days that it is about."""
        return self.report.period

    def overlaps(self, period: Period) -> bool:
        """Whether it is about a day of that period."""
        return self.period.first <= period.last and self.period.last >= period.first

    def numbers(self) -> dict[Ref, Shown]:
        """Every figure that it prints, hides or leaves out: what it prints as it prints it, the others as they are."""
        found: dict[Ref, Shown] = {ref: value for ref, value in self.printed.items() if value is not HIDDEN}
        for ref, one in (*self.report.figures.items(), *self.report.subtotals.items()):
            if ref not in found and (ref in self.printed or shape_of(ref) in self.left_out or ref[1][:1] != ()):
                found[ref] = one.value
        found |= {ref: 0 for ref in self.printed if ref not in found}
        return found

    def is_open(self, ref: Ref) -> bool:
        """Whether its reader does not know that figure."""
        return self.printed.get(ref) is HIDDEN or shape_of(ref) in self.left_out


def kept(report: Report) -> dict[str, Any]:
    """The document as it is kept with its sending: dims are pairs, whose order the names of an object would lose."""
    document = as_document(report)
    for one in (*document["figures"], *document.get("hidden_subtotals", ())):
        one["dims"] = list(one["dims"].items())
    return document


def read(document: Mapping[str, Any], report: Report) -> SentDocument:
    """The document as it was kept with its sending; report: its period with nothing hidden."""
    whole = {(key, frozenset(dims)): dims for key, dims in (*report.figures, *report.subtotals)}

    def ref_of(one: Mapping[str, Any]) -> Ref:
        if isinstance(one["dims"], dict):  # of a first sending, kept with the names in the order of the alphabet
            dims = tuple(sorted(one["dims"].items(), key=lambda dim: _LAST.get(dim[0], 0)))
            return one["figure"], whole.get((one["figure"], frozenset(dims)), dims)
        return one["figure"], tuple((name, value) for name, value in one["dims"])

    printed: dict[Ref, Shown] = {
        ref_of(one): HIDDEN if one.get("hidden") else one["value"] for one in document["figures"]
    }
    printed |= {ref_of(one): HIDDEN for one in document.get("hidden_subtotals", ())}
    left_out = frozenset((one["figure"], tuple(one["dims"])) for one in document.get("left_out", ()))
    return SentDocument(document["level"], printed, left_out, report)


class _HasPeriod(Protocol):
    @property
    def period(self) -> Period: ...


_Dated = TypeVar("_Dated", bound=_HasPeriod)


def tagged(ref: Ref, number: int) -> Ref:
    """The figure of that document."""
    return ref[0], (*ref[1], (SENT, str(number)))


@dataclass(frozen=True, slots=True)
class PeriodFigures:
    """The figures of one period, by what they are called here and among the unknowns."""

    period: Period
    refs: Mapping[Ref, Ref]


def between(all_told: Sequence[PeriodFigures]) -> Iterator[Relation]:
    """What documents of one recipient tell of each other, where it holds."""
    for at, one in enumerate(all_told):
        for other in all_told[at + 1 :]:
            yield from _pair(one, other)
            yield from _pair(other, one)
        yield from _sums(one, [other for other in all_told if _is_inside(other.period, one.period)])


def _pair(one: PeriodFigures, other: PeriodFigures) -> Iterator[Relation]:
    """The same days, the same first or last day, and one that begins where the other ends."""
    here, there = one.period, other.period
    for ref, own in one.refs.items():
        same = here == there
        same |= ref[0] in STOCKS and here.first == there.first
        same |= ref[0] in _ENDS and here.last == there.last
        if same and ref in other.refs:
            yield Relation((own,), (other.refs[ref],))
        if ref[0] in STOCKS and here.first == there.last + ONE_DAY:
            left = other.refs.get((STOCKS[ref[0]], ref[1]))
            if left is not None:
                yield Relation((own,), (left,))


def _is_inside(part: Period, whole: Period) -> bool:
    return part != whole and whole.first <= part.first and part.last <= whole.last


def _sums(whole: PeriodFigures, inside: Sequence[PeriodFigures]) -> Iterator[Relation]:
    """A longer period and those in it: what happened adds up, who was here in one of them was here in all of it."""
    by_parts: dict[tuple[int, ...], list[Ref]] = defaultdict(list)
    for ref in whole.refs:
        there = tuple(at for at, one in enumerate(inside) if ref in one.refs)
        if there and known_figures()[ref[0]].kind in _COUNTED:
            by_parts[there].append(ref)
    for places, refs in by_parts.items():
        for parts in apart([inside[at] for at in places]):
            is_covered = sum(one.period.nights for one in parts) == whole.period.nights
            for ref in refs:
                yield from _sum(whole, parts, ref, is_covered)


def _sum(whole: PeriodFigures, parts: Sequence[PeriodFigures], ref: Ref, is_covered: bool) -> Iterator[Relation]:
    own, there = whole.refs[ref], tuple(one.refs[ref] for one in parts)
    if ref[0] in _OF_PERSONS:
        yield from (Relation((one,), (own,), is_bound=True) for one in there)
        if is_covered:
            yield Relation((own,), there, is_bound=True)
    elif ref[0] not in STOCKS and ref[0] not in _ENDS:
        yield Relation(there, (own,), is_bound=not is_covered)


def apart(every: Sequence[_Dated]) -> list[list[_Dated]]:
    """Sets of documents that share no day, each with the longest of them and as many as go with it, oldest first.

    every: newest first; of two of the same days the newest counts. One that lies within another is left to that one.
    """
    newest = {one.period: one for one in reversed(every)}
    longest = [one for one in newest.values() if not any(_is_inside(one.period, other) for other in newest)]
    found: list[list[_Dated]] = []
    for one in sorted(longest, key=lambda each: each.period.first):
        kept = [one]
        for other in sorted(longest, key=lambda each: each.period.last):
            if all(other.period.last < each.period.first or each.period.last < other.period.first for each in kept):
                kept.append(other)
        kept.sort(key=lambda each: each.period.first)
        if kept not in found:
            found.append(kept)
    return found


def proven_together(period: Period, every: Iterable[SentDocument]) -> list[SentDocument]:
    """Those that share a day with it, those of the days before and after, and those before these."""
    kept, days = list(every), {(period.first, period.last)}
    for _ in range(_FAR):
        days |= {
            (one.period.first, one.period.last)
            for one in kept
            for first, last in days
            if one.period.first <= last + ONE_DAY and one.period.last + ONE_DAY >= first
        }
    return [one for one in kept if (one.period.first, one.period.last) in days]


def told_by_overlap(report: Report, every: Iterable[SentDocument]) -> set[Shape]:
    """The shapes in which this report and one of a part of its days, or of more, would tell each other's numbers.

    Where one hides something the other gives nothing, and neither does it where the days between them would be left
    with a small number.
    """
    found: set[Shape] = set()
    values = {one.ref: one.value for one in (*report.figures.values(), *report.subtotals.values())}
    others = [one for one in every if one.overlaps(report.period) and one.period != report.period]
    for one in others:
        found |= one.left_out | {shape_of(ref) for ref, value in one.printed.items() if value is HIDDEN}
    for ref, value in values.items():
        if not isinstance(value, int):
            continue
        told = [one for one in others if isinstance(one.printed.get(ref), int)]
        sums = [sum(_number(one, ref) for one in parts) for parts in apart(told)]
        left = [abs(value - number) for number in (*(_number(one, ref) for one in told), *sums)]
        if any(0 < number < report.small_cell_k for number in left):
            found.add(shape_of(ref))
    return found


def _number(document: SentDocument, ref: Ref) -> int:
    value = document.printed[ref]
    return value if isinstance(value, int) else 0
