"""How long each kind is kept, set by keyboard; which backups still hold what was erased."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelter_desk.domain.retention.retention import RetentionKind
from shelter_desk.operations import settings
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import retention
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.operations.vault import backups
from shelter_desk.ui.settings.retention.retention_section import RetentionSection
from tests.operations.full_disk import full_at
from tests.operations.retention_scene import alone
from tests.operations.shelter import PASSWORD
from tests.ui.settings.test_retention_section import choose, desk, section, three
from tests.ui.window.windows import settle, type_in

__all__ = ["desk", "section", "three"]

TAB, ENTER = Qt.Key.Key_Tab, Qt.Key.Key_Return


def test_the_clock_is_set_in_months_and_the_list_follows(qtbot: QtBot, section: RetentionSection, desk: Desk) -> None:
    section.clock.months.setFocus()
    section.clock.months.line.selectAll()
    type_in(qtbot, "36", ENTER)
    settle(qtbot)
    assert (settings.clocks(desk).identity, section.due.rows.rows()) == (36, [])


def test_a_disk_that_is_full_at_the_second_clock_keeps_none(section: RetentionSection, desk: Desk) -> None:
    before = settings.clocks(desk)
    section.clock.fields[RetentionKind.IDENTITY].line.setText("36")
    section.clock.fields[RetentionKind.CONSENTS].line.setText("48")
    full_at(desk, "INSERT ON settings WHEN new.key = 'retention_consents_months'")
    section.clock.keep_button.click()
    assert settings.clocks(desk) == before


@pytest.mark.parametrize("typed", ["", "0", "241"])
def test_a_number_of_months_out_of_bounds_is_refused(
    qtbot: QtBot, section: RetentionSection, desk: Desk, typed: str
) -> None:
    section.clock.months.line.setText(typed)
    section.clock.keep_button.click()
    assert (section.clock.months.state(), settings.clocks(desk).identity) == ("blocked", 1)


def test_backups_that_still_hold_a_name_are_listed_after_the_erasure(
    qtbot: QtBot, section: RetentionSection, desk: Desk, three: list[Admitted]
) -> None:
    backups.keep(desk, backups.place_of(desk))
    choose(qtbot, section, [0])
    form = section.due.form
    assert form is not None
    before = form.backups.text()
    type_in(qtbot, "1", TAB, "Terme atteint", TAB, PASSWORD, ENTER)
    settle(qtbot)
    (holding,) = section.backups.rows.rows()
    assert holding.until is not None
    assert (holding.identities, f"{holding.until:%d/%m/%Y}" in before) == (1, True)


def test_a_backup_on_a_stick_is_told_as_made_elsewhere(
    qtbot: QtBot, section: RetentionSection, desk: Desk, tmp_path: Path, three: list[Admitted]
) -> None:
    (tmp_path / "stick").mkdir()
    backups.keep(desk, tmp_path / "stick")
    retention.erase(desk, [three[0].person], "Terme atteint", alone(desk))
    section.refresh()
    settle(qtbot)
    assert section.backups.elsewhere.isVisible()
    assert section.backups.elsewhere.sentence.text().startswith("Pas ici\u00a0: 1 sauvegarde faite à la main")


def test_each_kind_has_a_clock_of_its_own(qtbot: QtBot, section: RetentionSection, desk: Desk) -> None:
    field = section.clock.fields[RetentionKind.INCIDENT]
    field.setFocus()
    field.line.selectAll()
    type_in(qtbot, "48", ENTER)
    assert (settings.clocks(desk).incident, settings.clocks(desk).identity) == (48, 1)
    assert not section.clock.is_editing()
