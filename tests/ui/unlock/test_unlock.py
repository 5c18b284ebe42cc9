"""The unlock screen: right and wrong passwords, the recovery key, what keeps the files from opening."""

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.shelter_copies import OlderCopy, ShelterMoved
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.vault import unlocking
from shelter_desk.system.only_one import OnlyOne
from shelter_desk.ui.unlock.page import LookedAt, UnlockPage
from shelter_desk.ui.unlock.sign_in import SignIn
from shelter_desk.ui.unlock.troubles import trouble
from shelter_desk.words.refusals.troubles import DATABASE
from tests import OLD_FILES
from tests.operations.shelter import PASSWORD, QUICK
from tests.ui.window.windows import focused, make_shelter, settle, show_active

PAPER = "grand fromager rouge"


@pytest.fixture
def opened() -> Iterator[list[Desk]]:
    desks: list[Desk] = []
    yield desks
    for desk in desks:
        desk.close()


def unlock_page(qtbot: QtBot, folder: Path, opened: list[Desk], user: str = "Agent A") -> UnlockPage:
    page = UnlockPage(folder, user)
    qtbot.addWidget(page)
    page.opened.connect(opened.append)
    show_active(qtbot, page)
    qtbot.waitUntil(lambda: page._has_looked)
    settle(qtbot)
    page.sign_in.set_first()
    return page


def test_the_right_password_opens(qtbot: QtBot, tmp_path: Path, opened: list[Desk]) -> None:
    make_shelter(tmp_path)
    page = unlock_page(qtbot, tmp_path, opened)
    page.sign_in.password.set_text(PASSWORD)
    qtbot.keyClick(page.sign_in.password.line, Qt.Key.Key_Return)
    settle(qtbot)
    assert [desk.user_name for desk in opened] == ["Agent A"]


def test_what_is_done_to_a_file_of_before_is_shown_until_it_opens(
    qtbot: QtBot, tmp_path: Path, opened: list[Desk]
) -> None:
    shutil.copytree(OLD_FILES / "0038", tmp_path / "old")
    page = unlock_page(qtbot, tmp_path / "old", opened)
    page.sign_in.password.set_text(PASSWORD)
    qtbot.keyClick(page.sign_in.password.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.progress is not None and page.progress.isVisible())
    assert page.progress is not None
    assert page.progress.progress.step.text() == "Copie du fichier tel qu’il était, gardée et relue"
    settle(qtbot)
    assert [desk.user_name for desk in opened] == ["Agent A"]
    assert page.progress.isHidden()
    assert page.progress.progress.step.text() == "Les dossiers sont ouverts"


def test_a_file_that_is_current_opens_without_a_bar(qtbot: QtBot, tmp_path: Path, opened: list[Desk]) -> None:
    make_shelter(tmp_path)
    page = unlock_page(qtbot, tmp_path, opened)
    page.sign_in.password.set_text(PASSWORD)
    qtbot.keyClick(page.sign_in.password.line, Qt.Key.Key_Return)
    settle(qtbot)
    assert (len(opened), page.progress) == (1, None)


def test_files_that_a_service_copies_are_told_and_open_all_the_same(
    qtbot: QtBot, tmp_path: Path, opened: list[Desk]
) -> None:
    make_shelter(tmp_path / "made")
    folder = tmp_path / "OneDrive - Bureau" / "centre"
    shutil.copytree(tmp_path / "made", folder)
    page = unlock_page(qtbot, folder, opened)
    assert page.trouble is not None
    assert page.trouble.sentence.startswith("OneDrive copie ces fichiers sur internet")
    assert str(folder) in page.trouble.sentence
    page.sign_in.password.set_text(PASSWORD)
    qtbot.keyClick(page.sign_in.password.line, Qt.Key.Key_Return)
    settle(qtbot)
    assert [desk.user_name for desk in opened] == ["Agent A"]


def test_nothing_is_begun_in_a_folder_that_a_service_copies(qtbot: QtBot, tmp_path: Path, opened: list[Desk]) -> None:
    begun = list[bool]()
    page = UnlockPage(tmp_path / "Dropbox" / "centre")
    qtbot.addWidget(page)
    page.no_shelter.connect(lambda: begun.append(True))
    show_active(qtbot, page)
    qtbot.waitUntil(lambda: page.trouble is not None)
    assert page.trouble is not None
    assert "Choisissez un dossier qui reste sur cet ordinateur." in page.trouble.sentence
    assert (begun, (tmp_path / "Dropbox").exists()) == ([], False)


