"""An import played by keyboard through the real window: file, columns, values, doubts, result, copy, undo."""

import threading
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QGridLayout
from pytestqt.qtbot import QtBot

from shelter_desk.operations.beds import beds
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import intake, intake_batches
from shelter_desk.operations.services import service_catalogue
from shelter_desk.storage.registers import registers as stored_registers
from shelter_desk.ui.imports.page import IntakePage
from shelter_desk.ui.widgets import files
from shelter_desk.ui.widgets.label import Label
from tests.operations.imports.test_intake import nobody
from tests.operations.imports.test_own_registers import AWA, BABY, HEADINGS, MAN, book
from tests.operations.shelter import admit, days_ago
from tests.ui.window.windows import focused, settle, type_in
from tests.walks.intake_scene import (
    BAD_DAY,
    CTRL,
    WRONG,
    Enter,
    bring,
    desk_of,
    enter,
    face_of,
    folder,
    go_on,
    page_of,
    persons,
    search,
    seen_in,
    shown,
    tab_to,
)

__all__ = ["enter", "folder"]


def test_an_import_from_the_file_to_its_undo_by_keyboard(enter: Enter, qtbot: QtBot, tmp_path: Path) -> None:
    window = enter("Agent A")
    page, desk = page_of(window, qtbot), desk_of(window)
    bring(qtbot, page, book(tmp_path / "r.xlsx", Registre=(HEADINGS, AWA, BABY, MAN, WRONG, BAD_DAY)))
    assert (face_of(page), page.steps.step()) == (page.columns, "columns")
    go_on(qtbot)
    assert face_of(page) is page.values
    (box,) = page.values.boxes.values()
    search(qtbot, box, "guinee equatoriale")
    go_on(qtbot)
    assert (face_of(page), shown(page)) == (page.lines, [(2, "doubtful"), (6, "refused")])
    assert (focused(), page.lines.take.isEnabled()) == (page.lines.table, False)
    type_in(qtbot, Qt.Key.Key_Return, Qt.Key.Key_Down, Qt.Key.Key_Space)  # into the doubt: another person
    qtbot.keyClick(focused(), Qt.Key.Key_Return, CTRL)
    assert shown(page) == [(2, "decided"), (6, "refused")]
    go_on(qtbot)
    assert face_of(page) is page.result
    assert persons(desk) == {"Awa", "Moussa", "Kofi", "Salif"}
    files.answer_with(tmp_path / "copy.xlsx")
    tab_to(qtbot, page.result.copy)
    type_in(qtbot, Qt.Key.Key_Return)
    settle(qtbot)
    assert openpyxl.load_workbook(tmp_path / "copy.xlsx")["Registre"]["F6"].fill.patternType == "solid"
    tab_to(qtbot, page.result.undo)
    type_in(qtbot, Qt.Key.Key_Return)
    settle(qtbot)
    assert face_of(page) is page.undoing
    tab_to(qtbot, page.undoing.verb)
    type_in(qtbot, Qt.Key.Key_Return)
    settle(qtbot)
    assert (persons(desk), page.undoing.verb.isVisible()) == ({"Awa"}, False)
    assert [one.batch.undone_at is None for one in intake_batches.past(desk)] == [False]


def test_keys_go_from_problem_to_problem_and_round(enter: Enter, qtbot: QtBot, tmp_path: Path) -> None:
    page = page_of(enter("Agent A"), qtbot)
    bring(qtbot, page, book(tmp_path / "r.xlsx", Registre=(HEADINGS, AWA, BABY, MAN, BAD_DAY)))
    go_on(qtbot)
    page.lines.show_only("all")
    seen = []
    for key, more in (
        (Qt.Key.Key_F8, none()),
        (Qt.Key.Key_F8, none()),
        (Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier),
    ):
        qtbot.keyClick(focused(), key, more)
        seen.append(page.lines.table.current().number)
    assert seen == [5, 2, 5]


def none() -> Qt.KeyboardModifier:
    return Qt.KeyboardModifier.NoModifier


