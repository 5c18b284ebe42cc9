"""The foot of a list: what is listed, what is chosen, and what leaves through the clipboard."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shelter_desk.ui.locking.clipboard import NamesOnClipboard
from tests.ui.lists.scene import Listed, listed


def choose(made: Listed, *places: int) -> None:
    made.table.clearSelection()
    for place in places:
        index = made.rows.index(place, 0)
        flags = made.table.selectionModel().SelectionFlag
        made.table.selectionModel().setCurrentIndex(index, flags.Select | flags.Rows)


def test_the_foot_says_how_much_is_listed_and_how_it_is_sorted(qtbot: QtBot) -> None:
    made = listed(qtbot)
    assert made.foot.counted.text() == "5 lignes"
    made.rows.sort(1)
    made.rows.sort_also(0)
    assert made.foot.counted.text() == "5 lignes · trié par catégorie, puis article"
    made.rows.search("savon")
    assert made.foot.counted.text() == "1 ligne sur 5 · 1 filtre · trié par catégorie, puis article"


def test_chosen_rows_are_counted_and_added_up_where_their_unit_is_one(qtbot: QtBot) -> None:
    made = listed(qtbot)
    choose(made, 0, 2)
    assert (
        made.foot.counted.text() == "2 lignes choisies · Utilisable\u00a0: 49 pièce · Valeur\u00a0: 24\u202f500 F CFA"
    )
    choose(made, 0, 1)
    assert made.foot.counted.text() == "2 lignes choisies · Valeur\u00a0: 701\u202f500 F CFA"


def test_what_is_copied_has_its_headings_and_is_gone_after_half_a_minute(qtbot: QtBot) -> None:
    made, clipboard = listed(qtbot), QGuiApplication.clipboard()
    forgetting = NamesOnClipboard(made)
    choose(made, 0, 1)
    QTest.mouseClick(made.foot.copy_button, Qt.MouseButton.LeftButton)
    first, second, third = clipboard.text().split("\n")
    assert first.split("\t") == ["Article", "Catégorie", "Utilisable", "Périme le", "Valeur, XOF"]
    assert (second.split("\t")[0], third.split("\t")[0]) == ("Couverture", "Lait infantile")
    assert forgetting.timer.isActive()
    forgetting.timer.timeout.emit()
    assert clipboard.text() == ""


def test_without_a_choice_of_several_every_row_listed_is_copied(qtbot: QtBot) -> None:
    made = listed(qtbot)
    choose(made, 1)
    made.foot.copy()
    assert len(QGuiApplication.clipboard().text().split("\n")) == 6


def test_the_menu_key_opens_the_menu_of_the_row(qtbot: QtBot) -> None:
    made = listed(qtbot)
    made.table.go_to(2)
    opened: list[object] = []
    made.table.opened.connect(opened.append)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(5, 5), QPoint(5, 5))
    QApplication.sendEvent(made.table.viewport(), event)
    menu = made.foot.menu.menu
    assert menu is not None
    texts = {one.text().partition("\t")[0]: one for one in menu.actions() if one.text()}
    assert "Copier 1 ligne, avec les titres" in texts
    texts["Ouvrir"].trigger()
    assert [one[0] for one in opened if isinstance(one, tuple)] == ["Savon"]
    menu.close()


def test_ctrl_f_searches_whatever_the_rows_say(qtbot: QtBot) -> None:
    made = listed(qtbot)
    made.foot.begin_search()
    QTest.keyClicks(made.foot.search, "bebe")
    assert made.names() == ["Lait infantile"]
    QTest.keyClick(made.foot.search, Qt.Key.Key_Escape)
    assert len(made.names()) == 5
    assert not made.foot.clear_button.isVisible()


def test_a_narrow_foot_keeps_its_buttons_as_icons(qtbot: QtBot) -> None:
    made = listed(qtbot)
    button = made.foot.copy_button
    assert (button.text(), button.toolTip()) == ("Copier", "")
    made.resize(420, 400)
    assert (button.text(), button.toolTip()) == ("", "Copier")
