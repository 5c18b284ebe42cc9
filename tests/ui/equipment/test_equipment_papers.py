"""What equipment is written on: dossiers of donors, labels, sheets of rooms."""

from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPageSize, QPdfWriter
from pytestqt.qtbot import QtBot

from shelter_desk.operations.equipment import equipment, equipment_counts
from shelter_desk.operations.vault import unlocking
from shelter_desk.system import clock
from shelter_desk.ui.equipment import count_view, paper
from shelter_desk.ui.equipment.donors_part import DonorsPart, GrantForm
from shelter_desk.ui.widgets import files
from shelter_desk.ui.widgets.print import bar_labels, printing
from tests.operations.shelter import PASSWORD
from tests.ui.assistance.assistance_scene import Enter, enter, fill, folder, press, tab_to
from tests.ui.equipment.equipment_scene import CHAIR, done, form_of, furnished, page_of, register_of
from tests.ui.sending.gates import stays

__all__ = ["enter", "folder"]


def test_a_grant_is_added_and_the_dossier_written(enter: Enter, qtbot: QtBot, folder: Path, tmp_path: Path) -> None:
    furnished(folder)
    window = enter("Agent M")
    face = page_of(window, "donors").face
    assert isinstance(face, DonorsPart)
    press(qtbot, face.add_button)
    form = form_of(face, GrantForm)
    fill(qtbot, form.code.line, "USA-1")
    fill(qtbot, form.donor, "etats-unis")
    tab_to(qtbot, form.name)
    done(face, qtbot)
    assert [one.grant.code for one in face.rows.rows() if one.grant] == ["USA-1"]
    face.table.go_to(0)
    files.answer_with(tmp_path / "dossier.xlsx")
    qtbot.keyClick(face.table, Qt.Key.Key_Return)
    stays(face.gate)
    book = openpyxl.load_workbook(tmp_path / "dossier.xlsx")
    assert book.sheetnames == ["Synthèse", "Biens", "Événements"]


def test_labels_and_the_sheet_of_a_room_are_saved_where_there_is_no_printer(
    enter: Enter, qtbot: QtBot, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "has_printer", lambda: False)
    furnished(folder)
    face = register_of(enter("Agent M"))
    for button, name in ((face.labels_button, "labels.pdf"), (face.sheet_button, "sheet.pdf")):
        files.answer_with(tmp_path / name)
        press(qtbot, button)
        assert (tmp_path / name).read_bytes().startswith(b"%PDF-")


def test_twenty_five_labels_take_a_second_sheet(tmp_path: Path) -> None:
    sheets = []
    for many in (24, 25):
        path = tmp_path / f"{many}.pdf"
        writer = QPdfWriter(str(path))
        writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        bar_labels.paint(writer, [paper.label(replace(CHAIR, tag_no="MOB-0001"), training=False)] * many)
        sheets.append(path.read_bytes().count(b"/Type /Page\n"))
    assert sheets == [1, 2]


def test_a_tag_has_bars_and_a_sign_without_any_has_none() -> None:
    assert set(bar_labels.bars("LIT-0001")) == {"0", "1"}
    assert bar_labels.bars("É-1") == ""


def test_the_papers_say_whose_they_are_and_how_many_pieces_were_there(folder: Path) -> None:
    furnished(folder)
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        equipment_counts.begin(desk, clock.today(), [], ["A. D.", "K. T."])
        key = equipment_counts.listed(desk)[0].campaign.id
        equipment_counts.see(desk, key, "LIT-0001")
        equipment_counts.close(desk, key)
        minutes = count_view.minutes(
            equipment_counts.listed(desk)[0], equipment_counts.lines(desk, key), False, "Maison du Fleuve"
        )
        sheet = paper._room("Chambre 1", equipment.register(desk), clock.today(), False, "Maison du Fleuve")
    assert all("Maison du Fleuve" in html for html in (minutes, sheet))
    assert ("Chaise (0/20)" in minutes, "Chaise (20/20)" in minutes) == (True, False)
