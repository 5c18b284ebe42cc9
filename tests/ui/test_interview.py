"""The guided interview by keyboard alone, through the real window: led to its end, paused, stopped, refused."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from shelter_desk.domain.errors import NotAllowed
from shelter_desk.domain.ids import PersonId, VictimStatusId
from shelter_desk.domain.interviews import Interview
from shelter_desk.domain.residents import Birth
from shelter_desk.domain.rights import Role
from shelter_desk.domain.stays import VictimStatus
from shelter_desk.operations import assistance, consents, drafts, interviews, people, residents, unlocking
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays import Admitted
from shelter_desk.system import clock
from shelter_desk.ui.residents.interviewing.interview_form import InterviewForm
from shelter_desk.ui.residents.interviewing.screening_tab import ScreeningTab
from shelter_desk.ui.residents.page import ResidentsPage
from shelter_desk.ui.residents.status_form import StatusForm
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.window import Window
from tests.operations.interview_scene import WHOLE, begun, finished
from tests.operations.referral_scene import agree
from tests.operations.shelter import PASSWORD, admit, open_small_shelter
from tests.ui.windows import focused, keep_preferences_in, settle, show, type_in

OTHER = "deux citrons jaunes"
TAB, SPACE, ENTER, ESCAPE, DOWN = (
    Qt.Key.Key_Tab,
    Qt.Key.Key_Space,
    Qt.Key.Key_Return,
    Qt.Key.Key_Escape,
    Qt.Key.Key_Down,
)
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small shelter with a storekeeper, closed."""
    with open_small_shelter(tmp_path / "shelter") as desk:
        people.add(desk, "Agent S", Role.STOREKEEPER, OTHER)
    return desk.folder


@pytest.fixture
def window(qtbot: QtBot, folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Window]:
    keep_preferences_in(monkeypatch, tmp_path)
    made = show(qtbot, tmp_path / "elsewhere")
    unlock(qtbot, made, folder)
    yield made
    made.close()
    settle(qtbot)


def unlock(qtbot: QtBot, window: Window, folder: Path, name: str = "Agent A", password: str = PASSWORD) -> None:
    settle(qtbot)
    window._folder = folder
    window.open(unlocking.unlock(folder, name, password))


@pytest.fixture
def desk(window: Window) -> Desk:
    assert window.desk is not None
    return window.desk


@pytest.fixture
def page(window: Window) -> ResidentsPage:
    assert window.frame is not None
    window.frame.open("residents")
    page = window.frame.pages["residents"]
    assert isinstance(page, ResidentsPage)
    return page


@pytest.fixture
def woman(desk: Desk) -> Admitted:
    return admit(desk, "1A", days=60)


@pytest.fixture
def girl(desk: Desk) -> Admitted:
    return admit(desk, "3A", age=12, days=60)


def screening(page: ResidentsPage, person: PersonId) -> ScreeningTab:
    """The record of that person at its tab."""
    page.open_record(person)
    tabs = page.record.head.tabs
    tabs.setCurrentIndex([tabs.tabData(place) for place in range(tabs.count())].index("screening"))
    return shown(page)


def shown(page: ResidentsPage) -> ScreeningTab:
    (tab,) = [one for one in page.record.findChildren(ScreeningTab) if one.isVisible()]
    return tab


def opened(page: ResidentsPage) -> InterviewForm:
    form = page.record.form
    assert isinstance(form, InterviewForm)
    return form


def started(qtbot: QtBot, page: ResidentsPage, person: Admitted) -> InterviewForm:
    """The form opened from the tab, by the keyboard."""
    tab = screening(page, person.person)
    tab.start_button.setFocus()
    type_in(qtbot, SPACE)
    return opened(page)


def tab_to(qtbot: QtBot, wanted: QWidget) -> None:
    """Tab until that widget, or what stands in for it, has the focus."""
    for _ in range(80):
        here = focused()
        if here is wanted or wanted.isAncestorOf(here):
            return
        type_in(qtbot, TAB)
    raise AssertionError(wanted.accessibleName())


def tick(qtbot: QtBot, *boxes: QWidget) -> None:
    for box in boxes:
        tab_to(qtbot, box)
        type_in(qtbot, SPACE)


