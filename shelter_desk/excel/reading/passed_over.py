"""Rows of a list that are no lines of it: totals, headings said again, what stands below a list."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from shelter_desk.excel.reading.book import Cell, ErrorCell, WorkbookRow, WorkbookSheet
from shelter_desk.excel.reading.headings import folded

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
    if _BELOW.match(name) and _says_nothing_else(row):
        return "below"
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


def _says_nothing_else(row: WorkbookRow) -> bool:
    """True where each text of the row is one of those that stand below a list."""
    return all(isinstance(cell, str) and _BELOW.match(folded(cell)) for cell in row.cells if says(cell))
