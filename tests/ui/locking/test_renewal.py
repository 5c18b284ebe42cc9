"""After a lock another process shows the unlock screen: nothing of what was open is in its memory."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from shelter_desk.domain.residents.residents import Names
from tests.operations.shelter import admit, open_small_shelter
from tests.ui.locking.renewed_child import FIRST, LAST

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the memory of another process is read in /proc")

PATIENCE = 60.0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with open_small_shelter(tmp_path / "shelter") as desk:
        admit(desk, "1A", names=Names(LAST, FIRST))
    return tmp_path / "shelter"


@contextmanager
def child(folder: Path, what: str) -> Iterator["subprocess.Popen[str]"]:
    program = [sys.executable, "-m", "tests.ui.locking.renewed_child", str(folder), what]
    with subprocess.Popen(program, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as started:
        try:
            yield started
        finally:
            started.kill()
            for left in renewed(folder):
                with suppress(ProcessLookupError):
                    os.kill(left, signal.SIGKILL)


def renewed(folder: Path) -> list[int]:
    """The processes that show the unlock screen of that folder after a lock."""
    found = []
    for place in Path("/proc").iterdir():
        with suppress(OSError):
            if place.name.isdigit():
                asked = (place / "cmdline").read_bytes()
                if b"--after-lock" in asked and os.fsencode(folder) in asked:
                    found.append(int(place.name))
    return found


def said_until(process: "subprocess.Popen[str]", word: str) -> list[str]:
    assert process.stderr is not None
    said = []
    while line := process.stderr.readline().strip():
        said.append(line)
        if line == word:
            return said
    raise AssertionError(said)


def memory(process: int) -> bytes:
    """All that the process holds and may write to."""
    held = []
    with Path(f"/proc/{process}/mem").open("rb") as mem:
        for line in Path(f"/proc/{process}/maps").read_text(encoding="ascii", errors="replace").splitlines():
            start, end, rights = re.split("[- ]", line)[:3]
            if rights.startswith("rw"):
                with suppress(OSError, ValueError):
                    mem.seek(int(start, 16))
                    held.append(mem.read(int(end, 16) - int(start, 16)))
    return b"".join(held)


def secrets_of(said: list[str]) -> dict[str, list[bytes]]:
    """In the ways in which Python and Qt hold a text; a key as it is and as written."""
    found = {}
    for kind, _, secret in (line.partition(" ") for line in [*said, f"secret {LAST}", f"secret {FIRST}"]):
        if kind == "key":
            found["key"] = [bytes.fromhex(secret), secret.encode()]
        elif kind == "secret":
            found[secret] = [secret.encode(), secret.encode("utf-16-le")]
    return found


def held(process: int, secrets: dict[str, list[bytes]]) -> set[str]:
    content = memory(process)
    return {name for name, ways in secrets.items() if any(way in content for way in ways)}


def waited(condition: object) -> bool:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if condition():  # type: ignore[operator]
            return True
        time.sleep(0.05)
    return False


def lock(process: "subprocess.Popen[str]") -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def test_after_a_lock_no_name_no_code_and_no_key_is_in_memory(folder: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root reads the memory of a process that forbids it")
    with child(folder, "renewed") as process:
        secrets = secrets_of(said_until(process, "open"))
        assert held(process.pid, secrets) >= {LAST, FIRST, "key"}  # what is looked for is found while it is open
        lock(process)
        assert waited(lambda: process.poll() is not None)
        assert process.returncode == 0
        (after,) = renewed(folder)
        assert (len(secrets), held(after, secrets)) == (5, set())


def test_who_is_typing_when_the_new_one_is_ready_goes_on_typing(folder: Path) -> None:
    with child(folder, "typing") as process:
        said_until(process, "open")
        lock(process)
        said_until(process, "typed")
        assert waited(lambda: not renewed(folder))
        assert process.poll() is None
