"""Figures in a donor's workbook: only the cells written change, and every formula that depends is computed anew."""

import contextlib
import io
import json
import random
import shutil
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest

from shelter_desk.domain.errors import FileMissing
from shelter_desk.domain.registers.refusals import NotAWorkbook
from shelter_desk.excel.donors import filling
from shelter_desk.excel.donors.filling import DonorBook, Order
from shelter_desk.excel.donors.ooxml import place_of, range_of, reference_of
from shelter_desk.excel.donors.patching import fill
from shelter_desk.excel.donors.sheet_cells import read
from shelter_desk.excel.reading.outline import outline
from shelter_desk.excel.reading.refusal import Refused
from tests.excel.donor_workbook import APART, FORM, NOTES, SUMS, make, parts, with_macro
from tests.torture import hostile

ORDERS: tuple[Order, ...] = (
    (FORM, "B3", 12, ""),
    (FORM, "B4", 5, ""),
    (FORM, "D12", 479, ""),
    (FORM, "E3", 7.5, ""),
    (FORM, "A1", "Octobre <2026> & l’an", ""),
    (NOTES, "C7", 3, ""),
)


@pytest.fixture(scope="module")
def donor(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("donor") / "OIM.xlsx")


@pytest.fixture(scope="module")
def book(donor: Path) -> DonorBook:
    return filling.look(donor)


