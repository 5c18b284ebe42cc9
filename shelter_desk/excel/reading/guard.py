"""What is looked at before a workbook library sees a file: signature, zip directory, reach of the cells."""

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import product
from typing import IO

from shelter_desk.excel.reading import padded, scan_binary
from shelter_desk.excel.reading.book import SheetNotes
from shelter_desk.excel.reading.refusal import Refused
from shelter_desk.excel.reading.scan import CHUNK, Cells, look, walk
from shelter_desk.excel.reading.wire import LONGEST_TITLE

MIB = 1024 * 1024
MOST_IN_ALL = 400 * MIB
MOST_IN_ONE_PART = 300 * MIB
MOST_RATIO = 200
RATIO_COUNTS_ABOVE = 20 * MIB
MOST_PARTS = 10_000
MOST_BYTES = 200 * MIB
ZIP = b"PK\x03\x04"
OLE = bytes.fromhex("D0CF11E0A1B11AE1")
UTF_16 = (b"\xff\xfe", b"\xfe\xff")  # "Unicode text" of Excel
_PROPERTIES = "docProps/core.xml"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BOOKS = frozenset({"xl/workbook.xml", "xl/workbook.bin", "content.xml"})


def kind(content: bytes, *, text_allowed: bool) -> str:
    """`zip`, `ole` or `text`, by the first bytes and never by the name. Raises Refused."""
    if len(content) > MOST_BYTES:
        raise Refused("bomb")
    if content.startswith(ZIP):
        return "zip"
    if content.startswith(OLE):
        if _ENCRYPTED in content:
            raise Refused("password")
        return "ole"
    if text_allowed and content.strip() and (b"\0" not in content or content.startswith(UTF_16)):
        return "text"
    raise Refused("kind")


def check_directory(file: IO[bytes]) -> None:
    """Whether a zip container says of itself that it is a workbook of a bearable size. Raises Refused."""
    with _opened(file) as archive:
        _check_directory(archive)


def check(file: IO[bytes], cells: int) -> dict[str, SheetNotes]:
    """Prove a zip container whole and of a bearable size; what is to be noted of its sheets, by their names.

    Every part is unpacked once in pieces: its checksum is proven and its cells are measured on the way.
    Raises Refused.
    """
    with _opened(file) as archive:
        _check_directory(archive)
        return _check_parts(archive, cells)


@contextmanager
def _opened(file: IO[bytes]) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(file) as archive:
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise Refused("damaged") from error


def title(file: IO[bytes]) -> str:
    """The title in the properties of a workbook that `check` proved, "" where there is none that can be read."""
    said: list[str] = []
    inside = False

    def start(name: str, _attributes: dict[str, str]) -> None:
        nonlocal inside
        inside = name == "dc:title"

    def end(_name: str) -> None:
        nonlocal inside
        inside = False

    def heard(text: str) -> None:
        if inside:
            said.append(text)

    try:
        with zipfile.ZipFile(file) as archive, archive.open(_PROPERTIES) as part:
            walk(io.BytesIO(part.read(MIB)), start, end, heard)
    except (KeyError, Refused):
        return ""
    return "".join(said)[:LONGEST_TITLE]


