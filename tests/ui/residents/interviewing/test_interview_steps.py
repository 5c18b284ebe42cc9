"""Pausing, stopping and closing an interview; the interview of a child."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shelter_desk.domain.residents.residents import Birth
from shelter_desk.operations import drafts
from shelter_desk.operations.casefile import interviews
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.ui import theme, tokens
from shelter_desk.ui.forms import reading_reason
from shelter_desk.ui.residents.page import ResidentsPage
from shelter_desk.ui.window import Window
from tests.ui.residents.interview_scene import (
    ALT,
    CTRL,
    DOWN,
    ESCAPE,
    SHIFT,
    SPACE,
    agreed,
    before,
    desk,
    folder,
    girl,
    go_on,
    kept,
    opened,
    page,
    services,
    shown,
    started,
    tab_to,
    window,
    woman,
)
from tests.ui.window.windows import focused, type_in, unlock

__all__ = ["desk", "folder", "girl", "page", "window", "woman"]
OFFICE, RAIL = 1366, 96


# Pausing, stopping, closing -------------------------------------------------------------------------------------------


def test_a_paused_interview_is_taken_up_where_it_was(
    qtbot: QtBot, page: ResidentsPage, desk: Desk, woman: Admitted
) -> None:
    agreed(qtbot, started(qtbot, page, woman))
    go_on(qtbot)
    type_in(qtbot, "o")
    qtbot.keyClick(focused(), Qt.Key.Key_P, CTRL)
    paused = kept(desk, woman)
    tab = shown(page)
    tab.resume_button.setFocus()
    type_in(qtbot, SPACE)
    form = opened(page)
    assert (paused.state, kept(desk, woman).state) == ("pause", "en_cours")
    assert (form.stage, form.interview_id) == (4, paused.id)
    assert form.editors.answers[4].values() == {"i01_tiers_organise": "oui"}


def test_stopping_gives_the_reason_and_plans_support(
    qtbot: QtBot, page: ResidentsPage, desk: Desk, woman: Admitted
) -> None:
    form = started(qtbot, page, woman)
    agreed(qtbot, form)
    qtbot.keyClick(focused(), Qt.Key.Key_P, CTRL | SHIFT)
    tab_to(qtbot, form.stop_page.reason)
    type_in(qtbot, DOWN)
    go_on(qtbot)
    one = kept(desk, woman)
    assert (one.state, one.stop_reason, services(desk, woman)) == ("arrete", "larmes", [("psy_ecoute", "prevu")])


def test_a_stop_asks_why(qtbot: QtBot, page: ResidentsPage, desk: Desk, woman: Admitted) -> None:
    form = started(qtbot, page, woman)
    agreed(qtbot, form)
    form.stop_button.click()
    go_on(qtbot)
    assert (form.stop_page.reason.state(), kept(desk, woman).state) == ("blocked", "en_cours")


def test_escape_goes_back_from_stopping_to_the_stage(qtbot: QtBot, page: ResidentsPage, woman: Admitted) -> None:
    form = started(qtbot, page, woman)
    agreed(qtbot, form)
    form.stop_button.click()
    type_in(qtbot, ESCAPE)
    assert (form.is_stopping, form.faces.currentWidget(), page.record.form) == (False, form.pages[3], form)


def test_closing_loses_nothing_that_was_typed(qtbot: QtBot, page: ResidentsPage, desk: Desk, woman: Admitted) -> None:
    agreed(qtbot, started(qtbot, page, woman))
    go_on(qtbot)
    type_in(qtbot, "o", ESCAPE)
    one = kept(desk, woman)
    assert (page.record.form, one.state, one.indicators) == (None, "en_cours", {"i01_tiers_organise": "oui"})
    assert shown(page).resume_button.isVisible()


def test_an_interview_closed_before_it_began_leaves_nothing(
    qtbot: QtBot, page: ResidentsPage, desk: Desk, woman: Admitted
) -> None:
    started(qtbot, page, woman)
    type_in(qtbot, ESCAPE)
    assert (page.record.form, interviews.of_stay(desk, woman.stay).interviews) == (None, ())


def test_back_goes_to_the_stage_before(qtbot: QtBot, page: ResidentsPage, woman: Admitted) -> None:
    form = started(qtbot, page, woman)
    agreed(qtbot, form)
    qtbot.keyClick(focused(), Qt.Key.Key_Left, ALT)
    assert (form.stage, form.list.buttons[3].isEnabled(), form.list.buttons[4].isEnabled()) == (2, True, False)


def test_what_was_typed_comes_back_after_a_lock(
    qtbot: QtBot, page: ResidentsPage, window: Window, folder: Path, woman: Admitted
) -> None:
    agreed(qtbot, started(qtbot, page, woman))
    go_on(qtbot)
    type_in(qtbot, "o", "n")
    window.lock()
    unlock(qtbot, window, folder)
    assert window.frame is not None
    assert window.desk is not None
    (draft,) = drafts.mine(window.desk)
    qtbot.mouseClick(window.frame.bar.verb, Qt.MouseButton.LeftButton)
    again = window.frame.pages["residents"]
    assert isinstance(again, ResidentsPage)
    form = opened(again)
    said = {"i01_tiers_organise": "oui", "i02_deplacement_repete": "non"}
    assert (form.stage, str(form.interview_id), form.editors.answers[4].values()) == (
        4,
        draft.values["interview"],
        said,
    )


def test_a_draft_of_an_interview_opens_its_summary_for_a_reason_alone(
    qtbot: QtBot, page: ResidentsPage, window: Window, folder: Path, woman: Admitted
) -> None:
    form = started(qtbot, page, woman)
    agreed(qtbot, form)
    form.editors.summary.set_text("Dit avoir fui la nuit.")
    go_on(qtbot)
    type_in(qtbot, "o")
    window.lock()
    unlock(qtbot, window, folder)
    assert window.frame is not None
    assert window.desk is not None
    (draft,) = drafts.mine(window.desk)
    reading_reason.answer_with(lambda _dialog: None)
    qtbot.mouseClick(window.frame.bar.verb, Qt.MouseButton.LeftButton)
    again = window.frame.pages["residents"]
    assert isinstance(again, ResidentsPage)
    assert (again.record.form, list(drafts.mine(window.desk))) == (None, [draft])
    reading_reason.answer_with(lambda _dialog: ("suivi", ""))
    again.resume(draft)
    assert opened(again).editors.summary.text() == "Dit avoir fui la nuit."


# Children -------------------------------------------------------------------------------------------------------------


def test_a_child_is_led_through_fewer_stages_in_other_words(qtbot: QtBot, page: ResidentsPage, girl: Admitted) -> None:
    form = started(qtbot, page, girl)
    assert list(form.list.buttons) == [0, 1, 2, 3, 4, 6, 8, 9, 10]
    assert (form.child_badge.isVisible(), form.reading.marks["means"].text()) == (True, "pas exigé")


def test_a_child_is_asked_about_facts_only_once_safe(
    qtbot: QtBot, page: ResidentsPage, desk: Desk, girl: Admitted
) -> None:
    form = started(qtbot, page, girl)
    agreed(qtbot, form)
    tab_to(qtbot, form.editors.asked["immediate_danger"])
    type_in(qtbot, DOWN)
    go_on(qtbot)
    stopped = (form.stage, form._refusal.isVisible(), kept(desk, girl).stage)
    type_in(qtbot, DOWN)
    go_on(qtbot)
    assert (stopped, form.stage) == ((3, True, 3), 4)


def test_half_an_hour_with_a_child_is_said(qtbot: QtBot, page: ResidentsPage, girl: Admitted) -> None:
    form = started(qtbot, page, girl)
    before(qtbot, form)
    begun_ = form.half_hour.isActive()
    form.half_hour.timeout.emit()
    assert (begun_, "30 minutes" in form.hint.sentence.text(), form.hint.isVisible()) == (True, True, True)


def test_an_interview_of_a_child_is_led_to_its_end(
    qtbot: QtBot, page: ResidentsPage, desk: Desk, girl: Admitted
) -> None:
    form = started(qtbot, page, girl)
    agreed(qtbot, form)
    go_on(qtbot)
    type_in(qtbot, "o")
    go_on(qtbot)
    type_in(qtbot, "d", "d", "d", "d", "o")
    for _ in range(4):
        go_on(qtbot)
    one = kept(desk, girl)
    assert (one.state, one.is_child_variant, one.was_minor_at_facts) == ("termine", True, True)
    assert interviews.of_stay(desk, girl.stay).reading.proposal == "presumee"


def test_somebody_of_unknown_age_is_treated_as_a_child(
    qtbot: QtBot, page: ResidentsPage, desk: Desk, woman: Admitted
) -> None:
    person = residents.record(desk, woman.person).person
    residents.correct(desk, replace(person, birth=Birth()))
    form = started(qtbot, page, woman)
    assert (form.is_child, form.reading.marks["means"].text()) == (True, "pas vu")


# What the person sees -------------------------------------------------------------------------------------------------


def test_nothing_of_others_and_no_alert_stands_beside_an_interview(
    qtbot: QtBot, page: ResidentsPage, woman: Admitted
) -> None:
    form = started(qtbot, page, woman)
    during = (page.people.isVisible(), page.record.head.isVisible())
    form.leave()
    assert (during, page.people.isVisible(), page.record.head.isVisible()) == ((False, False), True, True)


@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize("who", ["woman", "girl"])
def test_no_stage_is_wider_than_an_office_screen(
    qtbot: QtBot, page: ResidentsPage, request: pytest.FixtureRequest, qapp: QApplication, who: str, scale: float
) -> None:
    person = request.getfixturevalue(who)
    theme.wear(qapp, scale=scale)
    try:
        page.open_record(person.person)
        page.record.open_form("interview")
        form = opened(page)
        inner = {stage: form.page(stage).widget() for stage in form.stages}
        wide = {stage: one.minimumSizeHint().width() for stage, one in inner.items() if one is not None}
        beside = form.minimumSizeHint().width() - form.faces.minimumSizeHint().width()
        room = OFFICE - tokens.wide(RAIL) - beside
    finally:
        theme.wear(qapp)
    assert {stage: wide.get(stage, OFFICE) for stage in form.stages if wide.get(stage, OFFICE) > room} == {}
