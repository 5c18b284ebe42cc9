"""What the bars of a label of the store hold, and what a reader types of them."""

import pytest

from shelter_desk.domain.stock import items

CODES = {"riz", "sav-200", "a/b"}


@pytest.mark.parametrize(
    ("item", "lot", "code"),
    [("RIZ", "L-7", "RIZ/L-7"), ("SAV-200", "", "SAV-200"), ("RIZ-BRISE-25-KG", "LOT-2026-07-0001", "RIZ-BRISE-25-KG")],
)
def test_the_bars_hold_the_item_and_its_lot_where_both_have_room(item: str, lot: str, code: str) -> None:
    assert items.label_code(item, lot) == code


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("RIZ/L-7", ("riz", "L-7")),
        (" sav-200 ", ("sav-200", "")),
        ("A/B", ("a/b", "")),
        ("A/B/L-1", None),
        ("SQV)éàà", ("sav-200", "")),  # an American reader on a French keyboard
        ("RIW!L)è", ("riz", "L-7")),
        ("BEURRE", None),
        ("", None),
    ],
)
def test_a_label_is_read_from_either_keyboard(typed: str, found: tuple[str, str] | None) -> None:
    assert items.read_label(typed, CODES) == found
