"""A backup is good only when it was proven; a shelter comes back from it whole."""

import errno
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from shelter_desk.domain.errors import BackupDamaged, DiskFull, ShelterExists, WouldOverwrite
from shelter_desk.domain.residents.residents import Names
from shelter_desk.domain.rights import Role
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import residents
from shelter_desk.operations.vault import backup_lines, backups, unlocking
from shelter_desk.storage.backups import backups as stored_backups
from shelter_desk.storage.backups import failed_backups
from shelter_desk.storage.file import journal
from shelter_desk.system import clock, folders, second_place
from tests.conftest import TINY, fill
from tests.operations.shelter import PASSWORD, QUICK, admit, open_small_shelter, small_shelter


@pytest.fixture(autouse=True)
def own_preferences(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "remembered", lambda name: tmp_path / name)


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    place = tmp_path / "stick"
    place.mkdir()
    return place


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    opened = open_small_shelter(tmp_path / "shelter")
    for code in ("1A", "1B", "1C"):
        admit(opened, code)
    yield opened
    opened.close()


def test_a_shelter_comes_back_whole_from_its_backup(desk: Desk, tmp_path: Path) -> None:
    made = backups.back_up(desk, tmp_path / "one.sauvegarde")
    backups.restore(made.path, tmp_path / "back")
    with unlocking.unlock(tmp_path / "back", "Agent A", PASSWORD) as back:
        with back.reading() as connection:
            lines = journal.verify(connection)
        assert (len(residents.listed(back, "here")), lines) == (3, made.manifest.head)


def test_a_backup_tells_its_counts_and_no_name(desk: Desk, tmp_path: Path) -> None:
    made = backups.back_up(desk, tmp_path / "one.sauvegarde")
    content = made.path.read_bytes()
    assert (made.manifest.counts["stays"], made.manifest.counts["beds"]) == (3, 12)
    assert not [word for word in (b"Maison", b"Agent", b"SQLite format") if word in content]


@pytest.mark.parametrize("at", [0, 30, 700, 5000, -2000, -5])
def test_a_backup_altered_anywhere_is_refused(desk: Desk, tmp_path: Path, at: int) -> None:
    made = backups.back_up(desk, tmp_path / "one.sauvegarde")
    content = bytearray(made.path.read_bytes())
    content[at] ^= 0xFF
    made.path.write_bytes(content)
    with pytest.raises(BackupDamaged):
        backups.restore(made.path, tmp_path / "back")
    assert not (tmp_path / "back" / "keys.json").exists()


@pytest.mark.parametrize("part", [0, 0.3, 0.999])
def test_a_backup_cut_in_the_middle_is_refused(desk: Desk, tmp_path: Path, part: float) -> None:
    made = backups.back_up(desk, tmp_path / "one.sauvegarde")
    content = made.path.read_bytes()
    made.path.write_bytes(content[: int(len(content) * part)])
    with pytest.raises(BackupDamaged):
        backups.look(made.path)


def test_a_backup_is_never_restored_over_a_shelter(desk: Desk, tmp_path: Path) -> None:
    made = backups.back_up(desk, tmp_path / "one.sauvegarde")
    with pytest.raises(ShelterExists):
        backups.restore(made.path, tmp_path / "shelter")


def test_a_full_stick_keeps_the_backup_before(desk: Desk, tiny_disk: Path) -> None:
    made = backups.back_up(desk, tiny_disk / "one.sauvegarde")
    before = made.path.read_bytes()
    (tiny_disk / "filling").write_bytes(bytes(TINY - 2 * len(before)))
    with pytest.raises(DiskFull):
        backups.back_up(desk, tiny_disk / "one.sauvegarde")
    assert made.path.read_bytes() == before
    assert sorted(path.name for path in tiny_disk.iterdir()) == ["filling", "one.sauvegarde"]


def test_a_rehearsal_opens_and_counts_without_touching_the_shelter(desk: Desk, tmp_path: Path) -> None:
    made = backups.back_up(desk, tmp_path / "one.sauvegarde")
    manifest = backups.rehearse(made.path, tmp_path / "rehearsal", "Agent A", PASSWORD)
    assert (manifest.counts["stays"], len(residents.listed(desk, "here"))) == (3, 3)