def go_on(qtbot: QtBot) -> None:
    qtbot.keyClick(focused(), ENTER, CTRL)


def before(qtbot: QtBot, form: InterviewForm) -> None:
    """Stage 0 filled in by keyboard, then the welcome."""
    of = form.editors
    tab_to(qtbot, of.place)
    type_in(qtbot, "Bureau 2", TAB)
    tab_to(qtbot, of.choices["language"])
    type_in(qtbot, "Bambara", TAB)
    tick(qtbot, of.checks["interviewer_trained"], of.checks["interviewer_sex_ok"])
    tick(qtbot, of.ticks["others_present"].boxes["personne_confiance"])
    tick(qtbot, *(of.checks[name] for name in ("ready_rested", "ready_care", "ready_safe")))
    go_on(qtbot)
    go_on(qtbot)


def agreed(qtbot: QtBot, form: InterviewForm) -> None:
    """Up to the needs, the person agreeing."""
    before(qtbot, form)
    tab_to(qtbot, form.editors.choices["consent_interview"])
    type_in(qtbot, DOWN)
    if form.is_child:
        tab_to(qtbot, form.editors.no_guardian)
        type_in(qtbot, "mère au pays, injoignable")
    go_on(qtbot)


def kept(desk: Desk, person: Admitted) -> Interview:
    (one,) = interviews.of_stay(desk, person.stay).interviews
    return one


def services(desk: Desk, person: Admitted) -> list[tuple[str, str]]:
    return [(one.service_type, one.status) for one in assistance.of_stays(desk, [person.stay]).get(person.stay, ())]


# The whole interview --------------------------------------------------------------------------------------------------


def test_a_whole_interview_is_led_by_keyboard(qtbot: QtBot, page: ResidentsPage, desk: Desk, woman: Admitted) -> None:
    form = started(qtbot, page, woman)
    agreed(qtbot, form)
    of = form.editors
    tab_to(qtbot, of.asked["immediate_danger"])
    type_in(qtbot, DOWN, DOWN)
    tab_to(qtbot, of.answers[3])
    type_in(qtbot, "n", "o", "d")
    go_on(qtbot)
    type_in(qtbot, "o", "n", "s", "r")
    tab_to(qtbot, of.route)
    type_in(qtbot, "Gao, Niamey")
    go_on(qtbot)
    type_in(qtbot, "o")
    tick(qtbot, of.ticks["recruitment_methods"].boxes["placeuse_logeuse"])
    go_on(qtbot)
    type_in(qtbot, "o")
    tab_to(qtbot, of.several["exploitation_forms"])
    type_in(qtbot, "Travail domestique", ENTER)
    tab_to(qtbot, of.numbers["duration_months"])
    type_in(qtbot, "14")
    go_on(qtbot)
    type_in(qtbot, "n", "o")
    go_on(qtbot)
    go_on(qtbot)
    tab_to(qtbot, of.choices["legal_action_wish"])
    type_in(qtbot, DOWN, DOWN)
    go_on(qtbot)
    tab_to(qtbot, of.summary)
    type_in(qtbot, "Dit avoir fait deux ans sans salaire.")
    go_on(qtbot)
    one = kept(desk, woman)
    assert one.indicators == {
        "i23_recit_appris": "non",
        "i24_traces_violence": "oui",
        "i01_tiers_organise": "oui",
        "i02_deplacement_repete": "non",
        "i03_hebergement_controle": "ne_sait_pas",
        "i04_remis_contre_argent": "refus",
        "i05_promesse_fausse": "oui",
        "i14_non_paye": "oui",
        "i06_menace_violence": "non",
        "i07_papiers": "oui",
    }
    assert (one.state, one.place, one.language, one.consent_interview) == ("termine", "Bureau 2", "bam", "donne")
    assert (one.others_present, one.ready_safe, one.immediate_danger) == (("personne_confiance",), True, False)
    assert (one.route_points, one.duration_months, one.legal_action_wish) == (("Gao", "Niamey"), 14, "non")
    assert (one.recruitment_methods, one.exploitation_forms) == (("placeuse_logeuse",), ("trav_domestique",))
    assert interviews.summary(desk, one.id) == "Dit avoir fait deux ans sans salaire."
    assert services(desk, woman) == [("pro_depistage", "fait")]
    assert (page.record.form, shown(page).lines[one.id].badge.text()) == (None, "Terminé")


