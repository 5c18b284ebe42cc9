"""The narrative of a month as a sheet of the workbook: what its reader is told under each heading."""

import textwrap
from collections.abc import Sequence

from shelter_desk.excel.reports.report_sheets import Writer

SHEET = "14_Narratif"
_WIDE, _A_LINE, _HIGH = 88, 92, 15  # of the column, letters of a line, height of one


def write(writer: Writer, parts: Sequence[tuple[str, Sequence[str]]]) -> None:
    """parts: each heading with its paragraphs."""
    writer.sheet.set_column(0, 0, _WIDE)
    for heading, passages in parts:
        writer.text(heading, writer.looks.block)
        for one in passages:
            writer.sheet.set_row(writer.row, _HIGH * len(textwrap.wrap(one, _A_LINE)))
            writer.text(one, writer.looks.paragraph)
        writer.row += 1
