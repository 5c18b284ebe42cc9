"""The command line as another program sees it: exit codes, one JSON document, refusals with their cells."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import openpyxl
import pytest

from shelter_desk.app import main
from tests.commands.conftest import PASSWORD
from tests.commands.workbooks import day, golden, write


class Ran(Protocol):
    """Runs the command line on the shelter of the test: exit code, stdout, stderr."""

    def __call__(self, *arguments: str | Path, user: str = "Agent A") -> tuple[int, str, str]: ...


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ran:
    monkeypatch.setenv("SHELTER_DESK_PASSWORD", PASSWORD)

    def ran(*arguments: str | Path, user: str = "Agent A") -> tuple[int, str, str]:
        capsys.readouterr()
        code = main([*map(str, arguments), "--data-dir", str(tmp_path / "shelter"), "--user", user])
        told = capsys.readouterr()
        return code, told.out, told.err

    return ran


@pytest.fixture
def shelter(run: Ran, created: Path, tmp_path: Path) -> Ran:
    shutil.copytree(created, tmp_path / "shelter")
    return run


@pytest.fixture
def golden_shelter(shelter: Ran, tmp_path: Path) -> Ran:
    code, _, told = shelter("import", write(tmp_path / "golden.xlsx", golden()))
    assert code == 0, told
    return shelter


def figures(run: Ran, *arguments: str) -> tuple[dict[tuple[str, frozenset[tuple[str, str]]], Any], dict[str, Any]]:
    code, out, told = run("report", *arguments, "--json")
    assert code == 0, told
    document = json.loads(out)
    return {(one["figure"], frozenset(one["dims"].items())): one["value"] for one in document["figures"]}, document


def total(found: dict[tuple[str, frozenset[tuple[str, str]]], Any], key: str, **dims: str) -> Any:
    return found.get((key, frozenset(dims.items())), 0)


GOLDEN = {
    "t1.installed_beds": 12,
    "t1.operational_beds": 12,
    "t1.capacity_bed_nights": 355,
    "t1.unavailable_bed_nights": 5,
    "t1.person_nights": 227,
    "t1.person_nights_in_bed": 195,
    "t1.person_nights_extra": 5,
    "t1.person_nights_shared": 27,
    "t1.absence_nights": 6,
    "t1.absence_nights_held": 3,
    "t1.occupancy_rate": 56.3,
    "t1.occupancy_rate_held": 57.2,
    "t1.mean_presence": 7.57,
    "t1.overcapacity_nights": 0,
    "t2.present_start": 7,
    "t2.entries": 8,
    "t2.entries_premiere": 7,
    "t2.entries_readmission": 1,
    "t2.exits": 7,
    "t2.present_end": 8,
    "t2.distinct_persons": 14,
    "t2.mean_stay": 10.3,
    "t2.median_stay": 7,
    "t2.mean_time_present": 32.0,
    "t8.exits": 7,
}
CELLS = {
    ("f", "a00_04"): (1, 0, 0, 1, 27),
    ("f", "a12_17"): (1, 1, 0, 2, 51),
    ("f", "a18_59"): (2, 2, 2, 2, 50),
    ("m", "a12_17"): (1, 1, 0, 2, 46),
    ("m", "a18_59"): (2, 4, 5, 1, 53),
}


def test_the_golden_month_comes_out_of_the_command_line(golden_shelter: Ran) -> None:
    found, _ = figures(golden_shelter, "--month", "2026-11", "--profile", "interne")
    assert {key: total(found, key) for key in GOLDEN} == GOLDEN


def test_the_golden_month_is_right_in_every_cell(golden_shelter: Ran) -> None:
    found, _ = figures(golden_shelter, "--month", "2026-11", "--profile", "interne")
    keys = ("present_start", "entries", "exits", "present_end", "person_nights")
    cells = {
        (sex, group): tuple(total(found, f"t2.{key}", sex=sex, age_group=group) for key in keys)
        for sex in "fm"
        for group in ("a00_04", "a05_11", "a12_17", "a18_59", "a60p")
    }
    assert {cell: values for cell, values in cells.items() if any(values)} == CELLS


def test_every_identity_of_the_golden_month_holds(golden_shelter: Ran) -> None:
    _, document = figures(golden_shelter, "--month", "2026-11", "--profile", "interne")
    ids = {one["id"] for one in document["identities"] if one["holds"] and one["left"] == one["right"]}
    wanted = {"I-01", "I-02", "I-03", "I-04", "I-05", "I-07", "I-08", "I-09", "I-10", "I-11"}
    assert wanted <= ids
    assert all(one["holds"] for one in document["identities"])


def test_the_period_can_be_any_days(golden_shelter: Ran) -> None:
    found, document = figures(golden_shelter, "--from", "2026-11-01", "--to", "2026-11-10", "--profile", "interne")
    assert document["period"] == {"from": "2026-11-01", "to": "2026-11-10", "nights": 10}
    assert (total(found, "t2.present_start"), total(found, "t2.entries")) == (7, 4)


def test_without_a_profile_small_cells_of_the_partner_are_hidden(golden_shelter: Ran) -> None:
    found, document = figures(golden_shelter, "--month", "2026-11")
    assert document["profile"] == "partenaire"
    assert total(found, "t8.exits", exit_reason="retour_autonome") == 7
    assert total(found, "t3.persons", migration_situation="transit") is None


def test_a_hidden_number_is_null_and_says_that_it_is_hidden(golden_shelter: Ran) -> None:
    for profile in ("partenaire", "public"):
        found, document = figures(golden_shelter, "--month", "2026-11", "--profile", profile)
        assert not [value for value in found.values() if isinstance(value, str)]
        hidden = [one for one in document["figures"] if "hidden" in one]
        assert {(one["value"], one["hidden"]) for one in hidden} == {(None, True)}
        # the public is told of no control over numbers that it is not given
        sides = {(one["left"], one["right"], one["hidden"]) for one in document["identities"] if "hidden" in one}
        assert sides == (set() if profile == "public" else {(None, None, True)})


def test_every_small_cell_is_hidden_from_the_public(golden_shelter: Ran) -> None:
    found, _ = figures(golden_shelter, "--month", "2026-11", "--profile", "public")
    shown = [value for (key, dims), value in found.items() if dims and key.startswith("t2.")]
    assert not [value for value in shown if isinstance(value, int | float) and 0 < value < 5]


def test_the_same_workbook_again_changes_nothing(golden_shelter: Ran, tmp_path: Path) -> None:
    code, out, _ = golden_shelter("import", tmp_path / "golden.xlsx", "--json")
    counts = json.loads(out)["lists"].values()
    assert (code, {(one["new"], one["changed"], one["refused"]) for one in counts}) == (0, {(0, 0, 0)})


def test_what_is_exported_comes_back_without_a_change(golden_shelter: Ran, tmp_path: Path) -> None:
    assert golden_shelter("export", tmp_path / "out.xlsx")[0] == 0
    code, out, _ = golden_shelter("import", tmp_path / "out.xlsx", "--json")
    counts = json.loads(out)["lists"]
    assert (code, {(one["new"], one["changed"], one["refused"]) for one in counts.values()}) == (0, {(0, 0, 0)})
    assert {name: one["same"] for name, one in counts.items()} == {name: len(rows) for name, rows in golden().items()}


def changed(name: str, row: int, **cells: Any) -> Callable[[dict[str, Any]], None]:
    def change(lists: dict[str, Any]) -> None:
        lists[name][row].update(cells)

    return change


def added(name: str, **cells: Any) -> Callable[[dict[str, Any]], None]:
    def add(lists: dict[str, Any]) -> None:
        lists[name].append({**lists[name][0], **cells})

    return add


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (changed("sejours", 0, admitted_at="32/13/2026"), ("sejours", 3, "admitted_at", "32/13/2026")),
        (changed("sejours", 1, exited_at=day("2026-10-01")), ("sejours", 4, "exited_at", "2026-10-01")),
        (changed("personnes", 0, person_code="7K3-QMX-F"), ("personnes", 3, "person_code", "7K3-QMX-F")),
        (changed("personnes", 2, sex="z"), ("personnes", 5, "sex", "z")),
        (changed("personnes", 2, nationality="Atlantide"), ("personnes", 5, "nationality", "Atlantide")),
        (changed("couchages", 11, bed_code="A1"), ("couchages", 14, "bed_code", "A1")),
        (added("lits"), ("lits", 15, "bed_code", "A1")),
        (added("chambres"), ("chambres", 4, "room_code", "A")),
        (changed("lits", 3, room_code="Z"), ("lits", 6, "room_code", "Z")),
        (changed("etats_lits", 0, bed_state="retire"), ("etats_lits", 3, "bed_state", "retire")),
        (changed("etats_lits", 0, bed_code="A1"), ("couchages", 3, "bed_code", "A1")),
        (changed("statuts_victime", 0, decided_on="hier"), ("statuts_victime", 3, "decided_on", "hier")),
        (changed("absences", 0, to=day("2026-11-01")), ("absences", 3, "to", "2026-11-01")),
    ],
)
def test_one_wrong_row_and_nothing_is_written(
    shelter: Ran, tmp_path: Path, change: Callable[[dict[str, Any]], None], place: tuple[str, int, str, str]
) -> None:
    lists = dict(golden())
    change(lists)
    code, out, _ = shelter("import", write(tmp_path / "wrong.xlsx", lists), "--json")
    document = json.loads(out)
    told = [(one["list"], one["row"], one["column"], one["value"]) for one in document["refusals"]]
    assert (code, document["written"]) == (3, False)
    assert place in told
    assert all(one["reason"] and one["sheet"] == one["list"] for one in document["refusals"])
    found, _ = figures(shelter, "--month", "2026-11", "--profile", "interne")
    assert total(found, "t2.entries") == 0


def test_the_accepted_rows_can_be_taken_in_without_the_refused_ones(shelter: Ran, tmp_path: Path) -> None:
    lists = dict(golden())
    changed("sejours", 11, admitted_at="31/02/2026")(lists)
    code, out, _ = shelter("import", write(tmp_path / "some.xlsx", lists), "--accepted-only", "--json")
    document = json.loads(out)
    assert (code, document["written"], document["lists"]["sejours"]["new"]) == (0, True, 14)
    assert {one["list"] for one in document["refusals"]} == {"sejours", "couchages"}


def test_a_dry_run_with_refused_rows_exits_with_3_and_writes_nothing(shelter: Ran, tmp_path: Path) -> None:
    lists = dict(golden())
    changed("sejours", 0, admitted_at="")(lists)
    code, out, _ = shelter("import", write(tmp_path / "dry.xlsx", lists), "--dry-run", "--json")
    assert (code, json.loads(out)["written"]) == (3, False)


def test_a_dry_run_of_a_sound_workbook_writes_nothing(shelter: Ran, tmp_path: Path) -> None:
    code, out, _ = shelter("import", write(tmp_path / "golden.xlsx", golden()), "--dry-run", "--json")
    found, _ = figures(shelter, "--month", "2026-11", "--profile", "interne")
    assert (code, json.loads(out)["written"], total(found, "t2.entries")) == (0, False, 0)


def test_labels_and_french_dates_are_read_as_codes_and_days(shelter: Ran, tmp_path: Path) -> None:
    lists = dict(golden())
    changed("personnes", 0, sex="Féminin", nationality="Guinéenne", birth_date="15/03/2009")(lists)
    changed("sejours", 0, admitted_at="20/09/2026", migration_situation="En transit au Mali")(lists)
    code, _, told = shelter("import", write(tmp_path / "labels.xlsx", lists))
    assert (code, told) == (0, "")


def test_the_refusals_are_written_where_they_were_asked_for(shelter: Ran, tmp_path: Path) -> None:
    lists = dict(golden())
    changed("sejours", 0, admitted_at="32/13/2026")(lists)
    shelter("import", write(tmp_path / "wrong.xlsx", lists), "--rejects", tmp_path / "refus.xlsx")
    rows = list(openpyxl.load_workbook(tmp_path / "refus.xlsx")["refus"].iter_rows(values_only=True))
    assert rows[0] == ("Feuille", "Ligne", "Qui, ou quoi", "Colonne", "Valeur", "Motif")
    assert ("sejours", 3, "7K3-QMX-E", "Entrée le", "32/13/2026") in [row[:5] for row in rows[1:]]


@pytest.mark.parametrize("content", [b"", b"bonjour", b"PK\x03\x04 cut", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_a_file_that_is_not_a_workbook_is_one_sentence_and_2(shelter: Ran, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "photo.xlsx").write_bytes(content)
    code, out, told = shelter("import", tmp_path / "photo.xlsx", "--json")
    assert (code, out) == (2, "")
    assert len(told.strip().splitlines()) == 1
    assert "Traceback" not in told


def test_a_file_that_is_not_there_is_one_sentence_and_2(shelter: Ran, tmp_path: Path) -> None:
    code, _, told = shelter("import", tmp_path / "nowhere.xlsx")
    assert (code, len(told.strip().splitlines())) == (2, 1)


def test_a_wrong_name_exits_with_4(shelter: Ran) -> None:
    assert shelter("check", user="Agent B")[0] == 4


def test_a_wrong_password_exits_with_4(shelter: Ran, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SHELTER_DESK_PASSWORD", "quatre papayes vertes")
    assert shelter("check")[0] == 4


def test_no_shelter_is_2_and_none_is_made(run: Ran, tmp_path: Path) -> None:
    assert run("check")[0] == 2
    assert not (tmp_path / "shelter").exists()


def test_create_prints_the_recovery_key_alone_when_quiet(run: Ran) -> None:
    code, out, _ = run("create", "--shelter", "S", "--town", "T", "--quiet")
    groups = out.strip().split("-")
    assert (code, len(groups), {len(group) for group in groups}) == (0, 8, {4})


def test_a_second_shelter_in_the_folder_is_refused(shelter: Ran) -> None:
    assert shelter("create", "--shelter", "S", "--town", "T")[0] == 2


def test_a_weak_password_makes_no_shelter(run: Ran, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SHELTER_DESK_PASSWORD", "bamako")
    assert run("create", "--shelter", "S", "--town", "T")[0] == 2
    assert not (tmp_path / "shelter" / "keys.json").exists()


@pytest.mark.parametrize("arguments", [("--month", "2026-13"), ("--month", "novembre"), (), ("--from", "2026-11-05")])
def test_a_period_that_does_not_exist_is_2(shelter: Ran, arguments: tuple[str, ...]) -> None:
    assert shelter("report", *arguments)[0] == 2


def test_check_counts_a_sound_file(golden_shelter: Ran) -> None:
    code, out, _ = golden_shelter("check")
    assert (code, "15" in out) == (0, True)


def test_a_damaged_database_exits_with_5_and_is_never_replaced(golden_shelter: Ran, tmp_path: Path) -> None:
    database = tmp_path / "shelter" / "shelter.db"
    content = bytearray(database.read_bytes())
    content[5000:5100] = bytes(100)
    database.write_bytes(content)
    code, _, told = golden_shelter("check")
    assert (code, len(told.strip().splitlines())) == (5, 1)
    assert database.read_bytes() == bytes(content)


def test_a_lost_database_exits_with_5(golden_shelter: Ran, tmp_path: Path) -> None:
    (tmp_path / "shelter" / "shelter.db").unlink()
    assert golden_shelter("check")[0] == 5


def test_an_older_copy_of_the_database_exits_with_5(golden_shelter: Ran, tmp_path: Path) -> None:
    database = tmp_path / "shelter" / "shelter.db"
    older = database.read_bytes()
    golden_shelter("export", tmp_path / "out.xlsx")
    database.write_bytes(older)
    assert golden_shelter("check")[0] == 5


def test_the_report_workbook_is_written_beside_its_figures(golden_shelter: Ran, tmp_path: Path) -> None:
    code, _, _ = golden_shelter("report", "--month", "2026-11", "--profile", "interne", tmp_path / "r.xlsx")
    book = openpyxl.load_workbook(tmp_path / "r.xlsx", data_only=True)
    rows = {row[5]: row for row in book["17_Chiffres"].iter_rows(min_row=2, values_only=True) if not any(row[7:-3])}
    assert (code, rows["t1.person_nights"][-3], rows["t1.occupancy_rate"][-3]) == (0, 227, 56.3)


def test_the_journal_says_who_took_the_registers(golden_shelter: Ran, tmp_path: Path) -> None:
    golden_shelter("export", tmp_path / "out.xlsx")
    from shelter_desk.operations.vault import unlocking
    from shelter_desk.storage.file import journal

    with unlocking.unlock(tmp_path / "shelter", "Agent A", PASSWORD) as desk, desk.reading() as connection:
        last = list(journal.lines(connection))[-1]
    assert (last.action, last.user) == ("registers_exported", 1)


def test_no_command_leaves_a_name_in_clear_in_the_folder(shelter: Ran, tmp_path: Path) -> None:
    lists = dict(golden())
    changed("personnes", 0, last_name="Koundouraba", first_name="Silvanie")(lists)
    assert shelter("import", write(tmp_path / "named.xlsx", lists))[0] == 0
    content = b"".join(path.read_bytes() for path in (tmp_path / "shelter").iterdir())
    assert not [word for word in (b"Koundouraba", b"Silvanie", b"Maison", b"Agent A", b"7K3-QMX-E") if word in content]


def test_a_workbook_of_a_training_shelter_is_told_beside_and_taken_in_all_the_same(
    shelter: Ran, tmp_path: Path
) -> None:
    path = write(tmp_path / "exercice.xlsx", golden())
    book = openpyxl.load_workbook(path)
    book.properties.title = "EXERCICE — données fictives"
    book.save(path)
    code, out, told = shelter("import", path)
    assert (code, "exercice" in told, "exercice" in out) == (0, True, False)
