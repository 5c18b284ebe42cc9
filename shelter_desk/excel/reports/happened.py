"""What happened in the period, below the tables: events of assets, tickets that are open, lessons of incidents."""

from collections.abc import Iterable, Sequence
from datetime import date

from shelter_desk import words
from shelter_desk.excel.reports import page_rows
from shelter_desk.excel.reports.report_tables import TableSheet
from shelter_desk.excel.style import safe

_PLACES = (0, 1, 2, 5, 10)  # columns of the sheet in which the heads stand; texts run on over the empty ones behind

Line = tuple[str, date, str, str, str]


def events(on: TableSheet) -> None:
    """Events in order of days, then the tickets open on the last day; no list where there is nothing."""
    report = on.report
    _list(
        on,
        (
            words.text("Events of the period"),
            words.text("Date"),
            words.text("Tag"),
            words.text("Event"),
            words.text("Minutes no."),
        ),
        [
            (one.designation, one.on, one.tag_no, words.label("asset_event", one.kind), one.pv_no)
            for one in report.happened
        ],
    )
    _list(
        on,
        (
            words.text("Open maintenance tickets"),
            words.text("Since"),
            words.text("Tag"),
            words.text("Kind"),
            words.text("Ticket"),
        ),
        [
            (one.designation, one.reported_on, one.tag_no, words.label("maintenance_type", one.kind), one.ticket_no)
            for one in report.open_tickets
        ],
    )


def _list(on: TableSheet, heads: Sequence[str], lines: Sequence[Line]) -> None:
    if not lines:
        return
    on.below()
    writer, looks, sheet = on.writer, on.looks, on.sheet
    first = writer.row
    for column in range(len(on.grid)):
        sheet.write_blank(writer.row, column, None, looks.heading_left)
    _texts(on, zip(_PLACES, heads, strict=True), looks.head_on)
    on.rows.has(writer.row, page_rows.high(1))
    for thing, day, *others in lines:
        writer.row += 1
        for column in range(len(on.grid)):
            sheet.write_blank(writer.row, column, None, looks.cell(shaded=False))
        sheet.write_string(writer.row, _PLACES[0], safe(thing), looks.told)
        sheet.write_datetime(writer.row, _PLACES[1], day, looks.day)
        _texts(on, zip(_PLACES[2:], others, strict=True), looks.on)
        on.rows.has_lines(writer.row, on.lines_at(0, thing))
    on.rows.keep_together(first, writer.row)
    on.rows.leaves(writer.row + 1)
    on.written(writer.row + 2)


def _texts(on: TableSheet, cells: Iterable[tuple[int, str]], look: object) -> None:
    for column, text in cells:
        on.sheet.write_string(on.writer.row, column, safe(text), look)


def lessons(on: TableSheet) -> None:
    """The lessons of the incidents closed in the period; nothing where there is none."""
    found = on.report.lessons
    if not found:
        return
    on.below()
    writer, looks = on.writer, on.looks
    on.heading(words.text("Lessons of the incidents closed in the period"), words.text("Incident closed on"))
    for one in found:
        first = writer.row
        on.sheet.write_string(first, 0, words.label("incident_type", one.incident_type), looks.told)
        on.sheet.write_datetime(first, 1, one.closed_on, looks.day)
        on.rows.has_lines(first, 1)
        writer.row += 1
        on.paragraph(one.text, len(on.grid) - 1)
        on.rows.keep_together(first, writer.row - 1)
    on.written(writer.row)
