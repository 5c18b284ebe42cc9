"""Ages as they are written: `25`, `25 ans`, `env. 30`, `8 mois`, `2 ans et 3 mois`, `3 semaines`.

Days whose year has two digits, written in full as `domain.plausible_dates` says: `03/02/25`, `12-févr-26`.

Days of which the year is not said, `15 juin` or `15/06`: that of the days around, or of the title of the sheet.

Where neither tells one year alone the cell stays as it is, and is refused.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date, timedelta

from shelter_desk.domain import plausible_dates
from shelter_desk.domain.errors import RuleBroken
from shelter_desk.domain.registers.refusals import CellRefused
from shelter_desk.domain.registers.shapes_stays import Age
from shelter_desk.excel.reading import cells
from shelter_desk.excel.reading.book import Cell, Workbook, WorkbookSheet
from shelter_desk.excel.reading.cells import YEAR, YEARS, as_birth, as_text, as_whole, shown
from shelter_desk.excel.reading.days_in_words import MONTHS, day_in_words
from shelter_desk.excel.reading.recognised import COLUMNS, RawRow, Recognised

_IN_WORDS = re.compile(r"(?:le )?(\d{1,2})(?:er)? +([a-z]+)\.?", re.ASCII)
_IN_NUMBERS = re.compile(r"(\d{1,2})/(\d{1,2})", re.ASCII)
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_NEAR = timedelta(days=120)  # further away two years would do about as well
_ENDS = {"exited_at": "admitted_at", "to": "from"}  # a day that comes after another one of its row
_NOT_GUESSED = frozenset({"birth_date", "birth_or_age", "expiry_on", "age_estimated_on"})


def fill_years(book: Workbook, found: Recognised) -> Counter[str]:
    """Write the years into the rows; by column how many got one."""
    told: Counter[str] = Counter()
    sheets = {sheet.name: sheet for sheet in book.sheets}
    for key, one in found.lists.items():
        days = [
            column.key for column in COLUMNS[key] if column.kind in ("day", "moment") and column.key not in _NOT_GUESSED
        ]
        for layout in one.layouts:
            rows = [row for row in one.rows if row.sheet == layout.sheet]
            year = _of_title(sheets[layout.sheet], layout.heading_row)
            for column in days:
                told[column] += _complete(rows, column, year)
    return +told


def _complete(rows: list[RawRow], column: str, title: int | None) -> int:
    cells_ = [row.values.get(column) for row in rows]
    open_ = {at: part for at, cell in enumerate(cells_) if isinstance(cell, str) and (part := _without_year(cell))}
    if not open_:
        return 0
    known: dict[int, date] = {}
    for at, cell in enumerate(cells_):
        if cell is not None and at not in open_:
            with suppress(RuleBroken):
                if day := cells.as_day(cell):
                    known[at] = day
    for at, part in open_.items():
        before = next((known[one] for one in range(at - 1, -1, -1) if one in known), None)
        after = next((known[one] for one in range(at + 1, len(rows)) if one in known), None)
        day = _of_row(rows[at].values, column, part) or _between(part, before, after) or _dated(part, title)
        if day is not None:
            rows[at].values[column] = day
    return sum(isinstance(rows[at].values[column], date) for at in open_)


def _without_year(text: str) -> tuple[int, int] | None:
    """Month and day of such a text."""
    letters = unicodedata.normalize("NFKD", text.strip().casefold())
    plain = " ".join("".join(one for one in letters if not unicodedata.combining(one)).split())
    if found := _IN_WORDS.fullmatch(plain):
        return (MONTHS[found[2]], int(found[1])) if found[2] in MONTHS else None
    found = _IN_NUMBERS.fullmatch(plain)
    return (int(found[2]), int(found[1])) if found and int(found[2]) <= 12 else None


def _dated(part: tuple[int, int], year: int | None) -> date | None:
    try:
        return None if year is None else date(year, *part)
    except ValueError:
        return None


def _of_row(values: Mapping[str, Cell], column: str, part: tuple[int, int]) -> date | None:
    """The first such day on or after the one that its row begins with."""
    begun = values.get(_ENDS.get(column, ""))
    with suppress(RuleBroken):
        if begun is not None and (first := cells.as_day(begun)):
            days = (_dated(part, year) for year in (first.year, first.year + 1))
            return next((day for day in days if day is not None and day >= first), None)
    return None


def _between(part: tuple[int, int], before: date | None, after: date | None) -> date | None:
    """The one day that fits between its neighbours in the column, or the nearest to the only one."""
    if before is not None and after is not None:
        first, last = min(before, after), max(before, after)
        days = {day for year in range(first.year, last.year + 1) if (day := _dated(part, year))}
        within = {day for day in days if first <= day <= last}
        return next(iter(within if len(within) == 1 else days)) if 1 in (len(within), len(days)) else None
    near = before or after
    if near is None:
        return None
    days = {day for year in (near.year - 1, near.year, near.year + 1) if (day := _dated(part, year))}
    found = [day for day in days if abs(day - near) < _NEAR]
    return found[0] if len(found) == 1 else None


def _of_title(sheet: WorkbookSheet, heading_row: int) -> int | None:
    """The only year that the name of the sheet, or a text above its headings, says."""
    above: Iterable[str] = (
        cell for row in sheet.rows if row.number < heading_row for cell in row.cells if isinstance(cell, str)
    )
    years = {int(year) for text in (sheet.name, *above) for year in _YEAR.findall(text)}
    return years.pop() if len(years) == 1 else None


_DIGITS = re.compile(r"(\s*(\d{1,2})([/.-])(\d{1,2})\3)(\d{2})(?=\s|$)", re.ASCII)
_WORDS = re.compile(r"(.*[^\W\d_]\.?[ -]+)(\d{2})\s*")


def year_in_full(cell: Cell, kind: plausible_dates.Kind, today: date) -> Cell:
    """The same text with a year of four digits; any other cell as it is."""
    if not isinstance(cell, str):
        return cell
    if found := _DIGITS.match(cell):
        day, month, two = int(found[2]), int(found[4]), int(found[5])
        return f"{found[1]}{plausible_dates.in_full(two, month, day, kind, today)}{cell[found.end() :]}"
    if (found := _WORDS.fullmatch(cell)) and (said := day_in_words(f"{found[1]}20{found[2]}")):
        return f"{found[1]}{plausible_dates.in_full(int(found[2]), said[1], said[2], kind, today)}"
    return cell


_ABOUT = r"(?:(?:env(?:iron)?\b\.?|vers|approx(?:imativement)?\b\.?|about|ca\b\.?|[~≈±])\s*)?"
_AGE = re.compile(
    rf"{_ABOUT}(?P<age>\d{{1,3}})\s*(?P<unit>ans?|mois|years?(?: old)?|yrs?|yo|months?)?(?:\s*env(?:iron|\.)?)?",
    re.ASCII | re.IGNORECASE,
)
_YOUNG = re.compile(
    r"(?P<years>\d{1,2})\s*ans?\s*(?:et\s*)?(?:(?P<months>\d{1,2})\s*mois|(?P<half>demie?))"
    r"|(?P<count>\d{1,3})\s*(?P<unit>semaines?|jours?|weeks?|days?)|(?P<new>nouveau[- ]n[éÉe]e?(?:\(e\))?)",
    re.ASCII | re.IGNORECASE,
)
_AGES = range(121)
_YEAR_OF_DAYS, _MONTH_OF_DAYS = 365, 31  # of whole months no more than there are


def as_age(cell: Cell) -> int | None:
    """Whole years: `25`, `25 ans`, `env. 30`, `8 mois` (which are none yet)."""
    age = as_exact_age(cell)
    return None if age is None else age.years


def as_exact_age(cell: Cell) -> Age | None:
    """Whole years, 0 to 120, or the months of a small child: `8 mois`."""
    typed = (as_text(cell) or "") if isinstance(cell, str) else ""
    if typed.startswith("+"):  # more than that
        raise CellRefused(typed, "age")
    found = _AGE.fullmatch(typed)
    if found is None and (young := _YOUNG.fullmatch(typed)):
        return _age_of_child(young, typed)
    if found is not None and (found["unit"] or "").lower().startswith("m"):
        age = Age(*divmod(int(found["age"]), 12))
    elif found is not None:
        age = Age(int(found["age"]))
    else:
        try:
            years = as_whole(cell)
        except CellRefused as error:
            raise CellRefused(
                error.value, error.why if error.why in ("error_cell", "formula", "control") else "age"
            ) from None
        if years is None:
            return None
        age = Age(years)
    if age.years not in _AGES:
        raise CellRefused(shown(cell), "age")
    return age


def as_birth_or_age(cell: Cell) -> date | int | Age | None:
    """The day or the year of birth, else an age; a number that is neither year nor age is refused."""
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return as_birth(cell) if cell in YEARS else as_exact_age(cell)
    typed = as_text(cell) if isinstance(cell, str) else None
    if typed is not None and (_YOUNG.fullmatch(typed) or (_AGE.fullmatch(typed) and not YEAR.fullmatch(typed))):
        return as_exact_age(typed)
    return as_birth(cell)


def _age_of_child(found: re.Match[str], typed: str) -> Age:
    """Years and months; weeks and days as the months that they fill."""
    if found["new"]:
        return Age(0)
    if found["count"]:
        days = int(found["count"]) * (7 if found["unit"].lower()[0] in "sw" else 1)
        if days >= _YEAR_OF_DAYS:
            raise CellRefused(typed, "age")
        return Age(0, days // _MONTH_OF_DAYS)
    months = 6 if found["half"] else int(found["months"])
    if months > 11:
        raise CellRefused(typed, "age")
    return Age(int(found["years"]), months)
