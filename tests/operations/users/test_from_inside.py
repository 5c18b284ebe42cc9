"""What somebody with the key of the file, and the folder, writes there by hand."""

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import text

from shelter_desk.domain.casefile.incidents import BoxMissing, Incident, IncidentContent
from shelter_desk.domain.changes import EVERYTHING, Changes
from shelter_desk.domain.errors import Damaged, DiskFull, WrongPassword
from shelter_desk.domain.ids import IncidentId, UserId
from shelter_desk.domain.rights import Role
from shelter_desk.operations import drafts
from shelter_desk.operations.casefile import incidents
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import key_change, opening, recovery_key, recovery_sheet, unlocking
from shelter_desk.storage.file import files, sealed_boxes, settings
from shelter_desk.storage.file.database import Database
from shelter_desk.storage.file.sealing import OpenBox, new_private
from shelter_desk.storage.keys import key_file, key_opening, keys, slot_list, slot_versions
from shelter_desk.system import core_dumps
from tests.operations.shelter import PASSWORD, days_ago, open_small_shelter

FIGHT = Incident(IncidentId(0), "", days_ago(1), days_ago(1), "violence_residents", "mineur")
OTHER, NEW = "deux citrons jaunes", "quatre papayes vertes"


@dataclass
class Scene:
    """A shelter, closed, with a manager and a storekeeper."""

    folder: Path
    storekeeper: UserId

    def write(self, *statements: str) -> None:
        """By hand, with the keys of the storekeeper."""
        held = key_opening.open_with_password(self.folder, "Agent B", OTHER, None).keys
        database = Database.open(self.folder / opening.DATABASE, held.database)
        with database.transaction(EVERYTHING) as connection:
            for one in statements:
                connection.execute(text(one))
        database.close()

    def unlock(self, name: str = "Agent A", password: str = PASSWORD) -> Desk:
        return unlocking.unlock(self.folder, name, password)


@pytest.fixture
def scene(tmp_path: Path) -> Scene:
    desk = open_small_shelter(tmp_path / "shelter")
    user = user_accounts.add(desk, "Agent B", Role.STOREKEEPER, OTHER)
    desk.close()
    return Scene(desk.folder, user)


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.AUDITOR, Role.CASE_WORKER])
def test_a_role_written_by_hand_is_put_right_and_the_journal_says_so(scene: Scene, role: Role) -> None:
    scene.write(f"UPDATE users SET role = '{role.value}' WHERE id = {scene.storekeeper}")
    with scene.unlock("Agent B", OTHER) as desk:
        assert desk.role is Role.STOREKEEPER
    with scene.unlock() as manager, manager.reading() as connection:
        actions = connection.execute(text("SELECT action FROM journal WHERE action = 'role_restored'")).scalars().all()
    assert actions == ["role_restored"]


def test_a_plain_reset_gives_the_role_that_was_signed(scene: Scene) -> None:
    scene.write(f"UPDATE users SET role = 'director' WHERE id = {scene.storekeeper}")
    with scene.unlock() as manager:
        assert {one.name: one.role for one in user_accounts.people(manager)}["Agent B"] is Role.STOREKEEPER
        user_accounts.reset(manager, scene.storekeeper, NEW)
    held = key_opening.open_with_password(scene.folder, "Agent B", NEW, None)
    assert (held.role, held.keys.identity, held.keys.management) == (Role.STOREKEEPER, None, None)


def test_who_was_suspended_is_not_active_because_the_file_says_so(scene: Scene) -> None:
    with scene.unlock() as manager:
        user_accounts.suspend(manager, scene.storekeeper)
        with manager.database.transaction(Changes()) as connection:
            connection.execute(text(f"UPDATE users SET active = 1, role = 'director' WHERE id = {scene.storekeeper}"))
        assert [one.name for one in user_accounts.people(manager) if not one.is_active] == ["Agent B"]


def test_everybody_seals_for_the_box_that_a_manager_signed(scene: Scene) -> None:
    own = OpenBox(new_private()).public.hex()
    scene.write(f"UPDATE settings SET value = '{own}' WHERE key = '{sealed_boxes.PUBLIC}'")
    with scene.unlock("Agent B", OTHER) as desk, desk.reading() as connection:
        public = settings.read(connection)[sealed_boxes.PUBLIC]
        line = connection.execute(text("SELECT action FROM journal ORDER BY seq DESC")).scalars().first()
    assert (public != own, bytes.fromhex(public) == slot_list.box(scene.folder), line) == (True, True, "box_restored")


