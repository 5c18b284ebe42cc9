"""Looks through the content of an .ods: error cells, which the reader gives as empty, and hidden rows and columns."""

from dataclasses import dataclass, field
from typing import IO

from shelter_desk.excel.reading.book import SheetNotes
from shelter_desk.excel.reading.refusal import Refused
from shelter_desk.excel.reading.scan import walk

SIGNS = (b'value-type="error"', b'visibility="collapse"', b'visibility="filter"', b"null-date")
_HIDDEN = frozenset({"collapse", "filter"})
_LONGEST_ERROR = 20
_MOST_HIDDEN = 1_048_576


@dataclass(slots=True)
class Tables:
    """Follows the cells of all tables. most: error cells after which it gives up."""

    most: int
    found: dict[str, SheetNotes] = field(default_factory=dict)
    _noted: SheetNotes = field(default_factory=SheetNotes)
    _row: int = 0
    _rows: int = 1
    _column: int = 0
    _columns: int = 1
    _error: bool = False
    _text: str = ""
    _since_1904: bool = False

    def read(self, part: IO[bytes]) -> dict[str, SheetNotes]:
        """What is to be noted, by name of the table. Raises Refused where it is not XML or has too many errors."""
        walk(part, self._start, self._end, self._say)
        for noted in self.found.values():
            noted.since_1904 = self._since_1904
        return {name: noted for name, noted in self.found.items() if noted != SheetNotes()}

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table:table":
            self._noted = self.found.setdefault(attributes.get("table:name", ""), SheetNotes())
            self._row = 0
        elif name == "table:null-date":
            self._since_1904 = attributes.get("table:date-value", "").startswith("1904")
        elif name == "table:table-column" and attributes.get("table:visibility") in _HIDDEN:
            self._noted.hidden_columns += _times(attributes, "table:number-columns-repeated")
        elif name == "table:table-row":
            self._rows, self._column = _times(attributes, "table:number-rows-repeated"), 0
            if attributes.get("table:visibility") in _HIDDEN:
                self._noted.hidden_rows += self._rows
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self._columns = _times(attributes, "table:number-columns-repeated")
            self._error, self._text = attributes.get("calcext:value-type") == "error", ""

    def _end(self, name: str) -> None:
        if name == "table:table-row":
            self._row += self._rows
        elif name in ("table:table-cell", "table:covered-table-cell"):
            if self._error:
                self._mark()
            self._column, self._error = self._column + self._columns, False

    def _mark(self) -> None:
        self.most -= self._rows * self._columns
        if self.most < 0:
            raise Refused("cells")
        for row in range(self._row + 1, self._row + self._rows + 1):
            for column in range(self._column + 1, self._column + self._columns + 1):
                self._noted.errors[row, column] = self._text[:_LONGEST_ERROR]

    def _say(self, text: str) -> None:
        if self._error and len(self._text) < _LONGEST_ERROR:
            self._text += text


def _times(attributes: dict[str, str], name: str) -> int:
    said = attributes.get(name, "1")
    return min(int(said), _MOST_HIDDEN) if said.isascii() and said.isdecimal() and len(said) < 10 else 1
