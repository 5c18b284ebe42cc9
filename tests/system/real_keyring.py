"""The secret of the computer in a real keyring (Secret Service); run by `test_real_keyring` in a session of its own."""

from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backends import SecretService

from shelter_desk.domain.errors import DeviceSecretMissing, WrongPassword, WrongRecoveryKey
from shelter_desk.domain.rights import Role
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import key_change, recovery_key, unlocking
from shelter_desk.storage.keys.keys import read_header
from shelter_desk.system import device_secret
from tests.operations.shelter import PASSWORD, QUICK

OTHER, NEW = "quatre greniers ronds", "cinq pirogues bleues"


@pytest.fixture(autouse=True)
def real_keyring() -> Iterator[None]:
    before = keyring.get_keyring()
    keyring.set_keyring(SecretService.Keyring())  # type: ignore[no-untyped-call, unused-ignore]
    yield
    keyring.set_keyring(before)


@pytest.fixture
def made(tmp_path: Path) -> tuple[Path, str]:
    """A shelter of a manager and a case worker, closed, and its recovery key."""
    created = unlocking.create(tmp_path / "shelter", "Maison des Essais", "Gao", "Agent A", PASSWORD, cost=QUICK)
    with created.desk as desk:
        user_accounts.add(desk, "Agent B", Role.CASE_WORKER, OTHER)
    return tmp_path / "shelter", created.recovery_key


def reinstall(folder: Path) -> None:
    """The keyring is empty, as on another computer or after Windows was installed again."""
    keyring.delete_password(device_secret.SERVICE, read_header(folder).shelter)


def test_both_accounts_need_this_computer_and_open_here(made: tuple[Path, str]) -> None:
    folder, _ = made
    assert read_header(folder).needs_device_secret
    for name, password in (("Agent A", PASSWORD), ("Agent B", OTHER)):
        with unlocking.unlock(folder, name, password) as desk:
            assert desk.device_bound


def test_a_copied_folder_with_the_right_password_does_not_open_elsewhere(made: tuple[Path, str]) -> None:
    folder, _ = made
    reinstall(folder)
    with pytest.raises(DeviceSecretMissing):
        unlocking.unlock(folder, "Agent A", PASSWORD)


def test_the_recovery_key_opens_on_another_computer_and_binds_the_manager_to_it(made: tuple[Path, str]) -> None:
    folder, recovery_key = made
    reinstall(folder)
    with unlocking.unlock_with_recovery_key(folder, recovery_key, "Agent A", NEW) as desk:
        assert desk.device_bound
    unlocking.unlock(folder, "Agent A", NEW).close()


def test_after_a_reinstallation_the_others_are_told_and_get_a_new_password_from_the_manager(
    made: tuple[Path, str],
) -> None:
    folder, recovery_key = made
    reinstall(folder)
    unlocking.unlock_with_recovery_key(folder, recovery_key, "Agent A", NEW).close()
    with pytest.raises(WrongPassword) as said:
        unlocking.unlock(folder, "Agent B", OTHER)
    assert said.value.others_elsewhere
    with unlocking.unlock(folder, "Agent A", NEW) as desk:
        waiting = [one for one in user_accounts.people(desk) if one.id not in user_accounts.known_here(desk)]
        assert [one.name for one in waiting] == ["Agent B"]
        user_accounts.reset(desk, waiting[0].id, OTHER)
    with unlocking.unlock(folder, "Agent B", OTHER) as desk:
        assert desk.device_bound


def test_a_changed_password_stays_bound_to_this_computer(made: tuple[Path, str]) -> None:
    folder, _ = made
    with unlocking.unlock(folder, "Agent B", OTHER) as desk:
        user_accounts.change_password(desk, OTHER, NEW)
    unlocking.unlock(folder, "Agent B", NEW).close()
    reinstall(folder)
    with pytest.raises(DeviceSecretMissing):
        unlocking.unlock(folder, "Agent B", NEW)


def test_a_new_recovery_key_opens_and_the_old_one_does_not(made: tuple[Path, str]) -> None:
    folder, old = made
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        new = recovery_key.replace(desk, PASSWORD)
    reinstall(folder)
    with pytest.raises(WrongRecoveryKey):
        unlocking.unlock_with_recovery_key(folder, old, "Agent A", NEW)
    unlocking.unlock_with_recovery_key(folder, new, "Agent A", NEW).close()


def test_changed_keys_are_bound_to_this_computer_as_before(made: tuple[Path, str]) -> None:
    folder, recovery_key = made
    key_change.change_keys(unlocking.unlock(folder, "Agent A", PASSWORD), PASSWORD)
    for name, password in (("Agent A", PASSWORD), ("Agent B", OTHER)):
        unlocking.unlock(folder, name, password).close()
    reinstall(folder)
    with pytest.raises(DeviceSecretMissing):
        unlocking.unlock(folder, "Agent B", OTHER)
    unlocking.unlock_with_recovery_key(folder, recovery_key, "Agent A", NEW).close()


def test_the_keyring_keeps_no_name_of_a_shelter_or_a_person(made: tuple[Path, str]) -> None:
    folder, _ = made
    kept = keyring.get_password(device_secret.SERVICE, read_header(folder).shelter)
    assert kept
    assert not any(word in f"{kept} {read_header(folder).shelter}" for word in ("Agent", "Essais", "Gao"))
