"""Slots that somebody with the key of the file wrote into `keys.json`, and what the next acts make of them."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import text

from shelter_desk.domain.errors import Damaged, SlotsAltered, WrongPassword, WrongRecoveryKey
from shelter_desk.domain.ids import UserId
from shelter_desk.domain.rights import Role
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import integrity_check, key_change, recovery_key
from shelter_desk.storage.file import sealed_boxes, settings
from shelter_desk.storage.keys import key_file, key_opening, keys, slot_list, slots
from shelter_desk.storage.keys.passwords import stretch
from shelter_desk.words.refusals.errors import sentence
from tests.operations.shelter import PASSWORD
from tests.operations.users.test_from_inside import NEW, OTHER, Scene, scene

__all__ = ["scene"]

MINE = "onze kapokiers hauts"
STRANGER = UserId(77)
SEED = bytes(range(32))


def planted(folder: Path, of: slots.Slot, secret: bytes) -> slots.Slot:
    """The slot with a pair of my own, in place of whoever's it pretends to be; it holds what every role holds."""
    database = key_opening.open_with_password(folder, "Agent B", OTHER, None).keys.database
    file, private = key_file.read(folder), X25519PrivateKey.generate()
    assert file.vouched is not None
    made = replace(of, public=private.public_key().public_bytes_raw())
    made = file.rewrapped(made, secret, slots.Private(private.private_bytes_raw(), SEED, file.vouched.managers))
    made = file.marked(file.filled(made, {"database": database.hex()}), database)
    others = tuple(one for one in file.slots if one.owner != made.owner)
    key_file.write(folder, replace(file, slots=(*others, made)))
    return made


def plant(folder: Path, user: UserId = STRANGER, role: Role = Role.DIRECTOR) -> slots.Slot:
    kdf = key_file.read(folder).kdf
    made = slots.new_slot(slots.USER, user, role, None, 1)
    return planted(folder, made, stretch("Agent X", MINE, kdf.salt, kdf.cost))


def listed(folder: Path) -> set[int]:
    vouched = key_file.read(folder).vouched
    return set() if vouched is None else {one.user for one in vouched.slots if one.public}


def actions(desk: Desk) -> list[str]:
    with desk.reading() as connection:
        return list(connection.execute(text("SELECT action FROM journal ORDER BY seq")).scalars())


def own_list(folder: Path) -> None:
    """The list in the file becomes one that I signed."""
    file = key_file.read(folder)
    assert file.vouched is not None
    key_file.write(folder, file.signed(SEED, turn=file.vouched.turn))


Act = Callable[[Desk, UserId], object]
ACTS: dict[str, Act] = {
    "add": lambda desk, _: user_accounts.add(desk, "Agent G", Role.AUDITOR, NEW),
    "reset": lambda desk, user: user_accounts.reset(desk, user, NEW),
    "suspend": user_accounts.suspend,
    "own password": lambda desk, _: user_accounts.change_password(desk, PASSWORD, NEW),
    "recovery key": lambda desk, _: recovery_key.replace(desk, PASSWORD),
}


@pytest.mark.parametrize("act", ACTS)
def test_no_act_of_a_manager_lists_a_slot_that_was_planted(scene: Scene, act: str) -> None:
    plant(scene.folder)
    scene.write(f"INSERT INTO users(id, name, role, active) VALUES({STRANGER}, 'Agent X', 'director', 1)")
    with scene.unlock() as manager:
        ACTS[act](manager, scene.storekeeper)
        assert STRANGER not in listed(scene.folder)
        assert all(slot.user != STRANGER for slot in key_file.read(scene.folder).slots)
        assert actions(manager).count("slots_dropped") == 1
    with pytest.raises(WrongPassword):
        key_opening.open_with_password(scene.folder, "Agent X", MINE, None)


@pytest.mark.parametrize("act", ACTS)
def test_a_list_that_somebody_swapped_while_the_desk_is_open_is_not_signed_again(scene: Scene, act: str) -> None:
    with scene.unlock() as manager:
        own_list(scene.folder)
        before = (scene.folder / keys.FILE).read_bytes()
        with pytest.raises(Damaged) as refused:
            ACTS[act](manager, scene.storekeeper)
        assert (refused.value.part, (scene.folder / keys.FILE).read_bytes()) == ("keys", before)
        assert not (scene.folder / keys.NEXT).exists()


@pytest.mark.parametrize("act", ACTS)
def test_an_older_list_put_back_while_the_desk_is_open_is_not_signed_again(scene: Scene, act: str) -> None:
    former = (scene.folder / keys.FILE).read_bytes()
    with scene.unlock() as manager:
        gone = user_accounts.add(manager, "Agent H", Role.AUDITOR, MINE)
        user_accounts.suspend(manager, gone)
        (scene.folder / keys.FILE).write_bytes(former)
        with pytest.raises(Damaged) as refused:
            ACTS[act](manager, scene.storekeeper)
        assert refused.value.part == "older_keys"


