"""A file that comes back: as it left, changed, unknown, or replaced since."""

import os
import random
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font

from shelter_desk.domain.errors import FileMissing
from shelter_desk.domain.moments import Period
from shelter_desk.domain.registers.refusals import NotAWorkbook
from shelter_desk.domain.reports.sendings import Proven
from shelter_desk.domain.rights import Role
from shelter_desk.domain.sending.gate import GateAnswers
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import closing, month_versions, proving, reports
from shelter_desk.operations.residents import residents
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import unlocking
from shelter_desk.words.reports import closing as words
from tests.operations.shelter import PASSWORD, admit, born, open_small_shelter

TO = GateAnswers("OIM", "rapport mensuel")
OTHER = "quatre pirogues lentes"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """October, or the last month that is over, was closed with two women."""
    opened = open_small_shelter(tmp_path / "shelter")
    for code in ("1A", "1B"):
        admit(opened, code, days=100)
    closing.close(opened, month(opened), lambda _: "sans_objet")
    yield opened
    opened.close()


def month(desk: Desk) -> Period:
    return Period(desk.today(), desk.today()).month_before


@pytest.fixture
def sent(desk: Desk, tmp_path: Path) -> Path:
    out = tmp_path / "rapport.xlsx"
    reports.export(desk, month_versions.month(desk, month(desk)), "partenaire", out, TO)
    return out


def test_a_file_as_it_left_is_known_whatever_it_is_called_now(desk: Desk, sent: Path, tmp_path: Path) -> None:
    shutil.copy(sent, tmp_path / "autre nom.xlsx")
    found = proving.verify(desk, tmp_path / "autre nom.xlsx")
    assert found.sent is not None
    assert (found.is_intact, found.changed, found.replaced_by) == (True, (), None)
    assert (found.sent.version, found.sent.sending.recipient) == (1, "OIM")


def numbers(path: Path) -> list[tuple[str, str]]:
    book = openpyxl.load_workbook(path)
    return [
        (sheet.title, cell.coordinate)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, int | float) and not isinstance(cell.value, bool)
    ]


def test_each_of_a_hundred_changed_cells_is_found_and_no_other(desk: Desk, sent: Path, tmp_path: Path) -> None:
    places = random.Random("cells").sample(numbers(sent), 100)
    book = openpyxl.load_workbook(sent)
    changed = []
    for number, (sheet, cell) in enumerate(places):
        before = book[sheet][cell].value
        book[sheet][cell].value = before + 1 + number
        changed.append(f"{sheet}!{cell}")
    book.save(tmp_path / "changed.xlsx")
    found = proving.verify(desk, tmp_path / "changed.xlsx")
    assert (found.is_intact, sorted(found.changed)) == (False, sorted(changed))


def test_one_changed_formula_and_one_changed_text_are_found(desk: Desk, sent: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(sent)
    sheet = book["02_Capacite"]
    formula = next(cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("=SUM"))
    formula.value = f"{formula.value}+0"
    book.worksheets[0]["B2"].value = "Ailleurs"
    book.save(tmp_path / "changed.xlsx")
    found = proving.verify(desk, tmp_path / "changed.xlsx")
    assert set(found.changed) == {f"{sheet.title}!{formula.coordinate}", f"{book.worksheets[0].title}!B2"}


@pytest.mark.parametrize("what", ["format", "hidden sheet", "saved again"])
def test_a_file_in_which_no_figure_changed_is_not_as_it_left(desk: Desk, sent: Path, tmp_path: Path, what: str) -> None:
    book = openpyxl.load_workbook(sent)
    if what == "format":
        book["02_Capacite"]["C6"].font = Font(bold=True, size=20)
    if what == "hidden sheet":
        book.create_sheet("Brouillon").sheet_state = "hidden"
        book["Brouillon"]["A1"] = 1
    book.save(tmp_path / "changed.xlsx")
    found = proving.verify(desk, tmp_path / "changed.xlsx")
    assert found.sent is not None
    assert not found.is_intact
    assert found.changed == (("Brouillon",) if what == "hidden sheet" else ())


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")
def test_a_file_saved_again_by_libreoffice_is_known_and_not_as_it_left(desk: Desk, sent: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    call = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "xlsx"]
    subprocess.run([*call, "--outdir", str(out), str(sent)], check=True, capture_output=True, timeout=120)
    found = proving.verify(desk, out / "rapport.xlsx")
    assert (found.sent is not None, found.is_intact) == (True, False)


def test_a_file_of_somebody_else_is_unknown(desk: Desk, sent: Path, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Une", "autre", "liste", 4])
    book.save(tmp_path / "other.xlsx")
    assert proving.verify(desk, tmp_path / "other.xlsx") == Proven(None)
    (tmp_path / "no.xlsx").write_bytes(b"PK\x03\x04 nothing")
    with pytest.raises(NotAWorkbook):
        proving.verify(desk, tmp_path / "no.xlsx")


def test_what_was_replaced_says_by_which_version(desk: Desk, sent: Path) -> None:
    line = residents.listed(desk, "here")[0]
    person = residents.record(desk, line.person.id).person
    with desk.because_late("preuve_nouvelle"):
        residents.correct(desk, replace(person, birth=born(15)), residents.name(desk, person.id))
    closing.rectify(desk, month(desk), "âge prouvé")
    found = proving.verify(desk, sent)
    assert (found.replaced_by, found.rectified) == (2, 1)
    assert words.proven(found)[-1] == "Replaced by rectified version 1."


def test_a_draft_is_replaced_by_the_closing(desk: Desk, tmp_path: Path) -> None:
    before = month(desk).month_before
    reports.export(
        desk,
        month_versions.month(desk, before),
        "partenaire",
        tmp_path / "draft.xlsx",
        TO,
    )
    closing.reopen(desk, month(desk), "un oubli")
    for period in (before, month(desk)):
        closing.close(desk, period, lambda _: "sans_objet")
    assert words.proven(proving.verify(desk, tmp_path / "draft.xlsx"))[-1] == "Replaced by: v1."


def test_a_file_that_went_to_two_recipients_names_both(desk: Desk, sent: Path) -> None:
    reports.export(
        desk, month_versions.month(desk, month(desk)), "partenaire", sent, GateAnswers("bailleur", "rapport mensuel")
    )
    found = proving.verify(desk, sent)
    assert (found.is_intact, found.recipients) == (True, ("OIM", "bailleur"))
    book = openpyxl.load_workbook(sent)
    book["02_Capacite"]["C6"].value = 99
    book.save(sent)
    assert sorted(proving.verify(desk, sent).recipients) == ["OIM", "bailleur"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes in folders")
def test_a_pipe_keeps_nobody_waiting(desk: Desk, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.xlsx")
    with pytest.raises(FileMissing):
        proving.verify(desk, tmp_path / "pipe.xlsx")


def test_an_auditor_proves_a_file_as_it_left_and_is_told_no_cell_of_another(
    desk: Desk, sent: Path, tmp_path: Path
) -> None:
    user_accounts.add(desk, "Agent E", Role.AUDITOR, OTHER)
    book = openpyxl.load_workbook(sent)
    book["02_Capacite"]["C6"].value = 99
    book.save(tmp_path / "changed.xlsx")
    folder = desk.folder
    desk.close()
    with unlocking.unlock(folder, "Agent E", OTHER) as auditor:
        assert proving.verify(auditor, sent).is_intact
        assert proving.verify(auditor, tmp_path / "changed.xlsx") == Proven(None, is_compared=False)
    unlocking.unlock(folder, "Agent A", PASSWORD).close()
