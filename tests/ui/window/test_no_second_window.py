"""No page shows a part of itself as a window of its own before it has its place, which flashes and takes the keys."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from shelter_desk.operations.training import training
from shelter_desk.ui.frame.frame import Frame
from shelter_desk.ui.page_registry import pages_for
from tests.operations.shelter import QUICK
from tests.ui.window.faces import faces
from tests.ui.window.windows import settle, show_active

FLOATING = (Qt.WindowType.Popup, Qt.WindowType.ToolTip, Qt.WindowType.Sheet)


class ShownWindows(QObject):
    """The windows that were shown while it looked on, by class."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.Show
            and isinstance(watched, QWidget)
            and watched.isWindow()
            and watched.windowType() not in FLOATING
        ):
            self.names.append(type(watched).__name__)
        return False


@pytest.fixture
def shown_windows(qapp: QApplication) -> Iterator[ShownWindows]:
    found = ShownWindows()
    qapp.installEventFilter(found)
    yield found
    qapp.removeEventFilter(found)


@pytest.mark.parametrize("is_training", [False, True], ids=["shelter", "training"])
def test_no_page_shows_a_second_window(
    qtbot: QtBot, tmp_path_factory: pytest.TempPathFactory, shown_windows: ShownWindows, is_training: bool
) -> None:
    with training.make(tmp_path_factory.mktemp("one"), "bamako", 3, 1, cost=QUICK).desk as desk:
        desk.is_training = is_training
        frame = Frame(desk, pages_for(desk))
        frame.resize(1366, 728)
        show_active(qtbot, frame)
        try:
            for _ in faces(frame, desk):
                settle(qtbot)
        finally:
            frame.leave()
            delete(frame)
    assert shown_windows.names == ["Frame"]


def test_a_part_shown_before_it_has_its_place_is_found(qtbot: QtBot, shown_windows: ShownWindows) -> None:
    page, part = QWidget(), QLabel("a card")
    qtbot.addWidget(page)
    part.setHidden(False)
    QVBoxLayout(page).addWidget(part)
    page.show()
    assert shown_windows.names == ["QLabel", "QWidget"]
