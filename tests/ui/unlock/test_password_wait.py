"""Wherever a password is asked while the shelter is open, wrong ones are followed by seconds that are counted down."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelter_desk.domain.approvals import Approval
from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.rights import Role
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import retention
from shelter_desk.operations.residents.retention import Erased
from shelter_desk.operations.users import user_accounts
from shelter_desk.storage.file import failed_logins
from shelter_desk.ui.settings.own_sections import AccountSection
from shelter_desk.ui.settings.retention.retention_confirm import ErasureForm
from shelter_desk.ui.settings.security_section import SecuritySection
from shelter_desk.ui.unlock.key_change_page import KeyChangePage
from shelter_desk.ui.window import Window
from tests.operations.shelter import PASSWORD, open_small_shelter
from tests.ui.window.windows import keep_preferences_in, settle, show_active, wait_for

NEW, WRONG = "deux citrons jaunes", "trois mangues vertes"
ENTER = Qt.Key.Key_Return


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Two wrong passwords were typed before: the next one makes wait."""
    with open_small_shelter(tmp_path / "shelter") as opened:
        user_accounts.add(opened, "Agent B", Role.DIRECTOR, NEW)
        failed_logins.write(opened.folder, 2)
        yield opened


def test_my_password_is_not_tried_again_before_the_seconds_are_over(qtbot: QtBot, desk: Desk) -> None:
    section = AccountSection(desk)
    qtbot.addWidget(section)
    for field, typed in ((section.old, WRONG), (section.new.field, NEW), (section.again, NEW)):
        field.line.setText(typed)
    section.keep()
    settle(qtbot)
    refused = (section.old.message(), section.keep_button.isEnabled())
    section.keep()
    settle(qtbot)
    section.wait.tick()
    section.wait.tick()
    assert refused == ("Ce n’est pas votre mot de passe. Attendez 2 secondes.", False)
    assert (failed_logins.read(desk.folder), section.keep_button.isEnabled()) == (3, True)
    assert section.old.message() == "Ce n’est pas votre mot de passe."


def test_another_recovery_key_makes_wait(qtbot: QtBot, desk: Desk) -> None:
    section = SecuritySection(desk)
    qtbot.addWidget(section)
    section.password.line.setText(WRONG)
    section.make()
    settle(qtbot)
    assert (section.make_button.isEnabled(), section.wait.is_on) == (False, True)


def test_the_page_of_the_keys_makes_wait_and_so_does_another_one(qtbot: QtBot, desk: Desk) -> None:
    page = KeyChangePage(desk)
    qtbot.addWidget(page)
    page.password.line.setText(WRONG)
    page.start()
    wait_for(qtbot, lambda: page.wait.is_on)
    page.password.line.setText(PASSWORD)
    page.start()
    settle(qtbot)
    again = KeyChangePage(desk)
    qtbot.addWidget(again)
    assert (desk.database.is_open, page.start_button.isEnabled(), again.wait.is_on) == (True, False, True)
    assert again.password.message().endswith("Attendez 2 secondes.")


def test_the_colleague_of_an_erasure_makes_wait(qtbot: QtBot, desk: Desk) -> None:
    def act(_reason: str, approval: Approval) -> Erased:
        return retention.erase(desk, [PersonId(1)], "", approval)

    form = ErasureForm(desk, 1, [], act)
    qtbot.addWidget(form)
    form.number.set_number(1)
    form.approval.password.set_text(WRONG)
    form.go()
    assert not form.close_button.isEnabled(), "nobody closes away what is being erased"
    settle(qtbot)
    assert form.close_button.isEnabled()
    told = "Ce n’est pas le mot de passe de cette personne. Attendez 2 secondes."
    assert (form.approval.password.message(), form.verb.isEnabled()) == (told, False)
    form.approval.wait.tick()
    form.approval.wait.tick()
    assert form.verb.isEnabled()


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    keep_preferences_in(monkeypatch, tmp_path)
    made = Window(tmp_path / "none")
    qtbot.addWidget(made)
    show_active(qtbot, made)
    made.open(open_small_shelter(tmp_path / "shelter"))
    settle(qtbot)
    yield made
    made.lock()
    settle(qtbot)


def type_at_neutral(qtbot: QtBot, window: Window, typed: str) -> None:
    assert window.neutral is not None
    window.neutral.open_field()
    window.neutral.field.setText(typed)
    qtbot.keyClick(window.neutral.field, ENTER)
    settle(qtbot)


def test_the_neutral_screen_counts_the_seconds_in_its_field_and_takes_nothing_meanwhile(
    qtbot: QtBot, window: Window
) -> None:
    window.show_neutral()
    assert window.neutral is not None
    for _ in range(3):
        type_at_neutral(qtbot, window, WRONG)
    neutral = window.neutral
    counting = (neutral.field.placeholderText(), neutral.field.isReadOnly())
    type_at_neutral(qtbot, window, PASSWORD)
    assert (counting, window.neutral) == (("2\u00a0s", True), neutral)
    neutral.tick()
    neutral.tick()
    type_at_neutral(qtbot, window, PASSWORD)
    assert window.neutral is None
