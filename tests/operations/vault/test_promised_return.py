"""A return to a backup is promised by a manager, kept through any cut, and by nobody else."""

import json
import shutil
from contextlib import suppress
from pathlib import Path

import pytest

from shelter_desk.domain.rights import Role
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import backups, unlocking
from shelter_desk.storage.backups import backups as stored_backups
from shelter_desk.storage.backups import restore_resume as stored_restore_resume
from tests.operations.shelter import PASSWORD, QUICK, admit, small_shelter
from tests.operations.vault.restoring_scene import (
    ANOTHER,
    Cut,
    backup,
    cut_at,
    desk,
    go_back,
    here,
    own_preferences,
)

__all__ = ["backup", "desk", "own_preferences"]


@pytest.mark.parametrize("number", range(1, 12))
def test_a_cut_while_the_promise_is_kept_leaves_the_shelter_gone_back_to(
    desk: Desk, backup: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_back(desk, backup)
    desk.close()
    with monkeypatch.context() as patch:
        cut_at(patch, number)
        try:
            stored_restore_resume.finish(desk.folder)
        except Cut:
            assert number
    assert here(desk.folder) == (3, ["restored"])
    assert not (desk.folder / stored_restore_resume.PROMISED).exists()


@pytest.mark.parametrize("number", range(1, 12))
def test_a_cut_before_the_promise_leaves_the_present_shelter(
    desk: Desk, backup: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        cut_at(patch, number)
        try:
            go_back(desk, backup)
        except Cut:
            assert number
    promised = stored_restore_resume.is_promised(desk.folder)
    desk.close()
    assert here(desk.folder)[0] == (3 if promised else 4)


def test_a_promise_about_another_shelter_is_set_aside(desk: Desk, backup: Path, tmp_path: Path) -> None:
    go_back(desk, backup)
    with small_shelter(tmp_path / "other"):
        pass
    shutil.copytree(desk.folder / stored_restore_resume.PROMISED, tmp_path / "other" / stored_restore_resume.PROMISED)
    assert here(tmp_path / "other") == (0, ["promise_set_aside"])


def planted(folder: Path, backup: Path, **written: object) -> None:
    """What somebody with the folder lays there: an older day of the shelter, as if it waited to be put in place."""
    beside = folder / "retour"
    beside.mkdir()
    manifest = stored_backups.unpack(backup, beside)
    told = {"shelter": manifest.shelter, "database": "shelter.db", "sha256": manifest.sha256, "aside": "abandon-2026"}
    (beside / "promesse.json").write_text(json.dumps({**told, **written}), encoding="utf-8")


@pytest.mark.parametrize(
    "written",
    [
        {},
        {"signature": "00" * 64},
        {"database": "../elsewhere.db", "aside": "../taken"},
        {"instead_of": "", "aside": ""},
        {"shelter": 1, "signature": None},
    ],
    ids=["unsigned", "signed by nobody", "names outside", "as an older program wrote", "not even texts"],
)
def test_a_return_that_no_manager_promised_is_set_aside(
    desk: Desk, backup: Path, written: dict[str, object], tmp_path: Path
) -> None:
    desk.close()
    newest = (desk.folder / "shelter.db").read_bytes()
    planted(desk.folder, backup, **written)
    unlocking.look(desk.folder)
    assert (desk.folder / "shelter.db").read_bytes() == newest
    assert here(desk.folder) == (4, ["promise_set_aside"])
    assert [path.name for path in tmp_path.rglob("abandon-*")] == ["abandon-retour"]


def test_a_file_exchanged_in_a_promise_is_not_put_in_place(desk: Desk, backup: Path, tmp_path: Path) -> None:
    """A return was cut; somebody lays another day of the same shelter into it."""
    older = backups.back_up(desk, tmp_path / "two.sauvegarde").path
    admit(desk, "2A", sex="m")
    go_back(desk, backup)
    desk.close()
    stored_backups.unpack(older, desk.folder / "retour")
    assert here(desk.folder) == (5, ["promise_set_aside"])


def test_what_lies_there_when_the_desk_is_left_is_no_promise_of_the_desk(desk: Desk, backup: Path) -> None:
    planted(desk.folder, backup)
    backups.leave(desk)
    assert [one.counts["stays"] for _, one in stored_backups.made_in(desk.folder / backups.FOLDER)] == [4]
    assert here(desk.folder)[0] == 4


@pytest.mark.parametrize("number", range(1, 12))
def test_a_cut_promise_is_kept_for_everybody_whose_password_knows_the_managers(
    desk: Desk, tmp_path: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    user_accounts.add(desk, "Agent B", Role.STOREKEEPER, ANOTHER)
    backup = backups.back_up(desk, tmp_path / "one.sauvegarde").path
    admit(desk, "1D")
    go_back(desk, backup)
    desk.close()
    with monkeypatch.context() as patch:
        cut_at(patch, number)
        with suppress(Cut):
            stored_restore_resume.finish(desk.folder)
    unlocking.unlock(desk.folder, "Agent B", ANOTHER).close()
    assert here(desk.folder) == (3, ["restored"])


def test_a_cut_promise_is_kept_with_the_recovery_key(tmp_path: Path) -> None:
    made = unlocking.create(tmp_path / "shelter", "Maison", "Gao", "Agent A", PASSWORD, cost=QUICK)
    backup = backups.back_up(made.desk, tmp_path / "one.sauvegarde").path
    go_back(made.desk, backup)
    made.desk.close()
    unlocking.unlock_with_recovery_key(made.desk.folder, made.recovery_key, "Agent A", ANOTHER).close()
    assert not (made.desk.folder / "retour").exists()
    assert here(made.desk.folder, ANOTHER)[1] == ["recovered"]


def test_nothing_of_the_present_shelter_is_deleted(desk: Desk, backup: Path) -> None:
    go_back(desk, backup)
    desk.database.close()
    before = {name: (desk.folder / name).read_bytes() for name in ("shelter.db", "keys.json", "shelter.head")}
    backups.leave(desk)
    (aside,) = desk.folder.glob("abandon-*")
    assert {name: (aside / name).read_bytes() for name in before} == before
