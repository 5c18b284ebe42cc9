"""The tile of a bed on the plan: one bed, one state."""

from PySide6.QtCore import QByteArray, QMimeData, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QDrag, QDragEnterEvent, QDropEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QSizePolicy, QWidget

from shelter_desk.ui import tokens
from shelter_desk.ui.locking.asked import asking
from shelter_desk.ui.widgets.tile_picture import PAD, TileLook, TilePicture, TileState

__all__ = ["BED", "BedTile", "TileLook", "TileState", "tile_size"]

BED = "application/x-shelterdesk-bed"


def tile_size() -> QSize:
    """100 × 64, wider where the widest code needs it and higher where the text is larger."""
    widest = max(
        tokens.metrics(bold=True).horizontalAdvance("WNP-M53-3"), tokens.metrics(bold=True).horizontalAdvance("0") * 9
    )
    lines = tokens.metrics("small").height() * 2 + tokens.metrics(bold=True).height()
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
