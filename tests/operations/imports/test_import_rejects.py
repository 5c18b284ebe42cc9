"""Refusals beside the rows of the shelter's own workbook, corrected there and taken in again."""

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font

from shelter_desk import words
from shelter_desk.domain.errors import WouldOverwrite
from shelter_desk.excel.copies import marking
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import import_rejects, registers
from shelter_desk.words.refusals.errors import sentence
from tests.operations.imports.test_own_registers import AWA, HEADINGS, MAN, book
from tests.operations.shelter import open_small_shelter

WRONG = (*MAN[:4], "Gondorien", "32/13/2026", *MAN[6:])


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_small_shelter(tmp_path / "shelter") as opened:
        yield opened


@pytest.fixture
def refused(tmp_path: Path) -> Path:
    """A register of two lines under a title in red; the second line has a wrong country and a wrong day."""
    path = book(tmp_path / "r.xlsx", Registre=(("REGISTRE",), HEADINGS, AWA, WRONG), Autre=(("Budget",), (12,)))
    made = openpyxl.load_workbook(path)
    made["Registre"]["A1"].font = Font(bold=True, color="FF0000")
    made["Registre"].column_dimensions["B"].width = 33
    made.save(path)
    return path


def written(desk: Desk, path: Path, out: Path) -> Path:
    look = registers.look(desk, path)
    with words.speaking("fr"):
        import_rejects.write(look, out, {at: sentence(one.error) for at, one in enumerate(look.judgement.refusals)})
    return out


def test_the_reasons_stand_beside_the_row_and_the_wrong_cells_are_marked(
    desk: Desk, refused: Path, tmp_path: Path
) -> None:
    sheet = openpyxl.load_workbook(written(desk, refused, tmp_path / "refus.xlsx"))["Registre"]
    marked = [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.fill.patternType == "solid"]
    assert (sheet["I2"].value, sheet["I3"].value, marked) == ("Motif du refus", None, ["E4", "F4"])
    assert "Gondorien" in sheet["I4"].value


def test_the_looks_and_the_other_sheets_are_kept(desk: Desk, refused: Path, tmp_path: Path) -> None:
    copy = openpyxl.load_workbook(written(desk, refused, tmp_path / "refus.xlsx"))
    sheet = copy["Registre"]
    looks = (sheet["A1"].font.color.rgb, sheet.column_dimensions["B"].width)
    assert (copy.sheetnames, looks) == (["Registre", "Autre", "refus"], ("00FF0000", 33))


def test_the_copy_is_corrected_and_taken_in(desk: Desk, refused: Path, tmp_path: Path) -> None:
    out = written(desk, refused, tmp_path / "refus.xlsx")
    copy = openpyxl.load_workbook(out)
    copy["Registre"]["E4"], copy["Registre"]["F4"] = "Ghanéen", "05/02/2026"
    copy.save(out)
    look = registers.look(desk, out)
    assert (look.judgement.refusals, look.unknown_columns) == ([], (("Registre", "N°"),))


def test_reasons_of_the_time_before_go(desk: Desk, refused: Path, tmp_path: Path) -> None:
    out = written(desk, refused, tmp_path / "refus.xlsx")
    copy = openpyxl.load_workbook(out)
    copy["Registre"]["E4"] = "Ghanéen"
    copy.save(out)
    sheet = openpyxl.load_workbook(written(desk, out, tmp_path / "again.xlsx"))["Registre"]
    assert ("Gondorien" in sheet["I4"].value, sheet["J2"].value) == (False, None)


def test_a_reason_is_never_a_formula(desk: Desk, refused: Path, tmp_path: Path) -> None:
    look = registers.look(desk, refused)
    import_rejects.write(look, tmp_path / "out.xlsx", dict.fromkeys(range(len(look.judgement.refusals)), "=1+1"))
    assert openpyxl.load_workbook(tmp_path / "out.xlsx")["Registre"]["I4"].data_type == "s"


