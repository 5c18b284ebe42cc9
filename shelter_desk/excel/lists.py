"""Lists written as they are displayed: a title, what was chosen, the columns, the rows in their order, a total."""

import io
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from shelter_desk.domain.listing import ListedTable, Value
from shelter_desk.excel.saving import save
from shelter_desk.excel.style import Formats, print_on_a4, safe, stamp


def write(path: Path, lists: Sequence[ListedTable], *, training: bool) -> None:
    """One sheet for each list, whole or not at all. Raises DiskFull, ReadOnly, FileMissing."""
    save(path, content(lists, training=training))


def content(lists: Sequence[ListedTable], *, training: bool) -> bytes:
    """The bytes of the workbook, made in memory: nothing lies in a temporary file."""
    import xlsxwriter

    kept = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(kept, options) as book:
        formats = Formats(book)
        book.set_properties({"author": "", "title": lists[0].title})
        for one in lists:
            _write(book.add_worksheet(one.sheet), one, formats, training=training)
    return kept.getvalue()


def _write(sheet: Any, one: ListedTable, formats: Formats, *, training: bool) -> None:
    sheet.hide_gridlines(2)
    for place, heading in enumerate(one.columns):
        sheet.set_column(place, place, heading.width)
    sheet.write_string(0, 0, safe(one.title), formats.title)
    at = 1
    for note in (stamp(training=training), *one.notes, one.inner_note):
        if note:
            sheet.write_string(at, 0, safe(note))
            at += 1
    at += 1
    for place, heading in enumerate(one.columns):
        counts = any(isinstance(row[place], (int, float)) for row in one.rows)
        sheet.write_string(at, place, safe(heading.text), formats.heading_right if counts else formats.heading)
    first = at + 1
    sheet.freeze_panes(first, 0)
    for row in one.rows:
        at += 1
        _row(sheet, at, row, formats)
    if one.rows:
        sheet.autofilter(first - 1, 0, at, len(one.columns) - 1)
    if one.total:
        _row(sheet, at + 1, one.total, formats, last=True)
    print_on_a4(sheet, one.title, training=training, width=sum(heading.width for heading in one.columns))
    sheet.repeat_rows(first - 1)


def _row(sheet: Any, at: int, row: Sequence[Value], formats: Formats, *, last: bool = False) -> None:
    whole, decimal = (formats.total, formats.total_decimal) if last else (formats.amount, formats.decimal)
    for place, value in enumerate(row):
        if isinstance(value, str):
            sheet.write_string(at, place, safe(value), formats.heading if last else formats.plain)
        elif isinstance(value, datetime):
            sheet.write_datetime(at, place, value, formats.moment)
        elif isinstance(value, date):
            sheet.write_datetime(at, place, value, formats.day)
        elif value is not None:
            sheet.write_number(at, place, value, whole if isinstance(value, int) else decimal)
        elif last:
            sheet.write_blank(at, place, None, formats.heading)
