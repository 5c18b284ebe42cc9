"""Held beds on the plan: tiles, cards, the panel, and the form in the hands of each role."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shelter_desk.domain.beds.held_beds import USUAL_NIGHTS
from shelter_desk.domain.rights import Role
from shelter_desk.domain.stays.place_requests import Group
from shelter_desk.operations.beds import bed_board, held_beds
from shelter_desk.operations.desk import Desk
from shelter_desk.ui.beds.find_view import FindFace
from shelter_desk.ui.beds.head import night_list_html
from shelter_desk.ui.beds.holding.held_faces import CancelForm, HeldFace, HeldListFace
from shelter_desk.ui.beds.holding.hold_form import HoldForm
from shelter_desk.ui.beds.openings import ResidentFace
from shelter_desk.ui.beds.page import BedsPage
from shelter_desk.ui.beds.tiles import held_key
from tests.operations import shelter
from tests.operations.beds.held_scene import MOTHER, asked, hold
from tests.operations.referral_scene import become
from tests.ui.beds.beds_scene import Open, face_of, key, press, tile


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with shelter.small_shelter(tmp_path) as made:
        yield made


@pytest.fixture
def opened(qtbot: QtBot, desk: Desk) -> Open:
    kept: list[BedsPage] = []  # qtbot holds windows weakly

    def show() -> BedsPage:
        page = BedsPage(desk)
        kept.append(page)
        page.resize(1270, 696)
        qtbot.addWidget(page)
        with qtbot.waitExposed(page):
            page.show()
        page.activateWindow()
        return page

    return show


def badge(page: BedsPage, room: str) -> str:
    return next(card.look.badge for card in page.plan.cards if card.look.title.startswith(room))


def held_face(page: BedsPage) -> HeldFace:
    face = face_of(page, HeldFace)
    assert isinstance(face, HeldFace)
    return face


def form(page: BedsPage) -> HoldForm:
    face = face_of(page, HoldForm)
    assert isinstance(face, HoldForm)
    return face


def test_a_held_bed_has_a_tile_of_its_own_until_when(desk: Desk, opened: Open) -> None:
    hold(desk, "1A", nights=2)
    page = opened()
    look = tile(page, "1A").look
    last = desk.today() + timedelta(days=1)
    assert (look.state, look.line2, look.line3) == ("held", "Réservé", f"jusqu’au {last:%d/%m}")
    assert badge(page, "1 ") == "3 libres"
    assert page.strip.chips.held.text() == "1 réservé"


def test_a_full_room_says_what_is_held_in_it(desk: Desk, opened: Open) -> None:
    hold(desk, room="4", places=2, groups=MOTHER)
    page = opened()
    (line,) = held_beds.register(desk)
    look = page.plan.tiles[held_key(line.held.id)].look
    assert (badge(page, "4 "), look.bed, look.line2) == ("2 réservés", "2 lits", "Réservées")
    page.plan.go_to(held_key(line.held.id))
    press(page, Qt.Key.Key_Return)
    assert held_face(page).line.held.id == line.held.id


def test_a_bed_held_from_a_later_night_on_is_free_and_says_so(desk: Desk, opened: Open) -> None:
    hold(desk, "1A", since=4, days=4)
    page = opened()
    look = tile(page, "1A").look
    since = f"{desk.today() + timedelta(days=4):%d/%m}"
    assert (look.state, look.icon, look.line3) == ("free", "bookmark", f"réservé dès {since}")
    assert badge(page, "1 ") == "4 libres"


def test_a_held_bed_that_somebody_was_given_all_the_same_says_so(desk: Desk, opened: Open) -> None:
    hold(desk, "1A")
    shelter.admit(desk, "1A", days=1, reason="Urgence")
    page = opened()
    assert tile(page, "1A").look.icon == "triangle"
    page.plan.go_to(key(desk, "1A"))
    press(page, Qt.Key.Key_Return)
    assert isinstance(page.panel.face, ResidentFace)
    assert "LR-" in tile(page, "1A").look.tooltip


def test_a_bed_is_held_from_its_tile_with_one_key(desk: Desk, opened: Open) -> None:
    page = opened()
    page.plan.go_to(key(desk, "1B"))
    press(page, Qt.Key.Key_R)
    face = form(page)
    face.age.choose("a18_59")
    face.go()
    (line,) = held_beds.register(desk)
    assert (line.place, line.held.groups, tile(page, "1B").look.line2) == ("1B", (Group("f", "a18_59", 1),), "Réservé")
    assert held_face(page).line.held.id == line.held.id


def test_what_is_missing_and_what_is_taken_is_said_beside_its_field(desk: Desk, opened: Open) -> None:
    page = opened()
    page.open("hold")
    face = form(page)
    face.go()
    missing = face.age.state()
    face.age.choose("a18_59")
    face.which.choose("room")
    face.room.choose(str(shelter.bed(desk, "4A").room))
    face.places.set_number(9)
    face.go()
    assert (missing, face.room.state(), held_beds.register(desk)) == ("blocked", "blocked", ())


def test_the_form_answers_a_request_and_offers_beds_that_fit_first(desk: Desk, opened: Open) -> None:
    request = asked(desk, (Group("f", "a12_17", 1),))
    page = opened()
    page.open(f"hold/{request}")
    face = form(page)
    chosen = face.bed.code()
    face.go()
    (line,) = held_beds.register(desk)
    assert (chosen, line.place, line.held.request, line.held.source) == (
        str(shelter.bed(desk, "3A").id), "3A", request, "police",
    )  # fmt: skip


def test_a_room_for_others_is_warned_of_while_the_form_is_filled(desk: Desk, opened: Open) -> None:
    page = opened()
    page.plan.go_to(key(desk, "2A"))
    press(page, Qt.Key.Key_R)
    face = form(page)
    unsaid = face.says.isVisibleTo(face)  # nobody knows yet for whom
    QApplication.processEvents()
    at = face.expected.mapTo(face, QPoint(0, 0))
    face.age.choose("a18_59")
    face._look()
    QApplication.processEvents()
    assert (unsaid, face.says.isVisibleTo(face)) == (False, True)
    assert "autre sexe" in face.says.sentence.text()
    assert face.expected.mapTo(face, QPoint(0, 0)) == at, "somebody may be about to click into the day"


def test_the_nights_follow_the_day_of_the_arrival_until_somebody_says_others(desk: Desk, opened: Open) -> None:
    page = opened()
    page.open("hold")
    face, today = form(page), desk.today()
    face.expected.set_day(today + timedelta(days=3))
    followed = face.first.day(), face.last.day()
    face.first.set_day(today + timedelta(days=1))
    face.last.set_day(today + timedelta(days=9))
    face.expected.set_day(today + timedelta(days=5))
    usual = timedelta(days=USUAL_NIGHTS)
    assert followed == (today + timedelta(days=3), today + timedelta(days=3) + usual)
    assert (face.first.day(), face.last.day()) == (today + timedelta(days=1), today + timedelta(days=9))


def test_what_is_found_for_a_new_arrival_may_be_held(desk: Desk, opened: Open) -> None:
    page = opened()
    page.find_bed()
    face = face_of(page, FindFace)
    assert isinstance(face, FindFace)
    face.age.set_number(30)
    face.hold_button.click()
    made = form(page)
    assert (made.sex.value(), made.age.code(), made.bed.code()) == ("f", "a18_59", str(shelter.bed(desk, "1A").id))


def test_a_held_bed_is_among_those_that_are_not_proposed(desk: Desk, opened: Open) -> None:
    hold(desk, "1A")
    page = opened()
    page.find_bed()
    face = face_of(page, FindFace)
    assert isinstance(face, FindFace)
    face.age.set_number(30)
    offered = {option.property("bed") for option in face.options}
    assert int(shelter.bed(desk, "1A").id) not in offered
    assert int(shelter.bed(desk, "1B").id) in offered
    assert face.why_button.isVisibleTo(face)


def test_it_is_prolonged_and_given_up_from_its_panel(desk: Desk, opened: Open) -> None:
    hold(desk, "1A")
    page = opened()
    page.open_panel(key(desk, "1A"))
    held_face(page).buttons["change_held"].click()
    face = form(page)
    face.last.set_day(desk.today() + timedelta(days=5))
    face.go()
    prolonged = held_beds.register(desk)[0].held.last
    held_face(page).buttons["cancel_held"].click()
    given_up = face_of(page, CancelForm)
    assert isinstance(given_up, CancelForm)
    given_up.go()
    refused = given_up.reason.state()
    given_up.reason.set_text("Ne vient pas")
    given_up.go()
    assert (prolonged, refused) == (desk.today() + timedelta(days=5), "blocked")
    assert tile(page, "1A").look.line2 == "Libre"


def test_the_list_on_paper_does_not_call_a_held_bed_free(desk: Desk) -> None:
    hold(desk, "1A", nights=2)
    hold(desk, room="4", places=2, groups=MOTHER)
    written = night_list_html(bed_board.board(desk, desk.today()), training=False, sigle="")
    last = desk.today() + timedelta(days=1)
    assert (
        f"<td>1A</td><td>Réservé</td><td></td><td></td><td>1 F 18–59 ans, jusqu’à la nuit du {last:%d/%m}</td>"
        in written
    )
    assert "<td>2 lits</td><td>Réservé</td>" in written
    assert "9 lits libres sur 12 utilisables. 3 réservés pour des arrivées." in written.replace("\u00a0", " ")


def test_f1_explains_what_is_held(desk: Desk, opened: Open) -> None:
    hold(desk, "1A")
    page = opened()
    page.open_panel(key(desk, "1A"))
    press(page, Qt.Key.Key_F1)
    card = held_face(page).mark.card
    assert card is not None
    assert card.accessibleName() == "Lit réservé"


def test_the_admission_is_asked_for_with_what_is_held(desk: Desk, opened: Open, qtbot: QtBot) -> None:
    held = hold(desk, "1A")
    page = opened()
    page.open(f"held/{held}")
    assert page.chosen == key(desk, "1A")
    with qtbot.waitSignal(page.admission_wanted) as said:
        held_face(page).buttons["take_held"].click()
    assert said.args[0].id == held


def test_the_list_tells_what_is_over_too_and_opens_it(desk: Desk, opened: Open) -> None:
    gone = hold(desk, "1A")
    held_beds.cancel(desk, gone, "Erreur")
    hold(desk, "1B")
    page = opened()
    page.strip.chips.held.click()
    face = face_of(page, HeldListFace)
    assert isinstance(face, HeldListFace)
    assert [row.line.place for row in face.rows] == ["1B", "1A"]
    face.rows[1].button.click()
    assert held_face(page).line.held.id == gone
    assert set(held_face(page).buttons) == {"all_held"}


def test_the_night_guard_holds_and_admits_and_changes_nothing(desk: Desk, opened: Open) -> None:
    hold(desk, "1A")
    become(desk, Role.RECEPTION)
    page = opened()
    page.open_panel(key(desk, "1A"))
    assert set(held_face(page).buttons) == {"take_held", "all_held"}


def test_a_night_of_the_past_shows_what_was_held_and_changes_nothing(
    desk: Desk, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    hold(desk, "1A", nights=1)
    page = opened()
    page.head.night.go_before()
    assert tile(page, "1A").look.state == "free"
