"""Grids of presence against stays that stand: what is written, what is refused and with which nights."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from shelter_desk.domain.errors import InTheFuture
from shelter_desk.domain.registers.refusals import (
    CellRefused,
    NobodyOfThisName,
    NotHereThen,
    NothingRecognised,
    OfSeveral,
    OfSomebodyElse,
    SeenWhileAway,
)
from shelter_desk.domain.residents.residents import Names
from shelter_desk.excel.reading import grids
from shelter_desk.excel.reading.recognise import Choice
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import import_rejects, intake, registers
from shelter_desk.operations.imports.intake_layouts import LayoutAnswers
from shelter_desk.system import clock
from tests.operations.imports.test_own_registers import book, counts
from tests.operations.shelter import admit, open_small_shelter

DAYS = tuple(range(1, 32))


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """Two persons here since 10 March 2026, at 15:00; it is the 20th."""
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 3, 20, 12))
    with open_small_shelter(tmp_path / "shelter") as opened:
        admit(opened, "1A", days=10, names=Names("Keita", "Fanta"))
        admit(opened, "1B", days=10, names=Names("Keita", "Fanta Awa"))
        yield opened


def line(who: str, **nights: str) -> tuple[Any, ...]:
    return (who, *(nights.get(f"n{day}") for day in DAYS))


def looked(desk: Desk, tmp_path: Path, *lines: tuple[Any, ...], heading: str = "N° dossier") -> registers.Look:
    return registers.look(desk, book(tmp_path / "p.xlsx", Mars_2026=((heading, *DAYS), *lines)))


def refused(look: registers.Look) -> list[tuple[int, str, type[Exception]]]:
    return [(one.row, one.column, type(one.error)) for one in look.judgement.refusals]


def test_a_night_away_on_the_day_of_entry_begins_with_the_entry(desk: Desk, tmp_path: Path) -> None:
    look = looked(desk, tmp_path, line("2026-0001", n10="H", n11="X"))
    ((_, kept),) = look.judgement.standing["absences"].items()
    assert (kept.values["from"], kept.values["to"]) == (datetime(2026, 3, 10, 15), datetime(2026, 3, 11))
    registers.take_in(desk, look)
    again = looked(desk, tmp_path, line("2026-0001", n10="A", n11="H"))
    assert counts(again) == {"personnes": (0, 0, 1, 0), "absences": (1, 0, 1, 0)}


@pytest.mark.parametrize(
    ("marks", "column", "error"),
    [
        ({"n9": "X", "n10": "X"}, "night_09", NotHereThen),
        ({"n21": "X"}, "night_21", InTheFuture),
        ({"n21": "A"}, "night_21", InTheFuture),
    ],
)
def test_a_line_that_cannot_be_is_refused_in_its_cell(
    desk: Desk, tmp_path: Path, marks: dict[str, str], column: str, error: type[Exception]
) -> None:
    look = looked(desk, tmp_path, line("2026-0001", **marks))
    assert refused(look) == [(2, column, error)]
    assert not any(kept.incoming for kept in look.judgement.standing["absences"].values())


def test_marks_away_from_a_stay_say_nothing(desk: Desk, tmp_path: Path) -> None:
    look = looked(desk, tmp_path, line("2026-0001", n8="A", n10="X"))
    assert counts(look) == {"personnes": (0, 0, 1, 0)}


def test_a_mark_under_a_day_that_the_month_has_not_is_refused(desk: Desk, tmp_path: Path) -> None:
    path = book(tmp_path / "p.xlsx", Février_2026=(("N° dossier", *DAYS), line("2026-0001", n30="X")))
    (one,) = registers.look(desk, path).judgement.refusals
    assert isinstance(one.error, CellRefused)


def test_somebody_seen_while_away_is_refused_with_the_nights(desk: Desk, tmp_path: Path) -> None:
    registers.take_in(desk, looked(desk, tmp_path, line("2026-0001", n12="PE", n13="PE")))
    look = looked(desk, tmp_path, line("2026-0001", n11="X", n12="X", n13="X"))
    (one,) = look.judgement.refusals
    assert isinstance(one.error, SeenWhileAway)
    assert (one.column, one.error.nights) == ("night_12", (date(2026, 3, 12), date(2026, 3, 13)))


def test_a_name_is_somebody_where_one_person_alone_is_called_so(desk: Desk, tmp_path: Path) -> None:
    lines = (line("KEITA Fanta", n10="X"), line("Keïta", n10="X"), line("Awa Fanta Kéita", n10="X"))
    look = looked(desk, tmp_path, *lines, heading="Nom")
    assert refused(look) == [(3, "last_name", NobodyOfThisName)]
    assert ("full_name", "found_by_name", 2) in look.assumed


def test_a_name_of_several_is_refused_with_their_codes(desk: Desk, tmp_path: Path) -> None:
    admit(desk, "1C", days=10, names=Names("Keita", "Fanta"))
    look = looked(desk, tmp_path, line("Keita Fanta", n10="X"), heading="Nom")
    (one,) = look.judgement.refusals
    assert isinstance(one.error, OfSeveral)
    assert len(one.error.codes) == 2


def test_a_file_number_beside_the_name_of_somebody_else_is_refused(desk: Desk, tmp_path: Path) -> None:
    rows = (("N° dossier", "Nom", *DAYS), ("2026-0001", "Traoré Moussa", *line("", n10="X")[1:]))
    look = registers.look(desk, book(tmp_path / "p.xlsx", Mars_2026=rows))
    assert refused(look) == [(2, "stay_no", OfSomebodyElse)]


def test_nights_of_a_stay_without_a_mark_are_told(desk: Desk, tmp_path: Path) -> None:
    whole = {f"n{day}": "X" for day in range(10, 21)}
    assert looked(desk, tmp_path, line("2026-0001", **whole)).assumed == ()
    some = looked(desk, tmp_path, line("2026-0001", n10="X"))
    assert ("night_mark", "nights_not_ticked", 1) in some.assumed


def test_a_mark_of_the_house_is_asked_about_once(desk: Desk, tmp_path: Path) -> None:
    rows = (("N° dossier", *DAYS), line("2026-0001", n10="Ω1", n11="Ω1"), line("2026-0002", n12="ω1"))
    path = book(tmp_path / "p.xlsx", Mars_2026=rows)
    first = intake.open_file(desk, path, lambda *_: None)
    assert [(one.column, one.value, one.lines) for one in first.unknown] == [("night_mark", "Ω1", 3)]
    (sheet,) = first.sheets
    assert (sheet.list_key, [one.text for one in sheet.headings]) == ("presence", ["N° dossier"])
    said = LayoutAnswers(values={("presence", "night_mark"): {intake.fold_value("Ω1"): "hopital"}})
    second = intake.review(desk, first.opened, said, lambda *_: None)
    assert (second.unknown, [line.state for line in second.lines]) == ((), ["new", "new"])
    assert [(one.of, one.column, one.code) for one in second.meant] == [("presence", "night_mark", "hopital")]
    assert [intake.cell(one) for line in first.lines for one in line.refusals] == ["K2", "L2", "M3"]


@pytest.mark.parametrize(
    ("said", "path", "month"),
    [
        (["Novembre 2026"], "", date(2026, 11, 1)),
        (["Feuil1", "PRÉSENCE – AOÛT", "ANNÉE 2025"], "", date(2025, 8, 1)),
        (["janv", "x"], "/home/2024/présence 2025.xlsx", date(2025, 1, 1)),
        (["11-2026"], "", date(2026, 11, 1)),
        (["2026-02"], "", date(2026, 2, 1)),
        (["Feuil1", datetime(2026, 5, 31)], "", date(2026, 5, 1)),
        (["du 01/12/2025 au 31/12/2025"], "", date(2025, 12, 1)),
        (["Feuil1"], "présence.xlsx", None),
        (["2026"], "", None),
    ],
)
def test_the_month_is_found_where_people_write_it(said: list[Any], path: str, month: date | None) -> None:
    assert grids.month_in(said, path) == month


@pytest.mark.parametrize("word", ["Colonne", "Visite", "Enfant"])
def test_numbered_columns_of_another_list_are_no_nights(desk: Desk, tmp_path: Path, word: str) -> None:
    headings = ("Nom", "Sexe", "Nationalité", "Date d'entrée", "Catégorie", *(f"{word} {n}" for n in range(1, 12)))
    row = ("Diarra Awa", "F", "Mali", "03/02/2026", "transit", *["x"] * 11)
    look = registers.look(desk, book(tmp_path / "r.xlsx", Registre=(headings, row)))
    assert counts(look) == {"personnes": (1, 0, 0, 0), "sejours": (1, 0, 0, 0)}


def test_the_attendance_of_a_course_is_no_presence_at_night_unless_somebody_says_so(desk: Desk, tmp_path: Path) -> None:
    rows = (("FORMATION EN COUTURE, mars 2026",), ("N° dossier", *DAYS), line("2026-0001", n10="X", n11="A"))
    path = book(tmp_path / "p.xlsx", Feuil1=rows)
    with pytest.raises(NothingRecognised):
        registers.look(desk, path)
    assert counts(registers.look(desk, path, Choice("presence")))["absences"] == (1, 0, 0, 0)


def test_a_grid_is_given_back_with_its_reasons_and_taken_in_once_corrected(desk: Desk, tmp_path: Path) -> None:
    look = looked(desk, tmp_path, line("2026-0001", n9="X", n10="X", n11="H"), line("2026-0002", n10="X"))
    import_rejects.write(look, tmp_path / "copy.xlsx", dict.fromkeys(range(len(look.judgement.refusals)), "Raison"))
    made = openpyxl.load_workbook(tmp_path / "copy.xlsx")
    sheet = made["Mars 2026"]
    assert (sheet.cell(2, 33).value, sheet.cell(2, 10).fill.fgColor.rgb[-6:]) == ("Raison", "FFF4D6")
    sheet.cell(2, 10).value = None
    made.save(tmp_path / "copy.xlsx")
    again = registers.look(desk, tmp_path / "copy.xlsx")
    assert (counts(again), again.unknown_columns) == ({"personnes": (0, 0, 2, 0), "absences": (1, 0, 0, 0)}, ())


def test_a_line_that_is_only_coloured_is_told(desk: Desk, tmp_path: Path) -> None:
    assert ("night_mark", "nothing_ticked", 1) in looked(desk, tmp_path, line("2026-0001")).assumed


def test_a_question_mark_on_a_night_is_refused(desk: Desk, tmp_path: Path) -> None:
    whole = {f"n{day}": "X" for day in range(1, 31)}
    look = looked(desk, tmp_path, line("2026-0001", **{**whole, "n12": "?"}))
    assert [(one.column, one.value) for one in look.judgement.refusals] == [("night_12", "?")]
