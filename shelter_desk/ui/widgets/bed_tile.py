"""The tile of a bed on the plan: one bed, one state."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QByteArray, QMimeData, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QDrag,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QApplication, QSizePolicy, QWidget

from shelter_desk.ui import icons, tokens
from shelter_desk.ui.widgets.marks import draw_minor, minor_width

TileState = Literal["occupied", "chosen", "free", "to_clean", "held", "absence", "out", "extra", "target", "unfit"]
BED = "application/x-shelterdesk-bed"
_PAD = 8


@dataclass(frozen=True, slots=True)
class TileLook:
    """What a tile says, never a name.

    bed: the bed's code, or the word for an extra place. line2: the resident's code, or the state in a word. line3:
    nights, until when, why. mark: the sex letter. icon: at right of the third line, at its left for
    an absence. count: a short text at right of the third line ("+1").
    """

    bed: str
    line2: str = ""
    line3: str = ""
    state: TileState = "occupied"
    mark: str = ""
    minor: bool = False
    icon: str | None = None
    count: str = ""
    tooltip: str = ""


@dataclass(frozen=True, slots=True)
class _Paint:
    """How a state is painted: tokens of text, ground and edge, the edge's pen and the state's own shape."""

    ink: str
    ground: str
    edge: str
    dashed: bool = False
    thick: bool = False
    shape: str | None = None


_PAINTS: dict[TileState, _Paint] = {
    "occupied": _Paint("ink", "surface", "line3"),
    "chosen": _Paint("ink", "accent_soft", "accent", thick=True),
    "free": _Paint("ok", "ok_soft", "ok", dashed=True, shape="circle-check"),
    "to_clean": _Paint("ok", "ok_soft", "ok", dashed=True, shape="broom"),
    "held": _Paint("held", "held_soft", "held", shape="bookmark"),
    "absence": _Paint("held", "held_soft", "held"),
    "out": _Paint("ink", "sunken", "line2", shape="octagon"),
    "extra": _Paint("ink", "surface", "attention", dashed=True),
    "target": _Paint("accent", "surface", "accent", dashed=True, thick=True, shape="arrive"),
    "unfit": _Paint("ink2", "sunken", "line", shape="close"),
}


def tile_size() -> QSize:
    """100 × 64, wider where the widest code needs it and higher where the text is larger."""
    widest = max(
        tokens.metrics(bold=True).horizontalAdvance("WNP-M53-3"), tokens.metrics(bold=True).horizontalAdvance("0") * 9
    )
    lines = tokens.metrics("small").height() * 2 + tokens.metrics(bold=True).height()
    return QSize(max(tokens.wide(100), widest + 2 * _PAD), max(64, lines + 8))


class BedTile(QAbstractButton):
    """A bed on the plan: a click, Space or Enter chooses it; it can be dragged and dropped on.

    chosen gives the bed code; dropped gives the bed code dragged and the one it was dropped on.
    """

    chosen = Signal(str)
    dropped = Signal(str, str)

    def __init__(self, look: TileLook, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = key or look.bed
        self.draggable = False
        self._pressed_at: QPoint | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAcceptDrops(True)
        self.clicked.connect(self._clicked)
        self.look = look
        self.show_look(look)

    def show_look(self, look: TileLook) -> None:
        """Say something else from now on."""
        self.look = look
        parts = (look.bed, look.mark, look.line2, look.line3, look.count)
        self.setAccessibleName(" ".join(part for part in parts if part))
        self.setToolTip(look.tooltip)
        self.update()

    def sizeHint(self) -> QSize:
        return tile_size()

    def minimumSizeHint(self) -> QSize:
        return tile_size()

    def _clicked(self) -> None:
        self.chosen.emit(self.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed_at = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        start = self._pressed_at
        if not self.draggable or start is None or not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
            return
        if (event.position().toPoint() - start).manhattanLength() >= QApplication.startDragDistance():
            self._pressed_at = None
            self.setDown(False)
            self._drag(start)

    def _drag(self, start: QPoint) -> None:
        drag = QDrag(self)
        carried = QMimeData()
        carried.setData(BED, QByteArray(self.key.encode()))
        drag.setMimeData(carried)
        drag.setPixmap(self.grab())
        drag.setHotSpot(start)
        drag.exec(Qt.DropAction.MoveAction)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasFormat(BED) and self.look.state != "unfit":
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        moved = bytes(event.mimeData().data(BED).data()).decode()
        event.acceptProposedAction()
        if moved != self.key:
            self.dropped.emit(moved, self.key)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        how = _PAINTS[self.look.state]
        self._ground(painter, how)
        self._first_line(painter, how)
        self._second_line(painter, how)
        self._third_line(painter, how)

    def _ground(self, painter: QPainter, how: _Paint) -> None:
        width = 2 if how.thick else 1
        box = QRectF(self.rect()).adjusted(width / 2, width / 2, -width / 2, -width / 2)
        path = QPainterPath()
        path.addRoundedRect(box, tokens.RADIUS, tokens.RADIUS)
        hover = self.look.state == "occupied" and self.underMouse()
        painter.fillPath(path, tokens.color("page" if hover or self.look.state == "out" else how.ground))
        if self.look.state == "out":
            painter.fillPath(path, QBrush(tokens.color("hatch"), Qt.BrushStyle.BDiagPattern))
        pen = QPen(tokens.color(how.edge), width)
        if how.dashed:
            pen.setDashPattern([3, 2])
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawPath(path)

    def _rows(self) -> tuple[QRect, QRect, QRect]:
        small, strong = tokens.metrics("small").height(), tokens.metrics(bold=True).height()
        top = max(2, (self.height() - 2 * small - strong) // 2 - 1)
        inner = self.width() - 2 * _PAD
        first = QRect(_PAD, top, inner, small)
        second = QRect(_PAD, first.bottom() + 1, inner, strong)
        return first, second, QRect(_PAD, second.bottom() + 1, inner, small)

    def _first_line(self, painter: QPainter, how: _Paint) -> None:
        box = self._rows()[0]
        look, extra = self.look, self.look.state == "extra"
        plain = look.state in ("occupied", "chosen", "out", "absence", "unfit")
        painter.setFont(tokens.font("small", bold=True))
        painter.setPen(tokens.color("attention" if extra else ("ink2" if plain else how.ink)))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), look.bed)
        right = box.right() + 1
        if look.minor:
            width, high = minor_width(), tokens.high(16)
            right -= width
            draw_minor(painter, QRect(right, box.center().y() - high // 2 + 1, width, high))
            right -= 4
        if look.mark:
            painter.setFont(tokens.font("small"))
            painter.setPen(tokens.color("ink2"))
            width = tokens.metrics("small").horizontalAdvance(look.mark)
            painter.drawText(QRect(right - width, box.top(), width, box.height()), 0, look.mark)
        elif how.shape and not look.minor:
            side = tokens.wide(16)
            ink = "ink2" if look.state in ("out", "unfit") else how.ink
            painter.drawPixmap(right - side, box.center().y() - side // 2 + 1, icons.pixmap(how.shape, ink, 16))

    def _second_line(self, painter: QPainter, how: _Paint) -> None:
        painter.setFont(tokens.font(bold=self.look.state != "unfit"))
        painter.setPen(tokens.color("ink" if self.look.state == "unfit" else how.ink))
        box = self._rows()[1]
        shown = painter.fontMetrics().elidedText(self.look.line2, Qt.TextElideMode.ElideRight, box.width() + 4)
        painter.drawText(box.adjusted(0, 0, 4, 0), int(Qt.AlignmentFlag.AlignVCenter), shown)

    def _third_line(self, painter: QPainter, how: _Paint) -> None:
        box = self._rows()[2]
        side, right, left = tokens.wide(16), box.right() + 1, box.left()
        ink = how.ink if how.ink in ("ok", "held") else "ink2"
        painter.setFont(tokens.font("small", bold=self.look.state == "extra"))
        if self.look.count:
            width = painter.fontMetrics().horizontalAdvance(self.look.count)
            right -= width
            painter.setPen(tokens.color("attention" if self.look.state == "extra" else "ink2"))
            painter.drawText(
                QRect(right, box.top(), width, box.height()), int(Qt.AlignmentFlag.AlignVCenter), self.look.count
            )
            right -= 4
        if self.look.icon:
            tint = "attention" if self.look.icon == "triangle" else ink
            at_left = self.look.state == "absence"
            place = left if at_left else right - side
            painter.drawPixmap(place, box.center().y() - side // 2 + 1, icons.pixmap(self.look.icon, tint, 16))
            left, right = (left + side + 4, right) if at_left else (left, right - side - 4)
        painter.setFont(tokens.font("small"))
        painter.setPen(tokens.color(ink))
        room = QRect(left, box.top(), right - left, box.height())
        shown = painter.fontMetrics().elidedText(self.look.line3, Qt.TextElideMode.ElideRight, room.width() + 2)
        painter.drawText(room.adjusted(0, 0, 4, 0), int(Qt.AlignmentFlag.AlignVCenter), shown)
