"""Copied in Excel, pasted into a list with Ctrl+V, looked at, taken in, undone: in the real window, by keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from shelter_desk.operations import drafts
from shelter_desk.operations.assistance import partners
from shelter_desk.operations.beds import beds
from shelter_desk.operations.equipment import equipment
from shelter_desk.operations.stock import stock
from shelter_desk.ui import tasks
from shelter_desk.ui.assistance.page import AssistancePage
from shelter_desk.ui.equipment.page import EquipmentPage
from shelter_desk.ui.forms.drafting import IMPORT
from shelter_desk.ui.imports.page import IntakePage
from shelter_desk.ui.lists.list_page import ListRoom
from shelter_desk.ui.residents.page import ResidentsPage
from shelter_desk.ui.settings.page import SettingsPage
from shelter_desk.ui.stock.page import StockPage
from shelter_desk.ui.window import Window
from tests.operations import store_scene as scene
from tests.ui.window.windows import focused, settle
from tests.walks.intake_scene import (
    CTRL,
    Enter,
    desk_of,
    enter,
    face_of,
    folder,
    go_on,
    persons,
    seen_in,
    shown,
    undo_it,
)

__all__ = ["enter", "folder"]

STORE = (
    "Article\tQuantité\tUnité\tCatégorie\nSavon de Marseille\t120\tpièce\tHygiène\nRiz\tbeaucoup\tkg\tAlimentation\n"
)


def copied(text: str) -> None:
    QGuiApplication.clipboard().setText(text)


def paste(qtbot: QtBot, into: QWidget) -> None:
    into.setFocus()
    qtbot.keyClick(focused(), Qt.Key.Key_V, CTRL)
    settle(qtbot)


def opened(window: Window, key: str) -> QWidget:
    assert window.frame is not None
    window.frame.open(key)
    return window.frame.pages[key]


def intake_of(window: Window) -> IntakePage:
    assert window.frame is not None
    page = window.frame.pages["intake"]
    assert isinstance(page, IntakePage)
    assert window.frame.page_key == "intake"
    return page


def room_of(page: QWidget, part: str) -> ListRoom[object]:
    assert isinstance(page, StockPage | EquipmentPage | AssistancePage)
    page.open(part)
    face = page.face
    assert isinstance(face, ListRoom)
    return face


def to_lines(qtbot: QtBot, page: IntakePage) -> None:
    """On with what was supposed, until the lines are shown."""
    for _ in range(3):
        if face_of(page) is not page.lines:
            go_on(qtbot)
    assert face_of(page) is page.lines


def said(window: Window) -> str:
    assert window.frame is not None
    return "" if window.frame.bar.isHidden() else window.frame.bar.sentence.text()


def test_rows_of_a_store_are_pasted_looked_at_taken_in_and_undone(enter: Enter, qtbot: QtBot) -> None:
    window = enter("Agent A")
    desk = desk_of(window)
    scene.blanket(desk)
    room = room_of(opened(window, "stock"), "items")
    copied(STORE)
    paste(qtbot, room.table)
    page = intake_of(window)
    assert face_of(page) is page.columns
    assert page.head.name.text() == "Collé depuis Excel"
    to_lines(qtbot, page)
    assert shown(page) == [(3, "refused")]
    assert "Vos lignes" in seen_in(page)
    assert "Votre fichier" not in seen_in(page)
    assert page.lines.summary.text().startswith("2 lignes à revoir. ")
    assert len(stock.standing(desk)) == 1
    go_on(qtbot)
    assert face_of(page) is page.result
    assert {one.item.designation for one in stock.standing(desk)} == {"Couverture", "Savon de Marseille"}
    undo_it(qtbot, page)
    assert [one.item.designation for one in stock.standing(desk)] == ["Couverture"]
    room = room_of(opened(window, "stock"), "items")
    paste(qtbot, room.table)
    assert face_of(intake_of(window)) is page.columns, "an import that ended keeps nobody from the next one"


def test_rows_without_headings_are_those_of_the_columns_that_the_list_shows(enter: Enter, qtbot: QtBot) -> None:
    window = enter("Agent A")
    room = room_of(opened(window, "equipment"), "register")
    shown_now = [heading for heading, _ in room.table.columns_taken()]
    assert shown_now[:2] == ["Étiquette", "Désignation"]
    copied("FRI-0001\tRéfrigérateur\t1\t\tEn service\tBon état\tOIM\tCuisine")
    assert room.empty.button is not None
    paste(qtbot, room.empty.button)
    page = intake_of(window)
    assert [box.value() for box in page.columns.boxes.values()][:3] == ["tag_no", "designation", "quantity"]
    to_lines(qtbot, page)
    go_on(qtbot)
    assert [one.asset.tag_no for one in equipment.register(desk_of(window))] == ["FRI-0001"]


def test_somebody_says_what_columns_are_that_nothing_tells(enter: Enter, qtbot: QtBot) -> None:
    window = enter("Agent A")
    page = opened(window, "settings")
    assert isinstance(page, SettingsPage)
    page.open("rooms")
    copied("Z9\tSalle du fond\t3")
    paste(qtbot, page.rooms.rooms)
    intake = intake_of(window)
    columns = intake.columns
    assert [one.name for one in columns.sheet().headings] == ["colonne a", "colonne b", "colonne c"]  # type: ignore[union-attr]
    assert "Rien ne dit" in seen_in(intake)
    assert columns.boxes["colonne a"].isAncestorOf(focused()) or focused() is columns.boxes["colonne a"]
    for heading, key in (("colonne a", "room_code"), ("colonne b", "name"), ("colonne c", "beds")):
        columns.boxes[heading].choose(key)
        columns.boxes[heading].chosen.emit(key)
    go_on(qtbot)
    to_lines(qtbot, intake)
    go_on(qtbot)
    assert [(room.code, len(found)) for room, found in beds.rooms(desk_of(window)) if room.code == "Z9"] == [("Z9", 3)]


def test_people_are_pasted_into_the_list_of_residents(enter: Enter, qtbot: QtBot) -> None:
    window = enter("Agent A")
    page = opened(window, "residents")
    assert isinstance(page, ResidentsPage)
    copied(
        "Nom et prénom\tSexe\tÂge\tNationalité\tDate d’entrée\tSituation migratoire\n"
        "DEMBÉLÉ Oumou\tF\t24\tMalienne\t03/02/2026\tRetour volontaire\n"
    )
    paste(qtbot, page.people.admit_button)
    intake = intake_of(window)
    to_lines(qtbot, intake)
    before = persons(desk_of(window))
    go_on(qtbot)
    assert persons(desk_of(window)) - before == {"Oumou"}


def test_what_is_no_rows_is_told_and_an_import_under_way_stays(enter: Enter, qtbot: QtBot) -> None:
    window = enter("Agent A")
    room = room_of(opened(window, "assistance"), "partners")
    copied("bonjour")
    paste(qtbot, room.empty.button or room.table)
    assert said(window).startswith("Rien à coller")
    copied("Structure\tType\tVille\nClinique du fleuve\tSanté\tGao")
    paste(qtbot, room.empty.button or room.table)
    page = intake_of(window)
    go_on(qtbot)
    under_way = page.review
    room = room_of(opened(window, "stock"), "items")
    copied(STORE)
    paste(qtbot, room.empty.button or room.table)
    assert said(window).startswith("Un import est en cours")
    assert page.review is under_way
    opened(window, "intake")
    go_on(qtbot)
    assert [one.name for one in partners.partners(desk_of(window))] == ["Clinique du fleuve"]


def test_who_may_not_import_pastes_nothing(enter: Enter, qtbot: QtBot) -> None:
    window = enter("Agent K")
    room = room_of(opened(window, "stock"), "items")
    copied(STORE)
    paste(qtbot, room.first_of_list())
    assert window.frame is not None
    assert (room.list_foot.intake, window.frame.page_key) == (None, "stock")


@pytest.mark.parametrize("rows", [5_000])
def test_many_rows_are_read_beside_the_window_and_found_again_after_a_lock(
    enter: Enter, qtbot: QtBot, rows: int
) -> None:
    window = enter("Agent A")
    room = room_of(opened(window, "stock"), "items")
    copied("Article\tQuantité\tUnité\n" + "".join(f"Article {n}\t{n + 1}\tpièce\n" for n in range(rows)))
    assert room.empty.button is not None
    room.empty.button.setFocus()
    qtbot.keyClick(focused(), Qt.Key.Key_V, CTRL)
    page = intake_of(window)
    assert face_of(page) is page.working
    assert tasks.is_busy()
    settle(qtbot)
    page.under_way.drafting.keep_now()
    draft = drafts.find(desk_of(window), IMPORT)
    assert draft is not None
    page.begin()
    drafts.keep(desk_of(window), IMPORT, draft.values)
    page.go_on_with(draft.values)
    settle(qtbot)
    assert face_of(page) is page.lines
    assert {page.lines.rows.seen(line).state for line in page.lines.rows.rows()} == {"new"}
    assert page.review is not None
    assert page.review.to_write == rows
