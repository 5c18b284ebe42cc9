"""Writes registers: one sheet per list, headings, machine keys, data from row 3 (interfaces.md section 2)."""

import io
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from functools import partial
from pathlib import Path
from typing import Any

from shelter_desk import words
from shelter_desk.domain.register_columns import LISTS, Kind, title
from shelter_desk.domain.registers.refusals import CellRefused
from shelter_desk.excel.saving import beside, folder_beside
from shelter_desk.excel.style import Formats, print_on_a4, safe, stamp

LABEL = "_label"
FIRST_DATA_ROW = 2  # counted from 0: row 3 as seen in Excel
SEPARATOR = "; "
_OLDEST = date(1900, 1, 1)
_DAY_ZERO = date(1899, 12, 30).toordinal()
_FIRST_SAFE_DAY = 61  # 1 March 1900: Excel counts a 29 February before it


@dataclass(frozen=True, slots=True)
class RegisterColumn:
    """One column as it is written. label: in the language of the workbook; width: in characters."""

    key: str
    label: str
    kind: Kind = "text"
    required: bool = False
    code_list: str | None = None
    width: int = 14


@dataclass(frozen=True, slots=True)
class Register:
    """One list to write: its rows have a value per column, in the order of the columns, None where empty.

    A code column takes a code, a `codes` column a sequence of codes or one text with `;` between them.
    names: what codes of the shelter’s own are called.
    """

    key: str
    title: str
    columns: tuple[RegisterColumn, ...]
    rows: Iterable[Sequence[object]]
    names: Mapping[str, str] = field(default_factory=dict)


def register(list_key: str, rows: Iterable[Sequence[object]], names: Mapping[str, str] | None = None) -> Register:
    """One of the lists of the registers workbook, with headings in the language spoken."""
    return Register(list_key, title(list_key, words.language()), columns_of(list_key), rows, names or {})


def columns_of(list_key: str) -> tuple[RegisterColumn, ...]:
    """The columns of a list, with headings in the language spoken."""
    return tuple(
        RegisterColumn(c.key, c.label(words.language()), c.kind, c.required, c.code_list, c.width)
        for c in LISTS[list_key]
        if not c.read_only
    )


def write(path: Path, registers: Iterable[Register], *, training: bool = False, warning: str = "") -> None:
    """Write the workbook, whole or not at all; rows are taken one at a time and not kept.

    warning: printed at the foot of each page.
    What is written on the way lies in a folder beside `path`, which the person chose, and never in a temporary one.
    Raises DiskFull, ReadOnly, FileMissing; CellRefused for a text over 32,767 characters.
    """
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    with beside(path) as folder:
        book = xlsxwriter.Workbook(str(folder / path.name), {"constant_memory": True, "tmpdir": str(folder)})
        try:
            formats = Formats(book)
            book.set_properties({"title": stamp(training=training)})
            for one in registers:
                _write_sheet(book.add_worksheet(one.key), one, formats, training=training, warning=warning)
            book.close()
        except FileCreateError as error:
            raise OSError(*error.args[0].args if isinstance(error.args[0], OSError) else error.args) from error
        finally:
            _let_go(book)


def content_beside(path: Path, registers: Iterable[Register], *, training: bool = False, warning: str = "") -> bytes:
    """The bytes of what `write` would leave there: for a long one that is not held in memory row by row."""
    with folder_beside(path) as folder:
        write(folder / path.name, registers, training=training, warning=warning)
        return (folder / path.name).read_bytes()


def content(registers: Iterable[Register], *, training: bool = False) -> bytes:
    """The bytes of the same workbook, made in memory: for a file that lies nowhere in clear. Raises CellRefused."""
    import xlsxwriter

    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True}) as book:
        formats = Formats(book)
        book.set_properties({"title": stamp(training=training)})
        for one in registers:
            _write_sheet(book.add_worksheet(one.key), one, formats, training=training)
    return kept.getvalue()


def write_journal(path: Path, rows: Iterable[tuple[object, ...]], *, training: bool) -> None:
    """The journal, one line a row, no name of a resident and no value of a field. Raises as `write`.

    rows: number, moment, person at the desk, sentence, code.
    """
    columns = (
        RegisterColumn("seq", words.text("No."), "whole", width=9),
        RegisterColumn("at", words.text("When"), "moment", width=18),
        RegisterColumn("user", words.text("Account"), width=24),
        RegisterColumn("action", words.text("What"), width=44),
        RegisterColumn("subject", words.text("On which code"), width=30),
    )
    write(path, [Register("journal", words.text("Journal"), columns, rows)], training=training)


def _let_go(book: Any) -> None:
    """Close what an unfinished workbook has open, so that its folder can go."""
    book.fileclosed = True
    for sheet in book.worksheets():
        file = getattr(sheet, "row_data_fh", None)
        if file is not None:
            file.close()


def _write_sheet(sheet: Any, one: Register, formats: Formats, *, training: bool, warning: str = "") -> None:
    written = _with_labels(one.columns)
    head(sheet, written, formats)
    width = sum(column.width for column in written)
    print_on_a4(sheet, one.title, training=training, width=width, warning=warning)
    writers = _writers(sheet, one.columns, formats, one.names)
    last = FIRST_DATA_ROW - 1
    for last, row in enumerate(one.rows, FIRST_DATA_ROW):
        for (column, put), value in zip(writers, row, strict=True):
            if value is not None and value != "":
                put(last, column, value)
    sheet.autofilter(FIRST_DATA_ROW - 1, 0, max(last, FIRST_DATA_ROW), len(written) - 1)


