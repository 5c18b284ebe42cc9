"""Empty lists as shelters keep them: filled in, brought back, their example left out, their version known."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from shelter_desk import words
from shelter_desk.domain.errors import BadCall
from shelter_desk.domain.registers.refusals import TemplateNotKnown
from shelter_desk.domain.registers.shapes_presence import PRESENCE
from shelter_desk.domain.registers.templates import MODELS, model
from shelter_desk.domain.residents.residents import Names
from shelter_desk.excel.registers.own_templates import Prepared
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import list_templates, registers
from shelter_desk.system import clock
from tests.operations.imports.test_own_registers import counts
from tests.operations.shelter import admit, open_small_shelter

MARCH = Prepared(date(2026, 3, 1))
SIX = ("residents", "immobilisations", "stock_initial", "partenaires", "chambres_lits", "presence")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """Somebody is here since 10 March 2026."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 3, 20, 12))
    with open_small_shelter(tmp_path / "shelter") as opened:
        admit(opened, "1A", days=10, names=Names("Keita", "Fanta"))
        yield opened


def written(tmp_path: Path, name: str, language: words.Language = "fr") -> Path:
    with words.speaking(language):
        list_templates.write(name, tmp_path / "t.xlsx", MARCH)
    return tmp_path / "t.xlsx"


def filled(path: Path, **cells: Any) -> Path:
    """The line of example once more below, as somebody does who takes it for a pattern. cells: others, by key."""
    book = openpyxl.load_workbook(path)
    sheet = book["Données"]
    keys = [cell.value for cell in sheet[2]]
    for place, (key, cell) in enumerate(zip(keys, sheet[3], strict=False), 1):
        if key != "exemple":
            sheet.cell(4, place).value = cells.get(str(key), cell.value)
    book.save(path)
    return path


@pytest.mark.parametrize("name", list(MODELS))
@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_empty_template_taken_in_says_no_line(
    desk: Desk, tmp_path: Path, name: str, language: words.Language
) -> None:
    look = registers.look(desk, written(tmp_path, name, language))
    (layout,) = look.layouts
    assert (layout.list_key, counts(look), look.judgement.refusals) == (MODELS[name].shape, {}, [])
    assert (layout.passed_over, look.unknown_columns, look.unused_sheets) == ((3,), (), ())


@pytest.mark.parametrize("name", list(MODELS))
@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_example_is_taken_in_once_it_is_a_line_of_its_own(
    desk: Desk, tmp_path: Path, name: str, language: words.Language
) -> None:
    (code,) = (row["person_code"] for row in list_templates.presence_of(desk, MARCH.month).rows)
    own = {"person_code": code, **({"stay_no": "2026-0001"} if name == "modele_presence" else {})}
    nights = {"night_01": None, "night_02": None, "night_03": None, "night_10": "X", "night_11": "A", "night_04": None}
    path = filled(written(tmp_path, name, language), **own, **nights, night_05=None)
    look = registers.look(desk, path)
    assert look.judgement.refusals == []
    assert sum(new for new, _, _, _ in counts(look).values()) > 0
    registers.take_in(desk, look)
    assert {new + changed for new, changed, _, _ in counts(registers.look(desk, path)).values()} == {0}


@pytest.mark.parametrize("name", list(MODELS))
def test_labels_keys_and_example_stand_above_the_lines(tmp_path: Path, name: str) -> None:
    book = openpyxl.load_workbook(written(tmp_path, name))
    sheet = book["Données"]
    assert (book.sheetnames, sheet.freeze_panes) == (["Données", "Listes", "Mode_emploi"], "B3")
    assert [cell.value for cell in sheet[2]][: len(MODELS[name].keys.split()) + 1] == [
        "exemple",
        *MODELS[name].keys.split(),
    ]
    starred = {key.value for key, label in zip(sheet[2], sheet[1], strict=True) if str(label.value).endswith(" *")}
    assert (starred, sheet.cell(3, 1).value) == (set(MODELS[name].required), "EXEMPLE")


