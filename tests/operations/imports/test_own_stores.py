"""Lists of equipment and of what is in store, as shelters keep them: taken in without retyping, twice adds nothing."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import registers
from tests.operations.imports.test_own_registers import book, counts
from tests.operations.shelter import open_small_shelter

ASSETS = ("N°", "Désignation", "Quantité", "État", "Bailleur", "Emplacement")
BEDS = (1, "Lits superposés", 3, "Bon", "OIM", "Dortoir femmes")
PUMP = (2, "Groupe électrogène", 1, "Hors d'usage", "Union européenne", "1")
STOCK = ("Article", "Unité", "Quantité", "Lot", "Péremption", "Bailleur")
RICE = ("Riz 25 kg", "Sac", 40, None, None, "OIM")
MILK = ("Lait en poudre", "Boîte", "12", "L-7", "31/12/2027", "UNICEF")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_small_shelter(tmp_path / "shelter") as opened:
        yield opened


def rows(look: registers.Look, name: str) -> list[dict[str, Any]]:
    return [kept.values for kept in look.judgement.standing[name].values()]


def test_each_piece_of_a_line_becomes_an_asset_with_its_own_tag(desk: Desk, tmp_path: Path) -> None:
    look = registers.look(desk, book(tmp_path / "b.xlsx", Inventaire=(("MATÉRIEL",), ASSETS, BEDS, PUMP)))
    made = [
        (row["designation"], row["asset_condition"], row["donor"], row["location_room"])
        for row in rows(look, "immobilisations")
    ]
    assert (counts(look), look.judgement.refusals) == ({"immobilisations": (4, 0, 0, 0)}, [])
    assert made == [("Lits superposés", "bon", "oim", "1")] * 3 + [("Groupe électrogène", "hors_usage", "ue", "1")]
    assert len({row["tag_no"] for row in rows(look, "immobilisations")}) == 4


def test_what_a_list_of_equipment_leaves_open_is_assumed_and_told(desk: Desk, tmp_path: Path) -> None:
    look = registers.look(desk, book(tmp_path / "b.xlsx", Inventaire=(ASSETS, BEDS, PUMP)))
    first, *_, last = rows(look, "immobilisations")
    assert (first["asset_category"], last["asset_category"]) == ("literie", "energie")
    assert (first["asset_status"], last["asset_status"]) == ("en_service", "hors_service")
    assert (first["owner"], first["acquisition_mode"], first["acquired_on"]) == ("centre", "existant", desk.today())
    assert ("tag_no", "own_tag", 2) in look.assumed


def test_a_list_of_equipment_twice_adds_nothing_and_a_new_condition_is_a_change(desk: Desk, tmp_path: Path) -> None:
    registers.take_in(desk, registers.look(desk, book(tmp_path / "b.xlsx", Inventaire=(ASSETS, BEDS, PUMP))))
    worn = (*BEDS[:3], "Mauvais", *BEDS[4:])
    look = registers.look(desk, book(tmp_path / "c.xlsx", Inventaire=(ASSETS, worn, PUMP)))
    assert counts(look) == {"immobilisations": (0, 3, 1, 0)}


def test_a_place_that_is_no_room_is_refused_once_for_the_line(desk: Desk, tmp_path: Path) -> None:
    look = registers.look(desk, book(tmp_path / "b.xlsx", Inventaire=(ASSETS, (*BEDS[:5], "Magasin"), PUMP)))
    assert [(one.row, one.column) for one in look.judgement.refusals] == [(2, "location_room")]
    assert counts(look) == {"immobilisations": (1, 0, 0, 3)}


def test_a_tag_that_is_there_is_kept_with_its_zeros_and_a_year_alone_is_taken(desk: Desk, tmp_path: Path) -> None:
    headings = ("N° inventaire", "Désignation", "État", "Année d'acquisition", "Valeur")
    look = registers.look(
        desk, book(tmp_path / "b.xlsx", Feuil1=(headings, ("00042", "Frigo", "Bon état", 2023, "450 000 FCFA")))
    )
    (row,) = rows(look, "immobilisations")
    assert (row["tag_no"], row["acquired_on"], row["cost_xof"]) == ("00042", date(2023, 1, 1), 450_000)


def test_what_is_in_store_opens_the_ledger(desk: Desk, tmp_path: Path) -> None:
    look = registers.look(desk, book(tmp_path / "s.xlsx", Stock=(("STOCK AU 31/12",), STOCK, RICE, MILK)))
    assert (counts(look), look.judgement.refusals) == ({"articles": (2, 0, 0, 0), "mouvements": (2, 0, 0, 0)}, [])
    assert [(row["item_code"], row["unit"], row["has_expiry"]) for row in rows(look, "articles")] == [
        ("RIZ-25-KG", "sac", False),
        ("LAIT-EN-POUDRE", "boite", True),
    ]
    assert [
        (row["item_code"], row["move_type"], row["quantity"], row.get("expiry_on")) for row in rows(look, "mouvements")
    ] == [
        ("RIZ-25-KG", "stock_initial", 40, None),
        ("LAIT-EN-POUDRE", "stock_initial", 12, date(2027, 12, 31)),
    ]


def test_two_lots_of_an_item_are_one_item_and_two_movements(desk: Desk, tmp_path: Path) -> None:
    more = ("LAIT EN POUDRE", "Boîte", 5, "L-8", "30/06/2028", "UNICEF")
    look = registers.look(desk, book(tmp_path / "s.xlsx", Stock=(STOCK, MILK, more)))
    assert (counts(look), look.judgement.refusals) == ({"articles": (1, 0, 1, 0), "mouvements": (2, 0, 0, 0)}, [])


def test_an_item_whose_later_line_has_an_expiry_is_perishable(desk: Desk, tmp_path: Path) -> None:
    without = (*MILK[:3], None, None, MILK[5])
    look = registers.look(desk, book(tmp_path / "s.xlsx", Stock=(STOCK, without, MILK)))
    assert [row["has_expiry"] for row in rows(look, "articles")] == [True]
    assert [(one.row, one.column) for one in look.judgement.refusals] == [(2, "lot_no")]


def test_a_list_of_the_store_twice_adds_nothing(desk: Desk, tmp_path: Path) -> None:
    path = book(tmp_path / "s.xlsx", Stock=(STOCK, RICE, MILK))
    registers.take_in(desk, registers.look(desk, path))
    assert counts(registers.look(desk, path)) == {"articles": (0, 0, 2, 0), "mouvements": (0, 0, 2, 0)}


def test_a_unit_that_differs_between_two_lines_is_refused(desk: Desk, tmp_path: Path) -> None:
    look = registers.look(desk, book(tmp_path / "s.xlsx", Stock=(STOCK, RICE, (RICE[0], "kg", 5, *RICE[3:]))))
    assert [(one.list, one.row, one.column) for one in look.judgement.refusals] == [("articles", 3, "unit")]
    assert counts(look)["mouvements"] == (1, 0, 0, 1)


def test_what_there_is_nothing_of_is_an_item_alone(desk: Desk, tmp_path: Path) -> None:
    look = registers.look(desk, book(tmp_path / "s.xlsx", Stock=(STOCK, (*RICE[:2], 0, *RICE[3:]))))
    assert counts(look) == {"articles": (1, 0, 0, 0)}


def test_more_pieces_than_a_house_can_have_are_refused(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shelter_desk.operations.imports.register_rows.MOST_PIECES", 5)
    look = registers.look(desk, book(tmp_path / "b.xlsx", Inventaire=(ASSETS, BEDS, BEDS)))
    assert [(one.row, one.column) for one in look.judgement.refusals] == [(3, "quantity")]


def test_an_item_with_a_code_of_its_own_is_met_again_by_its_name(desk: Desk, tmp_path: Path) -> None:
    headings = ("Code article", *STOCK)
    lines = (
        (None, *RICE),
        ("X-1", "Savon", "Pièce", 5, None, None, None),
        (None, "savon", "Pièce", 2, "L-1", None, None),
    )
    more = ("X-2", *RICE[:2], 7, "L-2", None, None)
    path = book(tmp_path / "s.xlsx", Stock=(headings, *lines, more))
    registers.take_in(desk, registers.look(desk, path))
    again = registers.look(desk, path)
    assert counts(again) == {"articles": (0, 0, 4, 0), "mouvements": (0, 0, 4, 0)}
    assert [row["item_code"] for row in rows(again, "articles")] == ["RIZ-25-KG", "X-1", "X-2"]


def test_the_value_of_several_pieces_is_told_to_be_that_of_each(desk: Desk, tmp_path: Path) -> None:
    rows = [(*ASSETS, "Valeur"), (*BEDS, 75_000), (*PUMP, 75_000)]
    assert ("cost_xof", "cost_each", 1) in registers.look(desk, book(tmp_path / "b.xlsx", Inventaire=rows)).assumed
