"""Every file of the data folder missing, empty, cut or flipped: said by name, or everything is there."""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from shelter_desk.domain.errors import AccessRefused, Damaged, ShelterExists, SlotsAltered
from shelter_desk.domain.residents.residents import Names
from shelter_desk.operations.residents import residents
from shelter_desk.operations.vault import integrity_check, unlocking
from tests.examples import LONG
from tests.operations.shelter import PASSWORD, admit, open_small_shelter

FILES = ("keys.json", "shelter.db", "shelter.head", "shelter.lock")
FLIPS = 200 if LONG else 12


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shelter with three residents."""
    folder = tmp_path_factory.mktemp("sound") / "shelter"
    desk = open_small_shelter(folder)
    for code in ("1A", "1B", "1C"):
        admit(desk, code, names=Names("Sacko", "Awa"))
    desk.close()
    return folder


def remove(path: Path) -> None:
    path.unlink()


def empty(path: Path) -> None:
    path.write_bytes(b"")


def cut(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def opened_whole(folder: Path) -> bool:
    """True when it opens and everything is sound and there; False when it says by name what is wrong."""
    try:
        with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
            integrity_check.check(desk)
            names = residents.search(desk, "Sacko")
            assert len(residents.listed(desk, "here")) == len(names) == 3, "something is lost and nothing was said"
            return True
    except (Damaged, SlotsAltered, AccessRefused):
        return False


@pytest.mark.parametrize("damage", [remove, empty, cut])
@pytest.mark.parametrize("name", FILES)
def test_a_damaged_file_is_said_or_nothing_is_lost(
    sound: Path, tmp_path: Path, name: str, damage: Callable[[Path], None]
) -> None:
    folder = tmp_path / "damaged"
    shutil.copytree(sound, folder)
    damage(folder / name)
    harmless = name in ("shelter.head", "shelter.lock")
    assert opened_whole(folder) == harmless


@pytest.mark.parametrize("seed", range(FLIPS))
@pytest.mark.parametrize("name", ["keys.json", "shelter.db", "shelter.head"])
def test_one_flipped_byte_is_said_or_nothing_is_lost(sound: Path, tmp_path: Path, name: str, seed: int) -> None:
    folder = tmp_path / "flipped"
    shutil.copytree(sound, folder)
    content = bytearray((folder / name).read_bytes())
    place = random.Random(f"{name} {seed}").randrange(len(content))
    content[place] ^= 1 << seed % 8
    (folder / name).write_bytes(content)
    sound_or_said = opened_whole(folder)  # fails inside where something is lost and nothing is said
    assert sound_or_said or name != "shelter.head"


@pytest.mark.parametrize("name", ["keys.json", "shelter.db"])
def test_no_new_shelter_takes_the_place_of_a_damaged_one(sound: Path, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "damaged"
    shutil.copytree(sound, folder)
    (folder / name).unlink()
    with pytest.raises(ShelterExists):
        unlocking.create(folder, "Autre", "Gao", "Agent B", PASSWORD)
