"""The targets of a year in the settings: a line for each headline, what is wrong said beside its field."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from shelter_desk.domain.reports.compared import YearTarget
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.reports import year_targets
from shelter_desk.ui.page import Told
from shelter_desk.ui.settings.page import SettingsPage
from tests.operations.shelter import small_shelter

PERSONS = "t2.distinct_persons"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path / "shelter") as opened:
        yield opened


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> SettingsPage:
    made = SettingsPage(desk)
    qtbot.addWidget(made)
    made.refresh()
    made.show()
    qtbot.waitExposed(made)
    made.open("targets")
    return made


def test_a_target_is_typed_kept_and_taken_back(page: SettingsPage, desk: Desk) -> None:
    told: list[Told] = []
    page.told.connect(told.append)
    line = page.targets.lines[PERSONS]
    line.number.set_number(280)
    line.source.set_text("Convention C-2026-014")
    assert page.is_editing()
    page.targets.keep_button.click()
    year = desk.today().year
    assert year_targets.targets(desk, year) == (YearTarget(PERSONS, 280, "Convention C-2026-014"),)
    assert not page.is_editing()
    assert told[-1].done is not None
    undo(desk, told[-1].done)
    page.refresh()
    assert line.number.number() is None


def test_what_is_wrong_is_said_beside_its_field(page: SettingsPage, desk: Desk) -> None:
    line = page.targets.lines[PERSONS]
    line.source.set_text("Convention")
    page.targets.keep_button.click()
    assert (line.number.state(), line.source.state()) == ("blocked", "normal")
    line.number.set_number(5)
    line.source.set_text("")
    page.targets.keep_button.click()
    assert (line.number.state(), line.source.state()) == ("normal", "blocked")
    assert year_targets.targets(desk, desk.today().year) == ()


def test_another_year_keeps_what_was_typed_for_the_one_before(page: SettingsPage, desk: Desk) -> None:
    this, line = desk.today().year, page.targets.lines[PERSONS]
    line.number.set_number(5)
    line.source.set_text("Plan")
    page.targets.year.choose(str(this + 1))
    page.targets.year.chosen.emit(str(this + 1))
    assert [one.value for one in year_targets.targets(desk, this)] == [5]
    assert line.number.number() is None
    line.number.set_number(6)
    page.targets.year.choose(str(this))
    page.targets.year.chosen.emit(str(this))
    assert (page.targets.year.value(), line.source.state()) == (str(this + 1), "blocked")
