"""How rows are painted: once for a letter that is searched, each text within its column."""

import pytest
from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shelter_desk.ui import theme, tokens
from shelter_desk.ui.lists.row_painter import CellLook
from shelter_desk.ui.lists.table_rows import TableRows
from shelter_desk.ui.lists.two_line_list import TwoLine, TwoLineList, TwoLineRows
from shelter_desk.ui.reports.controls import SmallTable
from tests.ui.lists.scene import THINGS, Listed, Thing, columns, listed

_MODIFIERS = {
    Qt.Key.Key_Shift: Qt.KeyboardModifier.ShiftModifier,
    Qt.Key.Key_Control: Qt.KeyboardModifier.ControlModifier,
}


class Paintings(QObject):
    """How often something is painted."""

    n = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.n += event.type() == QEvent.Type.Paint
        return False


@pytest.mark.parametrize("typed", ["co", "savon"])
def test_rows_that_are_searched_are_painted_once(qtbot: QtBot, typed: str) -> None:
    made = listed(qtbot)
    many: list[Thing] = [(f"{one[0]} {n}", *one[1:]) for n in range(30) for one in THINGS]
    made.rows.show(many)
    QTest.qWait(50)
    assert made.table.verticalScrollBar().isVisible()
    seen = Paintings()
    made.table.viewport().installEventFilter(seen)
    made.rows.search(typed)
    for _ in range(3):
        QApplication.sendPostedEvents()
        QApplication.processEvents()
    QTest.qWait(50)
    assert seen.n == 1


def unchosen(qtbot: QtBot) -> Listed:
    made = listed(qtbot)
    made.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.table.clearFocus()
    return made


def pixels(made: Listed) -> QImage:
    return made.table.viewport().grab().toImage()


def inked(image: QImage, box: QRect) -> list[int]:
    """Where, from left to right, something of a row is painted that is neither its ground nor its hairline."""
    ground = image.pixel(box.left(), box.center().y())
    rows = range(box.top() + 3, box.bottom() - 3)
    return [x for x in range(box.left(), box.right() + 1) if any(image.pixel(x, y) != ground for y in rows)]


def test_texts_stand_at_the_side_of_their_column(qtbot: QtBot) -> None:
    made = unchosen(qtbot)
    image, table = pixels(made), made.table
    for row in range(len(THINGS)):
        name, amount = (table.visualRect(made.rows.index(row, column)) for column in (0, 2))
        assert 8 <= inked(image, name)[0] - name.left() <= 10
        assert 8 <= amount.right() - inked(image, amount)[-1] <= 12


def test_a_text_without_room_is_cut_within_its_column(qtbot: QtBot) -> None:
    made = unchosen(qtbot)
    made.rows.show([("Couverture polaire double épaisseur " * 8, "", 3, "pièce", "—")])
    made.table.setColumnWidth(0, 150)
    image = pixels(made)
    name, kind = (made.table.visualRect(made.rows.index(0, column)) for column in (0, 1))
    assert name.right() - 30 <= inked(image, name)[-1] <= name.right() - 8
    assert inked(image, kind) == []


def test_lines_of_a_text_stand_on_one_line(qtbot: QtBot) -> None:
    made, seen = unchosen(qtbot), []
    for name in ("Couverture\npolaire", "Couverture polaire"):
        made.rows.show([(name, "", 3, "pièce", "—")])
        made.table.setColumnWidth(0, 300)
        seen.append(inked(pixels(made), made.table.visualRect(made.rows.index(0, 0))))
    assert seen[0] == seen[1] != []


def test_a_chosen_row_has_its_ground_and_the_focus_its_ring(qtbot: QtBot) -> None:
    made = listed(qtbot)
    table = made.table
    table.order_columns([0, 3, 1, 2, 4])
    table.go_to(1)
    table.setFocus()
    qtbot.waitUntil(table.hasFocus)
    image = pixels(made)
    shown = [table.visualRect(made.rows.index(1, column)) for column in table.shown_columns()]
    left, right, top = shown[0].left(), shown[-1].right(), shown[0].top()
    accent, soft = tokens.color("accent").rgb(), tokens.color("accent_soft").rgb()
    assert {image.pixel(one.left() + 4, top + 4) for one in shown} == {soft}
    assert {image.pixel(x, y) for x in (left, right) for y in range(top, shown[0].bottom() + 1)} == {accent}
    assert image.pixel(left + 4, top - 4) != soft


