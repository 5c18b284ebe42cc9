"""Days, hours, numbers and ages as a person reads and types them."""

import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from shelter_desk import words
from shelter_desk.domain.errors import UnknownDay

if TYPE_CHECKING:
    from decimal import Decimal

    from shelter_desk.domain import plausible_dates

NARROW_SPACE = "\u202f"
NONE = "—"
# compiled when first used, as the imports inside functions are: the unlock screen only writes the hour
_DAY_MONTH_YEAR = r"([0-9]{1,2})[/. -]([0-9]{1,2})(?:[/. -]([0-9]{4}|[0-9]{2}))?"
_YEAR_MONTH_DAY = r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"
_EIGHT_DIGITS = r"([0-9]{2})([0-9]{2})([0-9]{4})"
_CLOCK = r"([0-9]{1,2})\s*[:hH.]\s*([0-9]{2})?|([0-9]{1,2})([0-9]{2})"
_FAR = timedelta(days=270)  # a day typed without its year that would be further ahead is of the year before
_OLDEST = 1900


def day(value: date) -> str:
    """`03/12/2026`."""
    return f"{value:%d/%m}/{value.year:04d}"


def short_day(value: date) -> str:
    """`03/12`."""
    return f"{value:%d/%m}"


def clock(value: time | datetime) -> str:
    """`16:35`."""
    return f"{value:%H:%M}"


def moment(value: datetime) -> str:
    """`03/12/2026 16:35`, or the day alone where the hour is not known."""
    from shelter_desk.domain.moments import is_plain

    return day(value) if is_plain(value) else f"{day(value)} {clock(value)}"


def weekday(value: date) -> str:
    """`jeudi`, `Thursday`."""
    names = (
        words.text("Monday"),
        words.text("Tuesday"),
        words.text("Wednesday"),
        words.text("Thursday"),
        words.text("Friday"),
        words.text("Saturday"),
        words.text("Sunday"),
    )
    return names[value.weekday()]


def weekday_day(value: date) -> str:
    """`jeudi 03/12`."""
    return f"{weekday(value)} {short_day(value)}"


def month_name(value: date) -> str:
    """`novembre`, `November`."""
    names = (
        words.text("January"),
        words.text("February"),
        words.text("March"),
        words.text("April"),
        words.text("May"),
        words.text("June"),
        words.text("July"),
        words.text("August"),
        words.text("September"),
        words.text("October"),
        words.text("November"),
        words.text("December"),
    )
    return names[value.month - 1]


def month(value: date) -> str:
    """`novembre 2026`, as it stands inside a sentence."""
    return f"{month_name(value)} {value.year:04d}"


def of_month(value: date) -> str:
    """`de novembre 2026`, `d’octobre 2026`."""
    name = month(value)
    if words.language() == "fr" and name[0] in "aeioué":
        return f"d’{name}"
    return words.text("of {month}").format(month=name)


def month_title(value: date) -> str:
    """`Novembre 2026`, as it stands alone."""
    name = month(value)
    return name[:1].upper() + name[1:]


def number(value: "float | Decimal", decimals: int = 0) -> str:
    """A number rounded half up to so many decimals: `1 234,5` with narrow spaces in French, `1,234.5` in English."""
    from decimal import ROUND_HALF_UP, Decimal

    rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    english = f"{rounded if rounded else abs(rounded):,f}"
    if words.language() == "en":
        return english
    return english.replace(",", NARROW_SPACE).replace(".", ",")


def rate(value: float | None) -> str:
    """One decimal, or a dash where there is nothing to divide by."""
    return NONE if value is None else number(value, 1)


def age(years: int | None, months: int | None = None) -> str:
    """`27 ans`; in whole months below one year where they are known."""
    if years is None:
        return words.text("age unknown")
    if years == 0 and months is not None:
        return words.count("{n} month old", "{n} months old", months)
    return words.count("{n} year old", "{n} years old", years)


def nationality(code: str, sex: str) -> str:
    """`Bénin (Béninoise)` in French, so that Niger and Nigéria are told apart; the country alone in English."""
    from shelter_desk.domain import codes

    country = words.label("nationality", code)
    if words.language() == "en" or not codes.is_code("nationality", code) or code.startswith("x_"):
        return country
    people = codes.code("nationality", code).extra["demonym_f_fr" if sex == "f" else "demonym_m_fr"]
    return country if people in ("", country) else f"{country} ({people})"


def read_day(text: str, today: date, kind: "plausible_dates.Kind" = "event") -> date:
    """The day typed as JJ/MM/AAAA, J/M/AA, JJ/MM, AAAA-MM-JJ or JJMMAAAA.

    A year of two digits is the one that `domain.plausible_dates` makes of it. Without a year it is this one, or
    the one before where that is more than nine months ahead. Raises UnknownDay.
    """
    typed = text.strip()
    if match := re.fullmatch(_YEAR_MONTH_DAY, typed):
        year, month_, day_ = match.groups()
    elif match := re.fullmatch(_DAY_MONTH_YEAR, typed) or re.fullmatch(_EIGHT_DIGITS, typed):
        day_, month_, year = match.groups()
    else:
        raise UnknownDay(text)
    try:
        found = date(_full_year(year, int(month_), int(day_), kind, today), int(month_), int(day_))
    except ValueError:
        raise UnknownDay(text) from None
    if found.year < _OLDEST:
        raise UnknownDay(text)
    return found


def _full_year(typed: str | None, month_: int, day_: int, kind: "plausible_dates.Kind", today: date) -> int:
    from shelter_desk.domain import plausible_dates

    if not typed:
        far = date(today.year, month_, day_) - today > _FAR and kind != "ahead"
        return today.year - 1 if far else today.year
    return int(typed) if len(typed) == 4 else plausible_dates.in_full(int(typed), month_, day_, kind, today)


def read_clock(text: str) -> time:
    """The hour typed as 16:35, 16h35, 16h or 1635.

    Raises UnknownDay where there is no such hour.
    """
    match = re.fullmatch(_CLOCK, text.strip())
    if match is None:
        raise UnknownDay(text)
    hour, minute, short_hour, short_minute = match.groups()
    try:
        return time(int(hour or short_hour), int(minute or short_minute or 0))
    except ValueError:
        raise UnknownDay(text) from None
