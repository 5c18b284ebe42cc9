"""The lines of a list: the rows below its heading, without those that are none.

Rows of a list that are no lines of it: totals, headings said again, what stands below a list.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from shelter_desk.domain.registers.templates import EXAMPLE
from shelter_desk.excel.reading import grids
from shelter_desk.excel.reading.book import Cell, ErrorCell, WorkbookRow, WorkbookSheet
from shelter_desk.excel.reading.grids import Grid
from shelter_desk.excel.reading.headings import LOOKED_AT, folded
from shelter_desk.excel.reading.recognised import COLUMNS, KEYS, REASONS, Layout, Match, RawRow, RecognisedList

_TOTAL = re.compile(
    r"(?:(?:sous|grand) )?tota(?:l|ux)\b|subtotal\b|report a nouveau\b|effectif\b|cumul\b|nombre total\b"
)
_BARE_TOTAL = re.compile(
    r"(?:(?:sous|grand) )?tota(?:l|ux)(?: (?:general|generaux|du mois|mensuel|annuel|cumule))?|subtotal"
)
_MAY_BE = re.compile(
    r"\W*(?:sous|grand|tota|sub|report|sign|visa|cachet|arr|fait|nb|nota|(?:vu|lu|l[ae]|pour|mme|mr?)\b)", re.IGNORECASE
)
_AMOUNT = re.compile(r"[\d\s.,\u00a0\u202f]+(?:F ?CFA|XOF|F)?", re.IGNORECASE)
_POSTS = (
    "direct(?:eur|rice)|responsable|comptable|gestionnaire|coordin(?:ateur|atrice)|coordonnat(?:eur|rice)|cheff?e?"
    "|presidente?|secretaire|administrat(?:eur|rice)|magasini(?:er|ere)"
)
_BELOW = re.compile(
    rf"(?:signatures?|visa|cachet|arrete (?:la|le)|fait a|nb|nota|legende|legend|lu et approuve|vu et approuve)\b"
    rf"|(?:(?:pour|mme|mr?|l[ae]) )+(?:{_POSTS})(?: (?:du|de|des|d) .+| financi?ere?| general[a-z]*)?$"
)
_DAY_OR_AMOUNT = re.compile(r"[\d\s./:,-]+")


def says(cell: Cell) -> bool:
    """True of a cell that is not empty."""
    return bool(cell.strip()) if isinstance(cell, str) else cell is not None


def kind_of(
    row: WorkbookRow,
    values: Mapping[str, Cell],
    columns: Mapping[str, int],
    texts: Mapping[int, Sequence[str]],
    sheet: WorkbookSheet,
    since: int,
) -> str:
    """`heading` where the headings are said again, `total`, `below` for a signature or a note, else "".

    values: by key of a column; columns, texts: where each is and its headings. since: the row of the last of these.
    """
    for key, value in values.items():
        if value not in texts.get(columns.get(key, -1), ()):
            break
    else:
        if values:
            return "heading"
    text = _first_text(row.cells)
    is_short = len(values) <= max(1, len(columns) // 3)
    if not is_short and not _MAY_BE.match(text):
        return ""
    name = folded(text)
    if _TOTAL.match(name) and (is_short or _sums_up(row, name, sheet, since)):
        return "total"
    if _BELOW.match(name):  # where each text of the row is one of those that stand below a list
        said = (cell for cell in row.cells if says(cell))
        return "below" if all(isinstance(cell, str) and _BELOW.match(folded(cell)) for cell in said) else ""
    return ""


def _first_text(cells: Sequence[Cell]) -> str:
    """The first text that is no day and no number."""
    for cell in cells:
        if type(cell) is str and not cell.isspace() and not (cell[:1].isdigit() and _DAY_OR_AMOUNT.fullmatch(cell)):
            return cell
    return ""


def _sums_up(row: WorkbookRow, name: str, sheet: WorkbookSheet, since: int) -> bool:
    """Of a row that fills in many columns: nothing but amounts beside the label, which is bare, or they sum up."""
    label = row.cells.index(_first_text(row.cells))
    others = [(place, cell) for place, cell in enumerate(row.cells) if says(cell) and place != label]
    others = [(place, cell) for place, cell in others if place > label or not _is_day(cell)]
    if not others or not all(_is_amount(cell) or isinstance(cell, ErrorCell) for _, cell in others):
        return False
    return bool(_BARE_TOTAL.fullmatch(name)) or any(
        cell == _sum(sheet, place, since, row.number) for place, cell in others if _is_number(cell)
    )


def _is_day(cell: Cell) -> bool:
    return isinstance(cell, date) or (isinstance(cell, str) and _DAY_OR_AMOUNT.fullmatch(cell.strip()) is not None)


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def _is_amount(cell: Cell) -> bool:
    """A number, or one with its money as a text."""
    return _is_number(cell) or (isinstance(cell, str) and bool(_AMOUNT.fullmatch(cell.strip())))


def _sum(sheet: WorkbookSheet, place: int, since: int, until: int) -> float:
    cells = (row.cells[place] for row in sheet.rows if since < row.number < until and place < len(row.cells))
    return sum(cell for cell in cells if isinstance(cell, int | float) and not isinstance(cell, bool))


_CHOSEN = frozenset({1, "1", "x", "X", "oui", "Oui", "OUI", "yes", "Yes", "VRAI", "TRUE", "True"})


@dataclass(slots=True)
class _LineFound:
    """The lines, and the numbers of rows that are none: passed over, or with nothing that means anything here."""

    rows: list[RawRow] = field(default_factory=list)
    passed_over: list[int] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)


def lines_below(sheet: WorkbookSheet, match: Match) -> RecognisedList:
    """Every line of a list, each row that is none by its number."""
    found = _LineFound()
    columns = dict(sorted(match.columns.items(), key=lambda one: one[1]))  # rows are told from left to right
    below = _below_keys(sheet, match)
    keys = next((row.cells for row in sheet.rows[: LOOKED_AT + 2] if row.number == below), [])
    rows = [row for row in sheet.rows if row.number > below]
    if EXAMPLE in keys:  # the column that marks the example of a template
        at = keys.index(EXAMPLE)
        found.passed_over += [row.number for row in rows if row.cells[at : at + 1] not in ([], [None])]
        rows = [row for row in rows if row.cells[at : at + 1] in ([], [None])]
    if match.grid is None:
        _tell_apart(sheet, match, rows, columns, found)
    else:
        for row in rows:
            values = _values(row, columns)
            if match.grid.is_nobody(row, values):
                found.passed_over.append(row.number)
            else:
                found.rows += _of_line(sheet, match.list_key, match.grid, row, values)
    missing = tuple(c.key for c in COLUMNS[match.list_key] if c.required and c.key not in match.columns)
    texts = {place: texts[0] for place, texts in match.heading.texts.items()}
    parts = {place: key for key, places in match.chosen.items() for place in places}
    parts |= dict.fromkeys(match.grid.services if match.grid else (), "service_type")
    widest = max(len(row.cells) for row in sheet.rows)
    reasons = next((place for place, text in texts.items() if folded(text) in REASONS), widest)
    where = (sheet.name, match.heading.last_row, columns, reasons, match.list_key)
    passed_over = tuple(sorted(found.passed_over))
    given = {**match.given, **(match.grid.given if match.grid else {})}
    layout = Layout(*where, texts, parts, passed_over, below, tuple(sorted(found.unread)), given, match.by_key)
    unknown = tuple(match.unknown[place] for place in sorted(match.unknown))
    return RecognisedList(sheet.name, columns, unknown, missing, found.rows, passed_over, (layout,))


def _tell_apart(
    sheet: WorkbookSheet, match: Match, rows: Iterable[WorkbookRow], columns: Mapping[str, int], found: _LineFound
) -> None:
    """Lines, and rows that are none; what may be signatures is where nothing but the headings again comes after."""
    given = match.given
    waiting: list[RawRow] = []
    last_total = match.heading.last_row
    for row in rows:
        values = _values(row, columns)
        for key, places in match.chosen.items():
            answers = [code for place, code in places.items() if place < len(row.cells) and row.cells[place] in _CHOSEN]
            if answers:
                values.setdefault(key, ";".join(answers))
        kind = "" if match.by_key else kind_of(row, values, match.columns, match.heading.texts, sheet, last_total)
        raw = RawRow(match.list_key, sheet.name, row.number, {**given, **values} if given and values else values)
        if kind == "below":
            waiting.append(raw)
            continue
        if waiting and (kind != "total" or values):
            # something comes after: below it the headings again end a part of the list, else these rows are lines
            if kind == "heading":
                found.passed_over += [one.number for one in waiting]
            else:
                found.rows += [one for one in waiting if one.values]
                found.unread += [one.number for one in waiting if not one.values]
            waiting.clear()
        if kind:
            found.passed_over.append(row.number)
            last_total = row.number
        elif values:
            found.rows.append(raw)
        elif any(says(cell) for cell in row.cells):
            found.unread.append(row.number)
    found.passed_over += [one.number for one in waiting]


def _below_keys(sheet: WorkbookSheet, match: Match) -> int:
    """The last row of the heading, or the row of machine keys that a template has under its labels."""
    last = match.heading.last_row
    under = next((row for row in sheet.rows[: LOOKED_AT + 2] if row.number == last + 1), None)
    said = [cell for cell in under.cells if cell is not None] if under else []
    known = KEYS[match.list_key] | {EXAMPLE}
    return last + 1 if len(said) > 1 and all(isinstance(cell, str) and cell in known for cell in said) else last


def _of_line(
    sheet: WorkbookSheet, list_key: str, grid: Grid, row: WorkbookRow, values: dict[str, Cell]
) -> Iterator[RawRow]:
    """A row of a grid: one line of nights, or a line for each service that was given."""
    line = {**grid.given, **values}
    if not grid.services:
        yield RawRow(list_key, sheet.name, row.number, line)
    for service, times in grids.given_to(grid, row):
        yield RawRow(list_key, sheet.name, row.number, {**line, "service_type": service, "quantity": times})


def _values(row: WorkbookRow, columns: Mapping[str, int]) -> dict[str, Cell]:
    cells = row.cells
    size = len(cells)
    return {
        key: value
        for key, place in columns.items()
        # comparing a date with a text is slow, and most cells that are empty are None
        if place < size and (value := cells[place]) is not None and (value or value == 0)
    }
