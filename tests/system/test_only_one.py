"""One program at a time, tried with real processes."""

import errno
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from shelter_desk.domain.errors import InUse, NoShelter, ReadOnly
from shelter_desk.system.only_one import OnlyOne
from tests.conftest import ReadOnlyFolder

HOLDS = """
import sys
from pathlib import Path
from shelter_desk.system.only_one import OnlyOne
held = OnlyOne(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def test_a_second_program_is_refused_until_the_first_lets_go(tmp_path: Path) -> None:
    with OnlyOne(tmp_path), pytest.raises(InUse):
        OnlyOne(tmp_path)
    with OnlyOne(tmp_path) as held:
        assert held


def test_a_killed_program_holds_nothing(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDS, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == b"held"
        with pytest.raises(InUse):
            OnlyOne(tmp_path)
        other.kill()
        other.wait()
    with OnlyOne(tmp_path) as held:
        assert held


def test_letting_go_twice_is_harmless(tmp_path: Path) -> None:
    held = OnlyOne(tmp_path)
    held.release()
    held.release()
    with OnlyOne(tmp_path) as again:
        assert again


def test_two_folders_are_two_shelters(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    with OnlyOne(tmp_path / "one"), OnlyOne(tmp_path / "two") as second:
        assert second


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(NoShelter):
        OnlyOne(tmp_path / "nowhere")


def test_a_read_only_folder_is_said(tmp_path: Path, read_only: ReadOnlyFolder) -> None:
    with read_only(tmp_path), pytest.raises(ReadOnly):
        OnlyOne(tmp_path)


class WindowsLocks:
    """The locks of the C library of Windows: refused with that number, or with none where it is 0."""

    def __init__(self, number: int | None) -> None:
        self.number = number

    def locking(self, _handle: int, _mode: int, _bytes: int) -> None:
        if self.number is not None:
            raise OSError(self.number, "refused")


@pytest.mark.parametrize("number", [0, errno.EACCES, errno.EDEADLK, errno.EINVAL, errno.ENOSPC])
def test_on_windows_any_refusal_of_the_lock_means_another_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    locks = WindowsLocks(number)
    monkeypatch.setitem(sys.modules, "msvcrt", SimpleNamespace(locking=locks.locking, LK_NBLCK=2))
    with pytest.raises(InUse):
        OnlyOne(tmp_path)
    locks.number = None
    with OnlyOne(tmp_path) as held:
        assert held
