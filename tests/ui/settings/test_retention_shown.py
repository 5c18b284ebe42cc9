"""Who is offered the section, how much of its list is painted, and what a record says of its identity."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QModelIndex, QRect
from pytestqt.qtbot import QtBot

from shelter_desk.domain.retention.retention import RetainedItem, RetentionKind
from shelter_desk.domain.rights import Role
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import residents, retention
from shelter_desk.operations.residents.retention import ErasureDue
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import unlocking
from shelter_desk.ui.residents.record.record_head import RecordHead
from shelter_desk.ui.settings.page import SettingsPage
from shelter_desk.ui.settings.retention.retention_due import DueRows, DueTable
from tests.operations.retention_scene import OTHER, alone, gone, opened
from tests.ui.window.windows import keep_preferences_in


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    keep_preferences_in(monkeypatch, tmp_path)
    yield from opened(tmp_path)


@pytest.fixture
def three(desk: Desk) -> list[Admitted]:
    """Three persons who are due, the longest first."""
    return [gone(desk, bed, days=days) for bed, days in (("1A", 60), ("1B", 50), ("1C", 40))]


def test_the_section_is_there_for_the_manager_alone(qtbot: QtBot, desk: Desk) -> None:
    user_accounts.add(desk, "Agent B", Role.CASE_WORKER, OTHER)
    page = SettingsPage(desk)
    qtbot.addWidget(page)
    offered = hasattr(page, "retention")
    desk.close()
    with unlocking.unlock(desk.folder, "Agent B", OTHER) as other:
        theirs = SettingsPage(other)
        qtbot.addWidget(theirs)
        assert (offered, hasattr(theirs, "retention")) == (True, False)


def test_a_record_tells_when_its_identity_was_erased(qtbot: QtBot, desk: Desk, three: list[Admitted]) -> None:
    retention.erase(desk, [three[0].person], "Terme atteint", alone(desk))
    head = RecordHead(desk, {})
    qtbot.addWidget(head)
    head.show_record(residents.record(desk, three[0].person), [])
    head.show()
    assert head.erased.text() == f"Identité effacée le {desk.today():%d/%m/%Y}"
    assert (head.erased.isVisible(), head.held.isVisible()) == (True, False)


def test_a_record_tells_that_its_erasure_is_suspended(qtbot: QtBot, desk: Desk, three: list[Admitted]) -> None:
    retention.hold(desk, three[0].person, "Plainte en cours")
    head = RecordHead(desk, {})
    qtbot.addWidget(head)
    head.show_record(residents.record(desk, three[0].person), [])
    head.show()
    assert (head.erased.isVisible(), head.held.isVisible()) == (False, True)


def test_boxes_out_of_sight_are_not_looked_for(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    day = date(2026, 1, 1)
    rows = DueRows()
    table = DueTable(rows)
    qtbot.addWidget(table)
    table.resize(900, 320)
    rows.show([ErasureDue(RetainedItem(RetentionKind.IDENTITY, at), f"R-{at}", day, day) for at in range(400)])
    seen: list[QModelIndex] = []
    place_of = table.visualRect

    def looked(index: QModelIndex) -> QRect:
        seen.append(index)
        return place_of(index)

    monkeypatch.setattr(table, "visualRect", looked)
    table.viewport().grab()
    assert 5 < len(seen) < 20
