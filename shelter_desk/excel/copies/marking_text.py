"""Writes the reasons of refusals at the end of the lines of a CSV file, in its own encoding and with its separator."""

import codecs
import csv
import io
from collections.abc import Mapping
from typing import Any

from shelter_desk.excel.reading import delimited
from shelter_desk.excel.reading.refusal import Refused

_FORMULA = ("=", "+", "-", "@")
# what French is printed with and old code pages lack, as it is typed
_TYPED = str.maketrans(
    {"\u202f": "\u00a0", "’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "œ": "oe"}
)


def mark(content: bytes, order: Mapping[str, Any]) -> bytes:
    """The marked copy; order: as `marking.Order`. Raises Refused where it would not be read as the file is."""
    text, encoding = delimited.decoded(content)
    separator = delimited.separator(text)
    rows = list(delimited.cut(text))
    for _, heading_row, column in order["columns"]:
        # an empty cell for the reason in each line, whatever was said there the time before
        for row in rows[heading_row - 1 :]:
            if row:
                row.extend([""] * (column - len(row)))
                row[column - 1] = ""
    for one in order["marks"]:
        rows[one["heading_row"] - 1][one["column"] - 1] = order["heading"]
        said = " ".join(one["reason"].split())
        rows[one["row"] - 1][one["column"] - 1] = f"'{said}" if said.startswith(_FORMULA) else said
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, lineterminator=_line_end(text)).writerows(rows)
    return _encoded(out.getvalue(), _encoding(content, encoding), separator)


def _line_end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n" if "\n" in text else "\r" if "\r" in text else "\n"


def _encoding(content: bytes, found: str) -> str:
    """That of the file; one without accents is any, and Excel reads the accents of the reasons where a mark says so."""
    if found == "utf-16" and content.startswith(codecs.BOM_UTF16_BE):
        return "utf-16-be"
    return "utf-8-sig" if content.isascii() else found


def _encoded(text: str, encoding: str, separator: str) -> bytes:
    made = _bytes(text, encoding)
    if made is None:
        text = text.translate(_TYPED)
        made = _bytes(text, encoding)
    if made is None or delimited.decoded(made)[0] != text or delimited.separator(text) != separator:
        raise Refused("kind")
    return made


def _bytes(text: str, encoding: str) -> bytes | None:
    try:
        made = text.encode(encoding)
    except UnicodeEncodeError:
        return None
    return codecs.BOM_UTF16_BE + made if encoding == "utf-16-be" else made
