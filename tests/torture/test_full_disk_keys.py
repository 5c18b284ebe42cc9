"""A disk that is full, or becomes full, while passwords and keys are changed: all of it is done, or nothing is."""

import errno
import os
import random
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest

from shelter_desk.domain.changes import Changes
from shelter_desk.domain.errors import DiskFull, ReadOnly
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.vault import key_change, unlocking
from tests.examples import LONG
from tests.operations.shelter import PASSWORD
from tests.torture import cut_points, key_acts
from tests.torture.key_acts import KEY_ACTS, MANAGER, Act, House
from tests.torture.key_proof import FILES, Told, proven
from tests.torture.key_worker import Life

PAGE = 4096
KINDS = tuple(kind for kind in KEY_ACTS if kind not in {"all_lost", "recovered"}) if LONG else ("recovery", "all")
STRIDE = 1 if LONG else 25
ROOMS = range(0, 64, 4) if LONG else (0, 16)  # pages that are left when a slot is changed
ROOMS_FOR_ALL = range(0, 3072, 96) if LONG else (512, 3000)  # and when all keys are


@pytest.fixture
def aside(tmp_path: Path) -> Path:
    """Where there is room, for copies that are looked at; emptied by who uses it."""
    (tmp_path / "aside").mkdir()
    return tmp_path / "aside"


@pytest.mark.parametrize("kind", KINDS)
def test_a_disk_that_becomes_full_at_any_point_leaves_all_of_an_act_or_nothing(
    begun: tuple[Path, House], small_disk: Path, aside: Path, record_property: Told, kind: str
) -> None:
    refused, runs = 0, 0
    for point in count(1, STRIDE):
        with run(begun, small_disk, kind) as one:
            was_reached = one.tried_with_full_at(point, left=(point % 4) ** 2 * PAGE)
            one.proves(aside)
            runs, refused = runs + 1, refused + one.is_refused
        if not was_reached:
            break
    record_property("full disks", runs)
    record_property("full disks that refused", refused)
    assert refused


@pytest.mark.parametrize("kind", KINDS)
def test_a_disk_that_refuses_any_step_leaves_all_of_an_act_or_nothing(
    begun: tuple[Path, House], tmp_path: Path, aside: Path, record_property: Told, kind: str
) -> None:
    """What no small disk does: a new name that is refused, or what is written and cannot be kept."""
    runs = 0
    for code in (errno.ENOSPC, errno.EACCES):
        for point in count(1, STRIDE):
            with run(begun, tmp_path / "there", kind) as one:
                was_reached = one.tried_with_refusal_at(point, code)
                one.proves(aside)
                runs += 1
            if not was_reached:
                break
    record_property("full disks", runs)


@pytest.mark.parametrize("kind", KINDS)
def test_an_act_on_a_full_disk_is_done_or_not_done(
    begun: tuple[Path, House], small_disk: Path, aside: Path, record_property: Told, kind: str
) -> None:
    rooms = ROOMS_FOR_ALL if kind == "all" else ROOMS
    refused = 0
    for pages in rooms:
        with run(begun, small_disk, kind) as one:
            one.tried_with_room(pages)
            one.proves(aside)
            refused += one.is_refused
    record_property("full disks", len(rooms))
    record_property("full disks that refused", refused)
    assert refused
    assert refused < len(rooms) or kind != "all"


def test_all_keys_are_not_begun_to_be_changed_where_the_room_would_not_do(
    begun: tuple[Path, House], small_disk: Path
) -> None:
    folder, begun_at = Path(shutil.copytree(begun[0], small_disk / "shelter")), []
    with unlocking.unlock(folder, MANAGER, PASSWORD) as desk, desk.database.transaction(Changes()) as connection:
        connection.exec_driver_sql("CREATE TABLE filler (told BLOB)")
        connection.exec_driver_sql("INSERT INTO filler VALUES (randomblob(5000000))")
    with unlocking.unlock(folder, MANAGER, PASSWORD) as desk, pytest.raises(DiskFull):
        key_change.change_keys(desk, PASSWORD, lambda done, _: begun_at.append(done))
    assert not begun_at
    assert {path.name for path in folder.iterdir()} == FILES


class Run:
    """One act on a disk that has not enough room, and what became of it."""

    def __init__(self, folder: Path, house: House, act: Act) -> None:
        self.folder, self.house, self.act = folder, house, act
        self.ballast = folder.with_name("ballast")
        self.desk: Desk | None = None
        self.is_refused = False
        self.known = house
        self.open()

    def open(self) -> None:
        """Somebody who may do it comes to the desk."""
        at_desk = self.act.at_desk
        self.desk = unlocking.unlock(self.folder, at_desk, self.house.people[at_desk].password)

    def tried_with_full_at(self, point: int, left: int) -> bool:
        """The disk is filled when the act comes to that point, but for `left` bytes; whether it came there."""
        met = _Nth(point, lambda: fill(self.ballast, left))
        with cut_points.reached(met):
            self.is_refused = self.refuses()
        return met.left <= 0

    def tried_with_refusal_at(self, point: int, code: int) -> bool:
        """That step is refused; whether the act came there."""

        def refuse() -> None:
            raise OSError(code, os.strerror(code))

        met = _Nth(point, refuse)
        with cut_points.reached(met, with_statements=False):
            self.is_refused = self.refuses()
        return met.left <= 0

    def tried_with_room(self, pages: int) -> None:
        """The disk is full before it begins, but for so many pages."""
        fill(self.ballast, pages * PAGE)
        self.is_refused = self.refuses()

    def refuses(self) -> bool:
        """Do it, as far as the disk lets it."""
        try:
            self.desk, shown = key_acts.perform(self.folder, self.desk, self.house, self.act)
        except (DiskFull, ReadOnly):
            return True
        self.known = key_acts.after(self.house, self.act, shown)
        return False

    def proves(self, aside: Path) -> None:
        """All of it is true, or nothing; with room it is done, at the desk that is open or at another one."""
        copy = Path(shutil.copytree(self.folder, aside / "shelter"))
        assert proven(copy, Life(self.known, (), False), aside / "door") == self.known
        self.ballast.unlink(missing_ok=True)
        if self.is_refused:
            if self.desk is None or not self.desk.database.is_open:
                self.open()
            assert not self.refuses()
        if self.desk is not None:
            self.desk.close()
        proven(self.folder, Life(self.known, (), False), aside / "door")
        shutil.rmtree(copy)


class _Nth:
    """Does it at one of the points."""

    def __init__(self, point: int, done: Callable[[], None]) -> None:
        self.left, self._done = point, done

    def __call__(self, _: str) -> None:
        self.left -= 1
        if self.left == 0:
            self._done()


def fill(ballast: Path, left: int) -> None:
    """Take what the disk has, but for so many bytes."""
    free = shutil.disk_usage(ballast.parent).free
    with ballast.open("ab") as file:
        os.posix_fallocate(file.fileno(), file.tell(), max(free - left, 1))


@contextmanager
def run(begun: tuple[Path, House], place: Path, kind: str) -> Iterator[Run]:
    """A shelter of its own in that place, which is empty before and after."""
    act = key_acts.drawn(begun[1], kind, random.Random(kind))
    assert act is not None
    one = Run(Path(shutil.copytree(begun[0], place / "shelter")), begun[1], act)
    yield one
    for left in place.iterdir():
        shutil.rmtree(left) if left.is_dir() else left.unlink()
