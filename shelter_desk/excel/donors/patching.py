"""Writes figures into single cells of a workbook: the other bytes of the sheet, and every other part, stay as they are.

Formulas that depend on what was written lose their stored result, so that every program computes them anew.
"""

import io
import json
import re
import zipfile
from collections.abc import Iterable, Mapping
from xml.parsers import expat
from xml.sax.saxutils import escape

from shelter_desk.excel.donors import cell_comments
from shelter_desk.excel.donors.ooxml import (
    WORKBOOK,
    Attributes,
    Package,
    Place,
    local,
    opened,
    parse,
    place_of,
    reference_of,
)
from shelter_desk.excel.donors.sheet_cells import CellBytes, RowBytes, SheetBytes, element_end, read, tag_end
from shelter_desk.excel.reading import guard
from shelter_desk.excel.reading.cells import CONTROL, LONGEST_TEXT
from shelter_desk.excel.reading.refusal import Refused

MODE = "fill"
CELLS = 3_000_000
Value = int | float | str | None
Cut = tuple[int, int, bytes]  # where the bytes stand that go, and what comes in their place
_SPANS = re.compile(rb"""\s+spans\s*=\s*("[^"]*"|'[^']*')""")
_FULL = re.compile(rb"""\s+fullCalcOnLoad\s*=\s*("[^"]*"|'[^']*')""")
_BEFORE_CALCULATION = ("definedNames", "externalReferences", "functionGroups", "sheets")
_INDIRECT = ("INDIRECT(", "OFFSET(")


def fill(content: bytes) -> bytes:
    """The filled copy; content: a line of orders (sheet, cell, value, comment), then the workbook. Raises Refused."""
    first, _, workbook = content.partition(b"\n")
    orders: dict[str, dict[Place, Value]] = {}
    notes: dict[str, dict[Place, str]] = {}
    for sheet, reference, value, note in json.loads(first):
        place = place_of(reference)
        if place is None:
            raise Refused("damaged")
        orders.setdefault(sheet, {})[place] = value
        if note:
            notes.setdefault(sheet, {})[place] = note
    file = io.BytesIO(workbook)
    if guard.kind(workbook, text_allowed=False) != "zip":
        raise Refused("kind")
    guard.check(file, CELLS)
    file.seek(0)
    with zipfile.ZipFile(file) as archive:
        package = opened(archive)
        # with the parts that comments change
        changed = _changed(package, orders)
        for name, wanted in notes.items():
            part = package.sheets[name]
            known = Package(package.archive, changed=changed)
            changed |= cell_comments.note(known, part, changed.get(part) or package.read(part), wanted)
        return _copied(archive, changed)


def _changed(package: Package, orders: Mapping[str, Mapping[Place, Value]]) -> dict[str, bytes]:
    """The parts that are other than before."""
    if not orders.keys() <= package.sheets.keys():
        raise Refused("damaged")
    sheets = {name: read(package.read(part), package.strings) for name, part in package.sheets.items()}
    stale = _stale(package, sheets, set(orders))
    changed: dict[str, bytes] = {}
    for name in stale:
        cuts = _cuts(sheets[name], orders.get(name, {}))
        if cuts:
            changed[package.sheets[name]] = _patched(sheets[name].content, cuts)
    if any(sheet.formulas for sheet in sheets.values()):
        changed[WORKBOOK] = _computed_on_opening(package.read(WORKBOOK))
    return changed


def _stale(package: Package, sheets: Mapping[str, SheetBytes], written: set[str]) -> set[str]:
    """The sheets written, and those with a formula that looks into one of them, directly or through others."""
    found = set(written)
    texts = {name: " ".join(cell.formula or "" for cell in sheet.formulas).upper() for name, sheet in sheets.items()}
    names = {one.name.upper(): one.text.upper() for one in package.names}
    while True:
        signs = [sign for name in found for sign in _looked_into(name.upper())]
        signs += [name for name, text in names.items() if any(sign in text for sign in signs)]
        signs += ["[", *_INDIRECT]  # of a table, or of a cell that another cell names
        more = {name for name, text in texts.items() if name not in found and any(sign in text for sign in signs)}
        if not more:
            return found
        found |= more


def _looked_into(name: str) -> tuple[str, str]:
    """How a formula says that sheet: `NAME!`, or `'A NAME'!` with its apostrophes doubled."""
    return f"{name}!", "'" + name.replace("'", "''") + "'!"


def _cuts(sheet: SheetBytes, values: Mapping[Place, Value]) -> list[Cut]:
    cuts = [(cell.value[0], cell.value[1], b"") for cell in sheet.formulas if cell.value[1]]
    by_row = {row.number: row for row in sheet.rows}
    missing: dict[int, dict[int, Value]] = {}
    for (number, column), value in sorted(values.items(), key=lambda one: one[0]):
        row = by_row.get(number)
        cell = next((one for one in row.cells if one.place[1] == column), None) if row is not None else None
        if cell is not None and cell.formula is not None:
            raise Refused("damaged")  # the review refuses these, and nothing of a formula is ever overwritten
        if cell is not None:
            cuts.append((cell.start, cell.end, _cell(sheet, cell.place, cell.style, value)))
        elif row is not None and not row.is_closed:
            cuts.append(_into(sheet, row, column, value))
        else:
            missing.setdefault(number, {})[column] = value
    _widen(sheet, by_row, values, cuts)
    return cuts + _rows(sheet, by_row, missing)


