"""Every field of open words is watched for what does not belong there (R-34), in whatever form it stands."""

from datetime import datetime, time

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from shelter_desk import words
from shelter_desk.domain.assistance.appointments import Appointment
from shelter_desk.domain.assistance.referrals import Partner
from shelter_desk.domain.casefile.incidents import Incident, IncidentContent
from shelter_desk.domain.ids import AppointmentId, IncidentId, PartnerId
from shelter_desk.domain.residents.residents import Names
from shelter_desk.operations.assistance import appointments, partners, referrals
from shelter_desk.operations.casefile import incidents
from shelter_desk.operations.desk import Desk
from shelter_desk.system import clock
from shelter_desk.ui.assistance.activities_part import ActivityForm
from shelter_desk.ui.assistance.agenda_part import AppointmentForm
from shelter_desk.ui.assistance.incident_form import IncidentForm
from shelter_desk.ui.assistance.incidents_part import IncidentStep
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.fields import Field, LineField, TextField
from shelter_desk.ui.forms.watched_text import is_watched
from shelter_desk.ui.referring.referral_view import StepForm
from shelter_desk.ui.residents.admission.welcome_cards import WelcomeCards
from shelter_desk.ui.residents.casefile.plan_form import PlanForm
from shelter_desk.ui.window import Window
from tests.operations.referral_scene import CLINIC, wish
from tests.operations.shelter import admit, days_ago
from tests.ui.forms.every_form_scene import NAMES, opened
from tests.ui.residents.record_walk import desk_of, window
from tests.ui.window.windows import focused, wait_for

__all__ = ["window"]

# lines that hold a name, a way to reach somebody, a number or a reference, and nothing else
NOT_OPEN = {
    "Code of the other file",
    "Code of the other person",
    "Quantity",
    "Quantity from the store",
    "Partner",
    "Contact",
    "Contact (sealed)",
    "Interpreter",
    "Certified by",
    "Reference of the signed paper",
    "Reference of the letter",
    "Reference of the decision",
    "Reference of the court or of the BID",
    "Adult who receives the child (sealed)",
    "Name of the guardian (sealed)",
    "Name of the relative",
    "Mother’s name",
    "Father’s name",
    "Paper register no.",
    "IOM case no.",
    "No. at a partner",
    "Which partner",
    "Who decided: name or function",
    "Region of origin",
    "Last name",
    "First name",
    "Alias or other spelling",
    "Register no.",
    "Bed or code",
    "Resident",
    "Hours",
    "Led by",
    "Name (sealed)",
    "Telephone (sealed)",
    "Telephone",
    "Receipt no.",
    "Number of the paper (sealed)",
    "No. of the complaint or case (sealed)",
}


def unwatched(form: QWidget) -> list[str]:
    return [one.label.text() for one in form.findChildren(Field) if one.open_words and not is_watched(one)]


def undeclared(form: QWidget) -> list[str]:
    """Lines that are neither open words nor of those that hold one thing alone."""
    known = {words.text(one) for one in NOT_OPEN}
    lines = [one for one in form.findChildren(Field) if isinstance(one, LineField | TextField) and not one.open_words]
    return [one.label.text() for one in lines if one.label.text() not in known]


@pytest.mark.parametrize("name", NAMES)
def test_a_form_over_a_record_watches_its_open_words(qtbot: QtBot, window: Window, name: str) -> None:
    form = opened(qtbot, window, name)
    assert (unwatched(form), undeclared(form)) == ([], [])


def other_form(desk: Desk, name: str) -> QWidget:
    """A form that stands beside a list, or one of a step there."""
    someone = admit(desk, "1A", days=20)
    if name == "incident":
        return IncidentForm(desk)
    if name == "appointment":
        return AppointmentForm(desk, clock.today())
    if name == "activity":
        return ActivityForm(desk, None)
    if name == "admission":
        return WelcomeCards(desk)
    if name == "referral":
        partners.keep_partner(desk, Partner(PartnerId(0), CLINIC, "sante", "Bamako"))
        referral = referrals.draft(desk, wish(someone)).id
        line = referrals.line(desk, referral)
        assert line is not None
        return StepForm(desk, line, "emise")
    told = Incident(IncidentId(0), "", days_ago(1), days_ago(1), "vol", "mineur")
    incidents.report(desk, told, IncidentContent("Un sac de riz manque", "Porte close"))
    at = datetime.combine(clock.today(), time(9))
    appointments.make(desk, Appointment(AppointmentId(0), someone.stay, at, service_type="san_consult"))
    return IncidentStep(desk, incidents.register(desk)[0], "close")


@pytest.mark.parametrize("name", ["incident", "appointment", "activity", "admission", "referral", "incident_step"])
def test_a_form_elsewhere_watches_its_open_words(qtbot: QtBot, window: Window, name: str) -> None:
    form = other_form(desk_of(window), name)
    qtbot.addWidget(form)
    if isinstance(form, ActForm):
        form.show()
    assert (unwatched(form), undeclared(form)) == ([], [])


def test_a_line_added_to_a_plan_is_watched_too(qtbot: QtBot, window: Window) -> None:
    form = opened(qtbot, window, "plan")
    assert isinstance(form, PlanForm)
    while len(form.lines.lines) < 12:
        form.lines.add_line()
    assert unwatched(form) == []


def test_a_name_typed_into_a_wish_is_pointed_out(qtbot: QtBot, window: Window) -> None:
    admit(desk_of(window), "2A", names=Names("Zampaligré", "Rasmata"), sex="m")
    form = opened(qtbot, window, "note")
    note = form.fields["body"] if "body" in form.fields else next(iter(form.findChildren(TextField)))
    assert isinstance(note, TextField)
    note.setFocus()
    qtbot.keyClicks(focused(), "Demande Rasmata")
    wait_for(qtbot, lambda: note.state() == "attention")
    assert "Rasmata" in note.message()
