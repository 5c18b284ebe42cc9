"""What the report says of a stock that a workbook brought in: the golden line, its keys, its sheet."""

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports import as_document
from shelter_desk.excel.reports import report as workbook
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import registers
from shelter_desk.operations.reports import reports
from tests.operations.shelter import month_when_over
from tests.operations.stock_rows import GOLDEN, NOVEMBER, desk, looked, move

__all__ = ["desk"]


def test_the_golden_line_of_the_reference(desk: Desk, tmp_path: Path) -> None:
    registers.take_in(desk, looked(desk, tmp_path, GOLDEN))
    report = month_when_over(desk, NOVEMBER).report
    soap = ("item_code", "SAV250")
    plain = ("t11.opening", "t11.adjustments", "t11.closing", "t11.mean_daily_use", "t11.days_of_cover")
    assert [report.value(key, soap) for key in plain] == [120, -3, 245, 4.1, 59.8]
    by_kind = {
        (key, dims[1][1]): one.value
        for (key, dims), one in report.figures.items()
        if len(dims) == 2 and dims[1][0] == "move_type"
    }
    assert by_kind == {
        ("t11.in", "achat"): 200,
        ("t11.in", "don"): 50,
        ("t11.in", "retour"): 2,
        ("t11.out", "dist_individuelle"): 38,
        ("t11.out", "dist_collective"): 60,
        ("t11.out", "conso_interne"): 25,
        ("t11.losses", "casse_avarie"): 1,
    }
    assert report.value("t11.beneficiaries", soap) == 1
    assert [one.holds for one in report.identities if one.id in ("I-18", "I-19", "I-20")] == [True] * 7
    assert report.failed == ()


def test_an_opening_balance_within_the_period_is_an_entry(desk: Desk, tmp_path: Path) -> None:
    registers.take_in(desk, looked(desk, tmp_path, [move("M1", "stock_initial", 120, "2026-11-01")]))
    report = month_when_over(desk, NOVEMBER).report
    soap = ("item_code", "SAV250")
    assert (report.value("t11.opening", soap), report.value("t11.in", soap, ("move_type", "stock_initial"))) == (0, 120)


def test_the_figures_go_to_other_programs_under_their_keys(desk: Desk, tmp_path: Path) -> None:
    registers.take_in(desk, looked(desk, tmp_path, GOLDEN))
    document = as_document(month_when_over(desk, NOVEMBER).report)
    of_stock = [one for one in document["figures"] if one["figure"].startswith("t11.")]
    assert {"figure": "t11.closing", "dims": {"item_code": "SAV250"}, "value": 245} in of_stock
    assert {
        "figure": "t11.out",
        "dims": {"item_code": "SAV250", "move_type": "dist_individuelle"},
        "value": 38,
    } in of_stock
    assert {"figure": "t11.days_of_cover", "dims": {"item_code": "RIZ"}, "value": None} in of_stock


@pytest.mark.parametrize("profile", ["interne", "partenaire", "convention"])
def test_the_workbook_has_the_stock_in_full(desk: Desk, tmp_path: Path, profile: Any) -> None:
    registers.take_in(desk, looked(desk, tmp_path, GOLDEN))
    month = month_when_over(desk, NOVEMBER)
    workbook.write(tmp_path / "report.xlsx", reports.shown(month, profile), workbook.ReportCover(), "fr")
    sheet = openpyxl.load_workbook(tmp_path / "report.xlsx", data_only=True)["12_Stock"]
    row = next(cells for cells in sheet.iter_rows(values_only=True) if "Savon 250 g" in str(cells[1]))
    assert [value for value in row[2:] if value][:10] == [120, 200, 50, 2, 38, 60, 25, 1, -3, 245]


@pytest.mark.parametrize(("name", "first"), [("12_Stock", "Stock"), ("12_Stock_bailleurs", "Stock par bailleur")])
def test_each_printed_page_of_the_stock_has_its_heads(desk: Desk, tmp_path: Path, name: str, first: str) -> None:
    """What is repeated ends with the heads of the one table of the sheet, so that no page stands under other heads."""
    registers.take_in(desk, looked(desk, tmp_path, GOLDEN))
    month = month_when_over(desk, NOVEMBER)
    workbook.write(tmp_path / "report.xlsx", reports.shown(month, "interne"), workbook.ReportCover(), "fr")
    sheet = openpyxl.load_workbook(tmp_path / "report.xlsx")[name]
    assert sheet.print_title_rows is not None
    last = int(sheet.print_title_rows.rpartition("$")[2])
    heads = [cell.value for cell in sheet[last]]
    repeated = [sheet.cell(row, 1).value for row in range(1, last + 1)]
    assert (first in repeated, len([one for one in heads[1:] if one]) >= 4) == (True, True)
    said = [str(sheet.cell(last + 1, column).value) for column in (1, 2)]
    assert any(one.removeprefix("▼ ").startswith(("Riz", "Savon 250 g")) for one in said)


def test_the_controls_of_the_workbook_compute_the_balance(desk: Desk, tmp_path: Path) -> None:
    registers.take_in(desk, looked(desk, tmp_path, GOLDEN))
    month = month_when_over(desk, NOVEMBER)
    workbook.write(tmp_path / "report.xlsx", reports.shown(month, "interne"), workbook.ReportCover(), "fr")
    sheet = openpyxl.load_workbook(tmp_path / "report.xlsx")["15_Controles"]
    row = next(cells for cells in sheet.iter_rows(values_only=True) if cells[0] == "I-18" and "Savon" in str(cells[2]))
    assert str(row[3]).startswith("='12_Stock'!")
    assert str(row[4]).startswith("='12_Stock'!")


def test_a_movement_in_the_middle_of_a_year_counts_from_its_day(desk: Desk, tmp_path: Path) -> None:
    registers.take_in(desk, looked(desk, tmp_path, GOLDEN))
    report = month_when_over(desk, Period(date(2026, 11, 10), date(2026, 11, 15))).report
    soap = ("item_code", "SAV250")
    assert (report.value("t11.opening", soap), report.value("t11.closing", soap)) == (370, 274)
