"""The legal file in the record: what the form asks of each kind, hearings to come, steps read, corrected, taken out."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shelter_desk.domain.casefile.legal import LegalStep
from shelter_desk.domain.consent.consents import LEGAL
from shelter_desk.domain.errors import Missing
from shelter_desk.domain.ids import LegalStepId
from shelter_desk.operations.assistance import appointments
from shelter_desk.operations.casefile import legal
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.ui.residents.casefile.legal_form import LegalForm
from shelter_desk.ui.residents.casefile.legal_tab import LegalTab
from tests.operations.referral_scene import POLICE, agree, desk, resident
from tests.ui.window.dresses import Dress, worn
from tests.ui.window.windows import show_active

__all__ = ["desk", "resident"]


def form(qtbot: QtBot, desk: Desk, whom: Admitted, at: str = "") -> LegalForm:
    record = residents.record(desk, whom.person)
    made = LegalForm(desk, record, record.stays[0], at)
    qtbot.addWidget(made)
    show_active(qtbot, made)
    return made


def tab(qtbot: QtBot, desk: Desk, whom: Admitted) -> LegalTab:
    made = LegalTab(desk, residents.record(desk, whom.person))
    qtbot.addWidget(made)
    show_active(qtbot, made)
    return made


def complained(desk: Desk, whom: Admitted) -> LegalStepId:
    agree(desk, whom.person, "", LEGAL)
    step = LegalStep(LegalStepId(0), "", whom.stay, "plainte", desk.today() - timedelta(days=2), partner=POLICE)
    return legal.write(desk, step, "PV 113/26").id


def test_an_empty_file_leads_to_the_form(qtbot: QtBot, desk: Desk, resident: Admitted) -> None:
    shown = tab(qtbot, desk, resident)
    assert shown.empty is not None
    assert shown.empty.button is not None
    with qtbot.waitSignal(shown.asked) as asked:
        shown.empty.button.click()
    assert asked.args == ["legal", ""]


def test_what_is_asked_follows_the_kind(qtbot: QtBot, desk: Desk, resident: Admitted) -> None:
    shown = form(qtbot, desk, resident)
    fields = (shown.partner, shown.measure, shown.verdict, shown.amount, shown.reference, shown.consent)
    seen = {}
    for kind in ("plainte", "refus_plainte", "protection", "verdict", "indemnisation_versee"):
        shown.kind.choose(kind)
        shown.refresh()
        seen[kind] = [not field.isHidden() for field in fields]
    assert seen == {
        "plainte": [True, False, False, False, True, True],
        "refus_plainte": [False, False, False, False, False, False],
        "protection": [True, True, False, False, True, True],
        "verdict": [True, False, True, False, True, True],
        "indemnisation_versee": [True, False, False, True, False, True],
    }


def test_the_star_stands_where_the_organisation_must_be_said(qtbot: QtBot, desk: Desk, resident: Admitted) -> None:
    agree(desk, resident.person, "", LEGAL)
    shown = form(qtbot, desk, resident)
    seen = {}
    for kind in ("plainte", "audience", "avocat"):
        shown.kind.choose(kind)
        shown.refresh()
        seen[kind] = shown.partner.star is not None and not shown.partner.star.isHidden()
    assert seen == {"plainte": True, "audience": False, "avocat": True}
    with pytest.raises(Missing, match="partner"):
        shown.act()
    assert legal.of(desk, resident.person) == ()


def test_a_hearing_to_come_goes_into_the_agenda(qtbot: QtBot, desk: Desk, resident: Admitted) -> None:
    agree(desk, resident.person, "", LEGAL)
    shown = form(qtbot, desk, resident)
    later = desk.today() + timedelta(days=5)
    shown.kind.choose("audience")
    shown.day.set_day(later)
    shown.refresh()
    assert (shown.clock.isHidden(), shown.consent.isHidden()) == (False, True)
    shown.act()
    (line,) = appointments.on(desk, later)
    assert (line.person.code, line.appointment.service_type) == (resident.code, legal.SERVICE)


def test_a_step_is_read_corrected_and_taken_out(qtbot: QtBot, desk: Desk, resident: Admitted) -> None:
    key = complained(desk, resident)
    shown = tab(qtbot, desk, resident)
    shown.sealed[key].button.click()
    assert not shown.sealed[key].facts.isHidden()
    with qtbot.waitSignal(shown.asked) as asked:
        shown.buttons[key, "correct"].click()
    assert asked.args == ["legal", str(key)]
    again = form(qtbot, desk, resident, str(key))
    again.day.set_day(desk.today())
    again.act()
    (line,) = legal.of(desk, resident.person)
    assert (line.step.done_on, line.step.partner, line.has_reference) == (desk.today(), POLICE, True)
    with qtbot.waitSignal(shown.acted):
        shown.buttons[key, "take_out"].click()
    assert legal.of(desk, resident.person) == ()


def test_a_step_with_two_acts_has_room_where_letters_are_half_as_large_again(
    qapp: QApplication, desk: Desk, resident: Admitted
) -> None:
    agree(desk, resident.person, "", LEGAL)
    asked = LegalStep(LegalStepId(0), "", resident.stay, "indemnisation_demandee", desk.today(), partner=POLICE)
    legal.write(desk, replace(asked, amount_xof=1_500_000))
    with worn(qapp, Dress(1.5, False, "fr", (1366, 728))):
        made = LegalTab(desk, residents.record(desk, resident.person))
        assert len(made.buttons) == 2
        assert made.minimumSizeHint().width() < 540  # what the record leaves beside the list
        made.deleteLater()