def made_on(desk: Desk, place: Path, day: datetime, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A backup as it would have been made on that day."""
    with monkeypatch.context() as patch:
        patch.setattr(clock, "now", lambda: day)
        desk.clock_accepted = True
        return backups.keep(desk, place).path


def test_old_backups_go_and_other_files_stay(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "backups"
    place.mkdir()
    (place / f"ours{backups.SUFFIX}").write_bytes(b"")
    (place / f"2026-01-01-0900{backups.SUFFIX}").write_bytes(b"cut")
    for hour in (12, 18):
        made_on(desk, place, datetime(2026, 1, 1, hour), monkeypatch)
    made = backups.keep(desk, place)
    left = sorted(path.stem for path in place.iterdir())
    assert left == ["2026-01-01-0900", "2026-01-01-1800", made.path.stem, "ours"]
    assert backups.latest(place) == desk.now()


def test_seven_days_four_weeks_and_twelve_months_are_kept(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "backups"
    place.mkdir()
    first = datetime(2025, 1, 6, 20)
    proven = backups.back_up(desk, tmp_path / "one.sauvegarde").path
    manifest = backups.look(proven)
    monkeypatch.setattr(stored_backups, "made_in", lambda place, _shelter: made_up(place, manifest))
    for day in range(400):
        (place / f"{first + timedelta(days=day):{backups.NAME}}{backups.SUFFIX}").write_bytes(b"")
        backups._rotate(desk, place, set())
    left = sorted(path.stem for path in place.iterdir())
    # the two last weeks end on days that are kept already; the first of twelve months is that of March
    assert (left[-7][:10], left[0][:10], len(left)) == ("2026-02-03", "2025-03-31", 7 + 2 + 11)


def made_up(place: Path, manifest: backups.Manifest) -> Iterator[tuple[Path, backups.Manifest]]:
    for path in place.iterdir():
        moment = datetime.strptime(path.stem, backups.NAME)
        yield path, replace(manifest, made_at=moment.isoformat(timespec="minutes"))


def test_of_one_minute_the_last_backup_is_kept(desk: Desk, tmp_path: Path) -> None:
    place = tmp_path / "backups"
    place.mkdir()
    backups.keep(desk, place)
    admit(desk, "1D")
    made = backups.keep(desk, place)
    assert list(place.iterdir()) == [made.path]
    assert backups.look(made.path).counts["stays"] == 4


def test_without_a_backup_there_is_no_latest(tmp_path: Path) -> None:
    assert backups.latest(tmp_path) is None


def test_two_shelters_share_a_stick_and_keep_their_own(desk: Desk, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    ours = backups.keep(desk, stick).path
    with small_shelter(tmp_path / "other") as other:
        theirs = backups.keep(other, stick).path
        assert ours != theirs
        assert backups.latest(stick) is not None
    assert backups.look(ours).shelter != backups.look(theirs).shelter


# At locking and closing -----------------------------------------------------------------------------------------------


def here(desk: Desk) -> list[Path]:
    return sorted(backups.place_of(desk).glob("*.sauvegarde"))


def test_leaving_makes_a_backup_of_what_was_written(desk: Desk) -> None:
    backups.automatic(desk)
    assert [backups.look(path).counts["stays"] for path in here(desk)] == [3]


def test_leaving_makes_none_when_nothing_was_written(desk: Desk) -> None:
    backups.automatic(desk)
    before = [path.stat().st_mtime_ns for path in here(desk)]
    backups.automatic(desk)
    assert [path.stat().st_mtime_ns for path in here(desk)] == before


def test_leaving_makes_another_when_a_name_was_read_since(desk: Desk) -> None:
    made = admit(desk, "1D", names=Names("Coulibaly", "Tenin"))
    backups.automatic(desk)
    before = backups.look(here(desk)[0]).head
    residents.name(desk, made.person)
    backups.automatic(desk)
    assert backups.look(here(desk)[-1]).head > before


@pytest.mark.parametrize("role", list(Role))
def test_every_role_leaves_a_backup(desk: Desk, role: Role) -> None:
    desk.role = role
    backups.automatic(desk)
    assert len(here(desk)) == 1


def test_leaving_copies_to_the_second_place_and_proves_it_there(desk: Desk, stick: Path) -> None:
    backups.choose_second_place(desk, stick)
    backups.automatic(desk)
    assert [backups.look(path).counts for path in stick.iterdir()] == [backups.look(here(desk)[0]).counts]


def test_a_stick_that_comes_back_gets_the_copy_it_missed(desk: Desk, stick: Path) -> None:
    backups.choose_second_place(desk, stick)
    stick.rmdir()
    backups.automatic(desk)
    stick.mkdir()
    backups.automatic(desk)
    assert len(list(stick.iterdir())) == 1


def test_a_missing_stick_is_no_trouble_but_is_told(desk: Desk, stick: Path) -> None:
    backups.choose_second_place(desk, stick)
    stick.rmdir()
    backups.automatic(desk)
    told = backups.state(desk)
    assert (told.here is not None, told.second, told.is_second_there, told.trouble) == (True, None, False, "")


def full(*_: object) -> None:
    raise OSError(errno.ENOSPC, "no room")


def test_a_full_stick_is_told_and_its_earlier_copies_are_kept(
    desk: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backups.choose_second_place(desk, stick)
    backups.automatic(desk)
    before = {path: path.read_bytes() for path in stick.iterdir()}
    admit(desk, "1D")
    with monkeypatch.context() as patch:
        patch.setattr(stored_backups, "_copied", full)
        backups.automatic(desk)
    told = backups.state(desk)
    assert (told.trouble, told.trouble_in) == ("DiskFull", "second")
    assert {path: path.read_bytes() for path in stick.iterdir()} == before


def test_a_really_full_stick_keeps_what_it_has(desk: Desk, tiny_disk: Path) -> None:
    backups.choose_second_place(desk, tiny_disk)
    backups.automatic(desk)
    kept = {path: path.read_bytes() for path in tiny_disk.glob("*.sauvegarde")}
    taken = sum(len(content) for content in kept.values())
    (tiny_disk / "filling").write_bytes(bytes(TINY - taken - 100 * 1024))
    admit(desk, "1D")
    backups.automatic(desk)
    assert backups.state(desk).trouble == "DiskFull"
    assert {path: path.read_bytes() for path in tiny_disk.glob("*.sauvegarde")} == kept


def test_a_stick_pulled_out_in_the_middle_is_told(desk: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    backups.choose_second_place(desk, stick)
    copy = stored_backups._copied

    def pulled(source: Path, target: Path, progress: object) -> None:
        shutil.rmtree(stick)
        copy(source, target, None)

    monkeypatch.setattr(stored_backups, "_copied", pulled)
    backups.automatic(desk)
    assert (backups.state(desk).trouble, len(here(desk))) == ("FileMissing", 1)


def test_a_stick_that_cannot_be_written_is_told(
    desk: Desk, stick: Path, read_only: Callable[[Path], AbstractContextManager[None]]
) -> None:
    backups.choose_second_place(desk, stick)
    with read_only(stick):
        backups.automatic(desk)
    assert (backups.state(desk).trouble, backups.state(desk).trouble_in) == ("ReadOnly", "second")


def test_a_copy_that_comes_back_altered_from_the_stick_is_not_kept(
    desk: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    backups.choose_second_place(desk, stick)
    copy = stored_backups._copied

    def worn(source: Path, target: Path, progress: object) -> None:
        copy(source, target, None)
        content = bytearray(target.read_bytes())
        content[len(content) // 2] ^= 1
        target.write_bytes(content)

    monkeypatch.setattr(stored_backups, "_copied", worn)
    backups.automatic(desk)
    assert (backups.state(desk).trouble, list(stick.iterdir())) == ("BackupDamaged", [])


def test_what_a_cut_copy_left_goes_the_next_time(desk: Desk, stick: Path) -> None:
    left = stick / f".backup-{backups.number(desk)[:8]}-abc"
    left.mkdir()
    (left / "packed").write_bytes(b"half")
    backups.choose_second_place(desk, stick)
    backups.automatic(desk)
    assert [path.suffix for path in stick.iterdir()] == [backups.SUFFIX]


def test_nobody_waits_longer_than_twenty_seconds(desk: Desk) -> None:
    backups.automatic(desk, seconds=-1)
    assert (here(desk), backups.state(desk).trouble) == ([], "GivenUp")


def test_a_wrong_clock_does_not_keep_anybody_from_leaving(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2009, 1, 1))
    backups.automatic(desk)
    assert len(here(desk)) == 1


def test_a_failed_backup_is_told_by_the_journal_under_a_wrong_clock_too(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as wrong:
        wrong.setattr(clock, "now", lambda: datetime(2009, 1, 1))
        backups.automatic(desk, seconds=-1)
    assert (backups.state(desk).trouble, journaled(desk)) == ("GivenUp", [{"where": "here", "why": "GivenUp"}])


def test_a_backup_that_failed_on_a_full_disk_is_told_to_whoever_unlocks_next(
    desk: Desk, tiny_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.close()
    shutil.copytree(desk.folder, tiny_disk / "shelter")
    leaving = unlocking.unlock(tiny_disk / "shelter", "Agent A", PASSWORD)
    fill(tiny_disk)
    backups.leave(leaving)
    with unlocking.unlock(tiny_disk / "shelter", "Agent A", PASSWORD) as still_full:
        assert (backups.state(still_full).trouble, journaled(still_full)) == ("DiskFull", [])
    (tiny_disk / "filling").unlink()
    with unlocking.unlock(tiny_disk / "shelter", "Agent A", PASSWORD) as again:
        assert backups.state(again).trouble == "DiskFull"
        assert journaled(again) == [{"where": "here", "why": "DiskFull"}]
    with unlocking.unlock(tiny_disk / "shelter", "Agent A", PASSWORD) as once:
        assert len(journaled(once)) == 1
        backups.automatic(once)
        assert backups.state(once).trouble == ""


def test_a_backup_made_by_hand_after_one_that_failed_is_the_last_word(desk: Desk, tmp_path: Path) -> None:
    failed_backups.keep(desk.folder, "here", "DiskFull")
    assert backups.state(desk).trouble == "DiskFull"
    backups.keep(desk, backups.place_of(desk))
    assert backups.state(desk).trouble == ""
    assert failed_backups.read(desk.folder) == {}


def test_a_copy_on_the_stick_does_not_hide_that_the_backup_here_failed(desk: Desk, tmp_path: Path) -> None:
    made = backups.back_up(desk, tmp_path / "one.sauvegarde")
    for where, why in (("second", "ReadOnly"), ("here", "DiskFull")):
        failed_backups.keep(desk.folder, where, why)
    backup_lines.was_made(desk, "second", made.manifest)
    assert (backups.state(desk).trouble, failed_backups.read(desk.folder)) == ("DiskFull", {"here": "DiskFull"})


def test_a_file_that_says_nothing_of_a_backup_is_no_failure(tmp_path: Path) -> None:
    for name in ("shelter.unbacked.", "shelter.unbacked.there.DiskFull", "shelter.unbacked.here.=cmd", "shelter.db"):
        (tmp_path / name).touch()
    assert failed_backups.read(tmp_path) == {}


def journaled(desk: Desk) -> list[dict[str, object]]:
    """What the journal says of backups that failed."""
    with desk.reading() as connection:
        rows = connection.exec_driver_sql("SELECT details FROM journal WHERE action = 'backup_failed'").all()
    return [json.loads(told) for (told,) in rows]


def test_leaving_closes_the_file_for_another_program(desk: Desk) -> None:
    backups.leave(desk)
    with unlocking.unlock(desk.folder, "Agent A", PASSWORD) as again:
        assert len(residents.listed(again, "here")) == 3


def test_a_training_shelter_is_left_without_a_backup(tmp_path: Path) -> None:
    made = unlocking.create(tmp_path, "Maison", "Gao", "Agent A", PASSWORD, training=True, cost=QUICK).desk
    backups.leave(made)
    assert not (tmp_path / backups.FOLDER).exists()


def test_the_second_place_is_no_folder_of_the_shelter(desk: Desk) -> None:
    inside = desk.folder / "copies"
    inside.mkdir()
    with pytest.raises(WouldOverwrite):
        backups.choose_second_place(desk, inside)


def test_what_this_computer_remembers_names_no_house(desk: Desk, stick: Path, tmp_path: Path) -> None:
    backups.choose_second_place(desk, stick)
    kept = (tmp_path / second_place.FILE).read_text()
    assert "Essais" not in kept
    assert backups.number(desk) in kept


def test_backups_of_both_places_stand_once_the_last_first(
    desk: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made_on(desk, backups.place_of(desk), datetime(2026, 1, 1, 12), monkeypatch)
    backups.choose_second_place(desk, stick)
    backups.automatic(desk)
    assert [one.where for one in backups.held(desk)] == [("here", "second"), ("here",)]
