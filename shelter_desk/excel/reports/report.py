"""The activity report as a workbook: figures are values, totals and controls are formulas stored with their values."""

import io
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from shelter_desk import words
from shelter_desk.domain.reports.layout.blocks import tables
from shelter_desk.domain.reports.layout.equipment_tables import SHEET as EQUIPMENT
from shelter_desk.domain.reports.layout.protection_tables import SHEET as INCIDENTS
from shelter_desk.domain.reports.layout.stay_tables import ReportTable
from shelter_desk.domain.reports.report import Report
from shelter_desk.excel import saving
from shelter_desk.excel.reports.report_controls import controls, figures
from shelter_desk.excel.reports.report_incidents import lessons
from shelter_desk.excel.reports.report_sheets import Sheets, Writer, lists
from shelter_desk.excel.reports.report_style import FigurePlaces, Looks
from shelter_desk.words import formats
from shelter_desk.words.reports import reports as report_words


@dataclass(frozen=True, slots=True)
class ReportCover:
    """What stands on the first sheet.

    beds: in the capacity on the last night.
    """

    shelter: str = ""
    town: str = ""
    prepared_by: str = ""
    beds: int = 0
    version: str = ""
    made_at: datetime | None = None
    training: bool = False
    donors: str = ""


def write(path: Path, report: Report, cover: ReportCover, language: words.Language | None = None) -> None:
    """Write the workbook of a report as its reader may see it, whole or not at all.

    The language is the one spoken unless one is given. Raises DiskFull, ReadOnly, FileMissing.
    """
    with words.speaking(language or words.language()):
        saving.save(path, content(report, cover))


def content(report: Report, cover: ReportCover) -> bytes:
    """The bytes of the workbook, made in memory: nothing lies in a temporary file."""
    import xlsxwriter

    # the moment of making is on the cover; the file itself tells no author and no clock
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"author": "", "comments": "", "company": "", "created": cover.made_at or datetime(2000, 1, 1)})
    heading = f"{cover.shelter} · {report_words.period(report.period)}"
    sheets = Sheets(book, Looks(book), report, cover.training, heading)
    places = FigurePlaces()
    _cover(sheets.add("01_Garde"), report, cover)
    by_sheet: dict[str, list[ReportTable]] = {}
    for table in tables(report):
        by_sheet.setdefault(table.sheet, []).append(table)
    for name, blocks in by_sheet.items():
        _tables(sheets.add(name), blocks, places)
    controls(sheets.add("15_Controles"), places)
    figures(sheets.add("17_Chiffres"))
    book.close()
    return buffer.getvalue()


def _tables(writer: Writer, blocks: list[ReportTable], places: FigurePlaces) -> None:
    for table in blocks:
        writer.table(table, places)
    if blocks[0].name == "t1":
        writer.nights(places)
    if blocks[0].sheet == EQUIPMENT:
        lists(writer)
    if blocks[0].sheet == INCIDENTS:
        lessons(writer)
    writer.definitions(blocks)


def _cover(writer: Writer, report: Report, cover: ReportCover) -> None:
    period = report.period
    profiles = {"interne": words.text("Internal"), "partenaire": words.text("Partner"), "public": words.text("Public")}
    days = report_words.days(period if period.nights else period.whole)
    lines: list[tuple[str, Any]] = [
        (words.text("Shelter"), cover.shelter),
        (words.text("Town"), cover.town),
        (words.text("Period"), days),
        (words.text("Nights"), period.nights),
        (words.text("Version of the report"), report_words.state(period)),
        (words.text("Prepared by"), cover.prepared_by),
        (words.text("Checked by"), ""),
        (words.text("Approved by"), ""),
        (words.text("Donors"), cover.donors),
        (words.text("Beds"), formats.NONE if report.value("t1.installed_beds") is None else cover.beds),
        (words.text("Profile"), profiles[report.profile]),
        (words.text("Software"), f"Shelter Desk {cover.version}".strip()),
        (words.text("Made on"), formats.moment(cover.made_at) if cover.made_at else ""),
    ]
    writer.lines(lines)
    writer.main_figures(report_words.main_figures(report)[1:])
