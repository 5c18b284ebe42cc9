"""Windows are tested without a screen, dressed and in French."""

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from shelter_desk import words
from shelter_desk.ui import collector, theme, tokens, window
from shelter_desk.ui.forms import reading_reason
from shelter_desk.ui.widgets import ask, files


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every test of a window starts in French and in the light dress, and leaves English behind.

    Cycles are searched for as in the program: never in the midst of Qt's work, which would meet half a window.
    """
    collector.start()
    # what is loaded while nobody waits would keep a lock waiting, in whichever test it falls into
    monkeypatch.setattr(window, "LOADS_AHEAD_MS", 3_600_000)
    if not (tokens.is_on(tokens.LIGHT, 1.0) and qapp.styleSheet()):  # a window of another test may have worn its own
        theme.wear(qapp)
    with words.speaking("fr"):
        yield
    if not tokens.is_on(tokens.LIGHT, 1.0):
        theme.wear(qapp)


@pytest.fixture(autouse=True)
def windows_held(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What a test shows goes by Qt, as in the program, never as garbage found while its parts still hold each other."""
    held, really = [], QtBot.addWidget

    def hold(bot: QtBot, widget: QWidget, **more: object) -> None:
        held.append(widget)
        really(bot, widget, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(QtBot, "addWidget", hold)
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    held.clear()


@pytest.fixture(autouse=True)
def reason_of_reading() -> Iterator[None]:
    """Who opens something sealed follows the case; a test of the question answers otherwise."""
    reading_reason.answer_with(lambda _dialog: ("suivi", ""))
    yield
    reading_reason.answer_with(None)


@pytest.fixture(autouse=True)
def questions() -> Iterator[None]:
    """A question that a test does not answer fails it, instead of waiting for somebody for ever."""
    ask.answer_with(_nobody)
    yield
    ask.answer_with(None)


@pytest.fixture(autouse=True)
def choices_of_files() -> Iterator[None]:
    """The file that one test chooses is not what the next one is given."""
    yield
    files.ask_again()


def _nobody(question: ask.Question) -> str | None:
    raise AssertionError(f"nobody answers: {question.windowTitle()}")


def pytest_itemcollected(item: pytest.Item) -> None:
    """What the platform without a screen says of itself at each window shown is no trouble of the program."""
    item.add_marker(pytest.mark.qt_log_ignore("This plugin does not support", extend=True))
