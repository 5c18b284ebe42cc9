"""A whole family admitted on one page: together in a room, each with their own file, or nobody."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelter_desk.operations import desk as desks
from shelter_desk.operations.consent import consents
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import residents
from shelter_desk.operations.residents.residents import ListedResident
from shelter_desk.operations.stays import stays
from shelter_desk.ui.page import Told
from shelter_desk.ui.residents.admission.family.face import FamilyFace
from shelter_desk.ui.residents.admission.family.member_row import MemberRow
from shelter_desk.ui.residents.page import ResidentsPage
from tests.operations.shelter import admit, days_ago
from tests.ui.residents.residents_scene import desk, page

__all__ = ["desk", "page"]


@pytest.fixture
def face(page: ResidentsPage) -> FamilyFace:
    page.admit_family()
    return page.family


def say(row: MemberRow, qtbot: QtBot, sex: str, age: int, link: str = "") -> None:
    """Type a person by keys and clicks."""
    row.sex.segment(sex).click()
    row.birth.how.segment("estimated").click()
    qtbot.keyClicks(row.birth.age.line, str(age))
    if link:
        row.link.choose(link)
        row.link.chosen.emit(link)


def family(face: FamilyFace, qtbot: QtBot, *ages: int) -> None:
    """A mother and her children, boys."""
    say(face.people.rows[0], qtbot, "f", 29)
    face.people.country.choose("GN")
    face.people.situation.choose("transit")
    face.people.be_many(1 + len(ages))
    for row, age in zip(face.people.rows[1:], ages, strict=True):
        say(row, qtbot, "m", age, "enfant")


def here(desk: Desk) -> list[ListedResident]:
    return residents.listed(desk, "here")


def test_mother_and_children_come_into_one_room_in_one_act(
    page: ResidentsPage, face: FamilyFace, desk: Desk, qtbot: QtBot
) -> None:
    said: list[Told] = []
    page.told.connect(said.append)
    family(face, qtbot, 7, 1)
    qtbot.keyClick(face.people.rows[0].last.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    found = {one.person.birth.age_estimated: one for one in here(desk)}
    mother = found[29].stay
    assert mother is not None
    heads = {age: one.stay.head for age, one in found.items() if one.stay is not None}
    assert heads == {29: None, 7: mother.id, 1: mother.id}
    assert {age: (one.bed_code, one.place) for age, one in found.items()} == {
        29: ("4A", "lit"),
        7: ("4B", "lit"),
        1: ("4A", "partage"),
    }
    boy = found[7].stay
    assert boy is not None
    assert (boy.family_link, boy.child_status, boy.is_dependant) == ("enfant", "enfant_residente", True)
    qtbot.waitUntil(lambda: page.record.head.code.text() == found[29].person.code)
    done = said[-1].done
    assert done is not None
    desks.undo(desk, done)
    assert here(desk) == []


def test_nobody_is_admitted_where_one_is_not_told_whole(face: FamilyFace, desk: Desk, qtbot: QtBot) -> None:
    family(face, qtbot, 7)
    face.people.add_person()
    face.go()
    assert (here(desk), face.people.rows[2].sex_field.message()) == ([], "Remplissez ce champ.")
    say(face.people.rows[2], qtbot, "f", 12)
    face.go()
    assert (here(desk), face.people.rows[2].link.message()) == ([], "Remplissez ce champ.")
    face.people.rows[2].remove_button.click()
    face.go()
    assert len(here(desk)) == 2


def test_a_niece_is_separated_and_an_adult_answers_for_no_other(face: FamilyFace, desk: Desk, qtbot: QtBot) -> None:
    family(face, qtbot, 7)
    face.people.be_many(4)
    say(face.people.rows[2], qtbot, "f", 12, "neveu_niece")
    say(face.people.rows[3], qtbot, "f", 40, "frere_soeur")
    assert face.people.rows[2].hint.text()
    assert face.welcome.reason.isVisibleTo(face) is False
    face.welcome.to_stay.segment("donne").click()
    assert face.welcome.reason.isVisibleTo(face)
    face.welcome.reason.set_text("le service social est saisi")
    face.people.languages.choose(("bam",))
    for row in face.people.rows[2:]:
        row.bed.choose("later")
    face.go()
    found = {one.person.birth.age_estimated: one for one in here(desk)}
    assert len(found) == 4
    niece = found[12].stay
    assert niece is not None
    assert niece.child_status == "separe"
    decided = {age: len(consents.of(desk, one.person.id).all) for age, one in found.items()}
    assert decided == {29: 1, 7: 1, 12: 1, 40: 0}


def test_somebody_has_another_bed_than_the_family(face: FamilyFace, desk: Desk, qtbot: QtBot) -> None:
    family(face, qtbot, 7)
    face.people.be_many(3)
    say(face.people.rows[2], qtbot, "m", 35, "conjoint")
    row = face.people.rows[2]
    beds = {row.bed.combo.itemText(place).split(" ")[0]: place for place in range(row.bed.combo.count())}
    row.bed.choose(str(row.bed.combo.itemData(beds["2A"])))
    face.go()
    assert {one.person.birth.age_estimated: one.bed_code for one in here(desk)} == {29: "4A", 7: "4B", 35: "2A"}


def test_what_was_typed_is_there_again_after_a_lock(
    page: ResidentsPage, face: FamilyFace, desk: Desk, qtbot: QtBot
) -> None:
    family(face, qtbot, 7, 3)
    qtbot.keyClicks(face.people.rows[1].given.line, "Bakary")
    values = face.values()
    face.give_up()
    assert len(face.people.rows) == 2
    face.fill(values)
    assert [row.given.text() for row in face.people.rows] == ["", "Bakary", ""]
    assert face.values() == values


def test_whoever_was_here_before_is_not_asked_again(face: FamilyFace, desk: Desk, qtbot: QtBot) -> None:
    before = admit(desk, "1A", age=29, days=40)
    stays.leave(desk, before.stay, days_ago(30), "retour_autonome", "pays_origine")
    family(face, qtbot, 7)
    known = residents.coded(desk, before.code)
    assert known is not None
    face.people.rows[0].use(known)
    face.go()
    found = {one.person.code: one.stay for one in here(desk)}
    mother = found[before.code]
    assert mother is not None
    assert (mother.entry_kind, len(found)) == ("readmission", 2)
