"""Workbooks that count days from 1904 say so, in every kind; a text file says nothing and has no numbers of days."""

import io
import struct
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from shelter_desk.domain.registers.refusals import CellRefused
from shelter_desk.excel.reading import cells, guard, reading, scan_binary
from tests.own_workbooks.builder import binary


@pytest.mark.parametrize("mac", [True, False])
def test_an_xlsx_says_from_when_it_counts(tmp_path: Path, mac: bool) -> None:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904 if mac else book.epoch
    book.active.append(("Jour", 44229))
    book.save(tmp_path / "b.xlsx")
    (sheet,) = reading.read(tmp_path / "b.xlsx").sheets
    assert (sheet.since_1904, sheet.rows[0].cells[1]) == (mac, 44229)


def test_an_xlsb_says_so_in_its_properties(tmp_path: Path) -> None:
    path = binary("b.xlsb", "R", (("Jour", 44229),))(tmp_path)
    with zipfile.ZipFile(path) as archive:
        part = archive.read("xl/workbook.bin")
    assert not scan_binary.is_xlsb_since_1904(part)
    assert scan_binary.is_xlsb_since_1904(b"\x99\x01\x08" + struct.pack("<II", 1, 0) + part)


@pytest.mark.parametrize(("day", "expected"), [("1904-01-01", True), ("1899-12-30", False)])
def test_an_ods_says_so_in_its_content(day: str, expected: bool) -> None:
    content = (
        '<office:document-content xmlns:office="o" xmlns:table="t"><table:calculation-settings>'
        f'<table:null-date table:date-value="{day}"/></table:calculation-settings>'
        '<table:table table:name="R"><table:table-row/></table:table></office:document-content>'
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("content.xml", content)
    noted = guard.check(made, 1000)
    assert ("R" in noted and noted["R"].since_1904) == expected


def test_a_number_in_a_text_file_is_no_day(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("Jour;Nom\n45691;Awa\n", encoding="utf-8")
    (sheet,) = reading.read(tmp_path / "r.csv").sheets
    with pytest.raises(CellRefused):
        cells.as_day(sheet.rows[1].cells[0])
