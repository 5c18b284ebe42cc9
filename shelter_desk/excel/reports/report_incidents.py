"""The lessons below the tables of the incidents."""

from shelter_desk import words
from shelter_desk.excel.reports.report_sheets import Writer
from shelter_desk.excel.style import safe
from shelter_desk.words import formats

_SPANS = ((0, 1), (2, 3), (4, 7))  # columns merged under each head: no further than the tables above
_A_LINE, _HIGH = 50, 15  # letters of a lesson that fit one line, and its height in points


def lessons(writer: Writer) -> None:
    """The lessons of the incidents closed in the period; nothing where there is none."""
    found = writer.report.lessons
    if not found:
        return
    writer.text(words.text("Lessons of the incidents closed in the period"), writer.looks.block)
    _row(
        writer, (words.text("Incident closed on"), words.text("Type"), words.text("Lesson")), writer.looks.heading_left
    )
    for one in found:
        writer.sheet.set_row(writer.row, _HIGH * (1 + len(one.text) // _A_LINE))
        told = (formats.day(one.closed_on), words.label("incident_type", one.incident_type), one.text)
        _row(writer, told, writer.looks.text)
    writer.row += 1


def _row(writer: Writer, cells: tuple[str, ...], look: object) -> None:
    for (first, last), cell in zip(_SPANS, cells, strict=True):
        writer.sheet.merge_range(writer.row, first, writer.row, last, "", look)
        writer.sheet.write_string(writer.row, first, safe(cell), look)
    writer.row += 1
