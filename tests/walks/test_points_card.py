"""Points to settle before closing: each sentence has the room it needs, whatever the width and the size of text."""

from collections.abc import Iterator
from datetime import date

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shelter_desk import words
from shelter_desk.domain.ids import PersonId, StayId
from shelter_desk.domain.reports.points import Point
from shelter_desk.ui import theme, tokens
from shelter_desk.ui.reports.points_card import PointsCard
from tests.ui.window.windows import settle

AT_LEAST_BETWEEN = 8  # pixels above and below the text of a row
DAY = date(2026, 10, 14)


@pytest.fixture(params=[1.0, 1.5])
def card(request: pytest.FixtureRequest, qtbot: QtBot, qapp: QApplication) -> Iterator[PointsCard]:
    theme.wear(qapp, scale=request.param)
    made = PointsCard()
    qtbot.addWidget(made)
    made.resize(900, 500)
    first = (
        Point("planned_past", StayId(1), PersonId(1), "7K3-QMX-E", day=DAY),
        Point("no_source", StayId(2), PersonId(2), "W77-NY3-2"),
        Point("unplaced", StayId(3), PersonId(3), "JV2-MJY-R", nights=3),
    )
    made.show_points((*first, *first, *first))  # scrolled, so that the bar takes room from the sentences
    made.show()
    settle(qtbot)
    yield made
    theme.wear(qapp)


def cramped(card: PointsCard) -> list[str]:
    """The sentences whose row is lower than they are, drawn between the icon and the verb."""
    found = []
    verb = tokens.metrics(bold=True).horizontalAdvance(words.text("Open"))
    for place in range(card.rows.rowCount()):
        row = card.list.visualRect(card.rows.index(place, 0))
        width = row.width() - tokens.SPACE_2 - tokens.wide(20) - tokens.SPACE - 2 * tokens.SPACE - verb
        text = str(card.rows.index(place, 0).data())
        needed = tokens.metrics().boundingRect(QRect(0, 0, width, 1000), int(Qt.TextFlag.TextWordWrap), text).height()
        if row.height() < needed + 2 * AT_LEAST_BETWEEN:
            found.append(f"{text}: {row.height()} pixels for {needed}")
    return found


@pytest.mark.parametrize("width", [700, 420, 350, 300, 220])
def test_each_sentence_has_its_height_once_the_card_is_narrower(qtbot: QtBot, card: PointsCard, width: int) -> None:
    card.resize(width, 500)
    qtbot.waitUntil(lambda: cramped(card) == [], timeout=2000)
    assert card.list.visualRect(card.rows.index(0, 0)).width() <= card.list.viewport().width()


def test_rows_are_low_again_once_the_card_is_wide(qtbot: QtBot, card: PointsCard) -> None:
    card.resize(220, 500)
    qtbot.waitUntil(lambda: cramped(card) == [], timeout=2000)
    card.resize(900, 500)
    low = tokens.high(40)
    qtbot.waitUntil(lambda: card.list.visualRect(card.rows.index(0, 0)).height() == low, timeout=2000)


@pytest.mark.parametrize("width", [330, 350, 380])
def test_other_points_have_their_height_from_the_first(qtbot: QtBot, card: PointsCard, width: int) -> None:
    points = tuple(card.rows.row(place) for place in range(card.rows.rowCount()))
    card.clear()
    card.resize(width, 300)
    settle(qtbot)
    card.show_points(points)
    QApplication.processEvents()
    QApplication.processEvents()
    assert cramped(card) == []
