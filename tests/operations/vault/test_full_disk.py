"""A shelter on a disk that is full at any step: a trouble with a sentence, and everything is there afterwards."""

import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from shelter_desk.domain.errors import DiskFull
from shelter_desk.operations import drafts
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.residents import residents
from shelter_desk.operations.vault import backups, key_change, unlocking
from tests import OLD_FILES
from tests.conftest import fill
from tests.operations.shelter import PASSWORD, admit, small_shelter

ROOMS = [n * 1024 for n in (0, 4, 8, 16, 24, 32, 48, 64, 96, 128, 256, 512, 1024, 2048)]  # bytes left


def write(desk: Desk) -> None:
    for _ in range(10):
        undo(desk, admit(desk, "2A", sex="m").done)


def draft(desk: Desk) -> None:
    for n in range(10):
        drafts.keep(desk, f"form/{n}", {"told": "x" * 8000})


STEPS: dict[str, Callable[[Desk], object]] = {
    "read": lambda desk: residents.listed(desk, "all"),
    "write": write,
    "draft": draft,
    "backup": lambda desk: backups.keep(desk, backups.place_of(desk)),
    "key change": lambda desk: key_change.change_keys(desk, PASSWORD),
    "leave": backups.leave,
    "close": lambda desk: desk.close(),
}


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A small shelter with somebody in it, closed."""
    with small_shelter(tmp_path / "kept") as desk:
        admit(desk, "1A")
    return tmp_path / "kept"


def opened(folder: Path) -> Desk:
    return unlocking.unlock(folder, "Agent A", PASSWORD)


def laid(source: Path, disk: Path) -> Path:
    """The shelter on that disk, which holds nothing else."""
    for left in disk.iterdir():
        shutil.rmtree(left) if left.is_dir() else left.unlink()
    return Path(shutil.copytree(source, disk / "shelter"))


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_only_troubles_with_a_name_come_out_of_a_full_disk(
    kept: Path, tiny_disk: Path, step: Callable[[Desk], object]
) -> None:
    for room in ROOMS:
        desk = opened(laid(kept, tiny_disk))
        fill(tiny_disk, room)
        with suppress(DiskFull):
            step(desk)
        desk.close()
        (tiny_disk / "filling").unlink()
        with opened(tiny_disk / "shelter") as again:
            assert "1A" in [one.bed_code for one in residents.listed(again, "here")]
            assert again.database.problems() == ()


@pytest.mark.parametrize("version", ["", "0012"], ids=["opening", "upgrading"])
def test_a_disk_that_is_full_at_the_opening_has_a_name(kept: Path, tiny_disk: Path, version: str) -> None:
    for room in ROOMS:
        folder = laid(OLD_FILES / version if version else kept, tiny_disk)
        fill(tiny_disk, room)
        with suppress(DiskFull):
            opened(folder).close()
        (tiny_disk / "filling").unlink()
        with opened(folder) as again:
            assert again.database.problems() == ()
