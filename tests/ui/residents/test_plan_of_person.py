"""The tab of the plan and its forms: typed by keys alone, one key for what is done, closed with a reason."""

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from shelter_desk.operations.assistance import assistance
from shelter_desk.operations.casefile import plans
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.drafts import find
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.system import clock
from shelter_desk.ui.page import Told
from shelter_desk.ui.residents.casefile.plan_form import PlanActionForm, PlanAgreeForm, PlanDoneForm, PlanForm
from shelter_desk.ui.residents.casefile.plan_tab import PlanTab
from shelter_desk.ui.widgets import ask
from shelter_desk.ui.window import Window
from shelter_desk.words import formats
from tests.operations.assessment_scene import line, plan
from tests.ui.residents.assessing_scene import desk, do_it, open_tab, record_of, resident, shown_tab, tab_to, window
from tests.ui.window.windows import focused, type_in, wait_for

__all__ = ["desk", "resident", "window"]
SECRET = "Rejoindre sa tante"


def plan_tab(qtbot: QtBot, window: Window, resident: Admitted) -> PlanTab:
    found = open_tab(qtbot, window, resident, "plan")
    assert isinstance(found, PlanTab)
    return found


def open_plan(window: Window, resident: Admitted, at: str = "") -> PlanForm:
    assert window.frame is not None
    window.frame.open_record(resident.person)
    record_of(window).open_form("plan", at)
    form = record_of(window).form
    assert isinstance(form, PlanForm)
    return form


def text_of(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if not label.isHidden())


def press(qtbot: QtBot, button: QWidget) -> None:
    tab_to(qtbot, button)
    type_in(qtbot, Qt.Key.Key_Return)


def test_a_plan_is_typed_by_keys_alone(qtbot: QtBot, window: Window, desk: Desk, resident: Admitted) -> None:
    tab = plan_tab(qtbot, window, resident)
    assert tab.empty.button is not None
    press(qtbot, tab.empty.button)
    form = record_of(window).form
    assert isinstance(form, PlanForm)
    type_in(qtbot, Qt.Key.Key_Space)
    tab_to(qtbot, form.wishes.area)
    type_in(qtbot, SECRET)
    first = form.lines.lines[0]
    tab_to(qtbot, first.domain)
    type_in(qtbot, "juridique", Qt.Key.Key_Tab)
    tab_to(qtbot, first.who)
    type_in(qtbot, Qt.Key.Key_Down)
    tab_to(qtbot, first.due)
    type_in(qtbot, formats.day(clock.today() + timedelta(days=4)))
    tab_to(qtbot, first.objective)
    type_in(qtbot, "Avoir des papiers")
    tab_to(qtbot, first.action)
    type_in(qtbot, "Demander un acte")
    do_it(qtbot)
    kept = plans.of(desk, resident.person)[0].plan
    one = kept.actions[0]
    assert (kept.made_with_person, plans.wishes(desk, kept.id)) == (True, SECRET)
    assert (one.domain, one.responsible, one.objective, one.action) == (
        "jur",
        "personne",
        "Avoir des papiers",
        "Demander un acte",
    )
    assert one.due_on == clock.today() + timedelta(days=4)


def test_lines_are_added_by_key_and_empty_ones_are_not_meant(
    qtbot: QtBot, window: Window, desk: Desk, resident: Admitted
) -> None:
    form = open_plan(window, resident)
    form.together.choose("oui")
    press(qtbot, form.lines.add_button)
    assert form.lines.lines[1].isAncestorOf(focused())
    form.go()
    assert plans.of(desk, resident.person)[0].plan.actions == ()


def test_what_a_line_lacks_is_said_in_that_line(window: Window, desk: Desk, resident: Admitted) -> None:
    form = open_plan(window, resident)
    form.together.choose("oui")
    form.lines.lines[0].objective.set_text("Avoir des papiers")
    form.go()
    assert form.lines.lines[0].due.state() == "blocked"
    assert plans.of(desk, resident.person) == ()


def test_a_plan_without_the_person_warns_and_asks_why(window: Window, resident: Admitted) -> None:
    form = open_plan(window, resident)
    form.together.segment("non").click()
    assert form.together_field.state() == "attention"
    assert form.wishes.label.text().startswith("Motif")


