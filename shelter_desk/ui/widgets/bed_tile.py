"""The tile of a bed on the plan: one bed, one state."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QByteArray, QMimeData, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QDrag,
    QDragEnterEvent,
    QDropEvent,
    QFont,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QStaticText,
)
from PySide6.QtWidgets import QAbstractButton, QApplication, QSizePolicy, QWidget

from shelter_desk.ui import icons, tokens
from shelter_desk.ui.locking.asked import asking
from shelter_desk.ui.widgets.marks import draw_minor, minor_width
from shelter_desk.ui.widgets.tips import plain

TileState = Literal["occupied", "chosen", "free", "to_clean", "held", "absence", "out", "extra", "target", "unfit"]
BED = "application/x-shelterdesk-bed"
PAD = 8


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
    "occupied": _Paint("ink", "surface", "line2"),
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


@dataclass(frozen=True, slots=True)
class _Text:
    """A text where it stands, its letters already chosen."""

    font: QFont
    ink: QColor
    place: QPointF
    said: QStaticText


@dataclass(frozen=True, slots=True)
class _Icon:
    """An icon where it stands."""

    left: int
    top: int
    name: str
    ink: str


class TilePicture:
    """The picture of one look at one size, in the colours and the size of text worn when it was made."""

    def __init__(self, look: TileLook, size: QSize) -> None:
        self._look, self._size = look, size
        self._worn = _worn()
        self._how = _PAINTS[look.state]
        self._texts: list[_Text] = []
        self._icons: list[_Icon] = []
        self._minor: QRect | None = None
        self._lay_ground()
        first, second, third = self._rows()
        self._lay_first(first)
        self._lay_second(second)
        self._lay_third(third)

    def is_of(self, look: TileLook, size: QSize) -> bool:
        """False once the tile says or is something else, or the program is dressed anew."""
        return self._look is look and self._size == size and self._worn == _worn()

    def paint(self, painter: QPainter, *, hovered: bool) -> None:
        """Paint it at the origin."""
        lit = hovered and self._look.state == "occupied"
        painter.fillPath(self._path, tokens.color("page") if lit else self._ground)
        if self._look.state == "out":
            painter.fillPath(self._path, QBrush(tokens.color("hatch"), Qt.BrushStyle.BDiagPattern))
        painter.setPen(self._pen)
        painter.drawPath(self._path)
        for text in self._texts:
            painter.setFont(text.font)
            painter.setPen(text.ink)
            painter.drawStaticText(text.place, text.said)
        for icon in self._icons:
            painter.drawPixmap(icon.left, icon.top, icons.pixmap(icon.name, icon.ink, 16))
        if self._minor is not None:
            draw_minor(painter, self._minor)

    def _lay_ground(self) -> None:
        width = 2 if self._how.thick else 1
        box = QRectF(0, 0, self._size.width(), self._size.height())
        self._path = QPainterPath()
        self._path.addRoundedRect(
            box.adjusted(width / 2, width / 2, -width / 2, -width / 2), tokens.RADIUS, tokens.RADIUS
        )
        self._ground = tokens.color("page" if self._look.state == "out" else self._how.ground)
        self._pen = QPen(tokens.color(self._how.edge), width)
        if self._how.dashed:
            self._pen.setDashPattern([3, 2])
            self._pen.setCapStyle(Qt.PenCapStyle.FlatCap)

    def _rows(self) -> tuple[QRect, QRect, QRect]:
        small, strong = tokens.metrics("small").height(), tokens.metrics(bold=True).height()
        top = max(2, (self._size.height() - 2 * small - strong) // 2 - 1)
        inner = self._size.width() - 2 * PAD
        first = QRect(PAD, top, inner, small)
        second = QRect(PAD, first.bottom() + 1, inner, strong)
        return first, second, QRect(PAD, second.bottom() + 1, inner, small)

    def _write(
        self, said: str, left: int, row: QRect, ink: str, size: tokens.Size = "text", bold: bool = False
    ) -> None:
        if not said:
            return
        font = tokens.font(size, bold)
        text = QStaticText(said)
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.prepare(font=font)
        top = row.top() + (row.height() - tokens.metrics(size, bold).height()) / 2
        self._texts.append(_Text(font, tokens.color(ink), QPointF(left, top), text))

    def _lay_first(self, row: QRect) -> None:
        look, how, right = self._look, self._how, row.right() + 1
        plain = look.state in ("occupied", "chosen", "out", "absence", "unfit")
        ink = "attention" if look.state == "extra" else ("ink2" if plain else how.ink)
        self._write(look.bed, row.left(), row, ink, "small", bold=True)
        if look.minor:
            width, high = minor_width(), tokens.high(16)
            right -= width
            self._minor = QRect(right, row.center().y() - high // 2 + 1, width, high)
            right -= 4
        if look.mark:
            width = tokens.metrics("small").horizontalAdvance(look.mark)
            self._write(look.mark, right - width, row, "ink2", "small")
        elif how.shape and not look.minor:
            side = tokens.wide(16)
            shade = "ink2" if look.state in ("out", "unfit") else how.ink
            self._icons.append(_Icon(right - side, row.center().y() - side // 2 + 1, how.shape, shade))

    def _lay_second(self, row: QRect) -> None:
        unfit = self._look.state == "unfit"
        shown = _elided(self._look.line2, "text", row.width() + 4, bold=not unfit)
        self._write(shown, row.left(), row, "ink" if unfit else self._how.ink, bold=not unfit)

    def _lay_third(self, row: QRect) -> None:
        look, side, right, left = self._look, tokens.wide(16), row.right() + 1, row.left()
        ink = self._how.ink if self._how.ink in ("ok", "held") else "ink2"
        if look.count:
            extra = look.state == "extra"
            right -= tokens.metrics("small", extra).horizontalAdvance(look.count)
            self._write(look.count, right, row, "attention" if extra else "ink2", "small", bold=extra)
            right -= 4
        if look.icon:
            tint = "attention" if look.icon == "triangle" else ink
            at_left = look.state == "absence"
            place = left if at_left else right - side
            self._icons.append(_Icon(place, row.center().y() - side // 2 + 1, look.icon, tint))
            left, right = (left + side + 4, right) if at_left else (left, right - side - 4)
        self._write(_elided(look.line3, "small", right - left + 2), left, row, ink, "small")


def _worn() -> tuple[tokens.Tokens, int]:
    return tokens.current(), tokens.pixels("text")


def _elided(text: str, size: tokens.Size, room: int, bold: bool = False) -> str:
    return tokens.metrics(size, bold).elidedText(text, Qt.TextElideMode.ElideRight, room)


def tile_size() -> QSize:
    """100 × 64, wider where the widest code needs it and higher where the text is larger."""
    bold = tokens.metrics(bold=True)
    widest = max(bold.horizontalAdvance("WNP-M53-3"), bold.horizontalAdvance("0") * 9)
    lines = tokens.metrics("small").height() * 2 + bold.height()
    return QSize(max(tokens.wide(100), widest + 2 * PAD), max(64, lines + 8))


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
        self._picture: TilePicture | None = None
        self.show_look(look)

    def show_look(self, look: TileLook) -> None:
        """Say something else from now on."""
        self.look = look
        parts = (look.bed, look.mark, look.line2, look.line3, look.count)
        self.setAccessibleName(" ".join(part for part in parts if part))
        self.setToolTip(plain(look.tooltip))
        self.update()

    def sizeHint(self) -> QSize:
        return tile_size()

    def minimumSizeHint(self) -> QSize:
        return tile_size()

    def _clicked(self) -> None:
        self.chosen.emit(self.key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        is_bare = not event.modifiers() & Qt.KeyboardModifier.ControlModifier  # with Ctrl it is the page that is asked
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and is_bare:
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
        with asking("drag"):
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
        picture = self._picture
        if picture is None or not picture.is_of(self.look, self.size()):
            picture = self._picture = TilePicture(self.look, self.size())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        picture.paint(painter, hovered=self.underMouse())
