"""What is left after a lock: no page, no name, nothing on the clipboard."""

import gc
import weakref
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from shelter_desk.domain.residents.residents import Names
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import duplicates, residents
from shelter_desk.ui.window import Window
from tests.ui.locking.locking_scene import CONTROL, desk_of, folder, residents_page, window
from tests.ui.window.windows import focused, settle, unlock, wait_for

__all__ = ["folder", "window"]


# What is left --------------------------------------------------------------------------------------------------------


def test_nothing_that_knows_the_shelter_is_left_after_a_lock(qtbot: QtBot, window: Window, folder: Path) -> None:
    page = residents_page(window)
    (one,) = residents.listed(desk_of(window), "here")
    page.open_record(one.person.id)
    page.record.head.name.show_name()
    page.record.open_form("correct")
    page.admit(None)
    qtbot.keyClicks(page.admission.person.last.line, "Diaw")
    duplicates.alike(desk_of(window), Names("Diawara", "Sira"), "f", one.person.birth, "GN")
    desk = desk_of(window)
    known: list[Callable[[], object]] = [weakref.ref(desk.database), weakref.ref(page)]
    if desk.sealer is not None:
        known.append(weakref.ref(desk.sealer))
    del desk
    del page, one
    qtbot.keyClick(window, Qt.Key.Key_L, CONTROL)
    settle(qtbot)
    wait_for(qtbot, lambda: [ref() for ref in known] == [None] * 3)
    assert [found for found in gc.get_objects() if isinstance(found, Desk) and found.folder == folder] == []


def test_nothing_of_a_window_that_is_made_anew_is_left_to_be_taken_for_another(qtbot: QtBot, window: Window) -> None:
    """Another size of text makes all pages anew, in the place of those that were: Python must know them no more."""
    residents_page(window)
    former = weakref.ref(window.frame)
    window.frame.preferences_changed.emit()  # type: ignore[union-attr]
    settle(qtbot)
    wait_for(qtbot, lambda: window.frame is not former())
    QApplication.processEvents()
    assert former() is None


def test_no_widget_shows_a_name_after_a_lock(qtbot: QtBot, window: Window) -> None:
    page = residents_page(window)
    page.admit(None)
    qtbot.keyClicks(page.admission.person.last.line, "Diawara")
    window.lock()
    wait_for(qtbot, lambda: not any("Diawara" in line.text() for line in lines()))
    assert window.windowTitle() == "Ouvrir"


def lines() -> list[QLineEdit]:
    return [widget for widget in QApplication.allWidgets() if isinstance(widget, QLineEdit)]


def test_after_unlocking_the_same_page_is_shown_and_nobody_in_it(qtbot: QtBot, window: Window, folder: Path) -> None:
    page = residents_page(window)
    (one,) = residents.listed(desk_of(window), "here")
    page.open_record(one.person.id)
    window.lock()
    unlock(qtbot, window, folder)
    assert window.frame is not None
    shown = window.frame.page_key
    assert (shown, residents_page(window).record.record) == ("residents", None)


def test_a_second_lock_does_nothing(qtbot: QtBot, window: Window) -> None:
    said: list[int] = []
    window.locked.connect(lambda: said.append(1))
    window.lock()
    window.lock()
    assert said == [1]


# The clipboard -------------------------------------------------------------------------------------------------------


def copy_a_name(qtbot: QtBot, window: Window, name: str = "Diawara") -> None:
    page = residents_page(window)
    page.admit(None)
    line = page.admission.person.last.line
    line.setFocus()
    wait_for(qtbot, line.hasFocus)
    qtbot.keyClicks(line, name)
    qtbot.keyClick(line, Qt.Key.Key_A, CONTROL)
    qtbot.keyClick(line, Qt.Key.Key_C, CONTROL)


def test_a_copied_name_is_forgotten_after_half_a_minute(qtbot: QtBot, window: Window) -> None:
    copy_a_name(qtbot, window)
    assert window.guard is not None
    timer = window.guard.names.timer
    before = (QGuiApplication.clipboard().text(), timer.isActive(), timer.interval())
    timer.timeout.emit()
    assert (before, QGuiApplication.clipboard().text()) == (("Diawara", True, 30_000), "")


def test_a_copied_name_is_forgotten_at_a_lock(qtbot: QtBot, window: Window) -> None:
    copy_a_name(qtbot, window)
    window.lock()
    assert QGuiApplication.clipboard().text() == ""


def test_a_copied_name_is_forgotten_when_the_window_closes(qtbot: QtBot, window: Window) -> None:
    copy_a_name(qtbot, window)
    window.close()
    assert QGuiApplication.clipboard().text() == ""


def test_what_was_copied_since_is_left_alone(qtbot: QtBot, window: Window) -> None:
    copy_a_name(qtbot, window)
    QGuiApplication.clipboard().setText("autre chose")
    window.lock()
    assert QGuiApplication.clipboard().text() == "autre chose"


def test_what_is_copied_from_another_field_stays(qtbot: QtBot, window: Window) -> None:
    page = residents_page(window)
    page.admit(None)
    line = page.admission.arrival.day.line
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_A, CONTROL)
    qtbot.keyClick(line, Qt.Key.Key_C, CONTROL)
    copied = QGuiApplication.clipboard().text()
    window.lock()
    assert (copied != "", QGuiApplication.clipboard().text()) == (True, copied)


@pytest.mark.parametrize(
    "kind",
    [
        'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"',
        'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"',
        'application/x-qt-windows-mime;value="CanUploadToCloudClipboard"',
        "x-kde-passwordManagerHint",
    ],
)
def test_a_copied_name_is_kept_out_of_every_history(qtbot: QtBot, window: Window, kind: str) -> None:
    copy_a_name(qtbot, window)
    assert QGuiApplication.clipboard().mimeData().hasFormat(kind)


def test_the_name_itself_is_not_remembered(qtbot: QtBot, window: Window) -> None:
    copy_a_name(qtbot, window, "Koroboro")
    assert window.guard is not None
    assert not any(b"Koroboro" in hashed for hashed in window.guard.names._copied.values())


def test_names_in_a_search_count_as_names(qtbot: QtBot, window: Window) -> None:
    assert window.frame is not None
    box = window.frame.top_bar.search
    assert box is not None
    qtbot.keyClick(window, Qt.Key.Key_K, CONTROL)
    qtbot.keyClicks(focused(), "Diawara")
    qtbot.keyClick(box, Qt.Key.Key_A, CONTROL)
    qtbot.keyClick(box, Qt.Key.Key_C, CONTROL)
    window.lock()
    assert QGuiApplication.clipboard().text() == ""
