"""An older file of keys put back, and what the database knows of its turn written to fit."""

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import text

from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.domain.errors import Damaged
from shelter_desk.domain.ids import UserId
from shelter_desk.domain.rights import Role
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import integrity_check, key_change, line_signing, recovery_key, unlocking
from shelter_desk.operations.vault.opening import HowToOpen
from shelter_desk.storage.file import journal
from shelter_desk.storage.file.database import Database
from shelter_desk.storage.keys import key_file, keys, slot_versions
from shelter_desk.system import folders
from tests import OLD_FILES
from tests.operations.shelter import PASSWORD, admit, open_small_shelter

OTHER, NEW = "deux citrons jaunes", "quatre papayes vertes"


@dataclass
class Scene:
    """A shelter, closed, and what somebody kept of its file of keys. leaving: who was taken out since."""

    folder: Path
    kept: bytes
    leaving: UserId
    database: bytes

    def put_back(self, turns: str = "DELETE FROM settings WHERE key = 'slot_turns'") -> None:
        """The older file of keys, and another memory of the database."""
        (self.folder / keys.FILE).write_bytes(self.kept)
        database = Database.open(self.folder / "shelter.db", self.database)
        with database.transaction(EVERYTHING) as connection:
            connection.execute(text(turns))
        database.close()


@pytest.fixture(autouse=True)
def computer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "remembered", lambda name: tmp_path / "here" / name)


def on_another_computer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "remembered", lambda name: tmp_path / "elsewhere" / name)


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    with open_small_shelter(tmp_path / "shelter") as desk:
        leaving = user_accounts.add(desk, "Agent C", Role.DIRECTOR, NEW)
        user_accounts.add(desk, "Agent B", Role.STOREKEEPER, OTHER)
        kept = (desk.folder / keys.FILE).read_bytes()
        user_accounts.suspend(desk, leaving)
        held = desk.keys.database
    return Scene(desk.folder, kept, leaving, held)


@pytest.fixture
def before_the_list(tmp_path: Path) -> Scene:
    """Somebody kept the file of keys of an older program."""
    folder = tmp_path / "old"
    shutil.copytree(OLD_FILES / "0004", folder)
    kept = (folder / keys.FILE).read_bytes()
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        desk.clock_accepted = True  # nobody wrote into it for long
        recovery_key.replace(desk, PASSWORD)
        user_accounts.reset(desk, UserId(2), NEW, Role.STOREKEEPER)
        held = desk.keys.database
    return Scene(folder, kept, UserId(2), held)


@pytest.mark.parametrize("elsewhere", [False, True])
def test_a_file_of_before_the_list_opens_nothing_any_more(
    before_the_list: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, elsewhere: bool
) -> None:
    if elsewhere:
        on_another_computer(tmp_path, monkeypatch)
    before_the_list.put_back()
    for name in ("Agent B", "Agent A"):
        with pytest.raises(Damaged) as refused:
            unlocking.unlock(before_the_list.folder, name, PASSWORD)
        assert refused.value.part == "older_keys"
        (before_the_list.folder / keys.FILE).write_bytes(before_the_list.kept)


@pytest.mark.parametrize("elsewhere", [False, True])
def test_who_was_taken_out_does_not_come_back_with_an_older_list(
    scene: Scene, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, elsewhere: bool
) -> None:
    if elsewhere:
        on_another_computer(tmp_path, monkeypatch)
    scene.put_back(f"UPDATE users SET active = 1 WHERE id = {scene.leaving}")
    scene.put_back()
    for name, password in (("Agent C", NEW), ("Agent A", PASSWORD), ("Agent B", OTHER)):
        with pytest.raises(Damaged) as refused:
            unlocking.unlock(scene.folder, name, password)
        assert refused.value.part == "older_keys"


def test_the_check_says_that_an_older_list_was_put_back_while_the_desk_is_open(scene: Scene) -> None:
    with unlocking.unlock(scene.folder, "Agent B", OTHER) as desk:
        scene.put_back()
        with pytest.raises(Damaged) as refused:
            integrity_check.check(desk)
    assert refused.value.part == "older_keys"


