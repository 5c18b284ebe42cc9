"""`self-test`: every step in its order, the failing one by name, nothing left behind."""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QLabel

from shelter_desk import app, words
from shelter_desk.commands import self_test
from shelter_desk.domain.rights import Role
from shelter_desk.operations.training import self_test as steps
from shelter_desk.operations.training import training
from shelter_desk.operations.training.self_test import NotTheSame, QtMissing
from shelter_desk.operations.vault import opening, unlocking
from shelter_desk.storage.file.database import Database
from shelter_desk.storage.file.schema import NEWEST, version
from shelter_desk.storage.keys import key_opening, keys
from shelter_desk.ui import offscreen, page_registry, tasks
from shelter_desk.ui import self_test as pages
from shelter_desk.ui import window as ui_window
from tests.operations.shelter import PASSWORD, QUICK

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
EveryPage = Callable[[Path, str, str], tuple[str, ...]]


def raising(error: Exception) -> EveryPage:
    def every_page(_folder: Path, _user: str, _password: str) -> tuple[str, ...]:
        raise error

    return every_page


def run(every_page: EveryPage) -> int:
    return self_test.run(argparse.Namespace(quiet=False, every_page=every_page))


@pytest.fixture
def apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary folders are made."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_a_program_that_works_passes_every_step(qapp: QApplication, capsys: pytest.CaptureFixture[str]) -> None:
    with words.speaking("en"):
        code = app.main(["self-test", "--language", "en"])
    told = capsys.readouterr()
    assert (code, told.out.splitlines()) == (
        0,
        [
            "OK: Make a training shelter",
            "OK: Open it again with its password",
            "OK: Upgrade a file of the first version",
            "OK: Write the registers and read them back",
            "OK: Compute the last month and write its workbook",
            "Pages opened: today, beds, residents, assistance, equipment, stock, reports, intake, settings",
            "OK: Open every page of the window",
        ],
    ), told.err


