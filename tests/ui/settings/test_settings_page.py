"""The settings page: shelter, limits, rooms and beds, recovery key, language."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelter_desk.domain.beds.first_day import NOT_KNOWN
from shelter_desk.domain.errors import InUse, NotInList
from shelter_desk.domain.settings import SigleTellsName
from shelter_desk.operations import settings
from shelter_desk.operations.beds import beds, first_day
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.settings import Settings
from shelter_desk.operations.vault import journal
from shelter_desk.system import preferences
from shelter_desk.ui.page import Told
from shelter_desk.ui.settings.own_sections import DisplaySection
from shelter_desk.ui.settings.page import SettingsPage
from shelter_desk.ui.settings.rooms import room_cards
from shelter_desk.ui.settings.section_list import SectionList
from tests.operations.shelter import PASSWORD, admit, days_ago, open_small_shelter
from tests.ui.window.windows import focused, keep_preferences_in, settle, show_active, take_turns


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    keep_preferences_in(monkeypatch, tmp_path)
    with open_small_shelter(tmp_path / "shelter") as made:
        yield made


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> SettingsPage:
    made = SettingsPage(desk)
    qtbot.addWidget(made)
    show_active(qtbot, made)
    return made


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("A1..A3", ["A1", "A2", "A3"]),
        ("A08..A11", ["A08", "A09", "A10", "A11"]),
        ("1A..1C", ["1A", "1B", "1C"]),
        ("1A à 1C", ["1A", "1B", "1C"]),
        ("A1..3", ["A1", "A2", "A3"]),
        ("A1, B7 ; C", ["A1", "B7", "C"]),
        ("A3..A1", []),
        ("A1..B3", []),
        ("A1..A200", []),
        ("", []),
    ],
)
def test_bed_codes_are_read_in_one_go(typed: str, codes: list[str]) -> None:
    assert room_cards.read_codes(typed) == codes


def test_settings_are_kept(page: SettingsPage, desk: Desk) -> None:
    page.shelter.shelter_name.set_text("Maison du Fleuve")
    page.shelter.keep_button.click()
    assert settings.read(desk).shelter_name == "Maison du Fleuve"


def test_a_section_that_another_page_leads_to_takes_the_focus_from_the_one_before(page: SettingsPage) -> None:
    assert isinstance(page.choice, SectionList)
    page.choice.setFocus()
    page.open("security")
    assert (focused(), page.choice.value()) == (page.choice.entries["security"], "security")


def test_a_section_that_another_page_leads_to_is_made_once(page: SettingsPage) -> None:
    page.open("display")
    assert page.findChildren(DisplaySection) == [page.display]


def test_a_limit_changed_meanwhile_stays_when_the_name_is_kept(page: SettingsPage, desk: Desk) -> None:
    page.shelter.shelter_name.set_text("Maison du Fleuve")
    settings.keep(desk, {"transit_days": "20"})
    page.shelter.keep_button.click()
    assert (settings.read(desk).shelter_name, settings.read(desk).transit_days) == ("Maison du Fleuve", 20)


def test_a_shelter_keeps_a_name(page: SettingsPage, desk: Desk) -> None:
    page.shelter.shelter_name.set_text(" ")
    page.shelter.keep_button.click()
    assert page.shelter.shelter_name.state() == "blocked"
    assert settings.read(desk).shelter_name == "Maison des Essais"


def test_a_limit_out_of_bounds_is_refused_by_the_operation_too(desk: Desk) -> None:
    with pytest.raises(NotInList):
        settings.write(desk, Settings("Maison", "Gao", small_cell_k=2))


def test_what_is_typed_is_not_lost_when_something_else_changes(page: SettingsPage, desk: Desk) -> None:
    page.shelter.town.set_text("Kayes")
    settings.write(desk, Settings("Autre nom", "Gao"))
    page.changed(page.concerns)
    assert page.shelter.town.text() == "Kayes"


def room_named(desk: Desk, code: str) -> tuple[str, ...]:
    found = next((room, of_room) for room, of_room in beds.rooms(desk) if room.code == code)
    return (found[0].name, *(bed.code for bed in found[1]))


def test_a_room_is_added_with_its_beds(page: SettingsPage, desk: Desk) -> None:
    page.open("rooms")
    page.rooms.add_button.click()
    card = page.rooms.room
    card.code.set_text("9")
    card.name.set_text("Transit")
    for key, value in (("room_type", "transit"), ("sex_rule", "indifferent"), ("age_rule", "tous")):
        card.choices[key].choose(value)
    card.surface.set_text("24,5")
    card.keep_button.click()
    page.rooms.beds.new_codes.set_text("9A..9C")
    page.rooms.beds.add_button.click()
    assert room_named(desk, "9") == ("Transit", "9A", "9B", "9C")


def test_a_room_code_twice_is_said_beside_the_code(page: SettingsPage) -> None:
    page.open("rooms")
    page.rooms.room.code.set_text("2")
    page.rooms.room.keep_button.click()
    assert page.rooms.room.code.state() == "blocked"


def test_a_surface_that_is_no_number_is_said_beside_it(page: SettingsPage) -> None:
    page.open("rooms")
    page.rooms.room.surface.set_text("grande")
    page.rooms.room.keep_button.click()
    assert page.rooms.room.surface.state() == "blocked"


def test_a_bed_code_twice_is_said_beside_the_codes(page: SettingsPage, desk: Desk) -> None:
    page.open("rooms")
    page.rooms.beds.new_codes.set_text("1D..1F")
    page.rooms.beds.add_button.click()
    assert page.rooms.beds.new_codes.state() == "blocked"
    assert room_named(desk, "1")[1:] == ("1A", "1B", "1C", "1D")


def test_a_bed_is_taken_out_of_service_from_a_day_on(page: SettingsPage, desk: Desk) -> None:
    page.open("rooms")
    page.rooms.beds.until.set_day(date(2026, 1, 31))
    page.rooms.beds.retire_button.click()
    retired = next(bed for _, of_room in beds.rooms(desk) for bed in of_room if bed.code == "1A")
    assert (retired.in_service(date(2026, 1, 30)), retired.in_service(date(2026, 1, 31))) == (True, False)


def test_a_bed_gets_another_code(page: SettingsPage, desk: Desk) -> None:
    page.open("rooms")
    page.rooms.beds.code.set_text("1Z")
    page.rooms.beds.change_button.click()
    assert "1Z" in room_named(desk, "1")


def test_adding_beds_can_be_undone(qtbot: QtBot, page: SettingsPage) -> None:
    page.open("rooms")
    page.rooms.beds.new_codes.set_text("1E")
    with qtbot.waitSignal(page.told) as told:
        page.rooms.beds.add_button.click()
    assert told.args is not None
    assert told.args[0].done is not None


def test_an_empty_house_offers_the_first_room(
    qtbot: QtBot, page: SettingsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(beds, "rooms", lambda _desk: [])
    page.rooms._shown = None
    page.rooms.refresh()
    page.open("rooms")
    assert page.rooms.empty.isVisible()


def test_another_recovery_key_needs_the_password(qtbot: QtBot, page: SettingsPage) -> None:
    page.open("security")
    page.security.password.set_text("faux mot")
    page.security.make_button.click()
    settle(qtbot)
    assert (page.security.password.state(), page.security.sheet) == ("blocked", None)


def test_another_recovery_key_is_shown_once(qtbot: QtBot, page: SettingsPage) -> None:
    page.open("security")
    page.security.password.set_text(PASSWORD)
    qtbot.keyClick(page.security.password.line, Qt.Key.Key_Return)
    settle(qtbot)
    assert page.security.sheet is not None
    assert not page.security.done_button.isEnabled()


def test_another_language_is_kept_on_this_computer(qtbot: QtBot, page: SettingsPage) -> None:
    page.open("display")
    with qtbot.waitSignal(page.preferences_changed):
        page.display.language.segment("en").click()
    assert preferences.read().language == "en"


def test_beds_get_another_first_day_in_bulk_and_the_effect_is_said(page: SettingsPage, desk: Desk) -> None:
    page.open("rooms")
    card = page.rooms.first_day
    card.which.choose("house")
    card.give_button.click()
    firsts = {bed.in_service_from.date() for _, of_room in beds.rooms(desk) for bed in of_room}
    assert firsts == {NOT_KNOWN}
    assert "à partir du 01/" in card.counted.text()


def test_a_first_day_after_somebody_slept_there_is_refused_with_who_and_since_when(
    page: SettingsPage, desk: Desk
) -> None:
    admitted = admit(desk, "1A", days=10)
    page.open("rooms")
    card = page.rooms.first_day
    card.which.choose("room")
    card.since.set_day(desk.today() - timedelta(days=3))
    card.give_button.click()
    assert card.since.at.state() == "blocked"
    assert admitted.code in card.since.at.message()
    assert f"{days_ago(10):%d/%m/%Y}" in card.since.at.message()


def test_beds_of_a_shelter_just_begun_are_there_since_before_the_program(page: SettingsPage, desk: Desk) -> None:
    first_day.begin_beds(desk, [bed for _, of_room in beds.rooms(desk) for bed in of_room], NOT_KNOWN, whole_house=True)
    page.open("rooms")
    page.rooms.refresh()
    assert page.rooms.beds.since.day() == NOT_KNOWN


def test_capacity_counts_from_another_day(page: SettingsPage, desk: Desk) -> None:
    page.open("rooms")
    card = page.rooms.first_day
    card.counts_from.set_day(date(2026, 5, 1))
    card.count_button.click()
    assert first_day.read(desk).capacity_from == date(2026, 5, 1)


@pytest.mark.parametrize("sigle", ["Maison du Fleuve", "maison du fleuve", "Beaucoup trop long"])
def test_the_short_name_on_papers_is_never_the_name_of_the_shelter(desk: Desk, sigle: str) -> None:
    with pytest.raises(SigleTellsName):
        settings.write(desk, Settings("Maison du Fleuve", "Gao", sigle))
    settings.write(desk, Settings("Maison du Fleuve", "Gao", " C7 "))
    assert settings.read(desk).sigle == "C7"


def test_a_section_that_could_not_be_read_is_said_and_read_when_it_is_opened_again(
    page: SettingsPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Told] = []
    page.told.connect(told.append)
    read: list[str] = []

    def busy() -> None:
        read.append("people")
        if len(read) == 1:
            raise InUse("x")

    page.refresh()
    page.open("shelter")
    page._stale.add("people")
    monkeypatch.setattr(page.people, "refresh", busy)
    page.open("people")
    assert [one.state for one in told] == ["blocked"]
    page.open("shelter")
    page.open("people")
    page.open("people")
    assert read == ["people", "people"]


def test_the_journal_is_read_once_when_it_is_opened(page: SettingsPage, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Desk] = []
    really = journal.numbers

    def numbers(desk: Desk, wanted: journal.Wanted) -> list[int]:
        read.append(desk)
        return really(desk, wanted)

    monkeypatch.setattr(journal, "numbers", numbers)
    page.open("journal")
    take_turns()
    assert len(read) == 1
    assert page.journal.seqs


def test_what_is_typed_of_a_bed_stays_while_another_section_is_looked_at(
    page: SettingsPage, desk: Desk, qtbot: QtBot
) -> None:
    desk.database.listen(page.changed)
    page.open("rooms")
    card = next(one for one in page.rooms.findChildren(room_cards.BedsCard) if one.isVisible())
    card.code.set_text("1A-bis")
    page.open("display")
    room, _ = beds.rooms(desk)[-1]
    beds.keep_room(desk, replace(room, name="Famille deux"))
    page.open("rooms")
    assert card.code.text() == "1A-bis"
