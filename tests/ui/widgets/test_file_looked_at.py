"""The file looked at behind the window: what the status line and the bar say before, after, and of a damage."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from shelter_desk.domain.changes import Changes
from shelter_desk.domain.errors import Damaged, DiskFull, ShelterDeskError, SlotsAltered
from shelter_desk.domain.ids import UserId
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.vault import integrity_check, journal, unlocking
from shelter_desk.storage.file import journal as stored_journal
from shelter_desk.storage.file.database import PAGE
from shelter_desk.ui.frame.checks import Checks
from shelter_desk.ui.frame.frame import Frame
from shelter_desk.ui.page import Told
from shelter_desk.ui.settings.page import SettingsPage
from shelter_desk.ui.window import Window
from tests.operations.shelter import PASSWORD, open_small_shelter
from tests.ui.window.windows import keep_preferences_in, settle, show_active


@pytest.fixture
def window(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    keep_preferences_in(monkeypatch, tmp_path)
    made = Window(tmp_path / "none")
    qtbot.addWidget(made)
    show_active(qtbot, made)
    yield made
    made.lock()
    settle(qtbot)


def opened(window: Window, desk: Desk) -> Frame:
    window.open(desk)
    assert window.frame is not None
    return window.frame


def said(frame: Frame) -> str:
    return frame.status._chain.words.text()


def look(qtbot: QtBot, frame: Frame) -> None:
    with qtbot.waitSignal(frame.checks.broken, timeout=20_000):
        frame.checks.start()


def refusing(monkeypatch: pytest.MonkeyPatch, error: ShelterDeskError) -> None:
    def refuse(*_: object) -> None:
        raise error

    monkeypatch.setattr(journal, "verify", refuse)


def with_a_flipped_page(folder: Path) -> Desk:
    """A shelter that opens, in whose journal a byte is not what was written."""
    with open_small_shelter(folder) as desk:
        for _ in range(40):
            desk.note("name_read", "7K3-QMX-E", pad="x" * 400)
    path = folder / "shelter.db"
    whole = path.read_bytes()
    for page in range(len(whole) // PAGE - 1, 3, -1):
        flipped = bytearray(whole)
        flipped[page * PAGE + PAGE // 2] ^= 1
        path.write_bytes(flipped)
        try:
            desk = unlocking.unlock(folder, "Agent A", PASSWORD)
        except Damaged:
            continue
        try:
            journal.verify(desk)
        except Damaged:
            return desk
        desk.close()
    raise AssertionError("no page of the journal found")


def test_nothing_good_is_said_of_the_file_before_it_was_looked_at(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    frame = opened(window, open_small_shelter(tmp_path / "shelter"))
    before = said(frame)
    with qtbot.waitSignal(frame.checks.checked, timeout=20_000):
        frame.checks.start()
    assert (before, said(frame)) == ("Vérification de la base…", "Base en bon état")


def test_a_damaged_page_of_the_journal_is_told_in_the_bar_and_the_status_line(
    qtbot: QtBot, window: Window, tmp_path: Path
) -> None:
    frame = opened(window, with_a_flipped_page(tmp_path / "shelter"))
    look(qtbot, frame)
    assert (said(frame), frame.bar.isHidden(), frame.bar.state) == ("Base abîmée", False, "blocked")
    assert "sauvegarde" in frame.bar.sentence.text()


def test_the_bar_leads_to_the_backups_after_a_damage(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    frame = opened(window, with_a_flipped_page(tmp_path / "shelter"))
    look(qtbot, frame)
    frame.bar.verb.click()
    settle(qtbot)
    page = frame.pages["settings"]
    assert isinstance(page, SettingsPage)
    assert page.backups.isVisible()


def test_a_file_that_could_not_be_looked_at_is_not_called_good(
    qtbot: QtBot, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    frame = opened(window, open_small_shelter(tmp_path / "shelter"))
    refusing(monkeypatch, DiskFull("x"))
    look(qtbot, frame)
    assert (said(frame), frame.bar.isHidden()) == ("Base non vérifiée", True)


def test_a_key_that_was_altered_is_told_once_it_was_looked(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Told] = []
    with open_small_shelter(tmp_path / "shelter") as desk:

        def refuse(_: Desk) -> None:
            raise SlotsAltered(("Agent B",), True)

        monkeypatch.setattr(integrity_check, "check_slots", refuse)
        checks = Checks(desk)
        checks.told.connect(told.append)
        with qtbot.waitSignal(checks.checked, timeout=20_000):
            checks.start()
    assert ["Agent B" in one.sentence for one in told] == [True]


def test_a_late_line_that_nobody_signed_is_told_once_it_was_looked(qtbot: QtBot, tmp_path: Path) -> None:
    told: list[Told] = []
    with open_small_shelter(tmp_path / "shelter") as desk:
        desk.database.signing = None
        with desk.database.transaction(Changes()) as connection:
            line = stored_journal.add(connection, desk.now(), UserId(1), "undo")
        checks = Checks(desk)
        checks.told.connect(told.append)
        with qtbot.waitSignal(checks.checked, timeout=20_000):
            checks.start()
    (sentence,) = (one.sentence for one in told)
    assert f"La ligne {line} du journal, au nom de Agent A, n’a pas été écrite avec le programme" in sentence
    assert "la nuit peut ne voir aucun nom" in sentence
