"""Days that are too long ago to be meant: a wrong year would move a line out of every report."""

from collections.abc import Iterable
from datetime import date, timedelta

from shelter_desk.domain.errors import RuleBroken
from shelter_desk.domain.stays import Stay

DECIDED_BEFORE = timedelta(days=3653)  # ten years: police and courts often decide before somebody comes here
OLDEST = date(2000, 1, 1)  # of what is written in a file


class TooLongAgo(RuleBroken):
    """Nothing of this kind is written before a day."""

    day: date
    earliest: date


def check_not_before(day: date, earliest: date) -> None:
    """Raises TooLongAgo."""
    if day < earliest:
        raise TooLongAgo(day, earliest)


def first_day(stays: Iterable[Stay]) -> date:
    """The day on which somebody came for the first time, `OLDEST` of who never did."""
    return min((one.admitted_at.date() for one in stays if not one.is_void), default=OLDEST)
