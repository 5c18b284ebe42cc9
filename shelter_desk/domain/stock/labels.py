"""What the bars of a label of the store hold, and what a reader types: `RIZ/L-2026-07`, the item and its lot."""

from collections.abc import Collection

from shelter_desk.domain.equipment.reader import meant

BETWEEN = "/"
LONGEST = 28  # signs that a cheap reader still reads on a label of 70 mm


def code(item_code: str, lot_no: str) -> str:
    """The code of the item, and the number of its lot where there is one and the label has room for both."""
    whole = f"{item_code}{BETWEEN}{lot_no}" if lot_no else item_code
    return whole if len(whole) <= LONGEST else item_code


def read(typed: str, item_codes: Collection[str]) -> tuple[str, str] | None:
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
