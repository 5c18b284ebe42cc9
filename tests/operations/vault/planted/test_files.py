"""Links, pipes, devices and vast files in the place of the small files of a shelter: none is followed or waited for."""

import json
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.operations.vault import backup_lines, backups, unlocking
from shelter_desk.storage.backups import failed_backups
from shelter_desk.storage.file import journal
from shelter_desk.storage.file.journal_head import JournalHead
from shelter_desk.storage.keys import key_opening
from shelter_desk.system import folders
from tests import OLD_FILES
from tests.operations.shelter import PASSWORD, admit, open_small_shelter

SECONDS = 20  # then whoever waits is woken
pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="only where there are pipes")


@pytest.fixture(autouse=True)
def nobody_waits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def woken(*_: object) -> None:
        raise AssertionError("it waits")

    monkeypatch.setattr(folders, "remembered", lambda name: tmp_path / name)
    former = signal.signal(signal.SIGALRM, woken)
    signal.alarm(SECONDS)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, former)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    desk = open_small_shelter(tmp_path / "shelter")
    admit(desk, "1A")
    desk.close()
    return desk.folder


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """Another file of the account, which nobody of the shelter has to write."""
    path = tmp_path / "memoire.odt"
    path.write_bytes(b"A" * 200)
    return path


def worked(folder: Path) -> int:
    """Somebody opens, writes and leaves; how many lines the journal has then."""
    desk = unlocking.unlock(folder, "Agent A", PASSWORD)
    admit(desk, "1B")
    with desk.reading() as connection:
        lines = journal.head(connection)[0]
    backups.leave(desk)
    return lines


@pytest.mark.parametrize("link", [Path.symlink_to, Path.hardlink_to])
def test_the_head_is_never_written_through_a_link(folder: Path, mine: Path, link: Callable[[Path, Path], None]) -> None:
    (folder / "shelter.head").unlink()
    link(folder / "shelter.head", mine)
    lines = worked(folder)
    held = key_opening.open_with_password(folder, "Agent A", PASSWORD, None).keys
    head = JournalHead(folder, held.database).read()
    assert (mine.read_bytes(), head is not None and head[0] >= lines) == (b"A" * 200, True)


def test_the_copy_before_an_upgrade_is_never_written_through_a_link(tmp_path: Path, mine: Path) -> None:
    shutil.copytree(OLD_FILES / "0019", tmp_path / "old")
    (tmp_path / "old" / "shelter.before-upgrade").symlink_to(mine)
    unlocking.unlock(tmp_path / "old", "Agent A", PASSWORD).close()
    assert mine.read_bytes() == b"A" * 200


def test_a_sign_of_a_failed_backup_is_never_written_through_a_link(folder: Path, mine: Path) -> None:
    mine.unlink()
    (folder / "shelter.unbacked.here.DiskFull").symlink_to(mine)
    failed_backups.keep(folder, "here", "DiskFull")
    assert (mine.exists(), failed_backups.read(folder)) == (False, {"here": "DiskFull"})


def pipe(path: Path) -> None:
    path.unlink(missing_ok=True)
    os.mkfifo(path)


def device(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.symlink_to("/dev/zero")


def vast(path: Path) -> None:
    path.unlink(missing_ok=True)
    with path.open("wb") as file:
        file.truncate(4 << 40)


def directory(path: Path) -> None:
    path.unlink(missing_ok=True)
    path.mkdir()


KINDS = {one.__name__: one for one in (pipe, device, vast, directory)}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["shelter.tries", "shelter.head", "keys.json.next", "retour/promesse.json"])
def test_nobody_waits_for_what_lies_in_the_place_of_a_small_file(folder: Path, name: str, kind: str) -> None:
    (folder / name).parent.mkdir(exist_ok=True)
    KINDS[kind](folder / name)
    assert unlocking.to_wait(folder) == 0
    worked(folder)
    assert len(backups.found(folder)) == 1


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["keys.json", "shelter.db"])
def test_a_shelter_without_its_files_is_called_damaged_at_once(folder: Path, name: str, kind: str) -> None:
    KINDS[kind](folder / name)
    with pytest.raises(ShelterDeskError):
        unlocking.unlock(folder, "Agent A", PASSWORD)


@pytest.mark.parametrize("kind", [*KINDS, "nothing"])
def test_a_promise_that_nobody_signed_costs_nothing(folder: Path, kind: str) -> None:
    told = {"database": "shelter.db", "sha256": "0", "aside": "abandon-1", "signature": "00"}
    shelter = json.loads((folder / "keys.json").read_bytes())["shelter"]
    (folder / "retour").mkdir()
    (folder / "retour" / "promesse.json").write_text(json.dumps({**told, "shelter": shelter}), encoding="utf-8")
    if kind != "nothing":
        KINDS[kind](folder / "retour" / "shelter.db")
    worked(folder)
    assert [path.name for path in folder.glob("abandon-*")] == ["abandon-retour"]


@pytest.mark.parametrize("where", ["here", "second"])
def test_a_folder_with_the_name_of_a_sign_is_told_by_nobody(folder: Path, where: str) -> None:
    (folder / f"shelter.unbacked.{where}.DiskFull").mkdir()
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        failed_backups.keep(folder, where, "ReadOnly")
        backup_lines.tell(desk)
        with desk.reading() as connection:
            told = [line.known["why"] for line in journal.lines(connection) if line.action == "backup_failed"]
    assert (told, failed_backups.read(folder)) == (["ReadOnly"], {})
