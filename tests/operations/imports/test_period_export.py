"""All rows behind a report: each sheet has as many as the report counts, typed, and nothing of it may leave."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from shelter_desk import words
from shelter_desk.domain.errors import NotAllowed, PeriodNotBegun
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.report import Report
from shelter_desk.domain.rights import Role
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import period_export
from shelter_desk.operations.reports import reports
from shelter_desk.operations.sending import sendings
from shelter_desk.operations.training import training
from shelter_desk.storage.file import journal
from tests.operations.shelter import QUICK

Sheets = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with training.make(Path(tmp_path_factory.mktemp("rows")), "bamako", 3, 1, cost=QUICK).desk as made:
        yield made


@pytest.fixture(scope="module")
def period(desk: Desk) -> Period:
    return training.last_full_month(desk)


@pytest.fixture(scope="module")
def report(desk: Desk, period: Period) -> Report:
    return reports.monthly(desk, period).report


@pytest.fixture(scope="module")
def book(desk: Desk, period: Period, tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = tmp_path_factory.mktemp("out") / "rows.xlsx"
    with words.speaking("fr"):
        period_export.export(desk, path, period)
    return openpyxl.load_workbook(path)


@pytest.fixture(scope="module")
def sheets(book: Any) -> Sheets:
    found = {}
    for sheet in book:
        keys = [cell.value for cell in sheet[2]]
        rows = sheet.iter_rows(min_row=3, values_only=True)
        found[sheet.title] = [dict(zip(keys, row, strict=True)) for row in rows if any(row)]
    return found


def test_every_sheet_has_as_many_rows_as_the_report_counts(sheets: Sheets, report: Report) -> None:
    counted = {
        "entrees": report.value("t2.entries"),
        "sorties": report.value("t2.exits"),
        "nuits": report.value("t1.person_nights"),
    }
    assert {name: len(sheets[name]) for name in counted} == counted
    moved = sum(len(one.rows) for one in report.figures.values() if one.key in ("t11.in", "t11.out", "t11.losses"))
    adjusted = sum(len(one.rows) for one in report.figures.values() if one.key == "t11.adjustments")
    assert len(sheets["mouvements"]) == moved + adjusted
    in_bed = [row for row in sheets["nuits"] if row["place"] == "lit"]
    assert len(in_bed) == report.value("t1.person_nights_in_bed")
    assert all(row["bed_code"] and row["room_code"] for row in in_bed)


def test_every_row_is_of_the_period_and_of_a_stay_that_is_there(sheets: Sheets, period: Period) -> None:
    stays = {row["stay_no"] for row in sheets["sejours"]}
    dated = {"services": "service_on", "mouvements": "moved_on", "evenements_biens": "event_on", "nuits": "night"}
    days = {name: {row[key].date() for row in sheets[name]} for name, key in dated.items()}
    assert {name: found <= set(period) for name, found in days.items()} == dict.fromkeys(dated, True)
    for name in ("nuits", "couchages", "absences", "services", "referencements", "statuts_victime"):
        assert {row["stay_no"] for row in sheets[name]} <= stays
    assert {row["person_code"] for row in sheets["sejours"]} == {row["person_code"] for row in sheets["personnes"]}


def test_values_are_typed_heads_frozen_and_every_page_says_that_it_stays(book: Any, sheets: Sheets) -> None:
    stay = sheets["sejours"][0]
    assert isinstance(stay["admitted_at"], datetime)
    assert {row["sex_label"] for row in sheets["personnes"]} <= {"Féminin", "Masculin"}
    assert not any(row["last_name"] or row["first_name"] for row in sheets["personnes"])
    for sheet in book:
        assert (sheet.freeze_panes, bool(sheet.auto_filter.ref)) == ("B3", True)
        assert "NE PAS TRANSMETTRE" in sheet.oddFooter.center.text


def test_it_is_kept_as_what_stays_in_the_house(desk: Desk, period: Period, tmp_path: Path) -> None:
    period_export.export(desk, tmp_path / "rows.xlsx", period)
    with desk.reading() as connection:
        last = list(journal.lines(connection))[-1]
    sent = next(one.sent.sending for one in sendings.sent_files(desk) if one.sent.sending.file_name == "registres.xlsx")
    assert (last.action, sent.level, sent.recipient, sent.period) == ("registers_exported", "interne", "", period)


def test_it_asks_for_the_right_and_for_a_period_that_has_begun(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(PeriodNotBegun):
        period_export.export(desk, tmp_path / "later.xlsx", Period(desk.today(), desk.today()).month_after)
    former, desk.role = desk.role, Role.AUDITOR
    try:
        with pytest.raises(NotAllowed):
            period_export.export(desk, tmp_path / "rows.xlsx", Period(desk.today(), desk.today()).month_before)
    finally:
        desk.role = former
    assert not list(tmp_path.iterdir())
