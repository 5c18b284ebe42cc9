"""Where files are chosen, and opened with the program of the system; tests answer instead of both."""

import re
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from shelter_desk.ui.locking.asked import asking

Chooser = Callable[[QWidget | None, str, str, str], str]


def _save(parent: QWidget | None, title: str, suggested: str, kinds: str) -> str:
    return QFileDialog.getSaveFileName(parent, title, str(start_of(suggested)), kinds)[0]


def start_of(suggested: str) -> Path:
    """Where the window that saves opens: for a bare name among the documents, not where the program lies."""
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents if Path(documents).is_dir() else Path.home()) / suggested


def _open(parent: QWidget | None, title: str, start: str, kinds: str) -> str:
    return QFileDialog.getOpenFileName(parent, title, start, kinds)[0]


def _folder(parent: QWidget | None, title: str, start: str, _kinds: str) -> str:
    return QFileDialog.getExistingDirectory(parent, title, start)


_choosers: dict[str, Chooser] = {"save": _save, "open": _open, "folder": _folder}


def _open_outside(path: Path) -> bool:
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


_openers: list[Callable[[Path], bool]] = [_open_outside]


def open_outside(path: Path) -> bool:
    """Open the file with the program that the system has for its kind; whether there is one."""
    return _openers[-1](path)


def opened_by(opener: Callable[[Path], bool]) -> None:
    """Tests: files are opened so, until `ask_again`."""
    _openers[1:] = [opener]


def answer_with(path: Path | None) -> None:
    """Tests: every choice from now on gives this file, None as if the window was closed."""
    for name in _choosers:
        _choosers[name] = lambda *_: "" if path is None else str(path)


def ask_again() -> None:
    """Tests: show the system's windows again."""
    _choosers.update(save=_save, open=_open, folder=_folder)
    del _openers[1:]


def choose_to_save(parent: QWidget | None, title: str, suggested: str, kinds: str) -> Path | None:
    """Where to write, with an ending of one of the kinds, else that of `suggested`; None when closed.

    suggested: file name or path; kinds: as Qt reads it, `Excel (*.xlsx)`.
    """
    with asking():
        path = _path(_choosers["save"](parent, title, suggested, kinds))
    ending = Path(suggested).suffix
    if path is None or path.suffix.lower() in (ending.lower(), *re.findall(r"\*(\.\w+)", kinds.lower())):
        return path
    return path.with_name(f"{path.name}{ending}")


def choose_to_open(parent: QWidget | None, title: str, kinds: str, start: str = "") -> Path | None:
    """Which file to read, None when closed."""
    with asking():
        return _path(_choosers["open"](parent, title, start, kinds))


def choose_folder(parent: QWidget | None, title: str, start: str = "") -> Path | None:
    """Which folder, None when closed."""
    with asking():
        return _path(_choosers["folder"](parent, title, start, ""))


def _path(chosen: str) -> Path | None:
    return Path(chosen) if chosen else None
