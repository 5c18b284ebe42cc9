"""Slots with a pair of keys: other keys are put into everybody's slot without anybody's password."""

import json
import secrets
import shutil
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from shelter_desk.domain.errors import SlotOutdated, WrongPassword
from shelter_desk.domain.ids import UserId
from shelter_desk.domain.rights import Role
from shelter_desk.storage.keys import key_file, key_opening, keys, pairs, slot_list
from shelter_desk.storage.keys.keys import KdfCost, Keys
from shelter_desk.storage.rekeying import key_change
from tests import OLD_FILES
from tests.operations.shelter import PASSWORD as OLD_PASSWORD

CHEAP = KdfCost(memory=64, time=1, parallelism=1)
DIRECTOR, SECOND = UserId(1), UserId(2)
PASSWORD, OTHER = "trois manguiers verts", "quatre greniers ronds"


@pytest.fixture
def made(tmp_path: Path) -> tuple[Path, Keys]:
    """A manager and a storekeeper."""
    held, _ = keys.create(tmp_path, "Agent A", PASSWORD, Role.DIRECTOR, DIRECTOR, None, cost=CHEAP)
    keys.add_slot(tmp_path, held, "Agent B", OTHER, Role.STOREKEEPER, SECOND, None)
    return tmp_path, held


def refill(folder: Path, old: Keys, people: dict[UserId, Role]) -> tuple[Keys, set[UserId]]:
    new = keys.new_keys()
    file, left = key_change.refilled(folder, old, new, people)
    key_file.write(folder, file)
    return new, left


EVERYBODY = {DIRECTOR: Role.DIRECTOR, SECOND: Role.STOREKEEPER}


def test_everybody_opens_with_the_password_they_have_and_gets_the_new_keys_of_the_role(made: tuple[Path, Keys]) -> None:
    folder, old = made
    new, left = refill(folder, old, EVERYBODY)
    assert not left
    assert key_opening.open_with_password(folder, "Agent A", PASSWORD, None).keys == new
    assert key_opening.open_with_password(folder, "Agent B", OTHER, None).keys == Keys(new.database)


def test_the_recovery_key_opens_the_new_keys(tmp_path: Path) -> None:
    old, recovery_key = keys.create(tmp_path, "Agent A", PASSWORD, Role.DIRECTOR, DIRECTOR, None, cost=CHEAP)
    new, _ = refill(tmp_path, old, {DIRECTOR: Role.DIRECTOR})
    assert key_opening.open_with_recovery_key(tmp_path, recovery_key).keys == new


def test_somebody_who_may_not_open_any_more_gets_no_new_keys(made: tuple[Path, Keys]) -> None:
    folder, old = made
    refill(folder, old, {DIRECTOR: Role.DIRECTOR})
    with pytest.raises(WrongPassword):
        key_opening.open_with_password(folder, "Agent B", OTHER, None)


def test_a_slot_that_was_put_into_the_file_by_hand_gets_no_new_keys(made: tuple[Path, Keys], tmp_path: Path) -> None:
    folder, old = made
    stranger = tmp_path / "stranger"
    stranger.mkdir()
    keys.create(stranger, "Intrus", OTHER, Role.DIRECTOR, SECOND, None, cost=CHEAP)
    told, forged = (json.loads((at / keys.FILE).read_text()) for at in (folder, stranger))
    told["slots"][-1] = forged["slots"][0]
    (folder / keys.FILE).write_text(json.dumps(told))
    _, left = refill(folder, old, {DIRECTOR: Role.DIRECTOR, SECOND: Role.DIRECTOR})
    assert left == {SECOND}
    assert all(slot.user != SECOND for slot in key_file.read(folder).slots)


def test_a_slot_of_another_role_than_the_account_gets_no_new_keys(made: tuple[Path, Keys]) -> None:
    folder, old = made
    _, left = refill(folder, old, {DIRECTOR: Role.DIRECTOR, SECOND: Role.AUDITOR})
    assert left == {SECOND}


def test_what_was_sealed_to_one_pair_opens_with_no_other() -> None:
    private, other = X25519PrivateKey.generate(), X25519PrivateKey.generate()
    sealed = pairs.sealed_to(private.public_key().public_bytes_raw(), b"keys", b"told")
    assert pairs.opened_with(private.private_bytes_raw(), sealed, b"told") == b"keys"
    for key, told in ((other.private_bytes_raw(), b"told"), (private.private_bytes_raw(), b"other")):
        with pytest.raises(InvalidTag):
            pairs.opened_with(key, sealed, told)


def test_a_slot_of_the_first_format_is_listed_when_a_manager_comes(tmp_path: Path) -> None:
    shutil.copytree(OLD_FILES / "0003", tmp_path / "old")
    folder = tmp_path / "old"
    assert not any(slot.public for slot in key_file.read(folder).slots)
    key_opening.open_with_password(folder, "Agent B", OLD_PASSWORD, None)
    opened = key_opening.open_with_password(folder, "Agent A", OLD_PASSWORD, None)
    assert slot_list.roles(folder) == {opened.user_id: Role.DIRECTOR}
    assert key_opening.open_with_password(folder, "Agent A", OLD_PASSWORD, None) == opened
    with pytest.raises(SlotOutdated):
        key_opening.open_with_password(folder, "Agent B", OLD_PASSWORD, None)


def test_a_slot_of_the_first_format_cannot_be_given_other_keys(tmp_path: Path) -> None:
    shutil.copytree(OLD_FILES / "0003", tmp_path / "old")
    old = key_opening.open_with_password(tmp_path / "old", "Agent A", OLD_PASSWORD, None).keys
    file, left = key_change.refilled(
        tmp_path / "old", old, keys.new_keys(), {DIRECTOR: Role.DIRECTOR, SECOND: Role.CASE_WORKER}
    )
    assert left == {SECOND}
    _, recovery_key = key_change.with_recovery_key(file, old, DIRECTOR)
    assert recovery_key


def test_a_recovery_key_that_is_there_is_kept(made: tuple[Path, Keys]) -> None:
    folder, old = made
    file, _ = key_change.refilled(folder, old, keys.new_keys(), EVERYBODY)
    assert key_change.with_recovery_key(file, old, DIRECTOR) == (file, None)


def test_a_cut_or_altered_pair_is_said_to_be_damaged_or_opens_nothing(made: tuple[Path, Keys]) -> None:
    folder, _ = made
    told = json.loads((folder / keys.FILE).read_text())
    told["slots"][0]["bundle"] = secrets.token_hex(90)
    (folder / keys.FILE).write_text(json.dumps(told))
    with pytest.raises(WrongPassword):
        key_opening.open_with_password(folder, "Agent A", PASSWORD, None)
