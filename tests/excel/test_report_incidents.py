"""The sheet of incidents in the workbook of the report."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl

from shelter_desk.domain.casefile.incidents import Incident
from shelter_desk.domain.ids import IncidentId
from shelter_desk.domain.reports import compute
from shelter_desk.domain.reports.hiding.small_cells import shown
from shelter_desk.excel.reports import report as workbook
from tests.domain.reports.shelters import golden

SHEET = "13_Incidents"


def written(path: Path, profile: Any, formulas: bool = False) -> Any:
    found = tuple(
        Incident(
            IncidentId(n),
            "",
            datetime(2026, 11, n),
            datetime(2026, 11, n),
            kind,
            severity,
            closed_on=date(2026, 11, 9) if kind == "vol" else None,
            lesson="=Un casier" if severity == "grave" else "",
        )
        for n, (kind, severity) in enumerate([("vol", "mineur"), ("vol", "grave"), ("fugue", "grave"), ("eas", "")], 1)
    )
    target = path / f"{profile}.xlsx"
    workbook.write(
        target, shown(compute(replace(golden().facts(), incidents=found)), profile), workbook.ReportCover(), "en"
    )
    return openpyxl.load_workbook(target, data_only=not formulas)


def row(sheet: Any, label: str) -> list[Any]:
    return next(list(cells) for cells in sheet.iter_rows(values_only=True) if cells[0] == label)


def test_incidents_stand_by_type_and_severity(tmp_path: Path) -> None:
    sheet = written(tmp_path, "interne")[SHEET]
    assert row(sheet, "Theft")[1:6] == [1, 0, 1, 0, 2]


def test_the_total_is_a_formula_stored_with_its_value(tmp_path: Path) -> None:
    assert str(row(written(tmp_path, "interne", formulas=True)[SHEET], "Total")[5]).startswith("=SUM(")
    assert row(written(tmp_path, "interne")[SHEET], "Total")[1:6] == [1, 0, 2, 0, 3]


def test_sealed_matters_are_one_line(tmp_path: Path) -> None:
    sheet = written(tmp_path, "interne")[SHEET]
    assert row(sheet, "Protection (confidential)")[1] == 1
    assert not [cells for cells in sheet.iter_rows(values_only=True) if "Sexual" in str(cells[0])[:6]]


def test_the_public_workbook_has_no_sheet_of_incidents(tmp_path: Path) -> None:
    assert SHEET not in written(tmp_path, "public").sheetnames


def test_the_partner_is_told_no_type_under_a_small_total_and_why(tmp_path: Path) -> None:
    sheet = written(tmp_path, "partenaire")[SHEET]
    assert row(sheet, "Incidents of the period")[1] == "s"
    assert not [one for cells in sheet.values for one in cells if one == "Theft"]
    assert row(sheet, "n.g.: not given at this level, to protect people")


def test_the_lesson_of_a_closed_incident_stands_below_as_words(tmp_path: Path) -> None:
    rows = list(written(tmp_path, "interne")[SHEET].iter_rows(values_only=True))
    (at,) = [n for n, cells in enumerate(rows) if cells[1] == datetime(2026, 11, 9)]
    assert (rows[at][0], rows[at + 1][0]) == ("Theft", "=Un casier")
    formulas = written(tmp_path, "interne", formulas=True)[SHEET]
    assert [cell.data_type for row in formulas for cell in row if cell.value == "=Un casier"] == ["s"]
    partner = written(tmp_path, "partenaire")[SHEET]
    assert not [one for cells in partner.iter_rows(values_only=True) for one in cells if "casier" in str(one)]
