"""What the window asks about this computer, files that are older and a clock that runs ahead, the command line says."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from shelter_desk.app import main
from shelter_desk.operations.vault import unlocking
from shelter_desk.storage.file import journal
from shelter_desk.system import clock
from tests.commands.conftest import PASSWORD
from tests.commands.test_line import Ran, run, shelter
from tests.operations.imports.test_own_registers import AWA, HEADINGS, book

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


def test_a_clock_twenty_days_after_the_last_entry_is_believed_and_written_into_the_journal(
    shelter: Ran, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = clock.now() + timedelta(days=20)
    monkeypatch.setattr(clock, "now", lambda: later)
    code, out, told = shelter("import", book(tmp_path / "r.xlsx", Registre=(HEADINGS, AWA)), "--json")
    assert code == 0, told or out
    with unlocking.unlock(tmp_path / "shelter", "Agent A", PASSWORD) as desk, desk.reading() as connection:
        accepted = journal.last_of(connection, ("clock_accepted",))
    assert accepted is not None
    assert accepted.at == later.isoformat(timespec="seconds")


def test_a_clock_that_went_back_writes_nothing(shelter: Ran, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = clock.now() - timedelta(days=40)  # before the shelter was made
    monkeypatch.setattr(clock, "now", lambda: before)
    code, _, told = shelter("import", book(tmp_path / "r.xlsx", Registre=(HEADINGS, AWA)))
    assert (code, "horloge" in told) == (5, True)
