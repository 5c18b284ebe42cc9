"""What locks the window: a key, minutes without use, sleep, and what the systems tell."""

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from ctypes import wintypes
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget
from pytestqt.qtbot import QtBot

from shelter_desk.domain.errors import NotInList
from shelter_desk.operations import settings
from shelter_desk.ui.locking import guard as idle
from shelter_desk.ui.locking import windows_messages
from shelter_desk.ui.locking.session import SessionWatch
from shelter_desk.ui.settings.page import SettingsPage
from shelter_desk.ui.window import Window
from tests.ui.locking.locking_scene import CONTROL, desk_of, folder, is_locked, window
from tests.ui.window.windows import wait_for

__all__ = ["folder", "window"]


# What locks ----------------------------------------------------------------------------------------------------------


class Later:
    """A clock that stands later than the one of this computer; `slept`: also the one that goes on in sleep."""

    def __init__(self, seconds: float, slept: float = 0.0) -> None:
        import time

        self._time, self._seconds, self._slept = time, seconds, slept

    def monotonic(self) -> float:
        return self._time.monotonic() + self._seconds

    def time(self) -> float:
        return self._time.time() + self._slept


def by_key(window: Window, _monkeypatch: pytest.MonkeyPatch) -> None:
    QTest.keyClick(window, Qt.Key.Key_L, CONTROL)


