"""What is in the store on one day: each line an item and what there is of it, the opening of its ledger."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from itertools import chain
from types import MappingProxyType
from typing import Any

from shelter_desk.domain import codes
from shelter_desk.domain.listing import headings
from shelter_desk.domain.registers.refusals import OpenedBefore
from shelter_desk.domain.registers.rows import Values
from shelter_desk.domain.registers.shape import Assumed, ListShape, Number, Spread, columns_of, part

_ALSO = {
    "item_code": ("code", "code article", "référence", "réf"),
    "designation": ("article", "libellé", "produit", "denrée", "nom de l'article", "item", "product"),
    "stock_category": ("type", "famille", "nature"),
    "unit": ("unité de mesure", "u", "unit of measure"),
    "quantity": headings(
        "qté; qte; stock; quantité en stock; qté en stock; quantité disponible; stock physique; stock initial; "
        "stock actuel; stock disponible; existant; qty"
    ),
    "min_level": ("seuil", "stock minimum", "stock min", "seuil minimum", "stock d'alerte"),
    "expiry_on": headings(
        "date de péremption; à consommer avant le; péremption; date d'expiration; expire le; dlc; expiry date"
    ),
    "moved_on": ("date", "date d'inventaire", "date inventaire", "au"),
    "lot_no": ("lot", "numéro de lot", "batch"),
    "donor": ("financement", "source de financement", "donateur", "don de"),
    "unit_cost_xof": ("prix unitaire", "pu", "coût unitaire"),
}
_OF_MOVES = ("move_no", "moved_on", "quantity", "lot_no", "expiry_on", "donor", "unit_cost_xof")
STOCK = ListShape(
    "stock_initial",
    ("articles", "mouvements"),
    tuple(
        replace(column, also=_ALSO.get(column.key, () if column.key in ("has_expiry", "move_no") else column.also))
        for column in (
            *columns_of("articles", "service_type"),
            *(column for column in columns_of("mouvements") if column.key in _OF_MOVES),
        )
    ),
    (("designation", "item_code"), ("unit",), ("quantity",)),
)
LONGEST_CODE = 24


class Openings:
    """Spreads the lines of a list of what is in store over items and their opening movements.

    items: code and designation of those that stand, the oldest first; moves: folded numbers.
    today: the day of a count without one. corrected: codes of items by the folded designation that a line corrects.
    begun: by folded code, the day of the opening, else of the last movement.
    """

    def __init__(
        self,
        assumed: Assumed,
        number: Number,
        items: Iterable[tuple[str, str]],
        moves: Iterable[str],
        today: date,
        corrected: Mapping[str, str] = MappingProxyType({}),
        begun: Mapping[str, date] | None = None,
    ) -> None:
        self._assumed, self._number, self._today = assumed, number, today
        items = tuple(items)
        # of two items of one name the one whose code was made from it, else the older
        self._codes = {codes.folded(name): code for code, name in reversed(items)}
        self._codes |= {codes.folded(name): code for code, name in items if code == _plain(name)}
        self._codes |= corrected
        self._taken = {code.casefold() for code, _ in items}
        self._stored, self._moves = set(self._taken), set(moves)
        self._names = {code.casefold(): name for code, name in items}
        self._opened = dict(begun or {})
        self._items: dict[str, list[dict[str, Any]]] = {}  # by code, those whose expiry later lines may tell
        self._met: dict[tuple[str, str], int] = {}

    def spread(self, values: Values, sheet: str) -> Spread:
        """The item of a line, and what there is of it. Raises OpenedBefore."""
        line, code = self._begun_line(values)
        move = self._move(line, code, sheet) if line["quantity"] else None
        yield "articles", self._item(line, code)
        if move is None:
            self._assumed.note("quantity", "none_in_store")
        else:
            yield "mouvements", move

    def _begun_line(self, values: Values) -> tuple[dict[str, Any], str]:
        """The line with the code of its item and a lot named by the expiry, where it has neither; and that code."""
        line = dict(values)
        code = line["item_code"] = line.get("item_code") or self._code(line["designation"])
        self._codes.setdefault(codes.folded(line.get("designation", "")), code)
        if line.get("expiry_on") and not line.get("lot_no"):
            line["lot_no"] = f"P-{line['expiry_on'].isoformat()}"
            self._assumed.note("lot_no", "lot_of_expiry")
        return line, code

    def _move_no(self, line: Values, sheet: str, item: str, *columns: str) -> str:
        """The number of a movement; a line without one has it of its sheet, its item and what these columns say.

        Not of the quantity: a line that was corrected is the same line.
        """
        said = "|".join((item, *(str(line.get(column) or "").casefold() for column in columns)))
        met = self._met[sheet, said] = self._met.get((sheet, said), 0) + 1
        return line.get("move_no") or self._number("M", f"{said}|{met}")

    def _code(self, designation: str) -> str:
        """That of the item called so, else one made of its name."""
        name = codes.folded(designation)
        if name not in self._codes:
            self._assumed.note("item_code", "code_of_name")
            base = _plain(designation)
            numbered = (f"{base}-{number}" for number in range(2, 10_000))
            code = next(one for one in chain([base], numbered) if one.casefold() not in self._taken)
            self._taken.add(code.casefold())
            self._codes[name] = code
        return self._codes[name]

    def _item(self, line: Values, code: str) -> dict[str, Any]:
        row = part("articles", line)
        if "designation" in row:
            spelled = self._names.setdefault(code.casefold(), row["designation"])
            if codes.folded(spelled) == codes.folded(row["designation"]):
                row["designation"] = spelled
        alike = self._items.setdefault(code.casefold(), [])
        if alike:
            self._again(line, row, alike, is_new=code.casefold() not in self._stored)
            return row
        alike.append(row)
        if code.casefold() not in self._stored:
            row.setdefault("designation", code)
            row.setdefault("has_expiry", bool(line.get("expiry_on")))
            if "stock_category" not in row:
                row["stock_category"] = "autre"
                self._assumed.note("stock_category", "category_other")
        return row

    def _again(self, line: Values, row: dict[str, Any], alike: list[dict[str, Any]], *, is_new: bool) -> None:
        """What the first line gave a new item, so that this one stands by itself where the first is refused."""
        if line.get("expiry_on"):
            for one in alike:
                one["has_expiry"] = True
        if is_new:
            if "has_expiry" not in row:
                alike.append(row)
            first = alike[0]
            row |= {key: first[key] for key in _OF_FIRST if key in first and key not in row}

    def _move(self, line: Values, code: str, sheet: str) -> dict[str, Any]:
        number = self._move_no(line, sheet, code.casefold(), "lot_no", "expiry_on", "donor", "moved_on")
        row = part("mouvements", {**line, "move_no": number, "move_type": "stock_initial"})
        is_new = number.casefold() not in self._moves
        if "moved_on" not in row and is_new:
            row["moved_on"] = self._today
            self._assumed.note("moved_on", "counted_today")
        # lots of one day are opened together; a count of another day added to them would double what is there
        if is_new and (first := self._opened.setdefault(code.casefold(), row["moved_on"])) != row["moved_on"]:
            raise OpenedBefore(code, first)
        return row


_OF_FIRST = ("designation", "has_expiry", "stock_category", "unit")


def _plain(designation: str) -> str:
    bare = unicodedata.normalize("NFKD", designation.replace("œ", "oe").replace("Œ", "OE"))
    letters = "".join(character for character in bare if not unicodedata.combining(character))
    return "-".join(re.findall(r"[A-Z0-9]+", letters.upper()))[:LONGEST_CODE].strip("-") or "ARTICLE"
