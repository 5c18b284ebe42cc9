"""Limits and delays in the settings: each with its usual value, its bounds and the way back; kept in one act."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from shelter_desk.domain.settings import FIRST_SUBJECTS, SETTINGS
from shelter_desk.operations import settings
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.ui.forms.code_lists import Ticks
from shelter_desk.ui.forms.fields import LineField, NumberField
from shelter_desk.ui.page import Told
from shelter_desk.ui.settings.limits_section import LimitsSection, SettingRow
from shelter_desk.ui.settings.page import SettingsPage
from tests.operations.shelter import open_small_shelter
from tests.ui.window.windows import keep_preferences_in, show_active, wait_for


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


@pytest.fixture
def section(qtbot: QtBot, page: SettingsPage) -> LimitsSection:
    page.open("limits")
    wait_for(qtbot, lambda: list(page.limits.cards) == list(FIRST_SUBJECTS))
    return page.limits


def row(section: LimitsSection, key: str) -> SettingRow:
    return section.cards[SETTINGS[key].subject].rows[key]


def type_number(section: LimitsSection, key: str, typed: str) -> SettingRow:
    found = row(section, key)
    assert isinstance(found.editor, NumberField | LineField)
    found.editor.line.setText(typed)
    return found


def told_by(section: LimitsSection) -> list[Told]:
    said: list[Told] = []
    section.told.connect(said.append)
    return said


def test_every_setting_of_the_table_has_its_row_but_the_hours_of_notes(section: LimitsSection) -> None:
    rows = {key for card in section.cards.values() for key in card.rows}
    beside = {"note_lock_hours", "admission_steps"}
    beside |= {f"first_step_{step}" for step in ("accounts", "rooms", "people", "stock", "backup")}
    assert rows == {key for key, one in SETTINGS.items() if one.subject != "retention"} - beside


def test_the_rows_are_made_when_the_section_is_first_shown(page: SettingsPage) -> None:
    assert page.limits.cards == {}


def test_what_is_changed_in_a_card_is_one_act_that_can_be_taken_back(section: LimitsSection, desk: Desk) -> None:
    said = told_by(section)
    type_number(section, "screening_due_days", "3")
    type_number(section, "plan_due_days", "12")
    section.cards["steps"].keep_button.click()
    kept = settings.thresholds(desk)
    assert (kept.screening_due_days, kept.plan_due_days, said[-1].state) == (3, 12, "ok")
    assert said[-1].done is not None
    undo(desk, said[-1].done)
    section.refresh()
    editor = row(section, "plan_due_days").editor
    assert isinstance(editor, NumberField)
    assert (settings.thresholds(desk).plan_due_days, editor.number()) == (10, 10)


@pytest.mark.parametrize("typed", ["2", "12", ""])
def test_small_numbers_are_hidden_below_three_to_eleven(section: LimitsSection, desk: Desk, typed: str) -> None:
    changed = type_number(section, "small_cell_k", typed)
    section.cards["reports"].keep_button.click()
    assert isinstance(changed.editor, NumberField)
    assert (changed.editor.state(), settings.read(desk).small_cell_k) == ("blocked", 5)
    changed.editor.set_number(8)
    assert changed.editor.state() == "normal"


def test_the_usual_value_is_typed_again_by_its_button(section: LimitsSection, desk: Desk) -> None:
    changed = type_number(section, "norm_m2", "4,5")
    assert changed.back.isVisible()
    section.cards["house"].keep_button.click()
    assert settings.thresholds(desk).norm_m2 == 4.5
    changed.back.setFocus()
    QTest.keyClick(changed.back, Qt.Key.Key_Space)
    section.cards["house"].keep_button.click()
    assert (settings.thresholds(desk).norm_m2, changed.back.isVisible()) == (3.5, False)


def test_a_number_that_is_not_known_may_stay_empty(section: LimitsSection, desk: Desk) -> None:
    type_number(section, "toilets", "3")
    section.cards["house"].keep_button.click()
    type_number(section, "toilets", "")
    section.cards["house"].keep_button.click()
    assert settings.kept(desk)["toilets"] == ""


def test_at_least_one_body_decides(section: LimitsSection, desk: Desk) -> None:
    ticks = row(section, "allowed_status_deciders").editor
    assert isinstance(ticks, Ticks)
    ticks.choose(["justice", "oim"])
    section.cards["identification"].keep_button.click()
    assert settings.kept(desk)["allowed_status_deciders"] == "justice;oim"
    ticks.choose([])
    section.cards["identification"].keep_button.click()
    assert (ticks.state(), settings.kept(desk)["allowed_status_deciders"]) == ("blocked", "justice;oim")


def test_a_card_that_is_typed_in_is_not_shown_anew(section: LimitsSection, desk: Desk) -> None:
    changed = type_number(section, "guardian_days", "20")
    settings.keep(desk, {"guardian_days": "30", "transit_days": "25"})
    section.refresh()
    shown = row(section, "transit_days").editor
    assert isinstance(changed.editor, NumberField)
    assert isinstance(shown, NumberField)
    assert (changed.editor.number(), shown.number(), section.is_editing()) == (20, 25, True)


def test_nothing_is_kept_while_nothing_is_changed(section: LimitsSection) -> None:
    assert [card.keep_button.isEnabled() for card in section.cards.values()] == [False] * len(section.cards)
