"""Empty lists to fill in."""

from pathlib import Path

import openpyxl
import pytest

from shelter_desk import words
from shelter_desk.domain import codes
from shelter_desk.domain.errors import BadCall
from shelter_desk.domain.register_columns import LISTS
from shelter_desk.excel.reading.reading import read
from shelter_desk.excel.reading.recognise import recognise
from shelter_desk.excel.registers.templates import VERSION, write_template


@pytest.mark.parametrize("list_key", list(LISTS))
def test_an_empty_template_is_recognised_and_holds_no_row(tmp_path: Path, list_key: str) -> None:
    write_template(tmp_path / "t.xlsx", list_key, "en")

    found = recognise(read(tmp_path / "t.xlsx"))

    assert {key: (one.rows, one.missing_columns) for key, one in found.lists.items()} == {list_key: ([], ())}


def test_a_template_that_was_filled_in_is_read_back(tmp_path: Path) -> None:
    write_template(tmp_path / "t.xlsx", "lits", "en")
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    book["lits"].append(["F1-03", "F1", "Single", "01/03/2026"])
    book.save(tmp_path / "filled.xlsx")

    (row,) = recognise(read(tmp_path / "filled.xlsx")).lists["lits"].rows

    assert (row.number, row.values["bed_code"], row.values["in_service_from"]) == (3, "F1-03", "01/03/2026")


def test_required_columns_carry_a_star(tmp_path: Path) -> None:
    write_template(tmp_path / "t.xlsx", "absences", "en")
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx")["absences"]

    assert [str(cell.value).endswith(" *") for cell in sheet[1]] == [True, True, True, False]


def test_a_drop_down_offers_every_label_that_the_column_takes(tmp_path: Path) -> None:
    write_template(tmp_path / "t.xlsx", "etats_lits", "en")
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    (rule,) = book["etats_lits"].data_validations.dataValidation
    sheet, cells = str(rule.formula1).split("!")

    offered = [row[0].value for row in book[sheet][cells.replace("$", "")]]

    assert offered == [words.label("bed_state", code) for code in ("maintenance", "hors_service", "quarantaine")]


@pytest.mark.parametrize("list_key", list(LISTS))
def test_every_label_that_is_offered_is_understood(list_key: str) -> None:
    lists = {column.code_list for column in LISTS[list_key] if column.code_list}

    lost = [code.code for name in lists for code in codes.codes(name) if codes.read(name, code.label_fr) != code.code]

    assert lost == []


def test_the_page_of_help_names_every_column_and_the_version(tmp_path: Path) -> None:
    write_template(tmp_path / "t.xlsx", "sejours", "en")
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx")["Mode_emploi"]
    said = {str(cell.value) for row in sheet for cell in row}

    assert {column.key for column in LISTS["sejours"] if not column.read_only} | {
        f"Template sejours, version {VERSION}"
    } <= said


def test_another_list_has_no_template(tmp_path: Path) -> None:
    with pytest.raises(BadCall):
        write_template(tmp_path / "t.xlsx", "recettes", "en")