def head(sheet: Any, columns: Sequence[RegisterColumn], formats: Formats) -> None:
    """Headings in row 1, machine keys in row 2, both frozen and printed on every page."""
    for number, column in enumerate(columns):
        sheet.set_column(number, number, column.width, formats.of(column.kind))
    sheet.set_row(0, 32)
    sheet.set_row(1, 12)
    for number, column in enumerate(columns):
        label = f"{column.label} *" if column.required else column.label
        sheet.write_string(0, number, label, formats.heading_quiet if column.key.endswith(LABEL) else formats.heading)
    for number, column in enumerate(columns):
        sheet.write_string(1, number, column.key, formats.key)
    sheet.freeze_panes(FIRST_DATA_ROW, 1)
    sheet.repeat_rows(0)


def _with_labels(columns: Sequence[RegisterColumn]) -> list[RegisterColumn]:
    """Each code column with its label column on its right."""
    heading = words.text("{column} (label)")
    written = []
    for column in columns:
        written.append(column)
        if column.code_list:
            label = heading.format(column=column.label)
            written.append(RegisterColumn(column.key + LABEL, label, width=max(18, column.width)))
    return written


Put = Callable[[int, int, Any], None]


def _writers(
    sheet: Any, columns: Sequence[RegisterColumn], formats: Formats, names: Mapping[str, str]
) -> list[tuple[int, Put]]:
    """Where each value goes in the sheet, and how it is written there."""
    writers: list[tuple[int, Put]] = []
    place = 0
    for column in columns:
        writers.append((place, _writer(sheet, column, formats, names)))
        place += 2 if column.code_list else 1
    return writers


def _undecorated(method: Any) -> Any:
    """A method of the sheet that takes numbers only: to look for `A1` at every cell is 4 % of a long register."""
    return partial(method.__wrapped__, method.__self__)


def _writer(sheet: Any, column: RegisterColumn, formats: Formats, names: Mapping[str, str]) -> Put:
    if column.code_list:
        return _code_writer(sheet, column, column.code_list, formats, names)
    return value_writer(sheet, column, formats)


def value_writer(sheet: Any, column: RegisterColumn, formats: Formats) -> Put:
    """Writes the values of a column without codes."""
    write_string, form = _undecorated(sheet.write_string), formats.text
    if column.kind in ("day", "moment"):
        return _date_writer(sheet, formats)
    if column.kind in ("whole", "number"):
        return _number_writer(sheet, formats.of(column.kind))
    if column.kind == "yes_no":
        said = {True: words.text("Yes"), False: words.text("No")}
        return lambda row, place, value: write_string(row, place, said[bool(value)], form)
    return lambda row, place, value: write_string(row, place, safe(str(value)), form)


def _date_writer(sheet: Any, formats: Formats) -> Put:
    """Writes days and moments as such."""
    write_number, plain, exact = _undecorated(sheet.write_number), formats.day, formats.moment

    def put(row: int, place: int, value: date) -> None:
        day = value.toordinal() - _DAY_ZERO
        seconds = 0.0
        if isinstance(value, datetime):
            seconds = value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1_000_000
        if day < _FIRST_SAFE_DAY:
            _put_old(sheet, row, place, value, formats)
        elif seconds:
            write_number(row, place, day + seconds / 86_400, exact)
        else:
            write_number(row, place, day, plain)

    return put


def _put_old(sheet: Any, row: int, place: int, value: date, formats: Formats) -> None:
    """A day of the first weeks that Excel knows, or one that it has not."""
    day = value.date() if isinstance(value, datetime) else value
    if day < _OLDEST:
        sheet.write_string(row, place, day.isoformat(), formats.text)
        return
    plain = not isinstance(value, datetime) or value.time() == time.min
    sheet.write_datetime(row, place, value, formats.day if plain else formats.moment)


def _number_writer(sheet: Any, form: Any) -> Put:
    """Writes numbers as such, each of them finite."""

    def put(row: int, place: int, value: float) -> None:
        if not math.isfinite(value):
            raise CellRefused(str(value), "number")
        sheet.write_number(row, place, value, form)

    return put


def _code_writer(sheet: Any, column: RegisterColumn, code_list: str, formats: Formats, names: Mapping[str, str]) -> Put:
    """Codes with their labels; of a column that holds one code free words are written sign by sign."""
    known: dict[object, tuple[str, str]] = {}
    write_string, text, quiet = _undecorated(sheet.write_string), formats.text, formats.label

    def put(row: int, place: int, value: str | Sequence[str]) -> None:
        key = value if isinstance(value, str) else tuple(value)
        found = known.get(key)
        if found is None:
            codes: Sequence[str] = (key,) if isinstance(key, str) else key
            if isinstance(key, str) and column.kind == "codes":
                codes = [code.strip() for code in key.split(";")]
            labels = SEPARATOR.join(names.get(code) or words.label(code_list, code) for code in codes)
            found = known[key] = (safe(SEPARATOR.join(codes)), safe(labels))
        code, label = found
        if code:
            write_string(row, place, code, text)
            write_string(row, place + 1, label, quiet)

    return put
