"""An update from a stick: who signed it, what is made before, what is refused, and the way back."""

import json
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from shelter_desk.domain import held_files, updates
from shelter_desk.domain.errors import DriveGone, NotAllowed
from shelter_desk.domain.rights import Role
from shelter_desk.domain.updates import UpdateRefused
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.vault import backups, updating
from shelter_desk.storage.file import journal
from shelter_desk.system import update_packages
from shelter_desk.system.update_packages import PACKAGE, SIGNATURES
from shelter_desk.words.refusals.errors import sentence
from tests.operations.vault.update_scene import INSTALLER, NAME, Releasers, carried, desk, releasers

__all__ = ["desk", "releasers"]


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as book:
        return {name: book.read(name) for name in book.namelist()}


def written(path: Path, parts: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w") as book:
        for name, content in parts.items():
            book.writestr(name, content)


def why_not(desk: Desk, path: Path) -> str:
    with pytest.raises(UpdateRefused) as told:
        updating.prepare(desk, updating.look(desk, path))
    assert sentence(told.value)
    return told.value.why


def test_what_two_signed_is_laid_ready_after_a_proven_backup(desk: Desk, releasers: Releasers) -> None:
    offer = updating.look(desk, releasers.package("0.3.0"))
    assert (offer.package.version, offer.upgrades) == ("0.3.0", False)
    before = backups.held(desk)
    ready = updating.prepare(desk, offer)
    assert ready.installer.read_bytes() == INSTALLER
    assert [one.path for one in backups.held(desk) if one not in before] == [ready.backup.path]
    with desk.reading() as connection:
        last = journal.last(connection)
    assert (last.action, last.subject, last.known) == ("update", "0.3.0", {"before": "0.2.0"})


def test_a_package_that_brings_another_file_says_so(desk: Desk, releasers: Releasers) -> None:
    assert updating.look(desk, releasers.package("0.3.0", schema="9999")).upgrades


@pytest.mark.parametrize("signed", ["", "a", "ac", "c"])
def test_fewer_than_two_that_hold_are_refused(desk: Desk, releasers: Releasers, signed: str) -> None:
    assert why_not(desk, releasers.package("0.3.0", signed)) == "unsigned"


def one_byte(parts: dict[str, bytes], _: Releasers) -> None:
    parts[NAME] = INSTALLER[:-1] + b"X"


def hashes_anew(parts: dict[str, bytes], releasers: Releasers) -> None:
    """As whoever alters the installer and what is said of it, but cannot sign."""
    one_byte(parts, releasers)
    other = parts_of(releasers.package("0.3.0", "", into="other"))
    told = json.loads(parts[PACKAGE])
    told["sha256"] = json.loads(other[PACKAGE])["sha256"][::-1]
    parts[PACKAGE] = json.dumps(told).encode()


def longer(parts: dict[str, bytes], _: Releasers) -> None:
    parts[NAME] += b"X" * 5_000_000


def without_installer(parts: dict[str, bytes], _: Releasers) -> None:
    del parts[NAME]


def of_another_package(parts: dict[str, bytes], releasers: Releasers) -> None:
    """Signatures of a version that was released, under another one."""
    parts[SIGNATURES] = parts_of(releasers.package("0.2.5", into="other"))[SIGNATURES]


def no_signatures(parts: dict[str, bytes], _: Releasers) -> None:
    del parts[SIGNATURES]


def strange_signatures(parts: dict[str, bytes], _: Releasers) -> None:
    parts[SIGNATURES] = b'{"a": 7, "b": []}'


@pytest.mark.parametrize(
    ("alter", "why"),
    [
        (one_byte, "altered"),
        (hashes_anew, "unsigned"),
        (longer, "altered"),
        (without_installer, "altered"),
        (of_another_package, "unsigned"),
        (no_signatures, "unreadable"),
        (strange_signatures, "unreadable"),
    ],
)
def test_what_was_altered_is_refused_and_nothing_of_it_is_left(
    desk: Desk, releasers: Releasers, alter: Callable[[dict[str, bytes], Releasers], None], why: str
) -> None:
    path = releasers.package("0.3.0")
    parts = parts_of(path)
    alter(parts, releasers)
    written(path, parts)
    assert why_not(desk, path) == why
    assert not list((desk.folder / updating.FOLDER).rglob("*"))


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04" + bytes(100)])
def test_what_is_no_package_is_refused(desk: Desk, releasers: Releasers, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.maj").write_bytes(content)
    assert why_not(desk, tmp_path / "x.maj") == "unreadable"


@pytest.mark.parametrize(("version", "why"), [("0.1.9", "older"), ("0.2.0", "same")])
def test_what_is_not_newer_is_refused(desk: Desk, releasers: Releasers, version: str, why: str) -> None:
    assert why_not(desk, releasers.package(version)) == why


def test_another_system_is_refused(desk: Desk, releasers: Releasers) -> None:
    other = "x.deb" if NAME.endswith(".exe") else "x.exe"
    assert why_not(desk, releasers.package("0.3.0", installer=other)) == "system"


def test_a_stick_that_was_changed_between_the_look_and_the_verb_is_refused(desk: Desk, releasers: Releasers) -> None:
    path = releasers.package("0.3.0")
    offer = updating.look(desk, path)
    written(path, {**parts_of(path), NAME: INSTALLER[::-1]})
    with pytest.raises(UpdateRefused):
        updating.prepare(desk, offer)


def test_a_backup_that_cannot_be_made_keeps_the_update_away(
    desk: Desk, releasers: Releasers, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object) -> None:
        raise DriveGone("x")

    offer = updating.look(desk, releasers.package("0.3.0"))
    monkeypatch.setattr(backups, "keep", gone)
    with pytest.raises(DriveGone):
        updating.prepare(desk, offer)
    assert not (desk.folder / updating.FOLDER).exists()


def test_the_version_before_is_offered_while_the_file_is_as_it_was(
    desk: Desk, releasers: Releasers, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert updating.former(desk) is None
    for at, version in enumerate(("0.3.0", "0.4.0", "0.5.0")):
        updating.prepare(desk, updating.look(desk, releasers.package(version)))
        os.utime(desk.folder / updating.FOLDER / f"{version}.maj", (at, at))
        carried(monkeypatch, releasers, version)
    back = updating.former(desk)
    assert back is not None
    assert (back.package.version, back.goes_back) == ("0.4.0", True)
    assert updating.prepare(desk, back).installer.read_bytes() == INSTALLER
    monkeypatch.setattr(updating, "_version", lambda _: "9999")
    assert updating.former(desk) is None


def test_a_kept_package_that_somebody_altered_is_not_offered(
    desk: Desk, releasers: Releasers, monkeypatch: pytest.MonkeyPatch
) -> None:
    updating.prepare(desk, updating.look(desk, releasers.package("0.3.0")))
    carried(monkeypatch, releasers, "0.4.0")
    assert updating.former(desk) is not None
    kept = desk.folder / updating.FOLDER / "0.3.0.maj"
    written(kept, {**parts_of(kept), PACKAGE: b"{}"})
    assert updating.former(desk) is None


def test_an_installer_that_still_runs_keeps_no_other_away(
    desk: Desk, releasers: Releasers, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = updating.prepare(desk, updating.look(desk, releasers.package("0.3.0")))
    monkeypatch.setattr(held_files, "remove_tree", lambda *_, **__: None)  # as Windows refuses it
    again = updating.prepare(desk, updating.look(desk, releasers.package("0.4.0")))
    assert first.installer.is_file()
    assert again.installer.read_bytes() == INSTALLER


def test_packages_do_not_fill_the_disk(desk: Desk, releasers: Releasers, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3, 9):
        updating.prepare(desk, updating.look(desk, releasers.package(f"0.{number}.0")))
        carried(monkeypatch, releasers, f"0.{number}.0")
    assert len(list((desk.folder / updating.FOLDER).glob("*.maj"))) <= 3
    assert len(list((desk.folder / updating.FOLDER).glob("installation-*"))) == 1


@pytest.mark.parametrize("role", [one for one in Role if one is not Role.DIRECTOR])
def test_only_the_direction_updates(desk: Desk, releasers: Releasers, role: Role) -> None:
    path = releasers.package("0.3.0")
    desk.role = role
    with pytest.raises(NotAllowed):
        updating.look(desk, path)


def test_the_keys_that_are_carried_are_three_and_of_three() -> None:
    found = updating.release_keys()
    assert len({one.public for one in found}) == len({one.name for one in found}) == 3
    assert all(len(bytes.fromhex(one.public)) == 32 for one in found)


def test_an_installer_is_written_for_this_account_alone(releasers: Releasers, tmp_path: Path) -> None:
    path = releasers.package("0.3.0")
    told, _ = update_packages.read(path)
    made = update_packages.unpack(path, updates.read(told), tmp_path / "in")
    if os.name == "posix":
        assert ((tmp_path / "in").stat().st_mode & 0o777, made.stat().st_mode & 0o777) == (0o700, 0o700)
