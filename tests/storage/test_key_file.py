"""What makes `keys.json` damaged, newer, missing or no shelter at all."""

import secrets
from pathlib import Path
from typing import Any

import pytest

from shelter_desk.domain.errors import (
    Damaged,
    NoShelter,
    ShelterDeskError,
    TooNew,
)
from shelter_desk.storage.keys import keys
from shelter_desk.storage.keys.keys import FILE
from tests.storage.key_scene import (
    Made,
    change,
    made,
    unbound,
)

__all__ = ["made", "unbound"]


@pytest.mark.parametrize(
    "altered",
    [
        {"application": "other"},
        {"format": 0},
        {"format": "1"},
        {"format": 1.5},
        {"shelter": 7},
        {"training": "no"},
        {"slots": []},
        {"slots": [{}]},
        {"kdf": {}},
        {"kdf": {"algorithm": "argon2id", "memory": 1 << 30, "time": 3, "parallelism": 4, "salt": "00" * 16}},
        {"kdf": {"algorithm": "none", "memory": 64, "time": 3, "parallelism": 1, "salt": "00" * 16}},
        {"kdf": {"algorithm": "argon2id", "memory": 64, "time": 3, "parallelism": 1, "salt": "00" * 15}},
    ],
)
def test_a_file_that_makes_no_sense_is_damaged(made: Made, altered: dict[str, Any]) -> None:
    change(made.folder, lambda told: told.update(altered))
    with pytest.raises(Damaged) as refused:
        keys.read_header(made.folder)
    assert refused.value.part == "keys"


@pytest.mark.parametrize(
    "altered",
    [
        {"kind": "guest"},
        {"user": "1"},
        {"user": 1.0},
        {"user": True},
        {"role": "king"},
        {"device": False},
        {"device": 1},
        {"device_tag": ""},
        {"device_tag": "tag"},
        {"salt": "00" * 15},
        {"nonce": "00" * 13},
        {"sealed": 7},
        {"public": "00" * 31},
        {"public": "00" * 33},
        {"mac": "seal"},
        {"kdf": {}},
    ],
)
def test_one_slot_that_makes_no_sense_makes_the_file_damaged(made: Made, altered: dict[str, Any]) -> None:
    change(made.folder, lambda told: told["slots"][0].update(altered))
    with pytest.raises(Damaged) as refused:
        keys.read_header(made.folder)
    assert refused.value.part == "keys"


@pytest.mark.parametrize("half", ["public", "bundle"])
def test_a_slot_with_half_a_pair_of_keys_makes_the_file_damaged(made: Made, half: str) -> None:
    change(made.folder, lambda told: told["slots"][0].pop(half))
    with pytest.raises(Damaged) as refused:
        keys.read_header(made.folder)
    assert refused.value.part == "keys"


def test_a_file_cut_anywhere_is_damaged_never_a_new_shelter(made: Made) -> None:
    content = (made.folder / FILE).read_bytes().rstrip()
    outcomes = set()
    for length in range(len(content)):
        (made.folder / FILE).write_bytes(content[:length])
        try:
            keys.read_header(made.folder)
            outcomes.add("read")
        except ShelterDeskError as error:
            outcomes.add(type(error).__name__)
    assert outcomes == {"Damaged"}


def test_a_file_that_is_not_text_is_damaged(made: Made) -> None:
    (made.folder / FILE).write_bytes(b"\xff\xfe" + secrets.token_bytes(400))
    with pytest.raises(Damaged):
        keys.read_header(made.folder)


def test_a_newer_format_is_said(made: Made) -> None:
    change(made.folder, lambda told: told.update(format=4))
    with pytest.raises(TooNew):
        keys.read_header(made.folder)


def test_an_empty_folder_holds_no_shelter(tmp_path: Path) -> None:
    with pytest.raises(NoShelter):
        keys.read_header(tmp_path)


def test_a_database_without_its_keys_is_damaged_not_new(tmp_path: Path) -> None:
    (tmp_path / "shelter.db").write_bytes(b"x")
    with pytest.raises(Damaged):
        keys.read_header(tmp_path)
