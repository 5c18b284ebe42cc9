"""Acts saved by keys alone, to the line in the file: a service, an incoming referral, steps, absence, return."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelter_desk.operations.assistance import assistance as services
from shelter_desk.operations.assistance import referrals
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import residents as files
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.system import clock
from shelter_desk.ui.assistance.page import AssistancePage
from shelter_desk.ui.assistance.referrals_part import ReferralsPart
from shelter_desk.ui.residents.acts.presence_forms import AbsenceForm, ReturnForm
from shelter_desk.ui.residents.acts.referral_form import ReferralForm
from shelter_desk.ui.residents.acts.service_form import ServiceForm
from shelter_desk.ui.residents.page import ResidentsPage
from tests.operations.referral_scene import CLINIC
from tests.ui.assistance.referrals_scene import assistance, choose, desk, issued, resident, residents_page, state
from tests.ui.window.windows import focused, type_in

__all__ = ["assistance", "desk", "resident", "residents_page"]
ENTER, SPACE, CONTROL = Qt.Key.Key_Return, Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier


def form_of(page: ResidentsPage, someone: Admitted, name: str) -> object:
    page.open_record(someone.person)
    page.record.open_form(name)
    return page.record.form


def save(qtbot: QtBot) -> None:
    qtbot.keyClick(focused(), ENTER, CONTROL)


def test_a_service_is_written_on_the_record(
    residents_page: ResidentsPage, desk: Desk, resident: Admitted, qtbot: QtBot
) -> None:
    form = form_of(residents_page, resident, "service")
    assert isinstance(form, ServiceForm)
    choose(qtbot, form.kind, "consultation medicale")
    save(qtbot)
    (written,) = [one for ones in services.of_stays(desk, [resident.stay]).values() for one in ones]
    told = (written.service_type, written.status, written.service_on, residents_page.record.form)
    assert told == ("san_consult", "fait", clock.today(), None)


def test_an_incoming_referral_is_written(
    residents_page: ResidentsPage, desk: Desk, resident: Admitted, qtbot: QtBot
) -> None:
    form = form_of(residents_page, resident, "referral")
    assert isinstance(form, ReferralForm)
    choose(qtbot, form.direction, "recu")
    choose(qtbot, form.partner, "centre")
    form.services.setFocus()
    type_in(qtbot, SPACE)
    choose(qtbot, form.reason, "besoin")
    save(qtbot)
    (made,) = referrals.of(desk, resident.person)
    one = made.referral
    assert (one.direction, one.state, one.partner, one.issued_on) == ("entrante", "emise", CLINIC, clock.today())


@pytest.mark.parametrize("to", ["service_recu", "refusee_structure", "refusee_personne", "sans_suite"])
def test_a_step_is_done_on_the_board(
    assistance: AssistancePage, desk: Desk, resident: Admitted, qtbot: QtBot, to: str
) -> None:
    key = issued(desk, resident)
    if to == "service_recu":
        referrals.advance(desk, key, "acceptee", clock.today())
    assistance.open("referrals")
    face = assistance.face
    assert isinstance(face, ReferralsPart)
    assistance.setFocus()
    face.set_first()
    type_in(qtbot, ENTER)  # the row: its panel
    assert face.view is not None
    face.view.buttons[to].setFocus()
    type_in(qtbot, ENTER)  # the step: its form, the focus on the day
    type_in(qtbot, ENTER)
    assert state(desk, key) == to


def test_an_absence_and_the_return_are_written(
    residents_page: ResidentsPage, desk: Desk, resident: Admitted, qtbot: QtBot
) -> None:
    form = form_of(residents_page, resident, "absence")
    assert isinstance(form, AbsenceForm)
    choose(qtbot, form.why, "hospitalisation")
    form.night.set_day(clock.today() - timedelta(days=2))
    save(qtbot)
    (away,) = files.record(desk, resident.person).stays[0].absences
    form = form_of(residents_page, resident, "return")
    assert isinstance(form, ReturnForm)
    save(qtbot)
    (back,) = files.record(desk, resident.person).stays[0].absences
    first = clock.today() - timedelta(days=2)
    assert (away.absence_type, away.start.date(), away.end) == ("hopital", first, None)
    assert back.end is not None
    assert back.end.date() == clock.today()