def test_codes_are_offered_by_their_labels(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(written(tmp_path, "residents"))
    rules = {
        str(rule.sqref).split(":")[0]: str(rule.formula1) for rule in book["Données"].data_validations.dataValidation
    }
    sheet, cells = rules["E3"].split("!")
    assert [row[0].value for row in book[sheet][cells.replace("$", "")]][:2] == ["Féminin", "Masculin"]


@pytest.mark.parametrize("name", SIX)
def test_the_names_of_the_reference_mean_a_template_with_and_without_their_beginning(name: str) -> None:
    assert model(name) is model(f"modele_{name}") is MODELS[f"modele_{name}"]


def test_a_sheet_of_presence_holds_who_was_here_by_code_and_never_by_name(desk: Desk, tmp_path: Path) -> None:
    list_templates.write("presence", tmp_path / "p.xlsx", list_templates.presence_of(desk, date(2026, 3, 5)))
    sheet = openpyxl.load_workbook(tmp_path / "p.xlsx")["Données"]
    (row,) = list_templates.presence_of(desk, date(2026, 3, 31)).rows
    assert [cell.value for cell in sheet[4]][1:4] == [row["person_code"], "2026-0001", None]
    assert [cell.value for cell in sheet[1]][4] == datetime(2026, 3, 1)
    assert list_templates.presence_of(desk, date(2026, 2, 1)).rows == []


def test_marks_set_on_a_sheet_of_presence_are_compared_with_the_stay(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "p.xlsx"
    list_templates.write("presence", path, list_templates.presence_of(desk, MARCH.month))
    book = openpyxl.load_workbook(path)
    for day, mark in ((10, "X"), (11, "PE"), (12, "X")):
        book["Données"].cell(4, 4 + day).value = mark
    book.save(path)
    look = registers.look(desk, path)
    ((_, kept),) = look.judgement.standing["absences"].items()
    assert (look.layouts[0].list_key, kept.values["absence_type"]) == (PRESENCE.key, "permission")
    assert (kept.values["from"], kept.values["to"]) == (datetime(2026, 3, 11), datetime(2026, 3, 12))


def marked(path: Path, mark: str) -> Path:
    """The file as another version of the program would have written it."""
    book = openpyxl.load_workbook(path)
    for row in book["Mode_emploi"]:
        for cell in row:
            if isinstance(cell.value, str) and ("/2" in cell.value or "version 2" in cell.value):
                cell.value = mark if "/2" in cell.value and len(cell.value) < 30 else None
    book.save(path)
    return path


def test_a_template_of_a_version_that_is_not_known_is_refused_by_name(desk: Desk, tmp_path: Path) -> None:
    path = marked(filled(written(tmp_path, "modele_partenaires")), "modele_partenaires/9")
    with pytest.raises(TemplateNotKnown) as refused:
        registers.look(desk, path)
    assert (refused.value.template, refused.value.version) == ("modele_partenaires", 9)


def test_a_template_of_the_first_version_is_read(desk: Desk, tmp_path: Path) -> None:
    list_templates.write("partenaires", tmp_path / "t.xlsx")
    path = marked(tmp_path / "t.xlsx", "Modèle partenaires, version 1")
    book = openpyxl.load_workbook(path)
    book["partenaires"].append(["Tribunal", "Justice"])
    book.save(path)
    assert counts(registers.look(desk, path)) == {"partenaires": (1, 0, 0, 0)}


def test_a_list_of_the_registers_goes_before_a_template_of_its_name(tmp_path: Path) -> None:
    list_templates.write("services", tmp_path / "t.xlsx")
    assert openpyxl.load_workbook(tmp_path / "t.xlsx").sheetnames[0] == "services"


def test_another_list_has_no_template(tmp_path: Path) -> None:
    with pytest.raises(BadCall):
        list_templates.write("recettes", tmp_path / "t.xlsx")