@pytest.fixture(scope="module")
def filled(book: DonorBook, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("filled") / "rempli.xlsx"
    path.write_bytes(filling.content(book, path, ORDERS))
    return path


def test_places_are_read_and_said_as_excel_does() -> None:
    assert [place_of(one) for one in ("A1", "$B$4", "XFD1048576", "t2", "4B")] == [
        (1, 1),
        (4, 2),
        (1048576, 16384),
        (2, 20),
        None,
    ]
    assert [reference_of(place) for place in ((1, 1), (4, 27), (9, 702), (1, 703))] == ["A1", "AA4", "ZZ9", "AAA1"]
    assert range_of("C9:A1") == (1, 1, 9, 3)


def test_what_is_in_the_workbook_is_told(book: DonorBook) -> None:
    form = book.sheets[FORM]
    assert list(book.sheets) == [FORM, SUMS, APART, NOTES]
    assert (form.cells[3, 2], form.cells[4, 2], form.cells[5, 2]) == ("999", "{{t2.exits}}", "=B3-B4")
    assert (set(form.formulas), set(form.percents), form.merged) == ({(5, 2)}, {(7, 2)}, ((9, 1, 9, 3),))
    assert book.names["t2_entries"] == f"{FORM}!$B$3"


@pytest.mark.parametrize(
    ("cell", "why"),
    [((5, 2), "formula"), ((9, 2), "merged"), ((9, 1), ""), ((3, 6), "table"), ((4, 6), ""), ((3, 2), "")],
)
def test_cells_that_are_never_written_into_are_known(book: DonorBook, cell: tuple[int, int], why: str) -> None:
    assert book.sheets[FORM].why_not(cell) == why


def test_a_name_is_one_cell_or_one_merged_cell(book: DonorBook) -> None:
    assert filling.place_in(book, f"{FORM}!$B$3") == (FORM, (3, 2))
    assert filling.place_in(book, f"{FORM}!$A$9:$C$9") == (FORM, (9, 1))
    assert filling.place_in(book, "'Synthèse d’OIM'!A1") == (SUMS, (1, 1))
    assert [filling.place_in(book, text) for text in (f"{FORM}!$A$1:$C$9", "#REF!", "Ailleurs!A1", "42")] == [None] * 4


def test_every_part_but_the_sheets_concerned_is_the_same_byte_by_byte(donor: Path, filled: Path) -> None:
    before, after = parts(donor), parts(filled)
    assert list(before) == list(after)
    changed = {name for name, content in after.items() if content != before[name]}
    # the form and the notes are written, the second adds the form up, the workbook says that all is computed anew
    assert changed == {f"xl/worksheets/sheet{n}.xml" for n in (1, 2, 4)} | {"xl/workbook.xml"}
    assert {"xl/charts/chart1.xml", "xl/media/image1.png", "xl/tables/table1.xml", "xl/styles.xml"} <= set(before)


def test_only_the_cells_written_differ_in_a_sheet(donor: Path, filled: Path) -> None:
    before, after = (openpyxl.load_workbook(path) for path in (donor, filled))
    changed = {}
    for sheet in before:
        for row in range(1, 30):
            for column in range(1, 12):
                one, other = sheet.cell(row, column), after[sheet.title].cell(row, column)
                assert one.style_id == other.style_id or (row, column) == (3, 5)
                if one.value != other.value:
                    changed[sheet.title, other.coordinate] = other.value
    assert changed == {(sheet, cell): value for sheet, cell, value, _ in ORDERS}


def test_an_empty_cell_takes_the_style_of_its_column(filled: Path) -> None:
    assert openpyxl.load_workbook(filled)[FORM]["E3"].fill.fgColor.rgb == "FFFFF2CC"


def test_rules_of_looks_and_of_entry_chart_table_and_names_stay(filled: Path) -> None:
    book = openpyxl.load_workbook(filled)
    form = book[FORM]
    assert (len(form.conditional_formatting), len(form.data_validations.dataValidation)) == (1, 1)
    assert (list(form.tables), len(form._charts)) == (["Table1"], 1)
    assert "Zone_OIM" in book.defined_names


def test_formulas_that_depend_lose_their_stored_result_and_others_keep_it(filled: Path) -> None:
    stored = openpyxl.load_workbook(filled, data_only=True)
    assert (stored[FORM]["B5"].value, stored[SUMS]["A1"].value, stored[APART]["A2"].value) == (None, None, 5)
    assert b'fullCalcOnLoad="1"' in parts(filled)["xl/workbook.xml"]


def test_a_formula_is_never_overwritten_though_an_order_says_so(donor: Path) -> None:
    order = b'[["Formulaire","B5",1,""]]\n'
    with pytest.raises(Refused):
        fill(order + donor.read_bytes())


def test_macros_are_kept_and_never_run(donor: Path, tmp_path: Path) -> None:
    book = filling.look(with_macro(Path(shutil.copy(donor, tmp_path / "macro.xlsx"))))
    out = tmp_path / "rempli.xlsm"
    out.write_bytes(filling.content(book, out, ORDERS[:1]))
    assert parts(out)["xl/vbaProject.bin"] == b"\xd0\xcf\x11\xe0 a macro that is never run"


@pytest.mark.parametrize(
    ("content", "why"),
    [(b"bonjour", "kind"), (b"PK\x03\x04 rien", "damaged"), (bytes.fromhex("D0CF11E0A1B11AE1"), "kind"), (b"", "kind")],
)
def test_what_is_no_workbook_of_that_kind_is_refused(tmp_path: Path, content: bytes, why: str) -> None:
    path = tmp_path / "faux.xlsx"
    path.write_bytes(content)
    with pytest.raises(NotAWorkbook) as refused:
        filling.look(path)
    assert refused.value.why == why


def test_a_file_that_is_gone_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(FileMissing):
        filling.look(tmp_path / "rien.xlsx")


def test_a_document_type_is_refused(donor: Path, tmp_path: Path) -> None:
    evil = tmp_path / "entites.xlsx"
    with zipfile.ZipFile(donor) as archive, zipfile.ZipFile(evil, "w") as copy:
        for one in archive.infolist():
            content = archive.read(one)
            if one.filename == "xl/workbook.xml":
                content = content.replace(b"<workbook", b'<!DOCTYPE x [<!ENTITY a "b">]><workbook', 1)
            copy.writestr(one, content)
    with pytest.raises(NotAWorkbook):
        filling.look(evil)


def sheet_of(rows: str, prefix: str = "") -> bytes:
    p = prefix
    return f'<{p}worksheet xmlns{":" + p[:-1] if p else ""}="x">{rows}</{p}worksheet>'.encode()


def written(sheet: bytes, cell: str, value: object = 1) -> bytes:
    from shelter_desk.excel.donors.patching import _cuts, _patched

    found, place = read(sheet, []), place_of(cell)
    assert place is not None
    return _patched(sheet, _cuts(found, {place: value}))  # type: ignore[dict-item]


@pytest.mark.parametrize(
    ("before", "cell", "after"),
    [
        ("<sheetData/>", "B2", '<sheetData><row r="2"><c r="B2"><v>1</v></c></row></sheetData>'),
        ("<sheetData></sheetData>", "B2", '<sheetData><row r="2"><c r="B2"><v>1</v></c></row></sheetData>'),
        (
            '<sheetData><row r="2" spans="1:1" ht="20"/></sheetData>',
            "B2",
            '<sheetData><row r="2" ht="20"><c r="B2"><v>1</v></c></row></sheetData>',
        ),
        (
            '<sheetData><row r="3"><c r="A3"/></row></sheetData>',
            "B2",
            '<sheetData><row r="2"><c r="B2"><v>1</v></c></row><row r="3"><c r="A3"/></row></sheetData>',
        ),
        (
            '<sheetData><row r="2" spans="1:3"><c r="A2" t="b"/><c r="C2" s="4"/></row></sheetData>',
            "B2",
            '<sheetData><row r="2"><c r="A2" t="b"/><c r="B2"><v>1</v></c><c r="C2" s="4"/></row></sheetData>',
        ),
        (
            '<sheetData><row r="2" s="7" customFormat="1"><c r="A2"/></row></sheetData>',
            "B2",
            '<sheetData><row r="2" s="7" customFormat="1"><c r="A2"/><c r="B2" s="7"><v>1</v></c></row></sheetData>',
        ),
        (
            "<sheetData><row><c/></row><row><c t='str'><v>a</v></c>"
            "<c s='3' t='inlineStr'><is><t>x &gt; y</t></is></c></row></sheetData>",
            "B2",
            '<sheetData><row><c/></row><row><c t=\'str\'><v>a</v></c><c r="B2" s="3"><v>1</v></c></row></sheetData>',
        ),
    ],
)
def test_a_cell_is_put_where_it_belongs_in_every_way_a_sheet_is_written(before: str, cell: str, after: str) -> None:
    assert written(sheet_of(before), cell) == sheet_of(after)


def test_tags_with_a_prefix_keep_it() -> None:
    before = sheet_of('<x:sheetData><x:row r="1"><x:c r="A1"/></x:row></x:sheetData>', "x:")
    after = sheet_of('<x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row></x:sheetData>', "x:")
    assert written(before, "A1") == after


def test_a_cell_is_emptied_and_a_text_is_written_as_it_is() -> None:
    before = sheet_of('<sheetData><row r="1"><c r="A1" s="2"><v>4</v></c></row></sheetData>')
    assert b'<c r="A1" s="2"/>' in written(before, "A1", None)
    assert b'<t xml:space="preserve">=1+1 &lt;5</t>' in written(before, "A1", "=1+1 <5")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")
def test_another_program_computes_the_formulas_anew(filled: Path, tmp_path: Path) -> None:
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "xlsx"]
    subprocess.run(
        [*command, "--outdir", str(tmp_path / "out"), str(filled)], check=True, capture_output=True, timeout=120
    )
    computed = openpyxl.load_workbook(io.BytesIO((tmp_path / "out" / filled.name).read_bytes()), data_only=True)
    assert (computed[FORM]["B5"].value, computed[SUMS]["A1"].value, computed[APART]["A2"].value) == (7, 14, 5)


def test_a_damaged_workbook_ends_in_a_refusal_or_in_a_copy_that_can_be_read_again(donor: Path) -> None:
    ends = set()
    for seed in range(40):
        content = hostile.mutated(random.Random(seed), donor.read_bytes())
        told = json.loads(outline(content))
        if "refused" in told or not told["sheets"]:
            ends.add("refused")
            continue
        order = json.dumps([[told["sheets"][0]["name"], "AA77", 4, ""]]).encode()
        with contextlib.suppress(Refused):
            ends.add("refused" if "refused" in json.loads(outline(fill(order + b"\n" + content))) else "filled")
    assert ends == {"refused", "filled"}
