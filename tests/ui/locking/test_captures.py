"""Pictures of the screen without the program; what is asked of Windows is a fake."""

import ctypes
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from shelter_desk.operations import settings
from shelter_desk.ui.locking import captures
from shelter_desk.ui.window import Window
from tests.ui.locking.locking_scene import desk_of, folder, window

__all__ = ["folder", "window"]


class WindowsScreen:
    """What `user32` was asked for, window by window; an older one knows no more than black."""

    def __init__(self, *, is_old: bool = False) -> None:
        self.is_old, self.asked = is_old, dict[int, int]()

    def SetWindowDisplayAffinity(self, handle: ctypes.c_void_p, wanted: ctypes.c_uint32) -> int:
        if self.is_old and wanted.value == captures.LEFT_OUT:
            return 0
        self.asked[handle.value or 0] = wanted.value
        return 1


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> WindowsScreen:
    made = WindowsScreen()
    heard = SimpleNamespace(WTSRegisterSessionNotification=lambda *_: 1)  # asked on Windows, once the window is painted
    monkeypatch.setattr(ctypes, "windll", SimpleNamespace(user32=made, wtsapi32=heard), raising=False)
    return made


def keep_out(window: Window, on: bool) -> None:
    settings.keep(desk_of(window), {settings.CAPTURES: "yes" if on else "no"})


def handle_of(shown: Window | QDialog) -> int:
    return int(shown.winId())


def test_nothing_is_kept_out_of_pictures_unless_it_is_asked_for(window: Window, screen: WindowsScreen) -> None:
    assert window.guard is not None
    window.guard.idle.timer.timeout.emit()
    assert (settings.captures_kept_out(desk_of(window)), screen.asked) == (False, {})


def test_once_it_is_asked_for_no_window_is_in_a_picture(window: Window, screen: WindowsScreen) -> None:
    keep_out(window, True)
    assert screen.asked == {handle_of(window): captures.LEFT_OUT}
    keep_out(window, False)
    assert screen.asked == {handle_of(window): captures.SHOWN}


def test_a_dialog_that_opens_later_is_kept_out_too(qtbot: QtBot, window: Window, screen: WindowsScreen) -> None:
    keep_out(window, True)
    dialog = QDialog(window)
    dialog.show()
    assert window.guard is not None
    window.guard.idle.timer.timeout.emit()
    assert screen.asked[handle_of(dialog)] == captures.LEFT_OUT
    dialog.hide()
    keep_out(window, False)
    assert screen.asked[handle_of(dialog)] == captures.SHOWN


def test_an_older_windows_makes_it_black(window: Window, screen: WindowsScreen) -> None:
    screen.is_old = True
    keep_out(window, True)
    assert screen.asked == {handle_of(window): captures.BLACK}
