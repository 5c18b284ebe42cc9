"""Commands whose reader goes away, as `head` does when it has seen enough."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import pytest

from shelter_desk.app import main
from tests.commands.conftest import PASSWORD
from tests.commands.test_line import Ran, golden_shelter, run, shelter
from tests.commands.workbooks import golden, write

__all__ = ["golden_shelter", "run", "shelter"]


@pytest.fixture
def nobody() -> Iterator[TextIO]:
    """The end of a pipe that nobody reads."""
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w", buffering=1, encoding="utf-8") as stream:
        yield stream
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


@pytest.mark.parametrize(
    ("called", "code"),
    [
        (("report", "--month", "2026-11"), 0),
        (("report", "--month", "2026-11", "--json"), 0),
        (("report", "--month", "2027-11"), 2),
        (("import", "golden.xlsx", "--json"), 0),
        (("import", "golden.xlsx", "--dry-run"), 0),
        (("export", "out.xlsx"), 0),
        (("template", "lits", "list.xlsx"), 0),
        (("check",), 0),
        (("backup", "out.backup"), 0),
        (("--version",), 0),
        (("report", "--help"), 0),
    ],
    ids=lambda one: " ".join(one) if isinstance(one, tuple) else str(one),
)
def test_a_command_does_its_work_whoever_goes_on_reading(
    golden_shelter: Ran,
    called: tuple[str, ...],
    code: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    nobody: TextIO,
) -> None:
    write(tmp_path / "golden.xlsx", golden())
    arguments = [str(tmp_path / one) if one.partition(".")[2] in ("xlsx", "backup") else one for one in called]
    where = ["--data-dir", str(tmp_path / "shelter"), "--user", "Agent A"]
    monkeypatch.setattr(sys, "stdout", nobody)
    monkeypatch.setattr(sys, "stderr", nobody)
    assert exit_code([*where, *arguments]) == code


def exit_code(arguments: list[str]) -> int | str | None:
    try:
        return main(arguments)
    except SystemExit as ended:  # the help ends by itself
        return ended.code or 0


def test_nothing_is_told_when_the_program_ends_either(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    environment = {**os.environ, "SHELTER_DESK_PASSWORD": PASSWORD, "HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-m", "shelter_desk", "--version"],
        check=False,
        stdout=writing,
        stderr=subprocess.PIPE,
        env=environment,
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only where there is a full device to write to")
def test_a_full_disk_behind_the_output_is_told(
    golden_shelter: Ran, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Path("/dev/full").open("w", encoding="utf-8") as full:
        monkeypatch.setattr(sys, "stdout", full)
        where = ["--data-dir", str(tmp_path / "shelter"), "--user", "Agent A"]
        assert main([*where, "report", "--month", "2026-11", "--json"]) == 5
