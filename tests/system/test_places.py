"""Folders, preferences and the clock."""

from datetime import datetime
from pathlib import Path

import pytest

from shelter_desk.domain.errors import ReadOnly
from shelter_desk.system import clock, folders, preferences
from shelter_desk.system.preferences import Preferences
from tests.conftest import ReadOnlyFolder


def test_the_training_shelter_lies_apart() -> None:
    assert folders.training() == folders.data() / "exercice"


def test_preferences_come_back(tmp_path: Path) -> None:
    path = tmp_path / "config" / "preferences.json"
    preferences.write(Preferences("en", "dark", text=150), path)
    assert preferences.read(path) == Preferences("en", "dark", text=150)


@pytest.mark.parametrize("kept", ["", "[]", "{", '{"language": "de", "theme": ["dark"], "text": 1500}', "\x00"])
def test_preferences_that_make_no_sense_are_the_usual_ones(tmp_path: Path, kept: str) -> None:
    (tmp_path / "preferences.json").write_text(kept)
    assert preferences.read(tmp_path / "preferences.json") == Preferences()


def test_preferences_are_french_at_first(tmp_path: Path) -> None:
    assert preferences.read(tmp_path / "none.json").language == "fr"


def test_preferences_in_a_read_only_folder_are_said(tmp_path: Path, read_only: ReadOnlyFolder) -> None:
    with read_only(tmp_path), pytest.raises(ReadOnly):
        preferences.write(Preferences(), tmp_path / "preferences.json")


def test_now_has_minutes_and_no_zone() -> None:
    now = clock.now()
    assert (now.second, now.microsecond, now.tzinfo) == (0, 0, None)


def test_today_follows_now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 30, 23, 59))
    assert clock.today().isoformat() == "2026-11-30"
