"""How the report is printed: on few pages, readable, no table broken that fits on one, heads on each."""

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest
from openpyxl.utils import range_boundaries

from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports import Report, compute, synthesis
from shelter_desk.domain.reports.closing import Correction, Rectified
from shelter_desk.domain.reports.compared import Compared, MonthFlow
from shelter_desk.domain.reports.disclosure import HEADLINE_KEYS
from shelter_desk.domain.reports.hiding.small_cells import shown
from shelter_desk.domain.reports.layout.blocks import tables
from shelter_desk.domain.reports.month_corrections import MonthCorrection
from shelter_desk.excel.reports import page_layout, page_rows
from shelter_desk.excel.reports import report as workbook
from shelter_desk.operations.reports import reports
from shelter_desk.operations.training import training
from shelter_desk.words.reports import report_names
from tests.domain.reports.rich import rich, rich_report
from tests.excel.test_report_workbook import COVER
from tests.operations.shelter import QUICK

LEVELS = ("interne", "convention", "partenaire", "public")
TABLES = ("02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12", "13")
PAPER = {"portrait": (210.0, 297.0), "landscape": (297.0, 210.0)}  # millimetres
POINT, DIGIT = 25.4 / 72, 8.39 * 25.4 / 96  # a digit as wide as that of the widest font it is printed with
LEAST_POINTS = 8


class Printed(NamedTuple):
    """How a sheet is printed: on how many pages, at what scale."""

    pages: int
    scale: float