def test_what_is_agreed_and_needed_goes_to_its_place(
    qtbot: QtBot, page: ResidentsPage, desk: Desk, woman: Admitted
) -> None:
    form = started(qtbot, page, woman)
    before(qtbot, form)
    of = form.editors
    tab_to(qtbot, of.choices["consent_interview"])
    type_in(qtbot, DOWN)
    tab_to(qtbot, of.choices["consent_anonymous_stats"])
    type_in(qtbot, DOWN, DOWN)
    tab_to(qtbot, of.said["to_record"])
    type_in(qtbot, DOWN)
    go_on(qtbot)
    tick(qtbot, of.urgent.boxes["soins"])
    for _ in range(6):
        go_on(qtbot)
    tab_to(qtbot, of.said["contact_family"])
    type_in(qtbot, DOWN)
    go_on(qtbot)
    go_on(qtbot)
    record = residents.record(desk, woman.person)
    assert kept(desk, woman).state == "termine"
    assert decided(desk, woman) == {
        "entretien_depistage": "donne",
        "enregistrement_donnees": "donne",
        "stats_anonymes": "refuse",
        "contact_famille": "donne",
    }
    assert record.stays[0].stay.urgent_needs == ("soins",)


def decided(desk: Desk, person: Admitted) -> dict[str, str]:
    found = consents.of(desk, person.person).all
    assert len({one.purpose for one in found}) == len(found)
    return {one.purpose: one.status for one in found}


def test_a_child_without_its_guardian_is_asked_why_beside_the_field(
    qtbot: QtBot, page: ResidentsPage, girl: Admitted
) -> None:
    form = started(qtbot, page, girl)
    before(qtbot, form)
    tab_to(qtbot, form.editors.choices["consent_interview"])
    type_in(qtbot, DOWN)
    go_on(qtbot)
    assert (form.stage, form.editors.no_guardian.state()) == (2, "blocked")


def test_the_reading_follows_each_answer(qtbot: QtBot, page: ResidentsPage, woman: Admitted) -> None:
    form = started(qtbot, page, woman)
    agreed(qtbot, form)
    go_on(qtbot)
    first = form.reading.marks["act"].text()
    type_in(qtbot, "o")
    assert (first, form.reading.marks["act"].text()) == ("pas vu", "présent")


def test_the_last_answer_of_a_stage_leads_to_its_verb(qtbot: QtBot, page: ResidentsPage, woman: Admitted) -> None:
    form = started(qtbot, page, woman)
    agreed(qtbot, form)
    go_on(qtbot)
    type_in(qtbot, "n", "n", "n", "n")
    assert focused() is form.verb


def test_a_yes_recorded_among_the_consents_stands_in_the_form(
    qtbot: QtBot, page: ResidentsPage, desk: Desk, woman: Admitted
) -> None:
    agree(desk, woman.person, "", "entretien_depistage")
    chosen = started(qtbot, page, woman).editors.choices
    assert (chosen["consent_interview"].value(), chosen["consent_anonymous_stats"].value()) == ("donne", None)


def test_what_does_not_stand_is_said_and_keeps_nobody_from_going_on(
    qtbot: QtBot, page: ResidentsPage, woman: Admitted
) -> None:
    form = started(qtbot, page, woman)
    told = form.warnings.count()
    form.editors.choices["language"].choose("bam")
    go_on(qtbot)
    assert (told, form.stage) == (5, 1)


def test_the_language_is_asked_beside_its_field(qtbot: QtBot, page: ResidentsPage, woman: Admitted) -> None:
    form = started(qtbot, page, woman)
    go_on(qtbot)
    assert (form.stage, form.editors.choices["language"].state()) == (0, "blocked")


def test_nobody_is_asked_further_before_the_answer_to_the_consent(
    qtbot: QtBot, page: ResidentsPage, woman: Admitted
) -> None:
    form = started(qtbot, page, woman)
    before(qtbot, form)
    go_on(qtbot)
    assert (form.stage, form._refusal.isVisible()) == (2, True)


