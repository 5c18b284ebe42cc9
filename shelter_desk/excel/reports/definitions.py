"""The sheet `Definitions`: what each figure of the tables counts, once, in their order."""

from shelter_desk.domain.reports.layout.blocks import tables
from shelter_desk.excel.reports import page_layout, page_rows
from shelter_desk.excel.reports.report_sheets import Writer
from shelter_desk.excel.style import safe
from shelter_desk.words.reports import reports as report_words

SHEET = "Definitions"
_NAME, _TEXT = 42, 66  # how wide the columns are


def write(writer: Writer) -> None:
    """The name of each figure and its definition, under the title of the first table in which it stands."""
    writer.sheet.set_column(0, 0, _NAME)
    writer.sheet.set_column(1, 1, _TEXT)
    told: set[str] = set()
    for table in tables(writer.report):
        found = dict.fromkeys(ref[0] for row in table.rows for ref in row.cells if ref is not None)
        new = [key for key in found if key not in told and report_words.definition(key)]
        told.update(new)
        if new:
            writer.text(report_words.table(table.name), writer.looks.block)
        for key in new:
            _line(writer, report_words.figure(key), report_words.definition(key))


def _line(writer: Writer, name: str, text: str) -> None:
    lines = max(page_layout.wrapped(name, _NAME), page_layout.wrapped(text, _TEXT))
    writer.sheet.set_row(writer.row, page_rows.high(lines))
    writer.sheet.write_string(writer.row, 0, safe(name), writer.looks.text)
    writer.sheet.write_string(writer.row, 1, safe(text), writer.looks.text)
    writer.row += 1
