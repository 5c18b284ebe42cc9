"""The stock on one page: the category of items in a column before them, and no row of its own."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from shelter_desk.domain.reports.layout.stay_tables import FigureRow, ReportTable
from shelter_desk.excel.reports import page_layout
from shelter_desk.words.reports import reports as report_words


def beside(table: ReportTable) -> ReportTable:
    """The table with each category written down along the rows of its items."""
    rows: list[FigureRow] = []
    title = ""
    for is_heading, found in groupby(table.rows, lambda row: row.label[0] == "stock_category"):
        for row in found if is_heading else ():
            title = report_words.label(row.label)
        if not is_heading:
            rows += _along(title, list(found))
    return replace(table, rows=tuple(rows))


def _along(title: str, rows: list[FigureRow]) -> Iterator[FigureRow]:
    """A line of the title before each row; the last one has what is left."""
    lines = _broken(title)
    for place, row in enumerate(rows):
        is_last = place == len(rows) - 1
        yield replace(row, letter=" ".join(lines[place:] if is_last else lines[place : place + 1]), indented=False)


def _broken(title: str) -> list[str]:
    lines: list[str] = []
    for word in title.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and page_layout.wrapped(longer, page_layout.BEFORE_ITEMS, bold=True) == 1:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
