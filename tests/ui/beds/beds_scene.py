"""What the tests of the plan share: where beds are, and keys pressed where the focus is."""

from collections.abc import Callable

from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from shelter_desk.operations.beds import bed_board
from shelter_desk.operations.beds.occupancy import Present
from shelter_desk.operations.desk import Desk
from shelter_desk.ui.beds.page import BedsPage
from shelter_desk.ui.beds.tiles import PlanTile, bed_key
from shelter_desk.ui.widgets.bed_tile import BED
from tests.operations import shelter

Open = Callable[[], BedsPage]


def key(desk: Desk, code: str) -> str:
    return bed_key(shelter.bed(desk, code).id)


def tile(page: BedsPage, code: str) -> PlanTile:
    return page.plan.tiles[key(page.desk, code)]


def press(page: BedsPage, which: Qt.Key) -> None:
    QTest.keyClick(page.focusWidget() or page, which)


def sleeper(desk: Desk, code: str) -> Present | None:
    board = bed_board.board(desk, desk.today())
    return next((one.sleeper for room in board.rooms for one in room.beds if one.bed.code == code), None)


def code_in(desk: Desk, bed: str) -> str:
    one = sleeper(desk, bed)
    return one.person.code if one else ""


def drop(page: BedsPage, dragged: str, target: str) -> None:
    """Drop one tile on another as Qt tells it at the end of a drag."""
    carried = QMimeData()
    carried.setData(BED, key(page.desk, dragged).encode())
    buttons, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    tile(page, target).dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.MoveAction, carried, buttons, none))


def face_of(page: BedsPage, kind: type[QWidget]) -> QWidget:
    assert isinstance(page.panel.face, kind)
    return page.panel.face