def test_merged_cells_over_the_column_of_the_reasons_are_parted(desk: Desk, refused: Path, tmp_path: Path) -> None:
    made = openpyxl.load_workbook(refused)
    for cells in ("A1:M1", "H2:J2", "H4:K4"):
        made["Registre"].merge_cells(cells)
    made.save(refused)
    sheet = openpyxl.load_workbook(written(desk, refused, tmp_path / "refus.xlsx"))["Registre"]
    assert (sheet["I2"].value, "Gondorien" in sheet["I4"].value) == ("Motif du refus", True)
    assert [str(merged) for merged in sheet.merged_cells.ranges] == ["A1:M1"]


def test_signs_that_no_workbook_may_hold_are_shown_as_such(desk: Desk, tmp_path: Path) -> None:
    path = book(tmp_path / "r.xlsx", Registre=(HEADINGS, (*WRONG[:4], "Gon_x0001_dor", *WRONG[5:])))
    out = openpyxl.load_workbook(written(desk, path, tmp_path / "refus.xlsx"))
    assert "Registre" in out.sheetnames
    assert "Gon\ufffddor" in [row[4] for row in out["refus"].iter_rows(values_only=True)]


def test_a_workbook_that_cannot_be_copied_gets_its_refusals_as_a_list(
    desk: Desk, refused: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marking, "run_worker", lambda *_: b"")
    assert openpyxl.load_workbook(written(desk, refused, tmp_path / "refus.xlsx")).sheetnames == ["refus"]


def test_a_column_without_a_heading_is_left_as_it_is(desk: Desk, tmp_path: Path) -> None:
    lines = ((*AWA, "à rappeler"), (*WRONG, "vue au marché"))
    out = written(desk, book(tmp_path / "r.xlsx", Registre=(HEADINGS, *lines)), tmp_path / "refus.xlsx")
    sheet = openpyxl.load_workbook(out)["Registre"]
    assert [sheet[cell].value for cell in ("I2", "I3", "J1")] == ["à rappeler", "vue au marché", "Motif du refus"]


def test_reasons_of_the_time_before_go_from_a_sheet_without_refusals_too(desk: Desk, tmp_path: Path) -> None:
    first = book(tmp_path / "r.xlsx", Janvier=(HEADINGS, AWA, WRONG), Fevrier=(HEADINGS, (4, *WRONG[1:])))
    out = written(desk, first, tmp_path / "refus.xlsx")
    copy = openpyxl.load_workbook(out)
    copy["Janvier"]["E3"], copy["Janvier"]["F3"] = "Ghanéen", "05/02/2026"
    copy.save(out)
    again = openpyxl.load_workbook(written(desk, out, tmp_path / "again.xlsx"))
    assert ([cell.value for cell in again["Janvier"]["I"]], "Gondorien" in again["Fevrier"]["I2"].value) == (
        [None, None, None],
        True,
    )


def test_a_cell_that_is_too_long_is_told_shortened(desk: Desk, tmp_path: Path) -> None:
    lines = [";".join(map(str, row)) for row in (HEADINGS, (*WRONG[:4], "Gondor" * 6000, *WRONG[5:]))]
    (tmp_path / "r.csv").write_text("\n".join(lines), encoding="utf-8", newline="\n")
    out = openpyxl.load_workbook(written(desk, tmp_path / "r.csv", tmp_path / "refus.xlsx"))
    assert max(len(str(cell.value)) for row in out["refus"].iter_rows() for cell in row) < 1100


def test_the_workbook_that_is_read_is_not_written_over(desk: Desk, refused: Path) -> None:
    with pytest.raises(WouldOverwrite):
        written(desk, refused, refused)


def test_nothing_is_left_beside_the_copy(desk: Desk, refused: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    written(desk, refused, tmp_path / "out" / "refus.xlsx")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["refus.xlsx"]


@pytest.mark.parametrize("typed", ["Congo", "Congolais"])
def test_a_country_that_may_be_two_is_refused_with_both(desk: Desk, tmp_path: Path, typed: str) -> None:
    path = book(tmp_path / "r.xlsx", Registre=(HEADINGS, (*AWA[:4], typed, *AWA[5:])))
    (refusal,) = registers.look(desk, path).judgement.refusals
    with words.speaking("fr"):
        told = sentence(refusal.error)
    assert all(name in told for name in (typed, "Congo (Brazzaville)", "RD Congo"))