def by_idle_minutes(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    assert window.guard is not None
    monkeypatch.setattr(idle, "time", Later(5 * 60))
    window.guard.idle.timer.timeout.emit()


def by_sleep_nobody_told(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    assert window.guard is not None
    monkeypatch.setattr(idle, "time", Later(0, slept=3600))
    window.guard.idle.timer.timeout.emit()


def by_the_system(window: Window, _monkeypatch: pytest.MonkeyPatch) -> None:
    assert window.guard is not None
    window.guard.session.left.emit()


WAYS: list[Callable[[Window, pytest.MonkeyPatch], None]] = [
    by_key,
    by_idle_minutes,
    by_sleep_nobody_told,
    by_the_system,
]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: str(way.__name__))
def test_each_of_these_locks_at_once(
    window: Window, monkeypatch: pytest.MonkeyPatch, way: Callable[[Window, pytest.MonkeyPatch], None]
) -> None:
    way(window, monkeypatch)
    assert is_locked(window)


@pytest.mark.parametrize("way", WAYS[1:], ids=lambda way: str(way.__name__))
def test_each_of_these_locks_the_neutral_screen_too(
    window: Window, monkeypatch: pytest.MonkeyPatch, way: Callable[[Window, pytest.MonkeyPatch], None]
) -> None:
    window.show_neutral()
    way(window, monkeypatch)
    assert is_locked(window)


def test_a_minute_less_does_not_lock(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    assert window.guard is not None
    monkeypatch.setattr(idle, "time", Later(4 * 60))
    window.guard.idle.timer.timeout.emit()
    assert not is_locked(window)


def test_a_locked_window_watches_nothing(window: Window) -> None:
    window.lock()
    assert window.guard is not None
    assert (window.guard.idle.timer.isActive(), window.guard.idle._watched) == (False, [])


def press(window: QWidget) -> None:
    QTest.keyClick(handle(window), Qt.Key.Key_A)


def press_a_shortcut(window: QWidget) -> None:
    QTest.keyClick(handle(window), Qt.Key.Key_2, CONTROL)


def move(window: QWidget) -> None:
    QTest.mouseMove(handle(window), QPoint(400, 300))


def click(window: QWidget) -> None:
    QTest.mouseClick(handle(window), Qt.MouseButton.LeftButton, pos=QPoint(700, 5))


def handle(window: QWidget):  # type: ignore[no-untyped-def]
    return window.windowHandle()


@pytest.mark.parametrize("touch", [press, press_a_shortcut, move, click], ids=lambda touch: str(touch.__name__))
def test_a_touch_puts_it_off(window: Window, monkeypatch: pytest.MonkeyPatch, touch: Callable[[QWidget], None]) -> None:
    assert window.guard is not None
    monkeypatch.setattr(idle, "time", Later(4 * 60))
    touch(window)
    monkeypatch.setattr(idle, "time", Later(6 * 60))
    window.guard.idle.timer.timeout.emit()
    assert not is_locked(window)


def test_typing_in_a_dialog_puts_it_off_too(qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    assert window.guard is not None
    dialog = QDialog(window)
    dialog.open()
    window.guard.idle.timer.timeout.emit()
    monkeypatch.setattr(idle, "time", Later(4 * 60))
    press(dialog)
    monkeypatch.setattr(idle, "time", Later(6 * 60))
    window.guard.idle.timer.timeout.emit()
    assert not is_locked(window)


def test_what_is_painted_and_timed_is_no_touch(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    assert window.guard is not None
    monkeypatch.setattr(idle, "time", Later(5 * 60))
    window.grab()
    QApplication.sendEvent(handle(window), QEvent(QEvent.Type.UpdateRequest))
    window.guard.idle.timer.timeout.emit()
    assert is_locked(window)


@pytest.mark.parametrize("beside", ["dialog", "menu"])
def test_the_key_locks_from_a_dialog_and_a_menu_too(qtbot: QtBot, window: Window, beside: str) -> None:
    opened = QDialog(window) if beside == "dialog" else QMenu(window)
    if isinstance(opened, QMenu):
        opened.addAction("…")
        opened.popup(QPoint(10, 10))
    else:
        opened.open()
    assert window.guard is not None
    window.guard.idle.timer.timeout.emit()
    QTest.keyClick(handle(opened), Qt.Key.Key_L, CONTROL)
    wait_for(qtbot, lambda: is_locked(window))
    assert not opened.isVisible()


def test_the_neutral_key_works_from_a_dialog(qtbot: QtBot, window: Window) -> None:
    dialog = QDialog(window)
    dialog.open()
    assert window.guard is not None
    window.guard.idle.timer.timeout.emit()
    QTest.keyClick(handle(dialog), Qt.Key.Key_F9)
    wait_for(qtbot, lambda: window.neutral is not None)
    assert not dialog.isVisible()


def test_another_number_of_minutes_counts_at_once(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.keep_idle_minutes(desk_of(window), 2)
    assert window.guard is not None
    assert window.guard.idle.minutes == 2
    monkeypatch.setattr(idle, "time", Later(2 * 60))
    window.guard.idle.timer.timeout.emit()
    assert is_locked(window)


@pytest.mark.parametrize("minutes", [0, 61])
def test_the_minutes_have_bounds(window: Window, minutes: int) -> None:
    with pytest.raises(NotInList):
        settings.keep_idle_minutes(desk_of(window), minutes)
    assert settings.idle_minutes(desk_of(window)) == 5


def test_the_minutes_are_set_in_the_security_section(qtbot: QtBot, window: Window) -> None:
    assert window.frame is not None
    window.frame.open_part("settings/security")
    page = window.frame.pages["settings"]
    assert isinstance(page, SettingsPage)
    field = page.security.idle
    shown = field.number()
    field.line.selectAll()
    qtbot.keyClicks(field.line, "12")
    qtbot.mouseClick(page.security.idle_button, Qt.MouseButton.LeftButton)
    assert (shown, settings.idle_minutes(desk_of(window)), page.security.is_editing()) == (5, 12, False)


def test_minutes_out_of_bounds_are_said_beside_the_field(qtbot: QtBot, window: Window) -> None:
    assert window.frame is not None
    window.frame.open_part("settings/security")
    page = window.frame.pages["settings"]
    assert isinstance(page, SettingsPage)
    page.security.idle.line.setText("0")
    qtbot.keyClick(page.security.idle.line, Qt.Key.Key_Return)
    assert (page.security.idle.message(), settings.idle_minutes(desk_of(window))) == ("Un nombre de 1 à 60.", 5)


# What the systems tell -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("message", "what", "leaves"),
    [
        (0x02B1, 0x7, True),  # WTS_SESSION_LOCK
        (0x02B1, 0x8, False),  # WTS_SESSION_UNLOCK
        (0x02B1, 0x2, True),  # WTS_CONSOLE_DISCONNECT: another person is shown
        (0x02B1, 0x4, True),  # WTS_REMOTE_DISCONNECT
        (0x02B1, 0x6, True),  # WTS_SESSION_LOGOFF
        (0x02B1, 0x1, False),  # WTS_CONSOLE_CONNECT
        (0x0218, 0x4, True),  # PBT_APMSUSPEND
        (0x0218, 0x12, False),  # PBT_APMRESUMEAUTOMATIC
        (0x0218, 0xA, False),  # PBT_APMPOWERSTATUSCHANGE: a cut, the battery goes on
        (0x0100, 0x7, False),  # WM_KEYDOWN
    ],
)
def test_the_messages_of_windows_are_told_apart(qapp: QApplication, message: int, what: int, leaves: bool) -> None:
    heard: list[int] = []
    messages = windows_messages.WindowsMessages(lambda: heard.append(1))
    told = wintypes.MSG(None, message, what, 0, 0, wintypes.POINT(0, 0))
    kept = messages.nativeEvent(QByteArray(b"windows_generic_MSG"), ctypes.addressof(told))
    assert (bool(heard), kept) == (leaves, (False, 0))


def test_messages_of_other_systems_are_not_read(qapp: QApplication) -> None:
    messages = windows_messages.WindowsMessages(lambda: pytest.fail("read"))
    assert messages.nativeEvent(QByteArray(b"xcb_generic_event_t"), 0) == (False, 0)


def test_messages_of_other_windows_do_not_come_through_python(
    qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(QApplication, "installNativeEventFilter", asked.append)
    monkeypatch.setattr(windows_messages, "_register", asked.append)
    monkeypatch.setattr(sys, "platform", "win32")
    watch = SessionWatch(window)
    watch.begin()
    heard = watch._heard
    assert isinstance(heard, windows_messages.WindowsMessages)
    assert (asked, heard.isVisible()) == ([int(heard.winId())], False)
    assert int(heard.winId()) != int(window.winId())
    told = wintypes.MSG(None, 0x02B1, 0x7, 0, 0, wintypes.POINT(0, 0))
    with qtbot.waitSignal(watch.left, timeout=1000):
        heard.nativeEvent(QByteArray(b"windows_generic_MSG"), ctypes.addressof(told))


@pytest.fixture
def bus(tmp_path: Path) -> Iterator[str]:
    """A message bus of its own."""
    if not sys.platform.startswith("linux") or shutil.which("dbus-daemon") is None:
        pytest.skip("no message bus can be started here")
    program = ["dbus-daemon", "--session", "--nofork", "--print-address", f"--address=unix:path={tmp_path / 'bus'}"]
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as daemon:
        assert daemon.stdout is not None
        yield daemon.stdout.readline().strip()
        daemon.kill()


@pytest.mark.parametrize(("told", "heard"), [("sleeps", 0), ("wakes", 3), ("locked", 0), ("saved", 0), ("gnome", 0)])
def test_a_linux_desktop_is_heard_on_its_buses(bus: str, told: str, heard: int) -> None:
    environment = {**os.environ, "DBUS_SYSTEM_BUS_ADDRESS": bus, "DBUS_SESSION_BUS_ADDRESS": bus}
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.locking.bus_child", bus, told],
        env=environment,
        check=False,
        capture_output=True,
    )
    assert (done.returncode, done.stderr) == (heard, b"")


def test_the_session_is_not_listened_to_before_the_window_is_painted(tmp_path: Path) -> None:
    (tmp_path / "keys.json").write_text("{}")
    code = (
        "import sys\nfrom pathlib import Path\nfrom PySide6.QtWidgets import QApplication\n"
        "from shelter_desk.ui.window import Window\nprogram = QApplication([])\nWindow(Path(sys.argv[1])).grab()\n"
        "print([name for name in sys.modules if 'locking' in name or 'QtDBus' in name or 'drafting' in name])"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True)
    loaded = [name for name in eval(done.stdout) if not name.endswith(("ui.locking", "locking.asked"))]  # noqa: S307
    assert loaded == []
