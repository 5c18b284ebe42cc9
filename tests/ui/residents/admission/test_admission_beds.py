"""The bed of an admission: those that fit, a reason where a rule speaks against one, a mat, or later."""

from dataclasses import replace

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelter_desk.domain.beds.beds import Room
from shelter_desk.domain.beds.room_rules import Finding, incomplete
from shelter_desk.domain.ids import RoomId
from shelter_desk.domain.residents.residents import Birth
from shelter_desk.domain.rights import Role
from shelter_desk.operations.beds import beds
from shelter_desk.operations.beds.beds import Proposal
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays import placing
from shelter_desk.ui.residents.admission import bed_choice
from shelter_desk.ui.residents.admission.admission import AdmissionFace
from shelter_desk.ui.residents.page import ResidentsPage
from tests.operations.shelter import SINCE, admit, bed, born
from tests.ui.residents.admission_scene import desk, face, here, page, woman
from tests.ui.window.windows import focused, settle

__all__ = ["desk", "face", "page"]


def test_the_beds_proposed_follow_what_is_typed(face: AdmissionFace, qtbot: QtBot) -> None:
    face.person.sex.segment("m").click()
    face.person.birth.how.segment("estimated").click()
    qtbot.keyClicks(face.person.birth.age.line, "30")
    chosen = face.choice.chosen()
    assert chosen is not None
    assert chosen.name == "2A"


def test_the_reason_that_is_missing_is_scrolled_into_sight(
    page: ResidentsPage, face: AdmissionFace, desk: Desk, qtbot: QtBot
) -> None:
    page.resize(1100, 430)
    face.choice.choose(placing.Spot("lit", bed(desk, "2A").id))
    woman(face, qtbot)
    settle(qtbot)
    below = face.choice.reason.line.visibleRegion().isEmpty()
    face.go()
    settle(qtbot)
    assert (below, face.choice.reason.line.visibleRegion().isEmpty()) == (True, False)


def test_a_bed_against_a_rule_shows_at_once_that_a_reason_is_asked_for(
    page: ResidentsPage, face: AdmissionFace, desk: Desk, qtbot: QtBot
) -> None:
    page.resize(1100, 430)
    woman(face, qtbot)
    settle(qtbot)
    radio = face.choice._offers[f"bed{bed(desk, '2A').id}"].radio
    radio.click()
    settle(qtbot)
    assert not face.choice.reason.line.visibleRegion().isEmpty()


def test_a_bed_against_a_rule_asks_for_a_reason(face: AdmissionFace, desk: Desk, qtbot: QtBot) -> None:
    face.choice.choose(placing.Spot("lit", bed(desk, "2A").id))
    woman(face, qtbot)
    face.go()
    assert (face.choice.reason.state(), here(desk)) == ("blocked", [])
    qtbot.keyClicks(face.choice.reason.line, "aucune autre place cette nuit")
    face.go()
    placement = residents.record(desk, here(desk)[0].person.id).stays[0].placements[0]
    assert placement.override_reason == "aucune autre place cette nuit"


def test_a_role_that_may_not_set_rules_aside_cannot_choose_such_a_bed(
    face: AdmissionFace, desk: Desk, qtbot: QtBot
) -> None:
    desk.role = Role.CASE_WORKER
    face.choice.choose(placing.Spot("lit", bed(desk, "2A").id))
    woman(face, qtbot)
    chosen = face.choice.chosen()
    assert chosen is not None
    assert chosen.name == "1A"


def test_a_mat_is_offered(face: AdmissionFace, desk: Desk, qtbot: QtBot) -> None:
    woman(face, qtbot)
    mat = next(offer for offer in face.choice.offers() if offer.spot is not None and offer.spot.place == "appoint")
    face.choice.pick(mat.key)
    face.go()
    assert here(desk)[0].place == "appoint"


def test_for_a_man_a_mat_comes_before_a_bed_beside_a_woman_he_did_not_come_with(
    face: AdmissionFace, desk: Desk, qtbot: QtBot
) -> None:
    beds.keep_room(desk, Room(RoomId(0), "5", "Mère et enfant", "mere_enfant", "mixte_famille", "tous", 20.0))
    shared = next(found for found, _ in beds.rooms(desk) if found.code == "5")
    beds.add_beds(desk, shared.id, ["5A", "5B"], "simple", SINCE)
    for code in ("2A", "2B", "2C", "2D"):
        admit(desk, code, sex="m", age=30)
    admit(desk, "4A", age=30)
    admit(desk, "5A", age=30)
    desk.role = Role.RECEPTION
    face.person.sex.segment("m").click()
    face.person.birth.how.segment("estimated").click()
    qtbot.keyClicks(face.person.birth.age.line, "40")
    chosen = face.choice.chosen()
    assert chosen is not None
    assert (chosen.spot.place if chosen.spot else "", chosen.where) == ("appoint", "Dortoir hommes")
    names = [offer.name for offer in face.choice.offers()]
    assert names.index(chosen.name) < names.index("5B")
    assert next(one.bed.code for one in beds.beds_for(desk, "m", born(40), desk.today()) if one.fits) == "5B"


