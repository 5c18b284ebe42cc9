"""Whichever door leads to it, an exit asks for what is lent and deposited, and believes the roll calls."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from shelter_desk.domain.ids import StayId
from shelter_desk.domain.stays.roll_call import DISAPPEARED, RollCallDone, night_in_progress
from shelter_desk.domain.stock.vouchers import AskedLine
from shelter_desk.operations import drafts
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays import exits, roll_call
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.operations.stock import stock
from shelter_desk.ui.beds.bed_views import FreeFace
from shelter_desk.ui.beds.openings import ResidentFace
from shelter_desk.ui.beds.page import BedsPage
from shelter_desk.ui.exits.exit_form import ExitForm
from shelter_desk.ui.exits.exit_more import ChildHandover
from shelter_desk.ui.residents.page import ResidentsPage
from shelter_desk.ui.today.catch_up.person_lines import ExitLine
from shelter_desk.ui.today.roll_call.roll_call_difference import DifferenceLine
from tests.operations import store_scene as scene
from tests.operations.minor_scene import alone
from tests.operations.shelter import admit, bed
from tests.operations.stock_desk import given
from tests.ui.beds.beds_scene import face_of, key, press, tile
from tests.ui.today.today_scene import catching_up, desk, open_page
from tests.ui.window.windows import show_active

__all__ = ["desk"]


@pytest.fixture
def plan(qtbot: QtBot, desk: Desk) -> BedsPage:
    page = BedsPage(desk)
    page.resize(1270, 696)
    qtbot.addWidget(page)
    show_active(qtbot, page)
    return page


def with_things(desk: Desk) -> Admitted:
    """A resident with a blanket of the store and a deposit."""
    one, blanket = admit(desk, "1A", days=9), scene.blanket(desk)
    scene.came(desk, blanket, 4_000, scene.ago(9))
    given(desk, one.stay, AskedLine(blanket, 1_000, lent=True))
    exits.deposit(desk, one.stay, desk.today(), "un téléphone")
    return one


def unseen_since(desk: Desk, stay: StayId, nights: int) -> date:
    """Called present until that many nights ago, absent since; the first night not seen."""
    first = desk.today() - timedelta(days=nights)
    for n in range(-2, nights):
        called = RollCallDone(stay, "" if n < 0 else "injustifiee")
        roll_call.call(desk, first + timedelta(days=n), [called])
    return first


def is_here(desk: Desk, one: Admitted) -> bool:
    return residents.record(desk, one.person).stays[0].stay.exited_at is None


def from_plan(page: BedsPage, desk: Desk, at: str = "1A") -> ExitForm:
    page.refresh()
    page.plan.go_to(key(desk, at))
    press(page, Qt.Key.Key_S)
    assert page.leaving.form is not None
    return page.leaving.form


def disappears(form: ExitForm) -> ExitForm:
    form.reason.choose(DISAPPEARED)
    form.reason.chosen.emit(DISAPPEARED)
    return form


# What is lent and deposited ------------------------------------------------------------------------------------------


def test_the_exit_on_the_plan_waits_for_what_is_lent_and_hands_back_what_is_deposited(
    desk: Desk, plan: BedsPage
) -> None:
    one = with_things(desk)
    form = from_plan(plan, desk)
    form.reason.choose("autonomie")
    form.verb.click()
    (row,) = form.back.lent.rows
    assert form.title.text() == f"Sortie de {one.code}, lit 1A"
    refused = (row.end.state(), form.back.deposits.kept.isVisible(), is_here(desk, one))
    row.end.choose("back")
    form.back.deposits.ticks[0][1].setChecked(True)
    form.verb.click()
    (kept,) = exits.of(desk, one.person).belongings[one.stay]
    assert (refused, is_here(desk, one)) == (("blocked", True, True), False)
    assert (stock.loans(desk), kept.returned_on) == ((), desk.today())


def test_after_an_exit_the_plan_is_there_again_with_the_bed_that_is_free(desk: Desk, plan: BedsPage) -> None:
    admit(desk, "1A")
    form = from_plan(plan, desk)
    form.reason.choose("autonomie")
    form.verb.click()
    assert (plan.leaving.form, plan.plan.isVisible(), plan.chosen) == (None, True, key(desk, "1A"))
    assert (tile(plan, "1A").look.state, type(plan.panel.face)) == ("chosen", FreeFace)


def test_an_exit_left_on_the_plan_is_there_again_on_the_record(qtbot: QtBot, desk: Desk, plan: BedsPage) -> None:
    one = admit(desk, "1A")
    form = from_plan(plan, desk)
    form.reason.choose("autonomie")
    QTest.keyClick(form.day.line, Qt.Key.Key_Escape)
    left = (plan.leaving.form, plan.plan.isVisible())
    again = from_plan(plan, desk).reason.value()
    (draft,) = drafts.mine(desk)
    assert (left, again, draft.form) == ((None, True), "autonomie", f"residents/exit/{one.code}")


def test_a_plan_asked_for_another_bed_keeps_the_exit_that_is_typed(desk: Desk, plan: BedsPage) -> None:
    one = admit(desk, "1A")
    form = from_plan(plan, desk)
    form.reason.choose("autonomie")
    plan.show_bed(bed(desk, "1B").id)
    assert (plan.leaving.form, plan.chosen) == (None, key(desk, "1B"))
    assert [draft.form for draft in drafts.mine(desk)] == [f"residents/exit/{one.code}"]


def test_a_child_does_not_take_its_mother_along(desk: Desk, plan: BedsPage) -> None:
    mother = admit(desk, "4A")
    admit(desk, "4B", age=6, head=mother.stay)
    ticks = {"4A": from_plan(plan, desk, "4A").family[0][2].isChecked()}
    plan.leaving.leave()
    ticks["4B"] = from_plan(plan, desk, "4B").family[0][2].isChecked()
    assert ticks == {"4A": True, "4B": False}


def test_the_deposit_of_a_child_who_leaves_too_is_asked(desk: Desk, plan: BedsPage) -> None:
    mother = admit(desk, "4A")
    child = admit(desk, "4B", age=6, head=mother.stay)
    exits.deposit(desk, child.stay, desk.today(), "une montre")
    form = from_plan(plan, desk, "4A")
    form.reason.choose("autonomie")
    (_, tick, _), asked = form.back.deposits.ticks[0], form.back.deposits.isVisible()
    form.family[0][2].setChecked(False)
    alone = form.back.deposits.isVisible()
    form.family[0][2].setChecked(True)
    tick.setChecked(True)
    form.verb.click()
    (kept,) = exits.of(desk, child.person).belongings[child.stay]
    assert (asked, tick.text().startswith(child.code), alone, kept.returned_on) == (True, True, False, desk.today())


def test_a_line_of_an_exit_waits_for_what_is_lent_and_hands_back_what_is_deposited(qtbot: QtBot, desk: Desk) -> None:
    one = with_things(desk)
    line = catching_up(open_page(qtbot, desk)).add("exit")
    assert isinstance(line, ExitLine)
    line.take(one.stay, desk.today())
    line.why.choose("fin_sejour")
    line.go()
    refused = (line.badge.text(), line.back.lent.rows[0].end.state(), is_here(desk, one))
    line.back.lent.rows[0].end.choose("back")
    line.back.deposits.ticks[0][1].setChecked(True)
    line.go()
    (kept,) = exits.of(desk, one.person).belongings[one.stay]
    assert (refused, is_here(desk, one)) == (("Refusé", "blocked", True), False)
    assert (stock.loans(desk), kept.returned_on) == ((), desk.today())


def test_what_a_line_was_told_of_a_loan_survives_a_lock(qtbot: QtBot, desk: Desk) -> None:
    one = with_things(desk)
    page = catching_up(open_page(qtbot, desk))
    line = page.add("exit")
    assert isinstance(line, ExitLine)
    line.take(one.stay, desk.today())
    line.back.lent.rows[0].end.choose("lost")
    line.back.lent.rows[0].why.set_text("perdue au marché")
    values = page.drafting._form.values()
    line.drop_button.click()
    page.drafting._form.fill(values)
    (again,) = page.lines
    assert isinstance(again, ExitLine)
    (row,) = again.back.lent.rows
    assert (row.end.value(), row.why.text(), row.why.isHidden()) == ("lost", "perdue au marché", False)


def choose(line: ExitLine, reason: str) -> None:
    """As a click in the list of reasons does."""
    line.why.choose(reason)
    line.why.chosen.emit(reason)


def handover(line: ExitLine) -> ChildHandover:
    (asked,) = [one for one in line.findChildren(ChildHandover) if one.isVisibleTo(line)]
    return asked


def test_a_line_of_an_exit_asks_for_the_decision_of_a_child_alone_in_place(qtbot: QtBot, desk: Desk) -> None:
    child = alone(desk)
    line = catching_up(open_page(qtbot, desk)).add("exit")
    assert isinstance(line, ExitLine)
    line.take(child.stay, desk.today())
    choose(line, "fin_sejour")
    unasked = [one for one in line.findChildren(ChildHandover) if one.isVisibleTo(line)]
    choose(line, "reunification")
    asked = handover(line)
    line.go()
    first = (line.badge.text(), asked.decision.state(), line.refusal.isHidden())
    asked.decision.choose("court")
    asked.reference.set_text("Ord. 12/2026")
    line.go()
    second = asked.name.state()
    asked.name.set_text("Mariam K.")
    asked.relation.choose("mere")
    asked.identity.box.setChecked(True)
    line.go()
    assert (unasked, first, second) == ([], ("Refusé", "blocked", True), "blocked")
    kept = exits.of(desk, child.person).exits[child.stay]
    assert (kept.child_decision_ref, kept.handed_relation, kept.identity_checked) == ("Ord. 12/2026", "mere", True)
    assert (is_here(desk, child), child.stay in exits.of(desk, child.person).handed) == (False, True)


def test_what_a_line_was_told_of_a_child_alone_survives_a_lock(qtbot: QtBot, desk: Desk) -> None:
    child = alone(desk)
    page = catching_up(open_page(qtbot, desk))
    line = page.add("exit")
    assert isinstance(line, ExitLine)
    line.take(child.stay, desk.today())
    choose(line, "reunification")
    handover(line).decision.choose("court")
    handover(line).reference.set_text("Ord. 12/2026")
    values = page.drafting._form.values()
    line.drop_button.click()
    page.drafting._form.fill(values)
    (again,) = page.lines
    assert isinstance(again, ExitLine)
    asked = handover(again)
    assert (asked.decision.value(), asked.reference.text(), asked.reference.isHidden()) == (
        "court",
        "Ord. 12/2026",
        False,
    )


def test_a_disappearance_settled_after_a_call_waits_for_what_is_lent(qtbot: QtBot, desk: Desk) -> None:
    one = with_things(desk)
    night = night_in_progress(desk.now())
    roll_call.call(desk, night, [RollCallDone(one.stay, "injustifiee")])
    (found,) = roll_call.differences(desk, night)
    line = DifferenceLine(desk, found)
    qtbot.addWidget(line)
    line.show()
    line.ask_exit()
    assert line.back is not None
    assert line.day is not None
    line.day.set_day(desk.today())
    line.buttons["leave"].click()
    (row,) = line.back.lent.rows
    refused = (row.end.state(), line.back.deposits.kept.isVisible(), is_here(desk, one))
    row.end.choose("out")
    row.show_why()
    row.why.set_text("partie avec")
    line.buttons["leave"].click()
    assert (refused, is_here(desk, one)) == (("blocked", True, True), False)
    assert [one.note for one in stock.loans(desk)] == ["partie avec"]


# A disappearance -----------------------------------------------------------------------------------------------------


def test_a_disappearance_is_proposed_after_the_last_night_seen_and_says_since_when(desk: Desk, plan: BedsPage) -> None:
    first = unseen_since(desk, admit(desk, "1A").stay, 4)
    form = disappears(from_plan(plan, desk))
    told = f"Absence aux appels depuis le {first:%d/%m/%Y}."
    assert (form.day.day(), form.hour.clock(), form.unseen.text()) == (first, None, told)
    assert form.unseen.isVisible()


def test_another_reason_takes_the_day_of_a_disappearance_back(desk: Desk, plan: BedsPage) -> None:
    unseen_since(desk, admit(desk, "1A").stay, 4)
    form = disappears(from_plan(plan, desk))
    form.reason.choose("autonomie")
    form.reason.chosen.emit("autonomie")
    assert (form.day.day(), form.unseen.isHidden()) == (desk.today(), True)


def test_a_day_that_was_typed_is_not_proposed_over(desk: Desk, plan: BedsPage) -> None:
    unseen_since(desk, admit(desk, "1A").stay, 4)
    form = from_plan(plan, desk)
    typed = desk.today() - timedelta(days=2)
    form.day.set_day(typed)
    assert disappears(form).day.day() == typed


def test_a_disappearance_on_the_record_is_proposed_after_the_last_night_seen(qtbot: QtBot, desk: Desk) -> None:
    one = admit(desk, "1A")
    first = unseen_since(desk, one.stay, 4)
    page = ResidentsPage(desk)
    qtbot.addWidget(page)
    page.open_record(one.person)
    page.record.open_form("exit")
    form = page.record.form
    assert isinstance(form, ExitForm)
    assert disappears(form).day.day() == first


def test_a_disappearance_typed_late_is_proposed_after_the_last_night_seen(qtbot: QtBot, desk: Desk) -> None:
    one = admit(desk, "1A")
    first = unseen_since(desk, one.stay, 4)
    line = catching_up(open_page(qtbot, desk)).add("exit")
    assert isinstance(line, ExitLine)
    line.take(one.stay, desk.today())
    line.why.choose(DISAPPEARED)
    line.why.chosen.emit(DISAPPEARED)
    told = f"Absence aux appels depuis le {first:%d/%m/%Y}."
    assert (line.at.day.day(), line.at.day.message(), line.destination.value()) == (first, told, "inconnue")


# A planned exit ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "told"), [(3, "prévue le {day}"), (-2, "prévue le {day}, date passée")])
def test_the_plan_says_the_day_of_a_planned_exit(desk: Desk, plan: BedsPage, days: int, told: str) -> None:
    one = admit(desk, "1A")
    record = residents.record(desk, one.person)
    expected = desk.today() + timedelta(days=days)
    residents.correct(desk, record.person, stay=replace(record.stays[0].stay, expected_exit=expected))
    plan.refresh()
    plan.open_panel(key(desk, "1A"))
    texts = [label.text() for label in face_of(plan, ResidentFace).findChildren(QLabel)]
    assert told.format(day=f"{expected:%d/%m/%Y}") in texts
