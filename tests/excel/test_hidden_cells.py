"""Cells of a donor's workbook that stay empty: their comments, and the formulas that take them into account."""

import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from shelter_desk.excel.donors import filling
from shelter_desk.excel.donors.filling import Formulas, Order
from shelter_desk.excel.donors.ooxml import reference_of
from tests.excel.donor_workbook import parts


@pytest.mark.parametrize("has_notes", [False, True])
def test_a_comment_stands_beside_those_that_the_sheet_has(tmp_path: Path, has_notes: bool) -> None:
    path = tmp_path / "notes.xlsx"
    source = xlsxwriter.Workbook(str(path))
    sheet = source.add_worksheet("S")
    sheet.write("A1", 1)
    if has_notes:
        sheet.write_comment("A1", "celui du bailleur", {"author": "Bailleur"})
    sheet.add_table("C1:D3")
    source.add_worksheet("T").write("A1", 2)
    source.close()
    orders: list[Order] = [("S", "A1", None, "caché"), ("S", "B2", None, "caché & <vide>"), ("T", "B9", None, "ici")]
    (tmp_path / "un.xlsx").write_bytes(filling.content(filling.look(path), path, orders))
    again = filling.look(tmp_path / "un.xlsx")
    (tmp_path / "deux.xlsx").write_bytes(filling.content(again, path, [*orders, ("T", "B10", 4, "là")]))
    book = openpyxl.load_workbook(tmp_path / "deux.xlsx")
    told = {
        (one.title, cell.coordinate): cell.comment.text for one in book for row in one for cell in row if cell.comment
    }
    assert told == {
        ("S", "A1"): "celui du bailleur" if has_notes else "caché",
        ("S", "B2"): "caché & <vide>",
        ("T", "B9"): "ici",
        ("T", "B10"): "là",
    }


def test_formulas_that_take_a_cell_into_account_are_found_through_names_ranges_and_copies(tmp_path: Path) -> None:
    path = tmp_path / "calculs.xlsx"
    source = xlsxwriter.Workbook(str(path))
    first, other = source.add_worksheet("L’an"), source.add_worksheet("Autre")
    for cell, formula in {"A10": "=SUM(A1:A9)", "B10": "=SUM(B:B)+1", "D1": '=IF(1,"A1",0)', "D2": "=A10*2"}.items():
        first.write_formula(cell, formula)
    source.define_name("Total", "='L’an'!$A$10")
    for cell, formula in {"A1": "=Total", "A2": "='L’an'!A3", "A3": "=INDIRECT(A9)", "A4": "=A2"}.items():
        other.write_formula(cell, formula)
    source.close()
    found = [f"{sheet} {reference_of(place)}" for sheet, place in Formulas(filling.look(path)).over(("L’an", (3, 1)))]
    assert found == ["L’an D2", "L’an A10", "Autre A1", "Autre A2", "Autre A3", "Autre A4"]


def test_a_formula_written_once_for_several_cells_is_read_in_each(tmp_path: Path) -> None:
    path = tmp_path / "partage.xlsx"
    source = xlsxwriter.Workbook(str(path))
    sheet = source.add_worksheet("S")
    sheet.write_formula("B1", "=A1+$A$9")
    sheet.write_formula("B2", "=A2+$A$9")
    source.close()
    known = parts(path)
    with zipfile.ZipFile(path, "w") as copy:
        for name, content in known.items():
            first = content.replace(b"<f>A1+$A$9</f>", b'<f t="shared" ref="B1:B2" si="0">A1+$A$9</f>')
            copy.writestr(name, first.replace(b"<f>A2+$A$9</f>", b'<f t="shared" si="0"/>'))
    book = filling.look(path)
    assert [book.sheets["S"].cells[place] for place in ((1, 2), (2, 2))] == ["=A1+$A$9", "=A2+$A$9"]
    assert Formulas(book).over(("S", (2, 1))) == (("S", (2, 2)),)