def test_a_broken_bed_says_nothing_against_a_mat_in_its_room(desk: Desk) -> None:
    broken, other = bed(desk, "1A"), bed(desk, "3A")
    rooms = {room.id: room for room, _ in beds.rooms(desk)}
    of_room = Finding("R-05", "warns", ("7K3-QMX-E",))
    found = [
        Proposal(broken, rooms[broken.room], (incomplete(broken),)),
        Proposal(other, rooms[other.room], (of_room,)),
    ]
    mat = bed_choice._best_mat(found)
    assert mat is not None
    assert (mat.where, mat.against) == ("Dortoir femmes", ())


def test_a_mat_is_offered_in_no_room_that_the_manager_decides_on(desk: Desk) -> None:
    of_women, single = bed(desk, "1A"), bed(desk, "3A")
    rooms = {room.id: room for room, _ in beds.rooms(desk)}
    its_room = replace(rooms[single.room], room_type="chambre_indiv")
    across = Finding("R-04", "needs_reason", ("7K3-QMX-E",))
    found = [Proposal(of_women, rooms[of_women.room], (across,)), Proposal(single, its_room, ())]
    mat = bed_choice._best_mat(found)
    assert mat is not None
    assert (mat.where, mat.against) == (rooms[of_women.room].name, (across,))
    assert bed_choice._best_mat(found[1:]) is None


def test_a_bed_may_be_given_later(face: AdmissionFace, desk: Desk, qtbot: QtBot) -> None:
    woman(face, qtbot)
    face.choice.pick("later")
    face.go()
    assert here(desk)[0].place == ""


def test_who_a_bed_was_looked_for_is_filled_in_and_nothing_that_was_typed_is_changed(
    page: ResidentsPage, desk: Desk
) -> None:

    def of_age(age: int) -> Birth:
        return Birth(age_estimated=age, age_estimated_on=desk.today())

    found = placing.FoundBed(placing.Spot("lit", bed(desk, "1C").id), "f", of_age(24))
    page.admit(found)
    person = page.admission.person
    assert (person.sex_code(), person.birth.birth().age(desk.today())) == ("f", 24)
    page.admit(replace(found, sex="m", birth=of_age(40)))
    assert (person.sex_code(), person.birth.birth().age(desk.today())) == ("m", 40)
    person.last.line.setText("Diarra")
    page.admit(found)
    assert (person.sex_code(), person.birth.birth().age(desk.today())) == ("m", 40)


def test_a_place_chosen_on_the_plan_is_kept(page: ResidentsPage, desk: Desk, qtbot: QtBot) -> None:
    page.admit(placing.Spot("lit", bed(desk, "1C").id))
    woman(page.admission, qtbot)
    page.admission.go()
    assert here(desk)[0].bed_code == "1C"


def test_every_bed_that_fits_can_be_chosen_room_by_room(face: AdmissionFace, desk: Desk, qtbot: QtBot) -> None:
    room = bed(desk, "1A").room
    beds.add_beds(desk, room, [f"1{letter}" for letter in "EFGHIJ"], "simple", SINCE)
    desk.role = Role.CASE_WORKER
    woman(face, qtbot)
    places = [offer.name for offer in face.choice.offers() if offer.spot is not None and offer.spot.place == "lit"]
    found = beds.beds_for(desk, "f", face.person.birth_known(), desk.today())
    assert (places[:10], set(places)) == ([f"1{n}" for n in "ABCDEFGHIJ"], {one.bed.code for one in found if one.fits})
    assert not {code for code, _ in face.choice.why_not.reasons()} & set(places)
    first = face.choice.chosen()
    assert first is not None
    face.choice._offers[first.key].radio.setFocus()
    chosen, keys = first, 0
    while not chosen.is_more and keys < len(places):
        qtbot.keyClick(focused(), Qt.Key.Key_Down)
        chosen, keys = face.choice.chosen() or first, keys + 1
    assert (chosen.is_more, chosen.where) == (True, "Dortoir femmes")
    face.go()
    assert here(desk)[0].bed_code == chosen.name


def test_beds_out_of_the_list_say_why(face: AdmissionFace, qtbot: QtBot) -> None:
    woman(face, qtbot)
    told = dict(face.choice.why_not.reasons())
    assert told["2A"]
    assert "1A" not in told
