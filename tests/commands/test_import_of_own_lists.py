"""`import` of a file that a shelter made itself: what is told about it on the command line."""

import json
from pathlib import Path

import openpyxl

from tests.commands.test_line import Ran, run, shelter
from tests.operations.imports.test_own_registers import AWA, HEADINGS, MAN, book

__all__ = ["run", "shelter"]


def test_headings_that_mean_nothing_are_mapped_by_hand(shelter: Ran, tmp_path: Path) -> None:
    headings = ("Qui", "Venue de", "Venue le", "Rien")
    path = book(tmp_path / "r.xlsx", Feuil1=(headings, ("F", "Mali", "03/02/2026", "x")))
    maps = ("--map", "Qui=sex", "--map", "Venue de=nationality", "--map", "Venue le=admitted_at", "--map", "Rien=")
    code, out, _ = shelter(
        "import", path, "--list", "registre", *maps, "--set", "migration_situation=transit", "--json"
    )
    document = json.loads(out)
    assert (code, document["lists"]["sejours"]["new"], document["unknown_columns"]) == (0, 1, [])


def test_without_the_map_the_file_is_not_recognised(shelter: Ran, tmp_path: Path) -> None:
    path = book(tmp_path / "r.xlsx", Feuil1=(("Qui", "Venue de", "Venue le"), ("F", "Mali", "03/02/2026")))
    assert shelter("import", path)[0] == 2


def test_rows_and_sheets_that_were_left_out_are_told(shelter: Ran, tmp_path: Path) -> None:
    path = book(tmp_path / "r.xlsx", Registre=(HEADINGS, AWA, MAN, ("TOTAL", None, 2)), Budget=(("Ligne",), (1,)))
    document = json.loads(shelter("import", path, "--json")[1])
    assert (document["passed_over"], document["unused_sheets"]) == (1, ["Budget"])


def test_a_map_to_a_column_that_does_not_exist_is_one_sentence_and_2(shelter: Ran, tmp_path: Path) -> None:
    path = book(tmp_path / "r.xlsx", Registre=(HEADINGS, AWA))
    code, _, told = shelter("import", path, "--map", "Sexe=genre")
    assert (code, "Sexe=genre" in told, "Traceback" in told) == (2, True, False)


def test_a_value_for_all_rows_that_is_no_code_is_2(shelter: Ran, tmp_path: Path) -> None:
    path = book(tmp_path / "r.xlsx", Registre=(HEADINGS[:6], AWA[:6]))
    assert shelter("import", path, "--set", "migration_situation=lunaire")[0] == 2


def test_a_year_of_birth_for_all_rows_is_taken(shelter: Ran, tmp_path: Path) -> None:
    headings, line = ("Sexe", "Nationalité", "Date entrée", "Profil"), ("F", "Mali", "03/02/2026", "transit")
    path = book(tmp_path / "r.xlsx", Registre=(headings, line))
    code, out, told = shelter("import", path, "--set", "birth_date=1990", "--json")
    assert (code, json.loads(out)["lists"]["personnes"]["new"], told) == (0, 1, "")


def test_a_map_reaches_only_lists_with_that_column(shelter: Ran, tmp_path: Path) -> None:
    rooms = (("Chambre", "Type de chambre", "Lits", "Date"), ("F9", "Dortoir femmes", 2, "01/01/2026"))
    stays = (("Sexe", "Nationalité", "Date", "Profil"), ("F", "Mali", "03/02/2026", "transit"))
    path = book(tmp_path / "r.xlsx", Plan=rooms, Registre=stays)
    _, out, _ = shelter("import", path, "--dry-run", "--map", "Date=admitted_at", "--json")
    document = json.loads(out)
    assert (document["lists"]["sejours"]["new"], document["unknown_columns"]) == (
        1,
        [{"sheet": "Plan", "column": "Date"}],
    )


def test_what_a_person_said_of_a_heading_goes_before_what_it_seems_to_mean(shelter: Ran, tmp_path: Path) -> None:
    headings = ("Sexe", "Nationalité", "Date entrée", "Vraie date", "Profil")
    path = book(tmp_path / "r.xlsx", Registre=(headings, ("F", "Mali", "inconnue", "03/02/2026", "transit")))
    code, out, _ = shelter("import", path, "--map", "Vraie date=admitted_at", "--json")
    assert (code, [one["column"] for one in json.loads(out)["unknown_columns"]]) == (0, ["Date entrée"])


def test_what_was_assumed_is_told(shelter: Ran, tmp_path: Path) -> None:
    path = book(tmp_path / "r.xlsx", Registre=(HEADINGS, AWA, MAN))
    document = json.loads(shelter("import", path, "--dry-run", "--json")[1])
    assert {"column": "age", "why": "age_at_entry", "count": 2} in document["assumed"]
    assert "2 lignes" in shelter("import", path, "--language", "fr")[1]


def test_hidden_rows_are_told(shelter: Ran, tmp_path: Path) -> None:
    path = book(tmp_path / "r.xlsx", Registre=(HEADINGS, AWA, MAN))
    made = openpyxl.load_workbook(path)
    made["Registre"].row_dimensions[3].hidden = True
    made.save(path)
    document = json.loads(shelter("import", path, "--dry-run", "--json")[1])
    assert (document["hidden"], document["lists"]["sejours"]["new"]) == (
        [{"sheet": "Registre", "rows": 1, "columns": 0}],
        2,
    )
    assert "lignes masquées 1" in shelter("import", path, "--language", "fr")[1]
