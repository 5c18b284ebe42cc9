"""The password of a closed file outlives a lock, a neutral screen and the end of the program until it was read."""

import io
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import cast

import msoffcrypto
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from shelter_desk.domain.rights import Role
from shelter_desk.excel import saving
from shelter_desk.operations.sending import sendings, unread_passwords
from shelter_desk.operations.users import user_accounts
from shelter_desk.ui.reports.page import ReportsPage
from shelter_desk.ui.sending.page import SendingsPage
from shelter_desk.ui.sending.password_shown import PasswordShown
from shelter_desk.ui.widgets import files
from shelter_desk.ui.window import Window
from tests.operations.shelter import PASSWORD
from tests.ui.locking.locking_scene import desk_of, folder, is_locked, window
from tests.ui.sending.gates import to_somebody
from tests.ui.window.windows import settle, show, unlock, wait_for

__all__ = ["folder", "window"]
OTHER = "quatre pirogues lentes"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    path = tmp_path / "out.xlsx"
    files.answer_with(path)
    return path


def reports_page(window: Window) -> ReportsPage:
    assert window.frame is not None
    window.frame.open("reports")
    return cast("ReportsPage", window.frame.pages["reports"])


def begin(qtbot: QtBot, window: Window, name: str = "OIM") -> SendingsPage:
    """The registers with names leave for somebody, decided; the file is written on the other thread."""
    page = reports_page(window)
    settle(qtbot)
    page.sendings.show()
    shown = page.sendings.shown
    assert shown is not None
    shown.registers_button.click()
    gate = shown.registers.gate
    assert gate is not None
    to_somebody(gate, name)
    gate.fields.purpose.choose("audit")
    gate.deciding.password.set_text(PASSWORD)
    gate.go()
    return shown


def shown_password(qtbot: QtBot, window: Window, name: str = "OIM") -> PasswordShown:
    """The dialog as it stands over the page once everything is written."""
    page = begin(qtbot, window, name)
    wait_for(qtbot, lambda: page.registers.password is not None)
    assert page.registers.password is not None
    return page.registers.password


def bar(window: Window) -> tuple[str, str]:
    """What the window offers, and its verb."""
    assert window.frame is not None
    found = window.frame.bar
    return ("", "") if found.isHidden() else (found.sentence.text(), found.verb.text())


OFFERED = ("Le mot de passe de out.xlsx n’a pas encore été lu.", "Voir")


def shown_again(qtbot: QtBot, window: Window) -> PasswordShown:
    assert bar(window) == OFFERED
    assert window.frame is not None
    assert window.frame.bar.other_verb.isHidden()  # it is not thrown away unseen
    window.frame.bar.verb.click()
    page = reports_page(window)
    settle(qtbot)
    assert page.password is not None
    return page.password


def opens(path: Path, password: str) -> bool:
    plain = io.BytesIO()
    with path.open("rb") as file:
        closed = msoffcrypto.OfficeFile(file)
        closed.load_key(password=password, verify_password=True)
        closed.decrypt(plain)
    return plain.getvalue()[:2] == b"PK"


def test_a_lock_while_the_file_is_written_loses_no_password(
    qtbot: QtBot, window: Window, folder: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, may_go_on, save = Event(), Event(), saving.save

    def slowly(path: Path, content: bytes) -> None:
        begun.set()
        assert may_go_on.wait(20)
        save(path, content)

    monkeypatch.setattr(saving, "save", slowly)
    begin(qtbot, window)
    wait_for(qtbot, begun.is_set)
    window.lock()
    assert not is_locked(window)
    may_go_on.set()
    wait_for(qtbot, lambda: is_locked(window))
    unlock(qtbot, window, folder)
    again = shown_again(qtbot, window)
    assert opens(out, again.shown.text())
    assert [one.sending.file_name for one in sendings.sent_files(desk_of(window))] == ["registres.xlsx"]
    again.close_button.click()
    assert unread_passwords.mine(desk_of(window)) == []


def leave_by_lock(qtbot: QtBot, window: Window, folder: Path) -> Window:
    window.lock()
    wait_for(qtbot, lambda: is_locked(window))
    unlock(qtbot, window, folder)
    return window


def leave_by_closing(qtbot: QtBot, window: Window, folder: Path) -> Window:
    window.close()
    settle(qtbot)
    again = show(qtbot, folder.parent / "elsewhere")
    unlock(qtbot, again, folder)
    return again


def leave_by_neutral(qtbot: QtBot, window: Window, _folder: Path) -> Window:
    window.show_neutral()
    window._try_to_return(PASSWORD)
    wait_for(qtbot, lambda: window.currentWidget() is window.frame)
    return window


@pytest.mark.usefixtures("out")
@pytest.mark.parametrize("leave", [leave_by_lock, leave_by_closing, leave_by_neutral])
def test_a_password_that_was_covered_is_shown_again_until_it_was_read(
    qtbot: QtBot, window: Window, folder: Path, leave: Callable[[QtBot, Window, Path], Window]
) -> None:
    password = shown_password(qtbot, window).shown.text()
    window = leave(qtbot, window, folder)
    again = shown_again(qtbot, window)
    assert again.shown.text() == password
    assert f"E-{desk_of(window).today().year}-0001 · out.xlsx" in [label.text() for label in again.findChildren(QLabel)]
    qtbot.keyClick(again, Qt.Key.Key_Escape)
    assert (unread_passwords.mine(desk_of(window)), QApplication.activeModalWidget()) == ([], None)
    leave_by_lock(qtbot, window, folder)
    assert bar(window) == ("", "")


@pytest.mark.usefixtures("out")
def test_several_that_were_covered_are_shown_one_after_the_other(qtbot: QtBot, window: Window, folder: Path) -> None:
    covered = []
    for name in ("OIM", "Autre lectrice"):
        covered.append(shown_password(qtbot, window, name).shown.text())
        leave_by_lock(qtbot, window, folder)
    again = shown_again(qtbot, window)
    read = [again.shown.text()]
    again.close_button.click()
    following = QApplication.activeModalWidget()
    assert isinstance(following, PasswordShown)
    read.append(following.shown.text())
    assert sorted(read) == sorted(covered)
    following.close_button.click()
    assert (unread_passwords.mine(desk_of(window)), QApplication.activeModalWidget()) == ([], None)


@pytest.mark.usefixtures("out")
def test_nobody_else_is_shown_it(qtbot: QtBot, window: Window, folder: Path) -> None:
    user_accounts.add(desk_of(window), "Agent B", Role.DIRECTOR, OTHER)
    user_accounts.undertake(desk_of(window))
    shown = begin_with_two(qtbot, window)
    assert [one.password for one in unread_passwords.mine(desk_of(window))] == [shown.shown.text()]
    window.lock()
    wait_for(qtbot, lambda: is_locked(window))
    unlock(qtbot, window, folder, "Agent B", OTHER)
    assert unread_passwords.mine(desk_of(window)) == []


def begin_with_two(qtbot: QtBot, window: Window) -> PasswordShown:
    page = begin(qtbot, window)
    gate = page.registers.gate
    assert gate is not None
    wait_for(qtbot, lambda: gate.deciding.password.state() == "blocked")
    gate.deciding.password.set_text(OTHER)
    wait_for(qtbot, gate.verb.isEnabled)
    gate.go()
    wait_for(qtbot, lambda: page.registers.password is not None)
    assert page.registers.password is not None
    return page.registers.password
