"""The rows that an import refused, given back to be corrected: in a copy of the file that they came in."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from shelter_desk import words
from shelter_desk.domain.errors import FileMissing
from shelter_desk.domain.listing import ListedTable, ListHeading
from shelter_desk.domain.registers.refusals import FileChanged, NotAWorkbook
from shelter_desk.domain.registers.rows import Refusal
from shelter_desk.excel import lists
from shelter_desk.excel.copies import copying, marking
from shelter_desk.excel.copies.marking import RejectMark
from shelter_desk.excel.reading import guard, reading
from shelter_desk.excel.reading.recognise import COLUMNS, Layout
from shelter_desk.operations.imports.opened_files import RowSource
from shelter_desk.operations.imports.registers import Look
from shelter_desk.operations.vault import output_paths
from shelter_desk.words import field_labels

LONGEST_TOLD = 1000
_BOOKS = (guard.ZIP, guard.OLE)
Rows = Sequence[tuple[str, int, str, str, str, str]]


@dataclass(frozen=True, slots=True)
class Copy:
    """What was written, and where.

    kind: `own`, their workbook with its looks; `text`, their CSV file, in its encoding; `values`, a workbook with all
    that the file holds, without its looks; `list`, the refusals alone.
    """

    path: Path
    kind: Literal["own", "text", "values", "list"]


def write(looked: Look, path: Path, reasons: Mapping[int, str]) -> Copy:
    """A copy of the file with the reason beside each refused row; in a workbook all are listed in a sheet of its own.

    A workbook always ends in .xlsx or .xlsm: where another name was asked for, the copy says which it has.
    reasons: a sentence for each refusal, by its place in the list.
    Raises WouldOverwrite, FileMissing, FileChanged, DiskFull, ReadOnly.
    """
    output_paths.check(path, read=_source(looked))
    is_file = looked.opened.source is RowSource.FILE
    content = _content(looked) if is_file else b""
    reasons = {at: _short(reason) for at, reason in reasons.items()}
    if is_file and marking.can_mark(content):
        path = _of_workbook(path, (".xlsx", ".xlsm"), looked)
        if _marked(looked, content, path, reasons):
            return Copy(path, "own")
    elif (
        is_file
        and is_text(path)
        and not content.startswith(_BOOKS)
        and _marked(looked, content, path, _by_column(looked, reasons))
    ):
        return Copy(path, "text")
    path = _of_workbook(path, (".xlsx",), looked)
    made = _values(looked)
    if made is not None and _marked(looked, made[0], path, reasons, made[1]):
        return Copy(path, "values")
    headings = tuple(ListHeading(text, width) for text, width in _columns())
    rows: tuple[tuple[str | int, ...], ...] = tuple(_listed(looked, reasons))
    lists.write(path, [ListedTable(marking.SHEET, words.text("Refused rows"), headings, rows)], training=False)
    return Copy(path, "list")


def _source(looked: Look) -> Path | None:
    """The file that was read, None where no file holds the rows."""
    return looked.opened.path if looked.opened.source is RowSource.FILE else None


def is_text(path: Path) -> bool:
    """True of what is called as a CSV file is."""
    return path.suffix.lower() in reading.TEXT_SUFFIXES


def _of_workbook(path: Path, suffixes: Sequence[str], looked: Look) -> Path:
    """That path, else one beside it that ends as a workbook does; nothing that stands there already is written over."""
    if path.suffix.lower() in suffixes:
        return path
    number, name = 1, path.with_suffix(".xlsx")
    while name.exists():
        number += 1
        name = path.with_name(f"{path.stem} ({number}).xlsx")
    output_paths.check(name, read=_source(looked))
    return name


def _values(looked: Look) -> tuple[bytes, Mapping[str, str]] | None:
    """A workbook with all that the file holds; None where it cannot be read a second time, or is too large for one."""
    if looked.opened.source is not RowSource.FILE:
        return copying.workbook(looked.opened.book)
    try:
        book = reading.read(looked.opened.path)
    except NotAWorkbook:
        return None
    _content(looked)
    return copying.workbook(book)


def _by_column(looked: Look, reasons: Mapping[int, str]) -> dict[int, str]:
    """Each reason with the heading of its column, where no colour can show the cell."""
    layouts = {layout.sheet: layout for layout in looked.layouts}
    found = {}
    for at, one in enumerate(looked.judgement.refusals):
        heading = layouts[one.sheet].texts.get(one.at) if one.at is not None else None
        told = words.text("{column}: {value}").format(column=heading, value=reasons[at])
        found[at] = told if heading else reasons[at]
    return found


def _listed(looked: Look, reasons: Mapping[int, str], names: Mapping[str, str] | None = None) -> Rows:
    names = names or {}
    return [
        (
            names.get(one.sheet, one.sheet),
            one.row,
            one.called,
            column_name(one, looked.layouts),
            _short(one.value),
            reasons[at],
        )
        for at, one in enumerate(looked.judgement.refusals)
    ]


def _short(text: str) -> str:
    """A cell that holds a whole story is not told again word for word."""
    return text if len(text) <= LONGEST_TOLD else text[:LONGEST_TOLD] + "…"


def _content(looked: Look) -> bytes:
    try:
        content = looked.opened.path.read_bytes()
    except OSError as error:
        raise FileMissing(str(looked.opened.path)) from error
    if hashlib.sha256(content).hexdigest() != looked.opened.digest:
        raise FileChanged(str(looked.opened.path))
    return content


def _marked(
    looked: Look,
    content: bytes,
    path: Path,
    reasons: Mapping[int, str],
    names: Mapping[str, str] | None = None,
) -> bool:
    """False where this file cannot be changed. names: of the sheets, where they are called otherwise."""
    names = names or {}
    layouts = [replace(layout, sheet=names.get(layout.sheet, layout.sheet)) for layout in looked.layouts]
    refusals = [replace(one, sheet=names.get(one.sheet, one.sheet)) for one in looked.judgement.refusals]
    heads = [[text for text, _ in _columns()]]
    order = marking.Order(
        words.text("Reason of the refusal"),
        tuple((layout.sheet, layout.heading_row, layout.reasons + 1) for layout in layouts),
        tuple(_marks(layouts, refusals, reasons)),
        (*heads, *_listed(looked, reasons, names)),
    )
    try:
        marking.write(content, path, order)
    except NotAWorkbook:
        return False
    return True


def _columns() -> tuple[tuple[str, int], ...]:
    """Headings of the list of refusals and their widths; people read it, so that nothing stands there for machines."""
    return (
        (words.text("Sheet"), 16),
        (words.text("Row"), 8),
        (words.text("Who, or which"), 26),
        (words.text("Column"), 22),
        (words.text("Value"), 24),
        (words.text("Reason"), 80),
    )


def column_name(one: Refusal, layouts: Iterable[Layout]) -> str:
    """What the column of a refusal is called in the file, else in the lists of the program."""
    layout = next((layout for layout in layouts if layout.sheet == one.sheet), None)
    heading = layout.texts.get(one.at) if layout is not None and one.at is not None else None
    if heading and heading != one.column:
        return heading
    of = layout.list_key if layout is not None else one.list
    every = (COLUMNS.get(of, ()), COLUMNS.get(one.list, ()), *COLUMNS.values())
    column = next((column for columns in every for column in columns if column.key == one.column), None)
    return column.label(words.language()) if column is not None else field_labels.label(one.column)


def _marks(layouts: Sequence[Layout], refusals: Sequence[Refusal], reasons: Mapping[int, str]) -> Iterator[RejectMark]:
    """One for each refused row: all that is wrong with it."""
    by_sheet = {layout.sheet: layout for layout in layouts}
    rows: dict[tuple[str, int], list[int]] = {}
    for at, one in enumerate(refusals):
        rows.setdefault((one.sheet, one.row), []).append(at)
    for (sheet, row), found in rows.items():
        layout = by_sheet[sheet]
        reason = " ".join(dict.fromkeys(reasons[at] for at in found))
        cells = tuple(sorted({place + 1 for at in found if (place := refusals[at].at) is not None}))
        yield RejectMark(sheet, layout.heading_row, layout.reasons + 1, row, reason, cells)
