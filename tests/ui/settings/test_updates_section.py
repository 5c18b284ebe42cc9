"""Réglages, Mise à jour: which file, what it brings, and the program that closes for it."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from shelter_desk.operations.desk import Desk
from shelter_desk.operations.training import training
from shelter_desk.operations.vault import updating
from shelter_desk.ui.page import Told
from shelter_desk.ui.settings.page import SettingsPage
from shelter_desk.ui.settings.section_list import offered
from shelter_desk.ui.settings.updates_section import UpdatesSection
from shelter_desk.ui.widgets import files
from tests.operations.shelter import QUICK
from tests.operations.vault.update_scene import Releasers, carried, desk, releasers

__all__ = ["desk", "releasers"]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Installers that were started."""
    found: list[Path] = []

    def start(path: str, _arguments: list[str]) -> tuple[bool, int]:
        found.append(Path(path))
        return True, 1

    def opened(path: Path) -> bool:
        found.append(path)
        return True

    monkeypatch.setattr("shelter_desk.ui.settings.updates_section.QProcess.startDetached", start)
    files.opened_by(opened)
    return found


@pytest.fixture
def section(qtbot: QtBot, desk: Desk, releasers: Releasers) -> UpdatesSection:
    page = SettingsPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.open("updates")
    return page.updates


def chosen(qtbot: QtBot, section: UpdatesSection, path: Path) -> None:
    section.look(path)
    qtbot.waitUntil(section.install_button.isVisible)


def test_an_exercise_neither_updates_the_program_nor_moves_the_house(qtbot: QtBot, tmp_path: Path) -> None:
    with training.make(tmp_path / "exercise", "bamako", 1, 1, cost=QUICK).desk as desk:
        page = SettingsPage(desk)
        qtbot.addWidget(page)
        page.show()
        page.open("backups")
        assert "updates" not in {one.key for one in offered(desk)}
        assert (page.backups.here.isVisible(), page.backups.elsewhere.isVisible()) == (True, False)


@pytest.mark.parametrize(
    ("schema", "is_kept", "told"),
    [
        ("9999", True, "pas de retour possible ensuite"),
        ("", True, "le retour reste possible"),
        ("", False, "gardez le programme d’installation de la version"),
    ],
)
def test_what_a_package_brings_is_said_before_anything_is_done(
    qtbot: QtBot, section: UpdatesSection, releasers: Releasers, schema: str, is_kept: bool, told: str
) -> None:
    assert not section.install_button.isVisible()
    if is_kept:  # the version that runs came from a package, too
        into = section.desk.folder / updating.FOLDER
        into.mkdir()
        releasers.package("0.2.0").rename(into / "0.2.0.maj")
    chosen(qtbot, section, releasers.package("0.3.0", **({"schema": schema} if schema else {})))
    assert "Version 0.3.0" in section.brings.text()
    assert told in section.brings.text()
    assert section.install_button.text() == "Sauvegarder, installer et fermer"


def test_the_installer_is_started_and_the_program_closes(
    qtbot: QtBot, section: UpdatesSection, releasers: Releasers, desk: Desk, started: list[Path]
) -> None:
    window = section.window()
    chosen(qtbot, section, releasers.package("0.3.0"))
    with qtbot.waitSignal(section.close_wanted):
        section.install_button.click()
    assert [path.parent.parent for path in started] == [desk.folder / updating.FOLDER]
    assert not window.isVisible()


def test_an_installer_that_does_not_start_is_said_with_its_place(
    qtbot: QtBot, section: UpdatesSection, releasers: Releasers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shelter_desk.ui.settings.updates_section.QProcess.startDetached", lambda *_: (False, 0))
    files.opened_by(lambda _: False)
    told: list[Told] = []
    section.told.connect(told.append)
    chosen(qtbot, section, releasers.package("0.3.0"))
    section.install_button.click()
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].state == "attention"
    assert "mises_a_jour" in told[0].sentence
    assert section.window().isVisible()


def test_what_is_not_signed_is_refused_with_a_sentence(
    qtbot: QtBot, section: UpdatesSection, releasers: Releasers
) -> None:
    told: list[Told] = []
    section.told.connect(told.append)
    section.look(releasers.package("0.3.0", "a"))
    qtbot.waitUntil(lambda: bool(told))
    assert (told[0].state, "n’est pas signée par deux" in told[0].sentence) == ("blocked", True)
    assert not section.install_button.isVisible()


def test_the_version_before_is_offered(
    qtbot: QtBot, desk: Desk, releasers: Releasers, monkeypatch: pytest.MonkeyPatch
) -> None:
    updating.prepare(desk, updating.look(desk, releasers.package("0.3.0")))
    carried(monkeypatch, releasers, "0.4.0")
    page = SettingsPage(desk)
    qtbot.addWidget(page)
    page.show()
    page.open("updates")
    qtbot.waitUntil(page.updates.back_button.isVisible)
    assert page.updates.back_button.text() == "Revenir à 0.3.0…"
    page.updates.back_button.click()
    assert "Version 0.3.0" in page.updates.brings.text()


@pytest.mark.parametrize("path", [None, "x.maj"])
def test_the_file_is_chosen_on_the_stick(
    section: UpdatesSection, monkeypatch: pytest.MonkeyPatch, path: str | None
) -> None:
    looked: list[Path] = []
    monkeypatch.setattr(section, "look", looked.append)
    monkeypatch.setattr(files, "choose_to_open", lambda *_: None if path is None else Path(path))
    section.choose_button.click()
    assert looked == ([] if path is None else [Path(path)])
