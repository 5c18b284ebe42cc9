"""The sheet of a version that replaces another: what was published, what counts now, and why."""

from shelter_desk import words
from shelter_desk.domain.reports.closing import Rectified
from shelter_desk.domain.reports.figures import HIDDEN, Shown
from shelter_desk.excel.reports.report_sheets import Writer
from shelter_desk.words.reports import closing as closing_words
from shelter_desk.words.reports import reports as report_words

SHEET = "Rectificatif"


def write(writer: Writer, rectified: Rectified) -> None:
    """A line a figure, in the order of the tables; numbers that the reader is not given are hidden here too."""
    looks = writer.looks
    former = rectified.replaced
    version = report_words.version(former.version, former.rectified)
    told = words.text("Cancels and replaces {version}").format(version=version)
    writer.text(told, looks.block)
    writer.text(words.text("Reason: {reason}").format(reason=rectified.reason), looks.quiet)
    writer.row += 1
    heads = (words.text("Figure"), words.text("Published"), words.text("Corrected"), words.text("Difference"))
    writer.sheet.set_column(0, 0, 2)
    writer.sheet.set_column(1, 1, 62)
    writer.sheet.set_column(2, 4, 12)
    for column, head in enumerate(heads, 1):
        writer.sheet.write_string(writer.row, column, head, looks.heading_left)
    writer.row += 1
    for one in rectified.corrections:
        writer.sheet.write_string(writer.row, 1, closing_words.figure(one.ref), looks.text)
        change = None if one.change is None else round(one.change, 2)
        for column, value in enumerate((one.published, one.now, change), 2):
            number(writer, column, one.ref[0], value)
        writer.row += 1
    if any(HIDDEN in (one.published, one.now) for one in rectified.corrections):
        writer.text(report_words.hidden(), looks.quiet)


def number(writer: Writer, column: int, key: str, value: Shown) -> None:
    """A number of a correction in its cell; a dash, or the mark of what is hidden."""
    look = writer.looks.number(key, value, strong=False)
    if isinstance(value, int | float):
        writer.sheet.write_number(writer.row, column, value, look)
    else:
        writer.sheet.write_string(writer.row, column, report_words.value(value), look)