def test_letters_of_another_size_are_cut_anew(qtbot: QtBot) -> None:
    rows: TableRows[Thing] = TableRows(columns())
    table = SmallTable(rows)
    qtbot.addWidget(table)
    table.resize(900, 300)
    rows.show([("Couverture polaire double épaisseur " * 4, "", 3, "pièce", "—")])
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    try:
        for scale in (1.0, 1.5):
            theme.wear(app, scale=scale)
            table.redress()
            table.setColumnWidth(0, 150)
            image = table.viewport().grab().toImage()
            name, kind = (table.visualRect(rows.index(0, column)) for column in (0, 1))
            assert name.right() - 40 <= inked(image, name)[-1] <= name.right() - 8
            assert inked(image, kind) == []
    finally:
        theme.wear(app)


def test_rows_out_of_sight_are_not_looked_at(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    made = unchosen(qtbot)
    made.rows.show([(f"Couverture {n}", *THINGS[0][1:]) for n in range(500)])
    pixels(made)
    seen: list[int] = []
    look = made.rows.look

    def looked(place: int, column: int) -> CellLook:
        seen.append(place)
        return look(place, column)

    monkeypatch.setattr(made.rows, "look", looked)
    pixels(made)
    inside = made.table.viewport().rect()
    assert set(seen) == set(made.table.places_within(inside))
    assert 5 < len(set(seen)) <= inside.height() // 32 + 2
    assert list(made.table.places_within(QRect(0, 40, 10, 30))) == [1, 2]


def test_below_the_last_row_there_is_none(qtbot: QtBot) -> None:
    made = unchosen(qtbot)
    below = made.table.visualRect(made.rows.index(len(THINGS) - 1, 0)).bottom() + 1
    assert list(made.table.places_within(QRect(0, below, 10, 50))) == []
    assert list(made.table.places_within(made.table.viewport().rect())) == list(range(len(THINGS)))


@pytest.mark.parametrize("held", [Qt.Key.Key_Shift, Qt.Key.Key_Control])
def test_a_row_gone_to_is_chosen_alone_whatever_keys_are_held(qtbot: QtBot, held: Qt.Key) -> None:
    made = listed(qtbot)
    QTest.keyPress(made, held, _MODIFIERS[held])
    try:
        for place in (1, 3, 3):
            made.table.go_to(place)
            assert made.table.chosen_places() == [place]
    finally:
        QTest.keyRelease(made, held)
    assert QGuiApplication.keyboardModifiers() == Qt.KeyboardModifier.NoModifier


@pytest.mark.parametrize("minor", [False, True])
def test_the_ring_of_the_focus_hides_no_word_of_a_row_of_two_lines(qtbot: QtBot, minor: bool) -> None:
    lines = TwoLineRows(lambda code: TwoLine(code, "Cuisine", minor=minor, badge="0 lit"))
    lines.show(["CUI", "FA1"])
    view = TwoLineList(lines)
    qtbot.addWidget(view)
    view.show()
    view.activateWindow()
    view.setFocus()
    view.go_to(0)
    qtbot.waitUntil(view.hasFocus)
    view.repaint()
    row = view.visualRect(view.currentIndex())
    words = row.adjusted(tokens.SPACE_PANEL, 4, -row.width() // 2, -4)
    image = view.viewport().grab().toImage()
    assert (
        len({image.pixel(x, y) for x in range(words.left(), words.right()) for y in range(words.top(), words.bottom())})
        > 8
    )
    assert image.pixelColor(row.left() + 4, row.center().y()).name() == tokens.color("accent_soft").name()
