"""Rows below the lines of a list: totals, signatures, places and dates."""

import re
from collections.abc import Mapping

from shelter_desk.excel.book import Cell
from shelter_desk.excel.headings import folded

PASSED_OVER = re.compile(
    r"(?:sous )?total|subtotal|grand total|signatures?|visa|cachet|arrete (?:la|le)|fait a|nb\b|nota\b|report a nouveau"
)
_SUMS = frozenset({"tota", "sous", "subt", "gran"})
_AMOUNT = re.compile(r"[\d\s.,\u00a0\u202f]+(?:F ?CFA|XOF|F)?", re.IGNORECASE)


def is_sum(values: Mapping[str, Cell]) -> bool:
    """True of `TOTAL` with nothing but numbers behind it."""
    first = next(iter(values.values()))
    if not isinstance(first, str) or first[:4].casefold() not in _SUMS:  # of nearly every row, so that it is quick
        return False
    _, *others = values.values()
    return bool(PASSED_OVER.match(folded(first))) and all(map(_is_amount, others))


def _is_amount(cell: Cell) -> bool:
    return isinstance(cell, int | float) or (isinstance(cell, str) and bool(_AMOUNT.fullmatch(cell.strip())))
