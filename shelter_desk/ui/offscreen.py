"""Qt without a screen, for commands that need its fonts or its windows; loads it only when asked to."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from shelter_desk.operations.training.self_test import QtMissing

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


def application() -> "QApplication":
    """The one there is, else one without a screen."""
    try:
        from PySide6 import QtPrintSupport, QtSvg  # noqa: F401 what the pages need, loaded here to name what is missing
        from PySide6.QtCore import qInstallMessageHandler
        from PySide6.QtWidgets import QApplication
    except ImportError as error:
        raise QtMissing(str(error)) from error
    found = QApplication.instance()
    if found is None:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        show_fonts()
        found = QApplication(["shelter-desk", "-style", "fusion"])
        qInstallMessageHandler(_say)
    if not isinstance(found, QApplication):
        raise QtMissing("QApplication")
    return found


def show_fonts() -> None:
    """Without a screen Qt does not find the fonts of Windows by itself, complains, and draws no letter."""
    if sys.platform == "win32":
        of_windows = Path(os.environ.get("SYSTEMROOT", r"C:\Windows"), "Fonts")
        os.environ.setdefault("QT_QPA_FONTDIR", str(of_windows))


def _say(_kind: object, _where: object, told: str) -> None:
    """What Qt says; the platform without a screen speaks of its own limits at each window."""
    if not told.startswith("This plugin does not support"):
        sys.stderr.write(told + "\n")
