"""An hour in a column of its own, beside the day of the entry or of the exit."""

from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path
from typing import Any

import pytest

from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import registers
from tests.operations.imports.test_own_registers import AWA, HEADINGS, book
from tests.operations.shelter import open_small_shelter

MORE = (*HEADINGS, "Heure d'entrée", "Heure de sortie")
DAY = (*AWA[:5], "05/02/2026", *AWA[6:7], "07/02/2026")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with open_small_shelter(tmp_path_factory.mktemp("hours") / "shelter") as opened:
        yield opened


def look(desk: Desk, path: Path, *cells: Any, line: tuple[Any, ...] = DAY) -> registers.Look:
    return registers.look(desk, book(path, Registre=(MORE, (*line, *cells))))


@pytest.mark.parametrize("entry", ["08:30", "8h30", "8 H 30", "à 8h30", time(8, 30), 8.5 / 24, "08:30:15"])
def test_the_hour_is_put_to_its_day(desk: Desk, tmp_path: Path, entry: Any) -> None:
    found = look(desk, tmp_path / "r.xlsx", entry, "17h")
    assert found.judgement.refusals == []
    (stay,) = [row.values for row in found.lines if row.list == "sejours"]
    assert (stay["admitted_at"], stay["exited_at"]) == (datetime(2026, 2, 5, 8, 30), datetime(2026, 2, 7, 17))


@pytest.mark.parametrize("wrong", ["25:00", "8h75", "matin", 8.5, -1])
def test_an_hour_that_cannot_be_read_is_refused_in_its_own_cell(desk: Desk, tmp_path: Path, wrong: Any) -> None:
    (refusal,) = look(desk, tmp_path / "r.xlsx", wrong, "17h").judgement.refusals
    assert (refusal.column, refusal.at) == ("entry_hour", len(HEADINGS))


def test_an_hour_without_its_day_and_one_that_contradicts_it_are_refused(desk: Desk, tmp_path: Path) -> None:
    (alone,) = look(desk, tmp_path / "r.xlsx", None, "17h", line=(*DAY[:7], None)).judgement.refusals
    other = (*DAY[:5], "05/02/2026 14:00", *DAY[6:])
    (against,) = look(desk, tmp_path / "r.xlsx", "8h30", None, line=other).judgement.refusals
    assert (alone.column, against.column) == ("exit_hour", "entry_hour")


def test_hours_that_come_later_change_the_same_stay(tmp_path: Path) -> None:
    with open_small_shelter(tmp_path / "shelter") as desk:
        registers.take_in(desk, look(desk, tmp_path / "r.xlsx", None, None))
        counts = look(desk, tmp_path / "r.xlsx", "8h30", "17h").judgement.counts
        assert (counts["sejours"].new, counts["sejours"].changed) == (0, 1)
