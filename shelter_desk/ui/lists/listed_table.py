"""A list as it is displayed, to be written into a workbook or printed: its columns, order, filters, typed cells."""

import re
from collections.abc import Sequence
from datetime import date
from html import escape

from shelter_desk import words
from shelter_desk.domain.listing import ListedTable, ListHeading, Value
from shelter_desk.ui.lists import cell_values
from shelter_desk.ui.lists.table import TableView
from shelter_desk.words import formats

_LEAST, _MOST = 8, 60  # characters of a column
_NOT_IN_SHEETS = re.compile(r"[\[\]:*?/\\']")
_LONGEST_SHEET = 31
MANY = 6  # columns from which on a list is printed across the paper


def made(table: TableView, title: str, notes: Sequence[str], places: Sequence[int]) -> ListedTable:
    """These rows of the table. notes: below the title."""
    columns = table.shown_columns()
    headings, read = [], []
    for at in columns:
        texts = [table.rows.cells(place)[at] for place in places]
        heading, values = _typed(table.rows.columns[at].heading, texts, counts=table.rows.columns[at].counts)
        widest = max((len(one) for one in texts), default=0)
        width = max(widest, *map(len, heading.split()), _LEAST) if heading else max(widest, _LEAST)
        headings.append(ListHeading(heading, min(width + 4, _MOST)))
        read.append(values)
    sheet = _NOT_IN_SHEETS.sub(" ", title)[:_LONGEST_SHEET].strip()
    return ListedTable(sheet, title, tuple(headings), tuple(zip(*read, strict=True)), tuple(notes))


def _typed(heading: str, texts: Sequence[str], *, counts: bool) -> tuple[str, list[Value]]:
    """The cells as days and numbers; what stands behind the numbers of a column goes into its heading."""
    if not counts:
        days = [cell_values.day(one) for one in texts]
        if not any(days):
            return heading, list(texts)
        return heading, [_or_text(day, text) for day, text in zip(days, texts, strict=True)]
    found = [cell_values.number(one) for one in texts]
    behind = {one[1].strip().removesuffix("s") for one in found if one is not None}
    if len(behind) > 1:
        return heading, list(texts)
    unit = next(iter(sorted((one[1].strip() for one in found if one is not None), key=len, reverse=True)), "")
    values: list[Value] = []
    for text, one in zip(texts, found, strict=True):
        if one is None:
            values.append(_or_text(None, text))
        else:
            values.append(int(one[0]) if one[0] == int(one[0]) else float(one[0]))
    return f"{heading} ({unit})" if unit else heading, values


def _or_text(day: date | None, text: str) -> Value:
    """A dash among days and numbers is an empty cell."""
    return day if day is not None else None if text == formats.NONE else text


def html(table: TableView, listed: ListedTable, places: Sequence[int], on: date, *, training: bool) -> str:
    """The same on paper, each cell as it is read on the screen; the headings stand on every sheet."""
    columns = [table.rows.columns[at] for at in table.shown_columns()]
    aligned = ["right" if one.counts else "left" for one in columns]
    mark = f"<p><b>{escape(words.text('TRAINING'))}</b></p>" if training else ""
    notes = " · ".join((formats.day(on), *listed.notes))
    head = _line("th", [one.heading for one in columns], aligned)
    cells = (table.rows.cells(place) for place in places)
    rows = "".join(_line("td", [one[at] for at in table.shown_columns()], aligned) for one in cells)
    style = "border='1' cellspacing='0' cellpadding='3' style='border-collapse:collapse'"
    whole = f"<table width='100%' {style}><thead>{head}</thead>{rows}</table>"
    return f"{mark}<h2>{escape(listed.title)}</h2><p>{escape(notes)}</p>{whole}"


def _line(tag: str, texts: Sequence[str], aligned: Sequence[str]) -> str:
    pairs = zip(texts, aligned, strict=True)
    return "<tr>" + "".join(f"<{tag} align='{align}'>{escape(text)}</{tag}>" for text, align in pairs) + "</tr>"
