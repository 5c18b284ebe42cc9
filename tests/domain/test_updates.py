"""Which package may take the place of the program."""

import json
from typing import Any

import pytest

from shelter_desk.domain import updates
from shelter_desk.domain.updates import ReleaseKey, UpdatePackage, UpdateRefused

KEYS = (ReleaseKey("a", "aa"), ReleaseKey("b", "bb"), ReleaseKey("c", "cc", is_retired=True))
TOLD = {
    "format": 1,
    "version": "0.3.0",
    "system": "windows",
    "schema": "0038",
    "installer": "x.exe",
    "size": 3,
    "sha256": "0" * 64,
}


def verifies(public: str, signature: str, _told: bytes) -> bool:
    return signature == f"by {public}"


def refused(**other: Any) -> str:
    with pytest.raises(UpdateRefused) as told:
        updates.read(json.dumps({**TOLD, **other}).encode())
    return told.value.why


def test_what_was_signed_is_read() -> None:
    wanted = UpdatePackage("0.3.0", "windows", "0038", "x.exe", 3, "0" * 64)
    assert updates.read(json.dumps(TOLD).encode()) == wanted


@pytest.mark.parametrize("told", [b"", b"[]", b"\xff", b"7", b"null", b"[" * 100_000, b'{"format": 1}'])
def test_what_is_no_package_is_refused(told: bytes) -> None:
    with pytest.raises(UpdateRefused) as refused:
        updates.read(told)
    assert refused.value.why == "unreadable"


@pytest.mark.parametrize(
    "other",
    [
        {"format": 2},
        {"more": 1},
        {"version": "1"},
        {"version": "0.3.0-rc1"},
        {"version": 3},
        {"system": "mac"},
        {"system": []},
        {"schema": "latest"},
        {"installer": "../x.exe"},
        {"installer": ".."},
        {"installer": "a/b.exe"},
        {"size": True},
        {"size": 0},
        {"size": updates.LARGEST + 1},
        {"sha256": "0" * 63},
    ],
)
def test_a_package_of_another_shape_is_refused(other: dict[str, Any]) -> None:
    assert refused(**other) == "unreadable"


@pytest.mark.parametrize(
    "signatures",
    [
        {},
        {"a": "by aa"},
        {"a": "by aa", "b": "by aa"},
        {"a": "by aa", "c": "by cc"},  # retired
        {"a": "by aa", "d": "by dd"},  # of nobody
    ],
)
def test_one_signature_is_not_enough(signatures: dict[str, str]) -> None:
    with pytest.raises(UpdateRefused) as told:
        updates.check_signed(b"told", signatures, KEYS, verifies)
    assert told.value.why == "unsigned"


def test_two_of_three_are() -> None:
    updates.check_signed(b"told", {"a": "by aa", "b": "by bb", "c": "nonsense"}, KEYS, verifies)


def test_one_key_under_two_names_is_one() -> None:
    with pytest.raises(UpdateRefused):
        updates.check_signed(b"told", {"a": "by aa", "z": "by aa"}, (KEYS[0], ReleaseKey("z", "aa")), verifies)


@pytest.mark.parametrize(
    ("running", "system", "why"),
    [
        ("0.3.0", "windows", "same"),
        ("0.10.0", "windows", "older"),
        ("0.2.0", "debian", "system"),
    ],
)
def test_older_foreign_and_the_same_are_refused(running: str, system: Any, why: str) -> None:
    with pytest.raises(UpdateRefused) as told:
        updates.check_fits(updates.read(json.dumps(TOLD).encode()), running, system)
    assert (told.value.why, told.value.version) == (why, "0.3.0")


@pytest.mark.parametrize("running", ["0.2.9", "0.1.0"])
def test_a_computer_that_is_years_behind_is_brought_on(running: str) -> None:
    updates.check_fits(updates.read(json.dumps(TOLD).encode()), running, "windows")


@pytest.mark.parametrize(
    ("running", "schema", "may"), [("0.4.0", "0038", True), ("0.4.0", "0039", False), ("0.3.0", "0038", False)]
)
def test_nobody_goes_back_once_the_file_was_upgraded(running: str, schema: str, may: bool) -> None:
    package = updates.read(json.dumps(TOLD).encode())
    assert updates.may_go_back(package, running, "windows", schema) is may
    assert not updates.may_go_back(package, running, "debian", schema)