def test_a_slot_in_place_of_somebodys_is_dropped_and_theirs_is_asked_for_until_they_have_one(scene: Scene) -> None:
    kdf = key_file.read(scene.folder).kdf
    of = slots.new_slot(slots.USER, scene.storekeeper, Role.STOREKEEPER, None, 1)
    planted(scene.folder, of, stretch("Agent X", MINE, kdf.salt, kdf.cost))
    with scene.unlock() as manager:
        user_accounts.add(manager, "Agent G", Role.AUDITOR, NEW)
        with pytest.raises(SlotsAltered) as found:
            integrity_check.check_slots(manager)
        assert (found.value.names, found.value.recovery, found.value.unknown) == (("Agent B",), False, 0)
        user_accounts.reset(manager, scene.storekeeper, OTHER)
        integrity_check.check_slots(manager)
    assert key_opening.open_with_password(scene.folder, "Agent B", OTHER, None).role is Role.STOREKEEPER


def test_a_planted_recovery_key_is_not_signed_because_the_box_was_taken_away(scene: Scene) -> None:
    key = keys.new_recovery_key()
    of = slots.new_slot(slots.RECOVERY, 1, Role.DIRECTOR, None, 1)
    planted(scene.folder, of, keys.read_recovery_key(key).encode())
    scene.write("DELETE FROM settings WHERE key LIKE 'box_%'")
    with scene.unlock() as manager:
        with manager.reading() as connection:
            assert sealed_boxes.public(connection) == slot_list.box(scene.folder)
        assert {"box_renewed", "slots_dropped"} <= set(actions(manager))
        with pytest.raises(SlotsAltered) as found:
            integrity_check.check_slots(manager)
        assert found.value.recovery
        assert key_change.change_keys(manager, PASSWORD).recovery_key
    with pytest.raises(WrongRecoveryKey):
        key_opening.open_with_recovery_key(scene.folder, key)


def test_nobody_vouches_for_a_bundle_that_was_swapped_while_they_were_at_the_desk(scene: Scene) -> None:
    with scene.unlock("Agent B", OTHER) as desk:
        file = key_file.read(scene.folder)
        own = next(slot for slot in file.slots if slot.user == scene.storekeeper)
        bundle = {"database": desk.keys.database.hex(), "identity": "11" * 32}
        mine = file.marked(file.filled(own, bundle), desk.keys.database)
        key_file.write(scene.folder, replace(file, slots=tuple(mine if one is own else one for one in file.slots)))
        with pytest.raises(WrongPassword):
            keys.replace_own_slot(scene.folder, "Agent B", OTHER, NEW, None)
        assert not key_file.read(scene.folder).is_listed(mine)


def test_a_slot_of_an_account_that_no_manager_made_is_said(scene: Scene) -> None:
    plant(scene.folder)
    with scene.unlock() as manager, pytest.raises(SlotsAltered) as found:
        integrity_check.check_slots(manager)
    assert (found.value.names, found.value.unknown) == ((), 1)
    assert "unknown account" in sentence(found.value)


def test_who_has_a_planted_slot_is_not_shown_as_somebody_who_may_open(scene: Scene) -> None:
    plant(scene.folder)
    scene.write(f"INSERT INTO users(id, name, role, active) VALUES({STRANGER}, 'Agent X', 'director', 1)")
    with scene.unlock() as manager:
        assert {one.name for one in user_accounts.people(manager) if one.is_active} == {"Agent A", "Agent B"}


def test_nobody_lets_the_turns_run_out(scene: Scene) -> None:
    """Whoever proves their own slot numbers it, and whoever has the key of the file writes what it knows of turns."""
    last = 10**15 - 1
    file = key_file.read(scene.folder)
    own = next(slot for slot in file.slots if slot.user == scene.storekeeper)
    secret = stretch("Agent B", OTHER, file.kdf.salt, file.kdf.cost)
    found = file.unwrap(own, secret)
    assert found is not None
    held, private = found
    assert private is not None
    made = file.wrap(replace(own, id=f"{last}-00aa"), secret, held, private.managers, private.seed)
    made = file.marked(file.proven(made, private.seed), bytes.fromhex(held["database"]))
    key_file.write(scene.folder, replace(file, slots=tuple(made if one is own else one for one in file.slots)))
    assert key_file.read(scene.folder).is_listed(made)
    with scene.unlock() as manager:
        with manager.database.transaction(user_accounts.PEOPLE) as connection:
            settings.write(connection, {"slot_turns": f'{{"5": {last}}}'})
        for name, password in (("Agent G", NEW), ("Agent H", MINE)):
            user_accounts.add(manager, name, Role.AUDITOR, password)
    key_opening.open_with_password(scene.folder, "Agent H", MINE, None)
