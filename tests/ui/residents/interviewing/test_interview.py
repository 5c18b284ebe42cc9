"""A guided interview led by keyboard, from the conditions to what is written."""

from pytestqt.qtbot import QtBot

from shelter_desk.operations.casefile import interviews
from shelter_desk.operations.consent import consents
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import residents, sealed_access
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.ui.residents.page import ResidentsPage
from shelter_desk.ui.widgets.label import Label
from tests.operations.interview_scene import WHOLE, finished
from tests.operations.referral_scene import agree
from tests.ui.residents.interview_scene import (
    DOWN,
    ENTER,
    agreed,
    before,
    desk,
    folder,
    girl,
    go_on,
    kept,
    page,
    services,
    shown,
    started,
    tab_to,
    tick,
    window,
    woman,
)
from tests.ui.window.windows import focused, type_in

__all__ = ["desk", "folder", "girl", "page", "window", "woman"]


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
    sealed_access.say(desk, woman.code, "suivi")
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
