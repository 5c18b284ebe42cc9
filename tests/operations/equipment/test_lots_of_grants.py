"""Each lot says under which grant it came: another grant of the same donor is another lot."""

from datetime import date
from pathlib import Path

import openpyxl
import pytest

from shelter_desk.domain.equipment.assets import Grant
from shelter_desk.domain.equipment.receiving import last_grant_of
from shelter_desk.domain.errors import ChangedSince, NotInList
from shelter_desk.domain.ids import GrantId, ItemId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.stock.moves import Lot
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.equipment import dossiers, equipment
from shelter_desk.operations.imports import register_export, registers
from shelter_desk.operations.stock import vouchers
from shelter_desk.system import clock
from tests.operations import store_scene as scene
from tests.operations.shelter import month_when_over
from tests.operations.stock_desk import desk, left

__all__ = ["desk"]
FIRST, SECOND = Lot(donor="oim", grant="OIM-1"), Lot(donor="oim", grant="OIM-2")


@pytest.fixture
def soap(desk: Desk) -> ItemId:
    """Ten pieces under a first grant of a donor, then six under a second one."""
    for code, began in (("OIM-1", date(2025, 1, 1)), ("OIM-2", date(2026, 1, 1))):
        equipment.keep_grant(desk, Grant(GrantId(0), code, "oim", started_on=began))
    made = scene.soap(desk)
    scene.came(desk, made, 10_000, scene.ago(9), FIRST, "don")
    scene.came(desk, made, 6_000, scene.ago(8), SECOND, "don")
    return made


def test_another_grant_of_the_same_donor_is_another_lot(desk: Desk, soap: ItemId) -> None:
    assert left(desk, soap) == {FIRST: 10_000, SECOND: 6_000}


def test_what_goes_out_leaves_its_own_lot(desk: Desk, soap: ItemId) -> None:
    scene.went(desk, soap, 12_000)
    assert left(desk, soap) == {SECOND: 4_000}


@pytest.mark.parametrize("lot", [Lot(donor="oim", grant="OIM-9"), Lot(donor="ue", grant="OIM-1")])
def test_a_grant_that_is_none_of_that_donor_is_refused(desk: Desk, soap: ItemId, lot: Lot) -> None:
    with pytest.raises(NotInList):
        scene.came(desk, soap, 1_000, lot=lot)


def test_a_grant_called_otherwise_is_called_so_on_its_lots(desk: Desk, soap: ItemId) -> None:
    grant = equipment.grants(desk)[0]
    equipment.keep_grant(desk, Grant(grant.id, "OIM-2025", "oim"))
    assert left(desk, soap) == {Lot(donor="oim", grant="OIM-2025"): 10_000, SECOND: 6_000}


def test_a_grant_that_a_lot_names_is_not_undone(desk: Desk) -> None:
    made = equipment.keep_grant(desk, Grant(GrantId(0), "OIM-1", "oim"))
    scene.came(desk, scene.soap(desk), 1_000, lot=FIRST)
    with pytest.raises(ChangedSince):
        undo(desk, made)


def test_the_figures_by_donor_do_not_ask_for_the_grant(desk: Desk, soap: ItemId) -> None:
    report = month_when_over(desk, Period.month(clock.today().year, clock.today().month)).report
    assert [one.value for (key, _), one in report.figures.items() if key == "t11.donor_closing"] == [16]
    assert report.failed == ()


def test_the_registers_workbook_brings_the_grants_back(desk: Desk, soap: ItemId, tmp_path: Path) -> None:
    register_export.export(desk, tmp_path / "out.xlsx")
    again = registers.look(desk, tmp_path / "out.xlsx")
    assert again.judgement.refusals == []
    assert [(one.new, one.changed) for one in again.judgement.counts.values()] == [(0, 0)] * len(again.judgement.counts)


def test_the_last_grant_is_the_one_that_began_last_and_is_not_over() -> None:
    old = Grant(GrantId(1), "A", "oim", started_on=date(2025, 1, 1))
    over = Grant(GrantId(2), "B", "oim", started_on=date(2026, 1, 1), ended_on=date(2026, 3, 31))
    other = Grant(GrantId(3), "C", "ue", started_on=date(2026, 6, 1))
    ahead = Grant(GrantId(4), "D", "oim", started_on=date(2027, 1, 1))
    known = [old, over, other, ahead]
    assert [last_grant_of(known, "oim", day) for day in (date(2026, 2, 1), date(2026, 7, 1))] == [over, old]
    assert last_grant_of(known, "usa", date(2026, 7, 1)) is None


def test_the_dossier_of_a_grant_has_its_consumables(desk: Desk, soap: ItemId, tmp_path: Path) -> None:
    scene.went(desk, soap, 12_000)
    first, _ = equipment.grants(desk)
    dossiers.write_dossier(desk, tmp_path / "grant.xlsx", first.id)
    dossiers.write_dossier(desk, tmp_path / "donor.xlsx", None, "oim")
    rows = {
        name: [row[2:5] for row in openpyxl.load_workbook(tmp_path / name, data_only=True)["Consumables"].values][1:]
        for name in ("grant.xlsx", "donor.xlsx")
    }
    assert rows == {"grant.xlsx": [(10, 10, 0)], "donor.xlsx": [(16, 12, 4)]}


def test_what_came_by_mistake_and_was_taken_back_was_not_received(desk: Desk, soap: ItemId, tmp_path: Path) -> None:
    vouchers.take_back(desk, scene.came(desk, soap, 5_000, lot=SECOND))
    dossiers.write_dossier(desk, tmp_path / "donor.xlsx", None, "oim")
    (row,) = list(openpyxl.load_workbook(tmp_path / "donor.xlsx", data_only=True)["Consumables"].values)[1:]
    assert row[2:5] == (16, 0, 16)


def test_a_donor_who_gave_no_consumables_has_no_such_sheet(desk: Desk, soap: ItemId, tmp_path: Path) -> None:
    dossiers.write_dossier(desk, tmp_path / "donor.xlsx", None, "ue")
    assert "Consumables" not in openpyxl.load_workbook(tmp_path / "donor.xlsx").sheetnames