def test_wrong_passwords_of_before_are_waited_for_by_a_program_that_starts_anew(
    qtbot: QtBot, tmp_path: Path, opened: list[Desk]
) -> None:
    make_shelter(tmp_path)
    for _ in range(4):
        with pytest.raises(errors.WrongPassword):
            unlocking.unlock(tmp_path, "Agent A", PAPER)
    page = unlock_page(qtbot, tmp_path, opened)
    page.sign_in.password.set_text(PASSWORD)
    page.sign_in.open()
    settle(qtbot)
    assert (opened, page.sign_in.open_button.isEnabled()) == ([], False)
    for _ in range(4):
        page.sign_in.tick()
    page.sign_in.open()
    settle(qtbot)
    assert [desk.user_name for desk in opened] == ["Agent A"]


def test_what_came_of_a_try_outlasts_a_look_that_ends_later(qtbot: QtBot, tmp_path: Path, opened: list[Desk]) -> None:
    make_shelter(tmp_path)
    page = unlock_page(qtbot, tmp_path, opened)
    for _ in range(4):
        page.sign_in.wait(0)
        page.sign_in.password.set_text(PAPER)
        page.sign_in.open()
        settle(qtbot)
    page._looked(LookedAt(None, 0.0, None))
    assert not page.sign_in.open_button.isEnabled()


def test_the_password_is_forgotten_once_it_opened(qtbot: QtBot, tmp_path: Path, opened: list[Desk]) -> None:
    make_shelter(tmp_path)
    page = unlock_page(qtbot, tmp_path, opened)
    page.sign_in.password.set_text(PASSWORD)
    page.sign_in.open()
    settle(qtbot)
    assert page.sign_in.password.text() == ""


def test_a_wrong_password_is_said_beside_the_field_and_selected(
    qtbot: QtBot, tmp_path: Path, opened: list[Desk]
) -> None:
    make_shelter(tmp_path)
    page = unlock_page(qtbot, tmp_path, opened)
    qtbot.keyClicks(focused(), "faux mot")
    qtbot.keyClick(focused(), Qt.Key.Key_Return)
    settle(qtbot)
    field = page.sign_in.password
    assert (field.state(), field.line.selectedText() != "", opened) == ("blocked", True, [])


def test_a_wrong_name_and_a_wrong_password_read_alike(qtbot: QtBot, tmp_path: Path, opened: list[Desk]) -> None:
    make_shelter(tmp_path)
    told = []
    for number, (user, password) in enumerate((("Agent Z", PASSWORD), ("Agent A", "faux mot"))):
        folder = tmp_path / str(number)
        make_shelter(folder)
        page = unlock_page(qtbot, folder, opened, user)
        page.sign_in.password.set_text(password)
        page.sign_in.open()
        settle(qtbot)
        told.append(page.sign_in.password.message())
    assert told[0] == told[1] != ""


def test_the_third_wrong_try_makes_one_wait(qtbot: QtBot, tmp_path: Path, opened: list[Desk]) -> None:
    make_shelter(tmp_path)
    page = unlock_page(qtbot, tmp_path, opened)
    for _ in range(3):
        page.sign_in.password.set_text("faux mot")
        page.sign_in.open()
        settle(qtbot)
    assert not page.sign_in.open_button.isEnabled()


def test_the_wait_counts_down_to_the_next_try(qtbot: QtBot) -> None:
    form = SignIn("Agent A")
    qtbot.addWidget(form)
    form.refuse(errors.WrongPassword(2))
    seen = [form.password.message(), form.open_button.isEnabled()]
    form.tick()
    seen += [form.password.message(), form.open_button.isEnabled()]
    form.tick()
    seen += [form.password.message(), form.open_button.isEnabled()]
    one, many = "Wrong name or password. Wait {n} second.", "Wrong name or password. Wait {n} seconds."
    waits = [words.count(one, many, 2), False, words.count(one, many, 1), False]
    assert seen == [*waits, words.text("Wrong name or password."), True]


