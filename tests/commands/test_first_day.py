"""A house that opens the program has residents already: beds, lists and reports of the first day."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from shelter_desk.system import clock
from tests.commands.test_line import Ran, figures, run, total
from tests.operations.imports.test_own_registers import book

__all__ = ["run"]

ROOMS = (
    ("Chambre", "Type de chambre", "Lits"),
    ("F1", "Dortoir femmes", 6),
    ("H1", "Dortoir hommes", 6),
)
HEADINGS = ("Nom et prénom(s)", "Sexe", "Âge", "Nationalité", "Date d'entrée", "Catégorie", "Lit")


def present(days: int, number: int) -> tuple[Any, ...]:
    """Somebody who came that many days ago and is still here."""
    came = clock.today() - timedelta(days=days)
    bed = f"F1-{number + 1:02}" if number < 6 else f"H1-{number - 5:02}"
    sex, name = ("F", f"DIARRA Awa{'abcdef'[number]}") if number < 6 else ("M", f"MENSAH Kofi{'abcdef'[number - 6]}")
    return name, sex, f"{24 + number} ans", "Mali", f"{came:%d/%m/%Y}", "En transit au Mali", bed


TWELVE = tuple(present(days, at) for at, days in enumerate((900, 610, 400, 333, 250, 180, 120, 90, 61, 33, 12, 2)))


@pytest.fixture
def new(run: Ran) -> Ran:
    code, _, told = run("create", "--shelter", "Maison des Essais", "--town", "Bamako", "--quiet")
    assert code == 0, told
    return run


def taken(ran: Ran, path: Path) -> dict[str, Any]:
    code, out, told = ran("import", path, "--json")
    assert code == 0, told or out
    found: dict[str, Any] = json.loads(out)
    return found


def test_twelve_residents_who_are_present_come_in_on_day_one(new: Ran, tmp_path: Path) -> None:
    taken(new, book(tmp_path / "rooms.xlsx", Chambres=ROOMS))
    lists = taken(new, book(tmp_path / "residents.xlsx", Registre=(HEADINGS, *TWELVE)))["lists"]
    assert {name: (of["new"], of["refused"]) for name, of in lists.items() if name in ("sejours", "couchages")} == {
        "sejours": (12, 0),
        "couchages": (12, 0),
    }


def month_before() -> str:
    return f"{clock.today().replace(day=1) - timedelta(days=1):%Y-%m}"


def with_residents(new: Ran, tmp_path: Path) -> Ran:
    taken(new, book(tmp_path / "rooms.xlsx", Chambres=ROOMS))
    taken(new, book(tmp_path / "residents.xlsx", Registre=(HEADINGS, *TWELVE)))
    return new


def test_a_month_before_the_program_has_person_nights_and_neither_capacity_nor_rate(new: Ran, tmp_path: Path) -> None:
    with_residents(new, tmp_path)
    found, document = figures(new, "--month", month_before())
    assert total(found, "t1.person_nights") > 0
    assert [total(found, f"t1.{key}") for key in ("capacity_bed_nights", "installed_beds", "occupancy_rate")] == [
        None,
        None,
        None,
    ]
    assert document["capacity_from"] == f"{clock.today().replace(day=1):%Y-%m-%d}"
    assert "Pas de capacité ni de taux d’occupation" in new("report", "--month", month_before())[1]


def test_the_month_in_which_the_program_was_begun_has_its_capacity_and_its_rate(new: Ran, tmp_path: Path) -> None:
    with_residents(new, tmp_path)
    found, document = figures(new, "--month", f"{clock.today():%Y-%m}")
    assert total(found, "t1.installed_beds") == 12
    assert total(found, "t1.occupancy_rate") > 0
    assert "capacity_from" not in document


def test_no_rate_is_made_of_a_period_that_begins_before_capacity_is_meant(new: Ran, tmp_path: Path) -> None:
    with_residents(new, tmp_path)
    first = clock.today().replace(day=1)
    where = ("--from", f"{first - timedelta(days=40)}", "--to", f"{first + timedelta(days=3)}")
    found, _ = figures(new, *where)
    assert (total(found, "t1.capacity_bed_nights"), total(found, "t1.occupancy_rate")) == (4 * 12, None)
    assert total(found, "t1.overcapacity_nights") == 0
    assert "commence avant" in new("report", *where)[1]


def test_beds_dated_by_the_answer_count_from_that_day_on(run: Ran, tmp_path: Path) -> None:
    since = f"{clock.today().replace(day=1) - timedelta(days=62)}"
    code, out, _ = run("create", "--shelter", "S", "--town", "T", "--beds-since", since)
    assert (code, "la capacité compte à partir de ce jour" in out) == (0, True)
    taken(run, book(tmp_path / "rooms.xlsx", Chambres=ROOMS))
    found, _ = figures(run, "--month", month_before())
    assert total(found, "t1.installed_beds") == 12


def test_a_first_day_that_is_still_to_come_is_refused(run: Ran) -> None:
    to_come = f"{clock.today() + timedelta(days=3):%d/%m/%Y}"
    code, _, told = run("create", "--shelter", "S", "--town", "T", "--beds-since", to_come)
    assert (code, to_come in told) == (2, True)


def test_a_line_refused_for_its_bed_says_since_when_it_is_in_service_and_what_to_do(run: Ran, tmp_path: Path) -> None:
    since = date(clock.today().year, 2, 1)
    run("create", "--shelter", "S", "--town", "T", "--beds-since", f"{since}", "--quiet")
    taken(run, book(tmp_path / "rooms.xlsx", Chambres=ROOMS))
    code, out, _ = run("import", book(tmp_path / "r.xlsx", Registre=(HEADINGS, TWELVE[0])), "--json")
    (refused,) = json.loads(out)["refusals"]
    assert code == 3
    assert f"n’est en service que depuis le 01/02/{since.year}" in refused["reason"]
    assert "Réglages, Chambres et lits" in refused["reason"]


def test_a_workbook_of_a_month_without_capacity_can_be_written(new: Ran, tmp_path: Path) -> None:
    with_residents(new, tmp_path)
    out = tmp_path / "report.xlsx"
    assert new("report", "--month", month_before(), "--profile", "interne", out)[0] == 0
    cover = [row[:2] for row in openpyxl.load_workbook(out)["01_Garde"].iter_rows(values_only=True)]
    assert ("Lits", "—") in cover
