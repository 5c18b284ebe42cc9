"""How the program starts: quickly, and without a trace on the screen when something is wrong."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QIcon, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shelter_desk import app
from shelter_desk.commands import line
from shelter_desk.operations.vault import backups as vault_backups
from shelter_desk.storage.backups import backups
from shelter_desk.system import folders
from shelter_desk.ui.window import Window
from tests.operations.shelter import small_shelter

HEAVY = ("sqlalchemy", "alembic", "keyring", "openpyxl", "xlsxwriter", "python_calamine")
PAINTED = """
import sys
from PySide6.QtWidgets import QApplication
from shelter_desk import words
from shelter_desk.ui import theme
from shelter_desk.ui.window import Window
words.use("fr")
program = QApplication([])
theme.wear(program)
window = Window(__import__("pathlib").Path(sys.argv[1]))
window.grab()
print(",".join(name for name in sys.argv[2:] if name in sys.modules))
"""
STARTED = """
import sys
from PySide6 import QtCore
from PySide6.QtWidgets import QApplication
from shelter_desk import app
def painted(*_):
    print("Qt" in vars(QtCore))
    return 0
QApplication.exec = painted
sys.exit(app.main(["--data-dir", sys.argv[1]]))
"""


def test_nothing_heavy_is_loaded_before_the_unlock_screen_is_painted(tmp_path: Path) -> None:
    (tmp_path / "keys.json").write_text("{}")
    done = subprocess.run(
        [sys.executable, "-c", PAINTED, str(tmp_path), *HEAVY], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ""


def test_the_start_does_not_make_the_class_of_all_names_of_qt(tmp_path: Path) -> None:
    """`from PySide6.QtCore import Qt` makes a thousand names, which takes 15 ms; it can wait for the first picture."""
    (tmp_path / "keys.json").write_text("{}")
    done = subprocess.run([sys.executable, "-c", STARTED, str(tmp_path)], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_a_bug_leaves_its_trace_in_the_log_and_none_on_the_screen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(*_: object) -> int:
        raise KeyError("Aminata")

    monkeypatch.setattr(line, "main", broken)
    monkeypatch.setattr(folders, "log", lambda: tmp_path)
    code = app.main(["check"])
    shown = capsys.readouterr()
    (log,) = tmp_path.iterdir()
    written = log.read_text(encoding="utf-8")
    assert (code, "Traceback" in shown.err + shown.out, "Aminata" in written) == (1, False, False)
    assert str(log) in shown.err
    assert "KeyError" in written


def test_without_a_screen_the_window_says_so(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("only Linux starts without a screen")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    assert app.main([]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_missing_library_is_named_with_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "LIBRARIES", {"libnowhere.so.9": "libnowhere9"})
    assert "libnowhere9" in (app._library_missing("") or "")


@pytest.mark.parametrize("arguments", [["--version"], ["report"], ["--language", "de"], ["--data-dir"]])
def test_commands_are_left_to_their_own_parser(arguments: list[str]) -> None:
    assert app._for_the_window(arguments) is None


@pytest.mark.skipif(sys.platform == "win32", reason="files of Windows have no such bits")
def test_what_the_program_writes_is_for_this_account_alone() -> None:
    before = os.umask(0o022)
    try:
        app.main(["--version"])
        assert os.umask(0o022) == 0o077
    finally:
        os.umask(before)


def test_the_window_takes_its_folder_and_name() -> None:
    asked = app._for_the_window(["--data-dir", "x", "--user", "Agent A"])
    assert asked is not None
    assert (asked.data_dir, asked.user) == (Path("x"), "Agent A")


@pytest.mark.parametrize("arguments", [["a.sauvegarde"], ["--user", "Agent A", "a.sauvegarde"]])
def test_a_backup_is_opened_as_the_system_opens_a_file(arguments: list[str]) -> None:
    asked = app._for_the_window(arguments)
    assert asked is not None
    assert asked.backup == Path("a.sauvegarde")
    assert app.BACKUP_SUFFIX == backups.SUFFIX


@pytest.mark.parametrize("is_new", [False, True])
def test_the_window_asks_for_what_opens_that_backup(qtbot: QtBot, tmp_path: Path, is_new: bool) -> None:
    with small_shelter(tmp_path / "shelter") as desk:
        made = vault_backups.back_up(desk, tmp_path / "a.sauvegarde").path
    window = Window(tmp_path / ("elsewhere" if is_new else "shelter"), "Agent A")
    qtbot.addWidget(window)
    window.show()
    window.open_backup(made)
    door = window.first_run if is_new else window.unlock
    assert door is not None
    restoring = door.restoring
    assert restoring is not None
    qtbot.waitUntil(restoring.password.isVisible)
    assert restoring.path == made


@pytest.mark.parametrize(("frozen", "is_there"), [(True, True), (True, False), (False, True)])
def test_the_neutral_icon_is_worn_where_the_installer_put_it(
    qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, frozen: bool, is_there: bool
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "shelter-desk-window.exe"))
    monkeypatch.setattr(sys, "frozen", frozen, raising=False)
    if is_there:
        QImage(16, 16, QImage.Format.Format_RGB32).save(str(tmp_path / "neutral.ico"))
    app._show_as_installed(qapp)
    assert qapp.windowIcon().isNull() != (frozen and is_there)
    qapp.setWindowIcon(QIcon())


def test_the_page_that_unlocks_loads_neither_refusals_nor_help() -> None:
    """Each costs the start some milliseconds, on every morning."""
    program = "import sys, shelter_desk.ui.window, shelter_desk.ui.unlock.page; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout.split()
    assert {"shelter_desk.domain.errors", "shelter_desk.words.help"}.isdisjoint(loaded)
