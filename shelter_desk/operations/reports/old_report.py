"""A month beside the report that the shelter made in Excel before: cells are pointed to, remembered and compared.

Of the file nothing is kept but the addresses of cells and the names of their sheets.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from shelter_desk.domain.changes import Changes
from shelter_desk.domain.ids import StayId
from shelter_desk.domain.reports import old_differences, old_report
from shelter_desk.domain.reports.figures import Amount, Ref, added
from shelter_desk.domain.reports.old_differences import DifferenceHint
from shelter_desk.domain.reports.old_report import MOST_CELLS, Place
from shelter_desk.domain.reports.refusals import TooManyCells
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays.stays import Stay
from shelter_desk.excel.donors import filling
from shelter_desk.excel.reading import reading
from shelter_desk.excel.reading.book import Cell, ErrorCell
from shelter_desk.excel.reading.days_in_words import MONTHS
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.operations.reports import donor_workbooks
from shelter_desk.operations.reports.donor_workbooks import Pointed
from shelter_desk.operations.reports.reports import Month
from shelter_desk.storage.assistance import donors as stored_donors
from shelter_desk.words.reports import reports as report_words

_KEPT = "old_report"  # where a donor's workbook has its digest: the old report is one, whatever file it lies in
WhyNot = Literal["", "no_sheet", "empty", "no_number", "no_result", "unknown", "without"]
Sheet = Mapping[Place, Cell]


@dataclass(frozen=True, slots=True)
class OldReport:
    """A workbook as it was read. sheets: the cells that hold something, by row and column from 1."""

    path: Path
    sheets: Mapping[str, Sheet]


@dataclass(frozen=True, slots=True)
class ComparedCell:
    """One cell beside our figure. pointed: as it is remembered; sheet: where it was read, "" where there is none.

    left, above: the words beside it. theirs: its number as ours is written; difference: ours less theirs, None without
    both. why_not: why there is none; `without` for a rate that has no denominator here.
    """

    pointed: Pointed
    sheet: str
    left: str = ""
    above: str = ""
    said: str = ""
    theirs: Amount | None = None
    ours: Amount | None = None
    ref: Ref | None = None
    difference: Amount | None = None
    why_not: WhyNot = ""
    hints: tuple[DifferenceHint, ...] = ()


def address(place: Place) -> str:
    """A cell as Excel calls it, `B4`."""
    return filling.reference_of(place)


def place_of(cell: str) -> Place:
    """Row and column of an address; none of a sheet for what is no address."""
    return filling.place_of(cell) or (0, 0)


@needs(Permission.REPORT_EXPORT)
def look(desk: Desk, path: Path) -> tuple[OldReport, tuple[Pointed, ...]]:
    """The workbook, read in the guarded worker, and the cells pointed to before. Raises FileMissing, NotAWorkbook."""
    book = reading.read(path)
    return OldReport(path, {one.name: _cells(one.rows) for one in book.sheets}), remembered(desk)


def _cells(rows: Sequence[tuple[int, list[Cell]]]) -> Sheet:
    return {
        (number, column): cell
        for number, cells in rows
        for column, cell in enumerate(cells, 1)
        if cell is not None and cell != ""
    }


@needs(Permission.REPORT_EXPORT)
def remembered(desk: Desk) -> tuple[Pointed, ...]:
    """The cells pointed to before, whoever did: sheet, cell and figure."""
    with desk.reading() as connection:
        return stored_donors.pointed(connection, _KEPT)


@needs(Permission.REPORT_EXPORT)
def remember(desk: Desk, pointed: Sequence[Pointed]) -> None:
    """Keep these cells for the months to come; nothing is written where nothing changed. Raises TooManyCells."""
    if len(pointed) > MOST_CELLS:
        raise TooManyCells(MOST_CELLS)
    if remembered(desk) == tuple(pointed):
        return
    with desk.writing("old_report_cells", Changes()) as writing:
        stored_donors.keep_pointed(writing.connection, _KEPT, pointed, desk.now())
        writing.details["cells"] = len(pointed)


def choices(month: Month) -> list[tuple[str, str]]:
    """The figures that may stand beside a cell, as they are kept and in words."""
    known = donor_workbooks.references(month, "interne")
    return [one for one in donor_workbooks.choices(known) if one[0] not in known.texts]


def guess(sheet: Sheet, place: Place, offered: Sequence[tuple[str, str]]) -> str:
    """The figure that the words beside a cell mean, "" where none is near."""
    left, above = old_report.labels(sheet, place)
    return old_report.guess(left, above, offered, frozenset(MONTHS))


def sheet_of(book: OldReport, pointed: Pointed, month: Month) -> str:
    """Where a cell remembered stands in this file, "" for nowhere; sheets called by months follow the month."""
    whole = month.report.period.whole
    return old_report.sheet_for(pointed[0], tuple(book.sheets), whole.first if whole.is_month else None, MONTHS)


def compare(month: Month, book: OldReport, pointed: Sequence[Pointed]) -> tuple[ComparedCell, ...]:
    """Each cell beside our figure, in the order in which they were pointed to."""
    known, stays = donor_workbooks.references(month, "interne"), month.stays
    found = []
    for one in pointed:
        sheet, place = sheet_of(book, one, month), place_of(one[1])
        cells = book.sheets.get(sheet, {})
        left, above = old_report.labels(cells, place)
        cell, ours = cells.get(place), known.of_text(one[2])
        value = ours.value if ours.state == "found" and isinstance(ours.value, (int, float)) else None
        number = old_report.number_of(cell)
        said = cell.text if isinstance(cell, ErrorCell) else cell if isinstance(cell, str) else ""
        why = _why_not(sheet, cell, number, ours.state == "found", value)
        told = ComparedCell(one, sheet, left, above, said, number, value, ours.ref, why_not=why)
        found.append(told if why or ours.ref is None else _compared(month, told, stays))
    return tuple(found)


def _compared(month: Month, told: ComparedCell, stays: Mapping[StayId, Stay]) -> ComparedCell:
    if told.ref is None or told.theirs is None or told.ours is None:
        return told
    theirs = old_report.beside(told.theirs, told.ours, report_words.unit(told.ref[0]))
    difference = added((told.ours, -theirs))
    hints = old_differences.hints(month.report, told.ref, theirs, stays) if difference else ()
    return replace(told, theirs=theirs, difference=difference, hints=hints)


def _why_not(sheet: str, cell: Cell, number: Amount | None, is_known: bool, ours: Amount | None) -> WhyNot:
    if not sheet:
        return "no_sheet"
    if cell is None:
        return "empty"
    if number is None:
        return "no_result" if isinstance(cell, ErrorCell) and cell.text == "=" else "no_number"
    if not is_known:
        return "unknown"
    return "without" if ours is None else ""
