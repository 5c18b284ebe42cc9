"""The directory of recipients in the settings: empty at first, typed by keyboard."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelter_desk.operations.desk import Desk
from shelter_desk.operations.sending import recipients
from shelter_desk.ui.settings.page import SettingsPage
from shelter_desk.ui.settings.recipients_section import RecipientForm
from shelter_desk.words import formats
from tests.operations.shelter import small_shelter
from tests.ui.window.windows import type_in


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path / "shelter") as opened:
        yield opened


@pytest.fixture
def page(desk: Desk, qtbot: QtBot) -> SettingsPage:
    made = SettingsPage(desk)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.open("recipients")
    return made


def form(page: SettingsPage) -> RecipientForm:
    found = page.recipients.form
    assert found is not None
    return found


def save(page: SettingsPage, qtbot: QtBot) -> None:
    qtbot.keyClick(form(page).name.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_a_recipient_is_typed_and_listed(page: SettingsPage, desk: Desk, qtbot: QtBot) -> None:
    page.recipients.empty.started.emit()
    type_in(qtbot, "OIM Mali")
    form(page).kind.choose("oim")
    form(page).agreement_no.set_text("C-2026-014")
    form(page).agreement_until.set_day(desk.today() + timedelta(400))
    form(page).levels.choose(["convention", "partenaire"])
    save(page, qtbot)
    (kept,) = recipients.recipients(desk)
    assert (kept.name, kept.agreement_until, kept.prefix) == ("OIM Mali", desk.today() + timedelta(400), "OIM")
    (row,) = page.recipients.rows.rows()
    assert "C-2026-014" in page.recipients.rows.cells(0)[2]
    assert row == kept


def test_what_is_wrong_is_said_beside_its_field(page: SettingsPage, desk: Desk, qtbot: QtBot) -> None:
    page.recipients.begin()
    form(page).name.set_text("Bailleur")
    form(page).kind.choose("bailleur")
    form(page).levels.choose(["convention"])
    save(page, qtbot)
    assert form(page).agreement_no.message()
    form(page).agreement_no.set_text("C-1")
    form(page).agreement_until.line.setText("32/13/2027")
    save(page, qtbot)
    assert form(page).agreement_until.message()
    assert recipients.recipients(desk) == []
    form(page).agreement_until.line.setText(formats.day(date(2030, 1, 31)))
    save(page, qtbot)
    assert [one.name for one in recipients.recipients(desk)] == ["Bailleur"]


def test_a_draft_of_the_form_comes_back(page: SettingsPage, desk: Desk, qtbot: QtBot) -> None:
    page.recipients.begin()
    form(page).name.set_text("Cluster")
    page.recipients.leave_form()
    with qtbot.waitSignal(page.draft_found) as found:
        page.recipients.begin()
    assert found.args is not None
    page.resume(found.args[0])
    assert form(page).name.text() == "Cluster"
