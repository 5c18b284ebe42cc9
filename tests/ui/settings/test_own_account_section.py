"""My account: what the role may see, and another password."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelter_desk.domain.errors import WrongPassword
from shelter_desk.domain.rights import Role
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.vault import unlocking
from shelter_desk.ui.settings.own_sections import AccountSection
from shelter_desk.ui.widgets.label import Label
from tests.operations.shelter import PASSWORD, open_small_shelter
from tests.ui.window.windows import focused, settle, show_active, type_in

ENTER = Qt.Key.Key_Return
NEW = "deux citrons jaunes"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_small_shelter(tmp_path / "shelter") as opened:
        yield opened


@pytest.fixture
def section(desk: Desk, qtbot: QtBot) -> AccountSection:
    made = AccountSection(desk)
    qtbot.addWidget(made)
    made.refresh()
    show_active(qtbot, made)
    return made


def type_passwords(section: AccountSection, qtbot: QtBot, old: str, new: str, again: str) -> None:
    section.old.set_text(old)  # its accents are no keys here
    section.old.setFocus()
    type_in(qtbot, ENTER, new, ENTER, again, ENTER)
    settle(qtbot)


def opens(desk: Desk, password: str) -> bool:
    desk.close()
    try:
        unlocking.unlock(desk.folder, "Agent A", password).close()
    except WrongPassword:
        return False
    return True


def told_by(section: AccountSection) -> str:
    return " ".join(label.text() for label in section.findChildren(Label))


def test_a_password_is_changed_by_keyboard_alone(section: AccountSection, desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(section.told) as told:
        type_passwords(section, qtbot, PASSWORD, NEW, NEW)
    assert told.args is not None
    assert told.args[0].state == "ok"
    assert (opens(desk, PASSWORD), opens(desk, NEW)) == (False, True)


def test_nothing_typed_is_left_after_the_change(section: AccountSection, qtbot: QtBot) -> None:
    type_passwords(section, qtbot, PASSWORD, NEW, NEW)
    assert (section.old.text(), section.new.text(), section.again.text(), section.is_editing()) == ("", "", "", False)


def test_a_wrong_old_password_is_said_beside_its_field(section: AccountSection, desk: Desk, qtbot: QtBot) -> None:
    type_passwords(section, qtbot, "trois mangues vertes", NEW, NEW)
    assert (section.old.state(), section.old.message()) == ("blocked", "Ce n’est pas votre mot de passe.")
    assert focused() is section.old.line
    assert opens(desk, PASSWORD)


def test_two_new_passwords_that_differ_change_nothing(section: AccountSection, desk: Desk, qtbot: QtBot) -> None:
    type_passwords(section, qtbot, PASSWORD, NEW, NEW + "s")
    assert section.again.state() == "blocked"
    assert opens(desk, PASSWORD)


@pytest.mark.parametrize("weak", ["mangue", "bamako2024!!", "Agent 1234567890"])
def test_a_weak_new_password_is_said_beside_its_field(
    section: AccountSection, desk: Desk, qtbot: QtBot, weak: str
) -> None:
    type_passwords(section, qtbot, PASSWORD, weak, weak)
    assert section.new.field.state() == "blocked"
    assert opens(desk, PASSWORD)


def test_without_the_old_password_nothing_is_asked(section: AccountSection, qtbot: QtBot) -> None:
    section.new.field.set_text(NEW)
    section.again.set_text(NEW)
    section.keep_button.click()
    assert section.old.state() == "blocked"


@pytest.mark.parametrize(
    ("role", "names"),
    [
        (Role.DIRECTOR, "À la demande"),
        (Role.CASE_WORKER, "À la demande"),
        (Role.RECEPTION, "Des personnes présentes cette nuit"),
        (Role.STOREKEEPER, "Jamais"),
        (Role.AUDITOR, "Jamais"),
    ],
)
def test_each_role_is_told_whose_names_it_may_read(desk: Desk, qtbot: QtBot, role: Role, names: str) -> None:
    made = AccountSection(replace(desk, role=role))
    qtbot.addWidget(made)
    assert names in told_by(made)


def test_the_day_of_the_undertaking_is_told(section: AccountSection, desk: Desk) -> None:
    day = desk.today().strftime("%d/%m/%Y")
    assert f"Engagement de confidentialité accepté le {day}." in told_by(section)
