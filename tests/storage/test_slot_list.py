"""The list of slots that managers sign: what somebody inside writes into `keys.json` is not obeyed."""

import hmac
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from shelter_desk.domain.errors import Damaged, KeysOutdated, SlotOutdated, WrongPassword
from shelter_desk.domain.ids import UserId
from shelter_desk.domain.rights import Role
from shelter_desk.storage.keys import altered_slots, key_file, key_opening, keys, pairs, passwords, slot_list, slots
from shelter_desk.storage.keys.keys import FILE, KdfCost, Keys
from shelter_desk.storage.rekeying import key_change
from tests import OLD_FILES
from tests.operations.shelter import PASSWORD as OLD_PASSWORD

CHEAP = KdfCost(memory=64, time=1, parallelism=1)
MANAGER, STORE, CASE = UserId(1), UserId(2), UserId(3)
PASSWORD, OTHER, THIRD = "trois manguiers verts", "quatre greniers ronds", "cinq pirogues bleues"
Made = tuple[Path, Keys, str]
ALL = {MANAGER: Role.DIRECTOR, STORE: Role.STOREKEEPER, CASE: Role.CASE_WORKER}


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """A manager, a storekeeper and a case worker; the keys of the manager, the recovery key."""
    held, recovery_key = keys.create(tmp_path, "Agent A", PASSWORD, Role.DIRECTOR, MANAGER, None, cost=CHEAP)
    keys.add_slot(tmp_path, held, "Agent B", OTHER, Role.STOREKEEPER, STORE, None)
    keys.add_slot(tmp_path, held, "Agent C", THIRD, Role.CASE_WORKER, CASE, None)
    return tmp_path, held, recovery_key


def alter(folder: Path, how: Callable[[dict[str, object]], object]) -> None:
    told = json.loads((folder / FILE).read_text())
    how(told)
    (folder / FILE).write_text(json.dumps(told))


def planted(folder: Path, database: bytes, **of: Any) -> X25519PrivateKey:
    """What a storekeeper can write with the key of the file: a slot of their own pair, with all that is in clear."""
    file, private = key_file.read(folder), X25519PrivateKey.generate()
    public = private.public_key().public_bytes_raw()
    slot = replace(slots.new_slot("user", MANAGER, Role.DIRECTOR, None, 9), public=public, nonce=bytes(12), **of)
    slot = replace(file.filled(slot, {"database": database.hex()}), sealed=b"sealed", signer=pairs.public_of(bytes(32)))
    slot = file.proven(slot, bytes(32))
    voucher = hmac.digest(database, b"as every role could", "sha256")
    key_file.write(folder, replace(file, slots=(*file.slots, replace(slot, voucher=voucher, mac=voucher))))
    return private


@pytest.mark.parametrize("of", [{}, {"kind": "recovery"}, {"user": STORE, "role": Role.STOREKEEPER}])
def test_a_planted_slot_gets_nothing_at_the_next_change_of_keys(
    made: tuple[Path, Keys, str], of: dict[str, Any]
) -> None:
    folder, held, _ = made
    private = planted(folder, held.database, **of)
    file, left = key_change.refilled(folder, held, keys.new_keys(), ALL)
    mine = private.public_key().public_bytes_raw()
    assert (left, [slot for slot in file.slots if slot.public == mine]) == (set(), [])


def test_a_slot_that_was_removed_and_is_put_back_gets_nothing(made: Made) -> None:
    folder, held, _ = made
    former = next(slot for slot in key_file.read(folder).slots if slot.user == CASE)
    keys.remove_slot(folder, held, CASE)
    file = key_file.read(folder)
    key_file.write(folder, replace(file, slots=(*file.slots, former)))
    with pytest.raises(WrongPassword):
        key_opening.open_with_password(folder, "Agent C", THIRD, None)
    new, left = key_change.refilled(folder, held, keys.new_keys(), ALL)
    assert (left, {slot.user for slot in new.slots}) == ({CASE}, {MANAGER, STORE})


def test_a_list_that_no_manager_signed_opens_nothing(made: Made) -> None:
    folder, held, _ = made
    file = key_file.read(folder)
    own = bytes(range(32))
    key_file.write(folder, file.signed(own, turn=9))
    for name, password in (("Agent A", PASSWORD), ("Agent B", OTHER)):
        with pytest.raises(Damaged) as refused:
            key_opening.open_with_password(folder, name, password, None)
        assert refused.value.part == "keys"
    with pytest.raises(Damaged):
        key_change.refilled(folder, held, keys.new_keys(), ALL)
    with pytest.raises(Damaged):
        altered_slots.altered(folder, held)