def test_a_step_that_fails_is_named_and_nothing_is_left_behind(apart: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with words.speaking("en"):
        code = run(raising(NotTheSame("the page beds is blank")))
    told = capsys.readouterr().err
    assert (code, told) == (1, "FAILED: Open every page of the window (the page beds is blank)\n")
    assert list(apart.iterdir()) == []


def open_every_page(folder: Path, error: Exception) -> None:
    with words.speaking("en"):
        self_test._open_every_page(folder, argparse.Namespace(quiet=False, every_page=raising(error)))


def test_a_bug_names_its_step_and_goes_on_to_the_log(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ZeroDivisionError):
        open_every_page(tmp_path, ZeroDivisionError())
    assert capsys.readouterr().err == "FAILED: Open every page of the window (an error that was not expected)\n"


def test_a_checkout_without_qt_leaves_the_window_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    open_every_page(tmp_path, QtMissing("libEGL.so.1"))
    assert "The window is left out: libEGL.so.1" in capsys.readouterr().out


def test_a_packaged_program_without_qt_fails(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    with pytest.raises(self_test.StepFailed):
        open_every_page(tmp_path, QtMissing("libEGL.so.1"))
    assert capsys.readouterr().err == "FAILED: Open every page of the window (libEGL.so.1)\n"


def test_an_old_file_is_brought_to_this_version(tmp_path: Path) -> None:
    steps.upgrade_an_old_file(tmp_path / "old", cost=QUICK)
    opened = key_opening.open_with_password(tmp_path / "old", training.USER, training.PASSWORD, None)
    database = Database.open(tmp_path / "old" / opening.TRAINING_DATABASE, opened.keys.database)
    with database.reading() as connection:
        found = version(connection)
    database.close()
    assert found == NEWEST


def test_the_old_file_is_of_the_first_version_before(tmp_path: Path) -> None:
    held, _ = keys.create(tmp_path, "Agent A", PASSWORD, Role.DIRECTOR, unlocking.FIRST_USER, None, cost=QUICK)
    steps._write_as_first_version(tmp_path, held)
    database = Database.open(tmp_path / opening.TRAINING_DATABASE, held.database)
    with database.reading() as connection:
        found = version(connection)
    database.close()
    assert found == "0001" != NEWEST


def test_registers_that_come_back_empty_fail(tmp_path: Path) -> None:
    made = unlocking.create(tmp_path / "shelter", "Maison des Essais", "Gao", "Agent A", PASSWORD, cost=QUICK)
    with made.desk as desk, pytest.raises(NotTheSame, match="empty"):
        steps.write_registers_and_read_them(desk, tmp_path / "registers.xlsx")


def test_a_page_that_breaks_ends_the_visit_with_its_error(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps.make_shelter(tmp_path / "shelter", cost=QUICK)

    def broken(_desk: object, _parent: object) -> object:
        raise ZeroDivisionError

    monkeypatch.setattr(page_registry, "_beds", lambda _desk: broken)
    with words.speaking("fr"), pytest.raises(ZeroDivisionError):
        pages.every_page(tmp_path / "shelter", training.USER, training.PASSWORD)


def test_what_happened_is_not_undone_by_what_begins_before_the_wait_ends(qapp: QApplication) -> None:
    happened = iter([False, True])
    pages._wait(lambda: next(happened, False), "it never happened", [])
    assert list(happened) == []


class LeavingWindow:
    """Its shelter is closed by the other thread some time after the window."""

    unlock = None

    def __init__(self, left: list[str]) -> None:
        self.left = left

    def show(self) -> None:
        self.left.append("shown")

    def close(self) -> None:
        def leave() -> None:
            time.sleep(0.3)
            self.left.append("closed")

        tasks.run(leave, tasks.nobody, tasks.nobody)

    def deleteLater(self) -> None:
        self.left.append("gone")


def test_the_shelter_is_closed_before_its_folder_is_removed(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left: list[str] = []
    monkeypatch.setattr(ui_window, "Window", lambda _folder: LeavingWindow(left))
    with pytest.raises(NotTheSame, match="no unlock screen"):
        pages.every_page(tmp_path, "Agent A", PASSWORD)
    assert (left, tasks.is_busy()) == (["shown", "closed", "gone"], False)


def test_a_page_that_is_drawn_a_moment_later_is_not_blank(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "LONGEST_WAIT", 2_000)
    page = QLabel()
    page.resize(200, 60)
    QTimer.singleShot(200, page, lambda: page.setText("Lits et nattes"))
    pages._wait_until_drawn(page, "beds", [])
    assert page.text() == "Lits et nattes"


def test_a_page_that_is_never_drawn_is_blank(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "LONGEST_WAIT", 100)
    with pytest.raises(NotTheSame, match="the page beds is blank"):
        pages._wait_until_drawn(QLabel(), "beds", [])


@pytest.mark.parametrize(("platform", "fonts"), [("win32", "/windows/Fonts"), ("linux", None)])
def test_without_a_screen_qt_is_shown_the_fonts_of_windows(
    platform: str, fonts: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setenv("SYSTEMROOT", "/windows")
    monkeypatch.setenv("QT_QPA_FONTDIR", "")
    monkeypatch.delenv("QT_QPA_FONTDIR")
    offscreen.show_fonts()
    assert os.environ.get("QT_QPA_FONTDIR") == (None if fonts is None else str(Path(fonts)))


def test_a_folder_without_a_shelter_has_no_page(qapp: QApplication, tmp_path: Path) -> None:
    with words.speaking("fr"), pytest.raises(NotTheSame, match="no unlock screen"):
        pages.every_page(tmp_path, "Agent A", PASSWORD)


@pytest.mark.parametrize("point", [None, (30, 30)])
def test_a_page_of_one_colour_is_blank(point: tuple[int, int] | None) -> None:
    image = QImage(90, 90, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    if point is not None:
        image.setPixelColor(*point, QColor("black"))
    assert pages._is_blank(image) == (point is None)