def test_chips_count_the_lines_and_leave_those_of_their_state(enter: Enter, qtbot: QtBot, tmp_path: Path) -> None:
    page = page_of(enter("Agent A"), qtbot)
    bring(qtbot, page, book(tmp_path / "r.xlsx", Registre=(HEADINGS, AWA, BABY, MAN, BAD_DAY)))
    go_on(qtbot)
    counts = {code: page.lines.chips.chip(code).count() for code in ("problems", "refused", "doubtful", "new", "all")}
    assert counts == {"problems": 2, "refused": 1, "doubtful": 1, "new": 2, "all": 4}
    page.lines.chips.chip("new").click()
    assert shown(page) == [(3, "new"), (4, "new")]


def test_the_copy_is_corrected_and_taken_in_without_the_lines_already_here(
    enter: Enter, qtbot: QtBot, tmp_path: Path
) -> None:
    window = enter("Agent A")
    page, desk = page_of(window, qtbot), desk_of(window)
    bring(qtbot, page, book(tmp_path / "r.xlsx", Registre=(HEADINGS, MAN, BAD_DAY)))
    go_on(qtbot)
    go_on(qtbot)
    files.answer_with(tmp_path / "copy.xlsx")
    page.result.copy.click()
    settle(qtbot)
    copy = openpyxl.load_workbook(tmp_path / "copy.xlsx")
    copy["Registre"]["F3"] = "07/02/2026"
    copy.save(tmp_path / "copy.xlsx")
    page.result.other.click()
    bring(qtbot, page, tmp_path / "copy.xlsx")
    go_on(qtbot)
    assert shown(page) == [(2, "same"), (3, "new")]
    go_on(qtbot)
    assert persons(desk) == {"Awa", "Kofi", "Ali"}


def test_a_column_is_corrected_by_keyboard_and_the_correction_is_remembered(
    enter: Enter, qtbot: QtBot, tmp_path: Path
) -> None:
    window = enter("Agent A")
    page = page_of(window, qtbot)
    headings = (*HEADINGS[:4], "Passeport", *HEADINGS[5:])
    bring(qtbot, page, book(tmp_path / "r.xlsx", Registre=(headings, MAN)))
    box = page.columns.boxes[intake.fold_heading("Passeport")]
    assert box.value() == ""
    search(qtbot, box, "zzz")
    go_on(qtbot)
    assert (face_of(page), page.columns.note.text()) == (
        page.columns,
        "«\u00a0zzz\u00a0» n’est pas dans la liste. Choisissez une ligne.",
    )
    search(qtbot, box, "nationalite")
    go_on(qtbot)
    assert box.value() == "nationality"
    assert shown(page) == [(2, "new")]
    page.lines.close_button.click()
    bring(qtbot, page, book(tmp_path / "s.xlsx", Mars=(headings, MAN)))
    assert page.columns.boxes[intake.fold_heading("Passeport")].value() == "nationality"


def test_a_sheet_becomes_another_list_and_none(enter: Enter, qtbot: QtBot, tmp_path: Path) -> None:
    page = page_of(enter("Agent A"), qtbot)
    bring(qtbot, page, book(tmp_path / "r.xlsx", Registre=(HEADINGS, MAN)))
    page.columns.list.choose("")
    page.columns.list.chosen.emit("")
    settle(qtbot)
    assert (page.columns.go.isEnabled(), page.columns.note.text()) == (False, "Dites quelle feuille est une liste.")
    page.columns.list.choose("registre")
    page.columns.list.chosen.emit("registre")
    settle(qtbot)
    assert page.columns.go.isEnabled()


def test_hidden_rows_what_was_passed_over_and_what_is_assumed_are_told(
    enter: Enter, qtbot: QtBot, tmp_path: Path
) -> None:
    window = enter("Agent A")
    page = page_of(window, qtbot)
    path = book(tmp_path / "r.xlsx", Registre=(HEADINGS, MAN, BABY, ("TOTAL", None, 2)))
    made = openpyxl.load_workbook(path)
    made["Registre"].row_dimensions[3].hidden = True
    made.save(path)
    bring(qtbot, page, path)
    QApplication.processEvents()
    told = seen_in(page)
    assert "lignes masqu\u00e9es 1" in told
    assert "1 ligne a \u00e9t\u00e9 pass\u00e9e" in told
    go_on(qtbot)
    assert "Suppos\u00e9, 2 lignes" in page.lines.assumed.text()


