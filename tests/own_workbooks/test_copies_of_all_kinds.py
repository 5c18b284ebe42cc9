"""Refusals in a copy of a file of any kind: corrected there and taken in again, nothing doubled, nothing lost."""

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from shelter_desk import words
from shelter_desk.excel.copies import copying
from shelter_desk.excel.reading import reading
from shelter_desk.excel.reading.book import ErrorCell, Workbook, WorkbookRow, WorkbookSheet
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import import_rejects, registers
from shelter_desk.operations.imports.import_rejects import Copy
from shelter_desk.words import imports
from shelter_desk.words.refusals.errors import sentence
from tests.operations.shelter import open_small_shelter
from tests.own_workbooks.admissions import AWA, HEADINGS, KOFI
from tests.own_workbooks.builder import Make, binary, stored, text

WRONG = (*AWA[:3], "310 ans", *AWA[4:])
ROWS = (("REGISTRE 2025",), (), HEADINGS, WRONG, KOFI, ("TOTAL", 2))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_small_shelter(tmp_path / "shelter") as opened:
        yield opened


def copied(desk: Desk, path: Path, out: Path) -> Copy:
    """The accepted rows are taken in, the refused ones written into a copy."""
    look = registers.look(desk, path)
    assert {one.column for one in look.judgement.refusals} == {"age"}
    registers.take_in(desk, look)
    with words.speaking("fr"):
        return import_rejects.write(
            look, out, {at: sentence(one.error) for at, one in enumerate(look.judgement.refusals)}
        )


def brought(desk: Desk, path: Path) -> dict[str, int]:
    look = registers.look(desk, path)
    assert look.judgement.refusals == []
    counts = {name: counted.new + counted.changed for name, counted in look.judgement.counts.items()}
    registers.take_in(desk, look)
    return {name: n for name, n in counts.items() if n}


def assert_the_line_comes_in_once(desk: Desk, path: Path) -> None:
    assert brought(desk, path) == {"personnes": 1, "sejours": 1}
    assert brought(desk, path) == {}


@pytest.mark.parametrize(
    "make",
    [
        stored("erreurs.ods"),
        stored("erreurs.xls"),
        binary("erreurs.xlsb", "Registre", (HEADINGS, (*AWA[:3], "#N/A", *AWA[4:]), KOFI)),
        text("registre.csv", ROWS),
    ],
    ids=[".ods", ".xls", ".xlsb", ".csv"],
)
def test_a_copy_as_a_workbook_is_corrected_and_taken_in(desk: Desk, tmp_path: Path, make: Make) -> None:
    source = make(tmp_path)
    (tmp_path / "out").mkdir()
    copy = copied(desk, source, tmp_path / "out" / "copie.xlsx")
    book = openpyxl.load_workbook(copy.path)
    sheet = book.worksheets[0]
    before = [[cell for cell in row.cells if cell is not None] for row in reading.read(source).sheets[0].rows]
    after = [[cell for cell in row.cells if cell is not None] for row in reading.read(copy.path).sheets[0].rows]
    assert (copy.kind, book.sheetnames[1:], len(after)) == ("values", ["refus"], len(before))
    assert all(row[: len(was)] == was for was, row in zip(before, after, strict=True))
    with words.speaking("fr"):
        assert "sans vos couleurs" in imports.copy(copy.kind, copy.path)
    (wrong,) = [cell for row in sheet.iter_rows() for cell in row if cell.fill.patternType == "solid"]
    (reason,) = [cell for cell in sheet[wrong.row] if cell.column > len(HEADINGS) and cell.value]
    assert reason.value
    wrong.value = 25
    book.save(copy.path)
    assert_the_line_comes_in_once(desk, copy.path)


