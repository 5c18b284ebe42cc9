"""Requests for a place in the real window: noted by keyboard, decided beside the list, met by an admission."""

from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelter_desk.domain.ids import PlaceRequestId
from shelter_desk.domain.stays.place_requests import Group, PlaceRequest
from shelter_desk.operations import drafts
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays import place_requests
from shelter_desk.ui.assistance.places_part import PlacesPart
from shelter_desk.ui.beds.find_view import FindFace
from shelter_desk.ui.beds.page import BedsPage
from shelter_desk.ui.residents.page import ResidentsPage
from shelter_desk.ui.today.page import TodayPage
from shelter_desk.ui.today.tasks import task_texts
from shelter_desk.ui.window import Window
from tests.operations.shelter import admit
from tests.ui.assistance.assistance_scene import Enter, do_it, enter, fill, folder, frame_of, part_of, press, tab_to
from tests.ui.window.windows import focused, settle, wait_for

__all__ = ["enter", "folder"]


def desk_of(window: Window) -> Desk:
    assert window.desk is not None
    return window.desk


def places_of(window: Window) -> PlacesPart:
    face = part_of(window, "places").face
    assert isinstance(face, PlacesPart)
    return face


def asked(desk: Desk, days: int = 3) -> PlaceRequestId:
    day = desk.today() - timedelta(days=days)
    groups = (Group("f", "a18_59", 1), Group("m", "a00_04", 2))
    return place_requests.note(desk, PlaceRequest(PlaceRequestId(0), "", day, "police", groups, "immediat")).id


def only(window: Window) -> PlaceRequest:
    (line,) = place_requests.register(desk_of(window))
    return line.request


def residents_of(window: Window) -> ResidentsPage:
    page = frame_of(window).pages["residents"]
    assert isinstance(page, ResidentsPage)
    return page


def test_the_night_guard_notes_by_keyboard_whom_there_was_no_place_for(enter: Enter, qtbot: QtBot) -> None:
    window = enter("Agent N")
    face = places_of(window)
    assert face.empty.button is not None
    press(qtbot, face.empty.button)
    form = face.form
    assert form is not None
    fill(qtbot, form.source, "Police")
    fill(qtbot, form.persons.cell("f", "a18_59"), "1")
    fill(qtbot, form.persons.cell("m", "a05_11"), "2")
    tab_to(qtbot, form.outcome)
    qtbot.keyClicks(focused(), "r")
    tab_to(qtbot, form.reasons.reason)
    qtbot.keyClicks(focused(), "p")
    assert form.persons.total.text() == "3 personnes"
    do_it(qtbot)
    one = only(window)
    assert (one.source, one.persons, one.outcome, one.reason) == ("police", 3, "refusee", "complet")
    assert face.form is None


def test_what_is_missing_is_said_beside_its_field(enter: Enter, qtbot: QtBot) -> None:
    window = enter("Agent A")
    face = places_of(window)
    face.begin()
    assert face.form is not None
    face.form.source.choose("ong")
    face.form.go()
    assert "Pour combien" not in face.form.persons.message()
    assert face.form.persons.message() != ""
    assert place_requests.register(desk_of(window)) == ()


def test_a_request_being_typed_is_kept_and_comes_back(enter: Enter, qtbot: QtBot) -> None:
    window = enter("Agent A")
    face = places_of(window)
    face.begin()
    assert face.form is not None
    face.form.persons.cell("f", "a12_17").setText("2")
    qtbot.keyClick(face.form, Qt.Key.Key_Escape)
    (draft,) = drafts.mine(desk_of(window))
    face.resume(draft)
    assert face.form is not None
    assert (draft.form, face.form.persons.groups()) == ("assistance/places/new", (Group("f", "a12_17", 2),))


