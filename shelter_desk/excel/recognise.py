"""Finds out which lists a workbook holds and which of its columns is which."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from shelter_desk.domain.errors import NothingRecognised
from shelter_desk.domain.fields import LISTS, ListColumn
from shelter_desk.excel.book import Book, Cell, Row, Sheet

HEADING_ROWS = 10
OTHER_SHEETS = frozenset({"listes", "mode emploi"})
_OWN_REGISTER = frozenset({"personnes", "sejours"})  # a shelter's own admission register holds both
_PASSED_OVER = re.compile(r"(?:sous )?total|subtotal|grand total|signatures?|visa|cachet|arrete (?:la|le)|fait a")


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row before it is judged. number: as seen in Excel; values: by machine key, without the empty cells."""

    list_key: str
    sheet: str
    number: int
    values: dict[str, Cell]


@dataclass(frozen=True, slots=True)
class RecognisedList:
    """One list found in a sheet.

    columns: machine key to column, counted from 0; unknown_columns: headings that mean nothing here;
    missing_columns: required keys that no column has; passed_over: numbers of rows taken for totals or signatures.
    """

    sheet: str
    columns: dict[str, int]
    unknown_columns: tuple[str, ...]
    missing_columns: tuple[str, ...]
    rows: list[RawRow]
    passed_over: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Recognised:
    """The lists of a workbook, in the order of `fields.LISTS`, and the sheets that are none."""

    lists: dict[str, RecognisedList]
    unused_sheets: tuple[str, ...] = ()


@dataclass(slots=True)
class _Heading:
    """The heading of a sheet read as one list. by_key: its machine keys stand there."""

    last_row: int
    by_key: bool
    columns: dict[str, int] = field(default_factory=dict)
    unknown: dict[int, str] = field(default_factory=dict)
    skipped: set[int] = field(default_factory=set)

    def covers(self, list_key: str) -> float:
        """The part of the required columns that is there."""
        required = [column.key for column in LISTS[list_key] if column.required]
        return sum(key in self.columns for key in required) / len(required)


def folded(text: str) -> str:
    """The text without case, accents, stars, underscores and signs."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z0-9]+", bare.casefold().replace("°", " ").replace("œ", "oe")))


def recognise(book: Book, path: str = "") -> Recognised:
    """The lists of the book: by the name of a sheet, else by its headings. Raises NothingRecognised."""
    found: dict[str, RecognisedList] = {}
    unused = []
    for sheet in book.sheets:
        lists = {key: head for key, head in _lists_of(sheet).items() if key not in found}
        for list_key, heading in lists.items():
            known = {place for other in lists.values() for place in other.columns.values()}
            found[list_key] = _read(sheet, list_key, heading, known)
        if not lists and folded(sheet.name) not in OTHER_SHEETS:
            unused.append(sheet.name)
    if not found:
        raise NothingRecognised(path, tuple(sheet.name for sheet in book.sheets))
    return Recognised({key: found[key] for key in LISTS if key in found}, tuple(unused))


def _lists_of(sheet: Sheet) -> dict[str, _Heading]:
    name = folded(sheet.name)
    if name in OTHER_SHEETS:
        return {}
    for list_key in LISTS:
        if folded(list_key) == name:
            heading = _heading(sheet, list_key)
            return {list_key: heading} if heading else {}
    headings = {key: heading for key in LISTS if (heading := _heading(sheet, key))}
    candidates = {key: heading for key, heading in headings.items() if heading.covers(key) >= 0.5}
    if not candidates:
        return {}
    best = max(candidates, key=lambda key: (candidates[key].covers(key), len(candidates[key].columns)))
    if best in _OWN_REGISTER:
        both = {key: heading for key, heading in headings.items() if key in _OWN_REGISTER}
        return {key: heading for key, heading in both.items() if len(heading.columns.keys() - {"person_code"}) > 1}
    return {best: candidates[best]} if len(candidates[best].columns) > 1 else {}


def _heading(sheet: Sheet, list_key: str) -> _Heading | None:
    """The row of machine keys if there is one, else the row with most known labels, among the first rows."""
    first = [row for row in sheet.rows[:HEADING_ROWS] if row.number <= HEADING_ROWS * 2]
    keys = {column.key: column.key for column in LISTS[list_key]}
    labels = _labels(LISTS[list_key])
    for names, by_key in ((keys, True), (labels, False)):
        headings = [_matched(row, names, by_key=by_key) for row in first]
        best = max(headings, key=lambda heading: len(heading.columns), default=None)
        if best and len(best.columns) >= (2 if by_key else 1):
            if by_key:
                _complete(best, next((row for row in first if row.number == best.last_row - 1), None), labels)
            return best
    return None


def _complete(heading: _Heading, above: Row | None, labels: Mapping[str, str]) -> None:
    """A column whose machine key is missing or unknown goes by the label above it; without one it is told."""
    taken = set(heading.columns.values())
    for place, cell in enumerate(above.cells if above else ()):
        if place in taken or not isinstance(cell, str) or not cell.strip():
            continue
        seen = folded(cell)
        key = labels.get(seen)
        if key is not None and key not in heading.columns:
            heading.columns[key] = place
            heading.unknown.pop(place, None)
        elif place not in heading.skipped and not seen.endswith((" label", " libelle")):
            heading.unknown.setdefault(place, cell.strip())


def _labels(columns: Iterable[ListColumn]) -> dict[str, str]:
    """Folded heading to key; what a column is called here goes before what it is called elsewhere."""
    columns = tuple(columns)
    names = {folded(also): column.key for column in columns for also in column.also}
    for column in columns:
        names |= dict.fromkeys((folded(column.label_fr), folded(column.label_en), folded(column.key)), column.key)
    return names


def _matched(row: Row, names: Mapping[str, str], *, by_key: bool) -> _Heading:
    heading = _Heading(row.number, by_key)
    for place, cell in enumerate(row.cells):
        if not isinstance(cell, str) or not cell.strip():
            continue
        seen = cell.strip() if by_key else folded(cell)
        key = names.get(seen)
        if key is not None and key not in heading.columns:
            heading.columns[key] = place
        elif seen.endswith(("_label", " label", " libelle")):
            heading.skipped.add(place)
        else:
            heading.unknown[place] = cell.strip()
    return heading


def _read(sheet: Sheet, list_key: str, heading: _Heading, known: set[int]) -> RecognisedList:
    rows: list[RawRow] = []
    passed_over = []
    for row in sheet.rows:
        if row.number <= heading.last_row:
            continue
        values = _values(row, heading.columns)
        if not heading.by_key and _is_passed_over(row, heading, len(values)):
            passed_over.append(row.number)
        elif values:
            rows.append(RawRow(list_key, sheet.name, row.number, values))
    missing = tuple(c.key for c in LISTS[list_key] if c.required and c.key not in heading.columns)
    unknown = tuple(name for place, name in heading.unknown.items() if place not in known)
    return RecognisedList(sheet.name, heading.columns, unknown, missing, rows, tuple(passed_over))


def _values(row: Row, columns: Mapping[str, int]) -> dict[str, Cell]:
    cells = row.cells
    size = len(cells)
    return {
        key: value
        for key, place in columns.items()
        if place < size and ((value := cells[place]) or value == 0)  # comparing a date with a text is slow
    }


def _is_passed_over(row: Row, heading: _Heading, filled: int) -> bool:
    """A total, a sub-total or a signature: its first text says so, and it fills in few of the known columns."""
    if filled > max(1, len(heading.columns) // 3):
        return False
    text = next((folded(cell) for cell in row.cells if isinstance(cell, str)), "")
    return bool(_PASSED_OVER.match(text))
