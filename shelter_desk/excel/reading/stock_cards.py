"""A stock card: one sheet for one item, whose name and unit stand above its movements (3.11)."""

import re
from collections.abc import Iterator
from itertools import takewhile

from shelter_desk.excel.reading.book import Cell, WorkbookSheet
from shelter_desk.excel.reading.headings import folded

_NAMES = {
    "designation": frozenset({"article", "designation", "produit", "denree", "item", "nom de l article"}),
    "unit": frozenset({"unite", "unite de mesure", "unit"}),
}
_MONEY = re.compile(
    r"\b(?:caisse|banque|bancaire|tresorerie|budget|compta\w*|fcfa|cfa|recettes?|depenses?|cash|bank)\b"
)
_NO_NAME = re.compile(r"(?:feuil|feuille|sheet|page|tableau)? ?\d*")


def item_of(sheet: WorkbookSheet, first_row: int) -> dict[str, Cell]:
    """What stands above that row of the item: `Article : Riz`, or its name beside it; else the name of the sheet, where
    something says that it is of the stock.
    """
    found: dict[str, Cell] = {}
    for row in takewhile(lambda row: row.number < first_row, sheet.rows):
        texts = [cell.strip() for cell in row.cells if isinstance(cell, str) and cell.strip()]
        for text, beside in zip(texts, [*texts[1:], ""], strict=True):
            name, _, value = text.partition(":")
            key = next((key for key, names in _NAMES.items() if folded(name) in names), None)
            if key is not None and (value.strip() or beside):
                found.setdefault(key, value.strip() or beside)
    is_said = bool(found) or any("stock" in folded(text) for text in (sheet.name, *_texts(sheet, first_row)))
    if "designation" not in found and is_said and not _NO_NAME.fullmatch(folded(sheet.name)):
        found["designation"] = re.sub(
            r"^fiches?(?: de stock)?\s*[-–:]?\s*", "", sheet.name.strip(), flags=re.IGNORECASE
        )
    return {key: value for key, value in found.items() if value} if found.get("designation") else {}


def is_of_money(sheet: WorkbookSheet, last_row: int) -> bool:
    """True of a cash book, which has the columns of a journal of the store: its name, titles or headings say so."""
    return any(_MONEY.search(folded(text)) for text in (sheet.name, *_texts(sheet, last_row + 1)))


def _texts(sheet: WorkbookSheet, before: int) -> Iterator[str]:
    above = takewhile(lambda row: row.number < before, sheet.rows)
    return (cell for row in above for cell in row.cells if isinstance(cell, str))
