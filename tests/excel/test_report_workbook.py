"""The report's workbook: what stands in it, what recalculating gives, what it never gives away."""

import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from shelter_desk.domain.errors import FileMissing
from shelter_desk.domain.reports import Report, compute
from shelter_desk.domain.reports.hiding.small_cells import shown
from shelter_desk.domain.reports.layout.blocks import tables
from shelter_desk.domain.reports.report import FigureComment
from shelter_desk.excel.reports import report as workbook
from tests.domain.reports.rich import rich_report
from tests.domain.reports.shelters import Shelter, golden

SHEETS = [
    "01_Garde",
    "02_Capacite",
    "03_Mouvements",
    "04_Profil",
    "05_Identification",
    "06_Mineurs",
    "07_Services",
    "08_References",
    "09_Sorties",
    "10_Activites",
    "11_Equipements",
    "13_Incidents",
    "Definitions",
    "15_Controles",
    "16_Lignes",
    "17_Chiffres",
]
COVER = workbook.ReportCover("Maison du Fleuve", "Ségou", "Agent A", 12, "0.1", datetime(2026, 12, 3, 16, 40))
PROFILES = ("interne", "partenaire", "public")


def _written(
    path: Path, profile: Any = "interne", cover: workbook.ReportCover = COVER, report: Report | None = None
) -> Path:
    target = path / f"{profile}.xlsx"
    workbook.write(target, shown(report or compute(golden().facts()), profile), cover, "en")
    return target


def _rich() -> Report:
    """Golden and more: unknown sex and age, two nationalities, several reasons."""
    shelter = golden()
    for reason, nationality in (("avrr", "SN"), ("deces", "GN"), ("fugue_disparition", "")):
        person = shelter.person("u", None, nationality)
        shelter.stay(person, date(2026, 11, 2), date(2026, 11, 8), exit_reason=reason, exit_destination="mali_autre")
    return compute(shelter.facts())


def _figures(book: Any) -> dict[tuple[Any, ...], Any]:
    return {tuple(row[5:6] + row[7:-3]): row[-3] for row in list(book["17_Chiffres"].values)[1:]}


def _row_of(sheet: Any, label: str) -> list[Any]:
    return next([cell for cell in row] for row in sheet.iter_rows(values_only=True) if label in row)  # noqa: C416


