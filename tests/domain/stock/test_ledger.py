"""What may go out of a store, and from which lot what went out without one was taken."""

from dataclasses import replace
from datetime import date

import pytest

from shelter_desk.domain.ids import ItemId, MoveId
from shelter_desk.domain.stock.ledger import Changes, free_lots, free_on, settled
from shelter_desk.domain.stock.moves import NO_LOT, Lot, Move

EARLY, MIDDLE, LATE = date(2026, 12, 15), date(2027, 3, 1), date(2027, 11, 30)
A, B, C = Lot("A", EARLY, "oim", "G1"), Lot("B", MIDDLE, "ue", "G2"), Lot("C", LATE, "oim", "G3")
FULL = {A: 2, B: 2, C: 2}
NEVER, UNNUMBERED = Lot("N", None, "oim", "G1"), Lot("", LATE, "oim", "G3")


def november(day: int) -> date:
    return date(2026, 11, day)


@pytest.mark.parametrize(
    ("changes", "free"),
    [
        ([], (0, november(10))),
        ([(november(3), 5_000)], (5_000, november(10))),
        ([(november(10), 5_000), (november(10), -1_000)], (4_000, november(10))),
        ([(november(3), 5_000), (november(20), -4_000), (november(25), 9_000)], (1_000, november(20))),
        ([(november(3), 5_000), (november(20), 4_000)], (5_000, november(10))),
        ([(november(20), 4_000)], (0, november(10))),
    ],
)
def test_so_much_may_go_out_on_a_day_and_not_a_thousandth_more(changes: Changes, free: tuple[int, date]) -> None:
    assert free_on(changes, november(10)) == free


@pytest.mark.parametrize(
    ("out", "left"),
    [
        (NO_LOT, {B: 2, C: 2}),
        (Lot("C"), {A: 2, B: 2}),
        (Lot(donor="ue"), {A: 2, C: 2}),
        (Lot(grant="G3"), {A: 2, B: 2}),
        (Lot(donor="oim", grant="G3"), {A: 2, B: 2}),
        (Lot("B", donor="oim", grant="G1"), {A: 2, C: 2}),  # the number goes before the donor and the grant
        (Lot(donor="ue", grant="G1"), {A: 2, C: 2}),  # and the donor before the grant
        (Lot("?", donor="ue"), {A: 2, C: 2}),
    ],
)
def test_what_went_out_is_taken_from_a_lot_that_agrees_with_what_was_said(out: Lot, left: dict[Lot, int]) -> None:
    assert settled({**FULL, out: -2}) == left


@pytest.mark.parametrize(
    ("full", "more", "less"),
    [
        (FULL, Lot("A"), Lot(donor="oim")),
        (FULL, Lot(expiry_on=EARLY), Lot(donor="oim")),
        (FULL, Lot(donor="oim"), Lot(grant="G1")),
        (FULL, Lot(donor="oim"), NO_LOT),
        ({**FULL, UNNUMBERED: 2}, Lot(grant="G3"), NO_LOT),
    ],
)
def test_the_movement_that_said_more_takes_first(full: dict[Lot, int], more: Lot, less: Lot) -> None:
    rest = settled({**full, more: -2})
    assert settled({**full, less: -2, more: -2}) == settled({**rest, less: -2})


def test_what_went_out_without_a_donor_is_not_sought_among_lots_without_one() -> None:
    ours = Lot("D", LATE)
    assert settled({**FULL, ours: 2, NO_LOT: -2}) == {B: 2, C: 2, ours: 2}


def test_what_never_expires_goes_last() -> None:
    assert settled({NEVER: 2, C: 2, NO_LOT: -3}) == {NEVER: 1}


def test_lots_that_expire_on_the_same_day_go_as_they_came() -> None:
    other = replace(A, lot_no="A2")
    assert settled({other: 2, A: 2, NO_LOT: -2}) == {A: 2}


@pytest.mark.parametrize(("wanted", "left"), [(3, {B: 1, C: 2}), (6, {}), (7, {})])
def test_what_one_lot_lacks_comes_from_the_next(wanted: int, left: dict[Lot, int]) -> None:
    assert settled({**FULL, NO_LOT: -wanted}) == left


def test_a_thousandth_that_is_left_is_there_and_an_empty_lot_is_not() -> None:
    assert settled({A: 1, B: 0}) == {A: 1}


def test_what_was_taken_without_a_lot_is_not_free_in_the_lot_it_came_from() -> None:
    changes = ((3, 2_000, A), (3, 2_000, B), (20, -1_500, NO_LOT))
    moves = [
        Move(MoveId(n), f"M{n}", ItemId(1), november(day), "achat" if change > 0 else "conso_interne", change, lot)
        for n, (day, change, lot) in enumerate(changes)
    ]
    assert free_lots(moves, november(10)) == {A: 500, B: 2_000}