@pytest.mark.parametrize(("name", "password"), [("Agent A", PASSWORD), ("Agent B", OTHER)])
def test_a_box_written_while_the_desk_is_open_is_not_sealed_for(scene: Scene, name: str, password: str) -> None:
    own = OpenBox(new_private())
    with scene.unlock(name, password) as desk:
        scene.write(f"UPDATE settings SET value = '{own.public.hex()}' WHERE key = '{sealed_boxes.PUBLIC}'")
        told = incidents.report(desk, FIGHT, IncidentContent("Ils sont venus", "Séparés"))
        with desk.database.transaction(Changes()) as connection:  # who has no key sees what it wrote there alone
            row = connection.execute(text("SELECT seal FROM incidents WHERE id = :id"), {"id": told.id}).one()
        with pytest.raises(Damaged):
            own.unseal("incidents", "seal", told.id, row.seal)
    with scene.unlock() as manager:
        assert incidents.read(manager, told.id).facts == "Ils sont venus"


def test_a_list_that_no_box_was_signed_in_seals_for_no_box_of_the_settings(scene: Scene) -> None:
    with scene.unlock() as manager:
        keys.vouch(scene.folder, manager.keys, after=9, box=b"")
    with scene.unlock("Agent B", OTHER) as desk, pytest.raises(BoxMissing):
        incidents.report(desk, FIGHT, IncidentContent("Ils sont venus", "Séparés"))


@pytest.mark.parametrize("gone", ["box_public", "box_private", "box_%"])
def test_a_box_that_was_taken_away_is_made_good_by_a_manager(scene: Scene, gone: str) -> None:
    with scene.unlock() as manager:
        incidents.report(manager, FIGHT, IncidentContent("Avant", "Séparés"))
    scene.write(f"DELETE FROM settings WHERE key LIKE '{gone}'")
    with scene.unlock("Agent B", OTHER) as desk:
        if gone == "box_public":  # a manager signed it
            incidents.report(desk, FIGHT, IncidentContent("Sans", "Séparés"))
        else:
            with pytest.raises(BoxMissing):
                incidents.report(desk, FIGHT, IncidentContent("Sans", "Séparés"))
    scene.unlock().close()
    with scene.unlock("Agent B", OTHER) as desk:
        last = incidents.report(desk, FIGHT, IncidentContent("Après", "Séparés"))
    with scene.unlock() as manager:
        assert incidents.read(manager, last.id).facts == "Après"


class Cut(BaseException):
    """The power is gone."""


