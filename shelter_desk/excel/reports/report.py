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
from shelter_desk.domain.reports.month_corrections import MonthCorrection
from shelter_desk.domain.reports.report import Report
from shelter_desk.excel import saving
from shelter_desk.excel.reports import (
    accepted_points,
    definitions,
    earlier_months,
    figure_rows,
    rows_behind,
    signed,
    synthesis,
)
from shelter_desk.excel.reports import rectified as rectified_sheet
from shelter_desk.excel.reports.report_controls import controls
from shelter_desk.excel.reports.report_sheets import Sheets, Writer
from shelter_desk.excel.reports.report_style import FigurePlaces, Looks
from shelter_desk.words import formats
from shelter_desk.words.reports import cover as cover_words
from shelter_desk.words.reports import reports as report_words

# the columns merged under each head of a list, no further than the tables above
_OF_EVENTS = ((0, 1), (2, 4), (5, 8), (9, 10), (11, 13))
_OF_LESSONS = ((0, 1), (2, 3), (4, 7))
_A_LINE, _HIGH = 50, 15  # letters of a lesson that fit one line, and its height in points


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
    _cover(sheets.add("01_Garde"), report, cover)
    if rectified is not None:
        rectified_sheet.write(sheets.add(rectified_sheet.SHEET), rectified)
    if corrections:
        earlier_months.write(sheets.add(earlier_months.SHEET), corrections)
    _tables(sheets, places)
    if accepted and report.profile != "public":
        accepted_points.write(sheets.add(accepted_points.SHEET), accepted)
    definitions.write(sheets.add(definitions.SHEET))
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
    for name, blocks in by_sheet.items():
        writer = sheets.add(name)
        for table in blocks:
            writer.table(table, places)
        if blocks[0].name == "t1":
            writer.nights(places)
        if name == EQUIPMENT:
            _lists(writer)
        if name == INCIDENTS:
            _lessons(writer)


def _cover(writer: Writer, report: Report, cover: ReportCover) -> None:
    lines = cover_words.lines(report, cover, cover.donors)
    if cover.key:
        lines.append((words.text("Key of the signature"), " ".join(re.findall("." * 8, cover.key))))
    writer.lines(lines)
    writer.main_figures(report_words.main_figures(report)[1:])
    writer.paragraphs(cover_words.text(report))


def _lists(writer: Writer) -> None:
    """Events in order of days, then the tickets open on the last day; no list where there is nothing."""
    report = writer.report
    _list(
        writer,
        words.text("Events of the period"),
        (words.text("Asset"), words.text("Tag"), words.text("Event"), words.text("Date"), words.text("Minutes no.")),
        [
            (one.designation, one.tag_no, words.label("asset_event", one.kind), formats.day(one.on), one.pv_no)
            for one in report.happened
        ],
    )
    _list(
        writer,
        words.text("Open maintenance tickets"),
        (words.text("Asset"), words.text("Tag"), words.text("Kind"), words.text("Since"), words.text("Ticket")),
        [
            (
                one.designation,
                one.tag_no,
                words.label("maintenance_type", one.kind),
                formats.day(one.reported_on),
                one.ticket_no,
            )
            for one in report.open_tickets
        ],
    )


def _list(writer: Writer, title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    if not rows:
        return
    writer.text(title, writer.looks.block)
    writer.merged(_OF_EVENTS, heads, writer.looks.heading_left)
    for row in rows:
        writer.merged(_OF_EVENTS, row, writer.looks.text)
    writer.row += 1


def _lessons(writer: Writer) -> None:
    """The lessons of the incidents closed in the period; nothing where there is none."""
    found = writer.report.lessons
    if not found:
        return
    writer.text(words.text("Lessons of the incidents closed in the period"), writer.looks.block)
    heads = (words.text("Incident closed on"), words.text("Type"), words.text("Lesson"))
    writer.merged(_OF_LESSONS, heads, writer.looks.heading_left)
    for one in found:
        writer.sheet.set_row(writer.row, _HIGH * (1 + len(one.text) // _A_LINE))
        told = (formats.day(one.closed_on), words.label("incident_type", one.incident_type), one.text)
        writer.merged(_OF_LESSONS, told, writer.looks.text)
    writer.row += 1
