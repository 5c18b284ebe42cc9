"""A small shelter and its page of residents, for the tests of the list and of the record."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from shelter_desk.operations.desk import Desk
from shelter_desk.ui.page import Told
from shelter_desk.ui.residents.page import ResidentsPage
from tests.operations.shelter import small_shelter
from tests.ui.window.windows import show_active


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path) as opened:
        yield opened


def shown_residents(qtbot: QtBot, desk: Desk) -> ResidentsPage:
    """The page shown and with the keys, following what is written."""
    made = ResidentsPage(desk)
    qtbot.addWidget(made)
    made.resize(1270, 696)
    desk.database.listen(made.changed)
    show_active(qtbot, made)
    return made


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> ResidentsPage:
    """The same, of a shelter with nobody yet."""
    return shown_residents(qtbot, desk)


def told_by(page: ResidentsPage) -> list[Told]:
    said: list[Told] = []
    page.told.connect(said.append)
    return said


def codes(page: ResidentsPage) -> list[str]:
    rows = page.people.rows
    return [rows.row(place).person.code for place in range(rows.rowCount())]