def _widen(sheet: SheetBytes, by_row: Mapping[int, RowBytes], values: Iterable[Place], cuts: list[Cut]) -> None:
    """Rows into which a cell came say no more from which column to which they reach; it is only a hint."""
    for number in {row for row, _ in values}:
        row = by_row.get(number)
        if row is None or row.is_closed:
            continue
        tag = sheet.content[row.start : row.inside]
        if (found := _SPANS.search(tag)) is not None:
            cuts.append((row.start + found.start(), row.start + found.end(), b""))


def _into(sheet: SheetBytes, row: RowBytes, column: int, value: Value) -> Cut:
    """A cell that was not there, before the first one to the right of it."""
    after: CellBytes | None = next((one for one in row.cells if one.place[1] > column), None)
    at = after.start if after is not None else row.until
    return at, at, _cell(sheet, (row.number, column), sheet.style_of(row, column), value)


def _rows(sheet: SheetBytes, by_row: Mapping[int, RowBytes], missing: Mapping[int, Mapping[int, Value]]) -> list[Cut]:
    """Rows that were not there, or held no cell."""
    cuts: list[Cut] = []
    loose: dict[int, list[bytes]] = {}
    for number in sorted(missing):
        row = by_row.get(number)
        made = b"".join(
            _cell(sheet, (number, column), sheet.style_of(row, column), value)
            for column, value in sorted(missing[number].items())
        )
        end = f"</{sheet.prefix}row>".encode()
        if row is not None:
            tag = _SPANS.sub(b"", sheet.content[row.start : row.inside])
            cuts.append((row.start, row.end, tag.rstrip(b">").rstrip().removesuffix(b"/").rstrip() + b">" + made + end))
            continue
        whole = f'<{sheet.prefix}row r="{number}">'.encode() + made + end
        after = next((one for one in sheet.rows if one.number > number), None)
        loose.setdefault(sheet.data[1] if after is None else after.start, []).append(whole)
    if sheet.is_closed and loose:
        whole = b"".join(piece for pieces in loose.values() for piece in pieces)
        name = f"{sheet.prefix}sheetData".encode()
        return [*cuts, (*sheet.data, b"<" + name + b">" + whole + b"</" + name + b">")]
    return [*cuts, *((at, at, b"".join(pieces)) for at, pieces in loose.items())]


def _cell(sheet: SheetBytes, place: Place, style: str, value: Value) -> bytes:
    """The cell as it is written, in the style that it had."""
    p, styled = sheet.prefix, f' s="{style}"' if style else ""
    head = f'<{p}c r="{reference_of(place)}"{styled}'
    if value is None:
        return f"{head}/>".encode()
    if isinstance(value, str):
        told = escape(CONTROL.sub("\ufffd", value)[:LONGEST_TEXT])
        text = f'{head} t="inlineStr"><{p}is><{p}t xml:space="preserve">{told}</{p}t></{p}is></{p}c>'
    else:
        text = f"{head}><{p}v>{value!r}</{p}v></{p}c>"
    return text.encode()


def _patched(content: bytes, cuts: Iterable[Cut]) -> bytes:
    made, last = [], 0
    for start, end, new in sorted(cuts, key=lambda cut: (cut[0], cut[1])):
        made += [content[last:start], new]
        last = end
    return b"".join([*made, content[last:]])


def _computed_on_opening(content: bytes) -> bytes:
    """The workbook part saying that everything is computed when it is opened."""
    starts: dict[str, int] = {}
    ends: dict[str, int] = {}
    prefix, depth = "", 0

    def begin(tag: str, _: Attributes) -> None:
        nonlocal prefix, depth
        depth += 1
        if depth == 1:
            prefix = tag[: -len(local(tag))]
        elif depth == 2:
            starts[local(tag)] = parser.CurrentByteIndex

    def end(tag: str) -> None:
        nonlocal depth
        if depth == 2:
            ends[local(tag)] = element_end(content, starts[local(tag)], parser.CurrentByteIndex)
        depth -= 1

    parser = expat.ParserCreate()
    parse(content, begin, end, parser=parser)
    if "calcPr" in starts:
        at, until = starts["calcPr"], tag_end(content, starts["calcPr"])
        tag = _FULL.sub(b"", content[at:until])
        cut = len(tag) - (2 if tag.endswith(b"/>") else 1)
        return content[:at] + tag[:cut].rstrip() + b' fullCalcOnLoad="1"' + tag[cut:] + content[until:]
    at = next(ends[name] for name in _BEFORE_CALCULATION if name in ends)
    return content[:at] + f'<{prefix}calcPr fullCalcOnLoad="1"/>'.encode() + content[at:]


def _copied(archive: zipfile.ZipFile, changed: Mapping[str, bytes]) -> bytes:
    """The same zip, part by part in its order, with what changed in its place."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as copy:
        for part in archive.infolist():
            told = zipfile.ZipInfo(part.filename, part.date_time)
            told.compress_type, told.external_attr, told.comment = part.compress_type, part.external_attr, part.comment
            told.create_system, told.internal_attr = part.create_system, part.internal_attr
            content = changed.get(part.filename)
            copy.writestr(told, archive.read(part) if content is None else content)
        for name in sorted(changed.keys() - set(archive.namelist())):
            made = zipfile.ZipInfo(name)
            made.compress_type = zipfile.ZIP_DEFLATED
            copy.writestr(made, changed[name])
    return out.getvalue()
