"""Whom to reach: the card on the record, its form by keyboard, and the interview that writes it."""

import pytest
from pytestqt.qtbot import QtBot

from shelter_desk.domain.ids import ContactId
from shelter_desk.domain.residents.contacts import Contact, Named
from shelter_desk.domain.rights import Role
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import contacts
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.system import clock
from shelter_desk.ui.residents.acts.contact_form import ContactPersonForm
from shelter_desk.ui.residents.page import ResidentsPage
from shelter_desk.ui.residents.record.stays_tab import ContactsCard, StaysTab
from tests.ui.assistance.assistance_scene import do_it, fill, press, tab_to
from tests.ui.residents.interview_scene import agreed, desk, folder, go_on, page, started, window, woman
from tests.ui.window.windows import focused

__all__ = ["desk", "folder", "page", "window", "woman"]


def tab_of(page: ResidentsPage) -> StaysTab:
    (tab,) = [one for one in page.record.findChildren(StaysTab) if one.isVisible()]
    return tab


def card_of(page: ResidentsPage) -> ContactsCard:
    found = tab_of(page).contacts
    assert found is not None
    return found


@pytest.fixture
def mother(desk: Desk, woman: Admitted) -> ContactId:
    contact = Contact(ContactId(0), woman.person, "oui", clock.today(), "mere", "oui")
    contacts.add(desk, contact, Named("Mariam", "70 11 22 33"))
    return contacts.of(desk, woman.person).lines[0].contact.id


def test_a_contact_is_added_by_keyboard_alone(page: ResidentsPage, desk: Desk, woman: Admitted, qtbot: QtBot) -> None:
    page.open_record(woman.person)
    press(qtbot, card_of(page).add_button)
    form = page.record.form
    assert isinstance(form, ContactPersonForm)
    tab_to(qtbot, form.wish)
    qtbot.keyClicks(focused(), "Ne")
    tab_to(qtbot, form.relation)
    qtbot.keyClicks(focused(), "Oncle")
    fill(qtbot, form.name.line, "Seydou")
    fill(qtbot, form.phone.line, "70 11 22 33")
    do_it(qtbot)
    (line,) = contacts.of(desk, woman.person).lines
    assert (line.verdict, line.contact.relation, line.contact.safe) == ("never", "oncle_tante", "a_verifier")
    assert contacts.named(desk, line.contact.id) == Named("Seydou", "70 11 22 33")
    assert card_of(page).badges[line.contact.id].text() == "Ne jamais prévenir"


def test_a_contact_without_a_wish_is_refused_beside_it(page: ResidentsPage, woman: Admitted, qtbot: QtBot) -> None:
    page.open_record(woman.person)
    page.record.open_form("contact_person")
    form = page.record.form
    assert isinstance(form, ContactPersonForm)
    fill(qtbot, form.name.line, "Seydou")
    do_it(qtbot)
    assert form.wish.state() == "blocked"


def test_who_it_is_is_shown_on_demand(page: ResidentsPage, woman: Admitted, mother: ContactId, qtbot: QtBot) -> None:
    page.open_record(woman.person)
    part = card_of(page).named[mother]
    before = part.facts.isVisible()
    press(qtbot, part.button)
    assert (before, part.facts.isVisible()) == (False, True)


def test_a_contact_is_corrected_in_its_form(
    page: ResidentsPage, desk: Desk, woman: Admitted, mother: ContactId, qtbot: QtBot
) -> None:
    page.open_record(woman.person)
    press(qtbot, card_of(page).buttons["change", mother])
    form = page.record.form
    assert isinstance(form, ContactPersonForm)
    shown = (form.wish.value(), form.relation.value(), form.safe.value(), form.name.text())
    form.wish.choose("demander")
    do_it(qtbot)
    assert shown == ("oui", "mere", "oui", "Mariam")
    assert contacts.of(desk, woman.person).lines[0].contact.wish == "demander"


def test_a_contact_ends_with_its_button(
    page: ResidentsPage, desk: Desk, woman: Admitted, mother: ContactId, qtbot: QtBot
) -> None:
    page.open_record(woman.person)
    press(qtbot, card_of(page).buttons["end", mother])
    assert contacts.of(desk, woman.person).lines[0].verdict == "ended"
    assert ("end", mother) not in card_of(page).buttons


def test_whom_to_reach_on_no_account_is_said_before_the_file_is_opened(
    page: ResidentsPage, desk: Desk, woman: Admitted, mother: ContactId
) -> None:
    page.open_record(woman.person)
    before = {badge.text() for badge in page.record.head.alerts.badges}
    father = Contact(ContactId(0), woman.person, "non", clock.today(), "pere")
    contacts.add(desk, father, Named("Seydou"))
    page.open_record(woman.person)
    after = {badge.text() for badge in page.record.head.alerts.badges}
    assert after - before == {"Ne jamais prévenir\u00a0: père"}


def test_the_night_reception_sees_no_card(page: ResidentsPage, desk: Desk, woman: Admitted, mother: ContactId) -> None:
    desk.role = Role.RECEPTION
    page.open_record(woman.person)
    assert tab_of(page).contacts is None


def test_the_interview_writes_whom_to_reach_once(
    page: ResidentsPage, desk: Desk, woman: Admitted, qtbot: QtBot
) -> None:
    form = started(qtbot, page, woman)
    agreed(qtbot, form)
    for _ in range(6):  # from the needs to the wishes
        go_on(qtbot)
    wish, relation, name, _ = form.editors.contacts.lines[0]
    tab_to(qtbot, wish)
    qtbot.keyClicks(focused(), "Peut")
    tab_to(qtbot, relation)
    qtbot.keyClicks(focused(), "Oncle")
    fill(qtbot, name, "Mariam")
    stage = form.stage
    do_it(qtbot)
    go_on(qtbot)
    (line,) = contacts.of(desk, woman.person).lines
    assert (stage, line.contact.wish, line.contact.relation) == (9, "oui", "oncle_tante")
    assert (contacts.named(desk, line.contact.id).name, form.editors.contacts.values()) == ("Mariam", [])


def test_a_contact_without_a_wish_is_said_in_the_interview(
    page: ResidentsPage, desk: Desk, woman: Admitted, qtbot: QtBot
) -> None:
    form = started(qtbot, page, woman)
    agreed(qtbot, form)
    for _ in range(6):
        go_on(qtbot)
    fill(qtbot, form.editors.contacts.lines[0][2], "Mariam")
    go_on(qtbot)
    assert (form.stage, form.editors.contacts.state()) == (9, "blocked")
    assert contacts.of(desk, woman.person).lines == ()