@pytest.fixture(scope="module")
def month(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The last month of the training shelter of twenty beds, with the months before it."""
    with training.make(tmp_path_factory.mktemp("house"), "bamako", 3, 1, cost=QUICK).desk as desk:
        found = reports.monthly(desk, training.last_full_month(desk)).report
    flows = tuple(MonthFlow(one.first, 9, 7) for one in synthesis.twelve_months(found.period))
    other = dict.fromkeys(HEADLINE_KEYS, 7.0)
    return replace(found, compared=Compared(other, other, other, flows))


def written(path: Path, report: Report, level: Any, **cover: Any) -> Path:
    target = path / f"{level}.xlsx"
    workbook.write(target, shown(report, level), replace(COVER, **cover), "fr")
    return target


@pytest.fixture(scope="module")
def written_month(month: Report, tmp_path_factory: pytest.TempPathFactory) -> Callable[[Any], Path]:
    """The workbook of that month at each level, written once."""
    folder = tmp_path_factory.mktemp("levels")
    return cache(lambda level: written(folder, month, level))


def is_printed(sheet: Any) -> bool:
    return not sheet.print_area.endswith("!$CV$1")


def printed(sheet: Any) -> Printed:
    """From its rows, columns, margins, breaks and scale alone."""
    wide, high = PAPER[sheet.page_setup.orientation]
    margins = sheet.page_margins
    wide, high = wide - 25.4 * (margins.left + margins.right), high - 25.4 * (margins.top + margins.bottom)
    areas = [one.rpartition("!")[2].replace("$", "") for one in sheet.print_area.split(",") if one] or [
        sheet.dimensions
    ]
    sizes = [sizes_of(sheet, *range_boundaries(one)) for one in areas]
    is_fitted = sheet.sheet_properties.pageSetUpPr and sheet.sheet_properties.pageSetUpPr.fitToPage
    breaks = [one.id for one in sheet.row_breaks.brk]
    if not is_fitted:
        scale = (sheet.page_setup.scale or 100) / 100
        found = (parts(across, wide / scale) * parts(down, high / scale, breaks) for across, down in sizes)
        return Printed(sum(found), scale)
    ((across, down),) = sizes
    scale = min(1, wide / sum(across.values()))
    if sheet.page_setup.fitToHeight in (None, 1):  # as 1 is written
        return Printed(1, min(scale, high / sum(down.values())))
    return Printed(parts(down, high / scale, breaks), scale)


def sizes_of(sheet: Any, left: int, top: int, right: int, bottom: int) -> tuple[dict[int, float], dict[int, float]]:
    """Millimetres of the columns and of the rows of an area, with the title that is repeated."""
    widths = columns_of(sheet, right)
    rows = range(top, bottom + 1)
    return (
        {column: DIGIT * widths[column - 1] for column in range(left, right + 1)},
        {row: POINT * (sheet.row_dimensions[row].height or 15) for row in ([1] if top > 1 else []) + list(rows)},
    )


def columns_of(sheet: Any, columns: int) -> list[float]:
    found = [9.14] * columns
    for one in sheet.column_dimensions.values():
        found[one.min - 1 : one.max] = [one.width] * len(found[one.min - 1 : one.max])
    return found


def parts(sizes: dict[int, float], space: float, breaks: Sequence[int] = ()) -> int:
    """On how many pages these rows or columns stand."""
    pages, used = 1, 0.0
    for number, size in sizes.items():
        if pages_begin(number, breaks, sizes) or used + size > space:
            pages, used = pages + 1, 0.0
        used += size
    return pages


def pages_begin(number: int, breaks: Sequence[int], sizes: dict[int, float]) -> bool:
    """Whether a page begins here by a break; the first one of an area begins there anyway, below the title."""
    return number - 1 in breaks and number - 1 in sizes


def pages(book: Any) -> int:
    return sum(printed(sheet).pages for sheet in book if is_printed(sheet))


@pytest.mark.parametrize(("level", "most"), [("interne", 16), ("convention", 16), ("partenaire", 16), ("public", 1)])
def test_a_month_of_twenty_beds_stands_on_few_pages(tmp_path: Path, month: Report, level: Any, most: int) -> None:
    book = openpyxl.load_workbook(written(tmp_path, month, level, training=True))
    assert 0 < pages(book) <= most


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("months", [3, 12])
def test_a_quarter_and_a_year_stand_on_twenty_four_pages(tmp_path: Path, level: Any, months: int) -> None:
    period = Period(date(2025, 12, 1) if months == 12 else date(2026, 9, 1), date(2026, 11, 30))
    report = compute(replace(rich().facts(), period=period))
    assert report.period.nights > 85
    assert pages(openpyxl.load_workbook(written(tmp_path, report, level))) <= 24


@pytest.mark.parametrize("level", LEVELS)
def test_no_text_is_printed_with_less_than_eight_points(tmp_path: Path, month: Report, level: Any) -> None:
    for report in (month, rich_report()):
        for sheet in filter(is_printed, openpyxl.load_workbook(written(tmp_path, report, level))):
            least = min(cell.font.sz for row in sheet.iter_rows() for cell in row if cell.value is not None)
            assert least * printed(sheet).scale >= LEAST_POINTS, sheet.title


def test_the_fault_would_be_seen(written_month: Callable[[Any], Path]) -> None:
    book = openpyxl.load_workbook(written_month("interne"))
    before, sheet = pages(book), book["07_Services"]
    for row in sheet.row_dimensions.values():
        row.height = 1.2 * (row.height or 15)
    assert pages(book) > before
    book["04_Profil"].column_dimensions["A"].width = 60
    assert 10 * printed(book["04_Profil"]).scale < LEAST_POINTS


@pytest.mark.parametrize("level", LEVELS)
def test_libreoffice_prints_as_many_pages(tmp_path: Path, written_month: Callable[[Any], Path], level: Any) -> None:
    soffice = shutil.which("soffice")
    if soffice is None:
        pytest.skip("LibreOffice is not installed")
    path = written_month(level)
    place = f"-env:UserInstallation=file://{tmp_path}/profile"
    call = [soffice, place, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(call, check=True, capture_output=True, timeout=180)
    made = len(re.findall(rb"/Type\s*/Page\b", (tmp_path / f"{level}.pdf").read_bytes()))
    assert made == pages(openpyxl.load_workbook(path)) <= (1 if level == "public" else 16)


def test_what_was_corrected_is_read_on_paper_too(tmp_path: Path) -> None:
    report = rich_report()
    moved = Correction(("t2.exits", ()), 3, 4)
    told = Rectified(report, "Sortie saisie en retard", (moved,))
    earlier = (MonthCorrection(date(2026, 10, 1), moved),)
    workbook.write(tmp_path / "a.xlsx", report, COVER, "fr", told, earlier)
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    for name in ("Rectificatif", "Corrections"):
        assert printed(book[name]).pages == 1
        assert 10 * printed(book[name]).scale >= LEAST_POINTS


@pytest.mark.parametrize("months", [1, 12])
def test_charts_are_whole(tmp_path: Path, month: Report, months: int) -> None:
    year = compute(replace(rich().facts(), period=Period(date(2025, 12, 1), date(2026, 11, 30))))
    flows = tuple(MonthFlow(one.first, 9, 7, 250) for one in synthesis.twelve_months(year.period))
    year = replace(year, compared=Compared(flows=flows))
    book = openpyxl.load_workbook(written(tmp_path, month if months == 1 else year, "interne"))
    drawn = [(sheet, chart.anchor) for sheet in book for chart in sheet._charts]
    assert len(drawn) == (3 if months == 1 else 2)
    for sheet, anchor in drawn:
        _, _, right, bottom = range_boundaries(sheet.print_area.rpartition("!")[2].replace("$", ""))
        assert (anchor.to.col < right, anchor.to.row < bottom) == (True, True), sheet.title


def of_tables(book: Any) -> Iterator[Any]:
    return (sheet for sheet in book if sheet.title[:2] in TABLES)


@pytest.mark.parametrize("level", LEVELS[:3])
def test_no_cell_is_merged_among_rows_of_numbers(written_month: Callable[[Any], Path], level: Any) -> None:
    for sheet in openpyxl.load_workbook(written_month(level), data_only=True):
        spans = [one for one in sheet.merged_cells.ranges if sheet.title != "01_Garde"]
        merged = {row for one in spans for row in range(one.min_row, one.max_row + 1)}
        numbers = {
            cell.row
            for row in sheet.iter_rows()
            for cell in row
            if isinstance(cell.value, int | float) and cell.column < 7
        }
        assert not merged & numbers, sheet.title


@pytest.mark.parametrize("level", LEVELS[:3])
def test_heads_are_frozen_and_stand_on_top_of_each_page(written_month: Callable[[Any], Path], level: Any) -> None:
    book = openpyxl.load_workbook(written_month(level))
    for sheet in of_tables(book):
        assert sheet.freeze_panes
        assert sheet.print_title_rows.startswith("$1:$") or sheet.print_title_rows.startswith("1:")
    stock = book["12_Stock"]
    frozen = int(re.sub(r"\D", "", stock.freeze_panes)) - 1
    assert int(stock.print_title_rows.rpartition(":")[2].strip("$")) == frozen
    assert [cell.value for cell in stock[frozen]][1] in ("Début", None)


def test_each_item_of_the_stock_has_its_category_before_it_and_keeps_its_page(
    written_month: Callable[[Any], Path], month: Report
) -> None:
    stock = openpyxl.load_workbook(written_month("interne"))["12_Stock"]
    first = int(re.sub(r"\D", "", stock.freeze_panes))
    lines = [(row[0].value, row[1].value) for row in stock.iter_rows(min_row=first, max_col=2) if row[1].value]
    assert len(lines) == len(month.item_categories)
    assert ("Produits frais", "▼ Oignons (kg)") in lines
    assert printed(stock).pages == 1
    levels = {one.dims[0][1] for one in month.figures.values() if one.key == "t11.alert_level"}
    assert 0 < sum(name.startswith("▼") for _, name in lines) < len(levels)


def test_a_page_ends_between_two_tables(tmp_path: Path) -> None:
    report = compute(replace(rich().facts(), period=Period(date(2025, 12, 1), date(2026, 11, 30))))
    book = openpyxl.load_workbook(written(tmp_path, report, "interne"))
    broken = [(sheet, one.id + 1) for sheet in of_tables(book) for one in sheet.row_breaks.brk]
    heads = [[cell for cell in sheet[row] if cell.value is not None] for sheet, row in broken]
    assert any(heads)  # else a chart begins there
    assert [cells for cells in heads if not all(cell.font.b for cell in cells)] == []


def test_a_table_longer_than_a_page_has_its_heads_on_each(tmp_path: Path) -> None:
    facts = replace(rich().facts(), period=Period(date(2024, 12, 1), date(2026, 11, 30)))
    book = openpyxl.load_workbook(written(tmp_path, compute(facts), "interne"), data_only=True)
    sheet = book["02_Capacite"]
    heads = [row[0].row for row in sheet.iter_rows() if row[0].value == "Nuit"]
    assert len(heads) > 1
    days = [cell.value.date() for row in sheet.iter_rows() for cell in row if hasattr(cell.value, "date")]
    assert sorted(days) == list(facts.period)


@pytest.mark.parametrize("level", LEVELS[:3])
@pytest.mark.parametrize("of", ["month", "rich", "year"])
def test_numbers_are_never_wider_than_their_column(tmp_path: Path, month: Report, of: str, level: Any) -> None:
    """A text runs on over empty cells; of a number that does not fit nothing is shown."""
    year = Period(date(2025, 12, 1), date(2026, 11, 30))
    report = (
        month if of == "month" else rich_report() if of == "rich" else compute(replace(rich().facts(), period=year))
    )
    for sheet in of_tables(openpyxl.load_workbook(written(tmp_path, report, level), data_only=True)):
        widths = columns_of(sheet, sheet.max_column)
        for cell in (cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, int | float)):
            shown_as = f"{cell.value:,}".replace(",", "\u202f")
            room = page_layout.holds(widths[cell.column - 1] - page_layout.EDGE)
            assert page_layout.wide(shown_as) <= room + 0.01, (sheet.title, cell.coordinate)


@pytest.mark.parametrize("level", LEVELS[:3])
def test_every_layout_is_as_wide_as_the_page(month: Report, level: Any) -> None:
    report = shown(month, level)
    by_sheet: dict[str, list[Any]] = {}
    for table in tables(report):
        by_sheet.setdefault(table.sheet, []).append(table)
    for name, blocks in by_sheet.items():
        for nights in (28, 31, 92, 366):
            found = page_layout.layout(name, blocks, nights)
            turned = [one.label for one in found.lanes if one.turned and one.label is not None]
            for first, last in zip([0, *turned], [*turned, len(found.grid)], strict=True):
                assert page_layout.taken(found.grid[first:last]) <= page_layout.SPACE[found.upright] + 0.2, name


def test_each_sheet_and_each_page_says_of_which_table_it_is(written_month: Callable[[Any], Path]) -> None:
    book = openpyxl.load_workbook(written_month("interne"))
    chapters = report_names.chapters("fr")
    found = {one.title: one for one in book.worksheets if one.title[:2] in TABLES}
    assert len(found) > len(TABLES)  # stock has two
    for name, sheet in found.items():
        chapter = chapters[f"t{int(name[:2]) - 1}"]
        assert str(sheet["A1"].value).startswith(chapter), name
        assert sheet.oddFooter.right.text.startswith(f"{chapter} · "), name
    assert not str(book["01_Garde"].oddFooter.right.text).startswith("T")


@pytest.mark.parametrize(
    ("text", "lines", "longest"),
    [
        ("Note moyenne après", 2, "Note moyenne"),
        ("Note moyenne après", 1, "Note moyenne après"),
        ("Note moyenne après", 3, "moyenne"),
        ("Personnes-heures du personnel", 2, "Personnes-heures"),
    ],
)
def test_a_turned_head_is_given_the_line_that_its_words_need(text: str, lines: int, longest: str) -> None:
    needed = page_layout.wide(longest, bold=True)
    assert needed * 0.95 <= page_layout.least_space(text, lines, bold=True) <= needed * 1.1


@pytest.mark.parametrize(
    ("numbers", "heads", "grid", "expected"),
    [
        ([2, 2], [4, 4], [5, 5, 5], [(0, 0), (1, 1)]),
        ([2, 2], [8, 8], [5, 5, 5, 5], [(0, 1), (2, 3)]),
        ([2, 2], [4, 8], [5, 5, 5], [(0, 0), (1, 2)]),
        ([2, 9], [2, 2], [5, 5, 10], [(0, 0), (1, 2)]),  # a number stands in one column, whatever its head has
        ([2, 2, 2], [30, 2, 2], [5, 5, 5], [(0, 0), (1, 1), (2, 2)]),  # its head is turned
        ([2, 2], [2, 2], [5, 1], None),
    ],
)
def test_columns_take_what_their_heads_and_numbers_need(
    numbers: list[float], heads: list[float], grid: list[float], expected: list[tuple[int, int]] | None
) -> None:
    assert page_layout.spans(numbers, heads, grid) == expected


def test_rows_are_airy_where_there_is_room_and_dense_where_there_is_less() -> None:
    few, many, more = page_rows.PageRows(), page_rows.PageRows(), page_rows.PageRows()
    for rows, count in ((few, 10), (many, 75), (more, 300)):
        for row in range(count):
            rows.has_lines(row, 1)
    assert few.single(upright=True) == 15
    assert page_rows.LEAST <= many.single(upright=True) < 15
    assert many.is_one_page(upright=True)
    assert not more.is_one_page(upright=True)
    more.keep_together(60, 90)
    assert 60 in more.breaks(upright=True, repeated=1, titles=0)
