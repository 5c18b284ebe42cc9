"""Opening the panel moves no tile of the plan: its room is kept while no bed is chosen."""

import pytest
from PySide6.QtCore import QPoint
from pytestqt.qtbot import QtBot

from shelter_desk.operations.desk import Desk
from shelter_desk.ui.beds.page import BedsPage
from tests.operations.shelter import admit
from tests.ui.today.today_scene import desk
from tests.ui.window.windows import settle, show_active

__all__ = ["desk"]


def _page(qtbot: QtBot, desk: Desk, width: int) -> BedsPage:
    admit(desk, "1A", days=2)
    made = BedsPage(desk)
    qtbot.addWidget(made)
    made.resize(width, 640)
    show_active(qtbot, made)
    settle(qtbot)
    return made


def _places(page: BedsPage) -> dict[str, tuple[int, int, int]]:
    found = {}
    for key, tile in page.plan.tiles.items():
        at = tile.mapTo(page, QPoint())
        found[key] = at.x(), at.y(), tile.width()
    return found


def _settled(qtbot: QtBot, page: BedsPage) -> dict[str, tuple[int, int, int]]:
    """Where the tiles stand once nothing is laid out anew any more."""
    last: list[dict[str, tuple[int, int, int]]] = []

    def stands() -> bool:
        last.append(_places(page))
        return len(last) > 3 and last[-1] == last[-2] == last[-3]

    qtbot.waitUntil(stands)
    return last[-1]


@pytest.mark.parametrize("width", [1270, 1824])
def test_no_tile_moves_when_a_bed_is_opened_and_closed(qtbot: QtBot, desk: Desk, width: int) -> None:
    page = _page(qtbot, desk, width)
    qtbot.waitUntil(page.nothing_chosen.isVisible)
    before = _settled(qtbot, page)
    page.open_panel(next(iter(page.plan.tiles)))
    qtbot.waitUntil(page.panel.isVisible)
    assert (_settled(qtbot, page), page.nothing_chosen.isVisible()) == (before, False)
    page.close_panel()
    qtbot.waitUntil(page.nothing_chosen.isVisible)
    assert _settled(qtbot, page) == before


def test_a_narrow_page_gives_the_plan_all_its_room(qtbot: QtBot, desk: Desk) -> None:
    page = _page(qtbot, desk, 1100)
    assert (page.nothing_chosen.isVisible(), page.plan.width()) == (False, 1100)


def test_the_calendar_has_the_whole_page(qtbot: QtBot, desk: Desk) -> None:
    page = _page(qtbot, desk, 1270)
    page.show_view("calendar")
    assert page.calendar is not None
    calendar = page.calendar
    qtbot.waitUntil(lambda: calendar.width() == 1270)
    assert not page.nothing_chosen.isVisible()
    page.show_view("plan")
    qtbot.waitUntil(page.nothing_chosen.isVisible)
