"""A fact of a closed month is asked why it comes late: once, in its form, and only there."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from shelter_desk.domain.assistance.assistance import Service
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.ids import ServiceId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.refusals import NeedsLateReason
from shelter_desk.operations.assistance import assistance
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import closing
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays import absences, roll_call, stays
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.storage.file import journal
from shelter_desk.ui import taking_out, tasks
from shelter_desk.ui.assistance.sheet_part import SheetPart
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.forms.late_reason import asking_late
from shelter_desk.ui.forms.watched_text import is_watched
from shelter_desk.ui.page import Messages, Told
from shelter_desk.ui.residents.acts.presence_forms import AbsenceForm
from shelter_desk.ui.residents.record.services_tab import ServicesTab
from shelter_desk.ui.today.catch_up.catch_up import CatchUp
from shelter_desk.ui.today.catch_up.person_lines import AbsenceLine, ReturnLine
from shelter_desk.ui.today.page import TodayPage
from shelter_desk.ui.today.roll_call.roll_call import RollCallView
from shelter_desk.ui.widgets.ask import Question, answer_with
from shelter_desk.ui.widgets.message_bar import MessageBar
from shelter_desk.words.refusals.errors import sentence
from tests.operations.shelter import admit, open_small_shelter
from tests.ui.window.windows import show_active


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Two women for a hundred days; the month that is over is closed."""
    opened = open_small_shelter(tmp_path / "shelter")
    for code in ("1A", "1B"):
        admit(opened, code, days=100)
    closing.close(opened, month(opened), lambda _: "sans_objet")
    yield opened
    tasks.finish()
    opened.close()


def month(desk: Desk) -> Period:
    return Period(desk.today(), desk.today()).month_before


def day(desk: Desk) -> date:
    return month(desk).first + timedelta(days=14)


def late(desk: Desk) -> list[str]:
    """Why what was written about closed months came late."""
    with desk.reading() as connection:
        told = [one.known.get("late_reason") for one in journal.lines(connection)]
    return [one for one in told if one]


def away(qtbot: QtBot, desk: Desk, one: Admitted | None = None) -> AbsenceForm:
    listed = residents.listed(desk, "here")[0]
    record = residents.record(desk, listed.person.id)
    form = AbsenceForm(desk, record, record.stays[0])
    qtbot.addWidget(form)
    form.resize(900, 700)
    show_active(qtbot, form)
    form.begin()
    form.why.choose("hopital")
    return form


