"""The exit and what follows through the real window: each form by keyboard alone, R-10 and R-32 beside the fields."""

from dataclasses import replace
from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from shelter_desk.domain.ids import StayId
from shelter_desk.domain.rights import Role
from shelter_desk.domain.stock.vouchers import AskedLine
from shelter_desk.operations import settings
from shelter_desk.operations.residents import residents, sealed_access
from shelter_desk.operations.stays import exits, stays
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.operations.stock import stock
from shelter_desk.system import clock
from shelter_desk.ui.exits.exit_form import ExitForm
from shelter_desk.ui.exits.exit_more import ChildHandover
from shelter_desk.ui.residents.acts.follow_up_forms import (
    CloseCaseForm,
    DepositForm,
    FollowUpForm,
    FollowUpHeldForm,
    HandBackForm,
)
from shelter_desk.ui.residents.page import ResidentsPage
from shelter_desk.ui.residents.record.after_exit import AfterExit, AfterExitForm
from shelter_desk.ui.residents.record.stays_tab import StaysTab
from shelter_desk.ui.window import Window
from shelter_desk.words import formats
from tests.operations import store_scene as scene
from tests.operations.minor_scene import alone, validated
from tests.operations.referral_scene import agree_to
from tests.operations.shelter import admit, days_ago
from tests.operations.stock_desk import given
from tests.ui.residents.case_scene import chosen, desk_of, done, form_of, pressed, record_page, ticked, typed, window
from tests.ui.window.windows import take_turns

__all__ = ["window"]


@pytest.fixture
def girl(window: Window) -> Admitted:
    return alone(desk_of(window))


@pytest.fixture
def gone(window: Window) -> Admitted:
    """A woman who left 40 days ago."""
    made = admit(desk_of(window), "1A", days=60)
    stays.leave(desk_of(window), made.stay, days_ago(40), "autonomie", "mali_autre")
    return made


def leaving_form(qtbot: QtBot, window: Window, person: Admitted) -> ExitForm:
    page = record_page(window, person.person)
    pressed(qtbot, page.record.head.exit_button)
    return form_of(page, ExitForm)


def test_a_reason_moves_nothing_that_is_below_it(qtbot: QtBot, window: Window) -> None:
    form = leaving_form(qtbot, window, admit(desk_of(window), "1A", days=9))
    take_turns()
    before = form.summary.mapTo(form, form.summary.rect().topLeft()).y()
    chosen(qtbot, form.reason, "autonomie")
    take_turns()
    after_it = form.summary.mapTo(form, form.summary.rect().topLeft()).y()
    assert (form.planned.isVisible(), after_it) == (True, before)


def after(page: ResidentsPage, stay: StayId) -> AfterExit:
    take_turns()
    tab = page.record.findChild(StaysTab)
    assert isinstance(tab, StaysTab)
    return tab.after[stay]


def is_here(window: Window, person: Admitted) -> bool:
    return residents.record(desk_of(window), person.person).stays[0].stay.exited_at is None


# The exit ------------------------------------------------------------------------------------------------------------


def test_a_child_leaves_to_her_mother_by_keyboard(qtbot: QtBot, window: Window, girl: Admitted) -> None:
    number = validated(desk_of(window), girl.stay)
    form = leaving_form(qtbot, window, girl)
    chosen(qtbot, form.reason, "reunification")
    chosen(qtbot, form.destination, "mali_autre")
    assert form.child is not None
    chosen(qtbot, form.child.decision, number)
    typed(qtbot, form.child.name, "Mariam K.")
    chosen(qtbot, form.child.relation, "mere")
    ticked(qtbot, form.child.identity.box)
    chosen(qtbot, form.more.by, "centre")
    done(qtbot)
    kept = exits.of(desk_of(window), girl.person).exits[girl.stay]
    assert (is_here(window, girl), kept.child_decision_ref, kept.decided_by) == (False, number, "centre")
    sealed_access.say(desk_of(window), girl.code, "suivi")
    assert exits.handed_to(desk_of(window), girl.stay) == "Mariam K."


def test_a_child_leaves_by_a_decision_of_the_court_by_keyboard(qtbot: QtBot, window: Window, girl: Admitted) -> None:
    form = leaving_form(qtbot, window, girl)
    chosen(qtbot, form.reason, "famille_accueil")
    assert form.child is not None
    chosen(qtbot, form.child.decision, "court")
    typed(qtbot, form.child.reference, "Ord. 12/2026")
    typed(qtbot, form.child.name, "Awa D.")
    chosen(qtbot, form.child.relation, "famille_accueil")
    ticked(qtbot, form.child.identity.box)
    done(qtbot)
    assert exits.of(desk_of(window), girl.person).exits[girl.stay].child_decision_ref == "Ord. 12/2026"


