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
_NOT_AS_IT_IS = frozenset({"", "#"})  # what an empty text and an error begin with


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
        value if type(value) is str and value[:1] not in _NOT_AS_IT_IS else unpacked(value)  # most cells are texts
        for value in values
    ]


def unpacked(value: object) -> Cell:
    """A cell as it came over the wire. Raises ValueError or TypeError for anything else."""
    kind = type(value)
    if kind is str:
        return _text(str(value)) if value else None
    if kind is float:
        return _number(float(value))  # type: ignore[arg-type]
    if isinstance(value, int):
        return value
    if isinstance(value, list):
        return _dated(value)
    raise TypeError(kind.__name__)


def _text(text: str) -> Cell:
    return ErrorCell(text) if text[0] == "#" and text in ERROR_TEXTS else text


def _number(number: float) -> Cell:
    if number.is_integer() and -_WHOLE_BELOW < number < _WHOLE_BELOW:
        return int(number)
    return number if number - number == 0 else ErrorCell("#NUM!")


def _dated(parts: list[int]) -> Cell:
    if len(parts) == 3:
        return date(*parts)
    return time(*parts) if len(parts) == 4 else datetime(*parts)  # type: ignore[arg-type]
