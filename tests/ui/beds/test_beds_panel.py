"""The side panel of the beds: facts, forms, and a bed for somebody."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from shelter_desk.domain.residents.residents import Birth, Names
from shelter_desk.operations.beds import bed_board
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import diets
from shelter_desk.operations.stays import absences
from shelter_desk.operations.stays.placing import FoundBed, Spot
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.ui.beds.bed_views import AwayForm, BackInBedForm, BlockForm, PlaceFace
from shelter_desk.ui.beds.find_view import FindFace
from shelter_desk.ui.beds.openings import ResidentFace
from shelter_desk.ui.beds.page import BedsPage
from shelter_desk.ui.beds.tiles import stay_key
from shelter_desk.ui.exits.exit_form import ExitForm
from tests.operations import shelter
from tests.ui.beds.beds_scene import Open, code_in, face_of, key, press, sleeper, tile


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with shelter.small_shelter(tmp_path) as made:
        yield made


@pytest.fixture
def opened(qtbot: QtBot, desk: Desk) -> Open:
    """Opens the page once the shelter is as a test wants it."""

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


def away(desk: Desk, page: BedsPage) -> AwayForm:
    page.plan.go_to(key(desk, "1A"))
    press(page, Qt.Key.Key_A)
    face = face_of(page, AwayForm)
    assert isinstance(face, AwayForm)
    return face


def test_an_absence_without_a_reason_is_refused_beside_the_field(desk: Desk, opened: Open) -> None:
    shelter.admit(desk, "1A")
    form = away(desk, opened())
    form.verb.click()
    assert form.why.state() == "blocked"


def test_a_noted_absence_keeps_the_bed(desk: Desk, opened: Open) -> None:
    shelter.admit(desk, "1A")
    page = opened()
    form = away(desk, page)
    form.why.choose("hopital")
    form.verb.click()
    one = sleeper(desk, "1A")
    assert one is not None
    assert one.absence is not None
    page.close_panel()
    assert tile(page, "1A").look.state == "absence"


def test_a_on_somebody_away_notes_the_return(desk: Desk, opened: Open) -> None:
    admitted = shelter.admit(desk, "1A")
    absences.be_away(desk, admitted.stay, "hopital", shelter.days_ago(2).date())
    page = opened()
    page.plan.go_to(key(desk, "1A"))
    press(page, Qt.Key.Key_A)
    form = face_of(page, BackInBedForm)
    assert isinstance(form, BackInBedForm)
    form.verb.click()
    one = sleeper(desk, "1A")
    assert one is not None
    assert one.absence is None


def leaving(desk: Desk, page: BedsPage) -> ExitForm:
    page.plan.go_to(key(desk, "1A"))
    press(page, Qt.Key.Key_S)
    form = page.leaving.form
    assert form is not None
    return form


def mother_and_baby(desk: Desk) -> tuple[Admitted, Admitted]:
    mother = shelter.admit(desk, "1A")
    return mother, shelter.admit(desk, "1A", age=1, head=mother.stay, shares=True)


def test_an_exit_without_a_reason_is_refused_beside_the_field(desk: Desk, opened: Open) -> None:
    shelter.admit(desk, "1A")
    form = leaving(desk, opened())
    form.verb.click()
    assert form.reason.state() == "blocked"


def test_an_exit_before_the_arrival_is_refused_beside_its_day(desk: Desk, opened: Open) -> None:
    shelter.admit(desk, "1A", days=3)
    form = leaving(desk, opened())
    form.reason.choose("reunification")
    form.day.set_day(shelter.days_ago(5).date())
    form.verb.click()
    assert form.day.state() == "blocked"


def test_a_mother_and_her_baby_leave_together(desk: Desk, opened: Open) -> None:
    mother_and_baby(desk)
    form = leaving(desk, opened())
    form.reason.choose("reunification")
    form.verb.click()
    assert bed_board.board(desk, desk.today()).present == 0


def test_a_mother_may_leave_without_her_baby(desk: Desk, opened: Open) -> None:
    mother_and_baby(desk)
    form = leaving(desk, opened())
    form.reason.choose("reunification")
    form.family[0][2].setChecked(False)
    form.verb.click()
    assert bed_board.board(desk, desk.today()).present == 1


def test_a_blocked_bed_says_why_and_comes_back(desk: Desk, opened: Open) -> None:
    page = opened()
    page.open_panel(key(desk, "1A"))
    page.act("block", page.chosen)
    form = face_of(page, BlockForm)
    assert isinstance(form, BlockForm)
    form.state.choose("hors_service")
    form.reason.set_text("Sommier")
    form.verb.click()
    page.close_panel()
    blocked = tile(page, "1A").look
    page.act("unblock", key(desk, "1A"))
    assert page.panel.face is not None
    page.panel.face.verb.click()  # type: ignore[attr-defined]
    page.close_panel()
    assert (blocked.state, blocked.line3, tile(page, "1A").look.state) == ("out", "Sommier", "free")


def test_a_block_without_a_reason_is_refused_beside_the_field(desk: Desk, opened: Open) -> None:
    page = opened()
    page.act("block", key(desk, "1A"))
    form = face_of(page, BlockForm)
    assert isinstance(form, BlockForm)
    form.state.choose("hors_service")
    form.verb.click()
    assert form.reason.state() == "blocked"


def test_a_free_bed_is_offered_to_an_admission(qtbot: QtBot, desk: Desk, opened: Open) -> None:
    page = opened()
    page.open_panel(key(desk, "1A"))
    with qtbot.waitSignal(page.admission_wanted) as wanted:
        page.panel.face.buttons["admit"].click()  # type: ignore[union-attr]
    assert wanted.args == [Spot("lit", shelter.bed(desk, "1A").id)]


def test_somebody_without_a_bed_is_placed_from_a_free_one(desk: Desk, opened: Open) -> None:
    admitted = shelter.admit(desk)
    page = opened()
    page.open_panel(key(desk, "1A"))
    page.act("place", page.chosen)
    form = face_of(page, PlaceFace)
    assert isinstance(form, PlaceFace)
    form.who.choose(admitted.code)
    form.verb.click()
    assert code_in(desk, "1A") == admitted.code


def finding(page: BedsPage) -> FindFace:
    page.head.find_button.click()
    face = face_of(page, FindFace)
    assert isinstance(face, FindFace)
    return face


def test_the_bed_found_for_a_new_arrival_goes_to_the_admission(qtbot: QtBot, desk: Desk, opened: Open) -> None:
    shelter.admit(desk, "1A")
    page = opened()
    face = finding(page)
    face.age.set_number(27)
    with qtbot.waitSignal(page.admission_wanted) as wanted:
        face.verb.click()
    assert wanted.args == [
        FoundBed(Spot("lit", shelter.bed(desk, "1B").id), "f", Birth(age_estimated=27, age_estimated_on=desk.today()))
    ]


def test_the_beds_found_keep_their_height_when_others_are_looked_for(qtbot: QtBot, desk: Desk, opened: Open) -> None:
    page = opened()
    page.resize(1270, 420)
    face = finding(page)
    face.age.set_number(27)
    high = face.options[0].sizeHint().height()
    qtbot.waitUntil(lambda: {one.height() for one in face.options} == {high})


def test_the_bed_found_for_somebody_present_is_given(desk: Desk, opened: Open) -> None:
    admitted = shelter.admit(desk)
    page = opened()
    page.open_panel(stay_key(admitted.stay))
    finding(page).verb.click()
    assert code_in(desk, "1A") == admitted.code


def test_the_other_beds_say_who_has_them(desk: Desk, opened: Open) -> None:
    admitted = shelter.admit(desk, "1A")
    face = finding(opened())
    face.age.set_number(27)
    face.why_button.click()
    lines = [child.text() for child in face.why.findChildren(QWidget) if hasattr(child, "text") and child.isVisible()]
    assert any("1A" in line and admitted.code in line for line in lines)


def test_the_name_is_shown_on_demand_and_hides_again(desk: Desk, opened: Open) -> None:
    shelter.admit(desk, "1A", names=Names("Kassogué", "Awa"))
    page = opened()
    page.open_panel(key(desk, "1A"))
    face = face_of(page, ResidentFace)
    assert isinstance(face, ResidentFace)
    hidden = face.name.name.text()
    face.name.button.click()
    shown = face.name.name.text()
    face.name.hide_timer.timeout.emit()
    assert (shown, face.name.name.text()) == ("Awa Kassogué", hidden)


def test_the_record_of_a_resident_is_asked_for(qtbot: QtBot, desk: Desk, opened: Open) -> None:
    admitted = shelter.admit(desk, "1A")
    page = opened()
    page.open_panel(key(desk, "1A"))
    with qtbot.waitSignal(page.record_wanted) as wanted:
        page.panel.face.buttons["record"].click()  # type: ignore[union-attr]
    assert wanted.args == [admitted.person]


def test_an_hour_that_does_not_exist_is_refused_beside_it(desk: Desk, opened: Open) -> None:
    shelter.admit(desk, "1A")
    form = leaving(desk, opened())
    form.reason.choose("reunification")
    form.hour.line.setText("27:80")
    form.verb.click()
    assert form.hour.state() == "blocked"
    assert bed_board.board(desk, desk.today()).present == 1


def test_ctrl_enter_in_a_field_records_the_form(desk: Desk, opened: Open) -> None:
    shelter.admit(desk, "1A")
    page = opened()
    form = leaving(desk, page)
    form.reason.choose("reunification")
    form.day.line.setFocus()
    QTest.keyClick(form.day.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert code_in(desk, "1A") == ""


def test_a_baby_in_its_mothers_bed_is_counted_on_the_tile(desk: Desk, opened: Open) -> None:
    mother_and_baby(desk)
    assert tile(opened(), "1A").look.count == "+1"


def test_an_allergy_is_read_on_the_panel_of_the_bed(opened: Open, desk: Desk) -> None:
    made = shelter.admit(desk, "1A")
    diets.keep(desk, made.stay, ("allergie_lait", "peu_sel"))
    page = opened()
    page.open_panel(key(desk, "1A"))
    face = face_of(page, ResidentFace)
    assert isinstance(face, ResidentFace)
    assert dict(face._facts())["Régime et allergies"] == "Allergie au lait\nPeu de sel"
