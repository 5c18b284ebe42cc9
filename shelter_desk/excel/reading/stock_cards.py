"""A stock card: one sheet for one item, whose name and unit stand above its movements (3.11)."""

import re
from collections.abc import Iterator

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
    for name, value in _said(sheet, first_row):
        key = next((key for key, names in _NAMES.items() if name in names), None)
        if key is not None and value:
            found.setdefault(key, value)
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
    for row in sheet.rows:
        if row.number >= before:
            return
        yield from (cell for cell in row.cells if isinstance(cell, str))


def _said(sheet: WorkbookSheet, first_row: int) -> Iterator[tuple[str, str]]:
    """Folded names with what stands behind their colon, or in the next cell."""
    for row in sheet.rows:
        if row.number >= first_row:
            return
        texts = [cell.strip() for cell in row.cells if isinstance(cell, str) and cell.strip()]
        for at, text in enumerate(texts):
            name, _, value = text.partition(":")
            beside = texts[at + 1] if at + 1 < len(texts) else ""
            yield folded(name), value.strip() or beside
