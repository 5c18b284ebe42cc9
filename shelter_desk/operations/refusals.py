"""The rows that an import refused, given back to be corrected: in a copy of the workbook that they came in."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from shelter_desk import words
from shelter_desk.domain.errors import FileMissing
from shelter_desk.domain.registers.refusals import FileChanged, NotAWorkbook
from shelter_desk.domain.registers.rows import Refusal
from shelter_desk.excel import marking, registers
from shelter_desk.excel.marking import Mark
from shelter_desk.excel.recognise import Layout
from shelter_desk.operations import outputs
from shelter_desk.operations.registers import Look

LONGEST_TOLD = 1000
Listed = Sequence[tuple[str, int, str, str, str]]


def write(looked: Look, path: Path, reasons: Mapping[int, str]) -> None:
    """A copy of the workbook with the reason beside each refused row, all of them listed in a sheet of its own.

    The list alone where the file cannot be changed. reasons: a sentence for each refusal, by its place in the list.
    Raises WouldOverwrite, FileMissing, FileChanged, DiskFull, ReadOnly.
    """
    outputs.check(path, read=looked.path)
    refusals = looked.judgement.refusals
    reasons = {at: _short(reason) for at, reason in reasons.items()}
    listed = [(one.sheet, one.row, one.column, _short(one.value), reasons[at]) for at, one in enumerate(refusals)]
    content = _content(looked)
    if not marking.can_mark(content) or not _marked(looked, content, path, reasons, listed):
        registers.write(path, [registers.Register(marking.SHEET, marking.SHEET, _columns(), listed)])


def _short(text: str) -> str:
    """A cell that holds a whole story is not told again word for word."""
    return text if len(text) <= LONGEST_TOLD else text[:LONGEST_TOLD] + "…"


def _content(looked: Look) -> bytes:
    try:
        content = looked.path.read_bytes()
    except OSError as error:
        raise FileMissing(str(looked.path)) from error
    if hashlib.sha256(content).hexdigest() != looked.digest:
        raise FileChanged(str(looked.path))
    return content


def _marked(looked: Look, content: bytes, path: Path, reasons: Mapping[int, str], listed: Listed) -> bool:
    """False where the library that changes workbooks cannot change this one."""
    heads = [[column.label for column in _columns()], [column.key for column in _columns()]]
    order = marking.Order(
        words.text("Reason of the refusal"),
        tuple((layout.sheet, layout.heading_row, layout.reasons + 1) for layout in looked.layouts),
        tuple(_marks(looked.layouts, looked.judgement.refusals, reasons)),
        (*heads, *listed),
    )
    try:
        marking.write(content, path, order)
    except NotAWorkbook:
        return False
    return True


def _columns() -> tuple[registers.RegisterColumn, ...]:
    return (
        registers.RegisterColumn("sheet", words.text("Sheet"), width=16),
        registers.RegisterColumn("row", words.text("Row"), "whole", width=8),
        registers.RegisterColumn("column", words.text("Column"), width=18),
        registers.RegisterColumn("value", words.text("Value"), width=24),
        registers.RegisterColumn("reason", words.text("Reason"), width=80),
    )


def _marks(layouts: Sequence[Layout], refusals: Sequence[Refusal], reasons: Mapping[int, str]) -> Iterator[Mark]:
    """One for each refused row: all that is wrong with it."""
    by_sheet = {layout.sheet: layout for layout in layouts}
    rows: dict[tuple[str, int], list[int]] = {}
    for at, one in enumerate(refusals):
        rows.setdefault((one.sheet, one.row), []).append(at)
    for (sheet, row), found in rows.items():
        layout = by_sheet[sheet]
        reason = " ".join(dict.fromkeys(reasons[at] for at in found))
        cells = tuple(sorted({place + 1 for at in found if (place := refusals[at].at) is not None}))
        yield Mark(sheet, layout.heading_row, layout.reasons + 1, row, reason, cells)
