"""What the house says of a month in words, and which figures ask for a comment."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from shelter_desk.domain.ids import ReportCommentId, UserId
from shelter_desk.domain.reports import narrative
from shelter_desk.domain.reports.disclosure import HEADLINE_KEYS, REPEATED
from shelter_desk.domain.reports.figures import RATIOS, TOTAL, Dims, Ref, kind_of
from shelter_desk.domain.reports.report import FigureComment, Report

WHOLE: Ref = ("", ())  # the text of the month stands where no figure is named
LONGEST, LONGEST_TEXT = 160, 2000  # characters of a comment on a figure, and of the text of a month
MONTHS_BEFORE = 3  # whose mean a figure is compared with
MOVES_BY = 0.3  # more than that share of the mean
_BETWEEN, _IS = ";", "="


@dataclass(frozen=True, slots=True)
class ReportComment:
    """A comment as it is kept with its month. figure: "" for the text of the whole month; dims: as `dims_text`.

    unread: where its words lie, which somebody altered; there are none then.
    """

    id: ReportCommentId
    first_day: str
    last_day: str
    figure: str
    dims: str
    written_at: datetime
    user: UserId
    text: str = ""
    unread: str = ""

    @property
    def ref(self) -> Ref:
        """The figure that it is about."""
        return self.figure, dims_of(self.dims)


def dims_text(dims: Dims) -> str:
    """`sex=f;age_group=a12_17`; "" for a total."""
    return _BETWEEN.join(f"{name}{_IS}{code}" for name, code in dims)


def dims_of(text: str) -> Dims:
    """What `dims_text` wrote."""
    parts = (one.partition(_IS) for one in text.split(_BETWEEN) if one)
    return tuple((name, code) for name, _, code in parts)


def said_again(report: Report, former: Report, moved: Collection[Ref], said: Mapping[Ref, str]) -> Report:
    """The report with the words of the version that it replaces, without those on numbers that moved; then with `said`,
    where empty words take away what was said. Its narrative is renewed.
    """
    kept = {one.ref: one.text for one in former.comments if one.ref not in moved} | {WHOLE: former.text} | dict(said)
    text = kept.pop(WHOLE)
    told = tuple(FigureComment(*one) for one in kept.items() if one[1])
    return replace(report, comments=told, text=text, narrative=narrative.renewed(former.narrative, report))


def to_explain(report: Report, former: Sequence[Mapping[Ref, float]]) -> tuple[Ref, ...]:
    """The totals that differ by more than 30 % from the mean of the three months before, what is read first before.

    A number that stands in two tables is asked about once. former: the totals of those months, as `totals` gives them.
    A count that was left out is 0; a rate or mean that is not known in each of the months is not compared. Nothing
    where fewer months are known.
    """
    if len(former) < MONTHS_BEFORE:
        return ()
    months = totals(report), *former
    refs = dict.fromkeys(ref for one in months for ref in one)
    values = {ref: [one.get(ref, _left_out(ref)) for one in months] for ref in refs}
    moved = [ref for ref, (now, *before) in values.items() if ref not in REPEATED and _moves(now, before)]
    return tuple(sorted(moved, key=lambda ref: ref[0] not in HEADLINE_KEYS))


def _left_out(ref: Ref) -> float | None:
    return None if kind_of(ref[0]) in RATIOS else 0


def totals(report: Report) -> dict[Ref, float]:
    """The totals of a report that are numbers."""
    return {
        ref: one.value for ref, one in report.figures.items() if ref[1] == TOTAL and isinstance(one.value, int | float)
    }


def _moves(now: float | None, before: Sequence[float | None]) -> bool:
    known = [one for one in before if one is not None]
    if now is None or len(known) < len(before):
        return False
    mean = sum(known) / len(known)
    return abs(now - mean) > MOVES_BY * abs(mean)
