"""A journal of the store as shelters keep it: what came in and what went out, each in a column of its own (3.11)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from shelter_desk.domain import codes
from shelter_desk.domain.checks import check_given
from shelter_desk.domain.errors import RuleBroken
from shelter_desk.domain.listing import ListColumn
from shelter_desk.domain.registers.person_lookup import Whom
from shelter_desk.domain.registers.refusals import OpenedBefore
from shelter_desk.domain.registers.rows import Values
from shelter_desk.domain.registers.shape import Assumed, ListShape, Number, Spread, columns_of, part
from shelter_desk.domain.registers.shapes_stock import STOCK, Openings
from shelter_desk.domain.residents.residents import read_code
from shelter_desk.domain.stock.moves import INTERNAL, OPENING, TO_RESIDENT, sign

IN, OUT = "entree", "sortie"  # a movement of which a line says only the way
_IN = ListColumn(
    "entered",
    "Entrées",
    "Quantity in",
    "number",
    also=("entrée", "reçu", "quantité reçue", "quantité entrée", "qté entrée", "qté reçue", "in"),
)
_OUT = ListColumn(
    "left",
    "Sorties",
    "Quantity out",
    "number",
    also=("sortie", "quantité sortie", "qté sortie", "consommé", "distribué", "out"),
)
_BALANCE = ListColumn("balance", "Reste", "Balance", "number", also=("stock", "solde", "stock restant", "en stock"))
_ALSO = {
    "moved_on": ("date", "le", "date du mouvement"),
    "voucher_no": ("n° bon", "bon", "n° de bon", "pièce", "référence", "n° pièce"),
    "third_party": ("bénéficiaire", "fournisseur", "destinataire", "à qui", "provenance / destination", "tiers"),
    "move_type": ("motif", "mouvement", "type de mouvement"),
}
_OF_ITEMS: Mapping[str, tuple[str, ...]] = {
    "item_code": ("code", "code article"),
    "designation": ("article", "produit", "denrée", "nom de l'article", "item", "product"),
    "stock_category": ("famille",),
    "unit": ("unité de mesure", "u", "unit of measure"),
}
JOURNAL = ListShape(
    "journal_stock",
    ("articles", "mouvements"),
    (
        *(replace(c, also=_OF_ITEMS.get(c.key, c.also)) for c in STOCK.columns if c.key in _OF_ITEMS),
        _IN,
        _OUT,
        _BALANCE,
        *(
            replace(column, also=_ALSO.get(column.key, column.also))
            for column in columns_of("mouvements", "item_code")
            if column.key not in ("reverses_move_no", "pack", "pack_factor", "lent", "returns_move_no", "service_no")
        ),
    ),
    (("moved_on",), ("designation", "item_code"), ("entered", "left", "move_type")),
    line_needs=(("moved_on",), ("designation", "item_code")),
)


class Journal(Openings):
    """Spreads the lines of a journal of the store over items and movements."""

    def __init__(
        self,
        assumed: Assumed,
        number: Number,
        items: Iterable[tuple[str, str]],
        moves: Iterable[str],
        today: date,
        whom: Whom,
        places: Collection[str],
        corrected: Mapping[str, str] = MappingProxyType({}),
        begun: Mapping[str, date] | None = None,
    ) -> None:
        """places: folded codes of rooms and stays, which may stand for who got something."""
        super().__init__(assumed, number, items, moves, today, corrected, begun)
        self._whom, self._places = whom, places
        self._begun: set[tuple[str, str]] = set()  # items of which a sheet told a movement
        self._last: dict[str, date] = {}  # by item, the day of a movement that the file told
        self._own: set[tuple[str, date]] = set()  # openings of this file, lots of one day are several

    def spread(self, values: Values, sheet: str) -> Spread:
        """The item of a line, and its movements. Raises Missing where it says no quantity, OpenedBefore."""
        line, code = self._begun_line(values)
        if not line.get("unit") and code.casefold() not in self._stored and code.casefold() not in self._items:
            line["unit"] = "piece"
            self._assumed.note("unit", "unit_piece")
        made = list(self._moves_of(line, code, sheet))
        yield "articles", self._item(line, code)
        yield from (("mouvements", row) for row in made)

    def _moves_of(self, line: dict[str, Any], code: str, sheet: str) -> Iterable[dict[str, Any]]:
        kind = line.pop("move_type", "")
        entered, left, quantity = (line.pop(column, None) or 0 for column in ("entered", "left", "quantity"))
        if quantity and not (entered or left):
            check_given("move_type", kind)
            entered, left = (quantity, 0) if kind == IN or (kind != OUT and sign(kind) > 0) else (0, quantity)
        balance = line.pop("balance", None)
        is_first = (sheet, code.casefold()) not in self._begun  # it says what there was when the sheet begins
        if balance and not (entered or left or kind) and is_first:
            opening = self._one({**line}, code, sheet, balance, IN, OPENING)
            self._begun.add((sheet, code.casefold()))
            if self._opens(opening, code):
                self._assumed.note("balance", "opening_of_balance")
                yield opening
            else:
                self._assumed.note("balance", "balance_left_out")
            return
        check_given("entered", entered or left)
        for amount, way in ((entered, IN), (left, OUT)):
            if amount:
                self._begun.add((sheet, code.casefold()))
                row = self._one(line, code, sheet, amount, way, kind)
                if row["move_type"] == OPENING and not self._opens(row, code):
                    raise OpenedBefore(code, self._opened[code.casefold()])
                self._last[code.casefold()] = line["moved_on"]
                yield row

    def _opens(self, row: Values, code: str) -> bool:
        """True of an opening that counts: this line’s own, of an item without movements, or of another lot that day.

        What is carried over to another sheet is in store already.
        """
        item = code.casefold()
        day: date = row["moved_on"]
        if str(row["move_no"]).casefold() in self._moves:
            return True
        if item not in self._opened:
            self._opened[item] = self._last.get(item, day)
            if item not in self._last:
                self._own.add((item, day))
        return (item, day) in self._own

    def _one(self, line: Values, code: str, sheet: str, amount: float, way: str, kind: str) -> dict[str, Any]:
        row = {**line, "quantity": amount}
        fits = kind not in ("", IN, OUT) and (sign(kind) > 0) == (way == IN)
        if fits:
            row["move_type"] = kind
        elif way == IN:
            row["move_type"] = "don" if line.get("donor") else "achat"
            self._assumed.note("move_type", "entry_given" if line.get("donor") else "entry_bought")
        if way == OUT:
            self._receiver(row, line, keeps_kind=fits)
        number = self._move_no(line, sheet, f"{code.casefold()}|{way}", "moved_on", "lot_no", "voucher_no")
        return part("mouvements", {**row, "item_code": code, "move_no": number})

    def _receiver(self, row: dict[str, Any], line: Values, *, keeps_kind: bool) -> None:
        """Who got it stands by a code: a name of somebody here becomes theirs, any other is left out (field 6.1)."""
        said = str(row.get("third_party") or "").strip()
        if not keeps_kind:
            row["move_type"] = INTERNAL
        code = self._code_of(said, line["moved_on"]) if said else ""
        if code:
            row["third_party"] = code
            if not keeps_kind and said.casefold() not in self._places:
                row["move_type"] = TO_RESIDENT
        elif said:
            del row["third_party"]
            self._assumed.note("third_party", "receiver_left_out")
        if not keeps_kind and row["move_type"] == INTERNAL:
            self._assumed.note("move_type", "exit_used_here")

    def _code_of(self, said: str, day: date) -> str:
        if said.casefold() in self._places:
            return said
        try:
            return read_code(said)
        except RuleBroken:
            return self._whom.named(said, day, day + timedelta(days=1))


def way_of(typed: str) -> str:
    """`Entrée` and `Sortie`, which say only the way; "" for anything else."""
    word = codes.folded(typed)
    return IN if word in ("entree", "entrees", "in", "recu") else OUT if word in ("sortie", "sorties", "out") else ""
