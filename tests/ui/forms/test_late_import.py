"""An import that speaks of a closed month: its review says which, and asks why before anything is written."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from shelter_desk.domain.moments import Period
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import intake_batches
from shelter_desk.operations.reports import closing
from shelter_desk.storage.file import journal
from shelter_desk.ui import tasks
from shelter_desk.ui.imports.page import IntakePage
from tests.commands.workbooks import write
from tests.operations.shelter import admit, open_small_shelter
from tests.ui.window.windows import show_active

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A woman for a hundred days; the month that is over is closed."""
    opened = open_small_shelter(tmp_path / "shelter")
    admit(opened, "1A", days=100)
    closing.close(opened, Period(opened.today(), opened.today()).month_before, lambda _: "sans_objet")
    yield opened
    tasks.finish()
    opened.close()


@pytest.fixture
def page(qtbot: QtBot, desk: Desk) -> IntakePage:
    made = IntakePage(desk)
    qtbot.addWidget(made)
    made.resize(1270, 696)
    show_active(qtbot, made)
    return made


def late(desk: Desk) -> list[tuple[str, str]]:
    with desk.reading() as connection:
        return [
            (one.action, one.known["late_reason"]) for one in journal.lines(connection) if "late_reason" in one.known
        ]


def reviewed(qtbot: QtBot, page: IntakePage, path: Path, *, days: int) -> None:
    """A workbook with somebody who came on the first of a month, that many days after its first one."""
    first = Period(page.desk.today(), page.desk.today()).month_before.first + timedelta(days=days)
    stay = {"stay_no": "T-1", "person_code": "W9ZB4TD", "admitted_at": f"{first:%d/%m/%Y}", "entry_kind": "premiere"}
    person = {"person_code": "W9ZB4TD", "sex": "f", "nationality": "GN"}
    rows = {"personnes": [person], "sejours": [stay | {"migration_situation": "transit"}]}
    page.open_file(write(path, rows))
    qtbot.waitUntil(lambda: page.face is page.columns, timeout=10_000)
    qtbot.keyClick(page, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: page.face is page.lines, timeout=10_000)


def test_the_review_says_which_months_are_closed_and_asks_why(
    qtbot: QtBot, page: IntakePage, desk: Desk, tmp_path: Path
) -> None:
    reviewed(qtbot, page, tmp_path / "late.xlsx", days=9)
    asked = page.lines.late_reason
    assert asked.isVisible()
    assert asked.told.text().startswith("Mois clos")
    qtbot.keyClick(page, Qt.Key.Key_Return, CTRL)
    assert asked.reason is not None
    assert asked.reason.message() == "Choisissez le motif du retard."
    assert intake_batches.past(desk) == []
    asked.reason.choose("doublon")
    qtbot.keyClick(page, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: page.face is page.result, timeout=10_000)
    assert late(desk) == [("take_in", "doublon")]
    assert page.batch is not None
    page.ask_undo(page.batch.id)  # it goes for the reason it came with
    qtbot.waitUntil(lambda: page.face is page.undoing, timeout=10_000)
    page.undoing.verb.click()
    qtbot.waitUntil(lambda: intake_batches.past(desk)[0].batch.undone_at is not None, timeout=10_000)
    tasks.finish()
    assert late(desk)[1:] == [("undo_import", "doublon")]


def test_an_import_of_before_the_closing_is_undone_for_a_reason(
    qtbot: QtBot, page: IntakePage, desk: Desk, tmp_path: Path
) -> None:
    month = Period(desk.today(), desk.today()).month_before
    closing.reopen(desk, month, "un oubli")
    reviewed(qtbot, page, tmp_path / "late.xlsx", days=9)
    assert not page.lines.late_reason.isVisible()
    qtbot.keyClick(page, Qt.Key.Key_Return, CTRL)
    qtbot.waitUntil(lambda: page.face is page.result, timeout=10_000)
    assert page.batch is not None
    closing.close(desk, month, lambda _: "sans_objet")
    page.ask_undo(page.batch.id)
    qtbot.waitUntil(lambda: page.face is page.undoing, timeout=10_000)
    page.undoing.verb.click()
    qtbot.waitUntil(page.undoing.late_reason.isVisible, timeout=10_000)
    assert page.undoing.late_reason.reason is not None
    page.undoing.late_reason.reason.choose("erreur")
    page.undoing.verb.click()
    qtbot.waitUntil(lambda: intake_batches.past(desk)[0].batch.undone_at is not None, timeout=10_000)
    tasks.finish()
    assert late(desk) == [("undo_import", "erreur")]


def test_rows_of_this_month_are_not_asked(qtbot: QtBot, page: IntakePage, tmp_path: Path) -> None:
    reviewed(qtbot, page, tmp_path / "now.xlsx", days=31)
    assert not page.lines.late_reason.isVisible()