def test_a_return_that_the_shelter_does_not_offer_is_no_exit(qtbot: QtBot, window: Window, girl: Admitted) -> None:
    settings.keep(desk_of(window), {"avrr_module": "no"})
    form = leaving_form(qtbot, window, girl)
    form.reason.choose("avrr")
    without = form.reason.value()
    form.reason.choose("reunification")
    assert (without, form.reason.value()) == (None, "reunification")


def test_what_is_missing_for_a_child_is_said_beside_its_field(qtbot: QtBot, window: Window, girl: Admitted) -> None:
    form = leaving_form(qtbot, window, girl)
    chosen(qtbot, form.reason, "avrr")
    done(qtbot)
    assert form.child is not None
    first = form.child.decision.state()
    chosen(qtbot, form.child.decision, "court")
    typed(qtbot, form.child.reference, "Ord. 12/2026")
    done(qtbot)
    assert (first, form.child.name.state(), is_here(window, girl)) == ("blocked", "blocked", True)


def handed(qtbot: QtBot, child: ChildHandover) -> None:
    """Everything R-10 asks, by keyboard."""
    chosen(qtbot, child.decision, "court")
    typed(qtbot, child.reference, "Ord. 12/2026")
    typed(qtbot, child.name, "Mariam K.")
    chosen(qtbot, child.relation, "mere")
    ticked(qtbot, child.identity)


def test_who_turned_eighteen_since_is_asked_for_the_decision_of_that_day(qtbot: QtBot, window: Window) -> None:
    desk = desk_of(window)
    made = alone(desk, age=17)
    birthday = days_ago(2).date()
    person = residents.record(desk, made.person).person
    born = replace(person.birth, birth_date=birthday.replace(year=birthday.year - 18))
    residents.correct(desk, replace(person, birth=born), reason="acte de naissance vu")
    form = leaving_form(qtbot, window, made)
    chosen(qtbot, form.reason, "reunification")
    assert form.child is not None
    as_adult = form.child.isVisible()
    form.day.set_day(days_ago(3).date())
    as_minor = form.child.isVisible()
    handed(qtbot, form.child)
    done(qtbot)
    assert (as_adult, as_minor, is_here(window, made)) == (False, True, False)


def test_a_child_alone_of_the_family_has_a_decision_of_its_own(qtbot: QtBot, window: Window) -> None:
    desk = desk_of(window)
    woman = admit(desk, "4A")
    child = admit(desk, "4B", age=14, head=woman.stay)
    record = residents.record(desk, child.person)
    residents.correct(desk, record.person, stay=replace(record.stays[0].stay, child_status="separe"))
    form = leaving_form(qtbot, window, woman)
    chosen(qtbot, form.reason, "reunification")
    (asked,) = form.handovers.of.values()
    done(qtbot)
    refused = (asked.decision.state(), asked.isVisible(), is_here(window, woman))
    handed(qtbot, asked)
    done(qtbot)
    kept = exits.of(desk, child.person)
    assert (refused, kept.handed, is_here(window, child)) == (("blocked", True, True), frozenset({child.stay}), False)


def test_an_adult_is_asked_for_no_decision(qtbot: QtBot, window: Window) -> None:
    woman = admit(desk_of(window), "1A")
    form = leaving_form(qtbot, window, woman)
    chosen(qtbot, form.reason, "avrr")
    chosen(qtbot, form.destination, "pays_origine")
    done(qtbot)
    assert (form.child, is_here(window, woman)) == (None, False)


