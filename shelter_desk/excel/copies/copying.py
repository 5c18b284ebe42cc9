"""A workbook with the values of a file that cannot be changed: the same sheets, the same places, without its looks."""

import io
import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from shelter_desk.excel.reading.book import Cell, ErrorCell, Workbook, WorkbookSheet
from shelter_desk.excel.reading.cells import LONGEST_TEXT

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
_REFUSED = "\x1a"  # what no list takes in: a text that was cut must not be read as the whole one
_NOT_IN_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
_CUT = LONGEST_TEXT - 100
_WIDTH = 16


def workbook(book: Workbook) -> tuple[bytes, Mapping[str, str]] | None:
    """Its bytes, and how its sheets are called there, by their names; None where no sheet of Excel is large enough."""
    rows = (row for sheet in book.sheets for row in sheet.rows)
    if any(row.number > MOST_ROWS or len(row.cells) >= MOST_COLUMNS for row in rows):
        return None
    import xlsxwriter

    names = _names(book)
    since_1904 = any(sheet.since_1904 for sheet in book.sheets)
    kept = io.BytesIO()
    options = {"in_memory": True, "date_1904": since_1904}
    with xlsxwriter.Workbook(kept, options) as made:
        made.set_properties({"author": "", "title": book.title})
        looks: dict[type, Any] = {
            kind: made.add_format({"num_format": look})
            for kind, look in ((datetime, "dd/mm/yyyy hh:mm"), (date, "dd/mm/yyyy"), (time, "hh:mm"))
        }
        first = date(1904 if since_1904 else 1900, 1, 2)
        for sheet in book.sheets:
            _write(made.add_worksheet(names[sheet.name]), sheet, looks, first)
    return kept.getvalue(), names


def _names(book: Workbook) -> dict[str, str]:
    """Names that Excel allows: 31 signs, some of them never, each once."""
    found: dict[str, str] = {}
    for sheet in book.sheets:
        name = _NOT_IN_NAMES.sub("-", sheet.name).strip("'")[:31] or "1"
        number, taken = 1, {one.casefold() for one in found.values()}
        while name.casefold() in taken:
            number += 1
            name = f"{name[:26]} ({number})"
        found[sheet.name] = name
    return found


def _write(made: Any, sheet: WorkbookSheet, looks: Mapping[type, Any], first: date) -> None:
    made.set_column(0, max((len(row.cells) for row in sheet.rows), default=1), _WIDTH)
    for row in sheet.rows:
        for place, cell in enumerate(row.cells):
            _say(made, row.number - 1, place, cell, looks, first)


def _say(made: Any, row: int, place: int, cell: Cell, looks: Mapping[type, Any], first: date) -> None:
    """A cell of the same kind; a text stays one, whatever it begins with."""
    if cell is None:
        return
    if isinstance(cell, ErrorCell):
        made.write_string(row, place, "#N/A" if cell.text == "=" else cell.text)
    elif isinstance(cell, bool):
        made.write_boolean(row, place, cell)
    elif isinstance(cell, str):
        text = _NOT_IN_XML.sub(_REFUSED, cell)
        made.write_string(row, place, text if len(text) <= LONGEST_TEXT else f"{text[:_CUT]}…{_REFUSED}")
    elif isinstance(cell, int | float):
        made.write_number(row, place, cell)
    elif isinstance(cell, date) and _day(cell) < first:  # a day that no workbook counts
        made.write_string(row, place, cell.isoformat())
    else:
        made.write_datetime(row, place, cell, looks[type(cell)])


def _day(cell: date) -> date:
    return cell.date() if isinstance(cell, datetime) else cell
