"""A backup opened from the unlock screen and from the first run."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from shelter_desk.domain import errors
from shelter_desk.domain.rights import Role
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import residents
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import backups, unlocking
from shelter_desk.ui.unlock.first_run.page import FirstRun
from shelter_desk.ui.unlock.page import UnlockPage
from shelter_desk.ui.unlock.restoring import Restoring
from shelter_desk.ui.unlock.troubles import trouble
from shelter_desk.ui.widgets import files
from tests.conftest import MemoryKeyring
from tests.operations.shelter import PASSWORD, QUICK, admit, open_small_shelter
from tests.operations.vault.restoring_scene import go_back
from tests.ui.window.windows import keep_preferences_in, settle, show_active, worker_held

ANOTHER = "quatre pirogues lentes"


@pytest.fixture(autouse=True)
def own_preferences(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keep_preferences_in(monkeypatch, tmp_path)


@pytest.fixture
def opened() -> Iterator[list[Desk]]:
    desks: list[Desk] = []
    yield desks
    for desk in desks:
        desk.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A shelter with one resident and a backup beside it, closed."""
    with open_small_shelter(tmp_path / "shelter") as desk:
        admit(desk, "1A")
        backups.keep(desk, backups.place_of(desk))
    return tmp_path / "shelter"


def unlock_page(qtbot: QtBot, folder: Path, opened: list[Desk]) -> UnlockPage:
    page = UnlockPage(folder, "Agent A")
    qtbot.addWidget(page)
    page.opened.connect(opened.append)
    show_active(qtbot, page)
    qtbot.waitUntil(lambda: page._has_looked)
    settle(qtbot)
    return page


def click(qtbot: QtBot, button: QPushButton) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(qtbot)


def to_the_password(qtbot: QtBot, page: UnlockPage) -> Restoring:
    assert page.trouble is not None
    click(qtbot, page.trouble.buttons["backup"])
    assert page.restoring is not None
    click(qtbot, page.restoring.choice.go_on_button)
    return page.restoring


def type_password(qtbot: QtBot, form: Restoring, password: str) -> None:
    form.password.password.set_text(password)
    qtbot.keyClick(form.password.password.line, Qt.Key.Key_Return)
    settle(qtbot)


def test_no_backup_is_said_to_be_missing_before_they_are_looked_for(qtbot: QtBot, tmp_path: Path) -> None:
    with worker_held():
        form = Restoring(tmp_path)
        qtbot.addWidget(form)
        show_active(qtbot, form)
        before = form.choice.isVisible(), form.choice._none.isVisible()
    settle(qtbot)
    assert (before, form.choice._none.isVisible()) == ((True, False), True)


@pytest.mark.parametrize("name", ["shelter.db", "keys.json"])
def test_a_missing_file_is_brought_back_from_the_backup_beside_it(
    qtbot: QtBot, folder: Path, opened: list[Desk], name: str
) -> None:
    (folder / name).unlink()
    page = unlock_page(qtbot, folder, opened)  # held here, or it goes
    form = to_the_password(qtbot, page)
    assert "1 personne, 1 séjour" in form.lead.text()
    type_password(qtbot, form, PASSWORD)
    assert [len(residents.listed(desk, "here")) for desk in opened] == [1]


def test_a_wrong_password_of_that_day_is_said_beside_it(qtbot: QtBot, folder: Path, opened: list[Desk]) -> None:
    (folder / "keys.json").write_bytes(b"")
    page = unlock_page(qtbot, folder, opened)  # held here, or it goes
    form = to_the_password(qtbot, page)
    type_password(qtbot, form, "faux mot")
    assert (form.password.password.state(), opened) == ("blocked", [])
    assert (folder / "keys.json").read_bytes() == b""


def test_an_empty_password_is_not_tried(qtbot: QtBot, folder: Path, opened: list[Desk]) -> None:
    (folder / "keys.json").unlink()
    page = unlock_page(qtbot, folder, opened)  # held here, or it goes
    form = to_the_password(qtbot, page)
    with qtbot.assertNotEmitted(form.password.wanted):
        click(qtbot, form.password.open_button)
    assert form.password.password.state() == "blocked"


def test_an_altered_file_is_no_backup(qtbot: QtBot, folder: Path, opened: list[Desk], tmp_path: Path) -> None:
    (folder / "keys.json").write_bytes(b"")
    page = unlock_page(qtbot, folder, opened)
    assert page.trouble is not None
    click(qtbot, page.trouble.buttons["backup"])
    (tmp_path / "picture.sauvegarde").write_bytes(b"PK not a backup")
    files.answer_with(tmp_path / "picture.sauvegarde")
    assert page.restoring is not None
    click(qtbot, page.restoring.choice.file_button)
    assert page.restoring.alert is not None
    assert page.restoring.choice.isVisible()


def test_back_leads_from_the_password_to_the_choice_and_out(qtbot: QtBot, folder: Path, opened: list[Desk]) -> None:
    (folder / "keys.json").unlink()
    page = unlock_page(qtbot, folder, opened)
    form = to_the_password(qtbot, page)
    click(qtbot, form.password.back_button)
    assert form.choice.isVisible()
    click(qtbot, form.choice.back_button)
    assert page.sign_in.isVisible()
    assert page.trouble is not None