def test_a_no_ends_it_and_writes_nothing_else(qtbot: QtBot, page: ResidentsPage, desk: Desk, woman: Admitted) -> None:
    form = started(qtbot, page, woman)
    before(qtbot, form)
    tab_to(qtbot, form.editors.choices["consent_interview"])
    type_in(qtbot, DOWN, DOWN)
    go_on(qtbot)
    one = kept(desk, woman)
    assert (one.state, one.stop_reason, one.indicators, page.record.form) == ("arrete", "refus", {}, None)


def test_the_third_time_the_story_is_asked_is_warned_of(
    qtbot: QtBot, page: ResidentsPage, desk: Desk, woman: Admitted
) -> None:
    for _ in range(2):
        finished(desk, woman.stay, indicators=WHOLE)
    form = started(qtbot, page, woman)
    told = form.warnings.itemAt(0)
    first = told.widget() if told is not None else None
    assert isinstance(first, Label)
    assert "troisième fois" in first.text()


# Pausing, stopping, closing -------------------------------------------------------------------------------------------


def test_a_paused_interview_is_taken_up_where_it_was(
    qtbot: QtBot, page: ResidentsPage, desk: Desk, woman: Admitted
) -> None:
    agreed(qtbot, started(qtbot, page, woman))
    go_on(qtbot)
    type_in(qtbot, "o")
    qtbot.keyClick(focused(), Qt.Key.Key_P, CTRL)
    paused = kept(desk, woman)
    tab = shown(page)
    tab.resume_button.setFocus()
    type_in(qtbot, SPACE)
    form = opened(page)
    assert (paused.state, kept(desk, woman).state) == ("pause", "en_cours")
    assert (form.stage, form.interview_id) == (4, paused.id)
    assert form.editors.answers[4].values() == {"i01_tiers_organise": "oui"}


def test_stopping_gives_the_reason_and_plans_support(
    qtbot: QtBot, page: ResidentsPage, desk: Desk, woman: Admitted
) -> None:
    form = started(qtbot, page, woman)
    agreed(qtbot, form)
    qtbot.keyClick(focused(), Qt.Key.Key_P, CTRL | SHIFT)
    tab_to(qtbot, form.stop_page.reason)
    type_in(qtbot, DOWN)
    go_on(qtbot)
    one = kept(desk, woman)
    assert (one.state, one.stop_reason, services(desk, woman)) == ("arrete", "larmes", [("psy_ecoute", "prevu")])


def test_a_stop_asks_why(qtbot: QtBot, page: ResidentsPage, desk: Desk, woman: Admitted) -> None:
    form = started(qtbot, page, woman)
    agreed(qtbot, form)
    form.stop_button.click()
    go_on(qtbot)
    assert (form.stop_page.reason.state(), kept(desk, woman).state) == ("blocked", "en_cours")


def test_escape_goes_back_from_stopping_to_the_stage(qtbot: QtBot, page: ResidentsPage, woman: Admitted) -> None:
    form = started(qtbot, page, woman)
    agreed(qtbot, form)
    form.stop_button.click()
    type_in(qtbot, ESCAPE)
    assert (form.is_stopping, form.faces.currentWidget(), page.record.form) == (False, form.pages[3], form)


def test_closing_loses_nothing_that_was_typed(qtbot: QtBot, page: ResidentsPage, desk: Desk, woman: Admitted) -> None:
    agreed(qtbot, started(qtbot, page, woman))
    go_on(qtbot)
    type_in(qtbot, "o", ESCAPE)
    one = kept(desk, woman)
    assert (page.record.form, one.state, one.indicators) == (None, "en_cours", {"i01_tiers_organise": "oui"})
    assert shown(page).resume_button.isVisible()


def test_an_interview_closed_before_it_began_leaves_nothing(
    qtbot: QtBot, page: ResidentsPage, desk: Desk, woman: Admitted
) -> None:
    started(qtbot, page, woman)
    type_in(qtbot, ESCAPE)
    assert (page.record.form, interviews.of_stay(desk, woman.stay).interviews) == (None, ())


def test_back_goes_to_the_stage_before(qtbot: QtBot, page: ResidentsPage, woman: Admitted) -> None:
    form = started(qtbot, page, woman)
    agreed(qtbot, form)
    qtbot.keyClick(focused(), Qt.Key.Key_Left, ALT)
    assert (form.stage, form.list.buttons[3].isEnabled(), form.list.buttons[4].isEnabled()) == (2, True, False)