def test_nothing_is_tried_while_one_waits(qtbot: QtBot) -> None:
    form = SignIn("Agent A")
    qtbot.addWidget(form)
    asked: list[str] = []
    form.wanted.connect(lambda name, _password: asked.append(name))
    form.password.set_text("x")
    form.refuse(errors.WrongPassword(8))
    qtbot.keyClick(form.password.line, Qt.Key.Key_Return)
    assert asked == []


def test_an_empty_password_is_not_tried(qtbot: QtBot) -> None:
    form = SignIn("Agent A")
    qtbot.addWidget(form)
    with qtbot.assertNotEmitted(form.wanted):
        form.open()
    assert form.password.state() == "blocked"


def test_the_screen_says_neither_shelter_nor_program(qtbot: QtBot, tmp_path: Path, opened: list[Desk]) -> None:
    make_shelter(tmp_path)
    page = unlock_page(qtbot, tmp_path, opened, "")
    texts = [label.text() for label in page.findChildren(QLabel)]
    texts += [button.text() for button in page.findChildren(QPushButton)]
    assert not [text for text in texts if any(word in text for word in ("Essais", "Bamako", "Shelter", "centre"))]


@pytest.mark.parametrize(
    "error",
    [
        errors.InUse("x"),
        errors.Damaged("database", "x"),
        errors.Damaged("keys", "x"),
        errors.Damaged("journal", "x"),
        errors.Damaged("older", "x"),
        OlderCopy(datetime(2026, 11, 20, 18), datetime(2026, 11, 28, 9), "x", False, False),
        errors.TooNew("9", "1"),
        errors.ReadOnly("x"),
        errors.DiskFull("x"),
        errors.DeviceSecretMissing(),
    ],
)
def test_each_trouble_has_a_way_out(
    qtbot: QtBot, tmp_path: Path, opened: list[Desk], error: errors.ShelterDeskError
) -> None:
    make_shelter(tmp_path)
    page = unlock_page(qtbot, tmp_path, opened)
    page._failed(error)
    assert page.trouble is not None
    assert page.trouble.buttons


def test_each_trouble_has_a_sentence_of_its_own() -> None:
    met = [
        errors.InUse("x"),
        *(errors.Damaged(part, "x") for part in ("database", "keys", "journal", "older")),
        *(errors.Damaged("database", "x", why) for why in DATABASE),
        errors.TooNew("9", "1"),
        errors.ReadOnly("x"),
        errors.DiskFull("x"),
        errors.DeviceSecretMissing(),
    ]
    assert len({trouble(error).sentence for error in met}) == len(met)


def test_what_is_damaged_is_not_named_before_anybody_signed_in() -> None:
    told = [trouble(errors.Damaged("database", "x", why)).sentence for why in DATABASE]
    assert not [one for one in told if any(word in one for word in ("Shelter", "shelter", "centre", "foyer"))]


def test_files_open_elsewhere_are_opened_once_they_are_closed(qtbot: QtBot, tmp_path: Path, opened: list[Desk]) -> None:
    make_shelter(tmp_path)
    page = unlock_page(qtbot, tmp_path, opened)
    page.sign_in.password.set_text(PASSWORD)
    with OnlyOne(tmp_path):
        page.sign_in.open()
        settle(qtbot)
    assert page.trouble is not None
    qtbot.mouseClick(page.trouble.buttons["again"], Qt.MouseButton.LeftButton)
    settle(qtbot)
    assert len(opened) == 1


def test_an_older_copy_is_a_question_that_can_be_answered_and_locks_nobody_out(
    qtbot: QtBot, tmp_path: Path, opened: list[Desk]
) -> None:
    make_shelter(tmp_path / "first")
    shutil.copytree(tmp_path / "first", tmp_path / "kept")
    with unlocking.unlock(tmp_path / "first", "Agent A", PASSWORD) as desk:
        desk.note("name_read")
    page = unlock_page(qtbot, tmp_path / "kept", opened)
    page.sign_in.password.set_text(PASSWORD)
    page.sign_in.open()
    settle(qtbot)
    question = page.trouble
    assert question is not None
    assert str(tmp_path / "first") in question.sentence
    qtbot.mouseClick(question.buttons["leave"], Qt.MouseButton.LeftButton)
    assert question.isHidden()
    assert not opened
    page.sign_in.password.set_text(PASSWORD)
    page.sign_in.open()
    settle(qtbot)
    question = page.trouble
    assert question is not None
    qtbot.mouseClick(question.buttons["go_on"], Qt.MouseButton.LeftButton)
    settle(qtbot)
    assert [desk.folder for desk in opened] == [tmp_path / "kept"]


