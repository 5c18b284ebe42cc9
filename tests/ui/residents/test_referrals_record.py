"""Referrals and consents on the record: prepared, decided and taken back by keyboard."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from shelter_desk.domain.consent.consents import RECORDING
from shelter_desk.domain.ids import ReferralId
from shelter_desk.domain.rights import Role
from shelter_desk.operations.assistance import partners, referral_sheets, referrals
from shelter_desk.operations.consent import consents
from shelter_desk.operations.consent.consents import ConsentStanding
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.ui.referring import referral_print
from shelter_desk.ui.referring.referral_view import ReferralView
from shelter_desk.ui.residents.acts.consent_form import ConsentForm
from shelter_desk.ui.residents.acts.referral_form import ReferralForm
from shelter_desk.ui.residents.page import ResidentsPage
from shelter_desk.ui.residents.record.consents_tab import ConsentsTab
from shelter_desk.ui.residents.record.referrals_tab import ReferralsTab
from shelter_desk.ui.widgets import ask
from tests.operations.referral_scene import CLINIC, agree, become, wish
from tests.operations.shelter import admit
from tests.ui.assistance.referrals_scene import choose, desk, issued, resident, residents_page, show_tab, state, told_by
from tests.ui.window.windows import settle, type_in

__all__ = ["desk", "resident", "residents_page"]
CONTROL, ENTER, SPACE = Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_Return, Qt.Key.Key_Space
SHARING = "partage_structure"


@pytest.fixture(params=["Centre prévenu"])
def answer(request: pytest.FixtureRequest) -> Iterator[None]:
    """Every question is answered with what was done, or closed."""
    ask.answer_with(lambda _: request.param)
    yield
    ask.answer_with(None)


def referrals_tab(page: ResidentsPage, someone: Admitted) -> ReferralsTab:
    page.open_record(someone.person)
    show_tab(page, "referrals")
    (found,) = page.findChildren(ReferralsTab)
    return found


def shown_view(page: ResidentsPage, key: ReferralId) -> ReferralView:
    return page.findChildren(ReferralsTab)[-1].views[key]


def consents_tab(page: ResidentsPage, someone: Admitted) -> ConsentsTab:
    page.open_record(someone.person)
    show_tab(page, "consents")
    (found,) = page.findChildren(ConsentsTab)
    return found


def standing(desk: Desk, someone: Admitted, purpose: str, recipient: str = "") -> ConsentStanding:
    every = consents.of(desk, someone.person).standings
    return next(one for one in every if (one.purpose, one.recipient) == (purpose, recipient))


def press(qtbot: QtBot, button: QWidget) -> None:
    button.setFocus()
    type_in(qtbot, SPACE)


def begin_referral(page: ResidentsPage, someone: Admitted, qtbot: QtBot) -> ReferralForm:
    press(qtbot, referrals_tab(page, someone).add_button)
    form = page.record.form
    assert isinstance(form, ReferralForm)
    return form


def begin_consent(page: ResidentsPage, someone: Admitted, qtbot: QtBot) -> ConsentForm:
    press(qtbot, consents_tab(page, someone).record_button)
    form = page.record.form
    assert isinstance(form, ConsentForm)
    return form


def test_a_referral_is_prepared_by_keyboard_alone(
    residents_page: ResidentsPage, desk: Desk, resident: Admitted, qtbot: QtBot
) -> None:
    form = begin_referral(residents_page, resident, qtbot)
    choose(qtbot, form.partner, "centre")
    form.services.setFocus()
    type_in(qtbot, SPACE)
    choose(qtbot, form.reason, "besoin")
    qtbot.keyClick(form.reason.combo, ENTER, CONTROL)
    (made,) = referrals.of(desk, resident.person)
    assert (made.referral.state, made.referral.partner, residents_page.record.form) == ("brouillon", CLINIC, None)


def test_who_chooses_a_provider_by_keyboard_sees_how_it_is_reached_and_the_sheet_says_it(
    residents_page: ResidentsPage, desk: Desk, resident: Admitted, qtbot: QtBot
) -> None:
    known = next(one for one in partners.partners(desk) if one.name == CLINIC)
    told: dict[str, Any] = {
        "phone": "00 00 00 00",
        "opening_hours": "lundi au vendredi, 8 h à 14 h",
        "conditions": "carnet de santé",
    }
    partners.keep_partner(desk, replace(known, **told))
    form = begin_referral(residents_page, resident, qtbot)
    before = form.reached.isVisible()
    choose(qtbot, form.partner, "centre")
    labels = [label.text() for label in form.reached.findChildren(QLabel)]
    assert (before, labels) == (
        False,
        ["Téléphone", "00 00 00 00", "Horaires", "lundi au vendredi, 8 h à 14 h", "Conditions", "carnet de santé"],
    )
    residents_page.record.give_up()
    key = issued(desk, resident)
    printed = referral_print.html(referral_sheets.sheet(desk, key), training=False)
    assert [value in printed for value in told.values()] == [True] * 3


def test_a_referral_without_provider_is_refused_beside_it(
    residents_page: ResidentsPage, desk: Desk, resident: Admitted, qtbot: QtBot
) -> None:
    form = begin_referral(residents_page, resident, qtbot)
    form.services.choose(["san"])
    form.reason.choose("besoin_specialise")
    form.go()
    assert (form.partner.state(), referrals.of(desk, resident.person)) == ("blocked", [])


def test_the_form_says_whether_it_could_be_sent_today(
    residents_page: ResidentsPage, desk: Desk, resident: Admitted, qtbot: QtBot
) -> None:
    form = begin_referral(residents_page, resident, qtbot)
    choose(qtbot, form.partner, "centre")
    before = form.consent.text()
    residents_page.record.give_up()
    agree(desk, resident.person)
    form = begin_referral(residents_page, resident, qtbot)
    choose(qtbot, form.partner, "centre")
    assert (before.partition("\u00a0")[0], form.consent.text()) == (
        "Consentement manquant",
        "Le consentement pour cette structure et ces données est en vigueur.",
    )


def test_no_box_of_a_referral_moves_when_the_consent_is_said(
    residents_page: ResidentsPage, desk: Desk, resident: Admitted, qtbot: QtBot
) -> None:
    form = begin_referral(residents_page, resident, qtbot)
    boxes = form.services.findChildren(QCheckBox) + form.data.findChildren(QCheckBox)
    QApplication.processEvents()
    before = [box.mapTo(form, box.rect().topLeft()) for box in boxes]
    choose(qtbot, form.partner, "centre")
    qtbot.waitUntil(lambda: form.consent.isVisible() and form.consent.height() > 0)
    QApplication.processEvents()
    assert [box.mapTo(form, box.rect().topLeft()) for box in boxes] == before


def test_a_step_is_done_from_the_tab(
    residents_page: ResidentsPage, desk: Desk, resident: Admitted, qtbot: QtBot
) -> None:
    key = issued(desk, resident)
    view = referrals_tab(residents_page, resident).views[key]
    press(qtbot, view.buttons["acceptee"])
    assert view.form is not None
    view.form.go()
    assert state(desk, key) == "acceptee"


def test_a_step_is_seen_whole_when_it_is_begun(
    residents_page: ResidentsPage, desk: Desk, resident: Admitted, qtbot: QtBot
) -> None:
    drafts = [referrals.draft(desk, wish(resident)).id for _ in range(3)]
    residents_page.resize(1270, 560)
    tab = referrals_tab(residents_page, resident)
    settle(qtbot)
    area = tab.parentWidget()
    while not isinstance(area, QScrollArea):
        assert area is not None
        area = area.parentWidget()
    view = tab.views[drafts[1]]
    button = view.buttons["emise"]
    area.verticalScrollBar().setValue(button.mapTo(tab, QPoint()).y() - 100)
    press(qtbot, button)
    settle(qtbot)
    assert view.form is not None
    top = view.form.mapTo(area.viewport(), QPoint()).y()
    assert top >= 0
    assert top + view.form.height() <= area.viewport().height() or top < 60


def test_a_step_done_is_told_and_its_referral_shown_anew(
    residents_page: ResidentsPage, desk: Desk, resident: Admitted, qtbot: QtBot
) -> None:
    said = told_by(residents_page)
    key = issued(desk, resident)
    view = referrals_tab(residents_page, resident).views[key]
    view.open_step("acceptee")
    assert view.form is not None
    view.form.go()
    qtbot.waitUntil(lambda: "acceptee" not in shown_view(residents_page, key).buttons)
    assert (said[-1].state, said[-1].done is not None) == ("ok", True)


def test_nothing_changes_under_an_open_step(
    residents_page: ResidentsPage, desk: Desk, resident: Admitted, qtbot: QtBot
) -> None:
    key = issued(desk, resident)
    view = referrals_tab(residents_page, resident).views[key]
    view.open_step("acceptee")
    form = view.form
    admit(desk, "1B")
    assert form is not None
    assert (form.isVisible(), view.form) == (True, form)


def test_a_draft_is_written_anew(residents_page: ResidentsPage, desk: Desk, resident: Admitted, qtbot: QtBot) -> None:
    key = referrals.draft(desk, wish(resident)).id
    press(qtbot, referrals_tab(residents_page, resident).views[key].buttons["change"])
    form = residents_page.record.form
    assert isinstance(form, ReferralForm)
    form.contact.set_text("Accueil")
    form.go()
    found = referrals.line(desk, key)
    assert found is not None
    assert found.referral.partner_contact == "Accueil"


def test_a_refused_recording_asks_its_day_alone_and_leaves_the_file_minimal(
    residents_page: ResidentsPage, desk: Desk, resident: Admitted, qtbot: QtBot
) -> None:
    form = begin_consent(residents_page, resident, qtbot)
    form.purpose.choose(RECORDING)
    choose(qtbot, form.decision, "refus")
    shown = [field.isVisible() for field in (form.day, form.mode, form.language, form.explained, form.recipient)]
    qtbot.keyClick(form.day.line, ENTER, CONTROL)
    assert shown == [True, False, False, False, False]
    assert consents.of(desk, resident.person).is_minimal


def test_a_consent_is_recorded_by_keyboard_alone(
    residents_page: ResidentsPage, desk: Desk, resident: Admitted, qtbot: QtBot
) -> None:
    form = begin_consent(residents_page, resident, qtbot)
    choose(qtbot, form.purpose, "structure")
    choose(qtbot, form.recipient, "centre")
    choose(qtbot, form.decision, "donn")
    for box in form.explained.boxes.values():
        press(qtbot, box)
    choose(qtbot, form.language, "bambara")
    choose(qtbot, form.mode, "signature")
    qtbot.keyClick(form.mode.combo, ENTER, CONTROL)
    assert standing(desk, resident, SHARING, CLINIC).why_not is None


def test_a_consent_given_without_its_points_is_refused_beside_them(
    residents_page: ResidentsPage, desk: Desk, resident: Admitted, qtbot: QtBot
) -> None:
    form = begin_consent(residents_page, resident, qtbot)
    form.purpose.choose(SHARING)
    form.recipient.choose(CLINIC)
    form.decision.choose("donne")
    form.decision.chosen.emit("donne")
    form.language.choose("bam")
    form.mode.choose("signature")
    form.go()
    assert (form.explained.state(), consents.of(desk, resident.person).all) == ("blocked", ())


@pytest.mark.usefixtures("answer")
def test_a_consent_taken_back_names_whom_to_tell(
    residents_page: ResidentsPage, desk: Desk, resident: Admitted, qtbot: QtBot
) -> None:
    issued(desk, resident)
    said = told_by(residents_page)
    press(qtbot, consents_tab(residents_page, resident).lines[SHARING, CLINIC].buttons["withdraw"])
    assert standing(desk, resident, SHARING, CLINIC).why_not == "retire"
    assert (said[-1].state, CLINIC in said[-1].sentence) == ("attention", True)


@pytest.mark.parametrize("answer", [None], indirect=True)
@pytest.mark.usefixtures("answer")
def test_a_consent_is_kept_when_the_question_is_closed(
    residents_page: ResidentsPage, desk: Desk, resident: Admitted, qtbot: QtBot
) -> None:
    agree(desk, resident.person)
    press(qtbot, consents_tab(residents_page, resident).lines[SHARING, CLINIC].buttons["withdraw"])
    assert standing(desk, resident, SHARING, CLINIC).why_not is None


def test_reception_has_neither_tab(residents_page: ResidentsPage, desk: Desk, resident: Admitted) -> None:
    become(desk, Role.RECEPTION)
    page = ResidentsPage(desk, residents_page)
    tabs = page.record.head.tabs
    assert [tabs.tabData(place) for place in range(tabs.count())] == ["stay", "thread"]


def test_a_consent_in_force_shows_as_given(residents_page: ResidentsPage, desk: Desk, resident: Admitted) -> None:
    agree(desk, resident.person)
    assert consents_tab(residents_page, resident).lines[SHARING, CLINIC].badge.text() == "Donné"
