"""The settings of the agenda and of sealed matters."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelter_desk.operations import settings
from shelter_desk.operations.casefile import incidents
from shelter_desk.operations.desk import Desk
from shelter_desk.ui.page import Told
from shelter_desk.ui.settings.shelter_section import HabitsCard
from tests.operations.shelter import small_shelter


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path) as opened:
        yield opened


@pytest.fixture
def card(desk: Desk, qtbot: QtBot) -> HabitsCard:
    made = HabitsCard(desk)
    qtbot.addWidget(made)
    made.refresh()
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_the_steps_are_switched_off_with_the_space_bar(card: HabitsCard, desk: Desk, qtbot: QtBot) -> None:
    before = card.steps.isChecked()
    qtbot.keyClick(card.steps, Qt.Key.Key_Space)
    assert (before, card.steps.isChecked(), settings.admission_steps(desk)) == (True, False, False)


def test_what_was_switched_or_kept_can_be_undone(card: HabitsCard, qtbot: QtBot) -> None:
    told: list[Told] = []
    card.told.connect(told.append)
    qtbot.keyClick(card.steps, Qt.Key.Key_Space)
    qtbot.keyClicks(card.channel.line, "Ligne verte")
    qtbot.keyClick(card.keep_button, Qt.Key.Key_Space)
    assert [one.done is not None for one in told] == [True, True]


def test_the_channel_is_kept_by_its_button(card: HabitsCard, desk: Desk, qtbot: QtBot) -> None:
    qtbot.keyClicks(card.channel.line, "Ligne verte")
    typed = card.is_editing()
    qtbot.keyClick(card.keep_button, Qt.Key.Key_Space)
    assert (typed, card.is_editing(), incidents.eas_channel(desk)) == (True, False, "Ligne verte")
