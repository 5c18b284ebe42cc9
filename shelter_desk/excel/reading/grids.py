"""Sheets whose columns are not the columns of a list: the nights of a month, the services that were given."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from shelter_desk.domain.registers.person_lookup import WHO
from shelter_desk.domain.registers.refusals import CellRefused
from shelter_desk.domain.registers.shapes_presence import NIGHTS
from shelter_desk.excel.reading import cells, service_words
from shelter_desk.excel.reading.book import Cell, WorkbookRow, WorkbookSheet
from shelter_desk.excel.reading.days_in_words import MONTHS
from shelter_desk.excel.reading.headings import LOOKED_AT, HeadingNames, SheetHeading, folded

FEWEST_NIGHTS = 7  # in a row, for a grid of nights
FEWEST_SERVICES = 2
MOST_TIMES = 99  # a service on one line: above it is a telephone number
_ABOVE = 2  # rows over the days in which the other headings may stand
_LAST_DAY = 31
_DAY_IN_WORDS = re.compile(r"(?:([^\W\d]+)\.? ?)?0?(\d{1,2})(?:er)?")
_FULL_DAY = re.compile(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-](20\d\d)(?!\d)|(?<!\d)(20\d\d)-(\d\d)-(\d\d)(?!\d)")
_FRENCH_DAYS = "l m me j v s d lu ma mer je ve sa di lun mar jeu ven sam dim"
_ENGLISH_DAYS = "w t f mo tu we th fr su mon tue wed thu fri sat sun"
_WEEKDAYS = frozenset(f"{_FRENCH_DAYS} {_ENGLISH_DAYS}".split())
_BEFORE_A_DAY = frozenset({"jour", "nuit", "day", "night", "le"})
_TICKS = frozenset({"x", "oui", "o", "ok", "vrai", "yes", "y", "fait"})
_SIGNS = frozenset("✓✔☑☒●•×")
_NO_SERVICE = re.compile(r"total|nb|nombre|obs|rem|sign|visa|montant|cout|age|tel|contact|chambre|lit|no?\b|num")
_COURSE = re.compile(
    r"\b(?:formations?|cours|ateliers?|alphabetisation|activites?|seances?|sensibilisations?|training|class|workshop)\b"
)
_NO_PERSON = re.compile(r"(?:sous )?total|effectif|presents?$|nombre|nb\b|signature|visa|cachet|legende|legend|fait a")


@dataclass(frozen=True, slots=True)
class Grid:
    """Where a grid stands. columns: machine key to column, those of the nights among them; given: what every row has.

    unknown: headings that mean nothing; services: by column, what was given to whoever has a mark there.
    """

    heading: SheetHeading
    columns: dict[str, int]
    unknown: dict[int, str]
    given: dict[str, Cell] = field(default_factory=dict)
    services: dict[int, str] = field(default_factory=dict)

    def is_nobody(self, row: WorkbookRow, values: Mapping[str, Cell]) -> bool:
        """A total, a legend, a signature: a row that names nobody."""
        who = next((values[key] for key in WHO if key in values), None)
        text = next((folded(cell) for cell in row.cells if isinstance(cell, str)), "")
        return who is None or bool(_NO_PERSON.match(text) or _NO_PERSON.match(folded(str(who))))


# Nights ---------------------------------------------------------------------------------------------------------------


def nights(
    sheet: WorkbookSheet, names: HeadingNames, said: Mapping[str, str], path: str, *, is_asked: bool = False
) -> Grid | None:
    """The grid of a month in a sheet. said: columns by folded heading, as a person told them.

    is_asked: a person said that it is one; else the attendance of a course, which looks the same, is none.
    """
    for at, row in enumerate(sheet.rows[:LOOKED_AT]):
        days = _days(row)
        if days is None:
            continue
        places, month = days
        titles = _titles(sheet.rows[: at + 1])
        if not is_asked and any(_COURSE.search(folded(str(text))) for text in (sheet.name, *titles)):
            return None
        last = _last_heading(sheet.rows, at)
        columns: dict[str, int] = {}
        unknown: dict[int, str] = {}
        texts = _texts(sheet.rows[max(0, at - _ABOVE) : at], row, sheet.rows[at + 1 : last + 1], set(places.values()))
        for place, own in texts.items():
            name = folded(own[0])
            key = said[name] if name in said else names.key(own)[0]
            if key in WHO and key not in columns:
                columns[key] = place
            elif key != "" or name not in said:
                unknown[place] = own[0]
        if not columns:  # no heading says who: the first column of texts left of the days does
            below = sheet.rows[last + 1 :][:LOOKED_AT]
            named = {place for one in below for place, cell in enumerate(one.cells) if isinstance(cell, str)}
            free = [place for place in range(min(places.values())) if place in named and place not in unknown]
            columns = {"full_name": free[0]} if free else {}
        if not columns:
            continue
        month = month or month_in([sheet.name, *titles], path)
        heading = SheetHeading(row.number, sheet.rows[last].number, texts)
        given: dict[str, Cell] = {} if month is None else {"month": month}
        return Grid(heading, {**columns, **{NIGHTS[day]: place for day, place in places.items()}}, unknown, given)
    return None


def _days(row: WorkbookRow) -> tuple[dict[int, int], date | None] | None:
    """The columns of days that follow one another, and their month where they are dates."""
    places: dict[int, int] = {}
    months: set[date] = set()
    for place, cell in enumerate(row.cells):
        found = _day_of(cell)
        if found is None:
            continue
        day, month = found
        if places and day != max(places) + 1:
            if len(places) >= FEWEST_NIGHTS:
                continue  # a total behind the days
            places, months = {}, set()
        places[day] = place
        months |= {month} if month else set()
    if len(places) < FEWEST_NIGHTS or len(months) > 1:
        return None
    return places, next(iter(months), None)


def _day_of(cell: Cell) -> tuple[int, date | None] | None:
    """A day of the month, and the month where the cell holds a date."""
    if isinstance(cell, bool) or cell is None:
        return None
    if isinstance(cell, date):
        return cell.day, date(cell.year, cell.month, 1)
    if isinstance(cell, int | float):
        return (int(cell), None) if cell in range(1, _LAST_DAY + 1) else None
    if not isinstance(cell, str):
        return None
    text = cell.strip()
    whole = day_in([text])
    if whole is not None and len(text) <= len("31/12/2026") + 5:
        return whole.day, whole.replace(day=1)
    found = _DAY_IN_WORDS.fullmatch(text)
    if found is None or not (found[1] is None or folded(found[1]) in _WEEKDAYS | _BEFORE_A_DAY):
        return None
    return (int(found[2]), None) if 0 < int(found[2]) <= _LAST_DAY else None


def _last_heading(rows: Sequence[WorkbookRow], at: int) -> int:
    """The place of the last row of the heading: machine keys or the days of the week may stand under the days."""
    last = at
    for below in rows[at + 1 : at + 3]:
        texts = [cell.strip() for cell in below.cells if isinstance(cell, str)]
        weekdays = sum(folded(text) in _WEEKDAYS for text in texts)
        if NIGHTS[1] not in texts and (weekdays < FEWEST_NIGHTS or weekdays < len(texts) - 2):
            break
        last += 1
    return last


def _texts(
    above: Sequence[WorkbookRow], row: WorkbookRow, below: Sequence[WorkbookRow], days: set[int]
) -> dict[int, tuple[str, ...]]:
    """What names each column that is no day: the text nearest to the row of days."""
    found: dict[int, tuple[str, ...]] = {}
    for one in (row, *reversed(above), *below):
        for place, cell in enumerate(one.cells):
            is_near = one is row or one in below or place < min(days)
            if place not in days and is_near and isinstance(cell, str) and cell.strip():
                found[place] = (*found.get(place, ()), cell.strip())
    return found


# Services -------------------------------------------------------------------------------------------------------------


def services(sheet: WorkbookSheet, names: HeadingNames, said: Mapping[str, str]) -> Grid | None:
    """Residents down, services across, a tick or a count where they meet. The day: a column, else above or the name."""
    for at, row in enumerate(sheet.rows[:LOOKED_AT]):
        texts = {place: cell.strip() for place, cell in enumerate(row.cells) if isinstance(cell, str) and cell.strip()}
        columns: dict[str, int] = {}
        known: dict[int, str] = {}
        others: dict[int, str] = {}
        for place, text in texts.items():
            # surveys write `group/question/answer` over what may be answered with several
            name, last = folded(text), text.rpartition("/")[2].strip() if text.count("/") > 1 else text
            key = said[name] if name in said else names.key((text, text.rpartition("/")[2]))[0]
            if key in (*WHO, "service_on") and key not in columns:
                columns[key] = place
            elif name not in said and service_words.meant(last) is not None:
                known[place] = last
            elif key != "":
                others[place] = text
        if len(known) < FEWEST_SERVICES or not any(key in columns for key in WHO):
            continue
        rows = sheet.rows[at + 1 :]
        ticked = {place: text for place, text in others.items() if _is_ticked(place, text, rows)}
        unknown = {place: text for place, text in others.items() if place not in ticked}
        given: dict[str, Cell] = {}
        day = None if "service_on" in columns else day_in([sheet.name, *_titles(sheet.rows[:at])])
        if day is not None:
            given["service_on"] = day
        heading = SheetHeading(row.number, row.number, {place: (text,) for place, text in texts.items()})
        return Grid(heading, columns, unknown, given, dict(sorted({**known, **ticked}.items())))
    return None


def _is_ticked(place: int, text: str, rows: Iterable[WorkbookRow]) -> bool:
    """A column of ticks and counts under a name that is of nothing else."""
    found = [row.cells[place] for row in rows if place < len(row.cells) and row.cells[place] is not None]
    is_of_survey = text.startswith("_")  # `_id`, `_index`: small numbers that are no ticks
    return bool(found) and not is_of_survey and _NO_SERVICE.match(folded(text)) is None and all(map(_is_mark, found))


def _is_mark(cell: Cell) -> bool:
    if isinstance(cell, str):
        count = cell.strip().lstrip("0") or "0"
        return is_tick(cell) or (cell.strip().isdecimal() and len(count) <= len(str(MOST_TIMES)))
    return isinstance(cell, bool) or (isinstance(cell, int | float) and 0 <= cell <= MOST_TIMES)


def given_to(grid: Grid, row: WorkbookRow) -> Iterator[tuple[str, Cell]]:
    """What a row says was given: the heading, and how often."""
    for place, text in grid.services.items():
        cell = row.cells[place] if place < len(row.cells) else None
        if cell not in (None, "", 0, False, "0", "-", "non", "Non", "NON"):
            yield text, cell


def is_tick(text: str) -> bool:
    """A cross, a check mark, a yes."""
    return text.strip().casefold() in _TICKS or text.strip() in _SIGNS


# Days and months ------------------------------------------------------------------------------------------------------


def _titles(rows: Iterable[WorkbookRow]) -> list[Cell]:
    return [cell for row in rows for cell in row.cells if isinstance(cell, str | date) and cell != ""]


def day_in(said: Iterable[Cell]) -> date | None:
    """The first full day that one of these says."""
    for one in said:
        if isinstance(one, date):
            return one.date() if isinstance(one, datetime) else one
        if (found := _in_figures(str(one))) is not None:
            return found
        spelt = re.search(r"\b(\d{1,2})(?:er)? ([a-z]+) (20\d\d)\b", folded(str(one)))
        if spelt and spelt[2] in MONTHS and (found := _date(int(spelt[3]), MONTHS[spelt[2]], int(spelt[1]))):
            return found
    return None


def _in_figures(text: str) -> date | None:
    found = _FULL_DAY.search(text)
    if found is None:
        return None
    day, month, year, iso_year, iso_month, iso_day = found.groups()
    return _date(int(year or iso_year), int(month or iso_month), int(day or iso_day))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_in(said: Iterable[Cell], path: str = "") -> date | None:
    """The first day of the month that these say: the month by the first that has one, the year by any, or the path."""
    month: int | None = None
    year: int | None = None
    for one in said:
        its_year, its_month = (one.year, one.month) if isinstance(one, date) else _month_of(str(one))
        month, year = month or its_month, year or its_year
    if month is None or year is None:
        its_year, its_month = _month_of(re.split(r"[/\\]", path)[-1].rpartition(".")[0])
        month, year = month or its_month, year or its_year
    return None if month is None or year is None else date(year, month, 1)


def _month_of(text: str) -> tuple[int | None, int | None]:
    """Year and month."""
    plain = folded(text)
    day = _in_figures(text)
    if day is not None:
        return day.year, day.month
    figures = re.search(r"\b(0?[1-9]|1[0-2]) (20\d\d)\b|\b(20\d\d) (0?[1-9]|1[0-2])\b", plain)
    if figures:
        return int(figures[2] or figures[3]), int(figures[1] or figures[4])
    year = re.search(r"(?<!\d)20\d\d(?!\d)", plain)
    month = next((MONTHS[word] for word in re.findall(r"[a-z]+", plain) if word in MONTHS), None)
    return None if year is None else int(year[0]), month


def as_month(cell: Cell) -> date | None:
    """The first day of a month: a day of it, `11/2026`, `novembre 2026`. Raises CellRefused."""
    if isinstance(cell, date):
        return date(cell.year, cell.month, 1)
    text = cells.as_text(cell)
    if text is None:
        return None
    found = month_in([text])
    if found is None:
        raise CellRefused(text, "date")
    return found
