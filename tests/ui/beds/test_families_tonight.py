"""“Trouver un lit pour…”: how many families tonight, and accessible rooms alone."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from shelter_desk import words
from shelter_desk.operations.beds import bed_board, beds
from shelter_desk.operations.desk import Desk
from shelter_desk.ui.beds.find_view import FindFace
from tests.operations import shelter


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with shelter.small_shelter(tmp_path) as made, words.speaking("fr"):
        yield made


def face(qtbot: QtBot, desk: Desk, which: str = "family") -> FindFace:
    made = FindFace(desk, bed_board.board(desk, desk.today()))
    qtbot.addWidget(made)
    made.resize(300, 600)
    made.show()
    made.which.choose(which)
    return made


def told(one: FindFace) -> list[str]:
    """The answer and its lines."""
    families = one.families
    return [line.replace("\u00a0", " ") for line in (families.answer.text(), *families.details.text().splitlines())]


def test_a_mother_with_two_children_finds_the_room_of_families(qtbot: QtBot, desk: Desk) -> None:
    one = face(qtbot, desk)
    one.families.girls.set_number(1)
    assert told(one) == [
        "Ce soir, familles de 2 personnes : place pour 1 sur 1, sans déplacement.",
        "En tout, il y aurait de la place pour 4.",
        "Chambre 4 : 4A, 4B",
    ]
    assert not one.list.isVisibleTo(one)
    one.families.boys.set_number(1)
    assert told(one)[0] == "Ce soir, familles de 3 personnes : place pour 1 sur 1, sans déplacement."
    assert told(one)[-1] == "Chambre 1 : 1A, 1B, 1C · autre âge"


def test_who_would_move_to_which_bed_is_said(qtbot: QtBot, desk: Desk) -> None:
    alone = shelter.admit(desk, "4A", days=3)
    for code in ("1A", "1B", "1C"):
        shelter.admit(desk, code, days=3)
    one = face(qtbot, desk)
    one.families.boys.set_number(1)
    one.families.households.set_number(2)
    assert told(one)[:4] == [
        "Ce soir, familles de 2 personnes : place pour 1 sur 2 sans déplacement, pour 2 avec 1 personne déplacée.",
        "À déplacer d’abord :",
        f"{alone.code} : du lit 4A au lit 1D",
        "Chambre 4 : 4B, 4A",
    ]
    assert told(one)[4] == "Chambre 3 : 3A, 3B · autre âge"


def test_nobody_typed_and_infants_without_an_adult_are_said(qtbot: QtBot, desk: Desk) -> None:
    one = face(qtbot, desk)
    one.families.women.set_number(0)
    assert told(one) == ["Indiquez qui arrive ensemble."]
    one.families.girls.set_number(1)
    one.families.sharing.set_number(1)
    assert told(one) == ["Un bébé partage le lit d’un adulte de sa famille. Corrigez le nombre de bébés."]


def test_only_accessible_rooms_are_proposed_where_that_is_asked_for(qtbot: QtBot, desk: Desk) -> None:
    for code, accessible in (("1", False), ("3", True)):
        room = next(room for room, _ in beds.rooms(desk) if room.code == code)
        beds.keep_room(desk, replace(room, accessible=accessible))
    one = face(qtbot, desk, "new")
    one.age.set_number(27)
    assert one.options[0].property("bed") == shelter.bed(desk, "1A").id
    one.accessible.click()
    assert {option.property("bed") for option in one.options} <= {shelter.bed(desk, code).id for code in ("3A", "3B")}
    shown = [str(child.property("text")).replace("\u00a0", " ") for child in one.list.findChildren(QWidget)]
    assert "2 lits libres dans des chambres accessibles" in shown
    one.which.choose("family")
    assert told(one)[-1] == "Chambre 3 : 3A · autre âge"
