"""The tables of one tab on paper: the system's print dialogue, which also writes a PDF."""

from collections.abc import Sequence

from PySide6.QtCore import QMarginsF, QPoint, QRect, Qt
from PySide6.QtGui import QFont, QPageLayout, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.ui import tokens
from shelter_desk.ui.locking.asked import asking
from shelter_desk.ui.reports.figure_rows import FigureRows
from shelter_desk.ui.reports.figure_table import FigureTable
from shelter_desk.words.reports import reports as report_words

WIDTH, HEIGHT = 1050, 720  # the sheet in units of the screen
_ROW, _LABEL = 20, 250


def ask(parent: QWidget, tables: Sequence[FigureTable], title: str, training: bool = False) -> bool:
    """Let the printer be chosen, then print; False where it was given up."""
    printer = QPrinter()
    printer.setPageOrientation(QPageLayout.Orientation.Landscape)
    printer.setPageMargins(QMarginsF(12, 12, 12, 12), QPageLayout.Unit.Millimeter)
    dialog = QPrintDialog(printer, parent)
    with asking():
        chosen = dialog.exec()
    if chosen != QPrintDialog.DialogCode.Accepted:
        return False
    write(printer, tables, title, training)
    return True


def write(printer: QPrinter, tables: Sequence[FigureTable], title: str, training: bool = False) -> None:
    """Print the blocks one below the other, a new sheet where one does not fit.

    training: the word for invented figures stands on every sheet.
    """
    painter = QPainter(printer)
    scale = printer.pageRect(QPrinter.Unit.DevicePixel).width() / WIDTH
    painter.scale(scale, scale)
    top = _title(painter, title, training)
    for table in tables:
        rows = table.figures
        painter.setFont(_face(bold=True))
        painter.drawText(QRect(0, top, WIDTH, _ROW), int(Qt.AlignmentFlag.AlignVCenter), table.caption.text())
        top += _ROW
        top += _heads(painter, rows, top)
        for place in range(rows.rowCount()):
            if top + _ROW > HEIGHT:
                printer.newPage()
                top = _title(painter, title, training)
                top += _heads(painter, rows, top)
            _row(painter, rows, place, top)
            top += _ROW
        top += _ROW
    painter.end()


def _face(bold: bool = False, pixels: int = 12) -> QFont:
    made = QFont(list(tokens.FAMILIES))
    made.setPixelSize(pixels)
    made.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return made


def _title(painter: QPainter, title: str, training: bool) -> int:
    painter.setFont(_face(bold=True, pixels=16))
    painter.setPen(Qt.GlobalColor.black)
    painter.drawText(QPoint(0, 18), title)
    right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    note = words.text("TRAINING") if training else words.text("Internal: nothing is hidden, keep it in the shelter")
    painter.setFont(_face(pixels=11))
    painter.drawText(QRect(WIDTH // 2, 0, WIDTH // 2, 24), right, note)
    return 30


def _columns(rows: FigureRows) -> list[QRect]:
    count = len(rows.table.columns)
    wide = min(110, (WIDTH - _LABEL) // max(1, count))
    return [QRect(_LABEL + wide * place, 0, wide - 4, _ROW) for place in range(count)]


def _heads(painter: QPainter, rows: FigureRows, top: int) -> int:
    painter.setFont(_face(bold=True, pixels=10))
    right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom | Qt.TextFlag.TextWordWrap)
    for box, column, head in zip(_columns(rows), rows.table.columns, rows.heads, strict=True):
        group = report_words.group(column.group)
        text = f"{group}\n{head}" if group else head
        painter.drawText(QRect(box.left(), top, box.width(), _ROW * 2), right, text)
    painter.drawLine(0, top + _ROW * 2, WIDTH, top + _ROW * 2)
    return _ROW * 2


def _row(painter: QPainter, rows: FigureRows, place: int, top: int) -> None:
    row = rows.row(place)
    painter.setFont(_face(bold=row.strong))
    painter.drawText(QRect(0, top, 24, _ROW), int(Qt.AlignmentFlag.AlignVCenter), row.letter)
    room = QRect(26 + 10 * row.indented, top, _LABEL - 30, _ROW)
    label = painter.fontMetrics().elidedText(rows.labels[place], Qt.TextElideMode.ElideRight, room.width())
    painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), label)
    for box, text in zip(_columns(rows), rows.texts[place], strict=True):
        painter.drawText(box.translated(0, top), int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), text)
