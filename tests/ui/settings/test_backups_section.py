"""Backups from the settings: two places, a rehearsal, and three clicks back."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from shelter_desk.domain.rights import Role
from shelter_desk.domain.shelter_copies import ShelterMoved
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import residents
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import backups, key_change, unlocking
from shelter_desk.storage.backups import backups as stored_backups
from shelter_desk.storage.file import journal
from shelter_desk.ui import backing_up
from shelter_desk.ui.page import Told
from shelter_desk.ui.settings.backups_section import BackupsSection
from shelter_desk.ui.unlock.troubles import trouble
from shelter_desk.ui.widgets import ask, files
from shelter_desk.words import formats
from tests.operations.shelter import PASSWORD, admit, open_small_shelter
from tests.ui.window.windows import keep_preferences_in, settle, show_active, take_turns, worker_held


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    keep_preferences_in(monkeypatch, tmp_path)
    opened = open_small_shelter(tmp_path / "shelter")
    yield opened
    opened.close()


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    place = tmp_path / "stick"
    place.mkdir()
    files.answer_with(place)
    return place


@pytest.fixture
def section(desk: Desk, qtbot: QtBot) -> BackupsSection:
    made = BackupsSection(desk)
    qtbot.addWidget(made)
    made.resize(1090, 640)
    show_active(qtbot, made)
    settle(qtbot)
    return made


def click(qtbot: QtBot, button: QPushButton) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(qtbot)


def told_by(section: BackupsSection) -> list[Told]:
    said: list[Told] = []
    section.told.connect(said.append)
    return said


def test_without_a_backup_it_is_said(section: BackupsSection) -> None:
    assert section.here.age.text() == "Aucune sauvegarde"
    assert section.held.empty.isVisible()
    assert section.second.age.text().startswith("Aucune\u00a0:")


def test_no_backup_is_said_to_be_missing_before_they_are_looked_for(desk: Desk, qtbot: QtBot) -> None:
    backups.keep(desk, backups.place_of(desk))
    made = BackupsSection(desk)
    qtbot.addWidget(made)
    with worker_held():
        show_active(qtbot, made)
        take_turns()
        said = [one.text() for one in made.findChildren(QLabel) if one.isVisible()]
    settle(qtbot)
    assert [one for one in said if "Aucune" in one] == []
    assert not made.held.empty.isVisible()


def test_a_backup_is_made_by_the_button_and_its_age_is_told(section: BackupsSection, desk: Desk, qtbot: QtBot) -> None:
    said = told_by(section)
    click(qtbot, section.here.now_button)
    assert ([one.state for one in said], section.here.age.text()[:29]) == (["ok"], "Dernière sauvegarde vérifiée\u00a0")
    assert backups.latest(backups.place_of(desk)) == desk.now()


def test_a_chosen_stick_gets_a_copy_at_once(section: BackupsSection, stick: Path, qtbot: QtBot) -> None:
    click(qtbot, section.second.choose_button)
    assert len(list(stick.glob(f"*{backups.SUFFIX}"))) == 1
    assert section.second.path.text() == str(stick)
    assert [one.where for one in section.held.rows.rows()] == [("here", "second")]


def test_a_stick_that_went_is_said(section: BackupsSection, stick: Path, qtbot: QtBot) -> None:
    click(qtbot, section.second.choose_button)
    shutil.rmtree(stick)
    section.refresh()
    settle(qtbot)
    assert section.second.age.text() == "Deuxième copie\u00a0: clé ou disque absent"


def test_a_place_that_is_no_folder_is_refused(section: BackupsSection, stick: Path, qtbot: QtBot) -> None:
    stick.rmdir()
    stick.write_bytes(b"")
    said = told_by(section)
    click(qtbot, section.second.choose_button)
    assert [one.state for one in said] == ["blocked"]


def test_a_full_stick_is_said_and_the_backup_here_is_kept(
    section: BackupsSection, desk: Desk, stick: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "no room")

    monkeypatch.setattr(stored_backups, "_copied", full)
    said = told_by(section)
    click(qtbot, section.second.choose_button)
    assert [one.sentence[:26] for one in said] == ["La clé USB est pleine\u00a0: pa"]
    assert (list(stick.iterdir()), len(section.held.rows.rows())) == ([], 1)


def test_the_second_place_can_be_given_up(section: BackupsSection, desk: Desk, stick: Path, qtbot: QtBot) -> None:
    click(qtbot, section.second.choose_button)
    click(qtbot, section.second.stop_button)
    assert (backups.second_place_of(desk), len(list(stick.iterdir()))) == (None, 1)


def test_a_rehearsal_says_what_is_in_it(section: BackupsSection, desk: Desk, qtbot: QtBot) -> None:
    admit(desk, "1A")
    click(qtbot, section.here.now_button)
    click(qtbot, section.held.try_button)
    assert section.held.alert is not None
    assert section.held.alert.sentence.text().startswith("1 personne, 1 séjour, ")
    assert section.held.alert.sentence.text().endswith("tout s’ouvre.")


def test_a_backup_altered_since_is_refused(section: BackupsSection, desk: Desk, qtbot: QtBot) -> None:
    click(qtbot, section.here.now_button)
    path = section.held.rows.row(0).path
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)
    click(qtbot, section.held.try_button)
    assert section.held.alert is not None
    assert section.held.alert.property("state") == "blocked"


def typed(section: BackupsSection, qtbot: QtBot, password: str) -> None:
    """The first click asks who decides; the password is typed there."""
    click(qtbot, section.held.return_button)
    assert section.held.approval is not None
    section.held.approval.password.set_text(password)


def test_three_clicks_and_a_password_bring_the_day_of_the_backup(
    section: BackupsSection, desk: Desk, qtbot: QtBot
) -> None:
    admit(desk, "1A")
    click(qtbot, section.here.now_button)
    admit(desk, "1B")
    asked: list[str] = []

    def yes(question: ask.Question) -> str:
        asked.append(question.windowTitle())
        return question.answer()

    ask.answer_with(yes)
    section.lock_wanted.connect(lambda: backing_up.before_leaving(desk))
    typed(section, qtbot, PASSWORD)
    with qtbot.waitSignal(section.lock_wanted, timeout=20_000):
        qtbot.mouseClick(section.held.return_button, Qt.MouseButton.LeftButton)
    ask.answer_with(None)
    settle(qtbot)
    assert len(asked) == 1
    with unlocking.unlock(desk.folder, "Agent A", PASSWORD) as back:
        assert len(residents.listed(back, "here")) == 1


def test_going_back_tells_what_is_lost_and_closing_keeps_it(section: BackupsSection, desk: Desk, qtbot: QtBot) -> None:
    click(qtbot, section.here.now_button)
    for bed in ("1A", "1B"):
        admit(desk, bed)
    effects: list[str] = []

    def close(question: ask.Question) -> None:
        effects.extend(label.text() for label in question.findChildren(QLabel))

    ask.answer_with(close)
    typed(section, qtbot, PASSWORD)
    click(qtbot, section.held.return_button)
    ask.answer_with(None)
    assert [effect for effect in effects if "2 lignes du journal" in effect]
    assert len(residents.listed(desk, "here")) == 2


def test_another_password_is_refused_beside_its_field_and_nothing_is_promised(
    section: BackupsSection, desk: Desk, qtbot: QtBot
) -> None:
    click(qtbot, section.here.now_button)
    ask.answer_with(lambda question: question.answer())
    typed(section, qtbot, "quatre pirogues lentes")
    click(qtbot, section.held.return_button)
    ask.answer_with(None)
    assert section.held.approval is not None
    assert section.held.approval.password.message() == "Ce n’est pas votre mot de passe."
    assert not (desk.folder / "retour").exists()
    assert section.held.return_button.isEnabled()


def test_where_two_manage_the_house_the_second_one_is_asked(desk: Desk, qtbot: QtBot) -> None:
    user_accounts.add(desk, "Agent B", Role.DIRECTOR, "quatre pirogues lentes")
    backups.keep(desk, backups.place_of(desk))
    section = BackupsSection(desk)
    qtbot.addWidget(section)
    show_active(qtbot, section)
    settle(qtbot)
    ask.answer_with(lambda question: question.answer())
    typed(section, qtbot, "quatre pirogues lentes")
    with qtbot.waitSignal(section.lock_wanted, timeout=20_000):
        qtbot.mouseClick(section.held.return_button, Qt.MouseButton.LeftButton)
    ask.answer_with(None)
    backups.leave(desk)
    with unlocking.unlock(desk.folder, "Agent A", PASSWORD) as back, back.reading() as connection:
        assert journal.last(connection).known["second"] == 2


def test_a_backup_that_the_journal_does_not_know_says_so_when_it_is_chosen(
    section: BackupsSection, desk: Desk, qtbot: QtBot
) -> None:
    made = backups.kept_in(desk, backups.place_of(desk))  # without a line
    desk.note("backed_up", fingerprint="another")
    section.refresh()
    settle(qtbot)
    assert section.held.table.current().path == made.path
    assert section.held.alert is not None
    assert section.held.alert.sentence.text().startswith("Le journal ne connaît pas cette sauvegarde")


def test_after_the_keys_were_changed_the_password_of_that_day_is_asked(desk: Desk, qtbot: QtBot) -> None:
    backups.keep(desk, backups.place_of(desk))
    key_change.change_keys(desk, PASSWORD)
    with unlocking.unlock(desk.folder, "Agent A", PASSWORD) as again:
        section = BackupsSection(again)
        qtbot.addWidget(section)
        show_active(qtbot, section)
        settle(qtbot)
        click(qtbot, section.held.try_button)
        assert section.held.password.isVisible()
        section.held.password.set_text(PASSWORD)
        qtbot.keyClick(section.held.password.line, Qt.Key.Key_Return)
        settle(qtbot)
        assert section.held.alert is not None
        assert section.held.alert.sentence.text().endswith("tout s’ouvre.")


# Locking and closing --------------------------------------------------------------------------------------------------


def test_leaving_backs_up_out_of_sight_and_lets_the_next_one_in(desk: Desk, qtbot: QtBot) -> None:
    backing_up.before_leaving(desk)
    settle(qtbot)
    assert not desk.database.is_open
    with unlocking.unlock(desk.folder, "Agent A", PASSWORD) as again:
        assert [one.where for one in backups.held(again)] == [("here",)]


def test_closing_says_that_it_saves_until_it_is_done(desk: Desk, qtbot: QtBot) -> None:
    backing_up.before_leaving(desk, closing=True)
    everything = QApplication.topLevelWidgets()
    shown = [one.windowTitle() for one in everything if isinstance(one, backing_up.Saving) and one.isVisible()]
    qtbot.waitUntil(lambda: not backing_up._shown, timeout=20_000)
    assert (shown, desk.database.is_open) == (["Sauvegarde…"], False)


def test_a_desk_that_is_closed_already_is_left_without_a_trace(desk: Desk, qtbot: QtBot) -> None:
    desk.close()
    backing_up.before_leaving(desk)
    settle(qtbot)
    assert not (desk.folder / backups.FOLDER).exists()


def test_the_shelter_is_packed_for_another_computer_and_stays_after_all(
    section: BackupsSection, desk: Desk, stick: Path, qtbot: QtBot
) -> None:
    said = told_by(section)
    assert section.elsewhere.stay_button.isHidden()
    click(qtbot, section.elsewhere.pack_button)
    assert [one.state for one in said] == ["ok"]
    assert len(list(stick.glob(f"*{backups.SUFFIX}"))) == 1
    assert section.elsewhere.told.text().startswith("Préparé le ")
    click(qtbot, section.elsewhere.stay_button)
    assert (desk.moved, section.elsewhere.stay_button.isHidden()) == ("", True)
    assert section.elsewhere.told.text().startswith("Un seul fichier")


def test_no_stick_packs_nothing(section: BackupsSection, desk: Desk, stick: Path, qtbot: QtBot) -> None:
    stick.rmdir()
    said = told_by(section)
    click(qtbot, section.elsewhere.pack_button)
    assert ([one.state for one in said], desk.moved) == (["blocked"], "")


def test_before_files_that_moved_are_opened_it_is_asked() -> None:
    page = trouble(ShelterMoved(datetime(2026, 11, 30, 9)))
    assert page.ways == ("leave", "go_on")
    assert page.sentence.startswith("Ces fichiers sont partis sur un autre ordinateur le 30/11/2026.")


def test_backups_whose_case_file_every_password_opens_are_named(
    desk: Desk, section: BackupsSection, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = backups.keep(desk, backups.place_of(desk))
    section.refresh()
    settle(qtbot)
    assert section.held.readable.isHidden()
    older = replace(backups.held(desk)[0], manifest=replace(made.manifest, schema="0038"))
    monkeypatch.setattr(backups, "held", lambda _: [older])
    section.refresh()
    settle(qtbot)
    assert section.held.readable.isVisible()
    assert formats.day(made.manifest.moment.date()) in section.held.readable.sentence.text()
