"""The secret of the computer, with a keyring that works, one that fails and one that forgets."""

import keyring
import pytest
from keyring.backends import null

from shelter_desk.system import device_secret
from tests.conftest import MemoryKeyring

SHELTER = "0011223344556677"


def test_a_stored_secret_comes_back(memory_keyring: MemoryKeyring) -> None:
    secret = device_secret.new()
    assert device_secret.store(SHELTER, secret)
    assert device_secret.get(SHELTER) == secret


def test_each_shelter_has_its_own(memory_keyring: MemoryKeyring) -> None:
    device_secret.store(SHELTER, device_secret.new())
    assert device_secret.get("8899aabbccddeeff") is None


def test_nothing_in_the_keyring_says_what_it_is_for(memory_keyring: MemoryKeyring) -> None:
    device_secret.store(SHELTER, device_secret.new())
    assert list(memory_keyring.kept) == [("shelter-desk", SHELTER)]


def test_without_a_keyring_nothing_is_stored() -> None:
    assert device_secret.store(SHELTER, device_secret.new()) is False
    assert device_secret.get(SHELTER) is None


def test_a_keyring_that_forgets_is_no_keyring(memory_keyring: MemoryKeyring) -> None:
    keyring.set_keyring(null.Keyring())  # type: ignore[no-untyped-call, unused-ignore]
    assert device_secret.store(SHELTER, device_secret.new()) is False


@pytest.mark.parametrize("kept", ["", "é", "abc", "YWJj"])
def test_what_is_not_a_secret_is_none(memory_keyring: MemoryKeyring, kept: str) -> None:
    memory_keyring.kept["shelter-desk", SHELTER] = kept
    assert device_secret.get(SHELTER) is None
