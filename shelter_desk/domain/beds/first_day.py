"""Since when the house has its beds, and from which day on its capacity is meant.

A house that opens the program has residents from months ago, in beds that nobody dated: where the day is not known,
beds are in service since the oldest day there is, so that everybody comes in with the true day of entry, and capacity
is meant from the month in which the program was begun. Nothing is said of the capacity of the months before.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from shelter_desk.domain.beds.beds import Bed
from shelter_desk.domain.beds.placement_checks import Span
from shelter_desk.domain.errors import RuleBroken
from shelter_desk.domain.moments import plain
from shelter_desk.domain.plausible_dates import OLDEST

NOT_KNOWN = OLDEST
BEDS_SINCE, CAPACITY_FROM = "beds_since", "capacity_from"  # what settings keep, days as 2026-11-01
SETTING_UP = timedelta(days=31)  # for so long beds are added that were there before the program


class SleptBefore(RuleBroken):
    """Somebody slept in the bed before the first day that it is to have."""

    bed_code: str
    by: str
    since: datetime


def check_first_day(bed: Bed, since: date, sleepers: Iterable[Span]) -> None:
    """Raises SleptBefore."""
    before = min((span for span in sleepers if span.start.date() < since), key=lambda span: span.start, default=None)
    if before is not None:
        raise SleptBefore(bed.code, before.code, before.start)


def is_known(since: datetime) -> bool:
    """False of a bed of which nobody said since when it is there."""
    return since.date() != NOT_KNOWN


def since(kept: Mapping[str, str], beds: Iterable[Bed]) -> date:
    """Since when the house has its beds: as was said, else since the first of those there are, else not known."""
    said = kept.get(BEDS_SINCE)
    if said:
        return date.fromisoformat(said)
    return min((bed.in_service_from.date() for bed in beds), default=NOT_KNOWN)


def of_new_beds(house: date, begun: date, today: date) -> date:
    """Since when beds are proposed to be in service that somebody adds today."""
    return house if today - begun <= SETTING_UP else today


def capacity_from(kept: Mapping[str, str], beds: Iterable[Bed], begun: date | None) -> date | None:
    """From which day on capacity is meant; None where the days of the beds tell it.

    begun: the day on which the shelter was made.
    """
    said = kept.get(CAPACITY_FROM)
    if said:
        return date.fromisoformat(said)
    if begun is None or all(is_known(bed.in_service_from) for bed in beds):
        return None
    return begun.replace(day=1)


def counted_from(since: datetime, meant: date | None) -> datetime:
    """From when on a bed counts in the capacity."""
    return since if meant is None else max(since, plain(meant))
