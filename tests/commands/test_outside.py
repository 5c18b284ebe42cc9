"""What somebody who only knows the contract tried, and what the program must do with it."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from shelter_desk.app import main
from tests.commands.conftest import PASSWORD
from tests.commands.test_line import Ran, added, changed, run, shelter
from tests.commands.workbooks import day, golden, write

__all__ = ["run", "shelter"]


def test_options_may_stand_before_the_command(shelter: Ran, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = ["--data-dir", str(tmp_path / "shelter"), "--user", "Agent A", "--quiet", "--language", "en"]
    assert (main([*before, "check"]), capsys.readouterr().out) == (0, "")


@pytest.mark.parametrize("name", ["keys.json", "shelter.db", "shelter.head", "SHELTER.DB", "shelter.db-wal"])
@pytest.mark.parametrize(
    "command", [("export",), ("template", "lits"), ("report", "--month", "2026-11"), ("backup",)], ids=lambda c: c[0]
)
def test_no_command_writes_over_a_file_of_the_shelter(
    shelter: Ran, tmp_path: Path, command: tuple[str, ...], name: str
) -> None:
    code, _, told = shelter(*command, tmp_path / "shelter" / name)
    assert (code, len(told.strip().splitlines())) == (2, 1)
    assert shelter("check")[0] == 0


def test_refusals_are_never_written_over_the_workbook_being_read(shelter: Ran, tmp_path: Path) -> None:
    lists = dict(golden())
    changed("sejours", 0, admitted_at="32/13/2026")(lists)
    file = write(tmp_path / "register.xlsx", lists)
    before = file.read_bytes()
    assert shelter("import", file, "--rejects", file, "--dry-run")[0] == 2
    assert file.read_bytes() == before


def test_refusals_that_cannot_be_written_leave_everything_as_it_was(shelter: Ran, tmp_path: Path) -> None:
    lists = dict(golden())
    changed("sejours", 0, admitted_at="32/13/2026")(lists)
    file = write(tmp_path / "some.xlsx", lists)
    code, _, _ = shelter("import", file, "--accepted-only", "--rejects", tmp_path / "nowhere" / "r.xlsx")
    _, out, _ = shelter("report", "--month", "2026-11", "--profile", "interne", "--json")
    figures = json.loads(out)["figures"]
    entries = [one["value"] for one in figures if one["figure"] == "t2.entries" and not one["dims"]]
    assert (code, entries in ([], [0])) == (2, True)


def test_a_column_without_its_key_goes_by_its_label_and_an_unknown_one_is_told(shelter: Ran, tmp_path: Path) -> None:
    file = write(tmp_path / "labels.xlsx", golden())
    book = openpyxl.load_workbook(file)
    sheet = book["sejours"]
    for cell in sheet[2]:
        if cell.value == "exit_reason":
            sheet.cell(1, cell.column).value, cell.value = "Motif de sortie", None
        elif cell.value == "exit_destination":
            sheet.cell(1, cell.column).value, cell.value = "Remarque du bureau", None
    book.save(file)
    code, out, _ = shelter("import", file, "--json")
    assert (code, json.loads(out)["unknown_columns"]) == (0, [{"sheet": "sejours", "column": "Remarque du bureau"}])
    _, out, _ = shelter("report", "--month", "2026-11", "--profile", "interne", "--json")
    reasons = [
        one for one in json.loads(out)["figures"] if one["figure"] == "t8.exits" and "exit_reason" in one["dims"]
    ]
    assert [(one["dims"]["exit_reason"], one["value"]) for one in reasons] == [("retour_autonome", 7)]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (changed("personnes", 0, birth_date=day("2030-01-01")), ("personnes", "birth_date")),
        (changed("statuts_victime", 0, decided_on=day("2027-06-01")), ("statuts_victime", "decided_on")),
        (changed("sejours", 0, head_stay_no="S01"), ("sejours", "head_stay_no")),
        (added("chambres", room_code="B", surface_m2=-5), ("chambres", "surface_m2")),
    ],
)
def test_an_impossible_fact_is_refused(
    shelter: Ran, tmp_path: Path, change: Callable[[dict[str, Any]], None], place: tuple[str, str]
) -> None:
    lists = dict(golden())
    change(lists)
    code, out, _ = shelter("import", write(tmp_path / "wrong.xlsx", lists), "--json")
    assert (code, place in {(one["list"], one["column"]) for one in json.loads(out)["refusals"]}) == (3, True)


@pytest.mark.parametrize(
    ("cells", "group"),
    [
        ({"birth_date": "1990"}, "a18_59"),
        ({"birth_date": 2020}, "a05_11"),
        ({"birth_date": None, "age_estimated": "25 ans", "age_estimated_on": day("2026-11-01")}, "a18_59"),
        ({"birth_date": None, "age_estimated": "8 mois", "age_estimated_on": day("2026-11-01")}, "a00_04"),
    ],
)
def test_a_year_alone_and_an_age_in_words_are_read(
    shelter: Ran, tmp_path: Path, cells: dict[str, Any], group: str
) -> None:
    lists = dict(golden())
    changed("personnes", 12, **cells)(lists)
    assert shelter("import", write(tmp_path / "ages.xlsx", lists))[0] == 0
    _, out, _ = shelter("report", "--from", "2026-11-20", "--to", "2026-11-20", "--profile", "interne", "--json")
    exits = [one["dims"]["age_group"] for one in json.loads(out)["figures"] if _is_exit(one)]
    assert exits == [group]


def _is_exit(one: dict[str, Any]) -> bool:
    return bool(one["figure"] == "t2.exits" and "age_group" in one["dims"] and one["value"])


@pytest.mark.parametrize("label", ["Déplacement dans le Mali (aide ménagère, exode rural)", "Mobilité interne"])
def test_a_label_of_the_reference_is_read(shelter: Ran, tmp_path: Path, label: str) -> None:
    lists = dict(golden())
    changed("sejours", 0, migration_situation=label)(lists)
    assert shelter("import", write(tmp_path / "labels.xlsx", lists))[0] == 0


@pytest.mark.parametrize("month", ["26-03", "2026-3", "2026-003", "2026-11-01"])
def test_a_month_is_four_digits_and_two(shelter: Ran, month: str) -> None:
    assert shelter("report", "--month", month)[0] == 2


def test_the_training_shelter_is_not_made_in_a_real_one_and_nothing_is_called_damaged(
    shelter: Ran, tmp_path: Path
) -> None:
    code, _, told = shelter("demo", "--no-window")
    assert (code, str(tmp_path / "shelter") in told) == (2, True)


def test_no_hidden_number_of_nights_comes_back_from_the_occupancy(shelter: Ran, tmp_path: Path) -> None:
    lists = dict(golden())
    shared = next(at for at, one in enumerate(lists["couchages"]) if one["place"] == "partage")
    changed("couchages", shared, **{"from": day("2026-11-27")})(lists)
    assert shelter("import", write(tmp_path / "few.xlsx", lists))[0] == 0
    _, out, _ = shelter("report", "--month", "2026-11", "--profile", "public", "--json")
    given = {one["figure"] for one in json.loads(out)["figures"]}
    assert "t1.occupancy_rate" in given
    assert not {"t1.person_nights_shared", "t1.person_nights_in_bed", "t1.capacity_bed_nights"} & given


def test_a_decision_without_its_body_is_taken_in_and_stands_among_the_points_to_settle(
    shelter: Ran, tmp_path: Path
) -> None:
    from shelter_desk.domain.moments import Period
    from shelter_desk.operations.reports import reports
    from shelter_desk.operations.vault import unlocking

    lists = dict(golden())
    changed("statuts_victime", 0, status_decided_by=None)(lists)
    assert shelter("import", write(tmp_path / "open.xlsx", lists))[0] == 0
    with unlocking.unlock(tmp_path / "shelter", "Agent A", PASSWORD) as desk:
        points = reports.points(desk, reports.read(desk, Period.month(2026, 11)))
    open_ones = [point.flag for point in points if point.flag is not None and point.flag.rule == "R-19"]
    assert [flag.code for flag in open_ones if flag.kind == "body"] == ["7K3-QMX-E"]


@pytest.mark.parametrize(("left", "more"), [("2026-11-12", 3), ("2026-11-06", -3)])
def test_a_bed_without_an_end_is_slept_in_until_the_exit_wherever_that_moves(
    shelter: Ran, tmp_path: Path, left: str, more: int
) -> None:
    lists = dict(golden())
    night = next(row for row in lists["couchages"] if row["stay_no"] == "S08")
    night["to"] = None
    assert shelter("import", write(tmp_path / "before.xlsx", lists))[0] == 0
    before = nights(shelter)
    next(row for row in lists["sejours"] if row["stay_no"] == "S08")["exited_at"] = day(left)
    assert shelter("import", write(tmp_path / "after.xlsx", lists))[0] == 0
    assert nights(shelter) == (before[0] + more, before[1])


def nights(shelter: Ran) -> tuple[int, int]:
    """Of November: in a bed, and on an extra place."""
    _, out, _ = shelter("report", "--month", "2026-11", "--profile", "interne", "--json")
    told = {one["figure"]: one["value"] for one in json.loads(out)["figures"] if not one["dims"]}
    return told["t1.person_nights_in_bed"], told["t1.person_nights_extra"]
