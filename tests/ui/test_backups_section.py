"""A backup made from the settings."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from shelter_desk.operations import backups
from shelter_desk.operations.desk import Desk
from shelter_desk.ui.settings.backups_section import BackupsSection
from shelter_desk.ui.widgets import files
from tests.operations.shelter import open_small_shelter


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_small_shelter(tmp_path / "shelter")
    yield opened
    opened.close()


@pytest.fixture
def section(desk: Desk, qtbot: QtBot) -> BackupsSection:
    made = BackupsSection(desk)
    qtbot.addWidget(made)
    made.show()
    return made


def test_without_a_backup_it_is_said(section: BackupsSection) -> None:
    assert section.age.text() == "Aucune sauvegarde"


def test_a_backup_is_made_by_the_button_and_its_age_is_told(section: BackupsSection, desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(section.told) as told:
        section.now_button.click()
    assert told.args is not None
    assert (told.args[0].state, section.age.text().startswith("Dernière sauvegarde prouvée")) == ("ok", True)
    assert backups.latest(backups.place_of(desk)) == desk.now()


def test_a_backup_goes_to_the_stick_that_was_chosen(section: BackupsSection, tmp_path: Path, qtbot: QtBot) -> None:
    files.answer_with(tmp_path)
    with qtbot.waitSignal(section.told):
        section.stick_button.click()
    files.ask_again()
    assert len(list(tmp_path.glob(f"*{backups.SUFFIX}"))) == 1


def test_a_stick_that_went_is_said(section: BackupsSection, tmp_path: Path, qtbot: QtBot) -> None:
    (tmp_path / "stick").write_bytes(b"")
    files.answer_with(tmp_path / "stick")
    with qtbot.waitSignal(section.told) as told:
        section.stick_button.click()
    files.ask_again()
    assert told.args is not None
    assert told.args[0].state == "blocked"
