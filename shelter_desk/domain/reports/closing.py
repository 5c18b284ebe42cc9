"""A month that is closed: its versions, what was accepted at the closing, and what moved since.

A period runs, is to be closed, or is closed; nothing else is a state. A version never changes once it is made: who
wants other figures makes the next one, which replaces it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from shelter_desk.domain.ids import UserId, VersionId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.disclosure import HEADLINE_KEYS
from shelter_desk.domain.reports.figures import RATIOS, TOTAL, Ref, RowsKind, Shown, kind_of
from shelter_desk.domain.reports.report import Report
from shelter_desk.domain.reports.sendings import OF_A_MONTH, Sending

# why a point is accepted as it is; else words of one's own
AcceptReason = Literal["preuve_papier", "apres_sortie", "injoignable", "autorite", "sans_objet"]
ACCEPT_REASONS: tuple[AcceptReason, ...] = ("preuve_papier", "apres_sortie", "injoignable", "autorite", "sans_objet")
# a change of theirs is never small, as of what is read first
GRAVE_TABLES = ("t4.", "t5.")
MAJOR_SHARE = 0.05  # of what was published, from which a change of a total is major


@dataclass(frozen=True, slots=True)
class ReportVersion:
    """One version of a closed period. number: 1 for the closing, then those that replace it.

    previous: the SHA-256 of the version made before, of whatever month. cancelled_at: of one that was opened again.
    """

    id: VersionId
    first_day: str
    last_day: str
    version: int
    reason: str
    made_at: datetime
    user: UserId
    cancelled_at: datetime | None
    sha256: str
    previous: str

    @property
    def period(self) -> Period:
        """The days that were closed."""
        return Period(date.fromisoformat(self.first_day), date.fromisoformat(self.last_day))

    @property
    def month(self) -> str:
        """As 2026-10."""
        return self.first_day[:7]

    @property
    def is_rectified(self) -> bool:
        """True for one that replaces another; a closing has no reason."""
        return bool(self.reason)


def current(of_period: Sequence[ReportVersion]) -> ReportVersion | None:
    """The version that counts: the last one that was not cancelled."""
    return next((one for one in reversed(of_period) if one.cancelled_at is None), None)


def replacing(sent: Sending, of_period: Sequence[ReportVersion]) -> ReportVersion | None:
    """The version that holds in place of the one that was sent, or of a draft; None where none does, and for what is
    no report of a month.
    """
    now = current(of_period) if sent.kind in OF_A_MONTH else None
    own = next((one.version for one in of_period if one.id == sent.version), 0)
    return now if now is not None and now.version > own else None


def rectified(version: ReportVersion, of_period: Iterable[ReportVersion]) -> int:
    """Which rectified version it is since the month was last closed; 0 for the closing itself."""
    together = (one for one in of_period if one.is_rectified and one.cancelled_at == version.cancelled_at)
    return sum(one.version <= version.version for one in together) if version.is_rectified else 0


@dataclass(frozen=True, slots=True)
class AcceptedPoint:
    """A point that was not settled. key: as `Point.key` says it; reason: a code of `ACCEPT_REASONS`, or words."""

    key: str
    reason: str

    @property
    def about(self) -> tuple[str, str, str]:
        """Its matter, the code of whom or what, and the rule of a red flag with its kind, "" for others."""
        matter, code, *_, last = self.key.split("|")
        return matter, code, last if matter == "flag" else ""


@dataclass(frozen=True, slots=True)
class Correction:
    """A figure that is another one today than in the version that was closed.

    rows: those that stand behind one of the two alone, or bring something else to it; of what, as for a `Figure`.
    """

    ref: Ref
    published: Shown
    now: Shown
    rows: tuple[int, ...] = ()
    rows_kind: RowsKind = "stay"

    @property
    def change(self) -> float | None:
        """By how much; None where one of them is no number."""
        if isinstance(self.published, int | float) and isinstance(self.now, int | float):
            return self.now - self.published
        return None

    @property
    def is_major(self) -> bool:
        """Whether it asks for a version that replaces the one that was published."""
        key, dims = self.ref
        if key in HEADLINE_KEYS and dims == TOTAL:
            return True
        if key.startswith(GRAVE_TABLES) and kind_of(key) not in RATIOS:
            return True
        if dims != TOTAL or kind_of(key) in RATIOS or self.change is None:
            return False
        published = self.published
        return isinstance(published, int | float) and abs(self.change) >= MAJOR_SHARE * max(1, abs(published))


@dataclass(frozen=True, slots=True)
class Rectified:
    """What a version that replaces another says of it. corrections: as the reader may see them."""

    replaced: Report
    reason: str
    corrections: tuple[Correction, ...]


# set by the house and not counted: what is set anew has no effect backwards
_SET = frozenset({"t1.norm_shower", "t1.norm_toilet", "t11.alert_level"})


def corrections(closed: Report, now: Report) -> tuple[Correction, ...]:
    """Every figure that differs, in the order of the report that was closed, then those that are new.

    Rows that change places without changing a number are no correction of it, nor is a figure that the program did not
    count yet when the month was closed.
    """
    compared = (set(closed.keys) & set(now.keys)) - _SET
    refs = dict.fromkeys(ref for ref in (*closed.figures, *now.figures) if ref[0] in compared)
    both = ((ref, closed.value(ref[0], *ref[1]), now.value(ref[0], *ref[1])) for ref in refs)
    return tuple(
        Correction(ref, published, found, *_rows_moved(closed, now, ref))
        for ref, published, found in both
        if published != found
    )


def _rows_moved(closed: Report, now: Report, ref: Ref) -> tuple[tuple[int, ...], RowsKind]:
    before, after = (Counter(one.rows(ref[0], *ref[1])) for one in (closed, now))
    found = now.find(ref) or closed.find(ref)
    rows = {row for row, _ in (before - after) + (after - before)}
    return tuple(sorted(rows)), "stay" if found is None else found.rows_kind


def open_before(period: Period, closed: Mapping[Period, ReportVersion]) -> Period | None:
    """The earliest month before this one that is still open, from the first one that was closed on; None for none."""
    firsts = sorted(one.first for one in closed)
    if not firsts or period.first <= firsts[0]:
        return None
    month = Period.month(firsts[0].year, firsts[0].month)
    while month.first < period.first:
        if month not in closed:
            return month
        month = month.month_after
    return None
