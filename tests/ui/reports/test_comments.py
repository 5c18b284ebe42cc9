"""What is said of a figure on the page of reports, and who signs its tables there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.figures import Ref
from shelter_desk.domain.rights import Role
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import annotations, closing
from shelter_desk.ui import tasks
from shelter_desk.ui.reports.figure_table import FigureTable
from shelter_desk.ui.reports.page import ReportsPage
from tests.operations.shelter import admit, open_small_shelter
from tests.ui.reports.test_reports import opened_page, told_by

ENTRIES: Ref = ("t2.entries", ())


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Two women have been here for two hundred days, two more came at the beginning of last month."""
    made = open_small_shelter(tmp_path / "shelter")
    for code in ("1A", "1B"):
        admit(made, code, days=200)
    first = Period(made.today(), made.today()).month_before.first
    for code in ("1C", "1D"):
        admit(made, code, days=(made.today() - first).days)
    yield made
    tasks.finish()
    made.close()


@pytest.fixture
def month(desk: Desk) -> Period:
    return Period(desk.today(), desk.today()).month_before


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, month: Period) -> ReportsPage:
    return opened_page(qtbot, desk, month)


def table_on(page: ReportsPage, ref: Ref) -> FigureTable:
    """The table in which that figure stands, with the focus on its cell."""
    page.tables.go_back_to(ref)
    at = page.focusWidget()
    assert isinstance(at, FigureTable)
    return at


def said_in(widget: QWidget) -> str:
    return " ".join(one.text() for one in widget.findChildren(QLabel) if one.isVisible())


def comment(qtbot: QtBot, page: ReportsPage, text: str) -> None:
    """F2 on the figure of entries, the words, Enter; then the page looks again, as after each commit."""
    qtbot.keyClick(table_on(page, ENTRIES), Qt.Key.Key_F2)
    line = page.side.comments_card.line.line
    assert page.focusWidget() is line
    line.selectAll()
    line.insert(text)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    look_again(qtbot, page)


def look_again(qtbot: QtBot, page: ReportsPage) -> None:
    former = page.computed
    page.refresh()
    qtbot.waitUntil(lambda: page.computed is not former)
    qtbot.waitUntil(lambda: page.left is not None and page.left.month is page.month_shown())
    QCoreApplication.sendPostedEvents()  # what was laid out anew is shown by an event of its own


def test_a_figure_that_moved_is_marked_until_something_is_said_of_it(
    qtbot: QtBot, page: ReportsPage, desk: Desk, month: Period
) -> None:
    rows = table_on(page, ENTRIES).figures
    cell = rows.place_of(ENTRIES)
    assert rows.data(cell, Qt.ItemDataRole.AccessibleTextRole) == "Entrées: 2, à commenter".replace(":", "\u00a0:")
    assert not page.side.comments_card.isVisible()
    comment(qtbot, page, "Deux sœurs.")
    assert [one.comment.text for one in annotations.of(desk, month)] == ["Deux sœurs."]
    assert str(rows.data(cell, Qt.ItemDataRole.ToolTipRole)).endswith("Deux sœurs.")
    assert isinstance(page.focusWidget(), FigureTable)
    shown = said_in(page.side.comments_card)
    assert all(one in shown for one in ("Entrées", "Deux sœurs.", "Agent A"))


def test_a_comment_is_changed_given_up_and_taken_away(
    qtbot: QtBot, page: ReportsPage, desk: Desk, month: Period
) -> None:
    comment(qtbot, page, "Deux sœurs.")
    qtbot.keyClick(table_on(page, ENTRIES), Qt.Key.Key_F2)
    line = page.side.comments_card.line.line
    assert (line.text(), "11 caractères sur 160" in said_in(page.side.comments_card)) == ("Deux sœurs.", True)
    line.setText("Autre chose")
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert [one.comment.text for one in annotations.of(desk, month)] == ["Deux sœurs."]
    comment(qtbot, page, "")
    assert annotations.of(desk, month) == ()
    assert not page.side.comments_card.isVisible()


def test_of_a_closed_month_nothing_more_is_said(qtbot: QtBot, page: ReportsPage, desk: Desk, month: Period) -> None:
    annotations.comment(desk, month, ENTRIES, "Deux sœurs.")
    closing.close(desk, month, lambda _: "sans_objet")
    look_again(qtbot, page)
    told = told_by(page)
    assert "Deux sœurs." in said_in(page.side.comments_card)
    qtbot.keyClick(table_on(page, ENTRIES), Qt.Key.Key_F2)
    assert [one.state for one in told] == ["blocked"]
    assert not page.side.comments_card.line.isVisible()


def test_who_signed_stands_aside_for_a_figure_that_is_opened(page: ReportsPage) -> None:
    assert page.side.visas_card.isVisible()
    page.tables.open_figure(ENTRIES)
    assert (page.tables.opened_card.isVisible(), page.side.visas_card.isVisible()) == (True, False)
    page.tables.close_figure()
    assert page.side.visas_card.isVisible()


def test_a_case_worker_signs_with_one_button_and_a_manager_has_none(
    qtbot: QtBot, page: ReportsPage, desk: Desk, month: Period
) -> None:
    assert (page.side.visas_card.isVisible(), page.side.visas_card.sign.isVisible()) == (True, False)
    desk.role = Role.CASE_WORKER
    other = opened_page(qtbot, desk, month)
    card = other.side.visas_card
    assert said_in(card).count("sans visa") == 2
    told = told_by(other)
    card.sign.setFocus()
    qtbot.keyClick(card.sign, Qt.Key.Key_Space)
    assert [one.state for one in told] == ["ok"]
    look_again(qtbot, other)
    assert not card.sign.isVisible()
    assert said_in(card).count("sans visa") == 1
    assert f"Gestionnaire de cas, {desk.today():%d/%m/%Y}" in said_in(card)
    admit(desk, "2A", sex="m", days=60)
    look_again(qtbot, other)
    assert card.sign.isVisible()
    assert "retiré" in said_in(card)
