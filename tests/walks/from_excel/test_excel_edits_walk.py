"""A list changed in Excel from the real window: saved there, told here, looked at, taken in, undone, gone at a lock."""

import threading
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from shelter_desk.operations import drafts
from shelter_desk.operations.stock import stock
from shelter_desk.operations.vault import unlocking
from shelter_desk.ui.forms.drafting import EXCEL_EDIT, IMPORT
from shelter_desk.ui.frame.excel_edits import ExcelEdits
from shelter_desk.ui.settings.page import SettingsPage
from shelter_desk.ui.widgets import files
from shelter_desk.ui.window import Window
from tests.operations import store_scene as scene
from tests.operations.imports.test_own_registers import HEADINGS, MAN, book
from tests.operations.shelter import PASSWORD
from tests.ui.window.windows import settle, type_in, wait_for
from tests.walks.from_excel.test_pasting_walk import intake_of, opened, room_of, said
from tests.walks.intake_scene import Enter, bring, desk_of, enter, face_of, folder, go_on, page_of, shown, undo_it, wake

__all__ = ["enter", "folder"]

Save = Callable[[Path, str], None]


@pytest.fixture
def excel() -> list[Path]:
    """What the office program was asked to open."""
    asked: list[Path] = []

    def program(path: Path) -> bool:
        asked.append(path)
        return True

    files.opened_by(program)
    return asked


def in_place(path: Path, name: str) -> None:
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["B3"] = name
    book.save(path)


def replaced(path: Path, name: str) -> None:
    """As Excel saves: another file, then in the place of the first."""
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["B3"] = name
    other = path.with_name("~WRD0000.tmp")
    book.save(other)
    path.unlink()
    other.rename(path)


def menu_of(qtbot: QtBot, window: Window) -> QMenu:
    """The menu of the list of the stock."""
    room = room_of(opened(window, "stock"), "items")
    wake(qtbot, window)
    room.table.setFocus()
    room.table.go_to(0)
    room.list_foot.menu.open(QPoint(0, 0), 0)
    menu = room.list_foot.menu.menu
    assert menu is not None
    return menu


def choose(qtbot: QtBot, menu: QMenu, text: str) -> None:
    action = next(one for one in menu.actions() if one.text().startswith(text))
    menu.setActiveAction(action)
    qtbot.keyClick(menu, Qt.Key.Key_Return)
    settle(qtbot)


def edits_of(window: Window) -> ExcelEdits:
    assert window.frame is not None
    return window.frame.edits


def changed(qtbot: QtBot, window: Window, excel: list[Path], save: Save, name: str) -> None:
    choose(qtbot, menu_of(qtbot, window), "Modifier dans Excel")
    save(excel[-1], name)
    wait_for(qtbot, lambda: said(window).startswith("Modifications de stock.xlsx"))


def look(qtbot: QtBot, window: Window) -> None:
    """The button of the message."""
    assert window.frame is not None
    button = window.frame.bar.first()
    assert button is not None
    assert button.property("text") == "Voir les modifications"
    wake(qtbot, window)
    button.setFocus()
    type_in(qtbot, Qt.Key.Key_Space)
    settle(qtbot)


@pytest.mark.parametrize("save", [in_place, replaced])
def test_what_is_saved_in_excel_is_looked_at_taken_in_and_undone(
    enter: Enter, qtbot: QtBot, excel: list[Path], save: Save
) -> None:
    window = enter("Agent A")
    desk = desk_of(window)
    scene.soap(desk)
    scene.rice(desk)
    before = {one.item.designation for one in stock.standing(desk)}
    changed(qtbot, window, excel, save, "Savon noir")
    assert said(window) == "Modifications de stock.xlsx\u00a0: 1 ligne changée."
    assert {one.item.designation for one in stock.standing(desk)} == before
    look(qtbot, window)
    page = intake_of(window)
    assert face_of(page) is page.lines
    assert shown(page) == [(3, "changed")]
    go_on(qtbot)
    assert "Savon noir" in {one.item.designation for one in stock.standing(desk)}
    assert said(window).startswith("stock.xlsx a été retiré")
    assert not excel[0].exists()
    assert not edits_of(window).are_open
    undo_it(qtbot, page)
    assert {one.item.designation for one in stock.standing(desk)} == before


