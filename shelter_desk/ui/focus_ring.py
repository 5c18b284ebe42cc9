"""The focus ring: two pixels of accent, two pixels outside whatever has the focus."""

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractItemView, QAbstractScrollArea, QApplication, QWidget

from shelter_desk.ui import tokens

OUTSIDE = 4  # two pixels of air and two of ring
_FOLLOWED = {QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.ParentChange}


class FocusRing(QObject):
    """Follows the focus through the program and keeps one ring around it.

    Rows of lists and tables draw theirs inside. A widget with the property `ring` = "none" draws its own.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.setObjectName("focusRing")
        self._ring: _Ring | None = None
        self._watched: list[QWidget] = []
        app.focusChanged.connect(self._moved)
        self._moved(None, app.focusWidget())

    @classmethod
    def follow(cls, app: QApplication) -> bool:
        """Start following, once per program; False where one follows already."""
        is_new = app.findChild(cls, "focusRing") is None
        if is_new:
            cls(app)
        return is_new

    @Slot(QWidget, QWidget)
    def _moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        for widget in self._watched:
            _quietly(widget.removeEventFilter, self)
        self._watched = []
        ring, self._ring = self._ring, None
        if ring is not None:
            _quietly(ring.destroyed.disconnect, self._gone)
            _quietly(ring.hide)
            _quietly(ring.deleteLater)
        if new is None or new.isWindow() or new.property("ring") == "none" or isinstance(new, QAbstractItemView):
            return
        host = _host(new)
        if host is None:
            return
        self._ring = _Ring(host)
        self._ring.destroyed.connect(self._gone)
        chain = [new]
        while (above := chain[-1].parentWidget()) is not None and above is not host:
            chain.append(above)
        self._watched = chain
        for widget in self._watched:
            widget.installEventFilter(self)
        self._place()

    @Slot()
    def _gone(self) -> None:
        self._ring = None
        self._watched = []

    def _place(self) -> None:
        host = self._ring.parentWidget() if self._ring is not None else None
        if self._ring is None or host is None or not self._watched:
            return
        widget = self._watched[0]
        place = QRect(widget.mapTo(host, widget.rect().topLeft()), widget.size())
        self._ring.setGeometry(place.adjusted(-OUTSIDE, -OUTSIDE, OUTSIDE, OUTSIDE))
        self._ring.radius = tokens.RADIUS + 2 if widget.property("ring") != "round" else place.height() / 2 + 3
        self._ring.setVisible(widget.isVisibleTo(host))
        self._ring.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _FOLLOWED and watched in self._watched:
            self._place()
        return False


class _Ring(QWidget):
    """What is painted around the widget; the mouse goes through it."""

    def __init__(self, host: QWidget) -> None:
        super().__init__(host)
        self.radius: float = tokens.RADIUS + 2
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(tokens.color("accent"), 2))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), self.radius, self.radius)


def _host(widget: QWidget) -> QWidget | None:
    """The nearest ancestor the whole ring fits in, never past a scrolled page or a window."""
    host = widget.parentWidget()
    while host is not None and not host.isWindow() and not _scrolls(host):
        place = QRect(widget.mapTo(host, widget.rect().topLeft()), widget.size())
        if host.rect().contains(place.adjusted(-OUTSIDE, -OUTSIDE, OUTSIDE, OUTSIDE)):
            return host
        host = host.parentWidget()
    return host


def _scrolls(widget: QWidget) -> bool:
    area = widget.parentWidget()
    return isinstance(area, QAbstractScrollArea) and area.viewport() is widget


def _quietly(call: object, *arguments: object) -> None:
    """Call what may already be deleted on Qt's side."""
    try:
        call(*arguments)  # type: ignore[operator]
    except RuntimeError:
        return