def test_only_the_manager_brings_it_back(qtbot: QtBot, folder: Path, opened: list[Desk]) -> None:
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        user_accounts.add(desk, "Agent B", Role.STOREKEEPER, ANOTHER)
        backups.keep(desk, backups.place_of(desk))
    (folder / "shelter.db").unlink()
    page = unlock_page(qtbot, folder, opened)  # held here, or it goes
    form = to_the_password(qtbot, page)
    form.password.name.set_text("Agent B")
    type_password(qtbot, form, ANOTHER)
    assert form.alert is not None
    assert (form.alert.sentence.text()[:18], opened) == ("Seule la direction", [])


def test_files_older_than_the_last_ones_lead_to_a_backup_too() -> None:
    assert trouble(errors.Damaged("older", "")).ways[0] == "backup"


def test_the_unlock_screen_tells_how_old_the_backup_is(qtbot: QtBot, folder: Path, opened: list[Desk]) -> None:
    page = unlock_page(qtbot, folder, opened)
    assert page.backup_age.text().startswith("Dernière sauvegarde vérifiée\u00a0: aujourd’hui")


def test_what_was_promised_is_put_in_place_before_anybody_signs_in(
    qtbot: QtBot, folder: Path, opened: list[Desk]
) -> None:
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        chosen = backups.held(desk)[0].path
        admit(desk, "1B")
        go_back(desk, chosen)
    page = unlock_page(qtbot, folder, opened)
    page.sign_in.password.set_text(PASSWORD)
    page.sign_in.open()
    settle(qtbot)
    assert [len(residents.listed(desk, "here")) for desk in opened] == [1]


# From the first run ---------------------------------------------------------------------------------------------------


def first_run(qtbot: QtBot, folder: Path, opened: list[Desk]) -> FirstRun:
    run = FirstRun(folder)
    qtbot.addWidget(run)
    run.opened.connect(lambda desk, _user: opened.append(desk))
    show_active(qtbot, run)
    run.go_on()
    run.start.backup.click()
    run.go_on()
    settle(qtbot)
    return run


def test_a_backup_is_opened_on_a_new_computer(qtbot: QtBot, folder: Path, opened: list[Desk], tmp_path: Path) -> None:
    run = first_run(qtbot, tmp_path / "new", opened)
    form = run.restoring
    assert form is not None
    assert not form.choice.go_on_button.isVisible()
    files.answer_with(next((folder / backups.FOLDER).iterdir()))
    click(qtbot, form.choice.file_button)
    form.password.name.set_text("Agent A")
    type_password(qtbot, form, PASSWORD)
    assert [(desk.folder, len(residents.listed(desk, "here"))) for desk in opened] == [(tmp_path / "new", 1)]


def test_another_computer_needs_the_recovery_key(
    qtbot: QtBot, opened: list[Desk], tmp_path: Path, memory_keyring: MemoryKeyring
) -> None:
    made = unlocking.create(tmp_path / "old", "Maison", "Gao", "Agent A", PASSWORD, cost=QUICK)
    backup = backups.back_up(made.desk, tmp_path / "one.sauvegarde").path
    made.desk.close()
    memory_keyring.kept.clear()
    run = first_run(qtbot, tmp_path / "new", opened)
    form = run.restoring
    assert form is not None
    files.answer_with(backup)
    click(qtbot, form.choice.file_button)
    form.password.name.set_text("Agent A")
    type_password(qtbot, form, PASSWORD)
    assert form.alert is not None
    assert form.key.isVisible()
    form.key.groups.fields[0].setFocus()
    assert form.key.groups.width() >= form.key.groups.minimumSizeHint().width()  # no group is cut
    qtbot.keyClicks(form.key.groups.fields[0], made.recovery_key[:1])
    for field, part in zip(form.key.groups.fields, made.recovery_key.split("-"), strict=True):
        field.setText(part)
    form.key.password.set_text(ANOTHER)
    form.key.again.set_text(ANOTHER)
    click(qtbot, form.key.open_button)
    assert [(desk.user_name, desk.device_bound) for desk in opened] == [("Agent A", True)]


def test_a_backup_of_the_training_shelter_is_not_the_real_one(qtbot: QtBot, opened: list[Desk], tmp_path: Path) -> None:
    made = unlocking.create(tmp_path / "t", "Maison", "Gao", "Agent A", PASSWORD, training=True, cost=QUICK).desk
    backup = backups.back_up(made, tmp_path / "one.sauvegarde").path
    made.close()
    run = first_run(qtbot, tmp_path / "new", opened)
    form = run.restoring
    assert form is not None
    files.answer_with(backup)
    click(qtbot, form.choice.file_button)
    assert form.alert is not None
    assert form.choice.isVisible()


def test_back_from_the_backups_leads_to_the_choice_how_to_start(
    qtbot: QtBot, opened: list[Desk], tmp_path: Path
) -> None:
    run = first_run(qtbot, tmp_path / "new", opened)
    assert run.restoring is not None
    click(qtbot, run.restoring.choice.back_button)
    assert run.here() is run.start
    assert run.go_on_button.isVisible()
