"""Years written with two digits: of which century they are, by what kind of day it is. One rule for forms, files and
commands.
"""

from collections.abc import Mapping
from datetime import date
from typing import Literal

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
