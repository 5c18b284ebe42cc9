"""The tab of a minor through the real window: each form by keyboard alone, what is sealed on demand, who sees it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from shelter_desk.domain.casefile.minors import Relative
from shelter_desk.domain.rights import Role
from shelter_desk.operations.casefile import best_interests, minors, tracing
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.system import clock
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.residents.acts.correction_form import CorrectionForm
from shelter_desk.ui.residents.casefile.minor_forms import (
    BestInterestsForm,
    DeterminationForm,
    GuardianForm,
    NotificationForm,
    TracingForm,
    TracingStepForm,
)
from shelter_desk.ui.residents.casefile.minor_tab import MinorTab
from shelter_desk.ui.residents.page import ResidentsPage
from shelter_desk.ui.widgets import ask
from shelter_desk.ui.widgets.badge import Badge
from shelter_desk.ui.window import Window
from shelter_desk.words import formats
from tests.operations.minor_scene import SAID, alone, named, wanted, whole_assessment
from tests.operations.referral_scene import agree_to
from tests.operations.shelter import admit
from tests.ui.residents.case_scene import chosen, desk_of, done, form_of, pressed, record_page, ticked, typed, window

__all__ = ["window"]


def opened(window: Window, girl: Admitted) -> tuple[ResidentsPage, MinorTab]:
    page = record_page(window, girl.person, "minor")
    found = page.record.findChild(MinorTab)
    assert isinstance(found, MinorTab)
    return page, found


@pytest.fixture
def girl(window: Window) -> Admitted:
    return alone(desk_of(window))


def titles(page: ResidentsPage) -> list[str]:
    tabs = page.record.head.tabs
    return [str(tabs.tabData(place)) for place in range(tabs.count()) if tabs.isTabVisible(place)]


# Who sees it ---------------------------------------------------------------------------------------------------------


def test_a_minor_has_the_tab_and_an_adult_has_not(window: Window, girl: Admitted) -> None:
    woman = admit(desk_of(window), "1A")
    of_girl = titles(record_page(window, girl.person))
    of_woman = titles(record_page(window, woman.person))
    assert ("minor" in of_girl, "minor" in of_woman) == (True, False)


def test_from_the_tab_of_a_minor_an_adult_opens_at_the_stay(window: Window, girl: Admitted) -> None:
    woman = admit(desk_of(window), "1A")
    page, _ = opened(window, girl)
    page.open_record(woman.person)
    tabs = page.record.head.tabs
    assert tabs.tabData(tabs.currentIndex()) == "stay"


def test_a_reception_that_sees_the_record_sees_no_tab_of_a_minor(window: Window, girl: Admitted) -> None:
    desk = desk_of(window)
    desk.role = Role.RECEPTION
    page = ResidentsPage(desk)
    page.open_record(girl.person)
    seen = titles(page)
    desk.role = Role.DIRECTOR
    page.deleteLater()
    assert "minor" not in seen


def test_what_is_late_is_told_in_days(window: Window, girl: Admitted) -> None:
    _, tab = opened(window, girl)
    told = [badge.text() for badge in tab.notification.findChildren(Badge)]
    assert told == ["8 j de retard"]


# Forms by keyboard ---------------------------------------------------------------------------------------------------


def test_a_service_is_told_by_keyboard(qtbot: QtBot, window: Window, girl: Admitted) -> None:
    page, tab = opened(window, girl)
    pressed(qtbot, tab.notification.button)
    form = form_of(page, NotificationForm)
    chosen(qtbot, form.service, "service_social")
    typed(qtbot, form.reference, "No 4")
    done(qtbot)
    (told,) = minors.of(desk_of(window), girl.person).notifications
    assert (told.service, told.reference, told.notified_on) == ("service_social", "No 4", clock.today())


def test_a_guardian_is_named_by_keyboard(qtbot: QtBot, window: Window, girl: Admitted) -> None:
    page, tab = opened(window, girl)
    pressed(qtbot, tab.guardian.button)
    form = form_of(page, GuardianForm)
    chosen(qtbot, form.status, "designe")
    chosen(qtbot, form.authority, "justice")
    chosen(qtbot, form.kind, "famille")
    typed(qtbot, form.name, "Awa D.")
    typed(qtbot, form.contact, "76 00 00 00")
    typed(qtbot, form.start, formats.day(clock.today()))
    typed(qtbot, form.reference, "Ord. 12")
    ticked(qtbot, form.service)
    done(qtbot)
    (kept,) = minors.of(desk_of(window), girl.person).guardians
    assert (kept.status, kept.authority, kept.kind, kept.started_on, kept.decision_ref) == (
        "designe",
        "justice",
        "famille",
        clock.today(),
        "Ord. 12",
    )
    assert minors.guardian_named(desk_of(window), kept.id) == ("Awa D.", "76 00 00 00")


def test_a_guardian_without_a_name_is_refused_beside_the_field(qtbot: QtBot, window: Window, girl: Admitted) -> None:
    page, tab = opened(window, girl)
    pressed(qtbot, tab.guardian.button)
    form = form_of(page, GuardianForm)
    chosen(qtbot, form.status, "designe")
    typed(qtbot, form.start, formats.day(clock.today()))
    done(qtbot)
    assert form.name.state() == "blocked"


def test_a_request_of_tomorrow_is_refused_beside_its_own_day(qtbot: QtBot, window: Window, girl: Admitted) -> None:
    page, tab = opened(window, girl)
    pressed(qtbot, tab.guardian.button)
    form = form_of(page, GuardianForm)
    chosen(qtbot, form.status, "demande_faite")
    typed(qtbot, form.requested, formats.day(clock.today() + timedelta(1)))
    done(qtbot)
    assert form.requested.state() == "blocked"


def test_the_best_interests_are_assessed_by_keyboard(qtbot: QtBot, window: Window, girl: Admitted) -> None:
    page, tab = opened(window, girl)
    pressed(qtbot, tab.interests.button)
    form = form_of(page, BestInterestsForm)
    review = clock.today() + timedelta(30)
    chosen(qtbot, form.trigger, "retour")
    ticked(qtbot, form.trained)
    typed(qtbot, form.child_view, "veut rentrer")
    typed(qtbot, form.options.lines[0][0], "retour")
    typed(qtbot, form.options.lines[0][1], "famille joignable")
    pressed(qtbot, form.options.add_button)
    typed(qtbot, form.options.lines[1][0], "placement")
    typed(qtbot, form.recommendation, "retour avec un adulte")
    ticked(qtbot, form.exits.boxes["reunification"])
    typed(qtbot, form.review, formats.day(review))
    done(qtbot)
    (kept,) = minors.of(desk_of(window), girl.person).assessments
    said = best_interests.assessment_words(desk_of(window), kept.id)
    assert (kept.form, kept.trigger, kept.next_review, kept.recommended_exits) == (
        "courte",
        "retour",
        review,
        ("reunification",),
    )
    assert (said.child_view, said.recommendation) == ("veut rentrer", "retour avec un adulte")
    assert [(one.what, one.pros) for one in said.options] == [("retour", "famille joignable"), ("placement", "")]


def test_an_untrained_assessor_is_stopped_beside_the_box(qtbot: QtBot, window: Window, girl: Admitted) -> None:
    page, tab = opened(window, girl)
    pressed(qtbot, tab.interests.button)
    form = form_of(page, BestInterestsForm)
    chosen(qtbot, form.trigger, "retour")
    done(qtbot)
    assert (form.trained.state(), minors.of(desk_of(window), girl.person).assessments) == ("blocked", ())


def test_a_determination_is_written_by_keyboard(qtbot: QtBot, window: Window, girl: Admitted) -> None:
    desk = desk_of(window)
    best_interests.assess(desk, replace(whole_assessment(girl.stay), needs_bid=True), SAID)
    page, _ = opened(window, girl)
    page.record.open_form("bid")
    form = form_of(page, DeterminationForm)
    typed(qtbot, form.reference, "DIS 3/2026")
    done(qtbot)
    kept = minors.of(desk, girl.person).assessments[0]
    assert (kept.bid_ref, kept.bid_decided_on) == ("DIS 3/2026", clock.today())


def test_a_search_is_opened_by_keyboard(qtbot: QtBot, window: Window, girl: Admitted) -> None:
    page, tab = opened(window, girl)
    pressed(qtbot, tab.tracing.button)
    form = form_of(page, TracingForm)
    chosen(qtbot, form.wanted, "oui")
    chosen(qtbot, form.consent.exception, "protection_enfant")
    typed(qtbot, form.consent.reason, "le juge n’est pas encore saisi")
    typed(qtbot, form.place, "Kayes")
    chosen(qtbot, form.care, "famille_elargie")
    ticked(qtbot, form.causes.boxes["migration"])
    typed(qtbot, form.relatives.lines[0][0], "Fanta K.")
    relation = form.relatives.lines[0][1]
    assert isinstance(relation, ChoiceField)
    chosen(qtbot, relation, "oncle_tante")
    done(qtbot)
    (kept,) = minors.of(desk_of(window), girl.person).tracings
    assert (kept.status, kept.separation_causes, kept.care_arrangement) == (
        "en_cours",
        ("migration",),
        "famille_elargie",
    )
    assert tracing.tracing_words(desk_of(window), kept.id)[0] == (Relative("Fanta K.", "oncle_tante"),)


def test_the_no_of_a_child_is_recorded_by_keyboard(qtbot: QtBot, window: Window, girl: Admitted) -> None:
    page, tab = opened(window, girl)
    pressed(qtbot, tab.tracing.button)
    form = form_of(page, TracingForm)
    chosen(qtbot, form.wanted, "non")
    shows = form.relatives.isVisible()
    done(qtbot)
    (kept,) = minors.of(desk_of(window), girl.person).tracings
    assert (kept.status, shows) == ("refus_enfant", False)


def test_a_step_of_the_search_is_written_by_keyboard(qtbot: QtBot, window: Window, girl: Admitted) -> None:
    desk = desk_of(window)
    agree_to(desk, girl.person, "contact_famille", child=True)
    made = tracing.trace(desk, wanted(girl.stay))
    page, _ = opened(window, girl)
    page.record.open_form("tracing_step", str(made.id))
    form = form_of(page, TracingStepForm)
    typed(qtbot, form.step, "appel de la tante")
    chosen(qtbot, form.status, "famille_localisee")
    done(qtbot)
    (kept,) = minors.of(desk, girl.person).tracings
    assert (kept.status, [one.text for one in tracing.tracing_words(desk, made.id)[1]]) == (
        "famille_localisee",
        ["appel de la tante"],
    )


# Sealed, and validated -----------------------------------------------------------------------------------------------


def test_a_guardian_is_named_on_demand_and_hidden_again(qtbot: QtBot, window: Window, girl: Admitted) -> None:
    desk = desk_of(window)
    minors.keep_guardian(desk, named(girl.person), "Awa D.")
    _, tab = opened(window, girl)
    (part,) = tab.guardian.named
    before = part.facts.isVisible()
    pressed(qtbot, part.button)
    read = part.facts.isVisible()
    part.hide_timer.timeout.emit()
    assert (before, read, part.facts.isVisible()) == (False, True, False)
    assert residents.record(desk, girl.person).thread[0].action == "guardian_read"


def test_the_only_director_validates_with_a_reason(qtbot: QtBot, window: Window, girl: Admitted) -> None:
    desk = desk_of(window)
    best_interests.assess(desk, whole_assessment(girl.stay), SAID)
    _, tab = opened(window, girl)
    ask.answer_with(lambda _question: "seule directrice")
    try:
        pressed(qtbot, tab.interests.validate[0])
    finally:
        ask.answer_with(None)
    assert minors.of(desk, girl.person).assessments[0].validated_by == desk.user


def test_a_case_worker_is_offered_no_validation(window: Window, girl: Admitted) -> None:
    desk = desk_of(window)
    best_interests.assess(desk, whole_assessment(girl.stay), SAID)
    desk.role = Role.CASE_WORKER
    _, tab = opened(window, girl)
    offered = (tab.interests.validate, tab.interests.button.isVisible())
    desk.role = Role.DIRECTOR
    assert offered == ([], True)


def test_the_birthday_card_names_the_room_and_the_papers(window: Window) -> None:
    desk = desk_of(window)
    girl = alone(desk, age=17)
    day = clock.today() + timedelta(20)
    record = residents.record(desk, girl.person)
    born = replace(record.person.birth, birth_date=day.replace(year=day.year - 18))
    residents.correct(desk, replace(record.person, birth=born))
    _, tab = opened(window, girl)
    assert tab.birthday is not None
    told = " ".join(label.text() for label in tab.birthday.findChildren(QLabel))
    assert all(part in told for part in ("dans 20 jours", "Lit 3A, Filles", "preuve de naissance"))


def test_the_manager_says_by_keyboard_why_a_child_is_alone_no_more(
    window: Window, girl: Admitted, qtbot: QtBot
) -> None:
    page, _ = opened(window, girl)
    page.record.open_form("correct")
    form = form_of(page, CorrectionForm)
    offered = [form.child.combo.itemData(at) for at in range(form.child.combo.count())]
    chosen(qtbot, form.child, "accompagne")
    done(qtbot)
    refused = form.reason.message()
    typed(qtbot, form.reason, "Le père est hébergé")
    done(qtbot)
    kept = residents.record(desk_of(window), girl.person).stays[0].stay
    assert ("sans_objet" in offered, "direction" in refused, kept.child_status) == (False, True, "accompagne")
