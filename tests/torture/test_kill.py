"""Killed at any moment: every change that was acknowledged is there, and no half of one."""

import random
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import text

from shelter_desk.operations.residents import residents
from shelter_desk.operations.vault import backups, unlocking
from shelter_desk.storage.file import journal
from shelter_desk.storage.file.case import case_file
from tests.examples import LONG
from tests.killed import KILLED
from tests.operations.shelter import PASSWORD, open_small_shelter
from tests.torture.worker import BATCH

KILLS = 50 if LONG else 3  # of each kind of work


def worked_until_killed(folder: Path, work: str, out: Path, seconds: float) -> list[str]:
    """What the program acknowledged before it was killed that many seconds after it was ready."""
    program = [sys.executable, "-m", "tests.torture.worker", str(folder), work, str(out)]
    with subprocess.Popen(program, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
        killer = threading.Timer(seconds, child.kill)
        killer.start()
        said = child.stdout.read().splitlines(keepends=True)
        child.wait()
        killer.cancel()
    assert child.returncode == KILLED, "it ended by itself"
    return [line.strip() for line in said if line.endswith("\n")]


def codes_in(folder: Path) -> set[str]:
    """Every person of the shelter, after file, journal and halves were looked for."""
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        assert desk.database.problems() == ()
        with desk.reading() as connection:
            journal.verify(connection)
            halves = connection.execute(
                text("SELECT count(*) FROM persons p WHERE NOT EXISTS (SELECT 1 FROM stays WHERE person_id = p.id)")
            ).scalar_one()
            assert desk.database.case_key is not None
            assert case_file.altered(connection, desk.database.case_key) == (set(), 0)
        assert halves == 0
        return {line.person.code for line in residents.listed(desk, "all")}


def with_status_in(folder: Path) -> set[str]:
    """The codes of those of whom the case file holds a status, with the code as its reason."""
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        found = {line.person.code: line.stay.id for line in residents.listed(desk, "all") if line.stay}
        with desk.reading() as connection:
            decided = connection.execute(text("SELECT stay_id FROM victim_statuses WHERE length(reason) > 0"))
            known = set(decided.scalars())
    return {code for code, stay in found.items() if stay in known}


@pytest.mark.parametrize("seed", range(KILLS))
@pytest.mark.parametrize("work", ["admissions", "imports", "copies", "key_changes"])
def test_every_acknowledged_change_survives_a_kill(tmp_path: Path, work: str, seed: int) -> None:
    open_small_shelter(tmp_path / "shelter").close()
    out = tmp_path / "one.sauvegarde"
    after = random.Random(f"{work} {seed}").uniform(0.01, 0.8)
    told = worked_until_killed(tmp_path / "shelter", work, out, after)
    found = codes_in(tmp_path / "shelter")
    assert {code for line in told for code in line.split(",")} <= found
    if work != "imports":
        assert set(told) <= with_status_in(tmp_path / "shelter")
    if work == "imports":
        assert len(found) % BATCH == 0
    if work == "copies" and told:
        assert backups.look(out).counts["stays"] >= len(told)


@pytest.mark.parametrize("seed", range(KILLS))
def test_an_account_is_whole_or_not_there_after_a_kill(tmp_path: Path, seed: int) -> None:
    open_small_shelter(tmp_path / "shelter").close()
    after = random.Random(seed).uniform(0.01, 0.5)
    told = worked_until_killed(tmp_path / "shelter", "passwords", tmp_path / "none", after)
    with unlocking.unlock(tmp_path / "shelter", "Agent A", PASSWORD) as desk, desk.reading() as connection:
        known = connection.execute(text("SELECT count(*) FROM users")).scalar_one()
    assert known >= len(told) + 1


@pytest.mark.parametrize("seed", range(KILLS))
def test_a_shelter_of_an_old_version_opens_after_a_kill_in_the_middle_of_its_upgrade(tmp_path: Path, seed: int) -> None:
    open_small_shelter(tmp_path / "shelter").close()
    after = random.Random(seed).uniform(0.01, 0.8)
    told = worked_until_killed(tmp_path / "shelter", "upgrades", tmp_path / "none", after)
    for name in told:
        assert len(codes_in(tmp_path / name)) == 2
