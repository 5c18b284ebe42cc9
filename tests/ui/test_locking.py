"""What locks, what it covers and closes first, and that nothing of the shelter is left behind."""

import ctypes
import gc
import os
import shutil
import subprocess
import sys
import weakref
from collections.abc import Callable, Iterator
from ctypes import wintypes
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QByteArray, QEvent, QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from shelter_desk.domain.changes import Changes
from shelter_desk.domain.errors import NotInList
from shelter_desk.domain.residents import Names
from shelter_desk.operations import people, residents, settings, unlocking
from shelter_desk.operations.desk import Desk
from shelter_desk.ui import tasks
from shelter_desk.ui.locking import asked, idle, windows_messages
from shelter_desk.ui.locking.cover import Cover
from shelter_desk.ui.residents.page import ResidentsPage
from shelter_desk.ui.settings.page import SettingsPage
from shelter_desk.ui.widgets import files
from shelter_desk.ui.widgets.ask import ask
from shelter_desk.ui.window import Window
from tests.operations.shelter import PASSWORD, admit, open_small_shelter
from tests.ui.windows import focused, keep_preferences_in, settle, show, wait_for

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small shelter with one resident, closed, its manager bound to confidentiality."""
    desk = open_small_shelter(tmp_path / "shelter")
    people.undertake(desk)
    admit(desk, "1A", names=Names("Diawara", "Sira"))
    desk.close()
    return desk.folder


@pytest.fixture
def window(qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Window]:
    keep_preferences_in(monkeypatch, tmp_path)
    made = show(qtbot, tmp_path / "elsewhere")
    unlock(qtbot, made, folder)
    yield made
    made.close()
    settle(qtbot)


def unlock(qtbot: QtBot, window: Window, folder: Path) -> None:
    """Once the former desk is backed up and closed."""
    settle(qtbot)
    window._folder = folder
    window.open(unlocking.unlock(folder, "Agent A", PASSWORD))


def desk_of(window: Window) -> Desk:
    assert window.desk is not None
    return window.desk


def residents_page(window: Window) -> ResidentsPage:
    assert window.frame is not None
    window.frame.open("residents")
    page = window.frame.pages["residents"]
    assert isinstance(page, ResidentsPage)
    return page


def is_locked(window: Window) -> bool:
    return window.desk is None and window.frame is None and window.unlock is not None and window.unlock.isVisible()


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
def test_the_messages_of_windows_are_told_apart(message: int, what: int, leaves: bool) -> None:
    heard: list[int] = []
    messages = windows_messages.Messages(lambda: heard.append(1))
    told = wintypes.MSG(None, message, what, 0, 0, wintypes.POINT(0, 0))
    kept = messages.nativeEventFilter(QByteArray(b"windows_generic_MSG"), ctypes.addressof(told))
    assert (bool(heard), kept) == (leaves, (False, 0))


def test_messages_of_other_systems_are_not_read() -> None:
    messages = windows_messages.Messages(lambda: pytest.fail("read"))
    assert messages.nativeEventFilter(QByteArray(b"xcb_generic_event_t"), 0) == (False, 0)


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
        [sys.executable, "-m", "tests.ui.bus_child", bus, told], env=environment, check=False, capture_output=True
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


# What is covered and closed ------------------------------------------------------------------------------------------


class Order(QObject):
    """Remembers what is painted and hidden, in order."""

    def __init__(self, beside: QWidget) -> None:
        super().__init__()
        self._beside = beside
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, Cover) and event.type() == QEvent.Type.Paint:
            self.seen.append("covered")
        if watched is self._beside and event.type() == QEvent.Type.Hide:
            self.seen.append("closed")
        return False


def test_the_cover_is_painted_before_a_dialog_is_closed_and_the_file(window: Window) -> None:
    dialog = QDialog(window)
    dialog.open()
    order = Order(dialog)
    desk_of(window).database.on_commit = None
    app = QApplication.instance()
    assert app is not None
    app.installEventFilter(order)
    window.lock()
    app.removeEventFilter(order)
    assert order.seen[:2] == ["covered", "closed"]


def test_a_question_is_closed_unanswered_and_its_page_outlives_it(qtbot: QtBot, window: Window) -> None:
    page = residents_page(window)
    there: list[bool] = []

    def lock() -> None:
        window.lock()
        there.append(window.frame is not None)

    QTimer.singleShot(0, window, lock)
    answer = ask(page, "Annuler le séjour ?", "Rien n’est effacé.", "Annuler le séjour")
    still_there = window.frame is not None
    wait_for(qtbot, lambda: is_locked(window))
    assert (answer, there, still_there, asked.is_open()) == (None, [True], True, False)


def test_a_choice_of_file_is_closed(qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs)
    page = residents_page(window)
    QTimer.singleShot(50, window, window.lock)
    chosen = files.choose_folder(page, "Où écrire la sauvegarde")
    QApplication.setAttribute(Qt.ApplicationAttribute.AA_DontUseNativeDialogs, on=False)
    wait_for(qtbot, lambda: is_locked(window))
    assert chosen is None


def test_a_question_that_follows_another_is_closed_too(qtbot: QtBot, window: Window) -> None:
    page = residents_page(window)
    QTimer.singleShot(0, window, window.lock)
    answers = [ask(page, "Un ?", "…", "Oui"), ask(page, "Deux ?", "…", "Oui")]
    wait_for(qtbot, lambda: is_locked(window))
    assert answers == [None, None]


@pytest.mark.parametrize("how", ["lock", "neutral"])
def test_nothing_of_the_program_is_left_open_beside_its_window(qtbot: QtBot, window: Window, how: str) -> None:
    page = residents_page(window)
    page.admit(None)
    page.admission.arrival.day.open_calendar()
    dialog = QDialog()
    dialog.show()
    menu = QMenu()
    menu.addAction("…")
    menu.popup(QPoint(20, 20))
    completer = page.admission.person.country.combo
    completer.showPopup()
    if how == "lock":
        window.lock()
    else:
        window.show_neutral()
    left = [type(one).__name__ for one in QApplication.topLevelWidgets() if one.isVisible() and one is not window]
    assert (left, QApplication.activePopupWidget()) == ([], None)


def test_the_title_says_nothing_while_the_neutral_screen_is_there(window: Window) -> None:
    residents_page(window)
    window.show_neutral()
    assert window.windowTitle() == "Fournitures de bureau"


# A job under way -----------------------------------------------------------------------------------------------------


def nothing(_value: object) -> None:
    """Not called in these tests."""


def long_job() -> Event:
    """A job that has begun and ends when the answer is set."""
    begun, goes_on = Event(), Event()

    def job() -> None:
        begun.set()
        goes_on.wait(20)

    tasks.run(job, nothing, nothing)
    begun.wait(20)
    return goes_on


def test_a_lock_covers_while_a_job_goes_on_and_closes_the_file_after_it(qtbot: QtBot, window: Window) -> None:
    desk, begun, goes_on, ended = desk_of(window), Event(), Event(), []

    def job() -> None:
        with desk.writing("test", Changes()) as writing:
            begun.set()
            goes_on.wait(20)
            writing.subject = "whole"
        ended.append("whole")

    tasks.run(job, nothing, nothing)
    begun.wait(20)
    window.lock()
    assert isinstance(window.currentWidget(), Cover)
    assert (window.desk, window.frame, window.unlock) == (None, None, None)
    goes_on.set()
    wait_for(qtbot, lambda: is_locked(window))
    settle(qtbot)
    assert ended == ["whole"]
    with unlocking.unlock(desk.folder, "Agent A", PASSWORD) as again, again.reading() as connection:
        last = connection.exec_driver_sql("SELECT subject FROM journal WHERE action = 'test'").scalar_one()
    assert last == "whole"


def test_the_cover_says_why_it_stays(qtbot: QtBot, window: Window) -> None:
    goes_on = long_job()
    window.lock()
    cover = window.currentWidget()
    assert isinstance(cover, Cover)
    told = cover.why.isVisible()
    goes_on.set()
    wait_for(qtbot, lambda: is_locked(window))
    assert told


def test_a_job_that_can_be_stopped_is_and_leaves_no_half_change(qtbot: QtBot, window: Window) -> None:
    desk, begun, goes_on = desk_of(window), Event(), Event()

    def job(report: Callable[[str, int, int], None]) -> None:
        with desk.writing("test", Changes()):
            begun.set()
            goes_on.wait(20)
            report("half", 1, 2)

    met: list[object] = []
    tasks.run(job, met.append, met.append, nothing_of_progress)
    begun.wait(20)
    window.lock()
    goes_on.set()
    wait_for(qtbot, lambda: is_locked(window))
    settle(qtbot)
    with unlocking.unlock(desk.folder, "Agent A", PASSWORD) as again, again.reading() as connection:
        stored = connection.exec_driver_sql("SELECT count(*) FROM journal WHERE action = 'test'").scalar_one()
    assert (stored, met) == (0, [])


def nothing_of_progress(_step: str, _done: int, _total: int) -> None:
    """Not looked at."""


def test_a_job_that_waits_never_begins(qtbot: QtBot, window: Window) -> None:
    goes_on, begun = long_job(), []
    tasks.run(lambda: begun.append(1), nothing, nothing)
    window.lock()
    goes_on.set()
    wait_for(qtbot, lambda: is_locked(window))
    assert begun == []


def test_the_window_closes_in_the_middle_of_a_lock(qtbot: QtBot, window: Window) -> None:
    desk, goes_on = desk_of(window), long_job()
    window.lock()
    goes_on.set()
    window.close()
    settle(qtbot)
    with unlocking.unlock(desk.folder, "Agent A", PASSWORD) as again:
        assert again.user_name == "Agent A"


# What is left --------------------------------------------------------------------------------------------------------


def test_nothing_that_knows_the_shelter_is_left_after_a_lock(qtbot: QtBot, window: Window, folder: Path) -> None:
    page = residents_page(window)
    (one,) = residents.listed(desk_of(window), "here")
    page.open_record(one.person.id)
    page.record.head.name.show_name()
    page.record.open_form("correct")
    page.admit(None)
    qtbot.keyClicks(page.admission.person.last.line, "Diaw")
    residents.alike(desk_of(window), Names("Diawara", "Sira"), "f", one.person.birth, "GN")
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
