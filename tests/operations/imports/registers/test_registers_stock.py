"""Items and movements of a workbook: what is taken in, what is refused with its cell, what comes back the same."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from shelter_desk.domain.errors import RuleBroken
from shelter_desk.domain.moments import Period
from shelter_desk.domain.stock.refusals import CountOpen, NotACode
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import list_templates, register_export, registers
from shelter_desk.operations.stock import stock, stock_counts
from shelter_desk.words.refusals.errors import sentence
from tests.commands.workbooks import Rows
from tests.operations import store_scene as scene
from tests.operations.stock_rows import GOLDEN, LOT, SOAP, counts, desk, looked, move, told

__all__ = ["desk"]


@pytest.mark.parametrize(
    ("moves", "refused"),
    [
        ([move("M1", "achat", 5, item_code="NON")], [(3, "item_code", "NON", "NoSuch")]),
        ([move("M1", "magie", 5)], [(3, "move_type", "magie", "NotInList")]),
        ([move("M1", "achat", 0)], [(3, "quantity", "0", "BadNumber")]),
        ([move("M1", "achat", -4)], [(3, "quantity", "-4", "BadNumber")]),
        ([move("M1", "achat", 0.0004)], [(3, "quantity", "0.0004", "TooFine")]),
        ([move("M1", "achat", "beaucoup")], [(3, "quantity", "beaucoup", "CellRefused")]),
        ([move("M1", "achat", 5, "2028-01-01")], [(3, "moved_on", "2028-01-01", "InTheFuture")]),
        ([move("M1", "achat", 5, donor="mécène")], [(3, "donor", "mécène", "NotInList")]),
        ([move("M1", "achat", 5), move("M1", "don", 6)], [(4, "move_no", "M1", "CodeTaken")]),
        ([move("M1", "conso_interne", 5)], [(3, "quantity", "5", "NotEnough")]),
        # the later day would be short, so the back-dated one goes
        (
            [
                move("M1", "achat", 5, "2026-11-01"),
                move("M2", "conso_interne", 3, "2026-11-02"),
                move("M3", "achat", 9, "2026-11-09"),
                move("M4", "conso_interne", 3, "2026-11-03"),
            ],
            [(6, "quantity", "3", "NotEnough")],
        ),
        ([move("M1", "correction", 5)], [(3, "reverses_move_no", "", "Missing")]),
        ([move("M1", "correction", 5, reverses_move_no="M9")], [(3, "reverses_move_no", "M9", "NoSuch")]),
        ([move("M1", "achat", 5, reverses_move_no="M9")], [(3, "reverses_move_no", "M9", "NotReversible")]),
        (
            [
                move("M1", "achat", 5),
                move("M2", "correction", 5, reverses_move_no="M1"),
                move("M3", "correction", 5, reverses_move_no="M1"),
            ],
            [(5, "reverses_move_no", "M1", "NotReversible")],
        ),
        (
            [move("M1", "achat", 5), move("M2", "correction", 6, reverses_move_no="M1")],
            [(4, "reverses_move_no", "M1", "NotReversible")],
        ),
        (
            [move("M1", "achat", 5), move("M2", "correction", 5, "2026-11-01", reverses_move_no="M1")],
            [(4, "reverses_move_no", "M1", "NotReversible")],
        ),
        (
            [
                move("M1", "achat", 5),
                move("M2", "correction", 5, reverses_move_no="M1"),
                move("M3", "correction", 5, reverses_move_no="M2"),
            ],
            [(5, "reverses_move_no", "M2", "NotReversible")],
        ),
        (
            [
                move("M1", "achat", 5),
                move("M2", "conso_interne", 4, "2026-11-03"),
                move("M3", "correction", 5, "2026-11-04", reverses_move_no="M1"),
            ],
            [(5, "quantity", "5", "NotEnough")],
        ),
        ([move("M1", "achat", 5, item_code="RIZ")], [(3, "lot_no", "", "Missing")]),
        ([move("M1", "achat", 5, item_code="RIZ", lot_no="L1")], [(3, "expiry_on", "", "Missing")]),
        (
            [move("M1", "achat", 5, **LOT), move("M2", "conso_interne", 1, item_code="RIZ")],
            [(4, "lot_no", "", "Missing")],
        ),
        (
            [move("M1", "achat", 5, **LOT), move("M2", "dist_individuelle", 1, "2026-12-16", **LOT)],
            [(4, "expiry_on", "2026-12-15", "LotExpired")],
        ),
        (
            [
                move("M1", "achat", 5, **LOT),
                move("M2", "dist_collective", 1, "2026-12-16", item_code="RIZ", lot_no="L1"),
            ],
            [(4, "lot_no", "L1", "LotExpired")],
        ),
        (
            [
                move("M1", "achat", 5, **LOT),
                move("M2", "achat", 9, **{**LOT, "lot_no": "L2"}),
                move("M3", "conso_interne", 6, **LOT),
            ],
            [(5, "quantity", "6", "NotEnough")],
        ),
    ],
)
def test_a_movement_that_cannot_be_is_refused_with_its_cell(
    desk: Desk, tmp_path: Path, moves: Rows, refused: list[tuple[int, str, str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    look = looked(desk, tmp_path, moves)
    assert told(look) == [("mouvements", *one) for one in refused]


@pytest.mark.parametrize(
    ("item", "column", "value"),
    [
        ({"stock_category": "jouets"}, "stock_category", "jouets"),
        ({"unit": "brouette"}, "unit", "brouette"),
        ({"has_expiry": None}, "has_expiry", ""),
        ({"has_expiry": "peut-être"}, "has_expiry", "peut-être"),
        ({"min_level": -1}, "min_level", "-1"),
        ({"designation": None}, "designation", ""),
    ],
)
def test_an_item_that_cannot_be_is_refused_with_its_cell(
    desk: Desk, tmp_path: Path, item: dict[str, Any], column: str, value: str
) -> None:
    look = looked(desk, tmp_path, [], [{**SOAP, **item}])
    assert [(one.row, one.column, one.value) for one in look.judgement.refusals] == [(3, column, value)]


def test_an_expired_lot_may_be_written_off(desk: Desk, tmp_path: Path) -> None:
    moves = [move("M1", "achat", 5, **LOT), move("M2", "peremption", 5, "2026-12-16", **LOT)]
    assert told(looked(desk, tmp_path, moves)) == []


def test_the_printed_day_itself_is_still_good(desk: Desk, tmp_path: Path) -> None:
    moves = [move("M1", "achat", 5, **LOT), move("M2", "conso_interne", 5, "2026-12-15", **LOT)]
    assert told(looked(desk, tmp_path, moves)) == []


def test_the_order_of_the_lines_of_a_day_does_not_matter(desk: Desk, tmp_path: Path) -> None:
    moves = [move("M2", "conso_interne", 5), move("M1", "achat", 5)]
    assert told(looked(desk, tmp_path, moves)) == []


def test_a_stored_movement_is_not_changed_and_the_same_one_is_the_same(desk: Desk, tmp_path: Path) -> None:
    registers.take_in(desk, looked(desk, tmp_path, GOLDEN))
    assert counts(looked(desk, tmp_path, GOLDEN), "mouvements") == (0, 0, 9, 0)
    changed = [{**GOLDEN[1], "quantity": 201}]
    assert told(looked(desk, tmp_path, changed)) == [("mouvements", 3, "quantity", "201", "MoveStands")]


def test_a_movement_that_would_leave_a_stored_one_short_is_refused(desk: Desk, tmp_path: Path) -> None:
    registers.take_in(
        desk, looked(desk, tmp_path, [move("M1", "achat", 5), move("M2", "conso_interne", 5, "2026-11-20")])
    )
    look = looked(desk, tmp_path, [move("M3", "perte_vol", 1, "2026-11-10")])
    assert told(look) == [("mouvements", 3, "quantity", "1", "NotEnough")]


def test_the_unit_of_an_item_that_moved_stays(desk: Desk, tmp_path: Path) -> None:
    registers.take_in(desk, looked(desk, tmp_path, [move("M1", "achat", 5)]))
    look = looked(desk, tmp_path, [], [{**SOAP, "unit": "carton"}])
    assert told(look) == [("articles", 3, "unit", "carton", "ItemMoved")]


def test_an_item_that_moved_without_lots_cannot_become_perishable(desk: Desk, tmp_path: Path) -> None:
    registers.take_in(desk, looked(desk, tmp_path, [move("M1", "achat", 5)]))
    look = looked(desk, tmp_path, [], [{**SOAP, "has_expiry": "oui"}])
    assert told(look) == [("articles", 3, "has_expiry", "True", "ItemMoved")]


def test_registers_of_the_stock_come_back_without_a_change(desk: Desk, tmp_path: Path) -> None:
    more = [
        move("R1", "achat", 12.5, "2026-11-01", **LOT, donor="ue", unit_cost_xof=450, pack="sac", pack_factor=12.5),
        move("R2", "dist_individuelle", 0.125, "2026-11-03", **LOT, third_party="S01", voucher_no="BS-1", lent="oui"),
        move("R3", "retour", 0.125, "2026-11-04", **LOT, returns_move_no="R2"),
        move("R4", "correction", 38, "2026-11-11", reverses_move_no="M4"),
    ]
    registers.take_in(desk, looked(desk, tmp_path, [*GOLDEN, *more]))
    register_export.export(desk, tmp_path / "out.xlsx")
    look = registers.look(desk, tmp_path / "out.xlsx")
    assert told(look) == []
    assert (counts(look, "articles"), counts(look, "mouvements")) == ((0, 0, 2, 0), (0, 0, 13, 0))


def test_a_return_taken_back_and_written_again_comes_back_in_its_own_export(desk: Desk, tmp_path: Path) -> None:
    moves = [
        move("M1", "achat", 5),
        move("M2", "dist_collective", 5, "2026-11-03", lent="oui"),
        move("M3", "retour", 5, "2026-11-04", returns_move_no="M2"),
        move("M4", "correction", 5, "2026-11-05", reverses_move_no="M3"),
        move("M5", "retour", 4, "2026-11-06", returns_move_no="M2"),
    ]
    look = looked(desk, tmp_path, moves)
    assert (told(look), counts(look, "mouvements")) == ([], (5, 0, 0, 0))


@pytest.mark.parametrize("name", ["articles", "mouvements"])
def test_a_template_of_the_stock_can_be_filled_in(tmp_path: Path, name: str) -> None:
    list_templates.write(name, tmp_path / "out.xlsx")
    keys = [cell.value for cell in openpyxl.load_workbook(tmp_path / "out.xlsx")[name][2]]
    assert keys[0] == {"articles": "item_code", "mouvements": "move_no"}[name]


def test_vouchers_of_a_register_are_listed_and_the_next_number_follows_them(desk: Desk, tmp_path: Path) -> None:
    year = scene.ago(0).year
    on = {"on": f"{scene.ago(3):%Y-%m-%d}"}
    moves = [
        move("M1", "achat", 5, **on, voucher_no="BE-7"),
        move("M2", "dist_individuelle", 2, **on, voucher_no=f"BS-{year}-0041", third_party="S01"),
    ]
    registers.take_in(desk, looked(desk, tmp_path, moves))
    papers = stock.papers(desk, Period(scene.ago(9), scene.ago(0)))
    assert {(one.voucher_no, one.kind) for one in papers} == {("BE-7", "entree"), (f"BS-{year}-0041", "sortie")}
    paper = stock.old_paper(desk, next(one for one in papers if one.kind == "sortie"))
    assert [line.amount for line in paper.moves] == [2000]
    soap = next(one.item.id for one in stock.standing(desk) if one.item.code == "SAV250")
    made = scene.went(desk, soap, 1_000)
    assert stock.paper(desk, made).voucher.voucher_no == f"BS-{year}-0042"


@pytest.mark.parametrize(
    ("kind", "whom", "is_refused"),
    [
        ("dist_individuelle", "Zampaligré Rasmata", True),
        ("dist_individuelle", "Rasmata", True),
        ("dist_individuelle", "7 Rasmata", True),
        ("dist_individuelle", "s01", False),
        ("dist_individuelle", "B-17", False),
        ("dist_individuelle", None, False),
        ("dist_collective", "Groupe du matin", False),
        ("conso_interne", "Cuisine", False),
    ],
)
def test_who_got_something_is_a_code_and_never_a_name(
    desk: Desk, tmp_path: Path, kind: str, whom: str | None, is_refused: bool
) -> None:
    look = looked(desk, tmp_path, [move("M1", "achat", 5), move("M2", kind, 2, third_party=whom)])
    told = [(one.row, one.column, type(one.error)) for one in look.judgement.refusals]
    assert told == [(4, "third_party", NotACode)] * is_refused
    assert sentence(NotACode()) != sentence(RuleBroken())


def test_a_name_does_not_come_in_with_what_is_brought_back_either(desk: Desk, tmp_path: Path) -> None:
    rows = [
        move("M1", "achat", 5),
        move("M2", "dist_individuelle", 2, third_party="S01"),
        move("M3", "retour", 1, "2026-11-03", third_party="Rasmata", returns_move_no="M2"),
        move("M4", "correction", 2, "2026-11-03", third_party="Rasmata", reverses_move_no="M2"),
        move("M5", "retour", 1, "2026-11-03", third_party="Cuisine"),
    ]
    look = looked(desk, tmp_path, rows)
    assert [(one.row, one.column) for one in look.judgement.refusals] == [(5, "third_party"), (6, "third_party")]


@pytest.mark.parametrize(
    ("numbers", "expected"), [(("000007", "A00001"), "000008"), (("999999", "1000000"), "1000001"), (("X9",), "000001")]
)
def test_the_next_movement_follows_the_numbers_of_registers_whatever_they_are(
    desk: Desk, tmp_path: Path, numbers: tuple[str, ...], expected: str
) -> None:
    year, on = scene.ago(0).year, f"{scene.ago(3):%Y-%m-%d}"
    registers.take_in(desk, looked(desk, tmp_path, [move(f"M-{year}-{number}", "achat", 5, on) for number in numbers]))
    soap = next(one.item.id for one in stock.standing(desk) if one.item.code == "SAV250")
    scene.came(desk, soap, 1_000)
    assert stock.card(desk, soap).lines[-1].move.move_no == f"M-{year}-{expected}"


def test_nothing_is_taken_in_that_is_dated_before_an_open_count_of_its_item(desk: Desk, tmp_path: Path) -> None:
    registers.take_in(desk, looked(desk, tmp_path, [move("M1", "achat", 5)]))
    count = stock_counts.begin(desk, ("AD", "KT"))
    late = f"{scene.ago(1):%Y-%m-%d}"
    rows = [move("M1", "achat", 5), move("M2", "achat", 5, late), move("M3", "achat", 5, late, **LOT)]
    rows.append(move("M4", "achat", 5, f"{scene.ago(0):%Y-%m-%d}"))
    look = looked(desk, tmp_path, rows)
    assert [(one.row, one.column, type(one.error)) for one in look.judgement.refusals] == [(4, "moved_on", CountOpen)]
    assert counts(look, "mouvements") == (2, 0, 1, 1)
    stock_counts.give_up(desk, count)
    assert looked(desk, tmp_path, rows).judgement.refusals == []
