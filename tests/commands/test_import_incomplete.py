"""`import` of lists that leave something open: said once for all rows, or taken in and completed later."""

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from shelter_desk.domain.register_columns import LISTS
from shelter_desk.domain.registers.gaps import UNKNOWN
from shelter_desk.domain.registers.rows import ROW_KEYS
from tests.commands.test_line import Ran, figures, run, shelter, total
from tests.commands.workbooks import golden, write
from tests.operations.imports.test_own_registers import book

__all__ = ["run", "shelter"]
HEADINGS = (
    "N° dossier",
    "Nom et prénoms",
    "Sexe",
    "Âge",
    "Nationalité",
    "Date d'entrée",
    "Date de sortie",
    "Motif de sortie",
)
NAMES = ("DIARRA Awa", "KONÉ Bakary", "TRAORÉ Mariam", "MENSAH Kofi", "SOW Aminata")
SITUATION = "migration_situation"


def residents(n: int = 30) -> list[tuple[Any, ...]]:
    return [
        (
            f"{at}/26",
            f"{NAMES[at % 5]}{'abcdef'[at // 5]}",
            "FMFMF"[at % 5],
            20 + at,
            "Mali",
            f"{1 + at % 28:02}/02/2026",
        )
        for at in range(n)
    ]


def register(path: Path, *lines: tuple[Any, ...]) -> Path:
    return book(path, Registre=(HEADINGS, *lines))


