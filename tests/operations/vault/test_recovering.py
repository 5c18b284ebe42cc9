"""The recovery key in the hands of somebody else than who made it, and older files of keys put back."""

import json
import shutil
from pathlib import Path

import pytest

from shelter_desk.domain.changes import Changes
from shelter_desk.domain.errors import Damaged, SlotsAltered
from shelter_desk.domain.ids import UserId
from shelter_desk.domain.rights import Role
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import integrity_check, key_change, recovery_key, unlocking
from shelter_desk.storage.file import journal, settings
from shelter_desk.storage.keys import key_opening, keys, slot_list, slot_versions
from tests.operations.shelter import PASSWORD, QUICK

OTHER, NEW = "deux citrons jaunes", "cinq oranges mûres"


@pytest.fixture
def made(tmp_path: Path) -> tuple[Path, str]:
    """A shelter of Agent A and Agent B, both managers, and its recovery key, made by Agent A."""
    created = unlocking.create(tmp_path / "shelter", "Maison des Essais", "Gao", "Agent A", PASSWORD, cost=QUICK)
    with created.desk as desk:
        user_accounts.add(desk, "Agent B", Role.DIRECTOR, OTHER)
    return tmp_path / "shelter", created.recovery_key


def known(desk: Desk) -> dict[str, tuple[Role, bool]]:
    return {one.name: (one.role, one.is_active) for one in user_accounts.people(desk)}


def test_another_manager_recovers_under_their_own_name(made: tuple[Path, str]) -> None:
    folder, key = made
    with unlocking.unlock_with_recovery_key(folder, key, " agent b", NEW) as desk:
        assert (desk.user_name, desk.role, known(desk)["Agent A"]) == ("Agent B", Role.DIRECTOR, (Role.DIRECTOR, True))
    unlocking.unlock(folder, "Agent A", PASSWORD).close()
    unlocking.unlock(folder, "Agent B", NEW).close()


def test_somebody_who_had_no_account_gets_one_and_nobody_is_renamed(made: tuple[Path, str]) -> None:
    folder, key = made
    with unlocking.unlock_with_recovery_key(folder, key, "Agent C", NEW) as desk:
        assert set(known(desk)) == {"Agent A", "Agent B", "Agent C"}
        with desk.reading() as connection:
            last = list(journal.lines(connection))[-1]
        assert (last.user, last.action) == (desk.user, "recovered")
    unlocking.unlock(folder, "Agent A", PASSWORD).close()


def test_who_recovers_is_a_manager_whatever_the_account_was(made: tuple[Path, str]) -> None:
    folder, key = made
    with unlocking.unlock(folder, "Agent B", OTHER) as desk:
        one = next(one.id for one in user_accounts.people(desk) if one.name == "Agent A")
        user_accounts.suspend(desk, one)
    with unlocking.unlock_with_recovery_key(folder, key, "Agent A", NEW) as desk:
        assert known(desk)["Agent A"] == (Role.DIRECTOR, True)
        changed = key_change.change_keys(desk, NEW)
    assert changed.left_out == ()
    with unlocking.unlock(folder, "Agent A", NEW) as desk:
        assert desk.role is Role.DIRECTOR


def test_a_suspended_account_does_not_open_with_an_older_file_of_keys(made: tuple[Path, str]) -> None:
    folder, _ = made
    shutil.copy2(folder / keys.FILE, folder / "kept")
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        user_accounts.suspend(desk, next(one.id for one in user_accounts.people(desk) if one.name == "Agent B"))
    shutil.copy2(folder / "kept", folder / keys.FILE)
    with pytest.raises(Damaged) as refused:
        unlocking.unlock(folder, "Agent B", OTHER)
    assert refused.value.part == "older_keys"


def test_a_password_that_was_changed_does_not_open_with_an_older_file_of_keys(made: tuple[Path, str]) -> None:
    folder, _ = made
    shutil.copy2(folder / keys.FILE, folder / "kept")
    with unlocking.unlock(folder, "Agent B", OTHER) as desk:
        user_accounts.change_password(desk, OTHER, NEW)
    shutil.copy2(folder / "kept", folder / keys.FILE)
    with pytest.raises(Damaged) as refused:
        unlocking.unlock(folder, "Agent B", OTHER)
    assert refused.value.part == "older_keys"
    with pytest.raises(Damaged):  # who manages would sign a list of before
        unlocking.unlock(folder, "Agent A", PASSWORD)


def test_an_older_recovery_key_does_not_open_with_an_older_file_of_keys(made: tuple[Path, str]) -> None:
    folder, key = made
    shutil.copy2(folder / keys.FILE, folder / "kept")
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        recovery_key.replace(desk, PASSWORD)
    shutil.copy2(folder / "kept", folder / keys.FILE)
    with pytest.raises(Damaged):
        unlocking.unlock_with_recovery_key(folder, key, "Agent A", NEW)


def test_a_slot_that_went_into_the_file_before_the_current_failed_opens(made: tuple[Path, str]) -> None:
    folder, _ = made
    opened = key_opening.open_with_password(folder, "Agent A", PASSWORD, None)
    keys.replace_slot(folder, opened.keys, "Agent B", NEW, Role.DIRECTOR, last_user(folder), None)
    with unlocking.unlock(folder, "Agent B", NEW) as desk:
        user_accounts.change_password(desk, NEW, OTHER)
    unlocking.unlock(folder, "Agent B", OTHER).close()


def last_user(folder: Path) -> UserId:
    return UserId(max(slot_list.turns(folder)))


def test_older_keys_open_nothing_after_a_role_was_taken_away(
    made: tuple[Path, str],
) -> None:
    folder, _ = made
    shutil.copy2(folder / keys.FILE, folder / "kept")
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        one = next(one.id for one in user_accounts.people(desk) if one.name == "Agent B")
        user_accounts.reset(desk, one, OTHER, Role.STOREKEEPER)
        with desk.database.transaction(Changes()) as connection:  # as if the turn had been lost
            told = {str(user): turn for user, turn in slot_versions.read(connection).items() if user != one}
            settings.write(connection, {"slot_turns": json.dumps(told)})
    shutil.copy2(folder / "kept", folder / keys.FILE)
    with pytest.raises(Damaged) as refused:  # the journal tells that there are later ones
        unlocking.unlock(folder, "Agent B", OTHER)
    assert refused.value.part == "older_keys"


@pytest.mark.parametrize("part", ["sealed", "bundle", "salt", "nonce", "signer", "public"])
@pytest.mark.parametrize("kind", ["user", "recovery"])
def test_a_flipped_digit_in_the_slot_of_somebody_else_is_found(made: tuple[Path, str], kind: str, part: str) -> None:
    folder, _ = made
    told = json.loads((folder / keys.FILE).read_text())
    slot = next(one for one in told["slots"] if one["kind"] == kind and (kind == "recovery" or one["user"] != 1))
    slot[part] = ("0" if slot[part][0] != "0" else "1") + slot[part][1:]
    (folder / keys.FILE).write_text(json.dumps(told))
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk, pytest.raises(SlotsAltered) as found:
        integrity_check.check(desk)
    assert (found.value.names, found.value.recovery) == ((), True) if kind == "recovery" else (("Agent B",), False)


def test_a_recovery_slot_that_is_gone_is_found(made: tuple[Path, str]) -> None:
    folder, _ = made
    told = json.loads((folder / keys.FILE).read_text())
    told["slots"] = [one for one in told["slots"] if one["kind"] == "user"]
    (folder / keys.FILE).write_text(json.dumps(told))
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk, pytest.raises(SlotsAltered) as found:
        integrity_check.check(desk)
    assert found.value.recovery
