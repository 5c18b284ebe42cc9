"""The window lies within the work area of the screen, and stands again where it was left."""

from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from pytestqt.qtbot import QtBot

from shelter_desk.system import preferences
from shelter_desk.system.preferences import Preferences
from shelter_desk.ui import window_place
from shelter_desk.ui.settings.own_sections import DisplaySection
from shelter_desk.ui.window import Window
from tests.operations.shelter import small_shelter
from tests.ui.window.windows import keep_preferences_in, make_shelter

OFFICE = QRect(0, 0, 1366, 728)  # a screen of 1366 x 768 with a task bar of 40 pixels
LARGE, SECOND = QRect(0, 0, 1920, 1040), QRect(1920, 0, 1366, 728)


def opened(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, folder: Path, *areas: QRect) -> Window:
    """A window of the program on those screens; what it remembers lies in that folder."""
    keep_preferences_in(monkeypatch, folder)
    monkeypatch.setattr(window_place, "work_areas", lambda: list(areas))
    made = Window(folder / "shelter")
    qtbot.addWidget(made)
    made.appear()
    return made


def test_the_window_lies_above_the_task_bar_of_an_office_screen(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    make_shelter(tmp_path / "shelter")
    window = opened(qtbot, monkeypatch, tmp_path, OFFICE)
    assert window.isMaximized()
    assert OFFICE.contains(window.normalGeometry())


def test_a_large_screen_has_the_window_in_its_usual_size(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    make_shelter(tmp_path / "shelter")
    window = opened(qtbot, monkeypatch, tmp_path, LARGE)
    assert (window.isMaximized(), window.width(), window.height()) == (False, 1366, 768)


def test_the_window_opens_where_it_was_closed(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    make_shelter(tmp_path / "shelter")
    first = opened(qtbot, monkeypatch, tmp_path, LARGE)
    first.setGeometry(300, 120, 1400, 800)
    first.close()
    assert opened(qtbot, monkeypatch, tmp_path, LARGE).geometry() == QRect(300, 120, 1400, 800)


def test_a_window_closed_over_the_whole_screen_opens_so_and_keeps_its_smaller_place(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    make_shelter(tmp_path / "shelter")
    first = opened(qtbot, monkeypatch, tmp_path, LARGE)
    first.setGeometry(300, 120, 1400, 800)
    first.showMaximized()
    first.close()
    again = opened(qtbot, monkeypatch, tmp_path, LARGE)
    assert (again.isMaximized(), again.normalGeometry()) == (True, QRect(300, 120, 1400, 800))


@pytest.mark.parametrize(
    ("place", "areas", "expected"),
    [
        ((2050, 60, 1200, 600), [LARGE, SECOND], (2050, 60, 1200, 600)),
        ((2100, 60, 1200, 600), [LARGE], (712, 60, 1200, 600)),  # the second screen was taken away
        ((-1900, -900, 1200, 600), [LARGE], (8, 40, 1200, 600)),
        ((100, 900, 1200, 600), [LARGE], (100, 432, 1200, 600)),
    ],
)
def test_a_window_is_brought_back_to_a_screen_that_is_there(
    place: tuple[int, int, int, int], areas: list[QRect], expected: tuple[int, int, int, int]
) -> None:
    assert window_place.placed(Preferences(place=place), areas) == (QRect(*expected), False)


def test_what_does_not_fit_the_screen_any_more_takes_its_work_area() -> None:
    place, maximised = window_place.placed(Preferences(place=(0, 40, 1900, 990)), [OFFICE])
    assert maximised
    assert place is not None
    assert OFFICE.contains(place)


def test_of_the_window_only_its_place_is_kept(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    make_shelter(tmp_path / "shelter")
    opened(qtbot, monkeypatch, tmp_path, LARGE).close()
    assert set(Preferences._fields) == {"language", "theme", "text", "place", "maximised"}
    assert preferences.read().place is not None


def test_another_theme_leaves_the_place_of_the_window(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    keep_preferences_in(monkeypatch, tmp_path)
    preferences.write(Preferences(place=(300, 120, 1400, 800)))
    with small_shelter(tmp_path / "shelter") as desk:
        section = DisplaySection(desk)
        qtbot.addWidget(section)
        section.theme.segment("dark").click()
    assert preferences.read() == Preferences("fr", "dark", (300, 120, 1400, 800))
