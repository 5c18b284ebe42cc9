"""What Qt says by itself is said in the language of the window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QFileInfo, QLocale, QTranslator
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog, QFileIconProvider, QLabel
from pytestqt.qtbot import QtBot

from shelter_desk import words
from shelter_desk.ui import qt_words


@pytest.fixture
def spoken(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[QTranslator]]:
    """What was installed; taken out again."""
    found: list[QTranslator] = []
    before, really = QLocale(), qapp.installTranslator

    def install(one: QTranslator) -> bool:
        found.append(one)
        return really(one)

    monkeypatch.setattr(qapp, "installTranslator", install)
    yield found
    for one in found:
        qapp.removeTranslator(one)
    QLocale.setDefault(before)


def _said(qtbot: QtBot) -> set[str]:
    dialog = QFileDialog()
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    qtbot.addWidget(dialog)
    labels = [one.text() for one in dialog.findChildren(QLabel)]
    buttons = [one.text() for one in dialog.findChildren(QAbstractButton)]
    return {one.replace("&", "") for one in labels + buttons} - {""}


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("fr", {"Chercher dans :", "Nom de fichier :", "Type de fichiers :", "Ouvrir", "Annuler"}),
        ("en", {"Look in:", "File name:", "Files of type:", "Open", "Cancel"}),
    ],
)
def test_the_window_for_files_speaks_one_language(
    qapp: QApplication, qtbot: QtBot, spoken: list[QTranslator], language: words.Language, expected: set[str]
) -> None:
    with words.speaking(language):
        qt_words.speak(qapp)
        assert {one.replace("\xa0", " ") for one in _said(qtbot)} == expected


@pytest.mark.parametrize(("language", "expected"), [("fr", "Dossier"), ("en", "Folder")])
def test_a_folder_is_called_so_in_the_window_for_files(
    qapp: QApplication, spoken: list[QTranslator], language: words.Language, expected: str, tmp_path: Path
) -> None:
    with words.speaking(language):
        qt_words.speak(qapp)
        assert QFileIconProvider().type(QFileInfo(str(tmp_path))) == expected