def test_what_was_typed_comes_back_after_a_lock(
    qtbot: QtBot, page: ResidentsPage, window: Window, folder: Path, woman: Admitted
) -> None:
    agreed(qtbot, started(qtbot, page, woman))
    go_on(qtbot)
    type_in(qtbot, "o", "n")
    window.lock()
    unlock(qtbot, window, folder)
    assert window.frame is not None
    assert window.desk is not None
    (draft,) = drafts.mine(window.desk)
    qtbot.mouseClick(window.frame.bar.verb, Qt.MouseButton.LeftButton)
    again = window.frame.pages["residents"]
    assert isinstance(again, ResidentsPage)
    form = opened(again)
    said = {"i01_tiers_organise": "oui", "i02_deplacement_repete": "non"}
    assert (form.stage, str(form.interview_id), form.editors.answers[4].values()) == (
        4,
        draft.values["interview"],
        said,
    )


# Children -------------------------------------------------------------------------------------------------------------


def test_a_child_is_led_through_fewer_stages_in_other_words(qtbot: QtBot, page: ResidentsPage, girl: Admitted) -> None:
    form = started(qtbot, page, girl)
    assert list(form.list.buttons) == [0, 1, 2, 3, 4, 6, 8, 9, 10]
    assert (form.child_badge.isVisible(), form.reading.marks["means"].text()) == (True, "pas exigé")


def test_a_child_is_asked_about_facts_only_once_safe(
    qtbot: QtBot, page: ResidentsPage, desk: Desk, girl: Admitted
) -> None:
    form = started(qtbot, page, girl)
    agreed(qtbot, form)
    tab_to(qtbot, form.editors.asked["immediate_danger"])
    type_in(qtbot, DOWN)
    go_on(qtbot)
    stopped = (form.stage, form._refusal.isVisible(), kept(desk, girl).stage)
    type_in(qtbot, DOWN)
    go_on(qtbot)
    assert (stopped, form.stage) == ((3, True, 3), 4)


def test_half_an_hour_with_a_child_is_said(qtbot: QtBot, page: ResidentsPage, girl: Admitted) -> None:
    form = started(qtbot, page, girl)
    before(qtbot, form)
    begun_ = form.half_hour.isActive()
    form.half_hour.timeout.emit()
    assert (begun_, "30 minutes" in form.hint.sentence.text(), form.hint.isVisible()) == (True, True, True)


def test_an_interview_of_a_child_is_led_to_its_end(
    qtbot: QtBot, page: ResidentsPage, desk: Desk, girl: Admitted
) -> None:
    form = started(qtbot, page, girl)
    agreed(qtbot, form)
    go_on(qtbot)
    type_in(qtbot, "o")
    go_on(qtbot)
    type_in(qtbot, "d", "d", "d", "d", "o")
    for _ in range(4):
        go_on(qtbot)
    one = kept(desk, girl)
    assert (one.state, one.is_child_variant, one.was_minor_at_facts) == ("termine", True, True)
    assert interviews.of_stay(desk, girl.stay).reading.proposal == "presumee"


def test_somebody_of_unknown_age_is_treated_as_a_child(
    qtbot: QtBot, page: ResidentsPage, desk: Desk, woman: Admitted
) -> None:
    person = residents.record(desk, woman.person).person
    residents.correct(desk, replace(person, birth=Birth()))
    form = started(qtbot, page, woman)
    assert (form.is_child, form.reading.marks["means"].text()) == (True, "pas vu")


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
    assert residents.reason(desk, woman.stay, one.id) == "Jugement du tribunal."


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
    assert "jamais une décision" in form.reading.text()


def test_a_presumption_past_its_day_is_told_on_the_tab(page: ResidentsPage, desk: Desk, woman: Admitted) -> None:
    on = clock.today() - timedelta(days=40)
    presumed = VictimStatus(VictimStatusId(0), woman.stay, "presumee", on)
    residents.decide(desk, replace(presumed, review_on=on + timedelta(days=10)))
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


def test_the_night_reception_sees_a_record_without_the_tab(page: ResidentsPage, desk: Desk, woman: Admitted) -> None:
    desk.role = Role.RECEPTION
    assert "screening" not in page.record._titles()
