"""The registers leave by the window: codes for the house, names closed and decided."""

import io
from collections.abc import Iterator
from pathlib import Path

import msoffcrypto
import pytest
from openpyxl import load_workbook
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from shelter_desk.domain.residents.residents import Names
from shelter_desk.domain.rights import Role
from shelter_desk.domain.sending.recipients import INTERNAL, NOMINAL
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.sending import recipients, sendings, unread_passwords
from shelter_desk.operations.users import user_accounts
from shelter_desk.ui import tasks
from shelter_desk.ui.page import Told
from shelter_desk.ui.sending.page import SendingsPage
from shelter_desk.ui.sending.registers_export import RegistersGate
from shelter_desk.ui.widgets import files
from tests.operations.shelter import PASSWORD, admit, small_shelter
from tests.ui.sending.gates import to_somebody

OTHER = "quatre pirogues lentes"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path / "shelter") as opened:
        admit(opened, "1A", names=Names("Coulibaly", "Tenin", ""))
        yield opened
        tasks.finish()


@pytest.fixture
def out(tmp_path: Path) -> Path:
    path = tmp_path / "out.xlsx"
    files.answer_with(path)
    return path


def opened_with(path: Path, password: str) -> io.BytesIO:
    """The workbook as Excel opens it for who has the password."""
    plain = io.BytesIO()
    with path.open("rb") as file:
        closed = msoffcrypto.OfficeFile(file)
        closed.load_key(password=password)
        closed.decrypt(plain)
    return plain


def cells(workbook: Path | io.BytesIO) -> str:
    return str([list(sheet.values) for sheet in load_workbook(workbook)])


def asked(qtbot: QtBot, desk: Desk) -> tuple[SendingsPage, RegistersGate, list[Told]]:
    page = SendingsPage(desk)
    qtbot.addWidget(page)
    told: list[Told] = []
    page.told.connect(told.append)
    page.show()
    page.registers_button.click()
    gate = page.registers.gate
    assert gate is not None
    return page, gate, told


def test_what_stays_here_has_codes_and_asks_for_no_password(qtbot: QtBot, desk: Desk, out: Path) -> None:
    page, gate, told = asked(qtbot, desk)
    assert (gate.level, gate.deciding.isVisible()) == (INTERNAL, False)
    gate.go()
    qtbot.waitUntil(lambda: bool(told))
    assert [one.state for one in told] == ["ok"]
    assert page.registers.password is None
    assert "Coulibaly" not in cells(out)
    assert [one.sending.left for one in sendings.sent_files(desk)] == [False]


def test_names_leave_closed_once_the_password_was_typed_again(qtbot: QtBot, desk: Desk, out: Path) -> None:
    page, gate, told = asked(qtbot, desk)
    to_somebody(gate)
    gate.fields.purpose.choose("audit")
    assert (gate.level, gate.deciding.isVisible()) == (NOMINAL, True)
    gate.go()
    assert (gate.isVisible(), gate.deciding.password.state()) == (True, "blocked")
    gate.deciding.password.set_text(PASSWORD)
    gate.go()
    qtbot.waitUntil(lambda: page.registers.password is not None)
    shown = page.registers.password
    assert shown is not None
    assert shown.focusWidget() is shown.print_button
    assert "Coulibaly" in cells(opened_with(out, shown.shown.text()))
    assert [(one.sending.left, one.sending.level) for one in sendings.sent_files(desk)] == [(True, NOMINAL)]
    assert [one.state for one in told] == ["ok"]
    assert [one.password for one in unread_passwords.mine(desk)] == [shown.shown.text()]
    shown.close_button.click()
    assert unread_passwords.mine(desk) == []


def test_where_two_may_the_second_one_decides_too(qtbot: QtBot, desk: Desk, out: Path) -> None:
    user_accounts.add(desk, "Agent B", Role.DIRECTOR, OTHER)
    page, gate, _ = asked(qtbot, desk)
    to_somebody(gate)
    gate.fields.purpose.choose("audit")
    gate.deciding.password.set_text(PASSWORD)
    gate.go()
    qtbot.waitUntil(lambda: gate.deciding.password.state() == "blocked")
    assert not out.exists()
    gate.deciding.password.set_text(OTHER)
    qtbot.waitUntil(gate.verb.isEnabled, timeout=20_000)
    gate.go()
    qtbot.waitUntil(lambda: page.registers.password is not None)
    assert out.exists()
    assert page.registers.password is not None
    page.registers.password.accept()


def test_who_may_not_export_has_no_button(qtbot: QtBot, desk: Desk) -> None:
    desk.role = Role.CASE_WORKER
    page = SendingsPage(desk)
    qtbot.addWidget(page)
    page.show()
    assert not page.registers_button.isVisible()


def test_a_name_that_stands_in_the_directory_is_refused_before_anything_is_decided(
    qtbot: QtBot, desk: Desk, out: Path
) -> None:
    recipients.keep_recipient(desk, recipients.usual("OIM"))
    _page, gate, _ = asked(qtbot, desk)
    to_somebody(gate, "oim")
    gate.fields.purpose.choose("audit")
    gate.deciding.password.set_text(PASSWORD)
    gate.go()
    tasks.finish()
    qtbot.wait(10)
    assert (gate.isVisible(), gate.fields.name.state(), out.exists()) == (True, "blocked", False)


@pytest.mark.parametrize("is_known", [True, False], ids=["password known", "password tried"])
def test_a_gate_that_is_closed_while_the_password_is_tried_lets_nothing_leave(
    qtbot: QtBot, desk: Desk, out: Path, is_known: bool
) -> None:
    _, gate, _ = asked(qtbot, desk)
    to_somebody(gate)
    gate.fields.purpose.choose("audit")
    gate.deciding.password.set_text(PASSWORD)
    gate.go()
    assert not gate.isEnabled()
    if is_known:
        tasks.finish()  # its outcome waits before the gate's end does
    gate.reject()
    qtbot.waitUntil(lambda: not isValid(gate))
    tasks.finish()
    qtbot.wait(10)
    assert (out.exists(), sendings.sent_files(desk)) == (False, [])
