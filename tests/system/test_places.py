"""Folders, preferences and the clock."""

import shutil
import sys
from datetime import datetime
from pathlib import Path

import platformdirs
import platformdirs.windows
import pytest
from platformdirs.unix import Unix
from platformdirs.windows import Windows

from shelter_desk.domain.errors import ReadOnly
from shelter_desk.system import clock, folders, last_seen, preferences, second_place
from shelter_desk.system.last_seen import Seen
from shelter_desk.system.preferences import Preferences
from tests.conftest import ReadOnlyFolder

REALLY_WRITE = last_seen.write  # each test has one that keeps to its own folder


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


HERE, THERE = Seen(12, "c0ffee", "2026-11-02T20:15", "/shelter"), Seen(9, "dec0de", "2026-10-01T08:00", "/shelter")


LINUX = pytest.param(Unix, marks=pytest.mark.skipif(sys.platform == "win32", reason="a path of Windows is none there"))


@pytest.fixture(params=[LINUX, Windows])
def account(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home where each system has its folders."""
    monkeypatch.setattr(platformdirs, "PlatformDirs", request.param)
    for name, place in (("DATA", "share"), ("CONFIG", "config"), ("STATE", "state")):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / place))
    known = {"CSIDL_APPDATA": str(tmp_path / "Roaming"), "CSIDL_LOCAL_APPDATA": str(tmp_path / "Local")}
    monkeypatch.setattr(platformdirs.windows, "get_win_folder", known.__getitem__)
    return tmp_path


@pytest.mark.usefixtures("account")
def test_an_older_data_folder_put_back_leaves_what_the_computer_remembers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(last_seen, "write", REALLY_WRITE)
    folders.data().mkdir(parents=True)
    last_seen.write("7", THERE)
    preferences.write(Preferences(language="fr"))
    second_place.write("7", tmp_path / "old stick")
    shutil.copytree(folders.data(), tmp_path / "older")

    last_seen.write("7", HERE)
    preferences.write(Preferences(language="en"))
    second_place.write("7", tmp_path / "stick")
    shutil.rmtree(folders.data())
    shutil.copytree(tmp_path / "older", folders.data())

    assert last_seen.read("7") == HERE
    assert (preferences.read().language, second_place.read("7")) == ("en", tmp_path / "stick")
    assert not last_seen._path().is_relative_to(folders.data())


@pytest.mark.parametrize("account", [Windows], indirect=True)
def test_what_windows_had_in_the_data_folder_is_moved_once(account: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(last_seen, "write", REALLY_WRITE)
    former = account / "Local" / "shelter-desk"
    with monkeypatch.context() as before:
        before.setattr(folders, "remembered", lambda name: former / name)
        last_seen.write("7", HERE)
        preferences.write(Preferences(language="en"))
        second_place.write("7", account / "stick")
    shutil.copytree(former, account / "older")

    assert last_seen.read("7") == HERE
    assert (preferences.read().language, second_place.read("7")) == ("en", account / "stick")
    assert list(former.iterdir()) == []

    last_seen.write("7", Seen(15, "facade", "2026-11-05T20:15", "/shelter"))
    shutil.copytree(account / "older", former, dirs_exist_ok=True)
    seen = last_seen.read("7")
    assert seen is not None
    assert seen.seq == 15


def test_folders_that_a_system_has_in_one_place_are_parted(account: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATA", "CONFIG"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(account / "one"))
    monkeypatch.setattr(platformdirs.windows, "get_win_folder", lambda _: str(account / "one"))
    assert folders.remembered("preferences.json") == account / "one" / "shelter-desk-preferences" / "preferences.json"
