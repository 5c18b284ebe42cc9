"""The sheet of small corrections of months that were closed before."""

from collections.abc import Sequence

from shelter_desk import words
from shelter_desk.domain.reports.figures import HIDDEN
from shelter_desk.domain.reports.month_corrections import MonthCorrection
from shelter_desk.excel.reports.rectified import number
from shelter_desk.excel.reports.report_sheets import Writer
from shelter_desk.words import formats
from shelter_desk.words.reports import closing as closing_words
from shelter_desk.words.reports import reports as report_words

SHEET = "Corrections"


def write(writer: Writer, found: Sequence[MonthCorrection]) -> None:
    """A line a figure, month by month; numbers that the reader is not given are hidden here too."""
    looks, sheet = writer.looks, writer.sheet
    writer.text(words.text("Corrections of closed months"), looks.block)
    writer.text(words.text("The figures of these months stay as they were published."), looks.quiet)
    writer.row += 1
    heads = (
        words.text("Month"),
        words.text("Figure"),
        words.text("Published"),
        words.text("Corrected"),
        words.text("Difference"),
    )
    for column, width in enumerate((16, 54, 11, 11, 11)):
        sheet.set_column(column, column, width)
    for column, head in enumerate(heads):
        sheet.write_string(writer.row, column, head, looks.heading_left)
    writer.row += 1
    for one in found:
        moved = one.correction
        sheet.write_string(writer.row, 0, formats.month(one.first), looks.text)
        sheet.write_string(writer.row, 1, closing_words.figure(moved.ref), looks.text)
        change = None if moved.change is None else round(moved.change, 2)
        for column, value in enumerate((moved.published, moved.now, change), 2):
            number(writer, column, moved.ref[0], value)
        writer.row += 1
    if any(one.correction.now is HIDDEN for one in found):
        writer.text(report_words.hidden(), looks.quiet)
