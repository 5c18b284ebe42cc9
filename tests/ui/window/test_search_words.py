"""Ctrl+K by real keys: telephones for who may read contacts, words of help that open the guide, parts of names."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shelter_desk.domain.assistance.referrals import Partner
from shelter_desk.domain.ids import ContactId, PartnerId
from shelter_desk.domain.residents.contacts import Contact, Named, same_phone
from shelter_desk.domain.residents.residents import Names
from shelter_desk.domain.rights import Role
from shelter_desk.operations.assistance import partners
from shelter_desk.operations.residents import contacts
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import unlocking
from shelter_desk.storage.residents.search import NameIndex
from shelter_desk.system import clock
from shelter_desk.ui import tasks
from shelter_desk.ui.frame.search_box import SearchBox
from shelter_desk.ui.guide.guide_window import GuideWindow
from shelter_desk.ui.window import Window
from tests.operations.shelter import PASSWORD, admit
from tests.ui.assistance.assistance_scene import OTHER, Enter, enter, folder, frame_of
from tests.ui.window.windows import focused, show_active, type_in, wait_for

__all__ = ["enter", "folder"]
PHONE = "+223 70 11 22 33"


@pytest.fixture(autouse=True)
def woman(folder: Path) -> Admitted:
    """Somebody whose mother has a telephone, which a partner has nearly."""
    with unlocking.unlock(folder, "Agent A", PASSWORD) as desk:
        user_accounts.add(desk, "Agent K", Role.CASE_WORKER, OTHER)
        user_accounts.add(desk, "Agent V", Role.AUDITOR, OTHER)
        made = admit(desk, "1A", names=Names("Traoré", "Awa"))
        mother = Contact(ContactId(0), made.person, "oui", clock.today(), "mere", "oui")
        contacts.add(desk, mother, Named("Mariam Diarra", PHONE))
        partners.keep_partner(desk, Partner(PartnerId(0), "Clinique du Fleuve", "sante", "Mopti", phone="66 77 88 99"))
    return made


def searched(qtbot: QtBot, window: Window, typed: str) -> SearchBox:
    """The box after that was typed, its results shown."""
    show_active(qtbot, window)
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    box = focused()
    assert isinstance(box, SearchBox)
    type_in(qtbot, typed, Qt.Key.Key_Return)
    return box


def said(box: SearchBox) -> list[str]:
    return [f"{one.line.code} {one.line.second}" for one in box.found()]


@pytest.mark.parametrize(("who", "typed"), [("Agent A", "70112233"), ("Agent K", "00223 70 11 22 33")])
def test_a_telephone_finds_whose_contact_has_it_and_opens_the_record(
    qtbot: QtBot, enter: Enter, woman: Admitted, who: str, typed: str
) -> None:
    window = enter(who)
    box = searched(qtbot, window, typed)
    assert said(box) == [f"{typed} Téléphone d’un contact, {woman.code}"]
    assert not any("Mariam" in one for one in said(box))
    type_in(qtbot, Qt.Key.Key_Return)
    frame = frame_of(window)
    assert frame.page_key == "residents"
    assert frame.pages["residents"].record.record.person.id == woman.person  # type: ignore[attr-defined]


@pytest.mark.parametrize("who", ["Agent M", "Agent N", "Agent V"])
def test_a_role_that_reads_no_contacts_finds_no_telephone(
    qtbot: QtBot, enter: Enter, woman: Admitted, who: str
) -> None:
    box = searched(qtbot, enter(who), "70112233")
    assert said(box) == []
    assert box.persons() == []


def test_a_part_of_a_telephone_tells_nothing_of_contacts(qtbot: QtBot, enter: Enter) -> None:
    assert said(searched(qtbot, enter("Agent A"), "7011223")) == []


def test_telephones_are_one_number_with_or_without_the_country() -> None:
    assert same_phone("70 11 22 33", "+223 70112233")
    assert not same_phone("70 11 22 33", "70 11 22 34")
    assert not same_phone("112233", "70112233")


@pytest.mark.parametrize("typed", ["66 77 88", "66778899"])
def test_a_partner_is_found_by_its_telephone(qtbot: QtBot, enter: Enter, typed: str) -> None:
    box = searched(qtbot, enter("Agent K"), typed)
    assert [one.line.code for one in box.found()] == ["Clinique du Fleuve"]


@pytest.mark.parametrize("who", ["Agent A", "Agent M", "Agent N"])
def test_a_word_of_help_opens_the_guide_at_what_was_found(qtbot: QtBot, enter: Enter, who: str) -> None:
    window = enter(who)
    box = searched(qtbot, window, "mot de passe")
    places = [one.place for one in box.found() if one.place.startswith("guide:")]
    assert places
    for _ in range([one.place for one in box.found()].index(places[0])):
        type_in(qtbot, Qt.Key.Key_Down)
    type_in(qtbot, Qt.Key.Key_Return)
    wait_for(qtbot, lambda: isinstance(QApplication.activeWindow(), GuideWindow))
    shown = QApplication.activeWindow()
    assert isinstance(shown, GuideWindow)
    assert f"guide:{shown.path}" == places[0].partition("#")[0]
    shown.close()


def test_a_term_opens_its_card(qtbot: QtBot, enter: Enter) -> None:
    window = enter("Agent A")
    box = searched(qtbot, window, "nuitee")
    card = next(one for one in box.found() if one.place.startswith("guide:../../help/fr/nuitee.md"))
    assert next(one.line.heading for one in box.found() if one.place.startswith("guide:")) == "Guide et termes"
    while box.results.list.current() is not card:
        type_in(qtbot, Qt.Key.Key_Down)
    type_in(qtbot, Qt.Key.Key_Return)
    wait_for(qtbot, lambda: isinstance(QApplication.activeWindow(), GuideWindow))
    shown = QApplication.activeWindow()
    assert isinstance(shown, GuideWindow)
    assert shown.path.endswith("nuitee.md")
    shown.close()


def test_a_part_of_a_name_comes_before_what_only_sounds_near() -> None:
    index = NameIndex({})
    for key, name in enumerate(("Kanté", "Bakonté", "Kontébougou", "Konté")):
        index.put(key, Names(name))  # type: ignore[arg-type]
    assert index.search("konté") == [3, 2, 1, 0]


def test_names_are_opened_beside_once_the_box_has_the_keys_and_what_was_typed_meanwhile_is_found(
    qtbot: QtBot, enter: Enter, woman: Admitted
) -> None:
    window = enter("Agent A")
    assert window.desk is not None
    assert window.desk.index is None
    show_active(qtbot, window)
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    box = focused()
    assert isinstance(box, SearchBox)
    type_in(qtbot, "traore")
    qtbot.waitUntil(lambda: bool(box.found()))
    assert window.desk.index is not None


def test_a_role_that_reads_no_names_opens_none(qtbot: QtBot, enter: Enter) -> None:
    window = enter("Agent V")
    show_active(qtbot, window)
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert not tasks.is_busy()
    assert window.desk is not None
    assert window.desk.index is None
