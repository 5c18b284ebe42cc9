"""What the house says of a month in words, and which figures ask for a comment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from shelter_desk.domain.ids import ReportCommentId, UserId
from shelter_desk.domain.reports.closing import HEADLINES
from shelter_desk.domain.reports.figures import TOTAL, Dims, Ref
from shelter_desk.domain.reports.report import Report

LONGEST, LONGEST_TEXT = 160, 2000  # characters of a comment on a figure, and of the text of a month
MONTHS_BEFORE = 3  # whose mean a figure is compared with
MOVES_BY = 0.3  # more than that share of the mean
_BETWEEN, _IS = ";", "="


@dataclass(frozen=True, slots=True)
class ReportComment:
    """A comment as it is kept with its month. figure: "" for the text of the whole month; dims: as `dims_text`."""

    id: ReportCommentId
    first_day: str
    last_day: str
    figure: str
    dims: str
    written_at: datetime
    user: UserId
    text: str = ""

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


def to_explain(report: Report, former: Sequence[Mapping[Ref, float]]) -> tuple[Ref, ...]:
    """The totals that differ by more than 30 % from the mean of the three months before, what is read first before.

    former: the totals of those months, as `totals` gives them. Nothing where fewer are known.
    """
    if len(former) < MONTHS_BEFORE:
        return ()
    moved = [ref for ref, now in totals(report).items() if _moves(now, [one.get(ref, 0) for one in former])]
    return tuple(sorted(moved, key=lambda ref: ref[0] not in HEADLINES))


def totals(report: Report) -> dict[Ref, float]:
    """The totals of a report that are numbers."""
    return {
        ref: one.value for ref, one in report.figures.items() if ref[1] == TOTAL and isinstance(one.value, int | float)
    }


def _moves(now: float, before: Sequence[float]) -> bool:
    mean = sum(before) / len(before)
    return abs(now - mean) > MOVES_BY * abs(mean)
