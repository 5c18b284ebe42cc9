"""A list with its rows, to be changed in Excel: headings, machine keys, labels in place of codes, drop-downs."""

import io
from collections.abc import Sequence
from typing import Any

from shelter_desk import words
from shelter_desk.domain import codes
from shelter_desk.domain.register_columns import LISTS
from shelter_desk.excel.registers.registers import (
    FIRST_DATA_ROW,
    SEPARATOR,
    Put,
    Register,
    RegisterColumn,
    head,
    value_writer,
)
from shelter_desk.excel.registers.templates import LISTS_SHEET, add_drop_downs, write_lists
from shelter_desk.excel.style import Formats, print_on_a4, safe, stamp


def content(registers: Sequence[Register], *, training: bool) -> bytes:
    """The bytes of the workbook, made in memory. Raises CellRefused for a text over 32,767 characters."""
    import xlsxwriter

    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True}) as book:
        formats = Formats(book)
        book.set_properties({"title": stamp(training=training)})
        sheets = [book.add_worksheet(one.key) for one in registers]
        columns = [column for one in registers for column in LISTS[one.key]]
        ranges = write_lists(book.add_worksheet(LISTS_SHEET), columns, formats)
        for sheet, one in zip(sheets, registers, strict=True):
            _write(sheet, one, formats, training=training)
            add_drop_downs(sheet, LISTS[one.key], ranges)
    return kept.getvalue()


def _write(sheet: Any, one: Register, formats: Formats, *, training: bool) -> None:
    head(sheet, one.columns, formats)
    print_on_a4(sheet, one.title, training=training, width=sum(column.width for column in one.columns))
    writers = [_writer(sheet, column, formats) for column in one.columns]
    last = FIRST_DATA_ROW
    for last, row in enumerate(one.rows, FIRST_DATA_ROW):
        for place, (put, value) in enumerate(zip(writers, row, strict=True)):
            if value is not None and value != "":
                put(last, place, value)
    sheet.autofilter(FIRST_DATA_ROW - 1, 0, last, len(one.columns) - 1)


def _writer(sheet: Any, column: RegisterColumn, formats: Formats) -> Put:
    code_list = column.code_list
    if code_list is None:
        return value_writer(sheet, column, formats)

    def put(row: int, place: int, value: object) -> None:
        several = value if isinstance(value, tuple | list) else str(value).split(";")
        labels = (_label(code_list, one) for one in map(str.strip, several))
        sheet.write_string(row, place, safe(SEPARATOR.join(labels)), formats.text)

    return put


def _label(code_list: str, code: str) -> str:
    """What it is called, where that means it alone, and can stand among others."""
    label = words.label(code_list, code) if codes.is_code(code_list, code) else code
    return label if SEPARATOR.strip() not in label and codes.read(code_list, label) == code else code
