"""The journal says which backups the program made: what a forged manifest says of itself moves nothing."""

import hashlib
import json
import zipfile
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import timedelta
from pathlib import Path

import pytest

from shelter_desk.operations.desk import Desk
from shelter_desk.operations.vault import backups, restoring, unlocking
from shelter_desk.storage.backups import backups as stored_backups
from shelter_desk.storage.backups.backups import Manifest
from shelter_desk.storage.file import journal
from shelter_desk.storage.file.case.case_lines import Act
from shelter_desk.storage.file.database import Database
from shelter_desk.storage.keys import key_file
from shelter_desk.system import clock, folders
from tests.operations.shelter import PASSWORD, admit, open_small_shelter
from tests.operations.vault.restoring_scene import go_back


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(folders, "remembered", lambda name: tmp_path / name)
    opened = open_small_shelter(tmp_path / "shelter")
    admit(opened, "1A")
    yield opened
    opened.close()


def a_day_later(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of one minute only the last backup is kept."""
    now = clock.now() + timedelta(days=1)
    monkeypatch.setattr(clock, "now", lambda: now)


def forged(source: Path, out: Path, database: bytes | None = None, **of: object) -> Manifest:
    """A backup as anybody can write one who has the key of the database."""
    with zipfile.ZipFile(source) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    told = json.loads(parts["manifest.json"]) | of
    content = parts[told["database"]] if database is None else database
    told["sha256"] = hashlib.sha256(content).hexdigest()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("manifest.json", json.dumps(told))
        archive.writestr("keys.json", parts["keys.json"])
        archive.writestr(told["database"], content)
    return stored_backups.peek(out)


def head(desk: Desk) -> int:
    with desk.reading() as connection:
        return journal.head(connection)[0]


def with_other_rows(desk: Desk, made: Path, tmp_path: Path) -> Path:
    """A backup with other rows, and all that it says of itself true."""
    apart = tmp_path / "apart"
    apart.mkdir()
    manifest = stored_backups.unpack(made, apart)
    raw = Database.open(apart / manifest.database, desk.keys.database)
    with raw._outside_transactions() as connection:
        connection.execute("UPDATE persons SET nationality = 'xx'")
    raw.close()
    out = made.with_name("2026-01-01-0101.sauvegarde")
    forged(made, out, (apart / manifest.database).read_bytes())
    return out


def test_a_forged_newest_backup_keeps_nobody_from_making_one_and_is_not_shown_as_the_last(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = backups.place_of(desk)
    made = backups.keep(desk, place)
    a_day_later(monkeypatch)
    admit(desk, "1B")
    later = clock.now().replace(second=0, microsecond=0, tzinfo=None)
    forged(made.path, place / "2099-01-01-0000.sauvegarde", made_at=f"{later:%Y-%m-%dT%H:%M}", head=head(desk) + 99)
    assert backups.last_proven(desk) == backups.state(desk).here == made.manifest.moment
    backups.leave(desk)
    with unlocking.unlock(desk.folder, "Agent A", PASSWORD) as again:
        assert [one.manifest.counts["stays"] for one in backups.held(again) if one.is_known] == [2, 1]


def test_forged_backups_drive_out_none_that_was_made(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    place = backups.place_of(desk)
    made = backups.keep(desk, place)
    a_day_later(monkeypatch)
    for day in range(40):
        moment = made.manifest.moment + timedelta(minutes=1) + timedelta(days=1 - day)
        forged(made.path, place / f"{moment:%Y-%m-%d-%H%M}-7.sauvegarde", made_at=f"{moment:%Y-%m-%dT%H:%M}")
    backups.keep(desk, place)
    assert made.path.exists()


def test_a_forged_newest_copy_on_the_stick_keeps_the_true_one_from_no_place(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    made = backups.keep(desk, backups.place_of(desk))
    backups.choose_second_place(desk, stick)
    forged(made.path, stick / "2099-01-01-0000.sauvegarde")
    stored = stored_backups.peek(made.path)
    forged(made.path, stick / "2098-01-01-0000.sauvegarde", made_at=stored.made_at, head=9999)
    a_day_later(monkeypatch)
    admit(desk, "1B")
    backups.leave(desk)
    assert sorted(one.counts["stays"] for _, one in stored_backups.made_in(stick)) == [1, 1, 2]


def test_a_backup_with_another_content_is_none_that_the_journal_knows(desk: Desk, tmp_path: Path) -> None:
    made = backups.keep(desk, backups.place_of(desk)).path
    other = with_other_rows(desk, made, tmp_path)
    restoring.try_out(desk, other)  # all that it says is so
    assert {one.path.name: one.is_known for one in backups.held(desk)} == {made.name: True, other.name: False}


def test_the_keys_of_a_backup_are_those_that_the_journal_knows(desk: Desk, tmp_path: Path) -> None:
    made = backups.back_up(desk, tmp_path / "one.sauvegarde")
    assert made.manifest.keys == hashlib.sha256((desk.folder / key_file.FILE).read_bytes()).hexdigest()
    assert replace(made.manifest, keys="00" * 32).fingerprint != made.manifest.fingerprint
    assert Manifest(**asdict(made.manifest)).fingerprint == made.manifest.fingerprint


def test_who_goes_back_finds_the_present_state_known_and_what_was_known_before(desk: Desk) -> None:
    place = backups.place_of(desk)
    first = backups.keep(desk, place).path
    admit(desk, "1B")
    go_back(desk, first)
    backups.leave(desk)
    with unlocking.unlock(desk.folder, "Agent A", PASSWORD) as again:
        held = backups.held(again)
        assert {one.manifest.counts["stays"]: one.is_known for one in held} == {1: True, 2: True}
        assert held[0].manifest.counts["stays"] == 2
        restoring.try_out(again, held[0].path)


def test_before_the_first_fingerprint_every_backup_is_known(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    made = backups.kept_in(desk, backups.place_of(desk))
    a_day_later(monkeypatch)
    assert [one.is_known for one in backups.held(desk)] == [True]
    backups.keep(desk, backups.place_of(desk))
    assert [one.path for one in backups.held(desk) if not one.is_known] == [made.path]


@pytest.mark.parametrize("details", ["{", '{"fingerprints": 5}', '{"fingerprints": [[]]}', '{"fingerprint": {}}', "[]"])
def test_a_line_of_nonsense_keeps_nobody_from_a_backup(desk: Desk, details: str) -> None:
    backups.keep(desk, backups.place_of(desk))
    with desk.database._outside_transactions() as raw:
        seq, last = raw.execute("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
        told = (seq + 1, "2026-01-01T01:01:00+00:00", 1, "backed_up", "", details)
        raw.execute(
            "INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?)", (*told, journal._hash(last, *told[:3], Act(*told[3:])))
        )
    assert [one.is_known for one in backups.held(desk)] == [True]
