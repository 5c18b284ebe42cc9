"""Every file of the folder: the lists, the counts, the values cell by cell, the refusals with sheet, row and column."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import registers
from tests.operations.shelter import small_shelter
from tests.own_workbooks import (
    admission_cells,
    admissions,
    care,
    files_of_all_kinds,
    htcds,
    journals,
    presence,
    silences,
    stores,
    strangers,
    traps,
)
from tests.own_workbooks.builder import Case

CASES = [
    *(case for part in (admissions, admission_cells, files_of_all_kinds, stores, traps) for case in part.CASES),
    *(case for part in (presence, care, journals, silences, strangers, htcds) for case in part.CASES),
]
AGAIN = (
    "une feuille par mois, lignes reportées",
    "lits et statuts de victime",
    "questionnaire Kobo",
    "classeur HTCDS, cas, exploitation et référencement",
    "matériel compté, une étiquette par pièce",
    "stock de départ",
    "tout dans un classeur",
    "présence d'un mois, jours de la semaine, totaux",
    "présence par n° de dossier, une feuille par mois",
    "journal des services, une ligne par personne",
    "services en colonnes, une feuille par jour",
    "suivi Kobo, services à choix multiples",
    "annuaire des partenaires",
    "journal du magasin, entrées et sorties",
    "fiches de stock, une feuille par article",
    "chambres et lits nommés dans une cellule",
    "le stock compté deux mois de suite n’est pas deux fois là",
    "un report de fiche en fiche n’est compté qu’une fois",
    "une réadmission au nom autrement écrit",
    "« - », « néant », « inconnu » : rien, ou personne ne le sait",
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One shelter for all: nothing is taken in."""
    with small_shelter(tmp_path_factory.mktemp("own") / "shelter") as opened:
        yield opened


def came_out(look: registers.Look, case: Case) -> dict[str, Any]:
    """As the case says it."""
    rows = {name: [kept for kept in look.judgement.standing[name].values() if kept.incoming] for name in case.cells}
    return {
        "counts": {name: (c.new, c.changed, c.same, c.refused) for name, c in look.judgement.counts.items()},
        "cells": {
            name: [
                {column: kept.values.get(column) for column in wanted}
                for kept, wanted in zip(rows[name], case.cells[name], strict=True)
            ]
            for name in case.cells
        },
        "refused": sorted((one.sheet, one.row, one.column) for one in look.judgement.refusals),
        "unknown": [column for _, column in look.unknown_columns],
        "unused": list(look.unused_sheets),
        "passed_over": look.passed_over,
        "hidden": list(look.hidden),
    }


def expected(case: Case) -> dict[str, Any]:
    return {
        "counts": dict(case.counts),
        "cells": {name: [dict(row) for row in rows] for name, rows in case.cells.items()},
        "refused": sorted(case.refused),
        "unknown": list(case.unknown),
        "unused": list(case.unused),
        "passed_over": case.passed_over,
        "hidden": list(case.hidden),
    }


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_must_come_out_comes_out(desk: Desk, tmp_path: Path, case: Case) -> None:
    look = registers.look(desk, case.make(tmp_path), case.choice, case.fixed)
    assert came_out(look, case) == expected(case)


@pytest.mark.parametrize("case", [case for case in CASES if case.name in AGAIN], ids=lambda case: case.name)
def test_the_same_file_twice_adds_nothing(tmp_path: Path, case: Case) -> None:
    path = case.make(tmp_path)
    with small_shelter(tmp_path / "shelter") as desk:
        registers.take_in(desk, registers.look(desk, path, case.choice, case.fixed))
        again = registers.look(desk, path, case.choice, case.fixed).judgement
    assert {name: (c.new, c.changed, c.same, c.refused) for name, c in again.counts.items()} == {
        name: (0, 0, new + same, refused) for name, (new, _, same, refused) in case.counts.items()
    }


def test_there_are_at_least_25_files() -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= 25
