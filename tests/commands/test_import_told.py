"""What `import` tells a person: labels and no keys, whether something was new, and that it was stopped."""

import json
from pathlib import Path

import pytest

from shelter_desk.commands import line
from shelter_desk.operations.imports import intake_calls
from tests.commands.test_line import Ran, run, shelter
from tests.operations.imports.test_own_registers import AWA, HEADINGS, MAN, book

__all__ = ["run", "shelter"]
WRONG = (*MAN[:5], "32/13/2026", *MAN[6:])


def test_a_refusal_says_the_label_of_the_column_and_its_key_to_programs_alone(shelter: Ran, tmp_path: Path) -> None:
    path = book(tmp_path / "r.xlsx", Registre=(HEADINGS, WRONG))
    _, told, refused = shelter("import", path, "--dry-run")
    assert f"colonne {HEADINGS[5]}," in refused
    assert "admitted_at" not in refused
    assert ("Séjours" in told, "sejours" in told) == (True, False)
    assert json.loads(shelter("import", path, "--dry-run", "--json")[1])["refusals"][0]["column"] == "admitted_at"


def test_a_column_that_the_file_calls_by_its_key_is_told_by_its_label(shelter: Ran, tmp_path: Path) -> None:
    path = book(tmp_path / "r.xlsx", sejours=(("stay_no", "person_code", "admitted_at"), ("1", "ML-0001", "hier soir")))
    refused = shelter("import", path, "--dry-run")[2]
    assert ("admitted_at" in refused, "person_code" in refused) == (False, False)
    assert "colonne Date" in refused or "colonne Entr" in refused


def test_nothing_new_is_told_as_nothing_new(shelter: Ran, tmp_path: Path) -> None:
    path = book(tmp_path / "r.xlsx", Registre=(HEADINGS, AWA))
    assert "Les lignes acceptées sont enregistrées" in shelter("import", path)[1]
    assert shelter("import", path)[1].splitlines()[-1].startswith("Tout était déjà connu")
    path = book(tmp_path / "r.xlsx", Registre=(HEADINGS, AWA, WRONG))
    told = shelter("import", path, "--accepted-only")[1]
    assert told.splitlines()[-1].startswith("Aucune ligne acceptée n’était nouvelle")


@pytest.mark.parametrize(("language", "told"), [("fr", "Arrêt avant la fin"), ("en", "Stopped")])
def test_ctrl_c_at_the_start_or_later_is_one_sentence_and_130(
    shelter: Ran, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, told: str
) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    path = book(tmp_path / "r.xlsx", Registre=(HEADINGS, AWA))
    for where, name in ((intake_calls, "take_in"), (line, "parser")):
        with monkeypatch.context() as patched:
            patched.setattr(where, name, stopped)
            code, out, refused = shelter("import", path, "--language", language)
        assert (code, out, len(refused.splitlines())) == (130, "", 1)
        assert refused.startswith(told)
    assert json.loads(shelter("import", path, "--dry-run", "--json")[1])["lists"]["sejours"]["new"] == 1
