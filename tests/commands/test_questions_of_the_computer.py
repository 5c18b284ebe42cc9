"""What the window asks about this computer, files that are older and a clock that runs ahead, the command line says."""

import shutil
from pathlib import Path

import pytest

from shelter_desk.app import main
from shelter_desk.system import clock
from tests.commands.test_line import Ran, run, shelter
from tests.operations.test_own_registers import AWA, HEADINGS, book

__all__ = ["run", "shelter"]


def test_an_older_copy_in_another_folder_says_which_is_newer_when_and_where(
    shelter: Ran, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(tmp_path / "shelter", tmp_path / "kept")
    shelter("import", book(tmp_path / "r.xlsx", Registre=(HEADINGS, AWA)))
    called = ["report", "--month", "2026-02", "--data-dir", str(tmp_path / "kept"), "--user", "Agent A"]
    assert main(called) == 0
    told = capsys.readouterr().err
    assert "copie plus ancienne" in told
    assert str(tmp_path / "shelter") in told
    assert f"{clock.today():%d/%m/%Y}" in told
