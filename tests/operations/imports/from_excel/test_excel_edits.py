"""A list changed in Excel: what was not changed is not in the review, what is removed stays, nothing is left behind."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from shelter_desk import words
from shelter_desk.domain.assistance.referrals import Partner
from shelter_desk.domain.errors import DiskFull, NotAllowed, ReadOnly
from shelter_desk.domain.ids import PartnerId
from shelter_desk.domain.rights import Role
from shelter_desk.operations.assistance import partners
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.equipment import equipment
from shelter_desk.operations.imports import excel_edits, intake_batches, intake_drafts, registers
from shelter_desk.operations.imports.excel_edits import ExcelEdit
from shelter_desk.operations.stock import stock, stock_catalogue
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import unlocking
from tests.operations import store_scene as scene
from tests.operations.equipment.test_lending import PHONE
from tests.operations.imports.test_intake import nobody
from tests.operations.shelter import small_shelter

OTHER = "deux citrons jaunes"


@pytest.fixture(autouse=True)
def french() -> Iterator[None]:
    with words.speaking("fr"):
        yield


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Soap, rice and a blanket in the store, a telephone, a clinic."""
    with small_shelter(tmp_path / "shelter") as opened:
        for item in (scene.soap, scene.rice, scene.blanket):
            item(opened)
        equipment.add_assets(opened, PHONE, 2)
        partners.keep_partner(opened, Partner(PartnerId(0), "Clinique du fleuve", "sante"))
        yield opened


def in_excel(edit: ExcelEdit, **cells: object) -> None:
    """What somebody types there and saves; `A9="…"`, a row to take out as `row=4`."""
    book = openpyxl.load_workbook(edit.path)
    sheet = book.worksheets[0]
    for at, value in cells.items():
        if at == "row":
            sheet.delete_rows(int(str(value)))
        else:
            sheet[at] = value
    book.save(edit.path)


def column(edit: ExcelEdit, key: str) -> str:
    """The letter of the column of that machine key."""
    row = openpyxl.load_workbook(edit.path).worksheets[0][2]
    return next(str(cell.column_letter) for cell in row if cell.value == key)


def column_of(edit: ExcelEdit, heading: str) -> str:
    """The letter of the column of that heading."""
    row = openpyxl.load_workbook(edit.path).worksheets[0][1]
    return next(str(cell.column_letter) for cell in row if str(cell.value).startswith(heading))


def row_of(edit: ExcelEdit, code: str) -> int:
    """The row of the thing with that code."""
    sheet = openpyxl.load_workbook(edit.path).worksheets[0]
    return next(at for at, cell in enumerate(sheet["A"], 1) if cell.value == code)


@pytest.mark.parametrize("kind", excel_edits.KINDS)
def test_what_nobody_changes_comes_back_as_it_was(desk: Desk, kind: str) -> None:
    edit = excel_edits.begin(desk, kind, nobody)
    in_excel(edit)
    found = excel_edits.changes(edit)
    assert (found.brings, found.gone, found.emptied, found.sheets) == (False, (), 0, ())
    counts = registers.look(desk, edit.path).judgement.counts
    assert set(counts) == set(excel_edits.KINDS[kind][0])
    assert all((one.new, one.changed, one.refused) == (0, 0, 0) and one.same for one in counts.values())


def test_only_what_differs_is_reviewed_and_undone_as_an_import(desk: Desk) -> None:
    edit = excel_edits.begin(desk, "stock", nobody)
    named, unit, code = (column(edit, key) for key in ("designation", "unit", "item_code"))
    before = {one.item.code: one.item.designation for one in stock.standing(desk)}
    (first, *_), new = sorted(before), 3 + len(before)
    book = openpyxl.load_workbook(edit.path).worksheets[0]
    of = {str(book[f"{code}{row}"].value): row for row in range(3, new)}
    more = {f"{code}{new}": "SUCRE", f"{named}{new}": "Sucre", f"{unit}{new}": "kg"}
    more |= {f"{column(edit, 'stock_category')}{new}": "Aliments secs", f"{column(edit, 'has_expiry')}{new}": "Non"}
    in_excel(edit, **{f"{named}{of[first]}": "Autre nom"}, **more)
    found = excel_edits.changes(edit)
    assert (found.changed, found.new) == (1, 1)
    assert excel_edits.told(found) == "Modifications de stock.xlsx\u00a0: 1 ligne changée, 1 nouvelle ligne."
    reviewed = excel_edits.review(desk, found, nobody)
    assert sorted((line.number, line.state) for line in reviewed.lines) == sorted(
        [(of[first], "changed"), (new, "new")]
    )
    assert {one.item.code: one.item.designation for one in stock.standing(desk)} == before
    taken = intake_batches.take_in(desk, reviewed, nobody)
    after = {one.item.code: one.item.designation for one in stock.standing(desk)}
    assert after == before | {first: "Autre nom", "SUCRE": "Sucre"}
    assert taken.batch is not None
    intake_batches.undo(desk, taken.batch.id, nobody)
    assert {one.item.code: one.item.designation for one in stock.standing(desk)} == before


