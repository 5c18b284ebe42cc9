"""The language between the reader and its worker: lines of JSON, never pickled objects.

Where the properties of the workbook say one, `{"title": title}` first.
A sheet: `{"sheet": name, "errors": [[row, column, text]…], "hidden": [rows, columns], "since_1904": false,
"unseen": false}`, the last true where the whole sheet is hidden, with `"zeros": [[row, column, text]…]` where
numbers are shown with zeros that they have not; then blocks of rows `[first row, [cells…]…]`;
at the end `{"end": true}` or `{"refused": why}`. A date is `[y, m, d]`,
a time `[h, m, s, 0]`, a moment `[y, m, d, h, m, s]`.
"""

import json
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from shelter_desk.excel.reading.book import ERROR_TEXTS, Cell, ErrorCell

BLOCK = 250
LONGEST_TITLE = 200
LONGEST_LINE = 64 * 1024 * 1024
_WHOLE_BELOW = 1e15


def _packed(value: object) -> object:
    if isinstance(value, datetime):
        return [value.year, value.month, value.day, value.hour, value.minute, value.second]
    if isinstance(value, date):
        return [value.year, value.month, value.day]
    if isinstance(value, time):
        return [value.hour, value.minute, value.second, 0]
    if isinstance(value, timedelta):
        minutes = round(value.total_seconds() / 60)
        return f"{minutes // 60}:{minutes % 60:02}"
    raise TypeError(type(value).__name__)


_write = json.JSONEncoder(default=_packed, separators=(",", ":"), check_circular=False).encode


def line(value: object) -> bytes:
    """That value as one line."""
    return _write(value).encode("ascii") + b"\n"


def unpacked_row(values: Iterable[object]) -> list[Cell]:
    """The cells of a row as they came over the wire. Raises ValueError or TypeError for anything else."""
    return [
        (value or None) if type(value) is str and value[:1] != "#" else unpacked(value)  # most cells are texts
        for value in values
    ]


def unpacked(value: object) -> Cell:
    """A cell as it came over the wire. Raises ValueError or TypeError for anything else."""
    if isinstance(value, list):
        if len(value) == 3:
            return date(*value)
        return time(*value) if len(value) == 4 else datetime(*value)
    if isinstance(value, str):
        return ErrorCell(value) if value in ERROR_TEXTS else value or None
    if isinstance(value, float):
        if value.is_integer() and -_WHOLE_BELOW < value < _WHOLE_BELOW:
            return int(value)
        return value if value - value == 0 else ErrorCell("#NUM!")
    if isinstance(value, int):
        return value
    raise TypeError(type(value).__name__)
