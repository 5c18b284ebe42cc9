"""The day of work of the benchmark, played over a small shelter: its keys still lead where they led."""

import pytest

from shelter_desk.operations.residents import residents
from tests.benchmarks.eye import day_of_work
from tests.benchmarks.eye.watchdog import Watchdog
from tests.ui.conftest import dressed
from tests.walks import hands as walks
from tests.walks.hands import Hands
from tests.walks.hands_scene import hands

__all__ = ["dressed", "hands"]
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def test_the_day_of_work_is_played_to_its_end(hands: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
    for kept in ("QTest", "PATIENCE"):  # as they were, after the day
        monkeypatch.setattr(walks, kept, getattr(walks, kept))
    window, watchdog = hands.window, Watchdog(50)
    with watchdog.watching():
        keys = day_of_work.play(window, watchdog)
    assert keys > 150
    assert watchdog.longest > 0
    assert window.desk is not None
    assert window.frame is not None
    assert len(residents.listed(window.desk, "here")) == 1  # who was admitted
    offered = {key for key, _ in window.frame.places() if "/" not in key}
    assert set(window.frame.pages) == offered  # every page was opened
