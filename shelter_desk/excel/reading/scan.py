"""Looks through the XML of a sheet before the reader sees it: how far its cells reach, what the reader would not tell.

That is error cells, formulas whose result was never stored, and rows and columns that are hidden.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import IO
from xml.parsers import expat

from shelter_desk.excel.reading import padded
from shelter_desk.excel.reading.refusal import Refused

CHUNK = 4 * 1024 * 1024
LONGEST_TAG = 8 * 1024 * 1024
_NEAR_CELL = re.compile(rb'<c r="([A-Z]{1,3})[0-9]{1,5}"')
_CELL = re.compile(rb'<c r="([A-Z]{1,3}[0-9]{1,7})"')
_ROW = re.compile(rb'<row(?: r="([0-9]{1,7})")?')
_FIRST = 64 * 1024  # bytes that most often hold a cell of each column
_WIDEST = 16_384
_LETTERS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_DIGITS = b"0123456789"
_NO_RESULT = re.compile(rb"(?:</f>|<f[^<>]*/>)(?:<v\s*/>|<v>\s*</v>)?</c>")
_HIDDEN = re.compile(rb"""<(row|col)\s[^<>]*?hidden=["'](?:1|true)["'][^<>]*>""")
_ACROSS = re.compile(rb"""\b(min|max)=["']([0-9]{1,5})["']""")
_TAIL = 64
_LONGEST_ERROR = 20
FORMULA = "="  # shown for a formula without a result
_REFERENCE = re.compile(r"([A-Za-z]{1,3})([0-9]{1,7})")


def walk(
    part: IO[bytes],
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Go through an XML part piece by piece. Raises Refused where it is not XML."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    try:
        while chunk := part.read(CHUNK):
            parser.Parse(chunk, False)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise Refused("damaged") from error


@dataclass(slots=True)
class Extent:
    """How far the cells of a sheet reach. odd: cells without a plain reference, to be read by a real parser.

    errors: some cells are errors, or formulas without a result. hidden_rows, hidden_columns: how many.
    """

    rows: int = 0
    columns: int = 0
    odd: bool = False
    errors: bool = False
    hidden_rows: int = 0
    hidden_columns: int = 0
    _tail: bytes = b""

    @property
    def cells(self) -> int:
        """What a reader that fills the whole rectangle would have to hold."""
        return self.rows * self.columns

    def take(self, piece: bytes) -> None:
        """Widen by the cells of a piece of XML that ends between two tags."""
        columns, rows = _columns(piece), set(_ROW.findall(piece))
        # the quick look trusts the rows' own numbers, as any cell it sees stands above row 100,000
        if columns is None or b"" in rows:
            found = _CELL.findall(piece)
            self.odd = self.odd or len(found) != piece.count(b"<c ")
            joined = b" ".join(found)
            columns, rows = set(joined.translate(None, _DIGITS).split()), set(joined.translate(None, _LETTERS).split())
        self.rows = max(self.rows, *map(int, rows), 0)
        self.columns = max(self.columns, *map(column, columns), 0)
        self.errors = self.errors or b't="e"' in piece or b"t='e'" in piece
        if b"<f" in piece or self._tail:
            self.errors = self.errors or _NO_RESULT.search(self._tail + piece) is not None
            self._tail = piece[-_TAIL:]
        if b"hidden=" in piece:
            self._hide(piece)

    def _hide(self, piece: bytes) -> None:
        for found in _HIDDEN.finditer(piece):
            if found[1] == b"row":
                self.hidden_rows += 1
            else:
                ends = {name: int(number) for name, number in _ACROSS.findall(found[0])}
                self.hidden_columns += max(1, min(ends.get(b"max", 1), _WIDEST) - ends.get(b"min", 1) + 1)


def _columns(piece: bytes) -> set[bytes] | None:
    """Letters of its cells, the widest among them; None where some have no plain reference, or stand far down."""
    first = set(_NEAR_CELL.findall(piece, 0, _FIRST))
    if first and max(map(len, first)) == 1 and _beyond(max(first)).search(piece) is None:
        return first
    found = _NEAR_CELL.findall(piece)
    return set(found) if len(found) == piece.count(b"<c ") else None


@cache
def _beyond(letter: bytes) -> re.Pattern[bytes]:
    """Cells that are not in the columns up to that one; to look for them is faster than to name all the others."""
    return re.compile(rb'<c (?!r="[A-%b][0-9]{1,5}")' % letter)


def column(letters: bytes) -> int:
    """The number of a column, A is 1."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def look(part: IO[bytes]) -> Extent:
    """The extent of one part, read to its end (the zip library proves its checksum there).

    Raises Refused for a document type, which no spreadsheet program writes.
    """
    extent = Extent()
    for number, piece in enumerate(_pieces(part)):
        if number == 0:
            if b"<!DOCTYPE" in piece:
                raise Refused("damaged")
            extent.odd = b":worksheet" in piece
        extent.take(piece)
    return extent


def _pieces(part: IO[bytes]) -> Iterator[bytes]:
    rest = b""
    while chunk := part.read(CHUNK):
        whole = rest + chunk
        cut = whole.rfind(b"<")
        if cut > 0:
            yield whole[:cut]
            rest = whole[cut:]
        else:
            rest = whole
        if len(rest) > LONGEST_TAG:
            raise Refused("bomb")
    yield rest


@dataclass(slots=True)
class Cells:
    """Follows the cells of a sheet one by one, also those without a reference, and keeps the errors.

    errors: (row, column) counted from 1, with what Excel shows, `=` for a formula without a result.
    most: cells after which it gives up. formats: those that show zeros which numbers have not, by style; zeros: what is
    shown.
    """

    most: int
    formats: Mapping[str, str] = field(default_factory=dict)
    zeros: dict[tuple[int, int], str] = field(default_factory=dict)
    extent: Extent = field(default_factory=Extent)
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    row: int = 0
    column: int = 0
    _kind: str = ""
    _style: str = ""
    _is_formula: bool = False
    _in_value: bool = False
    _value: str = ""

    def read(self, part: IO[bytes]) -> "Cells":
        """Go through the part. Raises Refused where it is not XML or reaches too far."""
        walk(part, self._start, self._end, self._text)
        return self

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "row":
            self.row = int(attributes["r"]) if attributes.get("r", "").isdecimal() else self.row + 1
            self.column = 0
        elif local == "c":
            self._cell(attributes)
        elif local == "f":
            self._is_formula = True
        elif local == "v":
            self._in_value = True

    def _cell(self, attributes: dict[str, str]) -> None:
        reference = _REFERENCE.fullmatch(attributes.get("r", ""))
        if reference:
            self.column, self.row = column(reference[1].upper().encode()), int(reference[2])
        else:
            self.column += 1
        self.extent.rows = max(self.extent.rows, self.row)
        self.extent.columns = max(self.extent.columns, self.column)
        if self.extent.cells > self.most:
            raise Refused("cells")
        self._kind, self._is_formula, self._value = attributes.get("t", ""), False, ""
        self._style = attributes.get("s", "0")

    def _end(self, name: str) -> None:
        self._in_value = False
        if name.rpartition(":")[2] != "c":
            return
        if self._kind == "e":
            self.errors[self.row, self.column] = self._value[:_LONGEST_ERROR]
        elif self._is_formula and self._kind not in ("str", "inlineStr") and not self._value.strip():
            self.errors[self.row, self.column] = FORMULA
        elif (
            self.formats and self._kind in ("", "n") and (seen := padded.shown(self._value, self._style, self.formats))
        ):
            self.zeros[self.row, self.column] = seen

    def _text(self, text: str) -> None:
        if self._in_value and len(self._value) < _LONGEST_ERROR:
            self._value += text