def test_the_same_file_is_said_to_be_known(enter: Enter, qtbot: QtBot, tmp_path: Path) -> None:
    page = page_of(enter("Agent A"), qtbot)
    path = book(tmp_path / "r.xlsx", Registre=(HEADINGS, MAN))
    for _ in range(2):
        bring(qtbot, page, path)
        go_on(qtbot)
        if page.lines.take.isEnabled():
            go_on(qtbot)
            page.result.other.click()
    assert (shown(page), page.lines.taken.isVisible()) == ([(2, "same")], True)
    assert "d\u00e9j\u00e0 \u00e9t\u00e9 import\u00e9" in page.lines.taken.sentence.text()


def test_a_past_import_is_undone_from_the_list_but_for_what_was_touched_since(
    enter: Enter, qtbot: QtBot, tmp_path: Path
) -> None:
    window = enter("Agent A")
    page, desk = page_of(window, qtbot), desk_of(window)
    room = (("room_code", "name", "room_type", "sex_rule", "age_rule"), ("9", "Neuf", "transit", "f", "tous"))
    bed = (("bed_code", "room_code", "bed_type", "in_service_from"), ("9A", "9", "simple", "01/01/2025"))
    two = ("9B", "9", "simple", "01/01/2025")
    path = book(tmp_path / "h.xlsx", chambres=room, lits=(*bed, two))
    intake_batches.take_in(desk, intake.open_file(desk, path, nobody), nobody)
    admit(desk, "9A")
    settle(qtbot)
    tab_to(qtbot, page.file.table)
    type_in(qtbot, Qt.Key.Key_Return)
    settle(qtbot)
    assert (face_of(page), page.undoing.rows.rowCount()) == (page.undoing, 2)
    page.undoing.verb.click()
    settle(qtbot)
    codes = {one.code for _, found in beds.rooms(desk) for one in found}
    assert ("9A" in codes, "9B" in codes) == (True, False)


def test_masked_names_are_nowhere_in_the_review(enter: Enter, qtbot: QtBot, tmp_path: Path) -> None:
    window = enter("Agent A")
    page = page_of(window, qtbot)
    bring(qtbot, page, book(tmp_path / "r.xlsx", Registre=(HEADINGS, AWA, MAN)))
    assert window.frame is not None
    window.frame.top_bar.names_masked.emit(True)
    assert "Awa" not in seen_in(page)
    go_on(qtbot)
    for place in range(page.lines.rows.rowCount()):
        page.lines.table.go_to(place)
        assert not {"Awa", "DIARRA", "MENSAH"} & set(seen_in(page).split())
    page.lines.show_only("all")
    page.lines.table.go_to(1)
    assert "masqu\u00e9" in seen_in(page)
    window.frame.top_bar.names_masked.emit(False)
    assert "MENSAH" in seen_in(page)


def test_what_was_understood_stands_beside_the_line_as_they_wrote_it(
    enter: Enter, qtbot: QtBot, tmp_path: Path
) -> None:
    page = page_of(enter("Agent A"), qtbot)
    bring(qtbot, page, book(tmp_path / "r.xlsx", Registre=(HEADINGS, AWA, MAN)))
    go_on(qtbot)
    page.lines.show_only("all")
    page.lines.table.go_to(1)
    QApplication.processEvents()
    beside = written_and_understood(page)
    assert "Compris" in seen_in(page)
    assert beside["Sexe"] == ("M", "Masculin")
    assert beside["Nationalité"] == ("Ghanéen", "Ghana")
    assert beside["Nom"] == ("Kofi MENSAH", "MENSAH")
    assert beside["Entrée le"] == ("05/02/2026", "05/02/2026")
    assert beside["Type d’entrée"] == ("", "Première admission")  # nobody wrote it


def written_and_understood(page: IntakePage) -> dict[str, tuple[str, str]]:
    """By the column, what the line says and what it was taken for."""
    found = {}
    for grid in page.lines.detail.findChildren(QGridLayout):
        for row in range(1, grid.rowCount()):
            labels = [item.widget() for at in range(3) if (item := grid.itemAtPosition(row, at)) is not None]
            texts = [one.text() for one in labels if isinstance(one, Label)]
            if len(texts) == 3:
                found[texts[0]] = texts[1], texts[2]
    return found


