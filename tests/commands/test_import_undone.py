"""`import --undo` and `--history`: what an import brought goes back, and what was touched since stays."""

import json
from pathlib import Path

import pytest

from tests.commands.test_line import Ran, run, shelter
from tests.operations.imports.test_own_registers import AWA, HEADINGS, MAN, book

__all__ = ["run", "shelter"]


@pytest.fixture
def taken(shelter: Ran, tmp_path: Path) -> Ran:
    """Two imports: a register with two persons, then the sheet of the month after."""
    assert shelter("import", book(tmp_path / "a.xlsx", Registre=(HEADINGS, AWA)))[0] == 0
    assert shelter("import", book(tmp_path / "b.xlsx", Registre=(HEADINGS, MAN)))[0] == 0
    return shelter


def test_the_last_import_goes_back(taken: Ran) -> None:
    code, out, told = taken("import", "--undo", "--json")
    assert (code, told) == (0, "")
    assert json.loads(out) == {
        "import": 2,
        "removed": {"personnes": 1, "sejours": 1},
        "restored": {},
        "left": [],
        "written": True,
    }
    past = json.loads(taken("import", "--history", "--json")[1])["imports"]
    assert [(one["import"], one["undone_by"], one["lists"]["sejours"]["new"]) for one in past] == [
        (2, "Agent A", 1),
        (1, None, 1),
    ]


def test_an_import_is_undone_by_its_number_and_only_once(taken: Ran) -> None:
    assert taken("import", "--undo", "1", "--quiet") == (0, "", "")
    code, _, told = taken("import", "--undo", "1")
    assert (code, len(told.strip().splitlines())) == (2, 1)
    assert taken("import", "--undo")[0] == 0
    assert taken("import", "--undo")[0] == 2


def test_a_dry_run_of_an_undo_tells_and_writes_nothing(taken: Ran) -> None:
    code, out, _ = taken("import", "--undo", "--dry-run", "--language", "en")
    assert (code, out) == (0, "Import 2: 2 rows go back.\nNothing was written.\n")
    assert json.loads(taken("import", "--history", "--json")[1])["imports"][0]["undone_at"] is None


def test_what_was_used_since_stays_and_is_told_with_why(shelter: Ran, tmp_path: Path) -> None:
    first = book(tmp_path / "a.xlsx", Registre=(("N° dossier", *HEADINGS[1:]), ("9/26", *AWA[1:])))
    assert shelter("import", first)[0] == 0
    services = (("Date", "N° dossier", "Service rendu"), ("04/02/2026", "9/26", "Repas"))
    assert shelter("import", book(tmp_path / "b.xlsx", Services=services))[0] == 0
    assert "9/26" in shelter("import", "--undo", "1", "--dry-run", "--language", "en")[1]
    document = json.loads(shelter("import", "--undo", "1", "--json")[1])
    assert (document["removed"], {(one["list"], one["why"]) for one in document["left"]}) == (
        {},
        {("sejours", "referred"), ("personnes", "needed")},
    )


def test_the_imports_there_were_are_listed(taken: Ran, shelter: Ran) -> None:
    lines = taken("import", "--history", "--language", "en")[1].splitlines()
    assert [line.split(",")[0] for line in lines] == ["Import 2", "Import 1"]
    assert all("2 rows written (in the registers)" in line for line in lines)


def test_a_shelter_without_imports_says_so(shelter: Ran) -> None:
    assert shelter("import", "--history", "--language", "en")[1] == "No import is recorded.\n"
    assert shelter("import", "--undo")[0] == 2


@pytest.mark.parametrize("call", [(), ("a.xlsx", "--undo"), ("a.xlsx", "--history"), ("--history", "--undo")])
def test_a_file_is_for_an_import_and_a_number_for_an_undo(shelter: Ran, call: tuple[str, ...]) -> None:
    code, _, told = shelter("import", *call)
    assert (code, len(told.strip().splitlines())) == (2, 1)


def test_an_undo_asks_for_the_right_to_import(taken: Ran) -> None:
    assert taken("import", "--undo", user="Nobody")[0] == 4
