"""The rows that an import refused, given back to be corrected: in a copy of the workbook that they came in."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from shelter_desk import words
from shelter_desk.domain.registers.rows import Refusal
from shelter_desk.excel import marking, registers
from shelter_desk.excel.marking import Mark
from shelter_desk.excel.recognise import Layout
from shelter_desk.operations import outputs
from shelter_desk.operations.registers import Look

Listed = Sequence[tuple[str, int, str, str, str]]


def write(looked: Look, path: Path, reasons: Mapping[int, str]) -> None:
    """A copy of the workbook with the reason beside each refused row, all of them listed in a sheet of its own.

    The list alone where the file is of a kind that cannot be changed. reasons: a sentence for each refusal, by its
    place in the list.
    Raises WouldOverwrite, FileMissing, NotAWorkbook, DiskFull, ReadOnly.
    """
    outputs.check(path, read=looked.path)
    refusals = looked.judgement.refusals
    listed = [(one.sheet, one.row, one.column, one.value, reasons[at]) for at, one in enumerate(refusals)]
    content = looked.path.read_bytes()
    if marking.can_mark(content):
        heads = [[column.label for column in _columns()], [column.key for column in _columns()]]
        heading = words.text("Reason of the refusal")
        marking.write(content, path, heading, list(_marks(looked.layouts, refusals, reasons)), [*heads, *listed])
    else:
        registers.write(path, [registers.Register(marking.SHEET, marking.SHEET, _columns(), listed)])


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
        places = {layout.columns.get(refusals[at].column) for at in found} - {None}
        cells = tuple(sorted(place + 1 for place in places if place is not None))
        yield Mark(sheet, layout.heading_row, layout.width + 1, row, reason, cells)