def test_a_revision_opens_the_open_plan_and_leaves_what_is_done_alone(
    window: Window, desk: Desk, resident: Admitted
) -> None:
    plans.make(desk, replace(plan(resident), actions=(line(), replace(line(), domain="jur"))), SECRET)
    done = plans.of(desk, resident.person)[0].plan.actions[0]
    plans.advance(desk, done.id, "fait", clock.today())
    form = open_plan(window, resident)
    assert (len(form.lines.lines), form.wishes.text()) == (1, SECRET)
    form.lines.lines[0].action.set_text("Appeler")
    form.go()
    kept = plans.of(desk, resident.person)[0].plan.actions
    assert {(one.action, one.state) for one in kept} == {("Prendre rendez-vous", "fait"), ("Appeler", "a_faire")}


def test_lines_typed_survive_as_a_draft(qtbot: QtBot, window: Window, desk: Desk, resident: Admitted) -> None:
    form = open_plan(window, resident)
    press(qtbot, form.lines.add_button)
    tab_to(qtbot, form.lines.lines[1].objective)
    type_in(qtbot, "Dormir")
    record = record_of(window)
    assert record.drafting is not None
    assert record.drafting.timer.isActive()
    record.close_form()
    draft = find(desk, f"residents/plan/{resident.code}")
    assert draft is not None
    record.resume("plan", draft)
    again = record.form
    assert isinstance(again, PlanForm)
    assert [one.objective.text() for one in again.lines.lines] == ["Dormir"]


def test_an_action_is_done_with_one_key_and_taken_back(
    qtbot: QtBot, window: Window, desk: Desk, resident: Admitted
) -> None:
    plans.make(desk, plan(resident))
    tab = plan_tab(qtbot, window, resident)
    told: list[Told] = []
    record_of(window).told.connect(told.append)
    action = next(iter(tab.lines.values()))
    press(qtbot, action.buttons["done"])
    done = plans.of(desk, resident.person)[0].plan.actions[0]
    assert told[-1].done is not None
    undo(desk, told[-1].done)
    again = plans.of(desk, resident.person)[0].plan.actions[0]
    assert (done.state, done.done_on, again.state) == ("fait", clock.today(), "a_faire")


def test_an_action_done_is_typed_by_keys_alone_with_its_service(
    qtbot: QtBot, window: Window, desk: Desk, resident: Admitted
) -> None:
    plans.make(desk, plan(resident))
    tab = plan_tab(qtbot, window, resident)
    press(qtbot, next(iter(tab.lines.values())).buttons["result"])
    form = record_of(window).form
    assert isinstance(form, PlanDoneForm)
    tab_to(qtbot, form.result)
    type_in(qtbot, "Revient lundi")
    tab_to(qtbot, form.counts)
    type_in(qtbot, Qt.Key.Key_Space)
    tab_to(qtbot, form.kind)
    type_in(qtbot, "soins inf", Qt.Key.Key_Tab)
    press(qtbot, form.verb)
    given = assistance.of_stays(desk, [resident.stay])[resident.stay]
    assert plans.of(desk, resident.person)[0].plan.actions[0].result == "Revient lundi"
    assert [one.service_type for one in given] == ["san_soins"]


def test_an_action_is_added_by_keys_alone(qtbot: QtBot, window: Window, desk: Desk, resident: Admitted) -> None:
    made = plans.make(desk, replace(plan(resident), actions=()))
    tab = plan_tab(qtbot, window, resident)
    press(qtbot, tab.buttons[made.plan, "add"])
    form = record_of(window).form
    assert isinstance(form, PlanActionForm)
    type_in(qtbot, "juridique", Qt.Key.Key_Tab)
    tab_to(qtbot, form.line.who)
    type_in(qtbot, Qt.Key.Key_Down, Qt.Key.Key_Down)
    tab_to(qtbot, form.line.due)
    type_in(qtbot, formats.day(clock.today()))
    tab_to(qtbot, form.line.objective)
    type_in(qtbot, "Dormir")
    tab_to(qtbot, form.line.action)
    type_in(qtbot, "Consulter")
    do_it(qtbot)
    kept = plans.of(desk, resident.person)[0].plan.actions[0]
    assert (kept.domain, kept.responsible_user) == ("jur", desk.user)
    assert (kept.objective, kept.action) == ("Dormir", "Consulter")


