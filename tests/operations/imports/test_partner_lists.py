"""The directory of partners in and out: own lists, the registers workbook, undone again."""

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from shelter_desk.domain.assistance.referrals import Partner
from shelter_desk.domain.ids import PartnerId
from shelter_desk.operations.assistance import partners
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import intake, intake_batches, register_export, registers
from tests.operations.imports.test_own_registers import book, counts
from tests.operations.shelter import open_small_shelter

HEADINGS = ("Structure", "Type", "Services", "Ville", "Téléphone", "Horaires")
CLINIC = ("CSRéf", "Santé", "Vaccination", "Mopti", "20 42 00 00", "8h-16h")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_small_shelter(tmp_path / "shelter") as opened:
        yield opened


def take_in(desk: Desk, path: Path) -> dict[str, tuple[int, int, int, int]]:
    look = registers.look(desk, path)
    registers.take_in(desk, look)
    return counts(look)


def only(desk: Desk) -> Partner:
    (one,) = partners.partners(desk)
    return one


def test_a_directory_is_taken_in_with_how_each_is_reached(desk: Desk, tmp_path: Path) -> None:
    assert take_in(desk, book(tmp_path / "p.xlsx", Annuaire=(HEADINGS, CLINIC))) == {"partenaires": (1, 0, 0, 0)}
    one = only(desk)
    assert (one.name, one.partner_type, one.town, one.services_offered) == ("CSRéf", "sante", "Mopti", ("san_vaccin",))
    assert (one.phone, one.opening_hours, one.is_active) == ("20 42 00 00", "8h-16h", True)


def test_an_empty_cell_of_a_directory_never_erases(desk: Desk, tmp_path: Path) -> None:
    take_in(desk, book(tmp_path / "p.xlsx", Annuaire=(HEADINGS, CLINIC)))
    later = ("csref", None, None, "MOPTI", None, "24h/24")
    assert take_in(desk, book(tmp_path / "q.xlsx", Annuaire=(HEADINGS, later))) == {"partenaires": (0, 1, 0, 0)}
    one = only(desk)
    assert (one.name, one.phone, one.services_offered, one.opening_hours) == (
        "CSRéf",
        "20 42 00 00",
        ("san_vaccin",),
        "24h/24",
    )


def test_the_same_name_in_another_town_is_another_structure_and_stays_so(desk: Desk, tmp_path: Path) -> None:
    take_in(desk, book(tmp_path / "p.xlsx", Annuaire=(HEADINGS, CLINIC)))
    other = book(tmp_path / "q.xlsx", Annuaire=(HEADINGS, ("CSREF", None, None, "Gao", None, None)))
    assert take_in(desk, other) == {"partenaires": (1, 0, 0, 0)}
    assert counts(registers.look(desk, other)) == {"partenaires": (0, 0, 1, 0)}
    assert [one.name for one in partners.partners(desk)] == ["CSREF (Gao)", "CSRéf"]


def test_the_directory_goes_out_with_the_registers_and_comes_back_the_same(desk: Desk, tmp_path: Path) -> None:
    whole = Partner(PartnerId(0), "Tribunal", "justice", "Kayes", "Greffe", ("jur_conseil", "jur"), False)
    partners.keep_partner(desk, whole)
    take_in(desk, book(tmp_path / "p.xlsx", Annuaire=(HEADINGS, CLINIC)))
    register_export.export(desk, tmp_path / "out.xlsx")
    assert counts(registers.look(desk, tmp_path / "out.xlsx"))["partenaires"] == (0, 0, 2, 0)
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx")["partenaires"]
    assert [cell.value for cell in sheet[2]][:2] == ["partner_name", "partner_type"]


def test_telephone_and_conditions_are_kept(desk: Desk) -> None:
    partners.keep_partner(
        desk, Partner(PartnerId(0), "Clinique", "sante", phone="20 00", conditions="Carte d’identité")
    )
    assert (only(desk).phone, only(desk).conditions) == ("20 00", "Carte d’identité")


def test_a_directory_is_undone(desk: Desk, tmp_path: Path) -> None:
    path = book(tmp_path / "p.xlsx", Annuaire=(HEADINGS, CLINIC))
    taken = intake_batches.take_in(desk, intake.open_file(desk, path, lambda *_: None), lambda *_: None)
    assert taken.batch is not None
    later = book(tmp_path / "q.xlsx", Annuaire=(HEADINGS, ("CSRéf", None, None, None, None, "24h/24")))
    registers.take_in(desk, registers.look(desk, later))
    told = intake_batches.undoing(desk, taken.batch.id)
    assert [(one.list, one.code, one.why) for one in told.left] == [("partenaires", "CSRéf", "changed")]
    last = intake_batches.past(desk)[0].batch.id
    intake_batches.undo(desk, last, lambda *_: None)
    assert only(desk).opening_hours == "8h-16h"
    intake_batches.undo(desk, taken.batch.id, lambda *_: None)
    assert partners.partners(desk) == []


def test_the_registers_refuse_a_structure_that_stands_twice(desk: Desk, tmp_path: Path) -> None:
    rows = (("partner_name", "partner_type"), ("Tribunal", "justice"), ("TRIBUNAL", "justice"))
    look = registers.look(desk, book(tmp_path / "p.xlsx", partenaires=rows))
    assert [(one.row, one.column) for one in look.judgement.refusals] == [(3, "partner_name")]