def test_an_older_list_put_back_while_the_desk_is_open_is_not_signed_anew(scene: Scene) -> None:
    with unlocking.unlock(scene.folder, "Agent A", PASSWORD) as desk:
        scene.put_back()
        for act in (
            lambda: user_accounts.change_password(desk, PASSWORD, OTHER),
            lambda: recovery_key.replace(desk, PASSWORD),
            lambda: key_change.change_keys(desk, PASSWORD),
        ):
            with pytest.raises(Damaged) as refused:
                act()
            assert refused.value.part == "older_keys"
        assert (scene.folder / keys.FILE).read_bytes() == scene.kept


def test_a_list_that_was_signed_as_a_manager_opened_is_told_by_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "old"
    shutil.copytree(OLD_FILES / "0037", folder)
    kept = (folder / keys.FILE).read_bytes()
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk, desk.reading() as connection:
        line = journal.last_of(connection, ["list_signed"])
        listed = key_file.read(folder).vouched
        line_signing.check(desk, connection)
        scene = Scene(folder, kept, UserId(2), desk.keys.database)
    assert line is not None
    assert listed is not None
    assert line.known["list"] == listed.turn
    unlocking.unlock(folder, "Agent A", PASSWORD).close()
    on_another_computer(tmp_path, monkeypatch)
    scene.put_back()
    with pytest.raises(Damaged) as refused:
        unlocking.unlock(folder, "Agent A", PASSWORD)
    assert refused.value.part == "older_keys"


def test_the_list_of_a_new_shelter_needs_no_line(tmp_path: Path) -> None:
    with open_small_shelter(tmp_path / "new") as desk:
        folder = desk.folder
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk, desk.reading() as connection:
        assert journal.last_of(connection, ["list_signed"]) is None


def test_each_change_of_slots_says_in_its_line_which_list_it_signed(scene: Scene) -> None:
    with unlocking.unlock(scene.folder, "Agent A", PASSWORD) as desk, desk.reading() as connection:
        line = journal.last_of(connection, ["suspend_user"])
        listed = key_file.read(scene.folder).vouched
        assert integrity_check.check(desk).stays == 0
    assert line is not None
    assert listed is not None
    assert line.known["list"] == listed.turn


def test_every_change_of_slots_is_found_again_by_its_action() -> None:
    acts = "".join(path.read_text(encoding="utf-8") for path in Path(unlocking.__file__).parents[1].rglob("*.py"))
    found = set(re.findall(r'slot_change\.changing\(desk, "(\w+)"', acts)) | {"change_keys"}
    assert found == set(slot_versions.CHANGES)


def test_who_goes_on_with_older_files_is_named_by_the_journal(scene: Scene, tmp_path: Path) -> None:
    shutil.copytree(scene.folder, tmp_path / "kept")
    with unlocking.unlock(scene.folder, "Agent A", PASSWORD) as desk:
        admit(desk, "1A")
    shutil.rmtree(scene.folder)
    shutil.copytree(tmp_path / "kept", scene.folder)
    unlocking.unlock(scene.folder, "Agent B", OTHER, HowToOpen(accept_older=True)).close()
    with unlocking.unlock(scene.folder, "Agent A", PASSWORD) as desk, desk.reading() as connection:
        line = journal.last(connection)
    assert (line.action, line.user, desk.older) == ("older_accepted", 3, None)


def test_after_all_keys_were_changed_the_former_file_of_keys_is_an_older_one(scene: Scene) -> None:
    kept = (scene.folder / keys.FILE).read_bytes()
    with unlocking.unlock(scene.folder, "Agent A", PASSWORD) as desk:
        key_change.change_keys(desk, PASSWORD)
    unlocking.unlock(scene.folder, "Agent A", PASSWORD).close()
    (scene.folder / keys.FILE).write_bytes(kept)
    with pytest.raises(Damaged):
        unlocking.unlock(scene.folder, "Agent A", PASSWORD)
