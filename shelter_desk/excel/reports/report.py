"""The activity report as a workbook: figures are values, totals and controls are formulas stored with their values."""

import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from shelter_desk import words
from shelter_desk.domain.reports.closing import AcceptedPoint, Rectified
from shelter_desk.domain.reports.layout.blocks import tables
from shelter_desk.domain.reports.layout.equipment_tables import SHEET as EQUIPMENT
from shelter_desk.domain.reports.layout.protection_tables import SHEET as INCIDENTS
from shelter_desk.domain.reports.layout.stay_tables import ReportTable
from shelter_desk.domain.reports.layout.stock_tables import BY_DONOR_SHEET
from shelter_desk.domain.reports.layout.stock_tables import SHEET as STOCK
from shelter_desk.domain.reports.month_corrections import MonthCorrection
from shelter_desk.domain.reports.report import Report
from shelter_desk.excel import saving
from shelter_desk.excel.reports import (
    accepted_points,
    definitions,
    earlier_months,
    figure_rows,
    happened,
    narrative_sheet,
    nights,
    page_layout,
    rows_behind,
    signed,
    stock_page,
    synthesis,
)
from shelter_desk.excel.reports import rectified as rectified_sheet
from shelter_desk.excel.reports.report_controls import controls
from shelter_desk.excel.reports.report_sheets import Sheets, Writer
from shelter_desk.excel.reports.report_style import FigurePlaces, Looks
from shelter_desk.excel.reports.report_tables import TableSheet
from shelter_desk.words.reports import cover as cover_words
from shelter_desk.words.reports import narrative as narrative_words
from shelter_desk.words.reports import reports as report_words


@dataclass(frozen=True, slots=True)
class ReportCover:
    """What stands on the first sheet.

    beds: in the capacity on the last night. key: the public key of the signature, empty for a file without.
    """

    shelter: str = ""
    town: str = ""
    prepared_by: str = ""
    beds: int = 0
    version: str = ""
    made_at: datetime | None = None
    training: bool = False
    donors: str = ""
    key: str = ""
    prepared_role: str = ""


def write(
    path: Path,
    report: Report,
    cover: ReportCover,
    language: words.Language | None = None,
    rectified: Rectified | None = None,
    corrections: Sequence[MonthCorrection] = (),
    accepted: Sequence[AcceptedPoint] = (),
    sign: Callable[[bytes], bytes] = bytes,
) -> None:
    """Write the workbook of a report as its reader may see it, whole or not at all.

    The language is the one spoken unless one is given. sign: what makes a signed file of the
    bytes. Raises DiskFull, ReadOnly, FileMissing.
    """
    with words.speaking(language or words.language()):
        saving.save(path, sign(content(report, cover, rectified, corrections, accepted)))


def content(
    report: Report,
    cover: ReportCover,
    rectified: Rectified | None = None,
    corrections: Sequence[MonthCorrection] = (),
    accepted: Sequence[AcceptedPoint] = (),
) -> bytes:
    """The bytes of the workbook, made in memory: nothing lies in a temporary file.

    corrections: small ones of months closed before, as the reader may see them. accepted: points of a closed month.
    """
    import xlsxwriter

    # the moment of making is on the cover; the file itself tells no author and no clock
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"author": "", "comments": "", "company": "", "created": cover.made_at or datetime(2000, 1, 1)})
    heading = f"{cover.shelter} · {report_words.period(report.period)}"
    if cover.key:
        signed.prepare(book, cover.key)
    sheets = Sheets(book, Looks(book), report, cover.training, heading)
    places = FigurePlaces()
    first_page = sheets.add(synthesis.SHEET) if report.compared is not None else None
    _cover(first := sheets.add("01_Garde"), report, cover)
    if report.profile == "public":
        first.keep_from_print()  # its one page is that of the headlines
    if rectified is not None:
        rectified_sheet.write(sheets.add(rectified_sheet.SHEET), rectified)
    if corrections:
        earlier_months.write(sheets.add(earlier_months.SHEET), corrections)
    _tables(sheets, places)
    told = narrative_words.parts(report)
    if told and report.profile != "public":
        headed = [(narrative_words.heading(code), said) for code, said in told]
        narrative_sheet.write(sheets.add(narrative_sheet.SHEET), headed)
    if accepted and report.profile != "public":
        accepted_points.write(annex := sheets.add(accepted_points.SHEET), accepted)
        annex.keep_from_print()
    definitions.write(defined := sheets.add(definitions.SHEET))
    defined.keep_from_print()
    _not_printed(sheets, places, cover.shelter)
    if first_page is not None and report.compared is not None:
        synthesis.write(first_page, report.compared, places, cover)  # last: it refers to the others
    book.close()
    return buffer.getvalue()


def _not_printed(sheets: Sheets, places: FigurePlaces, shelter: str) -> None:
    """What other programs read, and who looks into a figure."""
    controls(proofs := sheets.add("15_Controles"), places)
    proofs.keep_from_print()
    if sheets.report.profile == "interne":
        rows_behind.write(behind := sheets.add(rows_behind.SHEET), places)
        behind.keep_from_print()
    figure_rows.write(sheets.of_rows(figure_rows.SHEET), sheets.looks, sheets.report, shelter, training=sheets.training)


def _tables(sheets: Sheets, places: FigurePlaces) -> None:
    """The tables, a sheet for those that belong together; where each figure stands is kept in the places."""
    by_sheet: dict[str, list[ReportTable]] = {}
    for table in tables(sheets.report):
        by_sheet.setdefault(table.sheet, []).append(table)
    if STOCK in by_sheet:
        by_sheet[STOCK] = [stock_page.beside(one) for one in by_sheet[STOCK]]
    for name, blocks in by_sheet.items():
        found = page_layout.layout(name, blocks, sheets.report.period.nights, _most_served(sheets.report))
        on = TableSheet(sheets.add(name), found, places)
        if blocks[0].name == "t1":
            nights.write(on, blocks, places)
        else:
            on.add(blocks)
        if name == EQUIPMENT:
            happened.events(on)
        if name == INCIDENTS:
            happened.lessons(on)
        on.finish()
        if name == BY_DONOR_SHEET:
            on.writer.keep_from_print()


def _most_served(report: Report) -> int:
    served = (one.value for one in report.figures.values() if one.key == "t6.beneficiaries")
    return max((one for one in served if isinstance(one, int)), default=0)


def _cover(writer: Writer, report: Report, cover: ReportCover) -> None:
    lines = cover_words.lines(report, cover, cover.donors)
    if cover.key:
        lines.append((words.text("Key of the signature"), " ".join(re.findall("." * 8, cover.key))))
    writer.lines(lines)
    writer.main_figures(report_words.main_figures(report)[1:])
    writer.paragraphs(cover_words.text(report))