def test_a_kind_of_service_is_created_from_an_unknown_value(enter: Enter, qtbot: QtBot, tmp_path: Path) -> None:
    window = enter("Agent A")
    page, desk = page_of(window, qtbot), desk_of(window)
    with desk.reading() as connection:
        stay = connection.exec_driver_sql("SELECT stay_no FROM stays").scalar()
    headings = ("service_no", "service_on", "stay_no", "service_type", "quantity", "provider_kind")
    day = days_ago(395).strftime("%d/%m/%Y")
    bring(qtbot, page, book(tmp_path / "s.xlsx", services=(headings, ("S-1", day, stay, "Henn\u00e9", 1, "centre"))))
    go_on(qtbot)
    assert face_of(page) is page.values
    page.values.kind_wanted.emit("Henn\u00e9")
    form = page.kinds.form
    assert form is not None
    form.parent_type.choose("psy")
    form.go()
    settle(qtbot)
    assert [one.label_fr for one in service_catalogue.kinds(desk) if one.is_local] == ["Henn\u00e9"]
    assert (face_of(page), shown(page)) == (page.lines, [(2, "new")])


def test_what_was_written_meanwhile_is_looked_at_before_anything_is_taken_in(
    enter: Enter, qtbot: QtBot, tmp_path: Path
) -> None:
    window = enter("Agent A")
    page, desk = page_of(window, qtbot), desk_of(window)
    bring(qtbot, page, book(tmp_path / "r.xlsx", Registre=(HEADINGS, MAN)))
    go_on(qtbot)
    admit(desk, "1B")
    go_on(qtbot)
    assert (face_of(page), "Kofi" in persons_but_unnamed(desk)) == (page.lines, False)
    go_on(qtbot)
    assert (face_of(page), "Kofi" in persons_but_unnamed(desk)) == (page.result, True)


def persons_but_unnamed(desk: Desk) -> set[str]:
    return {one for one in persons(desk) if one}


def test_a_stop_leaves_the_registers_as_they_were(
    enter: Enter, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped, write = threading.Event(), stored_registers.write

    def waiting(*given: Any) -> None:
        stopped.wait(10)
        write(*given)

    monkeypatch.setattr(stored_registers, "write", waiting)
    window = enter("Agent A")
    page, desk = page_of(window, qtbot), desk_of(window)
    bring(qtbot, page, book(tmp_path / "r.xlsx", Registre=(HEADINGS, MAN)))
    go_on(qtbot)
    page.take_in()
    page.working.progress.stop.click()
    stopped.set()
    settle(qtbot)
    assert (face_of(page), persons(desk)) == (page.lines, {"Awa"})
    go_on(qtbot)
    assert face_of(page) is page.result


def test_a_file_is_dropped_on_the_page(enter: Enter, qtbot: QtBot, tmp_path: Path) -> None:
    page = page_of(enter("Agent A"), qtbot)
    path = book(tmp_path / "r.xlsx", Registre=(HEADINGS, MAN))
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPoint(5, 5), copy, data, left, none)
    page.dragEnterEvent(entering)
    assert entering.isAccepted()
    page.dropEvent(QDropEvent(QPointF(5, 5), copy, data, left, none))
    settle(qtbot)
    assert face_of(page) is page.columns


def test_an_empty_list_is_written_from_the_page(enter: Enter, qtbot: QtBot, tmp_path: Path) -> None:
    page = page_of(enter("Agent A"), qtbot)
    files.answer_with(tmp_path / "vide")
    page.file.template.choose("lits")
    page.file.write.click()
    assert openpyxl.load_workbook(tmp_path / "vide.xlsx").sheetnames[0] == "lits"


def test_a_file_that_cannot_be_read_is_said_and_leads_nowhere(enter: Enter, qtbot: QtBot, tmp_path: Path) -> None:
    window = enter("Agent A")
    page = page_of(window, qtbot)
    (tmp_path / "r.xlsx").write_bytes(b"PK\x03\x04nothing")
    bring(qtbot, page, tmp_path / "r.xlsx")
    assert window.frame is not None
    assert (face_of(page), window.frame.bar.state) == (page.file, "blocked")


def test_a_role_without_the_right_has_no_such_page(enter: Enter, qtbot: QtBot) -> None:
    window = enter("Agent K")
    assert window.frame is not None
    assert "intake" not in window.frame.rail.entries
    qtbot.keyClick(window, Qt.Key.Key_8, CTRL)
    assert "intake" not in window.frame.pages
