"""The cells of one sheet with the place of their bytes in its part, so that one can be changed and the rest stays."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.parsers import expat

from shelter_desk.excel.donors.ooxml import Attributes, Place, Range, local, parse, place_of, range_of
from shelter_desk.excel.reading.refusal import Refused

MOST_CELLS = 400_000
_TAG = re.compile(rb"""<(?:[^"'>]|"[^"]*"|'[^']*')*>""")
_SPANNING = frozenset({"array", "dataTable"})


@dataclass(slots=True)
class CellBytes:
    """A cell that stands in the sheet. start, end: its bytes; value: the bytes of its stored value, (0, 0) without one.

    text: what is stored in it; of a formula its last result. formula: its text, None where it is none, "" where it is
    that of another cell with the same `shared`, moved.
    """

    place: Place
    start: int
    end: int = 0
    style: str = ""
    kind: str = "n"
    text: str = ""
    formula: str | None = None
    shared: str = ""
    value: tuple[int, int] = (0, 0)


@dataclass(slots=True)
class RowBytes:
    """A row that stands in the sheet. inside: where its first cell begins or would; until: where its end tag begins.

    is_closed: written as one tag, `<row r="4"/>`. style: "" where cells of it do not take one.
    """

    number: int
    start: int
    inside: int
    until: int = 0
    end: int = 0
    style: str = ""
    is_closed: bool = False
    cells: list[CellBytes] = field(default_factory=list)


@dataclass(slots=True)
class SheetBytes:
    """One sheet. prefix: of its tags, with the colon; columns: first, last and style of those that have one.

    data: where the rows stand, between the tags; is_closed: there are none, `<sheetData/>`, whose bytes data then is.
    spanned: the ranges that one formula fills.
    """

    content: bytes
    prefix: str = ""
    rows: list[RowBytes] = field(default_factory=list)
    columns: list[tuple[int, int, str]] = field(default_factory=list)
    merged: list[Range] = field(default_factory=list)
    spanned: list[Range] = field(default_factory=list)
    data: tuple[int, int] = (0, 0)
    is_closed: bool = False

    @property
    def formulas(self) -> list[CellBytes]:
        """The cells that hold one."""
        return [cell for row in self.rows for cell in row.cells if cell.formula is not None]

    def style_of(self, row: RowBytes | None, column: int) -> str:
        """The style that an empty cell there has: that of its row, else that of its column."""
        if row is not None and row.style:
            return row.style
        return next((style for first, last, style in self.columns if first <= column <= last), "")


def read(content: bytes, strings: Sequence[str]) -> SheetBytes:
    """Every cell of a sheet. strings: the shared texts. Raises Refused (`damaged`, `cells`)."""
    return _Reader(content, strings).read()


def tag_end(content: bytes, start: int) -> int:
    """Where the tag that begins there ends; `>` inside quotes is none. Raises Refused."""
    found = _TAG.match(content, start)
    if found is None:
        raise Refused("damaged")
    return found.end()


def element_end(content: bytes, start: int, told_at: int) -> int:
    """Where an element ends. told_at: where its end tag stands, which one written as a single tag does not have."""
    until = tag_end(content, start)
    return until if content[until - 2 : until] == b"/>" else tag_end(content, told_at)


class _Reader:
    """Follows the tags of a sheet."""

    def __init__(self, content: bytes, strings: Sequence[str]) -> None:
        if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise Refused("damaged")  # UTF-16, which no program writes: places of bytes would not be those of signs
        self._strings, self._sheet = strings, SheetBytes(content)
        self._row: RowBytes | None = None
        self._cell: CellBytes | None = None
        self._count, self._column, self._value_at = 0, 0, 0
        self._take: list[str] | None = None
        self._sounding = False
        self._parser = expat.ParserCreate()

    def read(self) -> SheetBytes:
        parse(self._sheet.content, self._begin, self._end, self._text, self._parser)
        return self._sheet

    def _begin(self, tag: str, values: Attributes) -> None:
        name, at = local(tag), self._parser.CurrentByteIndex
        if name == "c" and self._row is not None:
            self._begin_cell(values, at)
        elif name == "row":
            self._begin_row(values, at)
        elif name in ("v", "t", "f") and self._cell is not None:
            self._begin_text(name, values, at)
        elif name == "rPh":
            self._sounding = True
        elif name == "worksheet":
            self._sheet.prefix = tag[: -len(name)]
        elif name == "sheetData":
            inside = tag_end(self._sheet.content, at)
            self._sheet.is_closed = self._sheet.content[inside - 2 : inside] == b"/>"
            self._sheet.data = (at if self._sheet.is_closed else inside, inside)
        elif name == "col" and values.get("style", "0") != "0":
            self._sheet.columns.append((int(values["min"]), int(values["max"]), values["style"]))
        elif name == "mergeCell" and (area := range_of(values.get("ref", ""))) is not None:
            self._sheet.merged.append(area)

    def _begin_row(self, values: Attributes, at: int) -> None:
        before = self._sheet.rows[-1].number if self._sheet.rows else 0
        number = int(values.get("r") or before + 1)
        inside = tag_end(self._sheet.content, at)
        styled = values.get("customFormat") in ("1", "true")
        closed = self._sheet.content[inside - 2 : inside] == b"/>"
        self._row = RowBytes(number, at, inside, style=values.get("s", "") if styled else "", is_closed=closed)
        self._sheet.rows.append(self._row)
        self._column = 0

    def _begin_cell(self, values: Attributes, at: int) -> None:
        self._count += 1
        if self._count > MOST_CELLS:
            raise Refused("cells")
        row = self._row
        place = place_of(values.get("r", ""))
        if row is None or (place is not None and place[0] != row.number):
            raise Refused("damaged")
        self._column = place[1] if place is not None else self._column + 1
        self._cell = CellBytes((row.number, self._column), at, style=values.get("s", ""), kind=values.get("t", "n"))
        row.cells.append(self._cell)

    def _begin_text(self, name: str, values: Attributes, at: int) -> None:
        cell = self._cell
        if cell is None:
            return
        if name == "f":
            cell.formula = ""
            cell.shared = values.get("si", "") if values.get("t") == "shared" else ""
            area = range_of(values.get("ref", ""))
            if values.get("t") in _SPANNING and area is not None:
                self._sheet.spanned.append(area)
        if name == "v":
            self._value_at = at
        self._take = None if self._sounding else []

    def _text(self, piece: str) -> None:
        if self._take is not None:
            self._take.append(piece)

    def _end(self, tag: str) -> None:
        name = local(tag)
        if name in ("v", "t", "f") and self._cell is not None:
            self._end_text(name, self._cell)
        elif name == "c" and self._cell is not None:
            self._cell.end = self._after(self._cell.start)
            self._cell = None
        elif name == "row" and self._row is not None:
            self._row.end = self._after(self._row.start)
            self._row.until = self._row.inside if self._row.is_closed else self._parser.CurrentByteIndex
            self._row = None
        elif name == "sheetData" and not self._sheet.is_closed:
            self._sheet.data = (self._sheet.data[0], self._parser.CurrentByteIndex)
        elif name == "rPh":
            self._sounding = False

    def _end_text(self, name: str, cell: CellBytes) -> None:
        said = "".join(self._take or ())
        self._take = None
        if name == "f":
            cell.formula = said
        elif name == "v":
            cell.value = (self._value_at, self._after(self._value_at))
            cell.text = self._shared(said) if cell.kind == "s" else said
        else:
            cell.text += said

    def _shared(self, said: str) -> str:
        place = int(said) if said.strip().isdecimal() else -1
        if not 0 <= place < len(self._strings):
            raise Refused("damaged")
        return self._strings[place]

    def _after(self, start: int) -> int:
        """Where the element that began there ends, now that its end is told."""
        return element_end(self._sheet.content, start, self._parser.CurrentByteIndex)