def test_an_agreement_is_typed_by_keys_alone(qtbot: QtBot, window: Window, desk: Desk, resident: Admitted) -> None:
    made = plans.make(desk, plan(resident))
    tab = plan_tab(qtbot, window, resident)
    press(qtbot, tab.buttons[made.plan, "agree"])
    assert isinstance(record_of(window).form, PlanAgreeForm)
    type_in(qtbot, Qt.Key.Key_Down, Qt.Key.Key_Down)
    do_it(qtbot)
    kept = plans.of(desk, resident.person)[0].plan
    assert (kept.agreed_on, kept.agreed_mode) == (clock.today(), "empreinte")


def test_a_plan_is_closed_with_a_reason(qtbot: QtBot, window: Window, desk: Desk, resident: Admitted) -> None:
    made = plans.make(desk, plan(resident))
    tab = plan_tab(qtbot, window, resident)
    ask.answer_with(lambda question: "Départ" if question.field is not None else None)
    try:
        press(qtbot, tab.buttons[made.plan, "close"])
    finally:
        ask.answer_with(None)
    assert plans.of(desk, resident.person)[0].plan.close_reason == "Départ"


def test_an_action_is_dropped_with_a_reason(qtbot: QtBot, window: Window, desk: Desk, resident: Admitted) -> None:
    plans.make(desk, plan(resident))
    tab = plan_tab(qtbot, window, resident)
    ask.answer_with(lambda _question: "N’en veut plus")
    try:
        press(qtbot, next(iter(tab.lines.values())).buttons["drop"])
    finally:
        ask.answer_with(None)
    assert plans.of(desk, resident.person)[0].plan.actions[0].state == "abandonne"


def test_an_action_is_begun_and_corrected_from_the_tab(
    qtbot: QtBot, window: Window, desk: Desk, resident: Admitted
) -> None:
    plans.make(desk, plan(resident))
    tab = plan_tab(qtbot, window, resident)
    press(qtbot, next(iter(tab.lines.values())).buttons["begin"])
    again = shown_tab(window)
    assert isinstance(again, PlanTab)
    press(qtbot, next(iter(again.lines.values())).buttons["change"])
    form = record_of(window).form
    assert isinstance(form, PlanActionForm)
    form.line.action.set_text("Appeler")
    do_it(qtbot)
    kept = plans.of(desk, resident.person)[0].plan.actions[0]
    assert (kept.state, kept.action) == ("en_cours", "Appeler")


def test_what_is_over_its_day_is_marked(qtbot: QtBot, window: Window, desk: Desk, resident: Admitted) -> None:
    plans.make(desk, plan(resident, 9, clock.today() - timedelta(days=3)))
    tab = plan_tab(qtbot, window, resident)
    assert "3 j de retard" in text_of(next(iter(tab.lines.values())))
    assert "1\xa0action en retard" in text_of(tab)


def test_wishes_are_shown_on_demand_and_the_journal_tells_so(
    qtbot: QtBot, window: Window, desk: Desk, resident: Admitted
) -> None:
    made = plans.make(desk, plan(resident), SECRET)
    tab = plan_tab(qtbot, window, resident)
    before = text_of(tab)
    press(qtbot, tab.buttons[made.plan, "wishes"])
    assert (SECRET in before, SECRET in text_of(tab)) == (False, True)
    assert residents.record(desk, resident.person).thread[0].action == "wishes_read"


def test_no_piece_of_tab_or_form_is_a_window_of_its_own(
    qtbot: QtBot, window: Window, desk: Desk, resident: Admitted
) -> None:
    plans.make(desk, plan(resident), SECRET)
    plan_tab(qtbot, window, resident)
    form = open_plan(window, resident)
    form.lines.add_one()
    wait_for(qtbot, lambda: not form.wishes.visibleRegion().isEmpty())
    assert [one for one in QApplication.topLevelWidgets() if one.isVisible()] == [window]


def test_tab_walks_line_by_line_and_then_to_the_button(qtbot: QtBot, window: Window, resident: Admitted) -> None:
    form = open_plan(window, resident)
    form.lines.add_one()
    first, second = form.lines.lines
    first.remove_button.setFocus()
    for target in (second.domain, second.who, second.due, second.objective, second.action):
        tab_to(qtbot, target)
        type_in(qtbot, Qt.Key.Key_Tab)
    tab_to(qtbot, form.lines.add_button)
    assert focused() is form.lines.add_button
