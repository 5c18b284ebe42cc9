"""What comes out of files that can be read."""

from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from shelter_desk.domain.errors import FileMissing
from shelter_desk.domain.registers.refusals import CellRefused, NotAWorkbook
from shelter_desk.excel.reading.book import Cell, ErrorCell, Workbook, WorkbookRow
from shelter_desk.excel.reading.cells import as_text
from shelter_desk.excel.reading.reading import read
from tests.excel.conftest import MakeXlsx


def only_row(book: Workbook) -> WorkbookRow:
    (sheet,) = book.sheets
    (row,) = sheet.rows
    return row


def test_an_error_cell_is_told_and_never_read_as_empty(make_xlsx: MakeXlsx) -> None:
    path = make_xlsx('<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="e"><v>#REF!</v></c><c r="C1"><v>3</v></c></row>')

    assert only_row(read(path)).cells == [1, ErrorCell("#REF!"), 3]


def test_a_row_of_nothing_but_an_error_is_still_a_row(make_xlsx: MakeXlsx) -> None:
    path = make_xlsx('<row r="4"><c r="C4" t="e"><v>#N/A</v></c></row>')

    row = only_row(read(path))

    assert (row.number, row.cells) == (4, [None, None, ErrorCell("#N/A")])


def test_an_error_in_a_cell_without_a_reference_is_found(make_xlsx: MakeXlsx) -> None:
    path = make_xlsx('<row><c><v>1</v></c><c t="e"><v>#DIV/0!</v></c></row>')

    assert only_row(read(path)).cells == [1, ErrorCell("#DIV/0!")]


