"""Who comes back is joined again by those in their care before; what a child is to an adult is asked at the door."""

from pytestqt.qtbot import QtBot

from shelter_desk.domain.stays.stays import Stay
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays import stays
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.ui.residents.admission.admission import AdmissionFace
from shelter_desk.ui.residents.page import ResidentsPage
from tests.operations.shelter import admit, days_ago
from tests.ui.residents.admission_scene import desk, face, page, woman

__all__ = ["desk", "face", "page"]


def stay(desk: Desk, one: Admitted) -> Stay:
    return residents.record(desk, one.person).stays[0].stay


def gone(desk: Desk) -> tuple[Admitted, Admitted, Admitted]:
    """A mother who left ten days ago without her two children."""
    mother = admit(desk, "4A", days=20)
    boy = admit(desk, "4B", age=7, days=20, head=mother.stay)
    girl = admit(desk, "3A", age=14, days=20, head=mother.stay)
    stays.leave(desk, mother.stay, days_ago(10), "retour_autonome", "pays_origine")
    return mother, boy, girl


def test_the_children_belong_to_the_family_again_unless_they_are_left_out(page: ResidentsPage, desk: Desk) -> None:
    mother, boy, girl = gone(desk)
    page._readmit(int(mother.person))
    face = page.admission
    assert set(face.rejoining.boxes) == {boy.stay, girl.stay}
    face.rejoining.boxes[girl.stay].setChecked(False)
    face.person.situation.choose("transit")
    face.go()
    back = stay(desk, mother)
    assert back.exited_at is None
    assert (stay(desk, boy).head, stay(desk, girl).head) == (back.id, mother.stay)


def test_nobody_is_offered_for_somebody_else(face: AdmissionFace, desk: Desk, qtbot: QtBot) -> None:
    gone(desk)
    woman(face, qtbot)
    assert (face.rejoining.isHidden(), face.rejoining.stays()) == (True, ())


def test_what_a_child_is_to_the_adult_is_asked_and_kept(face: AdmissionFace, desk: Desk, qtbot: QtBot) -> None:
    aunt = admit(desk, "1A", days=3)
    face.refresh()
    woman(face, qtbot, 9)
    assert not face.person.link.isVisibleTo(face)
    face.person.head_field.choose(str(aunt.stay))
    face.person.head_field.chosen.emit(str(aunt.stay))
    assert face.person.link.isVisibleTo(face)
    face.person.link.choose("neveu_niece")
    face.person.basis.choose("dit")
    face.go()
    girl = next(one.stay for one in residents.listed(desk, "here") if one.stay is not None and one.stay.head)
    assert (girl.head, girl.family_link, girl.link_basis) == (aunt.stay, "neveu_niece", "dit")