def test_a_removed_line_is_said_and_stays_and_an_emptied_cell_erases_nothing(desk: Desk) -> None:
    edit = excel_edits.begin(desk, "equipment", nobody)
    tag = str(openpyxl.load_workbook(edit.path).worksheets[0]["A4"].value)
    in_excel(edit, **{f"{column(edit, 'donor')}3": None}, row=4)
    found = excel_edits.changes(edit)
    assert (found.brings, found.gone, found.emptied) == (False, (tag,), 1)
    assert excel_edits.told(found) == (
        "Modifications de equipement.xlsx\u00a0: 1 ligne retirée. "
        "Une ligne retirée du classeur reste ici. Une case vide n’efface jamais rien."
    )


def test_a_workbook_without_its_machine_keys_is_read_by_its_headings(desk: Desk) -> None:
    edit = excel_edits.begin(desk, "partners", nobody)
    in_excel(edit, row=2)
    assert not excel_edits.changes(edit).brings
    in_excel(edit, **{f"{column_of(edit, 'Téléphone')}2": "76000000"})
    found = excel_edits.changes(edit)
    assert (found.changed, found.new) == (1, 0)
    assert [line.state for line in excel_edits.review(desk, found, nobody).lines] == ["changed"]


def test_a_workbook_without_keys_and_headings_is_left_to_the_review(desk: Desk) -> None:
    edit = excel_edits.begin(desk, "partners", nobody)
    in_excel(edit, row=2)
    in_excel(edit, row=1)
    assert excel_edits.changes(edit).brings


@pytest.mark.parametrize("rows_taken", [(), (2,)], ids=["as written", "without machine keys"])
def test_only_what_was_changed_in_excel_is_taken_in_beside_what_was_changed_here_meanwhile(
    desk: Desk, rows_taken: tuple[int, ...]
) -> None:
    edit = excel_edits.begin(desk, "stock", nobody)
    named, row = column(edit, "designation"), row_of(edit, "SAV")
    item = next(one.item for one in stock.standing(desk) if one.item.code == "SAV")
    stock_catalogue.keep_item(desk, replace(item, min_level=9_000, lead_time_days=31))
    in_excel(edit, **{f"{named}{row}": "Savon noir"})
    for one in rows_taken:
        in_excel(edit, row=one)
    found = excel_edits.changes(edit)
    assert found.changed == 1
    for reviewed in (
        excel_edits.review(desk, found, nobody),
        intake_drafts.resume(desk, excel_edits.as_draft(found), nobody),
    ):
        assert [line.state for line in reviewed.lines] == ["changed"]
    intake_batches.take_in(desk, reviewed, nobody)
    after = next(one.item for one in stock.standing(desk) if one.item.code == "SAV")
    assert (after.designation, after.min_level, after.lead_time_days) == ("Savon noir", 9_000, 31)


def test_what_is_no_more_here_is_not_made_again_from_what_was_changed_of_it(desk: Desk) -> None:
    edit = excel_edits.begin(desk, "partners", nobody)
    (clinic,) = partners.partners(desk)
    partners.keep_partner(desk, replace(clinic, name="Clinique du port"))
    in_excel(edit, **{f"{column(edit, 'phone')}3": "76000000"})
    reviewed = excel_edits.review(desk, excel_edits.changes(edit), nobody)
    assert [line.state for line in reviewed.lines] == ["refused"]