def test_errors_belong_to_the_sheet_that_has_them(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.create_sheet("lits")["B2"] = "#VALUE!"
    book["lits"]["B2"].data_type = "e"
    book.worksheets[0]["B2"] = "F1"
    book.save(tmp_path / "two.xlsx")

    first, second = read(tmp_path / "two.xlsx").sheets

    assert (first.rows[0].cells[1], second.rows[0].cells[1]) == ("F1", ErrorCell("#VALUE!"))


@pytest.mark.parametrize("stored", ["<f>1+1</f>", "<f>1+1</f><v></v>", "<f>1+1</f><v/>", '<f t="shared" si="0"/>'])
def test_a_formula_without_its_result_is_told_and_never_read_as_empty(make_xlsx: MakeXlsx, stored: str) -> None:
    path = make_xlsx(f'<row r="1"><c r="A1"><v>1</v></c><c r="B1">{stored}</c></row>')

    assert only_row(read(path)).cells == [1, ErrorCell("=")]


def test_a_formula_with_its_result_is_the_result(make_xlsx: MakeXlsx) -> None:
    cells = '<c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>T("a")</f><v></v></c><c r="C1"><f>1</f><v/></c>'

    assert only_row(read(make_xlsx(f'<row r="1">{cells}</row>'))).cells == [2, None, ErrorCell("=")]


def test_hidden_rows_and_columns_are_read_and_counted(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for number in range(1, 6):
        sheet.append([number] * 5)
    sheet.row_dimensions[2].hidden = sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions.group("B", "D", hidden=True)
    book.save(tmp_path / "hidden.xlsx")

    (found,) = read(tmp_path / "hidden.xlsx").sheets

    assert (len(found.rows), found.hidden_rows, found.hidden_columns) == (5, 2, 3)


def test_leading_empty_rows_and_columns_keep_their_numbers(make_xlsx: MakeXlsx) -> None:
    path = make_xlsx('<row r="5"><c r="C5"><v>7</v></c></row>')

    row = only_row(read(path))

    assert (row.number, row.cells) == (5, [None, None, 7])


def test_blank_rows_in_between_do_not_shift_the_numbers(make_xlsx: MakeXlsx) -> None:
    path = make_xlsx('<row r="2"><c r="A2"><v>1</v></c></row><row r="600"><c r="A600"><v>2</v></c></row>')

    assert [row.number for row in read(path).sheets[0].rows] == [2, 600]


@pytest.mark.parametrize(("written", "found"), [("12", 12), ("12.5", 12.5), ("-3", -3), ("1e300", 1e300)])
def test_a_whole_number_comes_back_whole(make_xlsx: MakeXlsx, written: str, found: float) -> None:
    cell = only_row(read(make_xlsx(f'<row r="1"><c r="A1"><v>{written}</v></c></row>'))).cells[0]

    assert (cell, type(cell)) == (found, type(found))


def test_an_escaped_character_is_read_as_the_character(make_xlsx: MakeXlsx) -> None:
    path = make_xlsx('<row r="1"><c r="A1" t="inlineStr"><is><t>_x0041_wa</t></is></c></row>')

    assert only_row(read(path)).cells == ["Awa"]


def test_days_moments_hours_and_truth_keep_their_types(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    values: list[Cell] = [date(2026, 3, 1), datetime(2026, 3, 1, 14, 30), time(8, 15), True]
    book.worksheets[0].append(values)
    book.save(tmp_path / "typed.xlsx")

    assert only_row(read(tmp_path / "typed.xlsx")).cells == values


def test_dates_of_the_1904_system_are_the_days_that_were_meant(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.worksheets[0].append([date(2026, 3, 1)])
    book.save(tmp_path / "mac.xlsx")

    assert only_row(read(tmp_path / "mac.xlsx")).cells == [date(2026, 3, 1)]


def test_a_text_of_digits_keeps_its_leading_zeros(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "zeros.xlsx", {"in_memory": True}) as book:
        book.add_worksheet().write_string("A1", "0012")

    assert only_row(read(tmp_path / "zeros.xlsx")).cells == ["0012"]


def test_an_open_document_sheet_is_read(make_ods: MakeXlsx) -> None:
    path = make_ods(
        '<table:table-row><table:table-cell office:value-type="string"><text:p>F1</text:p></table:table-cell>'
        '<table:table-cell office:value-type="float" office:value="2"><text:p>2</text:p></table:table-cell>'
        '<table:table-cell office:value-type="string"><text:p>#REF!</text:p></table:table-cell></table:table-row>'
    )

    assert only_row(read(path)).cells == ["F1", 2, ErrorCell("#REF!")]


@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_a_csv_file_is_cut_at_its_own_separator(tmp_path: Path, separator: str) -> None:
    path = tmp_path / "lits.csv"
    path.write_text(separator.join(["lit", "chambre"]) + "\n" + separator.join(["F1-03", "F1"]), encoding="utf-8-sig")

    (sheet,) = read(path).sheets

    assert (sheet.name, [row.cells for row in sheet.rows]) == ("lits", [["lit", "chambre"], ["F1-03", "F1"]])


def test_a_csv_file_of_an_old_excel_keeps_its_accents(tmp_path: Path) -> None:
    path = tmp_path / "personnes.csv"
    path.write_bytes("Prénom;Âge\nAïssé;7\n".encode("cp1252"))

    assert read(path).sheets[0].rows[1].cells == ["Aïssé", "7"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be"])
def test_a_unicode_text_of_excel_is_read(tmp_path: Path, encoding: str) -> None:
    text = "\ufeff" * (encoding == "utf-16-be") + "Prénom\tÂge\nAïssata\t8 mois\n"
    (tmp_path / "r.txt").write_bytes(text.encode(encoding))

    (sheet,) = read(tmp_path / "r.txt").sheets

    assert [row.cells for row in sheet.rows] == [["Prénom", "Âge"], ["Aïssata", "8 mois"]]


def test_an_empty_workbook_has_a_sheet_without_rows(make_xlsx: MakeXlsx) -> None:
    assert read(make_xlsx()).sheets[0].rows == []


def test_a_file_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileMissing):
        read(tmp_path / "nothing.xlsx")


def test_a_workbook_of_the_years_before_2007_is_read() -> None:
    (sheet,) = read(Path(__file__).parent / "files" / "old.xls").sheets

    assert [(row.number, row.cells) for row in sheet.rows] == [
        (3, [None, "Code du lit", "Code de la chambre", "En service du", "Âge"]),
        (4, [None, "0012", "F1", date(2026, 3, 1), 7]),
    ]


def test_a_quotation_mark_that_is_never_closed_swallows_no_lines(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text('Nom;Sexe\n"Awa;F\nKofi;M\n', encoding="utf-8", newline="\n")

    with pytest.raises(NotAWorkbook) as refused:
        read(tmp_path / "r.csv")

    assert refused.value.why == "quotes"


def test_quotation_marks_inside_a_cell_and_lines_within_it_are_read(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text('Nom;Sexe\nAwa "Bijou";F\n"Kofi ""K""\ndit Ko";M\n', encoding="utf-8", newline="\n")

    (sheet,) = read(tmp_path / "r.csv").sheets

    assert [row.cells[0] for row in sheet.rows] == ["Nom", 'Awa "Bijou"', 'Kofi "K"\ndit Ko']


def test_a_byte_that_means_nothing_is_never_dropped(tmp_path: Path) -> None:
    content = "Nom;Prénom\nKoné;Sékou\n".encode() + b"Traor\xe9;Awa\n"
    (tmp_path / "r.csv").write_bytes(content)

    (sheet,) = read(tmp_path / "r.csv").sheets

    assert sheet.rows[1].cells == ["Koné", "Sékou"]
    with pytest.raises(CellRefused) as refused:
        as_text(sheet.rows[2].cells[0])
    assert refused.value.why == "control"
