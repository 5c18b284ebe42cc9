"""A backup is good only when it was proven; a shelter comes back from it whole."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from shelter_desk.domain.errors import BackupDamaged, DiskFull, ShelterExists
from shelter_desk.operations import backups, residents, unlocking
from shelter_desk.operations.desk import Desk
from shelter_desk.storage import journal
from tests.operations.shelter import PASSWORD, admit, open_small_shelter


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
    (tiny_disk / "filling").write_bytes(bytes(1024 * 1024 - 2 * len(before)))
    with pytest.raises(DiskFull):
        backups.back_up(desk, tiny_disk / "one.sauvegarde")
    assert made.path.read_bytes() == before
    assert sorted(path.name for path in tiny_disk.iterdir()) == ["filling", "one.sauvegarde"]


def test_a_rehearsal_opens_and_counts_without_touching_the_shelter(desk: Desk, tmp_path: Path) -> None:
    made = backups.back_up(desk, tmp_path / "one.sauvegarde")
    manifest = backups.rehearse(made.path, tmp_path / "rehearsal", "Agent A", PASSWORD)
    assert (manifest.counts["stays"], len(residents.listed(desk, "here"))) == (3, 3)


def test_old_backups_go_and_other_files_stay(desk: Desk, tmp_path: Path) -> None:
    place = tmp_path / "backups"
    place.mkdir()
    for name in ("2026-01-01-1200", "2026-01-01-1800", "ours"):
        (place / f"{name}{backups.SUFFIX}").write_bytes(b"")
    made = backups.keep(desk, place)
    left = sorted(path.stem for path in place.iterdir())
    assert left == ["2026-01-01-1800", made.path.stem, "ours"]
    assert backups.latest(place) == desk.now()


def test_without_a_backup_there_is_no_latest(tmp_path: Path) -> None:
    assert backups.latest(tmp_path) is None
