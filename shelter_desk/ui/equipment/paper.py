"""Labels with bars, the sheet of a room to sign, the minutes of a count: to the printer, or as a PDF."""

from collections.abc import Sequence
from datetime import date
from html import escape

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import (
    QFont,
    QPagedPaintDevice,
    QPainter,
)
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.equipment.assets import Asset
from shelter_desk.operations.equipment import Line
from shelter_desk.ui import tokens
from shelter_desk.ui.widgets import printed
from shelter_desk.words import shown

# labels of 70 × 37 mm, three by eight on a sheet without margins, as they are sold
ACROSS, DOWN = 3, 8
# in tenths of a millimetre
WIDE, HIGH = 700.0, 371.25
BARS_HIGH, QUIET = 130.0, 50.0  # QUIET: blank beside the bars
_TENTHS_AN_INCH = 254
POINTS = 9.5
SHORT = 3  # columns; a longer table ends with a wide one to write into


def bars(tag_no: str) -> str:
    """The modules of the tag in Code 128, `1` for a bar; empty where a sign has none."""
    from barcode import Code128
    from barcode.errors import BarcodeError

    if not tag_no:
        return ""
    try:
        return str(Code128(tag_no).build()[0])
    except BarcodeError:
        return ""


def labels(parent: QWidget, assets: Sequence[Asset], training: bool) -> str:
    """One label an asset; what was done in a sentence, "" when closed."""
    if not assets:
        return ""

    def paint(device: QPagedPaintDevice) -> None:
        paint_labels(device, assets, training)

    return _out(parent, words.text("Labels"), words.text("labels.pdf"), paint, 0.0)


def paint_labels(device: QPagedPaintDevice, assets: Sequence[Asset], training: bool) -> None:
    """Paint them row by row, a new sheet after twenty-four."""
    painter = QPainter(device)
    scale = device.logicalDpiX() / _TENTHS_AN_INCH
    painter.scale(scale, scale)
    for at, one in enumerate(assets):
        place = at % (ACROSS * DOWN)
        if at and not place:
            device.newPage()
        box = QRectF(place % ACROSS * WIDE, place // ACROSS * HIGH, WIDE, HIGH)
        _label(painter, box, one, training)
    painter.end()


def _label(painter: QPainter, box: QRectF, one: Asset, training: bool) -> None:
    inner = box.adjusted(40, 40, -40, -20)
    painter.setPen(Qt.GlobalColor.black)
    _bars(painter, inner, bars(one.tag_no))
    top = inner.top() + BARS_HIGH + 5
    donor = words.text("TRAINING") if training else words.label("donor", one.donor)
    for text, high, strong in ((one.tag_no, 56, True), (one.designation, 34, False), (donor, 30, False)):
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


def rooms(parent: QWidget, lines: Sequence[Line], day: date, training: bool) -> str:
    """A sheet for each place with what should stand there, to tick and sign."""
    by_room: dict[str, list[Line]] = {}
    for one in sorted(lines, key=lambda line: (line.room, line.asset.tag_no)):
        by_room.setdefault(one.room or words.text("Place not said"), []).append(one)
    if not by_room:
        return ""
    pages = [_room(name, found, day, training) for name, found in by_room.items()]
    broken = "<div style='page-break-before:always'></div>".join(pages)
    return text(parent, words.text("Sheet of a room"), words.text("room-sheet.pdf"), broken)


def _room(name: str, lines: Sequence[Line], day: date, training: bool) -> str:
    heads = (
        words.text("Tag"),
        words.text("Designation"),
        words.text("Pieces"),
        words.text("Condition"),
        words.text("Seen"),
        words.text("Remark"),
    )
    rows = [
        (
            one.asset.tag_no,
            one.asset.designation,
            str(one.asset.quantity),
            words.label("asset_condition", one.asset.condition),
            "☐",
            "",
        )
        for one in lines
    ]
    title = words.text("Equipment of the room: {room}").format(room=name)
    return f"{head(title, day, training)}{table(heads, rows)}{signatures()}"


def head(title: str, day: date, training: bool) -> str:
    """The title of a paper with its day."""
    stamp = f"<p><b>{escape(words.text('EXERCISE — fictitious data'))}</b></p>" if training else ""
    state = words.text("State on {day}").format(day=shown.day(day))
    return f"<h2>{escape(title)}</h2>{stamp}<p>{escape(state)}</p>"


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table with lines, its heads repeated on every page."""
    head_cell = "<th align='left' bgcolor='#e6ebf8'{more}>{text}</th>"
    top = "".join(
        head_cell.format(text=escape(one), more=" width='25%'" if one == heads[-1] and len(heads) > SHORT else "")
        for one in heads
    )
    body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    style = "border-collapse:collapse"
    start = f"<table width='100%' border='1' cellspacing='0' cellpadding='3' style='{style}'>"
    return f"{start}<thead><tr>{top}</tr></thead>{body}</table>"


def signatures(names: Sequence[str] = ("", "")) -> str:
    """Two places to sign, and one of the direction."""
    signed = [*names, words.text("The direction")]
    cells = "".join(f"<td width='33%'>{escape(one)}<br/><br/><br/><br/></td>" for one in signed)
    label = words.text("Names and signatures")
    start = "<table width='100%' border='1' cellspacing='0' cellpadding='4'>"
    return f"<p><br/>{escape(label)}</p>{start}<tr>{cells}</tr></table>"


def text(parent: QWidget, title: str, file: str, html: str) -> str:
    """Print a text, or write it as a PDF where there is no printer; what was done, "" when closed."""
    return _out(
        parent, title, file, printed.document(html, POINTS).print_, 0.0
    )  # the text keeps two centimetres itself


def _out(parent: QWidget, title: str, file: str, paint: printed.Paint, margin: float) -> str:
    """To the printer the person chooses, or into a file where there is none. Raises DiskFull, ReadOnly."""
    sent = words.text("{what}: sent to the printer.").format(what=title)
    saved = words.text("{what}: saved as {file}.").format(what=title, file="{file}")
    return printed.send(parent, paint, title, sent, saved, file=file, margin=margin)
