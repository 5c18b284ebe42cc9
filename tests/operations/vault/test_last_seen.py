"""A whole older folder put back, a clock that is wrong, and a folder where a shelter was."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from shelter_desk.domain import errors
from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.domain.shelter_copies import OlderCopy
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.vault import backups, clock_check, restoring, unlocking
from shelter_desk.operations.vault.opening import HowToOpen
from shelter_desk.storage.file import failed_logins, journal, sealed_boxes
from shelter_desk.system import clock
from tests import OLD_FILES
from tests.operations.shelter import PASSWORD, QUICK, admit, open_small_shelter
from tests.operations.vault.restoring_scene import go_back


def opened(folder: Path) -> Desk:
    return unlocking.unlock(folder, "Agent A", PASSWORD)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    open_small_shelter(tmp_path / "shelter").close()
    return tmp_path / "shelter"


def test_a_whole_older_folder_put_back_is_told(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "kept")
    with opened(folder) as desk:
        admit(desk, "1A")
    shutil.rmtree(folder)
    shutil.copytree(tmp_path / "kept", folder)
    with opened(folder) as desk:
        assert desk.older is not None
        assert (desk.older.here, desk.older.parted) == (True, False)
    with opened(folder) as desk:
        assert desk.older is not None  # nobody said that these files are the right ones
        desk.go_on_with_older()
    with opened(folder) as desk:
        assert desk.older is None


def test_an_older_copy_in_another_folder_is_known_though_the_first_is_open(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "kept")
    with opened(folder) as desk:
        admit(desk, "1A")
        with opened(tmp_path / "kept") as copy:
            assert copy.older is not None
            assert (copy.older.seen_in, copy.older.here) == (str(folder), False)
            assert copy.older.last_entry <= copy.older.seen_at


def test_an_older_copy_is_asked_about_before_anything_is_written_into_it(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "kept")
    with opened(folder) as desk:
        admit(desk, "1A")
    failed_logins.write(tmp_path / "kept", 2)
    before = (tmp_path / "kept" / "shelter.db").read_bytes()
    with pytest.raises(OlderCopy):
        unlocking.unlock(tmp_path / "kept", "Agent A", PASSWORD, HowToOpen(ask=True))
    assert (tmp_path / "kept" / "shelter.db").read_bytes() == before
    assert failed_logins.read(tmp_path / "kept") == 2  # to be told to the journal once somebody goes on
    with unlocking.unlock(tmp_path / "kept", "Agent A", PASSWORD, HowToOpen(accept_older=True, ask=True)) as desk:
        assert desk.older is None


def test_two_copies_filled_in_apart_are_both_asked_about(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "kept")
    with opened(folder) as desk:
        admit(desk, "1A")
    with opened(tmp_path / "kept") as desk:
        desk.go_on_with_older()
        admit(desk, "1B")
        admit(desk, "1C")
    with opened(folder) as desk:
        assert desk.older is not None
    with opened(folder) as desk:
        desk.go_on_with_older()
    with opened(tmp_path / "kept") as desk:
        assert desk.older is not None
        assert desk.older.parted


def test_a_newer_copy_from_another_folder_is_not_asked_about(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "newer")
    with opened(tmp_path / "newer") as desk:
        admit(desk, "1A")
    with opened(folder) as desk:
        assert desk.older is not None
    with opened(tmp_path / "newer") as desk:
        assert desk.older is None


def test_who_went_on_with_older_files_is_asked_about_the_newer_ones(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "kept")
    with opened(folder) as desk:
        admit(desk, "1A")
    with opened(tmp_path / "kept") as desk:
        desk.go_on_with_older()
    with opened(folder) as desk:
        assert desk.older is not None
        assert desk.older.parted


def test_a_backup_that_was_brought_back_is_not_asked_about_and_the_state_before_is(
    folder: Path, tmp_path: Path
) -> None:
    with opened(folder) as desk:
        made = backups.back_up(desk, tmp_path / "one.sauvegarde")
        admit(desk, "1A")
    shutil.copytree(folder, tmp_path / "before")
    shutil.rmtree(folder)
    with restoring.bring_back(made.path, folder, "Agent A", PASSWORD) as desk:
        assert desk.older is None
    with opened(folder) as desk:
        assert desk.older is None
    with opened(tmp_path / "before") as desk:
        assert desk.older is not None


def test_a_shelter_that_went_back_to_a_backup_is_not_asked_about(folder: Path, tmp_path: Path) -> None:
    with opened(folder) as desk:
        made = backups.back_up(desk, tmp_path / "one.sauvegarde")
        admit(desk, "1A")
        go_back(desk, made.path)
    with opened(folder) as desk:
        assert desk.older is None
        with desk.reading() as connection:
            assert journal.last(connection).action == "restored"


def test_a_rehearsal_is_not_what_this_computer_saw_last(folder: Path, tmp_path: Path) -> None:
    with opened(folder) as desk:
        made = backups.back_up(desk, tmp_path / "one.sauvegarde")
        admit(desk, "1A")
    backups.rehearse(made.path, tmp_path / "rehearsal", "Agent A", PASSWORD)
    with opened(tmp_path / "rehearsal") as desk:
        assert desk.older is not None


def test_what_was_only_written_further_is_not_older(folder: Path) -> None:
    for code in ("1A", "1B"):
        with opened(folder) as desk:
            admit(desk, code)
            assert desk.older is None


def test_an_upgrade_with_a_clock_of_years_ago_is_written_at_the_last_entry(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(OLD_FILES / "0006", tmp_path / "old")
    past = clock.now().replace(year=2009, month=1, day=1)
    monkeypatch.setattr(clock, "now", lambda: past)
    with opened(tmp_path / "old") as desk:
        with desk.reading() as connection:
            lines = list(journal.lines(connection))
        assert [line.at for line in lines] == sorted(line.at for line in lines)
        with pytest.raises(errors.ClockWrong):
            desk.note("name_read")


def test_what_is_put_right_with_a_clock_of_years_ago_is_written_at_the_last_entry(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with opened(folder) as desk, desk.database.transaction(EVERYTHING) as connection:
        connection.execute(text("UPDATE users SET role = 'auditor', name = 'Agent Z'"))
        connection.execute(text(f"UPDATE settings SET value = '{'0' * 64}' WHERE key = '{sealed_boxes.PUBLIC}'"))
    past = clock.now().replace(year=2009, month=1, day=1)
    monkeypatch.setattr(clock, "now", lambda: past)
    with opened(folder) as desk, desk.reading() as connection:
        lines = list(journal.lines(connection))
    assert {"role_restored", "names_restored", "box_restored"} <= {line.action for line in lines}
    assert [line.at for line in lines] == sorted(line.at for line in lines)


def test_a_clock_a_year_ahead_is_asked_about(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ahead = clock.now() + timedelta(days=365)
    with opened(folder) as desk:
        monkeypatch.setattr(clock, "now", lambda: ahead)
        with pytest.raises(errors.ClockWrong):
            desk.note("name_read")


def test_a_clock_fifteen_days_ahead_is_asked_about_and_one_of_thirteen_is_not(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = clock.now()
    with opened(folder) as desk:
        monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=13))
        desk.note("name_read")
        monkeypatch.setattr(clock, "now", lambda: now + timedelta(days=13 + 15))
        with pytest.raises(errors.ClockWrong):
            desk.note("name_read")
        clock_check.accept(desk)
        desk.note("name_read")
        with desk.reading() as connection:
            accepted = journal.last_of(connection, ("clock_accepted",))
    assert accepted is not None
    assert accepted.known["last"] == f"{now + timedelta(days=13):%Y-%m-%dT%H:%M}"
    with opened(folder) as desk:
        desk.note("name_read")  # it is asked once


def test_wrong_passwords_are_told_to_the_journal_though_the_clock_is_not_accepted_yet(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed_logins.write(folder, 2)
    later = clock.now() + timedelta(days=20)
    monkeypatch.setattr(clock, "now", lambda: later)
    with opened(folder) as desk, desk.reading() as connection:
        assert journal.last(connection).action == "passwords_refused"


def test_backups_named_by_days_to_come_neither_push_others_out_nor_pass_for_the_last(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = clock.now()
    with opened(folder) as desk:
        place = backups.place_of(desk)
        for days in range(100, 130, 3):
            monkeypatch.setattr(clock, "now", lambda days=days: now + timedelta(days=days))
            desk.clock_accepted = True
            backups.keep(desk, place)
        for days in (0, 1):
            monkeypatch.setattr(clock, "now", lambda days=days: now + timedelta(days=days))
            backups.keep(desk, place)
        assert backups.latest(place) == now.replace(second=0, microsecond=0) + timedelta(days=1)
        days_kept = {one.manifest.moment.date() for one in backups.held(desk)}
        assert {now.date(), now.date() + timedelta(days=1)} <= days_kept


def test_a_backup_made_while_the_clock_is_wrong_is_of_the_last_entry(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = opened(folder)
    with desk.reading() as connection:
        last = journal.last_at(connection)
    past = clock.now().replace(year=2009, month=1, day=1)
    monkeypatch.setattr(clock, "now", lambda: past)
    backups.leave(desk)
    assert backups.latest(folder / backups.FOLDER) == last


@pytest.mark.parametrize("left", ["shelter.head", "sauvegardes/2026-11-25-1200.sauvegarde", "shelter.db-wal"])
def test_nothing_is_begun_in_place_of_a_shelter_of_which_something_is_left(tmp_path: Path, left: str) -> None:
    folder = tmp_path / "was"
    (folder / left).parent.mkdir(parents=True)
    (folder / left).write_bytes(b"x")
    with pytest.raises(errors.Damaged):
        unlocking.look(folder)
    with pytest.raises(errors.ShelterExists):
        unlocking.create(folder, "Maison des Essais", "Gao", "Agent A", PASSWORD, cost=QUICK)