def test_a_lost_keyring_leads_to_the_recovery_key(qtbot: QtBot, tmp_path: Path, opened: list[Desk]) -> None:
    make_shelter(tmp_path)
    page = unlock_page(qtbot, tmp_path, opened)
    page._failed(errors.DeviceSecretMissing())
    assert page.trouble is not None
    qtbot.mouseClick(page.trouble.buttons["recover"], Qt.MouseButton.LeftButton)
    assert page.recover.isVisible()


def test_an_empty_folder_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    page = UnlockPage(tmp_path)
    qtbot.addWidget(page)
    with qtbot.waitSignal(page.no_shelter, timeout=20_000):
        page.show()


def test_the_recovery_key_opens_and_gives_a_new_password(qtbot: QtBot, tmp_path: Path, opened: list[Desk]) -> None:
    made = unlocking.create(tmp_path, "Maison", "Gao", "Agent A", PASSWORD, cost=QUICK)
    made.desk.close()
    page = unlock_page(qtbot, tmp_path, opened)
    page.show_recover()
    for group in made.recovery_key.split("-"):
        qtbot.keyClicks(focused(), group.lower())
    page.recover.password.set_text(PAPER)
    page.recover.again.set_text(PAPER)
    page.recover.open()
    settle(qtbot)
    opened.pop().close()
    opened.append(unlocking.unlock(tmp_path, "Agent A", PAPER))
    assert opened[0].user_name == "Agent A"


@pytest.mark.parametrize(
    ("key", "password", "again", "wrong"),
    [
        ("ABCD", PAPER, PAPER, "key"),
        ("ABCD-EFGH-JKMN-PQRS-TUVW-XYZ2-3456-789A", PAPER, "autre chose ici", "again"),
        ("ABCD-EFGH-JKMN-PQRS-TUVW-XYZ2-3456-789A", PAPER, PAPER, "key"),
        ("ABCD-EFGH-JKMN-PQRS-TUVW-XYZ2-3456-789A", "court", "court", "password"),
    ],
)
def test_what_is_wrong_with_a_recovery_is_said_beside_its_field(
    qtbot: QtBot, tmp_path: Path, opened: list[Desk], key: str, password: str, again: str, wrong: str
) -> None:
    make_shelter(tmp_path)
    page = unlock_page(qtbot, tmp_path, opened)
    page.show_recover()
    for field, group in zip(page.recover.groups.fields, key.split("-"), strict=False):
        field.setText(group)
    page.recover.password.set_text(password)
    page.recover.again.set_text(again)
    page.recover.open()
    settle(qtbot)
    fields = {name: getattr(page.recover, name).state() for name in ("key", "name", "password", "again")}
    assert [name for name, state in fields.items() if state == "blocked"] == [wrong]


@pytest.mark.parametrize(
    "error",
    [
        ShelterMoved(datetime(2026, 11, 28, 9)),
        OlderCopy(datetime(2026, 11, 20, 18), datetime(2026, 11, 28, 9), "x", False, True),
        errors.Damaged("older", "x"),
        errors.DeviceSecretMissing(),
    ],
)
def test_no_way_out_of_a_trouble_is_cut(
    qtbot: QtBot, tmp_path: Path, opened: list[Desk], error: errors.ShelterDeskError
) -> None:
    make_shelter(tmp_path)
    page = unlock_page(qtbot, tmp_path, opened)
    page._failed(error)
    settle(qtbot)
    assert page.trouble is not None
    cut = [one.text() for one in page.trouble.buttons.values() if one.width() < one.sizeHint().width()]
    outside = [one.text() for one in page.trouble.buttons.values() if not page.trouble.rect().contains(one.geometry())]
    assert (len(page.trouble.buttons) > 1, cut, outside) == (True, [], [])
