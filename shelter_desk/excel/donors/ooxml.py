"""The parts of an .xlsx or .xlsm as they lie in its zip: which sheet is where, its cells and where their bytes stand.

Nothing here is rebuilt: whoever changes a cell cuts it out of the bytes and leaves the rest as it was.
"""

import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from xml.parsers import expat

from shelter_desk.excel.reading.book import letters
from shelter_desk.excel.reading.refusal import Refused

WORKBOOK = "xl/workbook.xml"
_ALPHABET = 26
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_PERCENT_IDS = frozenset({"9", "10"})
Place = tuple[int, int]  # row and column, counted from 1
Range = tuple[int, int, int, int]  # first row, first column, last row, last column
Attributes = dict[str, str]


def local(name: str) -> str:
    """An element or attribute without its prefix."""
    return name.rpartition(":")[2]


def place_of(reference: str) -> Place | None:
    """`B4` or `$B$4` as row and column, None for anything else."""
    found = _REFERENCE.fullmatch(reference.strip())
    if found is None:
        return None
    column = 0
    for letter in found.group(1).upper():
        column = column * _ALPHABET + ord(letter) - ord("A") + 1
    return int(found.group(2)), column


def reference_of(place: Place) -> str:
    """Row and column as `B4`."""
    row, column = place
    return f"{letters(column - 1)}{row}"


def range_of(text: str) -> Range | None:
    """`A1:B4`, or one cell, as its corners."""
    first, _, last = text.partition(":")
    one, other = place_of(first), place_of(last or first)
    if one is None or other is None:
        return None
    rows, columns = sorted((one[0], other[0])), sorted((one[1], other[1]))
    return rows[0], columns[0], rows[1], columns[1]


def holds(area: Range, place: Place) -> bool:
    """Whether that cell lies in that range."""
    return area[0] <= place[0] <= area[2] and area[1] <= place[1] <= area[3]


def parse(
    content: bytes,
    begin: Callable[[str, Attributes], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
    parser: Any = None,
) -> None:
    """Read a part. Raises Refused.

    parser: a new one of expat, for handlers that ask it where they are. A document type is refused: no workbook has
    one, and entities come with it.
    """

    def refuse(*_: object) -> None:
        raise Refused("damaged")

    parser = parser or expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = text, refuse
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, LookupError, ValueError) as error:  # an encoding or a number that is none
        raise Refused("damaged") from error


def elements(content: bytes, tag: str) -> list[Attributes]:
    """The attributes of each element of that name in a part. Raises Refused."""
    found: list[Attributes] = []
    parse(content, lambda name, values: found.append(values) if local(name) == tag else None)
    return found


@dataclass(frozen=True, slots=True)
class DefinedName:
    """A name of the workbook and what it stands for."""

    name: str
    text: str
    hidden: bool = False


@dataclass
class Package:
    """An open workbook. changed: parts that are other, or new, than in the archive."""

    archive: zipfile.ZipFile
    sheets: dict[str, str] = field(default_factory=dict)  # part by name of sheet
    names: list[DefinedName] = field(default_factory=list)
    changed: dict[str, bytes] = field(default_factory=dict)

    @cached_property
    def strings(self) -> list[str]:
        """The shared texts, without what only tells how they sound."""
        part = self._target("/sharedStrings")
        return _shared_strings(self.read(part)) if part else []

    @cached_property
    def percents(self) -> frozenset[str]:
        """The styles whose numbers are shown times a hundred with a percent sign."""
        part = self._target("/styles")
        return _percent_styles(self.read(part)) if part else frozenset()

    def read(self, part: str) -> bytes:
        """The bytes of a part. Raises Refused where it is not there."""
        try:
            return self.changed[part] if part in self.changed else self.archive.read(part)
        except KeyError as error:
            raise Refused("damaged") from error

    def has(self, part: str) -> bool:
        """Whether that part is there."""
        return part in self.changed or part in self.archive.namelist()

    def relations(self, part: str) -> Iterator[tuple[str, str, str]]:
        """Id, kind and target of each relation of a part; targets outside the file are left out."""
        folder, _, name = part.rpartition("/")
        listed = f"{folder}/_rels/{name}.rels"
        if not self.has(listed):
            return
        for one in elements(self.read(listed), "Relationship"):
            if one.get("TargetMode") != "External":
                target = one.get("Target", "")
                whole = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
                yield one.get("Id", ""), one.get("Type", ""), posixpath.normpath(whole)

    def _target(self, kind: str) -> str:
        return next((target for _, of, target in self.relations(WORKBOOK) if of.endswith(kind)), "")

    def kept_apart(self, part: str) -> list[tuple[Range, str]]:
        """What a figure may not be written into: heads and totals of tables, pivot tables."""
        found = []
        for _, kind, target in self.relations(part):
            if kind.endswith("/table"):
                found += [(area, "table") for area in _heads_of_table(self.read(target))]
            elif kind.endswith("/pivotTable"):
                areas = (range_of(one.get("ref", "")) for one in elements(self.read(target), "location"))
                found += [(area, "pivot") for area in areas if area is not None]
        return found


