"""A child born in the shelter: the mother found, her bed shared."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelter_desk.domain.residents.residents import Names
from shelter_desk.operations.desk import Desk
from shelter_desk.ui.residents.admission.admission import AdmissionFace
from shelter_desk.ui.residents.page import ResidentsPage
from tests.operations.shelter import admit
from tests.ui.residents.admission_scene import desk, face, here, page, woman

__all__ = ["desk", "face", "page"]


def test_a_child_born_here_shares_the_bed_of_the_mother(face: AdmissionFace, desk: Desk, qtbot: QtBot) -> None:
    mother = admit(desk, "4A", names=Names("Sidibé", "Nana"))
    face.begin()
    face.arrival.kind.choose("naissance")
    face.arrival.kind.chosen.emit("naissance")
    face.person.sex.segment("m").click()
    face.person.head_field.choose(str(mother.stay))
    face.person.head_field.chosen.emit(str(mother.stay))
    face.go()
    child = next(one for one in here(desk) if one.person.id != mother.person)
    assert child.stay is not None
    assert (child.place, child.bed_code, child.stay.head) == ("partage", "4A", mother.stay)
    assert (child.person.nationality, child.stay.child_status) == ("GN", "enfant_residente")


@pytest.mark.parametrize("typed", ["1b", "Dembele", "foune dembele"])
def test_the_mother_is_found_by_her_bed_or_her_name(page: ResidentsPage, desk: Desk, qtbot: QtBot, typed: str) -> None:
    for code in ("1A", "1C", "1D", "3A", "3B", "4A", "4B"):
        admit(desk, code, reason="essai")
    mother = admit(desk, "1B", names=Names("Dembélé", "Founè"))
    for code in ("2A", "2B"):
        admit(desk, code, sex="m")
    page.admit(None)
    field = page.admission.person.head_field
    labels = [field.combo.itemText(place) for place in range(field.combo.count())]
    assert labels[0] == "Aucun adulte du centre"
    assert any(one.startswith(f"1B · {mother.code}") for one in labels)
    assert "Dembélé" not in " ".join(labels)
    line = field.combo.lineEdit()
    assert line is not None
    line.setFocus()
    qtbot.keyClicks(line, typed)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert (field.value(), field.message()) == (str(mother.stay), "")


def test_a_birth_is_of_a_woman_or_girl_who_is_here(face: AdmissionFace, desk: Desk) -> None:
    girl, child = admit(desk, "3A", age=16), admit(desk, "3B", age=9)
    man = admit(desk, "2A", sex="m")
    face.refresh()
    face.arrival.kind.combo._take(face.arrival.kind.combo.findData("naissance"))
    assert str(girl.stay) in face.person.present
    assert not {str(child.stay), str(man.stay)} & set(face.person.present)


def test_a_birth_asks_for_the_mother(face: AdmissionFace, desk: Desk, qtbot: QtBot) -> None:
    woman(face, qtbot, 0)
    face.arrival.kind.choose("naissance")
    face.arrival.kind.chosen.emit("naissance")
    face.go()
    assert (face.person.head_field.state(), here(desk)) == ("blocked", [])
