"""Empty lists as shelters keep them: sheets Données, Listes and Mode_emploi, one line of example (field 9)."""

import calendar
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from shelter_desk import words
from shelter_desk.domain import codes
from shelter_desk.domain.listing import ListColumn
from shelter_desk.domain.registers.shapes_presence import NIGHT_MARK, NIGHTS, PRESENCE
from shelter_desk.domain.registers.templates import EXAMPLE, Model
from shelter_desk.excel.registers.registers import FIRST_DATA_ROW, RegisterColumn, head
from shelter_desk.excel.registers.templates import (
    HELP_SHEET,
    LISTS_SHEET,
    ROWS_READY,
    add_drop_downs,
    write_guide,
    write_lists,
)
from shelter_desk.excel.saving import save
from shelter_desk.excel.style import DAY, FONT, HEADING, LINE, QUIET, Formats, print_on_a4, safe

DATA_SHEET = "Données"
_PALE = "#FFF4D6"
_NIGHT_WIDTH = 4
_SIGNS = ("X", "A", "H", "PE", "V", "D")  # as people write them, see the list `night_mark`
_EXAMPLE_MARKS = ("X", "X", "H", "H", "X")


@dataclass(frozen=True, slots=True)
class Prepared:
    """What stands in a list of presence already. month: its first day; rows: by key, those who are here."""

    month: date
    rows: Sequence[Mapping[str, str]] = ()


def write_own_template(path: Path, model: Model, language: words.Language, prepared: Prepared) -> None:
    """The empty list in that language. Raises DiskFull, ReadOnly, FileMissing."""
    import xlsxwriter

    with words.speaking(language):
        content = io.BytesIO()
        with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
            formats = Formats(book)
            name = model.title(words.language())
            book.set_properties({"title": name})
            data, lists, guide = (book.add_worksheet(sheet) for sheet in (DATA_SHEET, LISTS_SHEET, HELP_SHEET))
            is_grid = model.shape == PRESENCE.key
            columns = _asked(model)
            head(data, _heads(columns, prepared.month if is_grid else None), formats)
            plain = {
                "bg_color": _PALE,
                "italic": True,
                "font_name": FONT,
                "font_size": 10,
                "align": "left",
                "valign": "top",
            }
            pale = book.add_format(plain)
            _write_example(data, model, columns, pale, book.add_format({**plain, "num_format": DAY}))
            listed = [*columns, *(column for column in PRESENCE.columns if is_grid and column.key == NIGHT_MARK)]
            ranges = write_lists(lists, listed, formats)
            if is_grid:
                _write_nights(book, data, len(columns) + 1, prepared, pale)
                _write_rows(data, columns, prepared.rows, formats)
            add_drop_downs(data, columns, ranges, first=1)
            width = sum(column.width for column in columns) + (len(NIGHTS) * _NIGHT_WIDTH if is_grid else 0)
            print_on_a4(data, name, training=False, width=width)
            write_guide(guide, model.key, name, columns, formats, tuple(_advice(is_grid=is_grid)))
        save(path, content.getvalue())


def _asked(model: Model) -> tuple[ListColumn, ...]:
    # wide enough for the label on two lines
    return tuple(
        replace(
            column,
            required=column.key in model.required,
            width=max(column.width, 14, len(column.label(words.language())) // 2 + 4),
        )
        for column in model.columns
    )


def _heads(columns: Iterable[ListColumn], month: date | None) -> list[RegisterColumn]:
    """The column that marks the example, those of the list, those of the nights."""
    heads = [RegisterColumn(EXAMPLE, words.text("Example"), width=11)]
    heads += [
        RegisterColumn(c.key, c.label(words.language()), c.kind, c.required, c.code_list, c.width) for c in columns
    ]
    if month is not None:
        nights = range(1, calendar.monthrange(month.year, month.month)[1] + 1)
        heads += [RegisterColumn(NIGHTS[day], str(day), width=_NIGHT_WIDTH) for day in nights]
    return heads


def _write_example(sheet: Any, model: Model, columns: Sequence[ListColumn], pale: Any, pale_day: Any) -> None:
    sheet.write_string(FIRST_DATA_ROW, 0, words.text("EXAMPLE"), pale)
    for place, column in enumerate(columns, 1):
        value = model.example.get(column.key)
        if value is None:
            sheet.write_blank(FIRST_DATA_ROW, place, None, pale)
        elif isinstance(value, date):
            sheet.write_datetime(FIRST_DATA_ROW, place, value, pale_day)
        elif isinstance(value, int):
            sheet.write_number(FIRST_DATA_ROW, place, value, pale)
        else:
            sheet.write_string(FIRST_DATA_ROW, place, safe(_said(column, value)), pale)


def _said(column: ListColumn, value: str) -> str:
    """A code by its label."""
    name = column.code_list
    return value if name is None else "; ".join(words.label(name, code) for code in value.split(";"))


def _write_nights(book: Any, sheet: Any, first: int, prepared: Prepared, pale: Any) -> None:
    """The dates of the month over the columns, and the marks to choose from."""
    month = prepared.month
    nights = calendar.monthrange(month.year, month.month)[1]
    look = {"font_name": FONT, "font_size": 10, "align": "center", "left": 1, "left_color": LINE}
    form = book.add_format({**look, "bold": True, "num_format": "dd", "bg_color": HEADING, "valign": "top"})
    key = book.add_format({**look, "font_size": 6, "font_color": QUIET, "shrink": True})
    sheet.set_column(first, first + nights - 1, _NIGHT_WIDTH, book.add_format({**look, "num_format": "@"}))
    for day in range(1, nights + 1):
        sheet.write_datetime(0, first + day - 1, month.replace(day=day), form)
        sheet.write_string(1, first + day - 1, NIGHTS[day], key)
    for day, mark in enumerate(_EXAMPLE_MARKS):
        sheet.write_string(FIRST_DATA_ROW, first + day, mark, pale)
    rule = {"validate": "list", "source": list(_SIGNS), "show_error": False}
    sheet.data_validation(FIRST_DATA_ROW, first, FIRST_DATA_ROW + ROWS_READY, first + nights - 1, rule)


def _write_rows(sheet: Any, columns: Sequence[ListColumn], rows: Iterable[Mapping[str, str]], formats: Formats) -> None:
    for at, row in enumerate(rows, FIRST_DATA_ROW + 1):
        for place, column in enumerate(columns, 1):
            if row.get(column.key):
                sheet.write_string(at, place, safe(row[column.key]), formats.text)


def _advice(*, is_grid: bool) -> Iterable[str]:
    yield words.text("The line marked EXAMPLE shows how to fill in. It is never taken in; write from row 4 on.")
    if is_grid:
        marks = ", ".join(f"{sign} = {_meaning(sign)}" for sign in _SIGNS)
        yield words.text("One mark for each night. {marks}. An empty cell says nothing.").format(marks=marks)
        yield words.text("A night marked absent becomes an absence. A night marked present is compared with the stay.")


def _meaning(sign: str) -> str:
    return words.label(NIGHT_MARK, codes.read(NIGHT_MARK, sign) or "")
