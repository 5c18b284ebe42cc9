"""Looks through the records of .xlsb and .xls: error cells, which the reader gives as empty, and hidden rows.

What does not hold together is passed over: whether such a file can be read is for the reader to say.
"""

import struct
from collections.abc import Iterator
from dataclasses import replace

from shelter_desk.excel.reading.book import SheetNotes

_TEXTS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_OTHER = "#N/A"


# .xlsb ----------------------------------------------------------------------------------------------------------------

_ROW, _ERROR, _FORMULA_ERROR, _SHEET, _PROPERTIES = 0, 3, 11, 156, 153


def is_xlsb_since_1904(part: bytes) -> bool:
    """Whether the workbook of an .xlsb counts days from 1904."""
    return any(kind == _PROPERTIES and size and part[start] & 1 for kind, start, size in _records_of_xlsb(part))


def sheet_of_xlsb(part: bytes) -> SheetNotes:
    """One sheet of an .xlsb."""
    noted = SheetNotes()
    row = 0
    for kind, start, size in _records_of_xlsb(part):
        if kind == _ROW and size >= 12:
            row = int.from_bytes(part[start : start + 4], "little")
            noted.hidden_rows += part[start + 11] >> 4 & 1
        elif kind in (_ERROR, _FORMULA_ERROR) and size >= 9:
            column = int.from_bytes(part[start : start + 4], "little")
            noted.errors[row + 1, column + 1] = _TEXTS.get(part[start + 8], _OTHER)
    return noted


def names_of_xlsb(part: bytes) -> dict[str, str]:
    """The names of the sheets by the relation that leads to them."""
    found = {}
    for kind, start, size in _records_of_xlsb(part):
        if kind == _SHEET:
            relation, after = _wide(part, start + 8)
            name, _ = _wide(part, after) if after < start + size else ("", 0)
            found[relation] = name
    return found


def _wide(part: bytes, at: int) -> tuple[str, int]:
    end = at + 4 + 2 * int.from_bytes(part[at : at + 4], "little")
    return part[at + 4 : end].decode("utf-16-le", errors="replace"), end


def _records_of_xlsb(part: bytes) -> Iterator[tuple[int, int, int]]:
    """Kind, where it starts, how long it is."""
    at, end = 0, len(part)
    while at + 2 <= end:
        kind = part[at]
        at += 1
        if kind > 127:
            kind += (part[at] - 1) << 7
            at += 1
        size, shift = 0, 0
        while at < end and shift < 28:
            byte = part[at]
            at += 1
            size |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                break
        yield kind, at, min(size, end - at)
        at += size


# .xls -----------------------------------------------------------------------------------------------------------------

_BOF, _EOF, _BOUND, _BOOL_OR_ERROR, _FORMULA, _ROW_OF_XLS, _COLUMNS = 0x809, 0x0A, 0x85, 0x205, 0x06, 0x208, 0x7D
_FROM_1904 = 0x22
_END_OF_CHAIN = 0xFFFFFFFA  # this and above: no sector


def sheets_of_xls(content: bytes) -> dict[str, SheetNotes]:
    """What is to be noted of each sheet, by its name; nothing where the container does not hold together."""
    try:
        stream = _workbook(content)
        records = list(_records_of_xls(stream, 0))
        bounds = [(kind, body) for kind, body in records if kind == _BOUND and len(body) > 8]
        sheets = {_name(body): _sheet_of_xls(stream, int.from_bytes(body[:4], "little")) for _, body in bounds}
        if any(kind == _FROM_1904 and body[:1] == b"\1" for kind, body in records):
            sheets = {name: replace(noted, since_1904=True) for name, noted in sheets.items()}
    except (struct.error, IndexError, ValueError, MemoryError):
        return {}
    return {name: noted for name, noted in sheets.items() if noted != SheetNotes()}