def test_the_sheets_have_their_stable_names_and_none_is_hidden(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(_written(tmp_path))
    assert [(sheet.title, sheet.sheet_state) for sheet in book] == [(name, "visible") for name in SHEETS]


def test_the_house_reads_how_many_rows_stand_behind_each_figure_and_nobody_else(tmp_path: Path) -> None:
    report = compute(golden().facts())
    book = openpyxl.load_workbook(_written(tmp_path, report=report))
    kept = openpyxl.load_workbook(tmp_path / "interne.xlsx", data_only=True)
    lines = [row for row in book["16_Lignes"].iter_rows(min_row=4, values_only=True) if row[0] != "Figure" and row[0]]
    assert len(lines) == len(report.figures)
    entries = next(row for row in lines if row[0] == "Entries" and row[3] == 8)
    assert (entries[2], entries[4], entries[6].startswith("=IF(C")) == (8, "stays", True)
    sheet, _, cell = entries[5].partition("!")
    assert kept[sheet][cell].value == 8
    tested = [row for row in kept["16_Lignes"].iter_rows(min_row=4, values_only=True) if row[6] in ("OK", "Faux")]
    assert len(tested) > 100
    for row in tested:
        sheet, _, cell = row[5].partition("!")
        assert kept[sheet][cell].value == row[2]
    for profile in PROFILES[1:]:
        assert "16_Lignes" not in openpyxl.load_workbook(_written(tmp_path, profile, report=report)).sheetnames


def test_no_row_or_column_is_hidden(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(_written(tmp_path))
    hidden = [
        (sheet.title, key)
        for sheet in book
        for dimensions in (sheet.row_dimensions, sheet.column_dimensions)
        for key, one in dimensions.items()
        if one.hidden
    ]
    assert hidden == []


def test_the_golden_movements_stand_in_their_row(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(_written(tmp_path), data_only=True)["03_Mouvements"]
    expected = ["h", "Person-nights by group", 27, 0, 51, 50, 0, 0, 0, 46, 53, 0, 78, 46, 50, 53, 227]
    assert _row_of(sheet, "Person-nights by group") == expected


def test_totals_and_subtotals_are_formulas_stored_with_their_values(tmp_path: Path) -> None:
    path = _written(tmp_path)
    formulas = _row_of(openpyxl.load_workbook(path)["03_Mouvements"], "Entries")[-5:]
    values = _row_of(openpyxl.load_workbook(path, data_only=True)["03_Mouvements"], "Entries")[-5:]
    assert all(str(formula).startswith("=SUM(") for formula in formulas)
    assert values == [1, 1, 2, 4, 8]


def test_formulas_use_nothing_that_an_old_excel_does_not_know(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(_written(tmp_path, report=_rich()))
    formulas = [cell.value for sheet in book for row in sheet for cell in row if cell.data_type == "f"]
    assert {name for formula in formulas for name in re.findall(r"([A-Z.]+)\(", formula)} == {"SUM", "IF"}


def test_every_control_is_a_formula_that_says_ok(tmp_path: Path) -> None:
    path = _written(tmp_path)
    formulas = [
        row[6] for row in openpyxl.load_workbook(path)["15_Controles"].values if str(row[0]).startswith(("I-", "C-"))
    ]
    assert len(formulas) == len(compute(golden().facts()).identities)
    assert all(str(formula).startswith("=IF(") for formula in formulas)


def test_the_figures_are_rows_for_other_programs(tmp_path: Path) -> None:
    report = compute(golden().facts())
    found = _figures(openpyxl.load_workbook(_written(tmp_path), data_only=True))
    assert len(found) == len(report.figures)
    assert list(found.values()) == [figure.value for figure in report.figures.values()]


def test_the_nights_have_a_native_chart(tmp_path: Path) -> None:
    with zipfile.ZipFile(_written(tmp_path)) as archive:
        assert [name for name in archive.namelist() if name.startswith("xl/charts/chart")] == ["xl/charts/chart1.xml"]


def test_the_sheets_print_on_a4_with_headers_and_page_numbers(tmp_path: Path) -> None:
    for sheet in openpyxl.load_workbook(_written(tmp_path)):
        assert sheet.page_setup.paperSize == 9
        assert "Internal" in sheet.oddHeader.left.text
        assert "&P" in f"&{sheet.oddFooter.right.text}"


@pytest.mark.parametrize(("profile", "warning"), [("interne", "DO NOT PASS ON"), ("partenaire", None)])
def test_each_page_that_stays_here_says_so(tmp_path: Path, profile: str, warning: str | None) -> None:
    book = openpyxl.load_workbook(_written(tmp_path, profile))
    assert {book[name].oddFooter.center.text for name in ("01_Garde", "03_Mouvements")} == {warning}


@pytest.mark.parametrize(
    ("profile", "banner"),
    [
        ("convention", "Agreement: exact numbers, for the holder of the agreement alone"),
        ("partenaire", "Partner: counts of persons that are small are hidden"),
        ("public", "Public: headlines alone, small ones hidden"),
    ],
)
def test_a_file_that_leaves_the_house_says_its_level_on_every_sheet(tmp_path: Path, profile: str, banner: str) -> None:
    for sheet in list(openpyxl.load_workbook(_written(tmp_path, profile)))[:-1]:  # the last has a column for it
        assert any(str(cell) == banner for row in sheet.values for cell in row)


def test_what_is_defined_is_defined_once_and_what_is_for_programs_is_not_printed(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(_written(tmp_path))
    defined = [(row[0], row[1]) for row in book["Definitions"].values if row[1]]
    assert len(set(defined)) == len(defined)
    assert [name for name, _ in defined].count("Entries") == 1
    kept = {sheet.title for sheet in book if sheet.print_area.endswith("!$CV$1")}
    assert kept == {"Definitions", "15_Controles", "16_Lignes", "17_Chiffres"}
    assert {book[name]["CV1"].value for name in kept} == {None}


def test_the_public_is_given_one_sheet_of_headlines(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(_written(tmp_path, "public"))
    assert book.sheetnames == ["01_Garde", "00_Synthese", "Definitions", "15_Controles", "17_Chiffres"]
    written = [str(row[0]) for row in book["00_Synthese"].values if isinstance(row[1], int | float)]
    assert 0 < len(written) <= 12
    assert {"Services given", "Referrals issued"} <= {row[0] for row in book["00_Synthese"].values}, "by themselves"


def test_a_training_shelter_is_stamped_on_every_sheet(tmp_path: Path) -> None:
    cover = workbook.ReportCover("Maison du Fleuve", training=True)
    for sheet in openpyxl.load_workbook(_written(tmp_path, cover=cover)):
        assert any("EXERCISE" in str(cell) for row in sheet.values for cell in row)


def test_a_hidden_number_makes_no_formula_and_stands_nowhere(tmp_path: Path) -> None:
    row = _row_of(openpyxl.load_workbook(_written(tmp_path, "partenaire"))["03_Mouvements"], "Person-nights by group")
    assert row[2:] == [*["s"] * 15, 227]


LEGEND = "s: a number hidden to protect people"


@pytest.mark.parametrize("profile", ["partenaire", "public"])
def test_every_table_with_a_hidden_number_says_below_it_what_the_mark_means(tmp_path: Path, profile: str) -> None:
    report = shown(_rich(), profile)  # type: ignore[arg-type]
    book = openpyxl.load_workbook(_written(tmp_path, profile, report=_rich()))
    by_sheet: dict[str, list[Any]] = {}
    for table in tables(report):
        by_sheet.setdefault(table.sheet, []).append(table)
    for name, blocks in by_sheet.items():
        said, cells = 0, [[cell.value for cell in row] for row in book[name].iter_rows()]
        for table in blocks:
            refs = [ref for row in table.rows for ref in row.cells if ref is not None]
            said += any(report.find(ref) and ref in report.hidden for ref in refs)
        assert [cell for row in cells for cell in row].count(LEGEND) == said
        assert not [cell for row in cells for cell in row if isinstance(cell, str) and cell.startswith("<")]


@pytest.mark.parametrize("profile", ["partenaire", "public"])
def test_a_hidden_number_is_an_empty_cell_of_17_chiffres_with_its_column_hidden(tmp_path: Path, profile: str) -> None:
    report = shown(_rich(), profile)  # type: ignore[arg-type]
    heads, *rows = openpyxl.load_workbook(_written(tmp_path, profile, report=_rich()))["17_Chiffres"].values
    assert heads[-3:] == ("value", "hidden", "comment")
    found = [row[-3:-1] for row in rows]
    assert len(found) == len(report.figures)
    assert {value for value, hidden in found if hidden} == {None}
    assert sum(bool(hidden) for _, hidden in found) == len(report.hidden & report.figures.keys())
    assert not [value for value, _ in found if isinstance(value, str)]


def _widths(sheet: Any) -> list[float]:
    """Of its columns, in letters."""
    found = [8.4] * 60
    for one in sheet.column_dimensions.values():
        found[one.min - 1 : one.max] = [one.width] * (one.max - one.min + 1)
    return found


def _used(sheet: Any) -> float:
    """How far to the right a sheet is printed, in letters: a text that is neither wrapped nor merged runs on."""
    widths = _widths(sheet)
    merged = {one.start_cell.coordinate for one in sheet.merged_cells.ranges}
    ends = [0.0]
    for cell in (cell for row in sheet.iter_rows() for cell in row if cell.value is not None):
        left = sum(widths[: cell.column - 1])
        runs_on = isinstance(cell.value, str) and not cell.alignment.wrap_text and cell.coordinate not in merged
        ends.append(left + (len(cell.value) if runs_on else widths[cell.column - 1]))
    return max(ends)


def test_a_long_comment_makes_no_sheet_wider_and_stands_whole_below_its_table(tmp_path: Path) -> None:
    report = compute(golden().facts())
    said = "Trois départs tardifs, deux retours. " * 4
    refs = (("t2.present_end", ()), ("t1.person_nights", ()), ("t8.exits", ()))
    plain = openpyxl.load_workbook(_written(tmp_path, report=report))
    told = openpyxl.load_workbook(
        _written(tmp_path, report=replace(report, comments=tuple(FigureComment(ref, said) for ref in refs)))
    )
    commented = [name for name in SHEETS if name[:2] in ("02", "03", "09")]
    assert [_used(told[name]) for name in commented] == [_used(plain[name]) for name in commented]
    for name in commented:
        sheet = told[name]
        (cell, *_) = [one for row in sheet.iter_rows() for one in row if str(one.value).endswith(said)]
        (span,) = [one for one in sheet.merged_cells.ranges if one.start_cell.coordinate == cell.coordinate]
        room = sum(_widths(sheet)[span.min_col - 1 : span.max_col])
        lines = sheet.row_dimensions[cell.row].height / 13
        assert room * lines >= len(cell.value)
        assert cell.font.sz >= 10


def test_a_text_that_looks_like_a_formula_is_never_live(tmp_path: Path) -> None:
    cover = workbook.ReportCover("=1+1", "+2", "@SUM(A1)")
    sheet = openpyxl.load_workbook(_written(tmp_path, cover=cover))["01_Garde"]
    assert [(cell.value, cell.data_type) for cell in (sheet["B3"], sheet["B4"], sheet["B8"])] == [
        ("=1+1", "s"),
        ("+2", "s"),
        ("@SUM(A1)", "s"),
    ]


def test_the_file_names_no_author(tmp_path: Path) -> None:
    properties = openpyxl.load_workbook(_written(tmp_path)).properties
    assert (properties.creator or "", properties.lastModifiedBy or "") == ("", "")


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(FileMissing):
        _written(tmp_path / "nowhere")


def test_a_second_report_takes_the_place_of_the_first_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    _written(tmp_path)
    _written(tmp_path)
    assert [one.name for one in tmp_path.iterdir()] == ["interne.xlsx"]


def test_an_empty_shelter_has_a_workbook(tmp_path: Path) -> None:
    path = _written(tmp_path, report=compute(Shelter().facts()))
    assert openpyxl.load_workbook(path).sheetnames == SHEETS


def _recalculated(path: Path, folder: Path) -> Path:
    """The workbook as LibreOffice computes it again, with a profile of its own that recalculates always."""
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice is not installed")
    profile = folder / "profile" / "user"
    profile.mkdir(parents=True)
    setting = "/org.openoffice.Office.Calc/Formula/Load"
    (profile / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        f'<item oor:path="{setting}"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>'
        "</oor:items>"
    )
    out = folder / "again"
    place = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    call = [soffice, place, "--headless", "--convert-to", "xlsx", "--outdir", str(out), str(path)]
    subprocess.run(call, check=True, capture_output=True, timeout=120)
    return out / path.name


def _spoiled(path: Path, target: Path) -> Path:
    """The same workbook with every stored formula value replaced, so that only recalculation can mend it."""
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w") as made:
        for name in source.namelist():
            content = source.read(name)
            if name.startswith("xl/worksheets/sheet"):
                content = re.sub(rb"(</f><v>)[^<]*(</v>)", rb"\g<1>987654\g<2>", content)
            made.writestr(name, content)
    return target


@pytest.mark.parametrize("profile", PROFILES)
@pytest.mark.parametrize("made", [_rich, rich_report], ids=["golden", "with care"])
def test_recalculated_in_libreoffice_every_formula_gives_its_stored_value(
    tmp_path: Path, profile: str, made: Callable[[], Report]
) -> None:
    path = _written(tmp_path, profile, report=made())
    spoiled = _spoiled(path, tmp_path / "spoiled.xlsx")
    again = openpyxl.load_workbook(_recalculated(spoiled, tmp_path), data_only=True)
    stored, formulas = openpyxl.load_workbook(path, data_only=True), openpyxl.load_workbook(path)
    found = [
        (
            sheet.title,
            cell.coordinate,
            stored[sheet.title][cell.coordinate].value,
            again[sheet.title][cell.coordinate].value,
        )
        for sheet in formulas
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert found
    assert [one for one in found if one[2] != one[3]] == []
    assert {row[6] for row in again["15_Controles"].values if str(row[0]).startswith(("I-", "C-"))} == {"OK"}


def test_a_house_with_care_has_live_totals_on_every_sheet_of_care(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(_written(tmp_path, report=rich_report()))
    sheets = ("05_Identification", "06_Mineurs", "07_Services", "08_References", "10_Activites", "13_Incidents")
    live = {name for name in sheets for row in book[name].iter_rows() for cell in row if cell.data_type == "f"}
    assert live == set(sheets)


def test_every_session_stands_on_a_line_with_its_date_and_its_audience(tmp_path: Path) -> None:
    report = rich_report()
    sheet = openpyxl.load_workbook(_written(tmp_path, report=report), data_only=True)["10_Activites"]
    dates = [row[1].date() for row in sheet.values if isinstance(row[1], datetime)]
    with_residents = [one for one in report.sessions if one.audience != "personnel"]
    assert dates == [one.held_on for one in (*report.sessions, *with_residents)]


def test_who_led_a_session_stays_in_the_house(tmp_path: Path) -> None:
    told = {}
    for profile in PROFILES:
        book = openpyxl.load_workbook(_written(tmp_path, profile, report=rich_report()))
        told[profile] = any(cell == "Agent A" for sheet in list(book)[1:] for row in sheet.values for cell in row)
    assert told == {"interne": True, "partenaire": False, "public": False}


def test_an_empty_table_says_so_in_one_line(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(_written(tmp_path))["10_Activites"]
    assert [row[0] for row in sheet.values].count("Nothing in this period.") == 2


def test_toilets_that_nobody_counted_are_not_recorded(tmp_path: Path) -> None:
    label = "Persons a toilet on the busiest night"
    unknown, counted = (
        _row_of(openpyxl.load_workbook(_written(tmp_path, report=report))["02_Capacite"], label)[1]
        for report in (None, rich_report())
    )
    assert (unknown, isinstance(counted, float)) == ("Not recorded", True)
