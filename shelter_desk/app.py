"""Starts the program: a command, or the window with its language, log and crash window."""

import gc
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from shelter_desk import words

if TYPE_CHECKING:
    from argparse import Namespace

    from PySide6.QtWidgets import QApplication

    from shelter_desk.domain.rights import Role
    from shelter_desk.ui.window import Window
    from shelter_desk.words.reports.narrative import NarrativePage

BUG, UNUSABLE, STOPPED = 1, 2, 130
BACKUP_SUFFIX = ".sauvegarde"
# what Qt opens when it starts, and the Debian package that brings it
LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run what is asked and return the exit code; a bug is in the log and never on the screen."""
    os.umask(0o077)  # what is written, a workbook too, is for this account alone
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments and arguments[0].startswith("--excel"):
        from shelter_desk.excel.reading import reading, worker

        if arguments[0] == reading.HIDDEN_ARGUMENT:
            return worker.main(arguments[1:])
    asked = _for_the_window(arguments)
    if asked is not None:
        return _started(arguments, lambda: window(asked))
    from shelter_desk.system.printed import to_whoever_reads

    with to_whoever_reads():
        return _started(arguments, lambda: _command(arguments))


def _command(arguments: list[str]) -> int:
    from shelter_desk.commands import line
    from shelter_desk.ui.self_test import every_page

    return line.main(arguments, window, every_page, _narrative_pdf, _booklet)


def _narrative_pdf(page: "NarrativePage") -> bytes:
    """Qt is loaded for a PDF alone."""
    from shelter_desk.ui.reports.narrative.paper import pdf

    return pdf(page)


def _booklet(role: "Role", path: Path) -> None:
    from shelter_desk.ui.guide.booklet import save

    save(role, path)


def _started(arguments: list[str], what: Callable[[], int]) -> int:
    try:
        return what()
    except KeyboardInterrupt:
        # Ctrl+C, as early as while the program is loaded; what was begun is in a transaction that is not kept
        from shelter_desk.commands import line as parsing

        words.use(parsing.language_of(arguments))
        sys.stderr.write(words.text("Stopped before the end: nothing is written by halves.") + "\n")
        return STOPPED
    except Exception as error:  # noqa: BLE001 a refusal, or a bug, written where it can be looked at
        from shelter_desk.domain.errors import ShelterDeskError

        if not isinstance(error, ShelterDeskError):
            return _met_a_bug(error)
        from shelter_desk.words.refusals.errors import sentence

        sys.stderr.write(sentence(error) + "\n")
        return UNUSABLE


def _for_the_window(arguments: Sequence[str]) -> "Namespace | None":
    """What is asked of the window; None for a command, whose parser would load the database for nothing."""
    from argparse import Namespace

    asked = Namespace(data_dir=None, user=None, language=None, after_lock=None, backup=None)
    left = list(arguments)
    while left:
        if left[0].endswith(BACKUP_SUFFIX) and not left[0].startswith("-"):  # as the system opens such a file
            asked.backup = Path(left.pop(0))
            continue
        name, is_joined, value = left.pop(0).partition("=")
        if name not in ("--data-dir", "--user", "--language", "--after-lock") or not (is_joined or left):
            return None
        value = value if is_joined else left.pop(0)
        if (value.startswith("-") and not is_joined) or (name == "--language" and value not in ("fr", "en")):
            return None
        setattr(asked, name[2:].replace("-", "_"), Path(value) if name == "--data-dir" else value)
    return asked


def _met_a_bug(error: Exception) -> int:
    from shelter_desk.system import folders, log

    file = log.start(folders.log())
    log.crashed(error)
    log.stop()
    told = words.text("The program met an error it did not expect. Its trace is in {file}.")
    sys.stderr.write(told.format(file=file if file is not None else "—") + "\n")
    return BUG


def window(asked: "Namespace") -> int:
    """Open the window on the data folder asked for; ends when it is closed."""
    from shelter_desk.system import folders, preferences

    words.use(asked.language or ("en" if preferences.read().language == "en" else "fr"))
    trouble = _no_display()
    if trouble is None:
        try:
            from PySide6 import QtWidgets  # noqa: F401 loaded here to name what it lacks
        except ImportError as error:
            trouble = _library_missing(str(error))
    if trouble is not None:
        sys.stderr.write(trouble + "\n")
        return UNUSABLE
    folder = asked.data_dir if asked.data_dir is not None else folders.data()
    return _run(folder, asked.user or "", getattr(asked, "after_lock", None), getattr(asked, "backup", None))


def _no_display() -> str | None:
    """Why Qt would end the process, None where it can start."""
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return None
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return words.text("There is no screen here. Use a command, or start from a desktop session.")
    return _library_missing("")


def _library_missing(told: str) -> str | None:
    """The packages to install, None where nothing is known to be missing. told: what the system said."""
    import ctypes

    missing = []
    for library, package in LIBRARIES.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            missing.append(package)
    if missing:
        return words.text("A system library is missing: install {packages}.").format(packages=" ".join(missing))
    if told:
        return words.text("The window cannot start: {reason}").format(reason=told)
    return None


def _run(folder: Path, user: str, after_lock: str | None, backup: Path | None) -> int:
    """after_lock: who left which page, where the window goes on with one that another process shows still.

    backup: one to open in place of what is there.
    """
    gc.disable()  # until the first paint: nothing is thrown away while the window is made
    from PySide6.QtWidgets import QApplication

    from shelter_desk.ui import deferred_start
    from shelter_desk.ui.window import Window

    # the style is named here: asking the application for its own makes the class QStyle, 4 ms
    app = QApplication.instance() or QApplication([*sys.argv[:1], "-style", "fusion"])
    if not isinstance(app, QApplication):
        return BUG
    _show_as_installed(app)
    deferred_start.expect()
    deferred_start.after(_collect_here)
    # the log and the crash window are there before anybody can type
    deferred_start.after(lambda: _watch_for_bugs(app, lambda: shown))
    deferred_start.after(lambda: _speak_qt(app))
    shown = Window(folder, user, after_lock or "")
    deferred_start.of(shown)
    deferred_start.after(lambda: _renew_after_locks(shown))
    if after_lock is None:
        shown.appear()
        if backup is not None:
            deferred_start.after(lambda: shown.open_backup(backup))
    else:
        from shelter_desk.ui.locking import renewal

        if not renewal.appear_when_called(shown):
            return 0
    code = app.exec()
    from shelter_desk.system import log

    log.stop()
    return code


def _renew_after_locks(window: "Window") -> None:
    from shelter_desk.ui.locking.renewal import Renewal

    Renewal(window)


def _show_as_installed(app: "QApplication") -> None:
    """With the neutral icon where the installer put it there."""
    icon = Path(sys.executable).with_name("neutral.ico")
    if getattr(sys, "frozen", False) and icon.is_file():
        from PySide6.QtGui import QIcon

        app.setWindowIcon(QIcon(str(icon)))


def _collect_here() -> None:
    from shelter_desk.ui import collector

    collector.start()


def _watch_for_bugs(app: "QApplication", shown: "Callable[[], Window]") -> None:
    from shelter_desk.system import folders, log
    from shelter_desk.ui.errors import Crashes, explained

    def explain(error: BaseException) -> bool:
        return explained(error, shown().desk, shown().frame)

    log.catch_all(Crashes(log.start(folders.log()), app, explain).meet)


def _speak_qt(app: "QApplication") -> None:
    from shelter_desk.ui import qt_words

    qt_words.speak(app)
