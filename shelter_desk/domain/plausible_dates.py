"""Days that are too long ago to be meant: a wrong year would move a line out of every report.

Years written with two digits: of which century they are, by what kind of day it is. One rule for forms, files and
commands.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Literal

from shelter_desk.domain.errors import RuleBroken
from shelter_desk.domain.stays.stays import Stay

Kind = Literal["event", "birth", "ahead"]
_KINDS: Mapping[str, Kind] = {
    "birth_date": "birth",
    "birth_or_age": "birth",
    "expiry_on": "ahead",
    "warranty_until": "ahead",
    "in_service_to": "ahead",
}


def in_full(two: int, month: int, day: int, kind: Kind, today: date) -> int:
    """The year of four digits; the day need not exist.

    birth: the nearest day that is not to come. ahead, as what expires or is planned: of the century of today.
    event: the nearest past, but a day of the coming year stays one, to be refused as to come, not put in 19xx.
    """
    year = today.year - today.year % 100 + two
    if kind == "ahead":
        return year
    latest = (today.year + (kind == "event"), today.month, today.day)
    return year - 100 if (year, month, day) > latest else year


def kind_of(column: str) -> Kind:
    """What the days of that column of a list are."""
    return _KINDS.get(column, "event")


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
