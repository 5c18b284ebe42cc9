"""Rows of the clipboard, as Excel and LibreOffice put them there: tabs between cells, a line each."""

import re

from shelter_desk.excel.reading.book import WorkbookRow
from shelter_desk.excel.reading.wire import unpacked_row

# a cell in quotation marks may hold tabs and lines; one that only begins with a mark is what it says
_CELL = re.compile(r'"((?:[^"]|"")*)"(?=[\t\r\n]|\Z)|[^\t\r\n]*')


def rows(text: str) -> list[WorkbookRow]:
    """The rows that hold something, numbered from 1; the blank ones between them keep their numbers."""
    found = []
    for number, cells in enumerate(_cut(text), 1):
        row = unpacked_row(cell.strip() for cell in cells)
        if any(cell is not None for cell in row):
            found.append(WorkbookRow(number, row))
    return found


def _cut(text: str) -> list[list[str]]:
    lines: list[list[str]] = [[]]
    at = 0
    while at <= len(text):
        cell = _CELL.match(text, at)
        assert cell is not None  # noqa: S101 it matches nothing at all, too
        lines[-1].append(cell[0] if cell[1] is None else cell[1].replace('""', '"'))
        at = cell.end()
        sign = text[at : at + 1]
        if sign in ("\r", "\n"):
            at += text.startswith("\r\n", at)
            lines.append([])
        at += 1
    return lines
