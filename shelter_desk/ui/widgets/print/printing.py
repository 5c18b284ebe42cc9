"""A document on paper: the system's print dialogue, or a PDF where there is no printer."""

from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QFontMetrics,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPalette,
    QPdfWriter,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextOption,
    QTextTable,
)
from PySide6.QtWidgets import QWidget

from shelter_desk.domain import held_files
from shelter_desk.domain.errors import ReadOnly, Trouble
from shelter_desk.domain.os_errors import named
from shelter_desk.operations.vault import output_paths
from shelter_desk.ui import tokens
from shelter_desk.ui.locking.asked import asking
from shelter_desk.ui.widgets import files

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

POINTS, MARGIN = 9.0, 12.0  # of the type, and millimetres around it
FOLLOW = 2  # paragraphs or lines that stay with their heading
FILE = "document.pdf"  # no name, no code in the name of a file
Paint = Callable[[QPagedPaintDevice], object]
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)


def sheets(html: str, points: float = POINTS, *, numbered: bool = True, mark: str = "") -> Paint:
    """What paints the text on as many sheets as it takes, within the margins of the device and no others.

    A word is never broken, and places to sign, a table of one line, stay together on one sheet. numbered: where
    there are several sheets, each has its number. mark: stands at the foot of each but the first,
    whose head bears it.
    """

    def paint(device: QPagedPaintDevice) -> None:
        made = laid(html, device, points)
        painter = QPainter(device)
        for sheet in range(made.pageCount()):
            if sheet:
                device.newPage()
            _paint(painter, made, sheet)
            if numbered and made.pageCount() > 1:
                _write_at_foot(painter, made, f"{sheet + 1}/{made.pageCount()}", _RIGHT)
            if sheet:
                _write_at_foot(painter, made, mark, _LEFT)
        painter.end()

    return paint


def laid(html: str, device: QPagedPaintDevice, points: float = POINTS) -> QTextDocument:
    """The text as it stands on the sheets of that device."""
    made = QTextDocument()
    face = tokens.font("small")
    face.setPointSizeF(points)
    made.setDefaultFont(face)
    option = made.defaultTextOption()
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    made.setDefaultTextOption(option)
    made.setHtml(html)
    made.documentLayout().setPaintDevice(device)
    made.setDocumentMargin(0)
    made.setPageSize(QSizeF(device.width(), device.height() - _foot(made)))
    for frame in made.rootFrame().childFrames():
        if isinstance(frame, QTextTable) and frame.rows() == 1 and _is_torn(made, frame):
            kept = frame.format()
            kept.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
            frame.setFormat(kept)
    _keep_headings(made)
    return made


def _keep_headings(made: QTextDocument) -> None:
    """A heading begins a sheet where what follows it would not stand on the same one."""
    room, high = made.documentLayout(), made.pageSize().height()
    block = made.begin()
    while block.isValid():
        follows = block.next()
        for _ in range(FOLLOW - 1):
            follows = follows.next() if follows.next().isValid() else follows
        if block.blockFormat().headingLevel() and follows.isValid():
            top, end = room.blockBoundingRect(block).top(), room.blockBoundingRect(follows).bottom()
            if int(top // high) != int((end - 1) // high) and top % high > 1:
                kept = block.blockFormat()
                kept.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
                QTextCursor(block).setBlockFormat(kept)
        block = block.next()


def signed(sigle: str) -> str:
    """The head of a paper that bears the short name of the shelter, and never its name; nothing where there is none."""
    return f"<p align='right'>{escape(sigle)}</p>" if sigle else ""


def _foot(made: QTextDocument) -> int:
    """The height of the number of a sheet."""
    return QFontMetrics(made.defaultFont(), made.documentLayout().paintDevice()).height()


def _is_torn(made: QTextDocument, table: QTextTable) -> bool:
    room, high = made.documentLayout().frameBoundingRect(table), made.pageSize().height()
    return int(room.top() // high) != int((room.bottom() - 1) // high)


def _paint(painter: QPainter, made: QTextDocument, sheet: int) -> None:
    wide, high = made.pageSize().width(), made.pageSize().height()
    shown = QRectF(0, sheet * high, wide, high)
    painter.save()
    painter.translate(0, -shown.top())
    painter.setClipRect(shown)
    context = QAbstractTextDocumentLayout.PaintContext()
    context.clip = shown
    context.palette.setColor(QPalette.ColorRole.Text, QColor("black"))
    made.documentLayout().draw(painter, context)
    painter.restore()


def _write_at_foot(painter: QPainter, made: QTextDocument, text: str, side: int) -> None:
    painter.setFont(QFont(made.defaultFont(), painter.device()))
    room = QRectF(0, made.pageSize().height(), made.pageSize().width(), _foot(made))
    painter.drawText(room, side, text)


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


def has_printer() -> bool:
    """Whether this computer knows one."""
    from PySide6.QtPrintSupport import QPrinterInfo

    return _asked[0] is not _ask or bool(QPrinterInfo.availablePrinterNames())


def send(
    parent: QWidget,
    paint: Paint,
    title: str,
    printed: str,
    saved: str,
    *,
    file: str = FILE,
    margin: float = MARGIN,
    across: bool = False,
) -> str:
    """Print it, or save it where there is no printer; what was done in a sentence, "" when it was given up.

    title: of the question where to save. saved: may name the `{file}`. across: the sheets lie. Raises DiskFull,
    ReadOnly.
    """
    if not has_printer():
        return save(parent, paint, title, saved, file=file, margin=margin, across=across)
    return to_printer(parent, paint, printed, margin, across=across)


def to_printer(parent: QWidget, paint: Paint, printed: str, margin: float = MARGIN, *, across: bool = False) -> str:
    """Print it; `printed`, or "" when it was given up."""
    printer = choose_printer(parent)
    if printer is None:
        return ""
    if across:
        printer.setPageOrientation(QPageLayout.Orientation.Landscape)
    printer.setPageMargins(*_around(margin))
    paint(printer)
    return printed


def save(
    parent: QWidget,
    paint: Paint,
    title: str,
    saved: str,
    *,
    file: str = FILE,
    margin: float = MARGIN,
    across: bool = False,
) -> str:
    """Write a PDF where the person says; what was done, "" when closed. Raises WouldOverwrite, DiskFull, ReadOnly."""
    path = files.choose_to_save(parent, title, file, "PDF (*.pdf)")
    if path is None:
        return ""
    output_paths.check(path)
    write_pdf(path, paint, margin, across=across)
    return saved.format(file=path.name)


def write_pdf(path: Path, paint: Paint, margin: float = MARGIN, title: str = "", *, across: bool = False) -> None:
    """A PDF that names nobody. Raises DiskFull, ReadOnly, DriveGone."""
    content = pdf(paint, margin, title, across=across)
    try:
        held_files.write(path, content)
    except OSError as error:
        trouble = named(error, str(path))
        raise (trouble if isinstance(trouble, Trouble) else ReadOnly(str(path))) from error


def pdf(paint: Paint, margin: float = MARGIN, title: str = "", *, across: bool = False) -> bytes:
    """The same in memory."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    if across:
        writer.setPageOrientation(QPageLayout.Orientation.Landscape)
    writer.setPageMargins(*_around(margin))
    writer.setTitle(title)
    paint(writer)
    return bytes(buffer.data().data())


def _around(margin: float) -> tuple[QMarginsF, QPageLayout.Unit]:
    return QMarginsF(margin, margin, margin, margin), QPageLayout.Unit.Millimeter
