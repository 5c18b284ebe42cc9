"""The lists below the tables of the equipment: what happened in the period, what is still being mended."""

from collections.abc import Iterable, Sequence

from shelter_desk import words
from shelter_desk.excel.reports.report_sheets import Writer
from shelter_desk.excel.style import safe
from shelter_desk.words import formats

# columns merged under each head; the first two of the sheet make the first
_SPANS = ((0, 1), (2, 4), (5, 8), (9, 10), (11, 13))


def lists(writer: Writer) -> None:
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


def _list(writer: Writer, title: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    looks, found = writer.looks, list(rows)
    if not found:
        return
    writer.text(title, looks.block)
    for cells, look in ((heads, looks.heading_left), *((row, looks.text) for row in found)):
        for (first, last), cell in zip(_SPANS, cells, strict=True):
            writer.sheet.merge_range(writer.row, first, writer.row, last, "", look)
            writer.sheet.write_string(writer.row, first, safe(cell), look)
        writer.row += 1
    writer.row += 1
