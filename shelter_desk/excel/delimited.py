"""Rows of a CSV file, whichever of the usual separators and encodings it has."""

import codecs
import csv
import io
from collections.abc import Iterator

from shelter_desk.excel.refusal import Refused

SEPARATORS = (";", ",", "\t")
_LOOKED_AT = 20


def rows(content: bytes) -> Iterator[list[str]]:
    """The rows as texts; UTF-8 with or without its mark, UTF-16 with it, else the Windows code page of Western Europe.

    Raises Refused where it is not a text.
    """
    text = _decoded(content)
    if "\0" in text:
        raise Refused("kind")
    return _cut(text)


def _cut(text: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text))
    except csv.Error as error:
        raise Refused("damaged") from error


def _decoded(content: bytes) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _separator(text: str) -> str:
    """The one that cuts most of the first lines into the same number of cells, at least two."""
    lines = text.splitlines()[:_LOOKED_AT]
    return max(SEPARATORS, key=lambda separator: _evenness(lines, separator))


def _evenness(lines: list[str], separator: str) -> tuple[int, int]:
    widths = [len(row) for row in csv.reader(lines, delimiter=separator) if row]
    most = max(set(widths), key=widths.count, default=0)
    return (widths.count(most) if most > 1 else 0, most)