def _name(body: bytes) -> str:
    """Of a sheet; a byte tells since 1997 whether its signs take one byte or two."""
    length, wide = body[6], body[7] & 1
    return body[8 : 8 + 2 * length].decode("utf-16-le", "replace") if wide else body[8 : 8 + length].decode("latin-1")


def _sheet_of_xls(stream: bytes, start: int) -> SheetNotes:
    noted = SheetNotes()
    for kind, body in _records_of_xls(stream, start):
        if kind == _BOOL_OR_ERROR and len(body) >= 8 and body[7]:
            _mark(noted, body, body[6])
        elif kind == _FORMULA and len(body) >= 14 and body[12:14] == b"\xff\xff" and body[6] == 2:
            _mark(noted, body, body[8])
        elif kind == _ROW_OF_XLS and len(body) >= 14:
            noted.hidden_rows += body[12] >> 5 & 1
        elif kind == _COLUMNS and len(body) >= 10 and body[8] & 1:
            first, last = struct.unpack_from("<HH", body)
            noted.hidden_columns += max(0, min(last, 255) - first + 1)
    return noted


def _mark(noted: SheetNotes, body: bytes, code: int) -> None:
    row, column = struct.unpack_from("<HH", body)
    noted.errors[row + 1, column + 1] = _TEXTS.get(code, _OTHER)


def _records_of_xls(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Those of one sheet, or of the workbook, without what is drawn inside."""
    depth = 0
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        depth += (kind == _BOF) - (kind == _EOF)
        if depth == 1:
            yield kind, stream[at + 4 : at + 4 + size]
        if depth <= 0:
            return
        at += 4 + size


def _workbook(content: bytes) -> bytes:
    """The stream of the workbook inside its container. Raises ValueError, struct.error."""
    sector = 1 << struct.unpack_from("<H", content, 30)[0] % 16
    directory, least, mini_start = (struct.unpack_from("<I", content, at)[0] for at in (48, 56, 60))
    allocated = _table(content, sector)
    entries = _chain(content, allocated, directory, sector, offset=sector)
    found = [entries[at : at + 128] for at in range(0, len(entries) - 127, 128)]
    root = next(entry for entry in found if entry[66] == 5)
    book = next(entry for entry in found if _called(entry) in ("Workbook", "Book"))
    start, size = struct.unpack_from("<I", book, 116)[0], struct.unpack_from("<I", book, 120)[0]
    if size >= least:
        return _chain(content, allocated, start, sector, offset=sector)[:size]
    small = _chain(content, allocated, struct.unpack_from("<I", root, 116)[0], sector, offset=sector)
    packed = _chain(content, allocated, mini_start, sector, offset=sector)
    return _chain(small, struct.unpack(f"<{len(packed) // 4}I", packed), start, 64, offset=0)[:size]


def _called(entry: bytes) -> str:
    return entry[: max(0, struct.unpack_from("<H", entry, 64)[0] - 2)].decode("utf-16-le", "replace")


def _table(content: bytes, sector: int) -> tuple[int, ...]:
    """Which sector follows on which."""
    places = list(struct.unpack_from("<109I", content, 76))
    following, left = struct.unpack_from("<II", content, 68)
    while following < _END_OF_CHAIN and 0 < left <= len(content) // sector:
        more = struct.unpack_from(f"<{sector // 4}I", content, sector + following * sector)
        places += more[:-1]
        following, left = more[-1], left - 1
    parts = [content[(place + 1) * sector : (place + 2) * sector] for place in places if place < _END_OF_CHAIN]
    whole = b"".join(part for part in parts if len(part) == sector)
    return struct.unpack(f"<{len(whole) // 4}I", whole)


def _chain(content: bytes, table: tuple[int, ...], start: int, sector: int, *, offset: int) -> bytes:
    """Raises ValueError for a chain that runs in a circle."""
    parts: list[bytes] = []
    while start < _END_OF_CHAIN:
        if len(parts) > len(table):
            raise ValueError("a chain without an end")
        parts.append(content[offset + start * sector : offset + (start + 1) * sector])
        start = table[start]
    return b"".join(parts)
