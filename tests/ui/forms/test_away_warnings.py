"""Somebody away that day: each form of an act in the house says so beside its field, by keys, and refuses nothing."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelter_desk.domain.ids import StayId
from shelter_desk.domain.moments import Period
from shelter_desk.operations.assistance import activities
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.services.service_log import ServiceLine
from shelter_desk.operations.stays import absences, stays
from shelter_desk.operations.stock import stock
from shelter_desk.operations.vault import unlocking
from shelter_desk.system import clock
from shelter_desk.ui.assistance.meals_part import MealsPart
from shelter_desk.ui.assistance.sheet_part import SheetPart
from shelter_desk.ui.beds.page import BedsPage
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.residents.acts.correction_form import DietForm
from shelter_desk.ui.residents.acts.presence_forms import MoveForm, ReturnForm
from shelter_desk.ui.residents.acts.service_form import ServiceForm
from shelter_desk.ui.stock.slip_form import SlipForm
from shelter_desk.ui.window import Window
from shelter_desk.words import formats
from tests.operations.shelter import PASSWORD
from tests.ui.assistance.assistance_scene import part_of
from tests.ui.stock.stock_scene import Enter, choose, desk_of, do_it, enter, folder, items_part, page_of
from tests.ui.window.windows import focused, settle, type_in

__all__ = ["enter", "folder"]
SINCE = clock.today() - timedelta(days=2)
SPACE, DOWN, ENTER = Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Return


@pytest.fixture(autouse=True)
def away(folder: Path) -> StayId:
    """The one resident is in hospital since the day before yesterday."""
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        (resident,) = stock.recipients(desk)
        absences.be_away(desk, resident.stay, "hopital", SINCE)
    return resident.stay


def plain(told: str) -> str:
    return told.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def told_kind() -> str:
    return f"Hors du centre depuis le {formats.day(SINCE)} : hospitalisation."


def form_of(window: Window, stay: StayId, name: str) -> ActForm:
    """That form over the record of who is away."""
    desk = desk_of(window)
    with desk.reading():
        person = next(one.person.id for one in lines(desk) if one.stay.id == stay)
    assert window.frame is not None
    window.frame.open_record(person)
    record = window.frame.pages["residents"].record  # type: ignore[attr-defined]
    record.open_form(name)
    form: ActForm = record.form
    return form


def lines(desk: Desk) -> list[ServiceLine]:
    return list(activities.meals(desk, desk.today()).lines)


def test_a_slip_says_it_beside_the_resident_and_is_written(qtbot: QtBot, enter: Enter) -> None:
    window = enter("Agent M")
    part, desk = items_part(page_of(window)), desk_of(window)
    part.slip_button.setFocus()
    type_in(qtbot, SPACE)
    form = part.form
    assert isinstance(form, SlipForm)
    assert form.whom.message() == ""
    qtbot.keyClick(focused(), DOWN)
    # who sees no beds learns since when, and not why
    assert plain(form.whom.message()) == f"Hors du centre depuis le {formats.day(SINCE)}."
    assert form.whom.state() == "attention"
    form.lines.lines[0].item.setFocus()
    choose(qtbot, "Savon")
    type_in(qtbot, "1")
    do_it(qtbot)
    qtbot.keyClick(focused(), DOWN)
    do_it(qtbot)
    assert stock.papers(desk, Period(desk.today(), desk.today()))


def test_a_day_before_the_absence_says_nothing(qtbot: QtBot, enter: Enter, away: StayId) -> None:
    form = form_of(enter("Agent A"), away, "place")
    assert isinstance(form, MoveForm)
    assert plain(form.day.message()) == told_kind()
    form.day.line.setFocus()
    qtbot.keyClick(form.day.line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    type_in(qtbot, formats.day(SINCE - timedelta(days=1)), Qt.Key.Key_Tab)
    assert form.day.message() == ""


def test_a_move_on_the_plan_says_it_in_the_strip_and_is_done(qtbot: QtBot, enter: Enter, away: StayId) -> None:
    window = enter("Agent A")
    assert window.frame is not None
    window.frame.open("beds")
    page = window.frame.pages["beds"]
    assert isinstance(page, BedsPage)
    settle(qtbot)
    type_in(qtbot, Qt.Key.Key_D)
    assert plain(page.mover.sentence()).endswith(told_kind())
    before = stays.place_on(page.desk, away, page.desk.today())
    type_in(qtbot, ENTER)
    after = stays.place_on(page.desk, away, page.desk.today())
    assert after != before


def test_a_service_of_the_house_says_it_and_one_of_a_partner_does_not(qtbot: QtBot, enter: Enter, away: StayId) -> None:
    form = form_of(enter("Agent A"), away, "service")
    assert isinstance(form, ServiceForm)
    assert plain(form.day.message()) == told_kind()
    form.provider.combo.setFocus()
    type_in(qtbot, DOWN)
    assert form.provider.value() != "centre"
    assert form.day.message() == ""


def test_a_diet_says_it_and_a_return_does_not(enter: Enter, away: StayId) -> None:
    window = enter("Agent A")
    form = form_of(window, away, "diet")
    assert isinstance(form, DietForm)
    assert plain(form.away.sentence.text()) == told_kind()
    assert not form.away.isHidden()
    form.close_up()
    back = form_of(window, away, "return")
    assert isinstance(back, ReturnForm)
    assert not any("Hors du centre" in field.message() for field in back.fields.values())


def test_the_quick_line_of_services_says_it_and_writes(qtbot: QtBot, enter: Enter, away: StayId) -> None:
    page = part_of(enter("Agent A"), "sheet")
    face = page.face
    assert isinstance(face, SheetPart)
    type_in(qtbot, "1a")
    assert plain(face.quick.told.text()).endswith(told_kind())
    type_in(qtbot, ENTER, "consul", ENTER)
    assert [one.service_type for line in lines(page.desk) for one in line.services] == ["san_consult"]
    assert plain(face.under.text()).startswith(told_kind())


def test_a_meal_ticked_for_who_is_away_says_whose_and_is_written(qtbot: QtBot, enter: Enter, away: StayId) -> None:
    page = part_of(enter("Agent A"), "meals")
    face = page.face
    assert isinstance(face, MealsPart)
    assert face.away.isHidden()
    type_in(qtbot, SPACE)
    told = plain(face.away.sentence.text())
    assert told == f"Hors du centre ce jour-là : 1A depuis le {formats.day(SINCE)} (hospitalisation)."
    assert not face.away.isHidden()
    do_it(qtbot)
    served = next(one.served for one in activities.meals(page.desk, page.desk.today()).meals if one.meal == face.meal)
    assert served == frozenset({away})
