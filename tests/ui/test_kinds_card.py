"""The services of the shelter's own in the settings: added and retired by keyboard."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelter_desk.operations import kinds
from shelter_desk.operations.desk import Desk
from shelter_desk.ui.page import Told
from shelter_desk.ui.settings.kinds_card import KindsCard
from shelter_desk.ui.settings.shelter_section import ShelterSection
from tests.operations.shelter import small_shelter
from tests.ui.windows import show_active, type_in


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path) as opened:
        yield opened


@pytest.fixture
def card(desk: Desk, qtbot: QtBot) -> KindsCard:
    made = KindsCard(desk)
    qtbot.addWidget(made)
    made.look()
    show_active(qtbot, made)
    return made


def own(desk: Desk) -> dict[str, bool]:
    return {one.label_fr: one.active for one in kinds.all_kinds(desk).values() if one.is_local}


def test_one_is_added_under_its_type_by_keyboard(card: KindsCard, desk: Desk, qtbot: QtBot) -> None:
    card.name.setFocus()
    type_in(qtbot, "Dentiste", Qt.Key.Key_Tab)
    card.parent_type.choose("san")
    card.add_button.setFocus()
    typed = card.is_editing()
    type_in(qtbot, Qt.Key.Key_Space)
    assert (typed, card.is_editing(), own(desk)) == (True, False, {"Dentiste": True})
    assert len(card.buttons) == 1


def test_what_is_missing_is_said_beside_its_field(card: KindsCard, desk: Desk) -> None:
    card.add()
    nameless = card.name.state()
    card.name.set_text("Dentiste")
    card.add()
    assert (nameless, card.parent_type.state(), own(desk)) == ("blocked", "blocked", {})


def test_a_retired_one_stays_on_the_list_without_a_button(card: KindsCard, desk: Desk, qtbot: QtBot) -> None:
    made = kinds.add_kind(desk, "san", "Dentiste", "consultation")
    told: list[Told] = []
    card.told.connect(told.append)
    card.look()
    card.buttons[made.code].setFocus()
    type_in(qtbot, Qt.Key.Key_Space)
    assert (own(desk), card.buttons, [one.state for one in told]) == ({"Dentiste": False}, {}, ["ok"])


def test_the_card_stands_in_the_section_of_the_shelter(qtbot: QtBot, desk: Desk) -> None:
    section = ShelterSection(desk)
    qtbot.addWidget(section)
    section.look()
    assert not section.is_editing()
    section.kinds.name.set_text("Dentiste")
    assert section.is_editing()