def lists_of(out: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(out)["lists"]
    return found


def test_a_list_of_thirty_without_a_column_is_refused_with_what_to_say_once(shelter: Ran, tmp_path: Path) -> None:
    path = register(tmp_path / "r.xlsx", *residents())
    code, out, told = shelter("import", path, "--json")
    missing = json.loads(out)["missing_columns"]
    assert (code, missing) == (
        3,
        [{"sheet": "Registre", "list": "registre", "column": SITUATION, "may_be_unknown": True}],
    )
    code, _, told = shelter("import", path, "--language", "fr")
    (line,) = [one for one in told.splitlines() if "--set" in one]
    assert "Situation migratoire" in line
    assert "--set migration_situation=indetermine" in line


def test_what_all_have_is_said_once_and_thirty_are_there(shelter: Ran, tmp_path: Path) -> None:
    path = register(tmp_path / "r.xlsx", *residents())
    code, out, told = shelter("import", path, "--set", "Situation migratoire=Migrant en transit", "--json")
    counted = lists_of(out)["sejours"]
    assert (code, told, counted["new"], counted.get("incomplete", 0)) == (0, "", 30, 0)


@pytest.mark.parametrize("said", ["indetermine", "non déterminé", "à compléter"])
def test_what_nobody_knows_is_unknown_in_the_figures_and_to_be_completed(
    shelter: Ran, tmp_path: Path, said: str
) -> None:
    path = register(tmp_path / "r.xlsx", *residents())
    code, out, _ = shelter("import", path, "--set", f"{SITUATION}={said}", "--json")
    found, _ = figures(shelter, "--month", "2026-02", "--profile", "interne")
    assert (code, lists_of(out)["sejours"]["new"], lists_of(out)["sejours"]["incomplete"]) == (0, 30, 30)
    assert total(found, "t3.persons", migration_situation="indetermine") == 30


REQUIRED = [
    (name, column.key)
    for name, columns in LISTS.items()
    for column in columns
    if column.required and column.key not in ROW_KEYS[name] and name in golden()
]
SAME = {"room_code": "A", "in_service_from": "2025-01-01", "bed_state": "maintenance", "admitted_at": "2026-09-20"}


@pytest.mark.parametrize(("name", "key"), REQUIRED)
def test_every_column_that_a_list_lacks_is_said_once(shelter: Ran, tmp_path: Path, name: str, key: str) -> None:
    if key == "person_code":
        return  # whose stay it is: no value is that of all
    lists = {
        one: [{column: value for column, value in row.items() if (one, column) != (name, key)} for row in rows]
        for one, rows in golden().items()
    }
    if key == "admitted_at":
        lists = {one: rows[:1] if one == "sejours" else rows for one, rows in lists.items()}
        lists = {one: rows for one, rows in lists.items() if one not in ("couchages", "absences", "statuts_victime")}
    path = write(tmp_path / "golden.xlsx", lists)
    code, out, _ = shelter("import", path, "--dry-run", "--json")
    missing = [(one["list"], one["column"], one["may_be_unknown"]) for one in json.loads(out)["missing_columns"]]
    assert (code, missing) == (3, [(name, key, (name, key) in UNKNOWN)])
    unknown = (name, key) in UNKNOWN
    said = "non déterminé" if unknown else SAME[key]
    code, out, _ = shelter("import", path, "--set", f"{key}={said}", "--json")
    document = json.loads(out)
    assert (code, document["written"], document["refusals"]) == (0, True, [])
    assert (document["lists"][name].get("incomplete", 0) > 0) == unknown


def test_what_is_known_already_is_not_made_unknown_again(shelter: Ran, tmp_path: Path) -> None:
    shelter("import", register(tmp_path / "r.xlsx", *residents(3)), "--set", f"{SITUATION}=transit")
    code, out, _ = shelter("import", tmp_path / "r.xlsx", "--set", f"{SITUATION}=indetermine", "--json")
    assert (code, lists_of(out)["sejours"]) == (0, {"new": 0, "changed": 0, "same": 3, "refused": 0})


WRONG = ("31/26", "TOGOLA Issa", "G ou F", "jeune", "Gondor", "03/02/2026", "05/02/2026", "est parti")


def test_values_that_are_not_understood_refuse_their_row(shelter: Ran, tmp_path: Path) -> None:
    path = register(tmp_path / "r.xlsx", *residents(2), WRONG)
    code, out, _ = shelter("import", path, "--set", f"{SITUATION}=transit", "--json")
    assert (code, json.loads(out)["written"]) == (3, False)


ODD = (*WRONG[:2], "M", 30, *WRONG[4:])


def test_a_row_that_is_not_understood_comes_in_incomplete_where_that_is_said(shelter: Ran, tmp_path: Path) -> None:
    path = register(tmp_path / "r.xlsx", *residents(2), ODD)
    code, out, told = shelter("import", path, "--set", f"{SITUATION}=transit", "--incomplete", "--json")
    found = lists_of(out)
    assert (code, told) == (0, "")
    assert {name: (one["new"], one["refused"], one["incomplete"]) for name, one in found.items()} == {
        "personnes": (3, 0, 1),
        "sejours": (3, 0, 1),
    }
    counted, _ = figures(shelter, "--month", "2026-02", "--profile", "interne")
    assert total(counted, "t3.persons", nationality="ZZ") == 1


KEYS = (*HEADINGS[:3], "Date de naissance", "Âge", *HEADINGS[4:6], "Lit", "Profil")
GOOD = ("31/26", "TOGOLA Issa", "M", "03/04/2001", None, "Mali", "03/02/2026", None, "transit")


@pytest.mark.parametrize(
    ("heading", "value", "column"),
    [
        ("Sexe", "XX", "sex"),
        ("Sexe", None, "sex"),
        ("Date de naissance", "31/02/2001", "birth_date"),
        ("Âge", "jeune", "age"),
        ("Lit", "Z99", "bed_code"),
        ("Lit", "#REF!", "bed_code"),
    ],
)
def test_a_sex_a_birth_or_a_bed_that_is_not_understood_refuses_its_row_in_any_case(
    shelter: Ran, tmp_path: Path, heading: str, value: str | None, column: str
) -> None:
    line = tuple(value if name == heading else of for name, of in zip(KEYS, GOOD, strict=True))
    path = book(tmp_path / "r.xlsx", Registre=(KEYS, GOOD, ("32/26", "SOW Ali", *line[2:])))
    code, out, _ = shelter("import", path, "--incomplete", "--json")
    refused = [(one["row"], one["who"], one["column"], one["value"]) for one in json.loads(out)["refusals"]]
    assert (code, refused) == (3, [(3, "SOW Ali", column, value or "")])
    told = shelter("import", path, "--incomplete", "--language", "fr")[2]
    assert f"Feuille Registre, ligne 3 (SOW Ali), colonne {heading}" in told


def test_a_key_of_the_registers_that_is_not_understood_refuses_its_row_in_any_case(
    shelter: Ran, tmp_path: Path
) -> None:
    lists = golden()
    wrong = {
        ("personnes", "sex"): "XX",
        ("personnes", "birth_date"): "31/02/2001",
        ("personnes", "age_estimated"): "jeune",
        ("couchages", "bed_code"): "Z99",
    }
    for (name, column), value in wrong.items():
        rows = [{**lists[name][0], column: value}, *lists[name][1:]]
        path = write(tmp_path / f"{column}.xlsx", {**lists, name: rows})
        code, out, _ = shelter("import", path, "--dry-run", "--incomplete", "--json")
        refused = {(one["list"], one["column"], one["value"]) for one in json.loads(out)["refusals"]}
        assert (code, (name, column, value) in refused) == (3, True)


def test_a_thing_beside_a_bed_that_does_not_exist_is_refused_in_any_case(shelter: Ran, tmp_path: Path) -> None:
    headings = ("Désignation", "Catégorie", "Quantité", "Date d'acquisition", "Emplacement (chambre)", "Lit lié")
    path = book(tmp_path / "r.xlsx", Biens=(headings, ("Matelas", "Literie", 1, "03/02/2025", "Y9", "Z99")))
    code, out, _ = shelter("import", path, "--list", "biens", "--incomplete", "--dry-run", "--json")
    refused = [(one["row"], one["column"], one["value"]) for one in json.loads(out)["refusals"]]
    assert (code, refused) == (3, [(2, "linked_bed", "Z99")])


@pytest.mark.parametrize("said", [("--set", "sex=non déterminé"), ("--incomplete",)])
def test_a_list_without_a_column_of_sex_leaves_it_open_for_all(
    shelter: Ran, tmp_path: Path, said: tuple[str, ...]
) -> None:
    lines = [(*line[:2], *line[3:]) for line in residents(3)]
    path = book(tmp_path / "r.xlsx", Registre=((*HEADINGS[:2], *HEADINGS[3:6]), *lines))
    code, out, _ = shelter("import", path, "--set", f"{SITUATION}=transit", *said, "--json")
    found = lists_of(out)["personnes"]
    assert (code, found["new"], found["incomplete"]) == (0, 3, 3)
    counted, _ = figures(shelter, "--month", "2026-02", "--profile", "interne")
    entries = {key: n for key, n in counted.items() if key[0] == "t2.entries" and n}
    assert sum(n for (_, dims), n in entries.items() if ("sex", "u") in dims) == 3, entries


@pytest.mark.parametrize("wrong", [("Date d'entrée", "bientôt"), ("N° dossier", "=1/0")])
def test_days_of_a_stay_and_numbers_are_never_left_open(shelter: Ran, tmp_path: Path, wrong: tuple[str, str]) -> None:
    line = [*ODD[:5], "03/02/2026"]
    line[HEADINGS.index(wrong[0])] = wrong[1]
    path = register(tmp_path / "r.xlsx", tuple(line))
    code, out, _ = shelter("import", path, "--set", f"{SITUATION}=transit", "--incomplete", "--json")
    assert (code, [one["column"] for one in json.loads(out)["refusals"]]) == (
        3,
        ["admitted_at" if wrong[0] != "N° dossier" else "stay_no"],
    )


def test_a_refused_row_is_told_by_its_number_and_its_name_or_code(shelter: Ran, tmp_path: Path) -> None:
    path = register(tmp_path / "r.xlsx", *residents(2), WRONG)
    fixed = ("--set", f"{SITUATION}=transit", "--dry-run")
    told = shelter("import", path, *fixed, "--language", "fr")[2]
    who = {line.partition(", colonne")[0] for line in told.splitlines()}
    assert who == {"Feuille Registre, ligne 4 (TOGOLA Issa)"}
    document = json.loads(shelter("import", path, *fixed, "--json")[1])
    assert {one["who"] for one in document["refusals"]} == {"TOGOLA Issa"}
    lists = {**golden(), "sejours": [{**golden()["sejours"][0], "admitted_at": "32/13/2026"}]}
    told = shelter("import", write(tmp_path / "golden.xlsx", lists), "--dry-run", "--language", "fr")[2]
    assert "Feuille sejours, ligne 3 (7K3-QMX-E), colonne" in told


def test_a_copy_to_correct_holds_nothing_for_machines(shelter: Ran, tmp_path: Path) -> None:
    path = register(tmp_path / "r.xlsx", WRONG)
    shelter("import", path, "--rejects", tmp_path / "copy.xlsx", "--language", "fr")
    copy = openpyxl.load_workbook(tmp_path / "copy.xlsx")
    texts = {str(cell.value) for sheet in copy.worksheets for row in sheet.iter_rows() for cell in row}
    keys = {column.key for columns in LISTS.values() for column in columns} | {"sheet", "row", "column", "value"}
    assert not texts & (keys - {"from", "to"})
    assert [cell.value for cell in copy["refus"][2]][:4] == ["Registre", 2, "TOGOLA Issa", "Sexe"]
