"""Labels with bars on A4 sheets: to the printer, or as a PDF."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPagedPaintDevice, QPainter
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.ui import tokens
from shelter_desk.ui.widgets.print import printing

# labels of 70 × 37 mm, three by eight on a sheet without margins, as they are sold
ACROSS, DOWN = 3, 8
# in tenths of a millimetre
WIDE, HIGH = 700.0, 371.25
BARS_HIGH, QUIET = 130.0, 50.0  # QUIET: blank beside the bars
_TENTHS_AN_INCH = 254


@dataclass(frozen=True, slots=True)
class BarLabel:
    """read: what a reader types of it. The texts stand below the bars, from large to small."""

    read: str
    large: str
    name: str
    small: str


def bars(code: str) -> str:
    """The modules of the code in Code 128, `1` for a bar; empty where a sign has none."""
    from barcode import Code128
    from barcode.errors import BarcodeError

    if not code:
        return ""
    try:
        return str(Code128(code).build()[0])
    except BarcodeError:
        return ""


def print_labels(parent: QWidget, labels: Sequence[BarLabel]) -> str:
    """What was done in a sentence, "" when it was given up or there is none. Raises DiskFull, ReadOnly."""
    if not labels:
        return ""

    def draw(device: QPagedPaintDevice) -> None:
        paint(device, labels)

    title = words.text("Labels")
    sent = words.text("{what}: sent to the printer.").format(what=title)
    saved = words.text("{what}: saved as {file}.").format(what=title, file="{file}")
    return printing.send(parent, draw, title, sent, saved, file=words.text("labels.pdf"), margin=0.0)


def paint(device: QPagedPaintDevice, labels: Sequence[BarLabel]) -> None:
    """Paint them row by row, a new sheet after twenty-four."""
    painter = QPainter(device)
    scale = device.logicalDpiX() / _TENTHS_AN_INCH
    painter.scale(scale, scale)
    for at, one in enumerate(labels):
        place = at % (ACROSS * DOWN)
        if at and not place:
            device.newPage()
        _label(painter, QRectF(place % ACROSS * WIDE, place // ACROSS * HIGH, WIDE, HIGH), one)
    painter.end()


def _label(painter: QPainter, box: QRectF, one: BarLabel) -> None:
    inner = box.adjusted(40, 40, -40, -20)
    painter.setPen(Qt.GlobalColor.black)
    _bars(painter, inner, bars(one.read))
    top = inner.top() + BARS_HIGH + 5
    for text, high, strong in ((one.large, 56, True), (one.name, 34, False), (one.small, 30, False)):
        painter.setFont(_face(high, bold=strong))
        line = QRectF(inner.left(), top, inner.width(), high * 1.35)
        shown_as = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, round(inner.width()))
        painter.drawText(line, int(Qt.AlignmentFlag.AlignCenter), shown_as)
        top += high * 1.35


def _bars(painter: QPainter, box: QRectF, modules: str) -> None:
    if not modules:
        return
    thick = (box.width() - 2 * QUIET) / len(modules)
    for place, module in enumerate(modules):
        if module == "1":
            bar = QRectF(box.left() + QUIET + place * thick, box.top(), thick, BARS_HIGH)
            painter.fillRect(bar, Qt.GlobalColor.black)


def _face(high: int, *, bold: bool = False) -> QFont:
    """A face so many tenths of a millimetre high."""
    made = QFont(list(tokens.FAMILIES))
    made.setPixelSize(high)
    made.setBold(bold)
    return made
