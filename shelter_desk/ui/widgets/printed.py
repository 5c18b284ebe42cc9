"""A document on paper: the system's print dialogue, or a PDF where there is no printer."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QWidget

from shelter_desk.domain.disk import named
from shelter_desk.ui import tokens
from shelter_desk.ui.locking.asked import asking
from shelter_desk.ui.widgets import files

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

POINTS = 9.0
_FILE = "document.pdf"


def document(html: str) -> QTextDocument:
    """The sheets, ready to be printed."""
    made = QTextDocument()
    face = tokens.font("small")
    face.setPointSizeF(POINTS)
    made.setDefaultFont(face)
    made.setHtml(html)
    return made


def _choose_printer(parent: QWidget) -> "QPrinter | None":
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    dialog = QPrintDialog(printer, parent)
    with asking():
        return printer if dialog.exec() == QPrintDialog.DialogCode.Accepted else None


_ask_printer: list[Callable[[QWidget], "QPrinter | None"]] = [_choose_printer]


def answer_with(printer: "Callable[[QWidget], QPrinter | None] | None") -> None:
    """Tests: print with this instead of asking; None asks again."""
    _ask_printer[0] = printer or _choose_printer


def _has_printer() -> bool:
    from PySide6.QtPrintSupport import QPrinterInfo

    return bool(QPrinterInfo.availablePrinterNames())


def send(parent: QWidget, sheet: QTextDocument, title: str, printed: str, saved: str) -> str:
    """Print it, or save it under a neutral name; what was done in a sentence, "" when it was given up.

    title: of the question where to save. Raises DiskFull, ReadOnly.
    """
    if _ask_printer[0] is _choose_printer and not _has_printer():
        return saved if _save(parent, sheet, title) else ""
    printer = _ask_printer[0](parent)
    if printer is None:
        return ""
    sheet.print_(printer)
    return printed


def _save(parent: QWidget, sheet: QTextDocument, title: str) -> bool:
    path = files.choose_to_save(parent, title, _FILE, "PDF (*.pdf)")
    if path is None:
        return False
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(QMarginsF(12, 12, 12, 12), QPageLayout.Unit.Millimeter)
    sheet.print_(writer)
    try:
        path.write_bytes(bytes(buffer.data().data()))
    except OSError as error:
        raise named(error, str(path)) from error
    return True
