"""`import --list --map --set` for every kind of list, and the templates of each from the command line."""

import json
from pathlib import Path
from typing import Any

import openpyxl

from shelter_desk.domain.registers.shapes import SHAPES
from tests.commands.test_line import Ran, run, shelter
from tests.operations.imports.test_own_registers import book

__all__ = ["run", "shelter"]
PERSON = (("N° dossier", "Nom et prénoms", "Sexe", "Nationalité", "Date d'entrée", "Profil"),)
AWA = ("7/26", "DIARRA Awa", "F", "Mali", "03/02/2026", "transit")
# headings that mean nothing, a line, what each heading is, what every line has besides, the list that gets a row
CASES: dict[str, tuple[tuple[Any, ...], tuple[Any, ...], dict[str, str], dict[str, str], str]] = {
    "registre": (
        ("c1", "c2", "c3"),
        ("F", "Mali", "03/02/2026"),
        {"c1": "sex", "c2": "nationality", "c3": "admitted_at"},
        {"migration_situation": "transit"},
        "sejours",
    ),
    "chambres_lits": (("c1", "c2"), ("F9", 3), {"c1": "room_code", "c2": "beds"}, {"room_type": "dortoir_f"}, "lits"),
    "stock_initial": (
        ("c1", "c2", "c3"),
        ("Riz", "kg", 40),
        {"c1": "designation", "c2": "unit", "c3": "quantity"},
        {"donor": "oim"},
        "mouvements",
    ),
    "biens": (
        ("c1", "c2"),
        ("Chaises", 6),
        {"c1": "designation", "c2": "quantity"},
        {"asset_condition": "bon"},
        "immobilisations",
    ),
    "prestations": (
        ("c1", "c2"),
        ("Diarra Awa", "Repas"),
        {"c1": "full_name", "c2": "service_type"},
        {"service_on": "2026-02-05"},
        "services",
    ),
    "annuaire": (("c1", "c2"), ("CSRéf", "Gao"), {"c1": "partner_name", "c2": "town"}, {}, "partenaires"),
    "journal_stock": (
        ("c1", "c2"),
        ("Huile", 12),
        {"c1": "designation", "c2": "entered"},
        {"moved_on": "2026-02-05", "unit": "litre"},
        "mouvements",
    ),
    "presence": (
        ("c1", *range(1, 15)),
        ("7/26", None, None, "X", "H", *["X"] * 10),
        {"c1": "stay_no"},
        {"month": "2026-02"},
        "absences",
    ),
}


def taken(shelter: Ran, tmp_path: Path, key: str) -> tuple[int, dict[str, Any]]:
    headings, line, meant, fixed, _ = CASES[key]
    path = book(tmp_path / "own.xlsx", Feuil1=(headings, line))
    maps = [part for heading, column in meant.items() for part in ("--map", f"{heading}={column}")]
    sets = [part for column, value in fixed.items() for part in ("--set", f"{column}={value}")]
    code, out, told = shelter("import", path, "--list", key, *maps, *sets, "--json")
    assert told == ""
    return code, json.loads(out)


def test_every_list_that_shelters_keep_is_tried() -> None:
    assert set(CASES) == set(SHAPES)


def test_lists_with_headings_of_their_own_are_taken_in(shelter: Ran, tmp_path: Path) -> None:
    """One after the other into one shelter: each opening of it takes its time."""
    assert shelter("import", book(tmp_path / "r.xlsx", Registre=(*PERSON, AWA)))[0] == 0
    found = {key: taken(shelter, tmp_path, key) for key in CASES}
    assert {key: (code, document["written"], document["refusals"]) for key, (code, document) in found.items()} == (
        dict.fromkeys(CASES, (0, True, []))
    )
    assert [key for key, (_, document) in found.items() if not document["lists"][CASES[key][4]]["new"]] == []


def test_templates_are_written_by_their_names_and_say_no_line(shelter: Ran, tmp_path: Path) -> None:
    for name in ("modele_residents", "presence", "partenaires"):
        assert shelter("template", name, tmp_path / "t.xlsx")[0] == 0
        code, out, _ = shelter("import", tmp_path / "t.xlsx", "--dry-run", "--json")
        document = json.loads(out)
        assert (name, code, document["lists"], document["refusals"]) == (name, 0, {}, [])


def test_a_template_of_presence_is_of_the_month_asked_for(shelter: Ran, tmp_path: Path) -> None:
    assert shelter("import", book(tmp_path / "r.xlsx", Registre=(*PERSON, AWA)))[0] == 0
    assert shelter("template", "presence", tmp_path / "p.xlsx", "--month", "2026-02")[0] == 0
    sheet = openpyxl.load_workbook(tmp_path / "p.xlsx")["Données"]
    assert (sheet.cell(4, 3).value, sheet.max_row) == ("7/26", 4)
    assert [cell.value.day for cell in sheet[1] if hasattr(cell.value, "day")] == list(range(1, 29))
    assert shelter("template", "presence", tmp_path / "p.xlsx", "--month", "2026-13")[0] == 2


def test_a_template_that_is_none_is_one_sentence_and_2(shelter: Ran, tmp_path: Path) -> None:
    code, _, told = shelter("template", "recettes", tmp_path / "t.xlsx")
    assert (code, "recettes" in told, len(told.strip().splitlines())) == (2, True, 1)
