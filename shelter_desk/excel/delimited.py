"""Rows of a CSV file, whichever of the usual separators and encodings it has."""

import csv
import io
from collections.abc import Iterator

SEPARATORS = (";", ",", "\t")
_LOOKED_AT = 20


def rows(content: bytes) -> Iterator[list[str]]:
    """The rows as texts; UTF-8 with or without its mark, else the Windows code page of Western Europe."""
    text = _decoded(content)
    return iter(csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text)))


def _decoded(content: bytes) -> str:
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
