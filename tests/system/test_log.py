"""The log never holds a value."""

import logging
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from shelter_desk.system import log

NAME = "Worokiatou"


@pytest.fixture
def written(tmp_path: Path) -> Iterator[Path]:
    path = log.start(tmp_path / "log")
    assert path is not None
    yield path
    log.stop()


@pytest.fixture
def hooks() -> Iterator[None]:
    before = sys.excepthook, threading.excepthook
    yield
    sys.excepthook, threading.excepthook = before


def failing(name: str) -> None:
    try:
        raise KeyError(name)
    except KeyError as error:
        raise ValueError(f"no room for {name}") from error


def caught() -> ValueError:
    with pytest.raises(ValueError, match="no room") as told:
        failing(NAME)
    return told.value


def test_a_trace_tells_types_and_places_of_the_whole_chain() -> None:
    told = log.trace(caught())
    assert ("builtins.ValueError" in told, "builtins.KeyError" in told, " failing" in told) == (True, True, True)


def test_a_trace_holds_no_value() -> None:
    assert NAME not in log.trace(caught())


def test_a_trace_holds_no_folder_of_this_computer() -> None:
    assert str(Path(__file__).parent) not in log.trace(caught())


def test_a_logged_error_holds_no_value(written: Path) -> None:
    logging.getLogger("shelter_desk.tried").error("import stopped", exc_info=caught())
    told = written.read_text()
    assert ("builtins.ValueError" in told, NAME in told) == (True, False)


def test_an_error_nobody_caught_is_written_and_shown(written: Path, hooks: None) -> None:
    shown: list[BaseException] = []
    log.catch_all(shown.append)
    error = caught()
    sys.excepthook(type(error), error, error.__traceback__)
    assert shown == [error]
    assert "builtins.ValueError" in written.read_text()


def test_an_error_in_a_thread_is_written_and_shown(written: Path, hooks: None) -> None:
    shown: list[BaseException] = []
    log.catch_all(shown.append)
    thread = threading.Thread(target=failing, args=(NAME,))
    thread.start()
    thread.join()
    assert [type(error) for error in shown] == [ValueError]


def test_a_folder_that_cannot_be_written_is_no_log(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert log.start(tmp_path / "file") is None


def test_a_log_that_another_window_writes_too_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def held(_source: str, _target: str) -> None:
        raise PermissionError(13, "another window has it open")

    monkeypatch.setattr(log, "MOST", 200)
    monkeypatch.setattr(os, "replace", held)
    monkeypatch.setattr(os, "rename", held)
    file = log.start(tmp_path)
    for number in range(9):
        logging.getLogger("shelter_desk.here").info("line %s of the log", number)
    log.stop()
    assert file is not None
    told = file.read_text(encoding="utf-8")
    assert [number for number in range(9) if f"line {number} of" in told] == list(range(9))