def test_beds_of_a_room_are_changed_with_their_rooms(desk: Desk) -> None:
    edit = excel_edits.begin(desk, "rooms", nobody)
    in_excel(edit, **{f"{column(edit, 'name')}3": "Salle du fleuve"})
    book = openpyxl.load_workbook(edit.path)
    beds = book["lits"]
    row = beds.max_row + 1
    for place, cell in enumerate(beds[row - 1], 1):
        beds.cell(row, place, "ZZ-9" if place == 1 else cell.value)
    book.save(edit.path)
    found = excel_edits.changes(edit)
    assert (found.changed, found.new, [sheet.name for sheet in found.sheets]) == (1, 1, ["chambres", "lits"])
    assert [line.state for line in excel_edits.review(desk, found, nobody).lines] == ["changed", "new"]


@pytest.mark.parametrize("kind", ["stock", "equipment"])
def test_what_waits_is_kept_as_a_draft_without_its_file(desk: Desk, kind: str) -> None:
    edit = excel_edits.begin(desk, kind, nobody)
    in_excel(edit, **{f"{column(edit, 'designation')}3": "Autre nom"})
    kept = excel_edits.as_draft(excel_edits.changes(edit))
    excel_edits.end(edit)
    assert not (desk.folder / "excel").exists()
    assert [line.state for line in intake_drafts.resume(desk, kept, nobody).lines] == ["changed"]


def test_the_journal_tells_that_the_list_was_written_and_only_who_imports_may(desk: Desk) -> None:
    user_accounts.add(desk, "Agent M", Role.STOREKEEPER, OTHER)
    excel_edits.end(excel_edits.begin(desk, "stock", nobody))
    folder = desk.folder
    desk.close()
    with (
        unlocking.unlock(folder, "Agent M", OTHER) as keeper,
        pytest.raises(NotAllowed),
    ):
        excel_edits.begin(keeper, "stock", nobody)
    assert not (folder / "excel").exists()


def test_a_list_that_is_written_as_the_desk_is_locked_does_not_stay(desk: Desk) -> None:
    class Locked(Exception):
        pass

    def stop(step: str, _done: int, _total: int) -> None:
        if step == "read":
            raise Locked

    with pytest.raises(Locked):
        excel_edits.begin(desk, "stock", stop)
    assert not (desk.folder / "excel").exists()


@pytest.mark.parametrize(("of", "name"), [(excel_edits, "save"), (Desk, "note")], ids=["disk", "journal"])
def test_a_list_that_cannot_be_written_or_told_leaves_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, of: object, name: str
) -> None:
    def refuse(*_args: object, **_more: object) -> None:
        raise DiskFull("here")

    with monkeypatch.context() as patched:
        patched.setattr(of, name, refuse)
        with pytest.raises(DiskFull):
            excel_edits.begin(desk, "stock", nobody)
    assert not (desk.folder / "excel").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there, and Wine does not say where one leads")
def test_a_link_in_the_place_of_the_folder_is_refused_and_what_it_leads_to_stays(desk: Desk, tmp_path: Path) -> None:
    mine = tmp_path / "Documents"
    (mine / "stock").mkdir(parents=True)
    (mine / "stock" / "contrats.docx").write_text("x")
    (desk.folder / "excel").symlink_to(mine, target_is_directory=True)
    with pytest.raises(ReadOnly):
        excel_edits.begin(desk, "stock", nobody)
    assert [one.name for one in mine.rglob("*")] == ["stock", "contrats.docx"]


def test_what_lies_or_leads_elsewhere_beside_the_workbook_stays(desk: Desk, tmp_path: Path) -> None:
    mine = tmp_path / "Documents"
    mine.mkdir()
    (mine / "stock.xlsx").write_text("mine")
    (desk.folder / "excel").mkdir()
    (desk.folder / "excel" / "stock").symlink_to(mine, target_is_directory=True)
    edit = excel_edits.begin(desk, "stock", nobody)
    assert edit.path.resolve().is_relative_to(desk.folder.resolve())
    assert excel_edits.end(edit)
    assert (mine / "stock.xlsx").read_text() == "mine"


def test_a_workbook_begun_again_has_a_folder_that_nobody_knew(desk: Desk) -> None:
    one, other = (excel_edits.begin(desk, "stock", nobody).path for _ in range(2))
    assert (one.parent != other.parent, one.exists(), other.exists()) == (True, True, True)