@pytest.mark.parametrize("how", [{"turn": 99}, {"box": "00" * 32}, {"slots": []}, {"earlier": [["00", "00"]]}])
def test_any_alteration_of_the_list_is_noticed(made: Made, how: dict[str, object]) -> None:
    folder, _, recovery_key = made
    alter(folder, lambda told: told["vouched"].update(how))  # type: ignore[attr-defined]
    with pytest.raises(Damaged):
        key_opening.open_with_password(folder, "Agent A", PASSWORD, None)
    with pytest.raises(Damaged):
        key_opening.open_with_recovery_key(folder, recovery_key)


@pytest.mark.parametrize("cost", [{"memory": 8}, {"time": 2}, {"salt": "11" * 16}])
def test_a_cost_that_was_altered_opens_nothing(made: Made, cost: dict[str, object]) -> None:
    folder, _, _ = made
    alter(folder, lambda told: told["kdf"].update(cost))  # type: ignore[attr-defined]
    with pytest.raises((WrongPassword, Damaged)):
        key_opening.open_with_password(folder, "Agent A", PASSWORD, None)


def test_a_cost_that_would_hold_the_computer_is_damaged(made: Made) -> None:
    folder, _, _ = made
    alter(folder, lambda told: told["kdf"].update(memory=1 << 20, parallelism=4))  # type: ignore[attr-defined]
    with pytest.raises(Damaged):
        keys.read_header(folder)


def test_somebody_who_is_no_manager_takes_another_password_and_keeps_their_keys(made: Made) -> None:
    folder, held, _ = made
    before = key_opening.open_with_password(folder, "Agent C", THIRD, None)
    keys.replace_own_slot(folder, "Agent C", THIRD, "six calebasses rondes", None)
    with pytest.raises(WrongPassword):
        key_opening.open_with_password(folder, "Agent C", THIRD, None)
    after = key_opening.open_with_password(folder, "Agent C", "six calebasses rondes", None)
    assert (after.keys, after.own == before.own, altered_slots.altered(folder, held)) == (
        before.keys,
        False,
        altered_slots.Altered((), False),
    )
    new = keys.new_keys()
    file, left = key_change.refilled(folder, held, new, ALL)
    key_file.write(folder, file)
    opened = key_opening.open_with_password(folder, "Agent C", "six calebasses rondes", None).keys
    assert (left, opened) == (set(), Keys(new.database, new.identity, new.protection, night=new.night))


def test_who_lost_their_password_cannot_prove_another_pair(made: Made) -> None:
    folder, _, _ = made
    with pytest.raises(WrongPassword):
        keys.replace_own_slot(folder, "Agent C", "six calebasses rondes", "sept", None)


def test_managers_hand_over_and_everybody_follows(made: Made) -> None:
    folder, held, recovery_key = made
    for _ in range(3):
        new = keys.new_keys()
        file, _ = key_change.refilled(folder, held, new, ALL)
        key_file.write(folder, file)
        held = new
    assert key_opening.open_with_password(folder, "Agent B", OTHER, None).keys == Keys(held.database)
    assert key_opening.open_with_recovery_key(folder, recovery_key).keys == held
    pinned = key_file.read(folder)
    assert key_opening.open_with_password(folder, "Agent B", OTHER, None).keys == Keys(held.database)
    assert key_file.read(folder) == pinned  # who the managers are was learnt once


def test_who_was_a_manager_signs_nothing_after_the_keys_were_changed(made: Made) -> None:
    folder, held, _ = made
    new = keys.new_keys()
    file, _ = key_change.refilled(folder, held, new, ALL)
    key_file.write(folder, file)
    key_opening.open_with_password(folder, "Agent B", OTHER, None)  # and knows the new managers from now on
    assert held.management is not None
    key_file.write(folder, key_file.read(folder).signed(held.management, turn=99))
    with pytest.raises(Damaged):
        key_opening.open_with_password(folder, "Agent B", OTHER, None)
    with pytest.raises(Damaged):
        key_change.refilled(folder, new, keys.new_keys(), ALL)


def stripped(folder: Path, held: Keys) -> None:
    """The file as a program without lists wrote it, with keys of mine for everybody: pairs are public."""
    file = replace(key_file.read(folder), vouched=None)
    mine = replace(keys.new_keys(), database=held.database)
    made = []
    for slot in file.slots:
        plain = json.dumps(keys.bundle(keys.held(mine, slot.role))).encode()
        forged = replace(slot, proof=b"", bundle=pairs.sealed_to(slot.public, plain, file._told(slot)))
        made.append(file.marked(forged, held.database))
    key_file.write(folder, replace(file, slots=tuple(made)))