@pytest.fixture(params=["before the commit", "before the file takes its place"])
def cut(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """The next change of slots is cut there; nothing tidies up afterwards."""

    def gone(*_: object, **__: object) -> None:
        raise Cut

    where = "keep" if request.param == "before the commit" else "take_next"
    monkeypatch.setattr(slot_versions if where == "keep" else key_file, where, gone)
    monkeypatch.setattr(key_file, "drop_next", lambda _folder: None)
    return str(request.param)


def test_a_password_that_a_cut_left_half_changed_is_the_one_or_the_other(
    scene: Scene, cut: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = scene.unlock("Agent B", OTHER)
    with pytest.raises(Cut):
        user_accounts.change_password(desk, OTHER, NEW)
    desk.close()
    monkeypatch.undo()
    good, bad = (NEW, OTHER) if cut == "before the file takes its place" else (OTHER, NEW)
    with pytest.raises(WrongPassword):
        scene.unlock("Agent B", bad)
    scene.unlock("Agent B", good).close()
    assert not (scene.folder / keys.NEXT).exists()
    with pytest.raises(WrongPassword):
        scene.unlock("Agent B", bad)


def test_a_recovery_key_that_nobody_saw_is_owed(scene: Scene, cut: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with scene.unlock() as manager:
        recovery_sheet.prove(manager)
    desk = scene.unlock()
    with pytest.raises(Cut):
        recovery_key.replace(desk, PASSWORD)
    desk.close()
    monkeypatch.undo()
    with scene.unlock() as manager:
        assert recovery_sheet.is_owed(manager) is (cut == "before the file takes its place")


def test_what_was_made_ready_and_does_not_count_is_not_obeyed(scene: Scene) -> None:
    """An older file of keys under that name would bring back who has no slot any more."""
    former = (scene.folder / keys.FILE).read_bytes()
    with scene.unlock() as manager:
        user_accounts.suspend(manager, scene.storekeeper)
    (scene.folder / keys.NEXT).write_bytes(former)
    with pytest.raises(WrongPassword):
        scene.unlock("Agent B", OTHER)
    scene.unlock().close()
    assert not (scene.folder / keys.NEXT).exists()


def test_a_list_that_somebody_made_ready_takes_no_place_whatever_the_database_says(scene: Scene) -> None:
    """The turns can be written by whoever has the key of the file; the list they would bring in no manager signed."""
    before = (scene.folder / keys.FILE).read_bytes()
    with scene.unlock() as manager, manager.database.transaction(Changes()) as connection:
        settings.write(connection, {"slot_turns": json.dumps({str(slot_list.LIST): 99})})
    key_file.write(scene.folder, key_file.read(scene.folder).signed(bytes(range(32)), turn=99), keys.NEXT)
    with pytest.raises(Damaged):  # the file of keys is older than the database says
        scene.unlock()
    assert (scene.folder / keys.FILE).read_bytes() == before


def test_what_nobody_can_read_under_that_name_keeps_nobody_out(scene: Scene) -> None:
    (scene.folder / keys.NEXT).write_bytes(b"{")
    with pytest.raises(WrongPassword):
        scene.unlock("Agent A", "six calebasses rondes")
    scene.unlock().close()
    assert not (scene.folder / keys.NEXT).exists()


def test_a_change_of_keys_begins_only_where_there_is_room(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = scene.unlock()
    before = (scene.folder / keys.FILE).read_bytes(), sorted(scene.folder.iterdir())

    def full(folder: Path, wanted: int) -> None:
        assert wanted > (scene.folder / opening.DATABASE).stat().st_size
        raise DiskFull(str(folder))

    monkeypatch.setattr(files, "check_room", full)
    with pytest.raises(DiskFull):
        key_change.change_keys(desk, PASSWORD)
    assert ((scene.folder / keys.FILE).read_bytes(), sorted(scene.folder.iterdir())) == before
    desk.close()
    scene.unlock().close()


def test_a_file_beside_that_the_keys_open_does_not_take_the_place_of_the_newer_one(scene: Scene) -> None:
    former = (scene.folder / opening.DATABASE).read_bytes()
    with scene.unlock() as manager:
        user_accounts.add(manager, "Agent C", Role.AUDITOR, NEW)
    (scene.folder / f"{opening.DATABASE}.rekeyed").write_bytes(former)
    with scene.unlock() as manager:
        assert "Agent C" in {one.name for one in user_accounts.people(manager)}
    assert key_file.read(scene.folder).is_signed()


def test_what_a_cut_left_of_replacing_a_file_is_swept_at_the_opening(scene: Scene) -> None:
    left = [scene.folder / f".{name}.abcd1234" for name in (keys.FILE, "shelter.head", "shelter.tries")]
    for one in left:
        one.write_bytes(b"half")
    scene.unlock().close()
    assert ([one for one in left if one.exists()], core_dumps.forbid.cache_info().currsize) == ([], 1)


@pytest.mark.parametrize(
    "nonsense",
    [
        "INSERT INTO users(id, name, role, active) VALUES(90, 'Z', 'boss', 1)",
        "UPDATE users SET role = 'boss'",
        "INSERT INTO settings VALUES('slot_turns', 'nonsense') ON CONFLICT(key) DO UPDATE SET value = 'nonsense'",
        "UPDATE settings SET value = '[1]' WHERE key = 'slot_turns'",
        'UPDATE settings SET value = \'{"x": 1, "2": "y", "3": 1e999}\' WHERE key = \'slot_turns\'',
        "UPDATE settings SET value = 'zz' WHERE key = 'box_public'",
        "UPDATE settings SET value = '00' WHERE key = 'box_public'",
        *(
            f"INSERT INTO drafts(user_id, form, saved_at, body) VALUES(1, 'admission', '{at}', {body})"
            for at, body in (
                ("2026-11-28T10:00:00", "cast('text:[[' AS BLOB)"),
                ("2026-11-28T10:00:00", "cast('text:[1]' AS BLOB)"),
                ("2026-11-28T10:00:00", "cast('text:{\"a\": 1}' AS BLOB)"),
                ("2026-11-28T10:00:00", "x'746578743aff'"),
                ("2026-11-28T10:00:00", "'words'"),
                ("2026-11-28T10:00:00", "99999999999"),
                ("yesterday", "cast('text:{}' AS BLOB)"),
            )
        ),
    ],
)
def test_nonsense_in_the_rows_keeps_nobody_out(scene: Scene, nonsense: str) -> None:
    signed = slot_list.box(scene.folder)
    scene.write(nonsense)
    for name, password in (("Agent A", PASSWORD), ("Agent B", OTHER)):
        with scene.unlock(name, password) as desk:
            assert desk.role is (Role.DIRECTOR if name == "Agent A" else Role.STOREKEEPER)
            assert drafts.mine(desk) == []
            drafts.keep(desk, "admission", {"a": "b"})
            assert drafts.find(desk, "admission") is not None
            drafts.forget(desk, "admission")
            with desk.reading() as connection:
                assert sealed_boxes.public(connection) == signed
    with scene.unlock() as manager:
        assert {one.name for one in user_accounts.people(manager) if one.is_active} == {"Agent A", "Agent B"}