def _check_directory(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("password")
    if not _BOOKS & {part.filename for part in parts}:
        raise Refused("kind")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_IN_ALL:
        raise Refused("bomb")
    for part in parts:
        grown = part.file_size > RATIO_COUNTS_ABOVE and part.file_size > MOST_RATIO * max(1, part.compress_size)
        if grown or part.file_size > MOST_IN_ONE_PART:
            raise Refused("bomb")


def _check_parts(archive: zipfile.ZipFile, cells: int) -> dict[str, SheetNotes]:
    is_xlsx = "xl/workbook.xml" in archive.namelist()
    noted: dict[str, SheetNotes] = {}
    formats = padded.styles(archive) if is_xlsx else {}
    if not is_xlsx and archive.testzip() is not None:
        raise Refused("damaged")
    for part in archive.infolist() if is_xlsx else ():
        if (found := _measure(archive, part, cells, formats)) != SheetNotes():
            noted[part.filename] = found
    if "content.xml" in archive.namelist():
        return _look_at_ods(archive, cells)
    if "xl/workbook.bin" in archive.namelist():
        return _look_at_xlsb(archive)
    since_1904 = is_xlsx and any(
        book.get("date1904") in ("1", "true") for book in _elements(archive, "xl/workbook.xml", "workbookPr")
    )
    names = _sheet_names(archive) if noted or since_1904 else {}
    by_name = {names[part]: one for part, one in noted.items() if part in names}
    return _from_1904(by_name, names.values()) if since_1904 else by_name


def _from_1904(found: dict[str, SheetNotes], names: Iterable[str]) -> dict[str, SheetNotes]:
    """The same, with the day that all its sheets count from."""
    return {name: replace(found.get(name, SheetNotes()), since_1904=True) for name in {*found, *names}}


def _look_at_ods(archive: zipfile.ZipFile, cells: int) -> dict[str, SheetNotes]:
    if "META-INF/manifest.xml" in archive.namelist():
        with archive.open("META-INF/manifest.xml") as opened:
            if b"encryption-data" in opened.read(CHUNK):
                raise Refused("password")
    with archive.open("content.xml") as opened:
        before, is_odd = b"", False
        while not is_odd and (chunk := opened.read(CHUNK)):
            is_odd = any(sign in before + chunk for sign in _NOTED_IN_ODS)
            before = chunk[-64:]
    if not is_odd:
        return {}
    with archive.open("content.xml") as opened:
        return _OdsTables(cells).read(opened)


def _look_at_xlsb(archive: zipfile.ZipFile) -> dict[str, SheetNotes]:
    names = scan_binary.names_of_xlsb(archive.read("xl/workbook.bin"))
    found = {}
    for relation, target in _targets(archive, "xl/_rels/workbook.bin.rels").items():
        if relation in names and target in archive.namelist():
            found[names[relation]] = scan_binary.sheet_of_xlsb(archive.read(target))
    since_1904 = scan_binary.is_xlsb_since_1904(archive.read("xl/workbook.bin"))
    return _from_1904(found, names.values()) if since_1904 else found


def _measure(archive: zipfile.ZipFile, part: zipfile.ZipInfo, cells: int, formats: Mapping[str, str]) -> SheetNotes:
    with archive.open(part) as opened:
        extent = look(opened)
    if extent.cells > cells:
        raise Refused("cells")
    found = Cells(cells, formats)
    if extent.errors or extent.odd or (formats and extent.cells):
        with archive.open(part) as opened:
            found.read(opened)
    return SheetNotes(found.errors, extent.hidden_rows, extent.hidden_columns, zeros=found.zeros)


def _sheet_names(archive: zipfile.ZipFile) -> dict[str, str]:
    """The sheet that lies in each part, by the relations of the workbook."""
    targets = _targets(archive, "xl/_rels/workbook.xml.rels")
    names: dict[str, str] = {}
    for sheet in _elements(archive, "xl/workbook.xml", "sheet"):
        relation = next((value for key, value in sheet.items() if key.endswith(":id")), "")
        names[targets.get(relation, "")] = sheet.get("name", "")
    return names


def _targets(archive: zipfile.ZipFile, relations: str) -> dict[str, str]:
    """The part that each relation leads to."""
    found: dict[str, str] = {}
    for row in _elements(archive, relations, "Relationship"):
        target = row.get("Target", "")
        found[row.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target.removeprefix('./')}"
    return found


def _elements(archive: zipfile.ZipFile, part: str, wanted: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == wanted:
            found.append(attributes)

    try:
        with archive.open(part) as opened:
            walk(opened, start)
    except KeyError as error:
        raise Refused("damaged") from error
    return found


_NOTED_IN_ODS = (b'value-type="error"', b'visibility="collapse"', b'visibility="filter"', b"null-date")
_HIDDEN = frozenset({"collapse", "filter"})
_LONGEST_ERROR = 20
_MOST_HIDDEN = 1_048_576


@dataclass(slots=True)
class _OdsTables:
    """Follows the cells of all tables of an .ods: error cells, which the reader gives as empty, what is hidden.

    most: error cells after which it gives up.
    """

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
                self.most -= self._rows * self._columns
                if self.most < 0:
                    raise Refused("cells")
                rows = range(self._row + 1, self._row + self._rows + 1)
                columns = range(self._column + 1, self._column + self._columns + 1)
                self._noted.errors |= dict.fromkeys(product(rows, columns), self._text[:_LONGEST_ERROR])
            self._column, self._error = self._column + self._columns, False

    def _say(self, text: str) -> None:
        if self._error and len(self._text) < _LONGEST_ERROR:
            self._text += text


def _times(attributes: dict[str, str], name: str) -> int:
    said = attributes.get(name, "1")
    return min(int(said), _MOST_HIDDEN) if said.isascii() and said.isdecimal() and len(said) < 10 else 1
