"""Files from outside that would hold the computer, or act when the copy of one is opened."""

import time
from pathlib import Path

import pytest

from shelter_desk.domain.registers.refusals import NotAWorkbook
from shelter_desk.excel.reading import delimited, guard, recognise
from shelter_desk.operations.imports import opened_files


def test_a_very_long_file_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "long.xlsx"
    with path.open("wb") as file:
        file.truncate(20 * 1024 * guard.MIB)  # of holes: nothing of it is on the disk
    begun = time.perf_counter()
    with pytest.raises(NotAWorkbook) as refused:
        opened_files.read(path)
    assert (refused.value.why, time.perf_counter() - begun < 2) == ("bomb", True)


@pytest.mark.parametrize("cell", ["=cmd|'/C calc'!A0", "@SUM(1)", "+cmd", "-cmd", "\t=1", "\r=1"])
def test_a_copy_holds_no_formula_that_its_source_held_as_a_text(cell: str) -> None:
    said = delimited.guarded(cell)
    assert (said, list(delimited.cut(f'a;b\n1;"{said}"\n'))[1]) == (f"'{cell}", ["1", cell])


@pytest.mark.parametrize("cell", ["", "Awa", "-5", "+223 70 00 00 00", "-1 250,50", "'t Hooft", "a=b"])
def test_what_no_program_takes_for_a_formula_stays_as_it_is(cell: str) -> None:
    assert delimited.guarded(cell) == cell


def test_a_number_of_thousands_of_digits_under_a_heading_is_no_tick(tmp_path: Path) -> None:
    path = tmp_path / "services.csv"
    line = f"7K3-QMX-E;x;x;{'9' * 5000}"
    path.write_text(f"Code de la personne;Repas;Consultation médicale;Divers\n{line}\n", encoding="utf-8")
    found = recognise.recognise(opened_files.read(path).book, path.name)
    assert [column for one in found.lists.values() for column in one.unknown_columns] == ["Divers"]
