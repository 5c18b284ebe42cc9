"""`import` of codes that a format shows with zeros in front: which of the two is meant is asked."""

import json
from pathlib import Path

import openpyxl
import pytest

from tests.commands.test_line import Ran, run, shelter
from tests.operations.imports.test_own_registers import book

__all__ = ["run", "shelter"]
HEADINGS = ("N° dossier", "Nom et prénoms", "Sexe", "Nationalité", "Date d'entrée", "Profil")


def padded(path: Path, form: str, *numbers: int) -> Path:
    lines = [(no, f"SOW Ali{'ab'[at]}", "M", "Mali", "03/02/2026", "transit") for at, no in enumerate(numbers)]
    book(path, Registre=(HEADINGS, *lines))
    made = openpyxl.load_workbook(path)
    for at in range(len(numbers)):
        made["Registre"].cell(2 + at, 1).number_format = form
    made.save(path)
    return path


def test_zeros_that_a_format_shows_are_asked_about(shelter: Ran, tmp_path: Path) -> None:
    path = padded(tmp_path / "r.xlsx", "0000", 7, 1234)
    code, out, _ = shelter("import", path, "--json")
    document = json.loads(out)
    assert (code, [(one["row"], one["value"]) for one in document["refusals"]]) == (3, [(2, "0007")])
    assert document["day_orders"] == [{"sheet": "Registre", "column": "stay_no", "order": "zeros"}]
    assert "--zeros" in shelter("import", path, "--language", "fr")[2]


@pytest.mark.parametrize(
    ("form", "said", "kept"),
    [("0000", "stay_no=shown", "0007"), ("0000", "value", "7"), ('"CH-"000', "N° dossier=shown", "CH-007")],
)
def test_what_is_said_of_them_is_kept(shelter: Ran, tmp_path: Path, form: str, said: str, kept: str) -> None:
    path = padded(tmp_path / "r.xlsx", form, 7)
    assert shelter("import", path, "--zeros", said)[0] == 0
    assert shelter("export", tmp_path / "out.xlsx")[0] == 0
    rows = openpyxl.load_workbook(tmp_path / "out.xlsx")["sejours"].iter_rows(min_row=3, values_only=True)
    assert [row[0] for row in rows] == [kept]
    code, out, _ = shelter("import", tmp_path / "out.xlsx", "--json")
    assert (code, json.loads(out)["lists"]["sejours"]["same"]) == (0, 1)


@pytest.mark.parametrize("form", ["0", "0.00", "#,##0", "General"])
def test_a_format_without_such_zeros_asks_nothing(shelter: Ran, tmp_path: Path, form: str) -> None:
    assert shelter("import", padded(tmp_path / "r.xlsx", form, 7))[0] == 0