def test_an_exit_is_told_whole_by_keyboard(qtbot: QtBot, window: Window) -> None:
    desk = desk_of(window)
    woman = admit(desk, "1A")
    receipt = exits.deposit(desk, woman.stay, clock.today(), "un téléphone")
    form = leaving_form(qtbot, window, woman)
    chosen(qtbot, form.reason, "avrr")
    chosen(qtbot, form.destination, "pays_origine")
    chosen(qtbot, form.more.by, "personne")
    chosen(qtbot, form.more.country, "GN")
    chosen(qtbot, form.more.escort, "transport")
    chosen(qtbot, form.more.safety, "oui")
    chosen(qtbot, form.more.needs, "en_partie")
    ticked(qtbot, form.back.deposits.ticks[0][1])
    ticked(qtbot, form.more.papers.boxes["passeport"])
    chosen(qtbot, form.more.follow, "oui")
    typed(qtbot, form.more.follow_on, formats.day(clock.today() + timedelta(30)))
    chosen(qtbot, form.more.channel, "telephone")
    done(qtbot)
    known = exits.of(desk, woman.person)
    kept = known.exits[woman.stay]
    assert (kept.decided_by, kept.dest_country, kept.escort, kept.safety_ok, kept.needs_met) == (
        "personne",
        "GN",
        "transport",
        True,
        "en_partie",
    )
    assert (kept.documents_given, kept.valuables_returned) == (("passeport",), True)
    assert known.belongings[woman.stay][0].returned_on == clock.today()
    assert (known.belongings[woman.stay][0].receipt_no, len(known.follow_ups[woman.stay])) == (receipt.number, 1)


def test_the_form_says_what_is_still_deposited(qtbot: QtBot, window: Window) -> None:
    woman = admit(desk_of(window), "1A")
    receipt = exits.deposit(desk_of(window), woman.stay, clock.today(), "un téléphone")
    form = leaving_form(qtbot, window, woman)
    before = (form.back.deposits.kept.isVisible(), receipt.number in form.back.deposits.kept.sentence.text())
    ticked(qtbot, form.back.deposits.ticks[0][1])
    assert (before, form.back.deposits.kept.isVisible()) == ((True, True), False)


@pytest.mark.parametrize("who_leaves", ["mother", "child"])
def test_a_family_that_parts_is_named(qtbot: QtBot, window: Window, who_leaves: str) -> None:
    mother = admit(desk_of(window), "4A")
    child = admit(desk_of(window), "4B", age=6, head=mother.stay)
    goes, stays_here = (mother, child) if who_leaves == "mother" else (child, mother)
    form = leaving_form(qtbot, window, goes)
    before = form.family[0][2].isChecked()
    if before:
        ticked(qtbot, form.family[0][2])
    assert before is (who_leaves == "mother")  # a child does not take its mother along by itself
    assert (form.left_behind.isVisible(), stays_here.code in form.left_behind.sentence.text()) == (True, True)


def test_a_lock_keeps_the_decision_for_the_child(qtbot: QtBot, window: Window, girl: Admitted) -> None:
    number = validated(desk_of(window), girl.stay)
    form = leaving_form(qtbot, window, girl)
    chosen(qtbot, form.reason, "reunification")
    assert form.child is not None
    chosen(qtbot, form.child.decision, number)
    values = form.values()
    again = ExitForm(desk_of(window), residents.record(desk_of(window), girl.person), _stay(window, girl))
    again.fill(values)
    assert again.child is not None
    kept = again.child.decision.value()
    again.deleteLater()
    assert kept == number


def _stay(window: Window, person: Admitted) -> residents.StayRecord:
    return residents.record(desk_of(window), person.person).stays[0]


# Afterwards ----------------------------------------------------------------------------------------------------------


def test_what_the_exit_left_open_is_asked_among_what_is_missing(window: Window, gone: Admitted) -> None:
    page = record_page(window, gone.person)
    assert page.record.gaps is not None
    assert {"exit_form", "case"} <= set(page.record.gaps.rows)


def test_what_the_store_lent_is_asked_afterwards_where_nobody_said(qtbot: QtBot, window: Window) -> None:
    desk = desk_of(window)
    she, blanket = admit(desk, "1B", days=9), scene.blanket(desk)
    scene.came(desk, blanket, 4_000, scene.ago(9))
    given(desk, she.stay, AskedLine(blanket, 1_000, lent=True))
    stays.leave(desk, she.stay, clock.now(), "autonomie", "mali_autre")
    page = record_page(window, she.person)
    pressed(qtbot, after(page, she.stay).buttons["after_exit"])
    form = form_of(page, AfterExitForm)
    (row,) = form.back.lent.rows
    done(qtbot)
    assert row.end.message()
    chosen(qtbot, row.end, "back")
    done(qtbot)
    assert (stock.loans(desk), scene.balance(desk, blanket)) == ((), 4_000)