def test_what_is_saved_again_replaces_what_is_looked_at(enter: Enter, qtbot: QtBot, excel: list[Path]) -> None:
    window = enter("Agent A")
    scene.soap(desk_of(window))
    changed(qtbot, window, excel, replaced, "Savon noir")
    look(qtbot, window)
    window.frame.bar.clear()  # type: ignore[union-attr]
    in_place(excel[0], "Savon vert")
    wait_for(qtbot, lambda: said(window).startswith("Modifications de stock.xlsx"))
    look(qtbot, window)
    go_on(qtbot)
    assert [one.item.designation for one in stock.standing(desk_of(window))] == ["Savon vert"]


@pytest.fixture
def saved(enter: Enter, qtbot: QtBot, excel: list[Path]) -> Window:
    """The list is open in Excel, and was saved there a moment ago."""
    window = enter("Agent A")
    scene.soap(desk_of(window))
    scene.rice(desk_of(window))
    choose(qtbot, menu_of(qtbot, window), "Modifier dans Excel")
    replaced(excel[-1], "Savon noir")
    return window


def is_kept(folder: Path) -> bool:
    with unlocking.unlock(folder, "Agent A", PASSWORD) as again:
        return drafts.find(again, f"{EXCEL_EDIT}stock") is not None


def test_what_is_saved_just_before_a_lock_is_kept(saved: Window, qtbot: QtBot, excel: list[Path]) -> None:
    desk = desk_of(saved)
    saved.lock()
    settle(qtbot)
    assert not excel[-1].exists()
    assert is_kept(desk.folder)