def opened(archive: zipfile.ZipFile) -> Package:
    """The sheets and names of a workbook. Raises Refused for what is no .xlsx or .xlsm."""
    if WORKBOOK not in archive.namelist():
        raise Refused("kind")
    package = Package(archive)
    sheets = {key: target for key, kind, target in package.relations(WORKBOOK) if kind.endswith("/worksheet")}
    listed: list[Attributes] = []
    named: list[tuple[Attributes, list[str]]] = []
    inside = False

    def begin(tag: str, values: Attributes) -> None:
        nonlocal inside
        if local(tag) == "sheet":
            listed.append(values)
        inside = local(tag) == "definedName"
        if inside:
            named.append((values, []))

    def end(_tag: str) -> None:
        nonlocal inside
        inside = False

    def text(piece: str) -> None:
        if inside:
            named[-1][1].append(piece)

    parse(package.read(WORKBOOK), begin, end, text)
    for sheet in listed:
        relation = next((value for key, value in sheet.items() if local(key) == "id"), "")
        if relation in sheets:
            package.sheets[sheet.get("name", "")] = sheets[relation]
    package.names = [
        DefinedName(values.get("name", ""), "".join(pieces).strip(), values.get("hidden") in ("1", "true"))
        for values, pieces in named
    ]
    return package


def _shared_strings(content: bytes) -> list[str]:
    found: list[list[str]] = []
    inside, sounding = False, False

    def begin(tag: str, _: Attributes) -> None:
        nonlocal inside, sounding
        name = local(tag)
        if name == "si":
            found.append([])
        sounding = sounding or name == "rPh"
        inside = name == "t" and not sounding

    def end(tag: str) -> None:
        nonlocal inside, sounding
        inside = False
        if local(tag) == "rPh":
            sounding = False

    def text(piece: str) -> None:
        if inside and found:
            found[-1].append(piece)

    parse(content, begin, end, text)
    return ["".join(pieces) for pieces in found]


def _percent_styles(content: bytes) -> frozenset[str]:
    formats: set[str] = set(_PERCENT_IDS)
    found: list[str] = []
    place, inside = 0, False

    def begin(tag: str, values: Attributes) -> None:
        nonlocal place, inside
        name = local(tag)
        if name == "numFmt" and "%" in values.get("formatCode", ""):
            formats.add(values.get("numFmtId", ""))
        elif name == "cellXfs":
            inside = True
        elif name == "xf" and inside:
            if values.get("numFmtId") in formats:
                found.append(str(place))
            place += 1

    def end(tag: str) -> None:
        nonlocal inside
        if local(tag) == "cellXfs":
            inside = False

    parse(content, begin, end)
    return frozenset(found)


def _heads_of_table(content: bytes) -> list[Range]:
    found: list[Range] = []
    for table in elements(content, "table"):
        area = range_of(table.get("ref", ""))
        if area is not None and table.get("headerRowCount", "1") != "0":
            found.append((area[0], area[1], area[0], area[3]))
        if area is not None and table.get("totalsRowCount", "0") != "0":
            found.append((area[2], area[1], area[2], area[3]))
    return found
