"""What is needed at once and what the person agrees to, at the admission; what is known later, in the correction."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from shelter_desk.domain.consent.consents import RECORDING, SHELTERING
from shelter_desk.domain.residents.residents import NO_NAMES
from shelter_desk.domain.rights import Role
from shelter_desk.operations.consent import consents
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import residents
from shelter_desk.operations.residents.residents import Record
from shelter_desk.operations.stock import stock
from shelter_desk.system import clock
from shelter_desk.ui.page import Told
from shelter_desk.ui.residents.acts.correction_form import CorrectionForm
from shelter_desk.ui.residents.admission.admission import AdmissionFace
from shelter_desk.ui.residents.admission.welcome_cards import WelcomeCards
from shelter_desk.ui.residents.page import ResidentsPage
from shelter_desk.ui.window import Window
from shelter_desk.words import formats
from tests.operations import store_scene as scene
from tests.operations.referral_scene import agree_to_recording
from tests.operations.shelter import admit
from tests.ui.residents.admission_scene import face
from tests.ui.residents.record_walk import desk_of, do_it, form_of, open_tab, page_of, press, tab_to, window
from tests.ui.residents.residents_scene import desk, page
from tests.ui.window.windows import focused

__all__ = ["desk", "face", "page", "window"]

DOWN, LEFT = Qt.Key.Key_Down, Qt.Key.Key_Left


def typed(face: AdmissionFace, qtbot: QtBot, age: int = 27) -> None:
    face.person.sex.segment("f").click()
    face.person.birth.how.segment("estimated").click()
    qtbot.keyClicks(face.person.birth.age.line, str(age))
    face.person.country.choose("GN")
    face.person.situation.choose("transit")


def only(desk: Desk) -> Record:
    (line,) = residents.listed(desk, "here")
    return residents.record(desk, line.person.id)


def decided(desk: Desk) -> dict[str, str]:
    return {one.purpose: one.status for one in consents.of(desk, only(desk).person.id).all}


def test_the_language_has_its_star_once_an_agreement_is_given(face: AdmissionFace, qtbot: QtBot) -> None:
    languages, welcome = face.person.languages.field, face.welcome
    stars = [languages.required]
    for segments, code in ((welcome.to_stay, "donne"), (welcome.to_stay, "refuse"), (welcome.to_record, "donne")):
        segments.segment(code).click()
        stars.append(languages.star is not None and languages.star.isVisible())
    assert stars == [False, True, False, True]


# By keyboard ----------------------------------------------------------------------------------------------------------


def choose_by_typing(qtbot: QtBot, text: str) -> None:
    """In a list that is searched: a part of the label, then Enter."""
    qtbot.keyClicks(focused(), text)
    qtbot.keyClick(focused(), Qt.Key.Key_Return)


def test_needs_and_consents_are_said_by_keyboard_at_the_admission(window: Window, qtbot: QtBot) -> None:
    assert window.frame is not None
    window.frame.open_admission(None)
    face = page_of(window).admission
    press(qtbot, face.person.sex.segment("f"))
    tab_to(qtbot, face.person.birth.how)
    qtbot.keyClick(focused(), Qt.Key.Key_Space)  # a day, whose field has the keys from now on
    qtbot.keyClicks(focused(), "01/05/1999")
    for field, text in (
        (face.person.country, "Senegal"),
        (face.person.languages, "Bambara"),
        (face.person.situation, "transit au"),
    ):
        tab_to(qtbot, field)
        choose_by_typing(qtbot, text)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
    press(qtbot, face.welcome.urgent.boxes["soins"])
    press(qtbot, face.welcome.interpreter)
    for segments in (face.welcome.to_stay, face.welcome.to_record):
        tab_to(qtbot, segments)
        qtbot.keyClick(focused(), LEFT)
        qtbot.keyClick(focused(), LEFT)
    press(qtbot, face.welcome.rules)
    do_it(qtbot)
    stay = only(desk_of(window)).stays[0].stay
    said = (stay.urgent_needs, stay.interpreter_needed, stay.house_rules_explained)
    assert said == (("soins",), True, True)
    assert decided(desk_of(window)) == {SHELTERING: "donne", RECORDING: "donne"}


@pytest.mark.parametrize(("left", "answer"), [(5_000, "kit remis"), (1_000, "Stock insuffisant")])
def test_the_kit_is_handed_over_by_keyboard_with_the_admission(
    window: Window, qtbot: QtBot, left: int, answer: str
) -> None:
    desk = desk_of(window)
    soap = scene.soap(desk)
    scene.came(desk, soap, left, scene.ago(5))
    scene.kit(desk, (soap, 2_000))
    assert window.frame is not None
    window.frame.open_admission(None)
    face = page_of(window).admission
    said: list[Told] = []
    face.told.connect(said.append)
    typed(face, qtbot)
    assert face.welcome.kit_hint.isHidden()
    tab_to(qtbot, face.welcome.kit)
    qtbot.keyClick(focused(), DOWN)
    assert face.welcome.kit.combo.currentText() == "Kit d’hygiène"
    assert f"{left // 2_000} au magasin." in face.welcome.kit_hint.text()
    assert face.welcome.kit_hint.isVisible()
    do_it(qtbot)
    there = stock.standing(desk)[0].physical
    if left < 2_000:
        assert (residents.listed(desk, "here"), there) == ([], left)
        assert answer in face.welcome.kit.message()
        assert face.welcome.kit.combo.hasFocus()
        return
    assert (len(residents.listed(desk, "here")), there) == (1, left - 2_000)
    assert answer in said[-1].sentence


def test_a_case_worker_asks_for_the_kit_and_the_night_is_offered_none(desk: Desk, qtbot: QtBot) -> None:
    scene.kit(desk, (scene.soap(desk), 2_000))
    for role, is_offered, word in ((Role.CASE_WORKER, True, "demandé"), (Role.RECEPTION, False, "")):
        cards = WelcomeCards(replace(desk, role=role))
        qtbot.addWidget(cards)
        assert cards.kit.isHidden() is not is_offered
        cards.kit.choose("HYG")
        cards.show_again()
        assert word in cards.kit_hint.text()
        assert cards.kit_hint.isHidden() is not is_offered


def test_what_is_known_later_is_written_by_keyboard(window: Window, qtbot: QtBot) -> None:
    whom = admit(desk_of(window), "1A")
    agree_to_recording(desk_of(window), whom.person)
    open_tab(qtbot, window, whom.code, "stay")
    gaps = page_of(window).record.gaps
    assert gaps is not None
    press(qtbot, gaps.rows["marital_status"])
    form = form_of(window)
    assert isinstance(form, CorrectionForm)
    qtbot.keyClick(focused(), DOWN)
    qtbot.keyClick(focused(), DOWN)
    press(qtbot, form.known.urgent.boxes["repos"])
    tab_to(qtbot, form.known.expected)
    qtbot.keyClicks(focused(), "31/01/2027")
    do_it(qtbot)
    record = residents.record(desk_of(window), whom.person)
    assert record.person.marital_status == "marie"
    assert (record.stays[0].stay.urgent_needs, record.stays[0].stay.expected_exit) == (("repos",), date(2027, 1, 31))


def test_a_need_is_found_today_or_on_a_day_typed_and_ends_when_it_is_taken_away(window: Window, qtbot: QtBot) -> None:
    desk = desk_of(window)
    whom = admit(desk, "1A", days=40)
    agree_to_recording(desk, whom.person)

    def corrected(*keys: str) -> CorrectionForm:
        open_tab(qtbot, window, whom.code, "stay")
        page_of(window).record.open_form("correct", "specific_needs")
        form = form_of(window)
        assert isinstance(form, CorrectionForm)
        for key in keys:
            press(qtbot, form.known.specific.boxes[key])
        return form

    form = corrected("enceinte", "regime")
    tab_to(qtbot, form.known.specific.days["enceinte"])
    qtbot.keyClick(focused(), Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(focused(), formats.day(clock.today() - timedelta(days=9)))
    do_it(qtbot)
    form = corrected("enceinte")
    labels = {code: field.label.text() for code, field in form.known.specific.days.items()}
    do_it(qtbot)
    today = clock.today()
    kept = {
        one.specific_need: (one.found_on, one.ended_on) for one in residents.record(desk, whom.person).stays[0].needs
    }
    assert labels == {"enceinte": "Enceinte\u00a0: terminé le", "regime": "Régime alimentaire\u00a0: constaté le"}
    assert kept == {"enceinte": (today - timedelta(days=9), today), "regime": (today, None)}
    corrected("regime")  # the day it was ticked: a mistake, nothing is left of it
    do_it(qtbot)
    assert [one.specific_need for one in residents.record(desk, whom.person).stays[0].needs] == ["enceinte"]


def test_a_day_to_come_is_refused_below_the_needs_and_a_draft_keeps_the_days(
    page: ResidentsPage, desk: Desk, qtbot: QtBot
) -> None:
    whom = admit(desk, "1A")
    agree_to_recording(desk, whom.person)
    page.open_record(whom.person)
    page.record.open_form("correct")
    form = page.record.form
    assert isinstance(form, CorrectionForm)
    field = form.known.specific
    field.boxes["regime"].setChecked(True)
    field.days["regime"].set_day(clock.today() + timedelta(days=1))
    form.go()
    told = field.message()
    values = form.values()
    page.record.give_up()
    page.record.open_form("correct")
    again = page.record.form
    assert isinstance(again, CorrectionForm)
    again.fill(values)
    assert told == "Régime alimentaire\u00a0: ce jour n’est pas encore venu. Corrigez le jour."
    assert again.known.specific.days["regime"].day() == clock.today() + timedelta(days=1)
    assert residents.record(desk, whom.person).stays[0].needs == ()


# The admission --------------------------------------------------------------------------------------------------------


def test_nothing_is_asked_unless_it_is_said(face: AdmissionFace, desk: Desk, qtbot: QtBot) -> None:
    typed(face, qtbot)
    face.go()
    stay = only(desk).stays[0].stay
    assert (decided(desk), stay.urgent_needs, stay.interpreter_needed) == ({}, (), None)


def test_who_refuses_the_recording_is_admitted_without_the_name_typed(
    face: AdmissionFace, desk: Desk, qtbot: QtBot
) -> None:
    typed(face, qtbot)
    qtbot.keyClicks(face.person.last.line, "Diawara")
    face.person.languages.choose(("bam",))
    face.welcome.to_record.segment("refuse").click()
    face.go()
    assert residents.name(desk, only(desk).person.id) == NO_NAMES
    assert (only(desk).person.languages, decided(desk)) == ((), {RECORDING: "refuse"})


def test_a_refusal_greys_what_is_beyond_the_minimum(face: AdmissionFace) -> None:
    face.welcome.to_record.segment("refuse").click()
    greyed = (face.person.last.isEnabled(), face.welcome.needs.isEnabled(), face.person.sex_field.isEnabled())
    face.welcome.to_record.segment("donne").click()
    assert (greyed, face.person.last.isEnabled()) == ((False, False, True), True)


def test_a_consent_without_a_language_is_refused_beside_the_languages(
    face: AdmissionFace, desk: Desk, qtbot: QtBot
) -> None:
    typed(face, qtbot)
    face.welcome.to_stay.segment("donne").click()
    face.go()
    assert face.person.languages.field.state() == "blocked"
    assert residents.listed(desk, "here") == []


def test_for_a_child_it_is_asked_why_no_guardian_is(face: AdmissionFace, desk: Desk, qtbot: QtBot) -> None:
    typed(face, qtbot, age=12)
    face.person.child.choose("non_accompagne")
    face.person.languages.choose(("bam",))
    face.welcome.to_stay.segment("donne").click()
    face.go()
    assert (face.welcome.reason.isVisible(), face.welcome.reason.state()) == (True, "blocked")


def test_the_night_reception_is_asked_for_no_consent(page: ResidentsPage, desk: Desk, qtbot: QtBot) -> None:
    desk.role = Role.RECEPTION
    other = ResidentsPage(desk)
    qtbot.addWidget(other)
    other.show()
    other.admit(None)
    welcome = other.admission.welcome
    assert (welcome.record_field.isVisible(), welcome.urgent.isVisible()) == (False, True)


def test_an_admission_interrupted_keeps_needs_and_consents(face: AdmissionFace, qtbot: QtBot) -> None:
    face.welcome.urgent.choose(("repos",))
    face.welcome.to_record.segment("refuse").click()
    values = face.drafting._form.values()
    face.begin()
    face.drafting._form.fill(values)
    kept = (face.welcome.urgent.values(), face.welcome.is_minimal, face.person.last.isEnabled())
    assert kept == (("repos",), True, False)


# What is missing, what is known ---------------------------------------------------------------------------------------


def test_consents_not_asked_yet_are_missing(page: ResidentsPage, desk: Desk) -> None:
    page.open_record(admit(desk, "1A").person)
    assert page.record.gaps is not None
    assert {SHELTERING, RECORDING} <= set(page.record.gaps.rows)


def test_a_consent_that_is_missing_opens_its_form(page: ResidentsPage, desk: Desk, qtbot: QtBot) -> None:
    page.open_record(admit(desk, "1A").person)
    assert page.record.gaps is not None
    qtbot.mouseClick(page.record.gaps.rows[RECORDING], Qt.MouseButton.LeftButton)
    form = page.record.form
    assert form is not None
    assert form.values()["purpose"] == RECORDING


def test_a_married_child_is_warned_about(page: ResidentsPage, desk: Desk) -> None:
    page.open_record(admit(desk, "3A", age=15).person)
    page.record.open_form("correct")
    form = page.record.form
    assert isinstance(form, CorrectionForm)
    form.known.marital.choose("marie")
    form.known.marital.chosen.emit("marie")
    assert form.known.marital.state() == "attention"


def test_without_consent_the_schooling_is_refused_in_the_form(page: ResidentsPage, desk: Desk) -> None:
    whom = admit(desk, "1A")
    page.open_record(whom.person)
    page.record.open_form("correct")
    form = page.record.form
    assert isinstance(form, CorrectionForm)
    form.known.education.choose("superieur")
    form.go()
    assert form._refusal.isVisible()
    assert residents.record(desk, whom.person).person.education_level == ""


def test_the_night_reception_sees_no_needs_in_the_stay(page: ResidentsPage, desk: Desk) -> None:
    whom = admit(desk, "1A")
    agree_to_recording(desk, whom.person)
    page.open_record(whom.person)
    page.record.open_form("correct")
    form = page.record.form
    assert isinstance(form, CorrectionForm)
    form.known.specific.choose(("allaitante",))
    form.go()
    seen = []
    for role in (Role.CASE_WORKER, Role.RECEPTION):
        desk.role = role
        page.open_record(whom.person)
        labels = [label.text() for label in page.record._body.findChildren(QLabel)]
        seen.append(any(label.startswith("Allaitante, depuis le ") for label in labels))
    assert seen == [True, False]
