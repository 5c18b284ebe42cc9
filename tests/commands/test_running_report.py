"""The report of a period that is not over, as another program and a reader of the workbook see it."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from shelter_desk.operations.sending import recipients
from shelter_desk.operations.vault import unlocking
from shelter_desk.system import clock
from tests.commands.conftest import PASSWORD
from tests.commands.test_line import Ran, run, shelter
from tests.commands.workbooks import golden, write
from tests.excel.donor_workbook import FORM, make

__all__ = ["run", "shelter"]
NOVEMBER = ("report", "--month", "2026-11", "--profile", "interne")


@pytest.fixture
def on(monkeypatch: pytest.MonkeyPatch) -> Any:
    def at(*moment: int) -> None:
        monkeypatch.setattr(clock, "now", lambda: datetime(*moment))  # type: ignore[arg-type]

    return at


@pytest.fixture
def golden_shelter(shelter: Ran, on: Any, tmp_path: Path) -> Ran:
    """Its month is known whole before it is over, as where exits are typed ahead."""
    on(2026, 11, 19, 12, 0)
    assert shelter("import", write(tmp_path / "golden.xlsx", golden()))[0] == 0
    return shelter


def document(ran: Ran, *arguments: str) -> dict[str, Any]:
    code, out, told = ran(*arguments, "--json")
    assert code == 0, told
    found: dict[str, Any] = json.loads(out)
    return found


def values(found: dict[str, Any]) -> dict[tuple[str, tuple[tuple[str, str], ...]], Any]:
    return {(one["figure"], tuple(one["dims"].items())): one["value"] for one in found["figures"]}


@pytest.mark.parametrize("profile", ["interne", "partenaire", "public"])
@pytest.mark.parametrize("asked", [("--month", "2026-12"), ("--from", "2026-11-29", "--to", "2026-12-02")])
def test_a_period_that_has_not_begun_is_refused(
    golden_shelter: Ran, on: Any, tmp_path: Path, profile: str, asked: tuple[str, ...]
) -> None:
    on(2026, 11, 28, 9, 0)
    into = make(tmp_path / "OIM.xlsx")
    for more in ((), ("--json",), (tmp_path / "r.xlsx",), ("--into", into, tmp_path / "r.xlsx")):
        code, out, told = golden_shelter("report", *asked, "--profile", profile, *more)
        assert (code, out, len(told.splitlines())) == (2, "", 1)
        assert "pas commencé" in told
    assert not (tmp_path / "r.xlsx").exists()


def test_a_running_month_is_the_report_of_its_days_up_to_yesterday(golden_shelter: Ran, on: Any) -> None:
    on(2026, 12, 5, 9, 0)
    over = document(golden_shelter, "report", "--from", "2026-11-01", "--to", "2026-11-19", "--profile", "interne")
    on(2026, 11, 20, 0, 8)
    running = document(golden_shelter, *NOVEMBER)
    assert running["period"] == {"from": "2026-11-01", "to": "2026-11-19", "nights": 19}
    assert (running["figures"], running["identities"]) == (over["figures"], over["identities"])
    assert [running[key] for key in ("state", "until", "version", "level")] == [
        "provisoire",
        "2026-11-19",
        0,
        "interne",
    ]


def test_a_month_that_is_over_is_to_be_closed(golden_shelter: Ran, on: Any) -> None:
    on(2026, 12, 1, 0, 1)
    found = document(golden_shelter, "report", "--month", "2026-11")
    assert [found[key] for key in ("state", "until", "version", "level")] == ["a_clore", "2026-11-30", 0, "partenaire"]
    assert found["period"]["nights"] == 30


@pytest.mark.parametrize("profile", ["interne", "partenaire", "public"])
def test_on_its_first_day_a_month_has_no_night(golden_shelter: Ran, on: Any, tmp_path: Path, profile: str) -> None:
    on(2026, 12, 1, 9, 0)
    found = document(golden_shelter, "report", "--month", "2026-12", "--profile", profile)
    assert found["period"] == {"from": "2026-12-01", "to": "2026-11-30", "nights": 0}
    assert (found["state"], found["until"]) == ("provisoire", "2026-11-30")
    figures = values(found)
    flows: tuple[str, ...] = ("t1.person_nights", "t2.entries", "t2.exits")
    rates: tuple[str, ...] = ("t1.occupancy_rate",)
    if profile != "public":  # who is given headlines alone
        flows += ("t1.capacity_bed_nights", "t1.max_presence")
        rates += ("t1.occupancy_rate_held", "t1.mean_presence", "t2.mean_stay")
    assert {key: figures.get((key, ())) for key in flows} == dict.fromkeys(flows, 0)
    assert {key: figures[key, ()] for key in rates} == dict.fromkeys(rates)
    assert not [key for key, dims in figures if dims and dims[0][0] == "night"]
    if profile == "interne":
        assert figures["t2.present_start", ()] == figures["t2.present_end", ()] == 8
        assert all(one["holds"] for one in found["identities"])
    code, out, told = golden_shelter("report", "--month", "2026-12", "--profile", profile, tmp_path / "r.xlsx")
    assert (code, told) == (0, "")
    assert "provisoire au 30/11" in out


def test_a_quarter_and_a_year_run_up_to_yesterday_too(golden_shelter: Ran, on: Any) -> None:
    on(2026, 11, 20, 9, 0)
    for first, last in (("2026-10-01", "2026-12-31"), ("2026-01-01", "2026-12-31"), ("2026-11-20", "2026-11-20")):
        found = document(golden_shelter, "report", "--from", first, "--to", last)
        assert (found["period"]["to"], found["state"]) == ("2026-11-19", "provisoire")


def test_each_printed_page_of_a_running_month_says_that_it_is_provisional(
    golden_shelter: Ran, on: Any, tmp_path: Path
) -> None:
    on(2026, 11, 28, 9, 0)
    assert golden_shelter(*NOVEMBER, tmp_path / "r.xlsx")[0] == 0
    book = openpyxl.load_workbook(tmp_path / "r.xlsx")
    for sheet in book:
        assert "Novembre 2026, provisoire au 27/11" in (sheet.oddHeader.left.text or ""), sheet.title
    cover = {row[0].value: row[1].value for row in book["01_Garde"].iter_rows() if row[0].value}
    assert (cover["Période"], cover["Nuits"]) == ("du 01/11/2026 au 27/11/2026", 27)
    assert cover["Version du rapport"] == "Provisoire au 27/11"
    cells = (cell.value for row in book["02_Capacite"].iter_rows() for cell in row)
    nights = [value for value in cells if isinstance(value, datetime)]
    assert (len(nights), max(nights)) == (27, datetime(2026, 11, 27))


def test_the_workbook_of_a_donor_is_filled_up_to_yesterday(golden_shelter: Ran, on: Any, tmp_path: Path) -> None:
    donor = make(tmp_path / "OIM.xlsx")
    on(2026, 11, 20, 9, 0)
    assert golden_shelter(*NOVEMBER, "--into", donor, tmp_path / "running.xlsx")[0] == 0
    on(2026, 12, 5, 9, 0)
    days = ("--from", "2026-11-01", "--to", "2026-11-19", "--profile", "interne")
    assert golden_shelter("report", *days, "--into", donor, tmp_path / "over.xlsx")[0] == 0
    over, running = (openpyxl.load_workbook(tmp_path / f"{name}.xlsx")[FORM] for name in ("over", "running"))
    assert [running[cell].value for cell in ("B3", "B4", "D12")] == [over[cell].value for cell in ("B3", "B4", "D12")]
    assert running["A1"].value == "Rapport mensuel — Novembre 2026, provisoire au 19/11"


def test_exact_numbers_need_an_agreement_that_is_recorded(golden_shelter: Ran, tmp_path: Path) -> None:
    asked = ("report", "--month", "2026-11", "--level", "convention", "--json")
    code, out, told = golden_shelter(*asked)
    assert (code, out) == (2, "")
    assert "son numéro manque" in told
    assert golden_shelter(*asked, "--agreement", "C-2026-014")[0] == 2  # nobody recorded it
    with unlocking.unlock(tmp_path / "shelter", "Agent A", PASSWORD) as desk:
        until = desk.today() + timedelta(days=30)
        recipients.keep_recipient(
            desk, replace(recipients.usual("OIM", "oim"), agreement_no="C-2026-014", agreement_until=until)
        )
    found = document(golden_shelter, *asked[:-1], "--agreement", "C-2026-014")
    assert found["level"] == "convention"
    assert not [one for one in found["figures"] if one.get("hidden")]


def test_a_small_month_proposes_the_quarter_to_the_public(golden_shelter: Ran) -> None:
    _, _, told = golden_shelter("report", "--month", "2026-11", "--level", "public", "--json")
    assert "un trimestre en dit plus" in told


def test_the_rows_of_a_period_are_exported_and_never_with_names(golden_shelter: Ran, on: Any, tmp_path: Path) -> None:
    on(2026, 12, 3, 9, 0)
    nights = values(document(golden_shelter, *NOVEMBER))["t1.person_nights", ()]
    asked = ("export", tmp_path / "rows.xlsx", "--month", "2026-11")
    assert golden_shelter(*asked)[0] == 0
    book = openpyxl.load_workbook(tmp_path / "rows.xlsx")
    assert sum(1 for row in book["nuits"].iter_rows(min_row=3) if row[0].value) == nights
    assert golden_shelter(*asked, "--purpose", "Contrôle")[0] == 2
    assert golden_shelter("export", tmp_path / "days.xlsx", "--from", "2026-11-03")[0] == 2