@pytest.mark.parametrize(
    ("name", "separator", "encoding"),
    [
        ("r.csv", ";", "utf-8"),
        ("r.csv", ",", "utf-8-sig"),
        ("r.csv", ";", "cp1252"),
        ("r.csv", ";", "cp850"),
        ("r.csv", "|", "mac_roman"),
        ("r.txt", "\t", "utf-16"),
    ],
)
def test_a_csv_file_is_copied_as_it_is_corrected_and_taken_in(
    desk: Desk, tmp_path: Path, name: str, separator: str, encoding: str
) -> None:
    source = text(name, ROWS, separator=separator, encoding=encoding)(tmp_path)
    (tmp_path / "out").mkdir()
    copy = copied(desk, source, tmp_path / "out" / name)
    content = copy.path.read_bytes().decode(encoding)
    before = list(csv.reader(io.StringIO(source.read_bytes().decode(encoding), newline=""), delimiter=separator))
    after = list(csv.reader(io.StringIO(content, newline=""), delimiter=separator))
    assert (copy.kind, after[2][-1]) == ("text", "Motif du refus")
    assert after[3][-1].startswith("Âge")
    assert [row[: len(was)] for was, row in zip(before, after, strict=True)] == before
    copy.path.write_bytes(content.replace("310 ans", "25 ans").encode(encoding))
    assert_the_line_comes_in_once(desk, copy.path)


def test_reasons_of_the_time_before_go_from_a_csv_file(desk: Desk, tmp_path: Path) -> None:
    first = copied(desk, text("r.csv", ROWS)(tmp_path), tmp_path / "a.csv").path
    first.write_bytes(first.read_bytes().replace(b"310 ans", b"311 ans"))
    again = copied(desk, first, tmp_path / "b.csv").path.read_text(encoding="utf-8")
    rows = list(csv.reader(io.StringIO(again), delimiter=";"))
    assert ("311" in rows[3][-1], "310" in rows[3][-1], len(rows[3])) == (True, False, len(HEADINGS) + 1)


def test_reasons_that_no_code_page_has_go_into_a_workbook_beside(desk: Desk, tmp_path: Path) -> None:
    look = registers.look(desk, text("r.csv", ROWS, encoding="cp1252")(tmp_path))
    (tmp_path / "copie.xlsx").write_bytes(b"something else")
    copy = import_rejects.write(
        look, tmp_path / "copie.csv", dict.fromkeys(range(len(look.judgement.refusals)), "Ŋ ≠ Ɲ")
    )
    assert (copy.kind, copy.path.name) == ("values", "copie (2).xlsx")
    assert (tmp_path / "copie.xlsx").read_bytes() == b"something else"


def test_values_keep_their_kinds_and_their_places_in_a_copy(tmp_path: Path) -> None:
    cells: list[Any] = [
        "00123",
        "=1+1",
        "#REF?",
        12,
        1.5,
        True,
        None,
        date(2025, 2, 3),
        datetime(2025, 2, 3, 14, 30),
        time(8, 5),
        ErrorCell("#REF!"),
        "https://a.b",
    ]
    long_name = "Registre des personnes accueillies: janvier"
    book = Workbook(
        (
            WorkbookSheet(long_name, [WorkbookRow(4, cells)]),
            WorkbookSheet(long_name + " 2", [WorkbookRow(1, ["x"])], since_1904=True),
        )
    )
    made = copying.workbook(book)
    assert made is not None
    (tmp_path / "c.xlsx").write_bytes(made[0])
    read = reading.read(tmp_path / "c.xlsx")
    assert [(row.number, row.cells) for row in read.sheets[0].rows] == [(4, cells)]
    assert [sheet.name for sheet in read.sheets] == list(made[1].values())
    assert all(sheet.since_1904 for sheet in read.sheets)


def test_a_text_that_a_workbook_would_cut_is_refused_in_its_copy(tmp_path: Path) -> None:
    made = copying.workbook(Workbook((WorkbookSheet("R", [WorkbookRow(1, ["a" * 40_000])]),)))
    assert made is not None
    (tmp_path / "c.xlsx").write_bytes(made[0])
    assert str(reading.read(tmp_path / "c.xlsx").sheets[0].rows[0].cells[0]).endswith("…\x1a")


def test_more_rows_than_a_sheet_has_are_not_copied() -> None:
    assert copying.workbook(Workbook((WorkbookSheet("R", [WorkbookRow(1_048_577, ["a"])]),))) is None
