"""A document on paper: the system's print dialogue, or a PDF where there is no printer."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF
from PySide6.QtGui import QPagedPaintDevice, QPageLayout, QPageSize, QPdfWriter, QTextDocument
from PySide6.QtWidgets import QWidget

from shelter_desk.domain.disk import named
from shelter_desk.domain.errors import ReadOnly, Trouble
from shelter_desk.ui import tokens
from shelter_desk.ui.locking.asked import asking
from shelter_desk.ui.widgets import files

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

POINTS, MARGIN = 9.0, 12.0  # of the type, and millimetres around it
FILE = "document.pdf"  # no name, no code in the name of a file
Paint = Callable[[QPagedPaintDevice], object]


def document(html: str, points: float = POINTS) -> QTextDocument:
    """The sheets, ready to be printed."""
    made = QTextDocument()
    face = tokens.font("small")
    face.setPointSizeF(points)
    made.setDefaultFont(face)
    made.setHtml(html)
    return made


def _ask(parent: QWidget) -> "QPrinter | None":
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    dialog = QPrintDialog(printer, parent)
    with asking():
        return printer if dialog.exec() == QPrintDialog.DialogCode.Accepted else None


_asked: list[Callable[[QWidget], "QPrinter | None"]] = [_ask]


def answer_with(printer: "Callable[[QWidget], QPrinter | None] | None") -> None:
    """Tests: print with this instead of asking; None asks again."""
    _asked[0] = printer or _ask


def choose_printer(parent: QWidget) -> "QPrinter | None":
    """The printer that the person chooses, None when the question was closed."""
    return _asked[0](parent)


def _has_printer() -> bool:
    from PySide6.QtPrintSupport import QPrinterInfo

    return _asked[0] is not _ask or bool(QPrinterInfo.availablePrinterNames())


def send(
    parent: QWidget, paint: Paint, title: str, printed: str, saved: str, *, file: str = FILE, margin: float = MARGIN
) -> str:
    """Print it, or save it where there is no printer; what was done in a sentence, "" when it was given up.

    title: of the question where to save. saved: may name the `{file}`. Raises DiskFull, ReadOnly.
    """
    if not _has_printer():
        return save(parent, paint, title, saved, file=file, margin=margin)
    printer = choose_printer(parent)
    if printer is None:
        return ""
    printer.setPageMargins(*_around(margin))
    paint(printer)
    return printed


def save(parent: QWidget, paint: Paint, title: str, saved: str, *, file: str = FILE, margin: float = MARGIN) -> str:
    """Write a PDF where the person says; what was done, "" when closed. Raises DiskFull, ReadOnly."""
    path = files.choose_to_save(parent, title, file, "PDF (*.pdf)")
    if path is None:
        return ""
    write_pdf(path, paint, margin)
    return saved.format(file=path.name)


def write_pdf(path: Path, paint: Paint, margin: float = MARGIN, title: str = "") -> None:
    """A PDF that names nobody. Raises DiskFull, ReadOnly."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageMargins(*_around(margin))
    writer.setTitle(title)
    paint(writer)
    try:
        path.write_bytes(bytes(buffer.data().data()))
    except OSError as error:
        trouble = named(error, str(path))  # a stick pulled out has no name of its own
        raise (trouble if isinstance(trouble, Trouble) else ReadOnly(str(path))) from error


def _around(margin: float) -> tuple[QMarginsF, QPageLayout.Unit]:
    return QMarginsF(margin, margin, margin, margin), QPageLayout.Unit.Millimeter