def test_a_lock_waits_for_a_save_under_way(saved: Window, qtbot: QtBot, excel: list[Path]) -> None:
    desk = desk_of(saved)
    whole = excel[-1].read_bytes()
    excel[-1].write_bytes(whole[: len(whole) // 2])
    writing = threading.Timer(0.5, excel[-1].write_bytes, [whole])
    writing.start()
    saved.lock()
    writing.join()
    settle(qtbot)
    assert is_kept(desk.folder)


def test_a_lock_takes_the_workbook_away_and_keeps_what_was_saved(enter: Enter, qtbot: QtBot, excel: list[Path]) -> None:
    window = enter("Agent A")
    desk = desk_of(window)
    scene.soap(desk)
    changed(qtbot, window, excel, in_place, "Savon noir")
    window.lock()
    settle(qtbot)
    assert not (desk.folder / "excel").exists()
    with unlocking.unlock(desk.folder, "Agent A", PASSWORD) as again:
        kept = drafts.find(again, f"{EXCEL_EDIT}stock")
        assert [one.item.designation for one in stock.standing(again)] != ["Savon noir"]
    assert kept is not None
    window.open(unlocking.unlock(desk.folder, "Agent A", PASSWORD))
    settle(qtbot)
    assert window.frame is not None
    window.frame.bar.first().click()  # type: ignore[union-attr]
    settle(qtbot)
    page = intake_of(window)
    assert shown(page) == [(3, "changed")]


def test_an_import_under_way_and_changes_in_excel_have_each_their_draft(
    enter: Enter, qtbot: QtBot, excel: list[Path], tmp_path: Path
) -> None:
    window = enter("Agent A")
    desk = desk_of(window)
    scene.soap(desk)
    page = page_of(window, qtbot)
    bring(qtbot, page, book(tmp_path / "registre.xlsx", Registre=(HEADINGS, MAN)))
    changed(qtbot, window, excel, in_place, "Savon noir")
    window.lock()
    settle(qtbot)
    window.open(unlocking.unlock(desk.folder, "Agent A", PASSWORD))
    settle(qtbot)
    desk = desk_of(window)
    assert {one.form for one in drafts.mine(desk)} == {IMPORT, f"{EXCEL_EDIT}stock"}
    choose(qtbot, menu_of(qtbot, window), "Modifier dans Excel")
    assert (len(excel), said(window)) == (1, "Modifications de stock.xlsx, pas encore importées.")
    look(qtbot, window)
    page = intake_of(window)
    assert shown(page) == [(3, "changed")]
    go_on(qtbot)
    assert [one.item.designation for one in stock.standing(desk)] == ["Savon noir"]
    assert [one.form for one in drafts.mine(desk)] == [IMPORT]
    page.begin()
    page.resume(drafts.mine(desk)[0])
    settle(qtbot)
    assert page.review is not None
    assert page.review.opened.path.name == "registre.xlsx"
    assert [one.form for one in drafts.mine(desk)] == [IMPORT]


def test_another_file_beside_changes_in_excel_that_are_looked_at_leaves_their_draft(
    enter: Enter, qtbot: QtBot, excel: list[Path], tmp_path: Path
) -> None:
    window = enter("Agent A")
    desk = desk_of(window)
    scene.soap(desk)
    changed(qtbot, window, excel, in_place, "Savon noir")
    look(qtbot, window)
    page = intake_of(window)
    page.open_file(book(tmp_path / "registre.xlsx", Registre=(HEADINGS, MAN)))
    wait_for(qtbot, lambda: page.review is not None and page.review.opened.path.name == "registre.xlsx")
    page.under_way.drafting.keep_now()
    assert {one.form for one in drafts.mine(desk)} == {IMPORT, f"{EXCEL_EDIT}stock"}
    page.begin()
    assert [one.form for one in drafts.mine(desk)] == [f"{EXCEL_EDIT}stock"]


def test_what_a_cut_left_is_gone_at_the_next_opening(enter: Enter, folder: Path) -> None:
    left = folder / "excel" / "stock" / "stock.xlsx"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"left")
    enter("Agent A")
    assert not left.parent.parent.exists()


def test_the_list_is_opened_again_until_something_is_saved_and_then_offered(
    enter: Enter, qtbot: QtBot, excel: list[Path]
) -> None:
    window = enter("Agent A")
    scene.soap(desk_of(window))
    changed(qtbot, window, excel, in_place, "Savon noir")
    window.frame.bar.clear()  # type: ignore[union-attr]
    choose(qtbot, menu_of(qtbot, window), "Modifier dans Excel")
    assert len(excel) == 1
    assert said(window).startswith("Modifications de stock.xlsx")


def test_where_no_program_opens_it_the_folder_is_said(enter: Enter, qtbot: QtBot) -> None:
    files.opened_by(lambda _path: False)
    window = enter("Agent A")
    page = opened(window, "settings")
    assert isinstance(page, SettingsPage)
    page.open("rooms")
    assert page.rooms.intake is not None
    assert [one.text() for one in page.rooms.rooms.actions()] == ["Coller depuis Excel", "Modifier dans Excel…"]
    page.rooms.intake.edit_action.trigger()
    settle(qtbot)
    assert said(window).startswith("Aucun programme n’ouvre chambres.xlsx")
    assert str(desk_of(window).folder / "excel" / "rooms") in said(window)


def test_another_size_of_text_leaves_the_list_open_in_excel(enter: Enter, qtbot: QtBot, excel: list[Path]) -> None:
    window = enter("Agent A")
    scene.soap(desk_of(window))
    choose(qtbot, menu_of(qtbot, window), "Modifier dans Excel")
    former = window.frame
    settings = opened(window, "settings")
    assert isinstance(settings, SettingsPage)
    settings.preferences_changed.emit()
    wait_for(qtbot, lambda: window.frame is not former)
    in_place(excel[0], "Savon noir")
    wait_for(qtbot, lambda: said(window).startswith("Modifications de stock.xlsx"))
    look(qtbot, window)
    assert shown(intake_of(window)) == [(3, "changed")]
