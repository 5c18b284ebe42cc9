"""A file that somebody put among the backups keeps nobody from a backup, from leaving or from the list of them."""

import json
import os
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from shelter_desk.domain.errors import BackupDamaged
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.vault import backups
from shelter_desk.storage.backups import backups as stored_backups
from shelter_desk.storage.backups import failed_backups
from shelter_desk.storage.file import journal
from shelter_desk.system import folders
from tests.operations.shelter import admit, open_small_shelter

NAME = "2026-01-02-0101.sauvegarde"
TOLD = {
    "format": 1,
    "training": False,
    "made_at": "2026-01-02T01:01",
    "schema": "0022",
    "database": "shelter.db",
    "sha256": "0" * 64,
    "head": 1,
    "counts": {"persons": 1, "stays": 1, "journal": 1},
}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(folders, "remembered", lambda name: tmp_path / name)
    opened = open_small_shelter(tmp_path / "shelter")
    admit(opened, "1A")
    backups.place_of(opened).mkdir()
    yield opened
    opened.close()


def zipped(path: Path, manifest: bytes, how: int = zipfile.ZIP_STORED) -> None:
    with zipfile.ZipFile(path, "w", how) as archive:
        archive.writestr("manifest.json", manifest)


def told(**other: Any) -> Callable[[Path, str], None]:
    return lambda path, shelter: zipped(path, json.dumps({**TOLD, "shelter": shelter, **other}).encode())


def encrypted(path: Path, shelter: str) -> None:
    told()(path, shelter)
    content = bytearray(path.read_bytes())
    content[6] |= 1
    content[content.find(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(content)


def bomb(path: Path, _shelter: str) -> None:
    zipped(path, b" " * (256 << 20), zipfile.ZIP_DEFLATED)


def vast(path: Path, _shelter: str) -> None:
    with path.open("wb") as file:
        file.truncate(4 << 40)


PLANTED: dict[str, Callable[[Path, str], None]] = {
    "nested deep": lambda path, _: zipped(path, b"[" * 60_000),
    "nested deeper": lambda path, _: zipped(path, b"[" * 200_000),
    "counts in a list": told(counts=[]),
    "counts of words": told(counts={"persons": "1", "stays": 1, "journal": 1}),
    "a time zone": told(made_at="2026-01-02T01:01+00:00"),
    "a number for a shelter": told(shelter=5),
    "a list for a sum": told(sha256=[]),
    "a yes for a number": told(head=True),
    "no object": lambda path, _: zipped(path, b"5"),
    "encrypted": encrypted,
    "a bomb": bomb,
    "vast": vast,
    "a pipe": lambda path, _: os.mkfifo(path),
    "a device": lambda path, _: path.symlink_to("/dev/zero"),
    "a folder": lambda path, _: path.mkdir(),
}
if not hasattr(os, "mkfifo"):
    PLANTED = {kind: plant for kind, plant in PLANTED.items() if kind not in ("a pipe", "a device")}


@pytest.mark.parametrize("kind", PLANTED)
def test_a_planted_backup_keeps_nobody_from_leaving_with_a_backup(desk: Desk, kind: str) -> None:
    place = backups.place_of(desk)
    PLANTED[kind](place / NAME, backups.number(desk))
    backups.leave(desk)
    made = [one.path.name for one in backups.found(desk.folder)]
    assert (len(made), NAME in made, failed_backups.read(desk.folder)) == (1, False, {})


@pytest.mark.parametrize("kind", PLANTED)
def test_a_planted_backup_is_called_damaged(desk: Desk, kind: str) -> None:
    path = backups.place_of(desk) / NAME
    PLANTED[kind](path, backups.number(desk))
    with pytest.raises(BackupDamaged):
        stored_backups.peek(path)
    with pytest.raises(BackupDamaged):
        backups.look(path)


def test_what_nobody_foresaw_at_leaving_is_told_by_the_journal(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> Iterator[object]:
        raise RecursionError

    monkeypatch.setattr(stored_backups, "made_in", broken)
    backups.automatic(desk)
    with desk.reading() as connection:
        line = journal.last(connection)
    logged = [record.getMessage() for record in caplog.records]
    caplog.clear()
    assert (line.action, line.known["why"]) == ("backup_failed", "RecursionError")
    assert logged == ["a backup met RecursionError"]


def test_a_backup_that_goes_while_the_list_is_made_is_left_out(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    made = backups.keep(desk, backups.place_of(desk))
    monkeypatch.setattr(stored_backups, "made_in", lambda *_: iter([(made.path.with_name("gone"), made.manifest)]))
    assert backups.held(desk) == []