def test_an_exit_is_completed_by_keyboard(qtbot: QtBot, window: Window, gone: Admitted) -> None:
    page = record_page(window, gone.person)
    pressed(qtbot, after(page, gone.stay).buttons["after_exit"])
    form = form_of(page, AfterExitForm)
    chosen(qtbot, form.more.by, "personne")
    chosen(qtbot, form.more.region, form.more.region.combo.itemData(2))
    chosen(qtbot, form.more.needs, "oui")
    chosen(qtbot, form.more.follow, "non")
    done(qtbot)
    kept = exits.of(desk_of(window), gone.person).exits[gone.stay]
    assert (kept.decided_by, kept.needs_met, kept.follow_up_consent, bool(kept.dest_region)) == (
        "personne",
        "oui",
        "non",
        True,
    )


def test_a_deposit_is_written_by_keyboard(qtbot: QtBot, window: Window, girl: Admitted) -> None:
    page = record_page(window, girl.person)
    pressed(qtbot, after(page, girl.stay).buttons["deposit"])
    form = form_of(page, DepositForm)
    typed(qtbot, form.listed, "un telephone")
    done(qtbot)
    (kept,) = exits.of(desk_of(window), girl.person).belongings[girl.stay]
    assert exits.description(desk_of(window), kept.id) == "un telephone"


def test_a_deposit_is_handed_back_by_keyboard(qtbot: QtBot, window: Window, girl: Admitted) -> None:
    exits.deposit(desk_of(window), girl.stay, clock.today(), "un téléphone")
    page = record_page(window, girl.person)
    pressed(qtbot, after(page, girl.stay).buttons["hand_back"])
    form = form_of(page, HandBackForm)
    chosen(qtbot, form.to, "tuteur")
    done(qtbot)
    (kept,) = exits.of(desk_of(window), girl.person).belongings[girl.stay]
    assert (kept.returned_on, kept.returned_to) == (clock.today(), "tuteur")


def test_a_follow_up_is_planned_by_keyboard(qtbot: QtBot, window: Window, gone: Admitted) -> None:
    agree_to(desk_of(window), gone.person, "suivi_apres_sortie")
    page = record_page(window, gone.person)
    pressed(qtbot, after(page, gone.stay).buttons["follow_up"])
    form = form_of(page, FollowUpForm)
    typed(qtbot, form.day, formats.day(clock.today() + timedelta(7)))
    chosen(qtbot, form.channel, "visite")
    done(qtbot)
    (kept,) = exits.of(desk_of(window), gone.person).follow_ups[gone.stay]
    assert (kept.due_on, kept.channel) == (clock.today() + timedelta(7), "visite")


def test_a_follow_up_is_held_by_keyboard(qtbot: QtBot, window: Window, gone: Admitted) -> None:
    agree_to(desk_of(window), gone.person, "suivi_apres_sortie")
    exits.plan_follow_up(desk_of(window), gone.stay, clock.today() - timedelta(5), "visite")
    page = record_page(window, gone.person)
    pressed(qtbot, after(page, gone.stay).buttons["follow_up_held"])
    form = form_of(page, FollowUpHeldForm)
    chosen(qtbot, form.outcome, "va_bien")
    typed(qtbot, form.note, "apprend la couture")
    done(qtbot)
    (kept,) = exits.of(desk_of(window), gone.person).follow_ups[gone.stay]
    assert (kept.held_on, kept.outcome) == (clock.today(), "va_bien")
    assert exits.follow_up_note(desk_of(window), kept.id) == "apprend la couture"


def test_a_case_is_closed_by_keyboard(qtbot: QtBot, window: Window, gone: Admitted) -> None:
    page = record_page(window, gone.person)
    pressed(qtbot, after(page, gone.stay).buttons["close_case"])
    form = form_of(page, CloseCaseForm)
    chosen(qtbot, form.reason, "objectifs_atteints")
    done(qtbot)
    kept = exits.of(desk_of(window), gone.person).exits[gone.stay]
    assert (kept.case_closed_on, kept.closure_reason) == (clock.today(), "objectifs_atteints")


def test_the_director_approves_an_exit(qtbot: QtBot, window: Window, gone: Admitted) -> None:
    page = record_page(window, gone.person)
    pressed(qtbot, after(page, gone.stay).buttons["approve"])
    assert exits.of(desk_of(window), gone.person).exits[gone.stay].approved_by == desk_of(window).user


def test_a_reception_opens_no_record_of_who_left(window: Window, gone: Admitted) -> None:
    desk = desk_of(window)
    desk.role = Role.RECEPTION
    page = ResidentsPage(desk)
    page.open_record(gone.person)
    seen = (page.record.record, page.record.findChild(StaysTab))
    desk.role = Role.DIRECTOR
    page.deleteLater()
    assert seen == (None, None)
