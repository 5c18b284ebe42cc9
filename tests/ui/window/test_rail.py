"""The rail on a screen with little height."""

from itertools import pairwise

from pytestqt.qtbot import QtBot

from shelter_desk.ui.frame.rail import Entry, Rail

LOW = 1366 * 9 // 16 * 100 // 125 - 55  # an office screen at 125 %, without the bar of Windows


def rail(qtbot: QtBot, height: int) -> Rail:
    made = Rail([Entry(f"p{number}", "Page", "bed", number, number > 7) for number in range(1, 10)])
    qtbot.addWidget(made)
    made.resize(made.sizeHint().width(), height)
    made.show()
    return made


def test_nine_pages_fit_an_office_screen_whose_text_is_a_quarter_larger(qtbot: QtBot) -> None:
    made = rail(qtbot, LOW)
    assert made.height() == LOW
    entries = sorted(made.entries.values(), key=lambda one: one.y())
    assert all(one.geometry().bottom() < other.y() for one, other in pairwise(entries))
    assert entries[-1].geometry().bottom() < LOW


def test_on_a_high_screen_they_are_as_high_as_they_are_meant_to_be(qtbot: QtBot) -> None:
    made = rail(qtbot, 900)
    assert {one.height() for one in made.entries.values()} == {64}
