"""A month that is closed: its versions, what was accepted at the closing, and what moved since.

A period runs, is to be closed, or is closed; nothing else is a state. A version never changes once it is made: who
wants other figures makes the next one, which replaces it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from shelter_desk.domain.ids import SendingId, UserId, VersionId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.figures import RATIOS, TOTAL, Ref, Shown, kind_of
from shelter_desk.domain.reports.report import Profile, Report

# why a point is accepted as it is; else words of one's own
AcceptReason = Literal["preuve_papier", "apres_sortie", "injoignable", "autorite", "sans_objet"]
ACCEPT_REASONS: tuple[AcceptReason, ...] = ("preuve_papier", "apres_sortie", "injoignable", "autorite", "sans_objet")
# whose change is never small: what is read first, victims, children
HEADLINES = frozenset(
    {
        "t2.entries",
        "t2.exits",
        "t2.present_start",
        "t2.present_end",
        "t2.person_nights",
        "t2.distinct_persons",
        "t1.occupancy_rate",
        "t6.events",
        "t7.issued",
    }
)
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
    def is_rectified(self) -> bool:
        """True for one that replaces another; a closing has no reason."""
        return bool(self.reason)


@dataclass(frozen=True, slots=True)
class Sending:
    """What went to one recipient at one level; version: None for a draft of what was not closed."""

    id: SendingId
    first_day: str
    last_day: str
    version: VersionId | None
    level: Profile
    recipient: str
    purpose: str
    file_name: str
    sha256: str
    size: int
    sent_at: datetime
    user: UserId
    acknowledged_on: str | None

    @property
    def is_month(self) -> bool:
        """True of a calendar month, which can be closed."""
        first = date.fromisoformat(self.first_day)
        return self.last_day == Period.month(first.year, first.month).last.isoformat() and first.day == 1

    @property
    def left(self) -> bool:
        """False for what the direction wrote for itself."""
        return self.level != "interne" or bool(self.recipient)


@dataclass(frozen=True, slots=True)
class AcceptedPoint:
    """A point that was not settled. key: as `Point.key` says it; reason: a code of `ACCEPT_REASONS`, or words."""

    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A figure that is another one today than in the version that was closed. came, gone: ids of rows behind it."""

    ref: Ref
    published: Shown
    now: Shown
    came: tuple[int, ...] = ()
    gone: tuple[int, ...] = ()

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
        if key in HEADLINES and dims == TOTAL:
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


def corrections(closed: Report, now: Report) -> tuple[Correction, ...]:
    """Every figure that differs, in the order of the report that was closed, then those that are new."""
    return tuple(_differing(closed, now, dict.fromkeys((*closed.figures, *now.figures))))


def _differing(closed: Report, now: Report, refs: Iterable[Ref]) -> Iterator[Correction]:
    for ref in refs:
        published, found = closed.value(ref[0], *ref[1]), now.value(ref[0], *ref[1])
        before, after = (frozenset(row for row, _ in one.rows(ref[0], *ref[1])) for one in (closed, now))
        # rows that change places without changing the number are no correction of a figure
        if published != found:
            yield Correction(ref, published, found, tuple(sorted(after - before)), tuple(sorted(before - after)))


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