@pytest.mark.parametrize("forged", [True, False])
def test_a_file_whose_list_was_taken_away_opens_for_nobody(made: Made, forged: bool) -> None:
    folder, held, recovery_key = made
    if forged:
        stripped(folder, held)
    else:
        alter(folder, lambda told: told.update(format=2))
    before = (folder / FILE).read_bytes()
    for name, password in (("Agent A", PASSWORD), ("Agent B", OTHER), ("Agent C", THIRD)):
        with pytest.raises(Damaged) as refused:
            key_opening.open_with_password(folder, name, password, None)
        assert refused.value.part == "keys"
    with pytest.raises(Damaged):
        key_opening.open_with_recovery_key(folder, recovery_key)
    assert (folder / FILE).read_bytes() == before


def of_before(folder: Path, held: Keys, user: UserId, name: str, password: str) -> slots.Slot:
    """The slot as a program left it that knew no managers, listed by them and given the keys of the role."""
    file, pair = key_file.read(folder), X25519PrivateKey.generate()
    own = next(slot for slot in file.slots if slot.user == user)
    slot = replace(own, public=pair.public_key().public_bytes_raw(), signer=b"", proof=b"", nonce=bytes(12))
    key = slots._derived(passwords.stretch(name, password, file.kdf.salt, file.kdf.cost), slot)
    sealed = AESGCM(key).encrypt(slot.nonce, pair.private_bytes_raw(), file._told(slot))
    slot = file.filled(replace(slot, sealed=sealed), keys.bundle(keys.held(held, slot.role)))
    slot = file.marked(slot, held.database)
    kept = replace(file, slots=tuple(slot if one is own else one for one in file.slots))
    assert file.vouched is not None
    assert held.management is not None
    listed = kept.signed(held.management, turn=file.vouched.turn + 1)
    key_file.write(folder, listed)
    return slot


def test_who_never_learnt_who_the_managers_are_is_given_a_new_password(made: Made) -> None:
    """Anybody could have sealed the bundle to their pair, and signed the list that lies there."""
    folder, held, _ = made
    of_before(folder, held, CASE, "Agent C", THIRD)
    before = (folder / FILE).read_bytes()
    with pytest.raises(SlotOutdated):
        key_opening.open_with_password(folder, "Agent C", THIRD, None)
    with pytest.raises(WrongPassword):
        key_opening.open_with_password(folder, "Agent C", OTHER, None)
    assert (folder / FILE).read_bytes() == before
    assert altered_slots.altered(folder, held).users == (CASE,)
    keys.replace_slot(folder, held, "Agent C", THIRD, Role.CASE_WORKER, CASE, None)
    assert key_opening.open_with_password(folder, "Agent C", THIRD, None).keys == keys.held(held, Role.CASE_WORKER)


def test_who_never_learnt_who_the_managers_are_follows_nobody_who_signs(made: Made) -> None:
    folder, held, _ = made
    own = of_before(folder, held, CASE, "Agent C", THIRD)
    file = key_file.read(folder)
    mine = file.marked(file.filled(own, {"database": held.database.hex(), "identity": "11" * 32}), held.database)
    others = tuple(mine if one.id == own.id else one for one in file.slots)
    key_file.write(folder, replace(file, slots=others).signed(bytes(range(32)), turn=9))
    with pytest.raises((SlotOutdated, Damaged)):
        key_opening.open_with_password(folder, "Agent C", THIRD, None)


def test_a_slot_of_the_first_format_opens_nothing_beside_a_list(made: Made) -> None:
    folder, held, _ = made
    file = key_file.read(folder)
    for owner in (STORE, UserId(77)):
        slot = replace(slots.new_slot("user", owner, Role.DIRECTOR, None, 9), nonce=bytes(12))
        key = slots._derived(passwords.stretch("Agent X", "sept", file.kdf.salt, file.kdf.cost), slot)
        plain = json.dumps({"database": held.database.hex()}).encode()
        slot = replace(slot, sealed=AESGCM(key).encrypt(slot.nonce, plain, file._told(slot)))
        key_file.write(folder, replace(file, slots=(*file.slots, slot)))
        with pytest.raises(WrongPassword):
            key_opening.open_with_password(folder, "Agent X", "sept", None)
        assert altered_slots.altered(folder, held)


