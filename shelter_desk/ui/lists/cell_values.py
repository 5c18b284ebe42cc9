"""What a cell of a list says, read back as a day, a moment or a number."""

import re
from datetime import date, datetime
from decimal import Decimal

from shelter_desk import words
from shelter_desk.words import formats

Value = date | Decimal  # a moment is a day too
_DAY = re.compile(r"(\d{2})/(\d{2})/(\d{4})(?: (\d{2}):(\d{2}))?")
_FRENCH = re.compile(rf"([-−+]?)(\d{{1,3}}(?:{formats.NARROW_SPACE}\d{{3}})+|\d+)(?:,(\d+))?((?:\s\D*)?)")
_ENGLISH = re.compile(r"([-−+]?)(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?((?:\s\D*)?)")


def day(text: str) -> date | None:
    """The day or moment that is written there as `formats.day` and `formats.moment` write them."""
    found = _DAY.fullmatch(text)
    if found is None:
        return None
    days, months, years, hours, minutes = found.groups()
    try:
        if hours is None:
            return date(int(years), int(months), int(days))
        return datetime(int(years), int(months), int(days), int(hours), int(minutes))
    except ValueError:
        return None


def number(text: str) -> tuple[Decimal, str] | None:
    """The number that is written there as `formats.number` writes it, and what stands behind it: `20` and ` j`."""
    found = (_ENGLISH if words.language() == "en" else _FRENCH).fullmatch(text)
    if found is None:
        return None
    sign, whole, decimals, behind = found.groups()
    plain = "".join(one for one in whole if one.isdigit())
    return Decimal(f"{'-' if sign in ('-', '−') else ''}{plain}.{decimals or 0}"), behind


def read(text: str, *, counts: bool) -> Value | None:
    """What is written there, None for words. counts: numbers stand in this column, which is said by its alignment."""
    if counts:
        found = number(text)
        return None if found is None else found[0]
    return day(text)


def plain(value: Value) -> date | Decimal:
    """The same to be compared: of a moment its day."""
    return value.date() if isinstance(value, datetime) else value
