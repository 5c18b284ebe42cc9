"""The tab of the screening, and the decision on the status."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from shelter_desk.domain.errors import NotAllowed
from shelter_desk.domain.ids import VictimStatusId
from shelter_desk.domain.rights import Role
from shelter_desk.domain.stays.stays import VictimStatus
from shelter_desk.operations.casefile import interviews
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import residents, sealed_access
from shelter_desk.operations.stays import victim_statuses
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.system import clock
from shelter_desk.ui.residents.casefile.status_form import StatusForm
from shelter_desk.ui.residents.interviewing.interview_form import InterviewForm
from shelter_desk.ui.residents.page import ResidentsPage
from shelter_desk.ui.residents.record.record import RecordView
from shelter_desk.ui.window import Window
from tests.operations.interview_scene import begun, finished
from tests.ui.residents.interview_scene import (
    DOWN,
    OTHER,
    SPACE,
    desk,
    folder,
    go_on,
    page,
    screening,
    tab_to,
    tick,
    window,
    woman,
)
from tests.ui.window.windows import type_in, unlock

__all__ = ["desk", "folder", "page", "window", "woman"]


# The tab and the decision ---------------------------------------------------------------------------------------------


def test_a_decision_is_recorded_by_keyboard(qtbot: QtBot, page: ResidentsPage, desk: Desk, woman: Admitted) -> None:
    tab = screening(page, woman.person)
    tab.decide_button.setFocus()
    type_in(qtbot, SPACE)
    form = page.record.form
    assert isinstance(form, StatusForm)
    type_in(qtbot, DOWN, DOWN, DOWN, DOWN)
    tab_to(qtbot, form.by)
    type_in(qtbot, DOWN, DOWN)
    tab_to(qtbot, form.decider)
    type_in(qtbot, "Juge des enfants")
    tick(qtbot, form.practices.boxes["esclavage"])
    tab_to(qtbot, form.reason)
    type_in(qtbot, "Jugement du tribunal.")
    go_on(qtbot)
    (one,) = residents.record(desk, woman.person).stays[0].statuses
    assert (one.victim_status, one.status_decided_by, one.status_decider) == (
        "identifiee",
        "justice",
        "Juge des enfants",
    )
    assert (one.assimilated_practices, one.review_on) == (("esclavage",), None)
    sealed_access.say(desk, woman.code, "suivi")
    assert victim_statuses.reason(desk, woman.stay, one.id) == "Jugement du tribunal."


def test_a_presumption_is_looked_at_again_in_thirty_days_unless_said(
    qtbot: QtBot, page: ResidentsPage, desk: Desk, woman: Admitted
) -> None:
    screening(page, woman.person)
    page.record.open_form("status")
    type_in(qtbot, DOWN, DOWN, DOWN)
    go_on(qtbot)
    (one,) = residents.record(desk, woman.person).stays[0].statuses
    assert (one.victim_status, one.review_on) == ("presumee", clock.today() + timedelta(days=30))


def test_a_decision_of_before_the_admission_is_warned_of(page: ResidentsPage, woman: Admitted) -> None:
    screening(page, woman.person)
    page.record.open_form("status")
    form = page.record.form
    assert isinstance(form, StatusForm)
    form.day.set_day(clock.today() - timedelta(days=90))
    assert form.day.state() == "attention"


def test_the_form_begins_with_what_the_interviews_say(page: ResidentsPage, desk: Desk, woman: Admitted) -> None:
    finished(desk, woman.stay, exploitation_forms=("trav_atelier",), assimilated_practices=("esclavage",))
    screening(page, woman.person)
    page.record.open_form("status")
    form = page.record.form
    assert isinstance(form, StatusForm)
    assert (form.forms.values(), form.practices.values()) == (("trav_atelier",), ("esclavage",))
    assert "Vous décidez" in form.reading.text()


def test_a_presumption_past_its_day_is_told_on_the_tab(page: ResidentsPage, desk: Desk, woman: Admitted) -> None:
    on = clock.today() - timedelta(days=40)
    presumed = VictimStatus(VictimStatusId(0), woman.stay, "presumee", on)
    victim_statuses.decide(desk, replace(presumed, review_on=on + timedelta(days=10)))
    status = screening(page, woman.person).status
    assert status is not None
    assert "à revoir" in status.alerts[0].sentence.text()


def test_summary_and_reason_are_shown_on_demand_alone(
    qtbot: QtBot, page: ResidentsPage, desk: Desk, woman: Admitted
) -> None:
    one = begun(desk, woman.stay)
    interviews.finish(desk, one, "Dit avoir fait deux ans sans salaire.")
    line = screening(page, woman.person).lines[one.id]
    hidden = line.summary.isVisible()
    line.read_button.setFocus()
    type_in(qtbot, SPACE)
    assert (hidden, line.summary.text()) == (False, "Dit avoir fait deux ans sans salaire.")


def test_a_storekeeper_has_neither_the_page_nor_the_form(
    qtbot: QtBot, window: Window, folder: Path, page: ResidentsPage, desk: Desk, woman: Admitted
) -> None:
    record = residents.record(desk, woman.person)
    window.lock()
    unlock(qtbot, window, folder, "Agent S", OTHER)
    assert window.desk is not None
    entries = list(window.frame.rail.entries) if window.frame is not None else []
    with pytest.raises(NotAllowed):
        InterviewForm(window.desk, record, record.stays[0])
    assert "residents" not in entries


def test_the_night_reception_sees_a_record_without_the_tab(qtbot: QtBot, desk: Desk) -> None:
    desk.role = Role.RECEPTION
    record = RecordView(desk)
    qtbot.addWidget(record)
    tabs = record.head.tabs
    assert "screening" not in [tabs.tabData(at) for at in range(tabs.count())]


def test_the_decision_stands_there_in_the_terms_of_htcds_and_is_copied_as_a_table(
    qtbot: QtBot, page: ResidentsPage, desk: Desk, woman: Admitted
) -> None:
    before = screening(page, woman.person).htcds
    decided = VictimStatus(VictimStatusId(0), woman.stay, "presumee", clock.today())
    later = clock.today() + timedelta(days=30)
    victim_statuses.decide(desk, replace(decided, review_on=later, exploitation_forms=("sex_distance",)))
    card = screening(page, woman.person).htcds
    assert (before, card is not None) == (None, True)
    assert card is not None
    card.copy_button.setFocus()
    type_in(qtbot, SPACE)
    names, values = QGuiApplication.clipboard().text().split("\n")
    assert names.split("\t") == list(card.fields)
    assert (names.split("\t")[0], values.split("\t")[0]) == ("TraffickingStatus", card.fields["TraffickingStatus"][0])
    assert woman.code not in QGuiApplication.clipboard().text()


def test_the_terms_credit_the_standard_and_claim_nobodys_support(
    page: ResidentsPage, desk: Desk, woman: Admitted
) -> None:
    decided = VictimStatus(VictimStatusId(0), woman.stay, "presumee", clock.today())
    victim_statuses.decide(desk, replace(decided, review_on=clock.today() + timedelta(days=30)))
    card = screening(page, woman.person).htcds
    assert card is not None
    told = " ".join(one.text() for one in card.findChildren(QLabel))
    assert [word for word in ("HTCDS 2.0", "CC BY 4.0", "ne cautionne pas") if word not in told] == []
