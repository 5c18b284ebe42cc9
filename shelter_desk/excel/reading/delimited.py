"""Rows of a CSV file, whichever of the usual separators and encodings it has."""

import codecs
import csv
import io
import re
from collections.abc import Iterator

from shelter_desk.excel.reading.refusal import Refused

SEPARATORS = (";", ",", "\t", "|")
LOST = "\x1a"  # stands for a byte that means nothing in the encoding: the cell is refused, not stored without it
_LOOKED_AT = 20
_FORMULA, _SIGNS = ("=", "@", "\t", "\r"), ("+", "-")
_AMOUNT = re.compile(r"[+-][\d\s.,()/\u00a0\u202f-]*")  # a number, or that of a telephone
# what French is written with beyond ASCII; the more of it and the less of anything else, the likelier the encoding
_FRENCH = frozenset("éèêëàâäçôöîïùûüÿœæÉÈÊËÀÂÄÇÔÖÎÏÙÛÜŒÆ°«»’‘“”–—…€²·\u00a0\u202f")
_CODE_PAGES = ("cp1252", "cp850", "mac_roman")  # of Windows, of DOS ("CSV (MS-DOS)"), of old Macs; the first of equals


def rows(content: bytes) -> Iterator[list[str]]:
    """The rows as texts; UTF-8 with or without its mark, UTF-16 with it, else the code page that reads as French.

    Raises Refused where it is not a text, or where a quotation mark is opened and never closed.
    """
    text, _ = decoded(content)
    if "\0" in text:
        raise Refused("kind")
    return cut(text)


def cut(text: str) -> Iterator[list[str]]:
    """The rows of a text that is decoded, without what `guarded` put before. Raises Refused as `rows` does."""
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator(text), strict=True):
            yield [cell[1:] if cell[:1] == "'" and guarded(cell[1:]) == cell else cell for cell in row]
    except csv.Error as error:
        # without `strict` all that comes after the mark would be one cell, and its lines lost
        raise Refused("damaged" if "field larger" in str(error) else "quotes") from error


def guarded(cell: str) -> str:
    """The text for a CSV file that Excel opens: one that it would take for a formula has an apostrophe before it."""
    is_formula = cell.startswith(_FORMULA) or (cell.startswith(_SIGNS) and not _AMOUNT.fullmatch(cell))
    return f"'{cell}" if is_formula else cell


def decoded(content: bytes) -> tuple[str, str]:
    """The text, and its encoding."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors=_LOSE), "utf-16"
    try:
        return content.decode("utf-8-sig"), "utf-8-sig" if content.startswith(codecs.BOM_UTF8) else "utf-8"
    except UnicodeDecodeError:
        pages = ((content.decode(page, errors=_LOSE), page) for page in (*_CODE_PAGES, "utf-8-sig"))
        return max(pages, key=lambda one: _how_french(one[0]))


def _how_french(text: str) -> int:
    """Letters that French has, less those that it has not."""
    beyond = [letter for letter in text if letter > "\x7f" or letter == LOST]
    known = sum(letter in _FRENCH for letter in beyond)
    return known - 2 * (len(beyond) - known)


def _lose(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)  # noqa: S101 only decoding asks for it
    return LOST * (error.end - error.start), error.end


_LOSE = "shelter-desk-lose"
codecs.register_error(_LOSE, _lose)


def separator(text: str) -> str:
    """The one that cuts most of the first lines into the same number of cells, at least two."""
    lines = text.splitlines()[:_LOOKED_AT]
    return max(SEPARATORS, key=lambda sign: _evenness(lines, sign))


def _evenness(lines: list[str], separator: str) -> tuple[int, int]:
    widths = [len(row) for row in csv.reader(lines, delimiter=separator) if row]
    most = max(set(widths), key=widths.count, default=0)
    return (widths.count(most) if most > 1 else 0, most)