def test_who_waits_is_refused_with_a_reason_beside_the_list(enter: Enter, qtbot: QtBot) -> None:
    window = enter("Agent A")
    asked(desk_of(window))
    face = places_of(window)
    qtbot.keyClick(face.table, Qt.Key.Key_Return)
    assert face.view is not None
    face.view.do("refuse")
    step = face.view.form
    assert step is not None
    step.reasons.reason.choose("securite")
    step.go()
    qtbot.waitUntil(lambda: face.rows.rowCount() == 0)
    assert (only(window).outcome, only(window).reason, face.chips.on()) == ("refusee", "securite", ["waiting"])


def test_a_request_given_up_has_reasons_of_its_own(enter: Enter, qtbot: QtBot) -> None:
    window = enter("Agent A")
    asked(desk_of(window))
    face = places_of(window)
    face.open_line(face.lines[0])
    assert face.view is not None
    face.view.do("give_up")
    step = face.view.form
    assert step is not None
    step.reasons.reason.choose("complet")
    assert step.reasons.reason.value() is None
    step.reasons.reason.choose("sans_nouvelles")
    step.go()
    assert only(window).outcome == "abandonnee"


def test_the_admission_of_who_waits_takes_over_who_asked_and_meets_the_request(enter: Enter, qtbot: QtBot) -> None:
    window = enter("Agent A")
    asked(desk_of(window))
    face = places_of(window)
    face.open_line(face.lines[0])
    assert face.view is not None
    face.view.do("admit")
    settle(qtbot)
    admission = residents_of(window).admission
    assert admission.arrival.source.value() == "police"
    assert only(window).request_no in admission.arrival.meets.sentence.text()
    admission.give_up()
    assert admission.arrival.request is None


def test_a_request_is_met_by_a_stay_that_began_since(enter: Enter, qtbot: QtBot) -> None:
    window = enter("Agent A")
    asked(desk_of(window))
    made = admit(desk_of(window), "1A", days=1)
    face = places_of(window)
    face.open_line(face.lines[0])
    assert face.view is not None
    face.view.do("met")
    assert face.view.form is not None
    face.view.form.stay.choose(str(int(made.stay)))
    face.view.form.go()
    assert (only(window).outcome, only(window).stay) == ("admise", made.stay)


def test_where_no_bed_fits_the_plan_leads_to_the_form_with_sex_and_age(enter: Enter, qtbot: QtBot) -> None:
    window = enter("Agent A")
    frame_of(window).open("beds")
    page = frame_of(window).pages["beds"]
    assert isinstance(page, BedsPage)
    page.find_bed()
    found = page.panel.face
    assert isinstance(found, FindFace)
    found.sex.choose("m")
    found.age.set_number(15)
    found.request_button.click()
    settle(qtbot)
    face = frame_of(window).pages["assistance"].face  # type: ignore[attr-defined]
    assert isinstance(face, PlacesPart)
    assert face.form is not None
    assert face.form.persons.groups() == (Group("m", "a12_17", 1),)


def test_the_list_of_residents_leads_to_the_requests(enter: Enter, qtbot: QtBot) -> None:
    window = enter("Agent N")
    frame_of(window).open("residents")
    residents_of(window).people.places_button.click()
    settle(qtbot)
    face = frame_of(window).pages["assistance"].face  # type: ignore[attr-defined]
    assert isinstance(face, PlacesPart)


def test_today_says_how_many_wait(enter: Enter, qtbot: QtBot) -> None:
    window = enter("Agent N")
    asked(desk_of(window))
    frame_of(window).open("today")
    page = frame_of(window).pages["today"]
    assert isinstance(page, TodayPage)
    wait_for(qtbot, lambda: bool(page.overview.to_do.rows))
    (row,) = [row for row in page.overview.to_do.rows if row.task.matter == "places_asked"]
    assert task_texts.sentence(row.task).startswith("3 personnes attendent une place")
    row.button.click()
    settle(qtbot)
    assert isinstance(frame_of(window).pages["assistance"].face, PlacesPart)  # type: ignore[attr-defined]


def test_a_storekeeper_has_no_such_part(enter: Enter, qtbot: QtBot, folder: Path) -> None:
    window = enter("Agent M")
    page = part_of(window, "incidents")
    assert "places" not in page._offered