def test_a_form_asks_once_why_and_writes_with_the_reason(qtbot: QtBot, desk: Desk) -> None:
    form = away(qtbot, desk)
    form.night.set_day(day(desk))
    form.go()
    assert form.late_reason.isVisible()
    told = sentence(NeedsLateReason((month(desk),)))
    assert told.endswith("Choisissez le motif du retard.")
    assert form.late_reason.told.text() == told
    assert form.late_reason.reason is not None
    assert form.focusWidget() is form.late_reason.reason.combo
    qtbot.keyClick(form.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert form.late_reason.reason.message() == "Choisissez le motif du retard."
    assert late(desk) == []
    qtbot.keyClick(form.late_reason.reason.combo, Qt.Key.Key_Down)
    qtbot.keyClick(form.late_reason.reason.combo, Qt.Key.Key_Tab)
    qtbot.keyClicks(form.focusWidget(), "cahier du soir")
    with qtbot.waitSignal(form.acted):
        qtbot.keyClick(form.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert late(desk) == ["saisie_tardive: cahier du soir"]


def test_words_of_ones_own_are_asked_for_where_no_reason_fits(qtbot: QtBot, desk: Desk) -> None:
    form = away(qtbot, desk)
    form.night.set_day(day(desk))
    form.go()
    reason, more = form.late_reason.reason, form.late_reason.more
    assert reason is not None
    assert more is not None
    reason.choose("autre")
    form.go()
    assert (more.state(), late(desk)) == ("blocked", [])
    more.set_text("panne de courant")
    form.go()
    assert late(desk) == ["panne de courant"]


def test_what_is_of_this_month_is_not_asked(qtbot: QtBot, desk: Desk) -> None:
    form = away(qtbot, desk)
    form.night.set_day(month(desk).month_after.first)
    with qtbot.waitSignal(form.acted):
        form.go()
    assert (form.late_reason.isVisible(), late(desk)) == (False, [])


def absence(catch_up: CatchUp, who: int, on: date) -> AbsenceLine:
    line = catch_up.add("absence")
    assert isinstance(line, AbsenceLine)
    line.person.choose(list(line.present)[who])
    line.why.choose("hopital")
    line.night.set_day(on)
    return line


def test_in_catch_up_the_reason_is_said_once_a_day(qtbot: QtBot, desk: Desk) -> None:
    page = TodayPage(desk)
    qtbot.addWidget(page)
    show_active(qtbot, page)
    page.overview.catch_up_button.click()
    catch_up = page.catch_up
    assert catch_up is not None
    waiting = absence(catch_up, 1, day(desk))
    first = absence(catch_up, 0, day(desk))
    first.go()
    assert (first.done, first.late_reason.isVisible()) == (None, True)
    assert first.late_reason.reason is not None
    first.late_reason.reason.choose("saisie_tardive")
    first.go()
    waiting.go()  # open before it was said
    back = catch_up.add("return")
    assert isinstance(back, ReturnLine)
    assert (first.badge.text(), waiting.badge.text(), back.late_reason.said()) == ("Gardé", "Gardé", "saisie_tardive")
    assert late(desk) == ["saisie_tardive"] * 2


def test_a_roll_that_is_called_late_for_a_closed_month_is_asked(qtbot: QtBot, desk: Desk) -> None:
    view = RollCallView(desk)
    qtbot.addWidget(view)
    show_active(qtbot, view)
    view.begin(day(desk))
    for _ in range(2):
        qtbot.keyClicks(view.list, "p")
    view.keep()
    assert view.late_reason.isVisible()
    assert view.late_reason.reason is not None
    view.late_reason.reason.choose("erreur")
    view.keep()
    assert late(desk) == ["erreur"]
    assert roll_call.sheet(desk, day(desk)).before is not None
    view.call_again()
    assert not view.late_reason.isVisible()


def test_an_act_of_one_button_asks_in_a_question(qtbot: QtBot, desk: Desk) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    stay = residents.listed(desk, "here")[0].stay
    assert stay is not None
    act = partial(stays.void, desk, stay.id, "doublon")
    answer_with(lambda _: None)
    with pytest.raises(NeedsLateReason):
        asking_late(parent, desk, act)
    assert late(desk) == []
    answer_with(lambda question: "écrit deux fois" if question.field is not None else None)
    asking_late(parent, desk, act)
    assert late(desk) == ["écrit deux fois"]


def given_long_ago(desk: Desk) -> Service:
    """A consultation of the closed month that somebody typed then."""
    stay = residents.listed(desk, "here")[0].stay
    assert stay is not None
    with desk.because_late("saisie_tardive"):
        assistance.give(desk, [Service(ServiceId(0), "", day(desk), stay.id, "san_consult")])
    with desk.database.transaction(Changes()) as connection:
        connection.exec_driver_sql("UPDATE services SET recorded_at = '2026-01-01T10:00'")
    return assistance.of_stays(desk, [stay.id])[stay.id][0]


def taken_out(desk: Desk) -> dict[str, object]:
    with desk.reading() as connection:
        return next(one.known for one in journal.lines(connection) if one.action == "take_out_service")


@pytest.mark.parametrize("where", ["record", "sheet"])
def test_why_a_service_is_taken_out_is_not_why_that_comes_late(qtbot: QtBot, desk: Desk, where: str) -> None:
    service = given_long_ago(desk)
    tab, sheet = ServicesTab(desk, residents.record(desk, residents.listed(desk, "here")[0].person.id)), SheetPart(desk)
    qtbot.addWidget(tab)
    qtbot.addWidget(sheet)
    asked: list[str] = []

    def answer(question: Question) -> str:
        asked.append(question.windowTitle())
        return "erreur de saisie" if len(asked) == 2 else "une autre personne"

    answer_with(answer)
    if where == "record":
        tab.lines[service.id]["take_out"].click()
    else:
        sheet.days.go_to(service.service_on)
        sheet.refresh()
        row = next(at for at, line in enumerate(sheet.rows.lines) if line.stay.id == service.stay)
        sheet.toggle(row, next(at for at, kind in enumerate(sheet.rows.kinds) if kind.code == service.service_type))
    known = taken_out(desk)
    assert (len(asked), known["reason"], known["late_reason"]) == (2, "une autre personne", "erreur de saisie")


@pytest.mark.parametrize("act", ["take_out", "late"])
def test_words_that_a_question_asks_for_are_watched(qtbot: QtBot, desk: Desk, act: str) -> None:
    service, parent = given_long_ago(desk), QWidget()
    qtbot.addWidget(parent)
    watched: list[list[bool]] = []

    def answer(question: Question) -> None:
        watched.append([is_watched(one) and one.open_words for one in question.findChildren(LineField)])

    answer_with(answer)
    if act == "take_out":
        assert taking_out.reason_of(parent, desk, service, "Consultation") is None
    else:
        with pytest.raises(NeedsLateReason):
            asking_late(parent, desk, partial(stays.void, desk, service.stay, "doublon"))
    assert watched == [[True]]


def test_what_was_done_before_the_closing_is_undone_for_a_reason(qtbot: QtBot, tmp_path: Path) -> None:
    with open_small_shelter(tmp_path / "open") as desk:
        admit(desk, "1A", days=100)
        listed = residents.listed(desk, "here")[0]
        assert listed.stay is not None
        done = absences.be_away(desk, listed.stay.id, "hopital", day(desk), day(desk) + timedelta(days=2))
        bar = MessageBar()
        qtbot.addWidget(bar)
        messages = Messages(desk, bar)
        messages.tell(Told("ok", "Absence inscrite", done))
        closing.close(desk, month(desk), lambda _: "sans_objet")
        answer_with(lambda _: "Doublon")
        bar.verb.click()
        assert late(desk) == ["Doublon"]
        assert residents.record(desk, listed.person.id).stays[0].absences == ()
        tasks.finish()
