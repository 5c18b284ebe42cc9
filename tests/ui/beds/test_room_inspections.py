"""A room looked at from the plan of the beds: by keyboard alone, what was found shown in the room."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from shelter_desk import words
from shelter_desk.domain.beds.beds import Room
from shelter_desk.domain.equipment.inspections import DEFECT, RIGHT, points
from shelter_desk.domain.ids import RoomId
from shelter_desk.domain.rights import Role
from shelter_desk.operations import drafts
from shelter_desk.operations.beds import beds
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.equipment import inspections, maintenance
from shelter_desk.ui.beds.inspecting.inspection_form import InspectionForm, PointFields
from shelter_desk.ui.beds.inspecting.room_face import OTHER_ROOMS, RoomFace
from shelter_desk.ui.beds.page import BedsPage
from shelter_desk.ui.forms import drafting
from tests.operations import shelter
from tests.operations.equipment.test_defects import state, thing
from tests.operations.equipment.test_inspections import POINTS, looked, room
from tests.ui.beds.beds_scene import face_of, key, press


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with shelter.small_shelter(tmp_path) as made:
        yield made


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> BedsPage:
    thing(desk)
    made = BedsPage(desk)
    made.resize(1270, 696)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.activateWindow()
    made.refresh()
    return made


def texts(page: BedsPage) -> str:
    return "\n".join(one.text() for one in face_of(page, RoomFace).findChildren(QLabel))


def form(page: BedsPage) -> InspectionForm:
    """The form over room 1, by keys."""
    page.plan.go_to(key(page.desk, "1A"))
    press(page, Qt.Key.Key_I)
    face = face_of(page, RoomFace)
    button = face.buttons["inspect"]  # type: ignore[attr-defined]
    assert page.focusWidget() is button
    press(page, Qt.Key.Key_Space)
    made = face_of(page, InspectionForm)
    assert isinstance(made, InspectionForm)
    return made


def of_point(made: InspectionForm, code: str) -> PointFields:
    return next(one for one in made.points if one.code == code)


def test_an_inspection_without_a_defect_takes_few_keys(page: BedsPage) -> None:
    made = form(page)
    made.all_right.setFocus()
    press(page, Qt.Key.Key_Space)
    assert {one.finding.value() for one in made.points} == {RIGHT}
    QTest.keyClick(made.day, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    (one,) = inspections.of_room(page.desk, room(page.desk)).inspections
    assert (one.by, [found.point for found in one.points], one.defects) == ("Agent A", POINTS, ())
    assert "Tout est bien" in texts(page)


def test_a_defect_opens_its_ticket_and_takes_the_bed_out_of_use(page: BedsPage) -> None:
    made = form(page)
    point = of_point(made, "literie")
    assert not point.problem.isVisibleTo(made)
    QTest.keyClick(point.finding.segment(DEFECT), Qt.Key.Key_Space)
    assert point.problem.isVisibleTo(made)
    point.problem.set_text("Latte cassée")
    point.thing.combo.setFocus()
    press(page, Qt.Key.Key_Down)
    assert point.blocks.isVisibleTo(made)
    point.blocks.choose(str(shelter.bed(page.desk, "1A").id))
    made.all_right.click()
    made.go()
    waits = state(page.desk)
    (line,) = maintenance.tickets(page.desk)
    assert waits is not None
    assert waits.ticket == line.ticket.id
    told = texts(page)
    assert "1 défaut" in told
    assert line.ticket.ticket_no in told
    assert "Latte cassée" in told


def test_what_is_not_said_is_asked_for_at_its_point(page: BedsPage) -> None:
    made = form(page)
    of_point(made, "eau").finding.segment(DEFECT).click()
    made.go()
    first = of_point(made, POINTS[0])
    assert first.found.state() == "blocked"
    made.all_right.click()
    made.go()
    point = of_point(made, "eau")
    assert point.problem.state() == "blocked"
    point.problem.set_text("Robinet qui fuit")
    made.go()
    assert point.thing.state() == "blocked"
    assert inspections.of_room(page.desk, room(page.desk)).inspections == ()
    point.thing.choose("none")
    made.go()
    (one,) = inspections.of_room(page.desk, room(page.desk)).inspections
    assert [(found.problem, found.ticket) for found in one.defects] == [("Robinet qui fuit", None)]
    assert maintenance.tickets(page.desk) == ()


def typed(made: InspectionForm) -> None:
    """A broken slat of the bed, by somebody else; one point all right."""
    made.by.set_text("Mariam")
    of_point(made, POINTS[0]).finding.segment(RIGHT).click()
    point = of_point(made, "literie")
    point.finding.segment(DEFECT).click()
    point.problem.set_text("Latte cassée")
    (asset,) = inspections.of_room(made.desk, room(made.desk)).things
    point.thing.choose(f"a{asset.id}")


def test_what_a_lock_or_a_cut_takes_is_a_draft_that_is_gone_on_with(page: BedsPage, qtbot: QtBot) -> None:
    made = form(page)
    typed(made)
    before = made.values()
    drafting.keep_all(page.desk, page)
    (draft,) = drafts.mine(page.desk)
    with words.speaking("fr"):
        assert drafting.sentence(draft).endswith("inspection d’une chambre")
    again = BedsPage(page.desk)
    qtbot.addWidget(again)
    again.show()
    again.resume(draft)
    form_again = again.panel.face
    assert isinstance(form_again, InspectionForm)
    assert form_again.values() == before
    assert of_point(form_again, "literie").problem.isVisibleTo(form_again)
    of_point(form_again, "literie").thing.choose("none")
    form_again.all_right.click()
    form_again.go()
    (one,) = inspections.of_room(page.desk, room(page.desk)).inspections
    assert (one.by, [found.problem for found in one.defects]) == ("Mariam", ["Latte cassée"])
    assert drafts.mine(page.desk) == []


def test_escape_keeps_what_is_typed_says_so_and_it_is_offered_when_the_form_opens_again(
    page: BedsPage, qtbot: QtBot
) -> None:
    typed(form(page))
    with qtbot.waitSignal(page.told) as said:
        press(page, Qt.Key.Key_Escape)
    assert not page.is_editing()
    assert said.args is not None
    assert said.args[0].state == "held"
    page.open_panel(f"room:{room(page.desk)}")
    with qtbot.waitSignal(page.draft_found) as found:
        page.act("inspect", page.chosen)
    assert found.args is not None
    page.resume(found.args[0])
    face = page.panel.face
    assert isinstance(face, InspectionForm)
    assert face.by.text() == "Mariam"


def test_a_form_into_which_nothing_is_typed_leaves_no_draft(page: BedsPage) -> None:
    form(page)
    press(page, Qt.Key.Key_Escape)
    assert drafts.mine(page.desk) == []


def test_the_room_tells_who_looked_last_and_the_inspections_before(page: BedsPage) -> None:
    looked(page.desk, by="Mariam", on=shelter.days_ago(40).date())
    looked(page.desk, by="Oumar")
    page.plan.go_to(key(page.desk, "1A"))
    press(page, Qt.Key.Key_I)
    told = texts(page)
    assert "Oumar" in told
    assert "Mariam · Tout est bien" in told


def test_a_room_without_beds_is_chosen_from_the_panel_of_another_and_inspected(page: BedsPage) -> None:
    beds.keep_room(page.desk, Room(RoomId(0), "C", "Cuisine", "cuisine", "indifferent", "tous"))
    page.refresh()
    page.plan.go_to(key(page.desk, "1A"))
    press(page, Qt.Key.Key_I)
    for act in (OTHER_ROOMS, ""):
        face = page.panel.face
        assert face is not None
        button = face.buttons[act] if act else next(iter(face.buttons.values()))
        button.setFocus()
        press(page, Qt.Key.Key_Space)
    kitchen = page.panel.face
    assert isinstance(kitchen, RoomFace)
    assert (kitchen.title, kitchen.secondary) == ("C · Cuisine", "Cuisine")
    kitchen.buttons["inspect"].click()
    made = face_of(page, InspectionForm)
    assert isinstance(made, InspectionForm)
    assert [one.code for one in made.points] == list(points(has_beds=False))
    made.all_right.click()
    made.go()
    assert "Tout est bien" in texts(page)


def test_who_does_not_read_the_equipment_is_shown_no_inspections(
    page: BedsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page.desk, "role", Role.CASE_WORKER)
    page.plan.go_to(key(page.desk, "1A"))
    press(page, Qt.Key.Key_I)
    assert not isinstance(page.panel.face, RoomFace)
    page.act("room", key(page.desk, "1A"))
    page.open_panel(f"room:{room(page.desk)}")
    assert not isinstance(page.panel.face, RoomFace)
