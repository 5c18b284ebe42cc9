"""A line of a shelter's own register is taken in whole or not at all, and never writes over somebody else."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from shelter_desk.domain.errors import AlreadyHere, BadDates, NoSuch, ShelterDeskError
from shelter_desk.domain.registers.refusals import OfSomebodyElse, SaidOtherwise
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import registers
from shelter_desk.words.refusals.errors import sentence
from tests.operations.imports.test_own_registers import book, counts
from tests.operations.shelter import open_small_shelter

HEADINGS = ("N° dossier", "Nom et prénom(s)", "Sexe", "Âge", "Nationalité", "Date d'entrée", "Catégorie", "Date sortie")
AWA = ("1", "DIARRA Awa", "F", 25, "Malienne", "03/02/2026", "transit", "09/02/2026")
CODE = "7K3-QMX-E"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with open_small_shelter(tmp_path / "shelter") as opened:
        yield opened


def looked(desk: Desk, folder: Path, *lines: tuple[Any, ...], more: tuple[str, ...] = ()) -> registers.Look:
    return registers.look(desk, book(folder / "r.xlsx", Registre=((*HEADINGS, *more), *lines)))


def refused(look: registers.Look) -> list[tuple[str, int, type[ShelterDeskError]]]:
    return [(one.list, one.row, type(one.error)) for one in look.judgement.refusals]


def rows_to_write(look: registers.Look) -> list[tuple[str, int]]:
    return [(name, kept.incoming.number if kept.incoming else 0) for name, kept in look.judgement.to_write()]


def persons(desk: Desk, folder: Path) -> list[tuple[Any, ...]]:
    """Names, sex and nationality of everybody stored."""
    known = registers.judged(desk, []).standing["personnes"].values()
    columns = ("last_name", "first_name", "sex", "nationality")
    return [tuple(kept.values[column] for column in columns) for kept in known]


def test_a_refused_stay_leaves_the_stored_person_as_they_were(desk: Desk, tmp_path: Path) -> None:
    registers.take_in(desk, looked(desk, tmp_path, AWA))
    before = persons(desk, tmp_path)
    wrong = ("1", "DIARA Awa", "F", 40, "Guinéenne", "04/02/2026", "transit", "01/02/2026")
    look = looked(desk, tmp_path, wrong)
    assert (refused(look), rows_to_write(look)) == ([("sejours", 2, BadDates)], [])
    assert counts(look) == {"personnes": (0, 0, 0, 1), "sejours": (0, 0, 0, 1)}
    registers.take_in(desk, look)
    assert persons(desk, tmp_path) == before == [("DIARRA", "Awa", "f", "ML")]


def test_a_stay_beside_another_leaves_the_known_code_as_it_was(desk: Desk, tmp_path: Path) -> None:
    code = ("Code bénéficiaire",)
    registers.take_in(desk, looked(desk, tmp_path, (*AWA[:7], None, CODE), more=code))
    again = ("2", "KEITA Salif", "M", 40, "Guinéenne", "04/02/2026", "transit", None, CODE)
    look = looked(desk, tmp_path, again, more=code)
    assert (refused(look), rows_to_write(look)) == ([("sejours", 2, AlreadyHere)], [])


def test_a_bed_that_is_not_there_refuses_the_person_and_the_stay(desk: Desk, tmp_path: Path) -> None:
    look = looked(desk, tmp_path, (*AWA, "99Z"), more=("Lit",))
    assert (refused(look), rows_to_write(look)) == ([("couchages", 2, NoSuch)], [])
    assert [counts(look)[name] for name in ("personnes", "sejours", "couchages")] == [(0, 0, 0, 1)] * 3


def test_a_bed_that_is_not_there_leaves_a_stored_name(desk: Desk, tmp_path: Path) -> None:
    registers.take_in(desk, looked(desk, tmp_path, AWA))
    look = looked(desk, tmp_path, ("1", "DIARA Awa", *AWA[2:], "99Z"), more=("Lit",))
    assert (refused(look), rows_to_write(look)) == ([("couchages", 2, NoSuch)], [])


@pytest.mark.parametrize("wrong", [0, 1])
def test_who_has_another_line_keeps_it_with_all_it_says(desk: Desk, tmp_path: Path, wrong: int) -> None:
    lines: list[tuple[Any, ...]] = [
        (*AWA[:5], "09/01/2026", "transit", "12/01/2026", CODE, None),
        ("2", *AWA[1:5], "03/02/2026", "transit", None, CODE, None),
    ]
    lines[wrong] = (*lines[wrong][:9], "99Z")
    look = looked(desk, tmp_path, *lines, more=("Code bénéficiaire", "Lit"))
    good = 3 - wrong
    assert refused(look) == [("couchages", 2 + wrong, NoSuch)]
    assert rows_to_write(look) == [("personnes", good), ("sejours", good)]
    (person,) = look.judgement.standing["personnes"].values()
    assert (person.values["last_name"], person.values["age_estimated"]) == ("DIARRA", 25)


def test_a_stay_of_another_line_goes_with_the_head_of_family_who_fell(desk: Desk, tmp_path: Path) -> None:
    more = ("Lit", "N° de séjour de l’adulte")
    child = ("2", "DIARRA Moussa", "M", 2, "Mali", "03/02/2026", "transit", None, None, "1")
    look = looked(desk, tmp_path, (*AWA, "99Z", None), child, more=more)
    assert rows_to_write(look) == []
    assert refused(look) == [("sejours", 3, NoSuch), ("couchages", 2, NoSuch)]


def test_a_refused_bed_leaves_the_room_and_its_other_beds(desk: Desk, tmp_path: Path) -> None:
    headings = ("Code de la chambre", "Type de chambre", "N° de lit", "En service du", "En service jusqu’au (exclu)")
    wrong = ("9", "Dortoir femmes", "9A", "01/01/2026", "01/01/2025")
    right = ("9", "Dortoir femmes", "9B", "01/01/2026", None)
    look = registers.look(desk, book(tmp_path / "r.xlsx", Plan=(headings, wrong, right)))
    assert counts(look) == {"chambres": (1, 0, 0, 0), "lits": (1, 0, 0, 1)}


KEITA = ("1", "KEITA Salif", "M", 40, "Guinéenne", "04/02/2026", "transit", None)


def test_a_number_that_began_again_is_of_somebody_else(desk: Desk, tmp_path: Path) -> None:
    registers.take_in(desk, looked(desk, tmp_path, AWA))
    look = looked(desk, tmp_path, KEITA)
    assert (refused(look), rows_to_write(look)) == ([("sejours", 2, OfSomebodyElse)], [])
    assert "Dossier 1" in sentence(look.judgement.refusals[0].error)


def test_two_lines_of_one_number_are_not_merged(desk: Desk, tmp_path: Path) -> None:
    path = book(tmp_path / "r.xlsx", Janvier=(HEADINGS, AWA), Fevrier=(HEADINGS, KEITA))
    look = registers.look(desk, path)
    assert [(one.sheet, type(one.error)) for one in look.judgement.refusals] == [("Fevrier", OfSomebodyElse)]
    assert rows_to_write(look) == [("personnes", 2), ("sejours", 2)]


@pytest.mark.parametrize("name", ["Diara Awa", "Awa DIARRA", "DIARRA", None])
def test_a_name_that_sounds_alike_is_the_same_person(desk: Desk, tmp_path: Path, name: str | None) -> None:
    registers.take_in(desk, looked(desk, tmp_path, AWA))
    assert refused(looked(desk, tmp_path, ("1", name, *AWA[2:]))) == []


def test_another_sex_is_somebody_else(desk: Desk, tmp_path: Path) -> None:
    registers.take_in(desk, looked(desk, tmp_path, AWA))
    assert refused(looked(desk, tmp_path, (*AWA[:2], "M", *AWA[3:]))) == [("sejours", 2, OfSomebodyElse)]


ROOM = (
    "Code de la chambre",
    "Type de chambre",
    "Réservée à (sexe)",
    "N° de lit",
    "En service du",
    "En service jusqu’au (exclu)",
)


def plan(desk: Desk, folder: Path, *lines: tuple[Any, ...]) -> registers.Look:
    return registers.look(desk, book(folder / "r.xlsx", Plan=(ROOM, *lines)))


def test_a_refused_bed_changes_nothing_of_a_stored_room(desk: Desk, tmp_path: Path) -> None:
    look = plan(desk, tmp_path, ("1", "Dortoir hommes", "Hommes", "1Z", "01/01/2026", "01/01/2025"))
    assert (refused(look), rows_to_write(look)) == ([("lits", 2, BadDates)], [])


def test_a_refused_bed_makes_no_room_of_its_own(desk: Desk, tmp_path: Path) -> None:
    look = plan(desk, tmp_path, ("9", "Dortoir femmes", "Femmes", "9A", "01/01/2026", "01/01/2025"))
    assert rows_to_write(look) == []
    assert counts(look) == {"chambres": (0, 0, 0, 1), "lits": (0, 0, 0, 1)}


def test_a_room_is_what_the_line_that_stands_says_of_it(desk: Desk, tmp_path: Path) -> None:
    wrong = ("9", "Dortoir femmes", None, "9A", "01/01/2026", "01/01/2025")
    look = plan(desk, tmp_path, wrong, ("9", None, "Femmes", "9B", "01/01/2026", None))
    room = next(kept for key, kept in look.judgement.standing["chambres"].items() if key == ("9",))
    assert room.incoming is not None
    assert (room.incoming.number, room.values["sex_rule"]) == (3, "f")


def test_two_lines_that_contradict_each_other_about_a_room_are_not_both_taken(desk: Desk, tmp_path: Path) -> None:
    lines = [("9", "Dortoir femmes", sex, bed, "01/01/2026", None) for sex, bed in (("Femmes", "9A"), ("Hommes", "9B"))]
    assert refused(plan(desk, tmp_path, *lines)) == [("chambres", 3, SaidOtherwise)]