@pytest.mark.parametrize("schema", ["0003", "0004"])
def test_others_of_an_older_program_open_until_a_manager_came_and_then_ask_for_a_password(
    tmp_path: Path, schema: str
) -> None:
    shutil.copytree(OLD_FILES / schema, tmp_path / "old")
    folder = tmp_path / "old"
    before = key_opening.open_with_password(folder, "Agent B", OLD_PASSWORD, None)
    held = key_opening.open_with_password(folder, "Agent A", OLD_PASSWORD, None).keys
    with pytest.raises(SlotOutdated):
        key_opening.open_with_password(folder, "Agent B", OLD_PASSWORD, None)
    assert altered_slots.altered(folder, held) == altered_slots.Altered((STORE, CASE), True)
    assert slot_list.roles(folder) == {MANAGER: Role.DIRECTOR}  # what the others were nobody signed
    keys.replace_slot(folder, held, "Agent B", OLD_PASSWORD, before.role, before.user_id, None)
    keys.replace_recovery_key(folder, held, MANAGER)
    after = key_opening.open_with_password(folder, "Agent B", OLD_PASSWORD, None)
    assert (after.keys, altered_slots.altered(folder, held)) == (before.keys, altered_slots.Altered((CASE,), False))


@pytest.mark.parametrize("schema", ["0003", "0007", "0012", "0018"])
def test_a_file_of_an_older_program_gets_its_list_when_a_manager_comes(tmp_path: Path, schema: str) -> None:
    folder = tmp_path / "old"
    folder.mkdir()
    for source in (OLD_FILES / schema).iterdir():
        (folder / source.name).write_bytes(source.read_bytes())
    with pytest.raises(KeysOutdated):
        keys.replace_own_slot(folder, "Agent B", OLD_PASSWORD, THIRD, None)
    opened = key_opening.open_with_password(folder, "Agent A", OLD_PASSWORD, None)
    assert opened.keys.management is not None
    assert key_file.read(folder).is_signed(pairs.public_of(opened.keys.management))


@pytest.mark.parametrize(
    "of",
    [
        {"kdf": slots.Kdf(bytes(16), KdfCost(memory=512, time=9, parallelism=1))},
        {"kdf": slots.Kdf(bytes(16), KdfCost(memory=8, time=1, parallelism=1))},
        {"sealed": bytes(112)},
        {"salt": bytes(16)},
        {"id": "7-0000000000000000"},
    ],
    ids=["dearer", "cheaper", "sealed", "salt", "turn"],
)
@pytest.mark.parametrize("user", [MANAGER, CASE])
def test_what_a_password_opens_and_at_which_cost_is_on_the_list(
    made: Made, of: dict[str, Any], user: UserId, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever holds the key of the database can make the mac again."""
    folder, held, _ = made
    file = key_file.read(folder)
    own = next(slot for slot in file.slots if slot.user == user)
    forged = file.marked(replace(own, **of), held.database)
    key_file.write(folder, replace(file, slots=tuple(forged if one is own else one for one in file.slots)))
    costs: list[KdfCost] = []

    def counted(name: str, password: str, salt: bytes, cost: KdfCost) -> bytes:
        costs.append(cost)
        return passwords.stretch(name, password, salt, cost)

    monkeypatch.setattr(key_opening, "stretch", counted)
    for name, password in (("Agent A", PASSWORD), ("Agent C", THIRD)):
        if key_of(name) == user:
            with pytest.raises(WrongPassword):
                key_opening.open_with_password(folder, name, password, None)
        else:
            key_opening.open_with_password(folder, name, password, None)
    assert (set(costs), altered_slots.altered(folder, held).users) == ({CHEAP}, (user,))
    assert user in key_change.refilled(folder, held, keys.new_keys(), ALL)[1]


def key_of(name: str) -> UserId:
    return {"Agent A": MANAGER, "Agent B": STORE, "Agent C": CASE}[name]


def without_digests(folder: Path, held: Keys) -> None:
    """The list as a program signed it that knew the digests of bundles alone."""
    file = key_file.read(folder)
    assert file.vouched is not None
    assert held.management is not None
    bare = replace(file.vouched, slots=tuple(replace(one, sealed="") for one in file.vouched.slots))
    key_file.write(
        folder, replace(file, vouched=replace(bare, signature=pairs.signature(held.management, file._list_told(bare))))
    )


def test_a_list_of_before_opens_and_is_made_whole_by_the_next_signature(made: Made) -> None:
    folder, held, _ = made
    without_digests(folder, held)
    assert slot_list.is_bare(folder)
    key_opening.open_with_password(folder, "Agent C", THIRD, None)
    keys.replace_own_slot(folder, "Agent C", THIRD, OTHER, None)
    key_opening.open_with_password(folder, "Agent C", OTHER, None)
    assert not altered_slots.altered(folder, held)
    keys.sign_names(folder, held, {})
    assert not slot_list.is_bare(folder)
    assert key_opening.open_with_password(folder, "Agent C", OTHER, None).keys == keys.held(held, Role.CASE_WORKER)
