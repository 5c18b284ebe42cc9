"""What the store keeps: items with one unit each, the packs they come in, kits issued in one line.

What the bars of a label of the store hold, and what a reader types: `RIZ/L-2026-07`, the item and its lot.

Quantities as whole thousandths of the unit of an item: grams of a kilogram, so that sums are exact.
"""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from shelter_desk.domain.barcodes import meant
from shelter_desk.domain.ids import ItemId, KitId

THOUSAND = 1000
MOST = 1_000_000_000 * THOUSAND
_HAIR = Decimal("0.000001")  # what a binary fraction of a workbook may be off


def thousandths(quantity: float | str) -> int | None:
    """The quantity in thousandths; None for one that is no number, is finer than that, or has no end."""
    try:
        exact = Decimal(str(quantity)) * THOUSAND
        whole = exact.to_integral_value()
    except ArithmeticError:
        return None
    return int(whole) if exact.is_finite() and abs(exact - whole) <= _HAIR * THOUSAND else None


def units(amount: int) -> int | float:
    """Thousandths as they are read: whole where it is whole."""
    whole, rest = divmod(amount, THOUSAND)
    return whole if rest == 0 else amount / THOUSAND


BETWEEN = "/"
LONGEST = 28  # signs that a cheap reader still reads on a label of 70 mm


def label_code(item_code: str, lot_no: str) -> str:
    """The code of the item, and the number of its lot where there is one and the label has room for both."""
    whole = f"{item_code}{BETWEEN}{lot_no}" if lot_no else item_code
    return whole if len(whole) <= LONGEST else item_code


def read_label(typed: str, item_codes: Collection[str]) -> tuple[str, str] | None:
    """The code of the item in small letters and the number of the lot, "" for none; None where no item is called so.

    item_codes: in small letters. Readers are sold for another keyboard than the one the computer believes in.
    """
    for told in (typed.strip(), meant(typed.strip())):
        if told.casefold() in item_codes:
            return told.casefold(), ""
        item, _, lot_no = told.partition(BETWEEN)
        if item.casefold() in item_codes:
            return item.casefold(), lot_no
    return None


@dataclass(frozen=True, slots=True)
class Pack:
    """A way an item comes packed. unit: a code of `unit`; factor: how much of the item is in it, in thousandths."""

    unit: str
    factor: int


@dataclass(frozen=True, slots=True)
class Item:
    """One article of the catalogue; amounts are thousandths of its unit.

    min_level, max_level: None where nobody set them. lead_time_days: from order to delivery.
    has_expiry: each of its moves names a lot and a day. restricted: medicines, fuel. lendable: lent and taken back.
    service_type: the sub-type of service that an issue to a resident stands for (I-20), "" for none.
    norm: how much a person needs in thirty nights, in thousandths (S-05).
    """

    id: ItemId
    code: str
    designation: str
    category: str
    unit: str
    min_level: int | None = None
    max_level: int | None = None
    lead_time_days: int | None = None
    has_expiry: bool = False
    restricted: bool = False
    lendable: bool = False
    service_type: str = ""
    norm: int | None = None
    is_active: bool = True
    packs: tuple[Pack, ...] = ()

    def factor_of(self, unit: str) -> int | None:
        """How much is in one pack of that unit, None where it does not come so."""
        return next((pack.factor for pack in self.packs if pack.unit == unit), None)


@dataclass(frozen=True, slots=True)
class KitLine:
    """So much of an item in one kit, in thousandths."""

    item: ItemId
    amount: int


@dataclass(frozen=True, slots=True)
class Kit:
    """Several items that go out in one line. service_type: what an issue of it stands for, "" for none."""

    id: KitId
    code: str
    name: str
    lines: tuple[KitLine, ...] = ()
    service_type: str = ""
    is_active: bool = True
