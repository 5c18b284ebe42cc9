"""Segments: one of a few, side by side."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QSizePolicy, QWidget

from shelter_desk.ui import icons, tokens

Option = tuple[str, str] | tuple[str, str, str]  # code, label and, for views, an icon


class Segments(QWidget):
    """One of a few: arrows move, Space chooses; the chosen one is tinted, underlined and bold.

    options: (code, label) or (code, label, icon); icons and signs give way where there is no room for them. Nothing is
    chosen at first unless `value` is given.
    """

    chosen = Signal(str)  # the code

    def __init__(
        self,
        options: Sequence[Option],
        value: str | None = None,
        accessible_name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(accessible_name)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self._segments: dict[str, _Segment] = {}
        for place, option in enumerate(options):
            segment = _Segment(option, first=place == 0, last=place == len(options) - 1)
            segment.toggled.connect(self._toggled)
            row.addWidget(segment)
            self._segments[option[0]] = segment
        if options:
            self.setFocusProxy(self._segments[options[0][0]])
        if value is not None:
            self.choose(value)

    def value(self) -> str | None:
        """The chosen code."""
        return next((code for code, segment in self._segments.items() if segment.isChecked()), None)

    def choose(self, code: str | None) -> None:
        """Choose that one, or none."""
        for key, segment in self._segments.items():
            segment.setAutoExclusive(False)
            segment.setChecked(key == code)
            segment.setAutoExclusive(True)
        if code is not None:
            self.setFocusProxy(self._segments[code])

    def segment(self, code: str) -> QRadioButton:
        """The control of that code: to disable it or to give it a tool tip."""
        return self._segments[code]

    def set_state(self, state: str | None) -> None:
        """Edge of an error (`blocked`) or a warning (`attention`), None for the plain one."""
        for segment in self._segments.values():
            segment.state = state
            segment.update()

    @Slot(bool)
    def _toggled(self, on: bool) -> None:
        for segment in self._segments.values():
            segment.updateGeometry()
        code = self.value()
        if on and code is not None and self.sender() is self._segments[code]:
            self.setFocusProxy(self._segments[code])
            self.chosen.emit(code)


class _Segment(QRadioButton):
    """One of the segments, painted as part of the whole."""

    def __init__(self, option: Option, first: bool, last: bool) -> None:
        super().__init__(option[1])
        self.state: str | None = None
        self._icon = option[2] if len(option) == 3 else None
        self._first, self._last = first, last
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def _shape(self) -> str | None:
        return self._icon or ("check" if self.isChecked() else None)

    def _label(self) -> int:
        return tokens.metrics("text", bold=True).horizontalAdvance(self.text())

    def sizeHint(self) -> QSize:
        return QSize(self._label() + 26 + (tokens.wide(20) + 4 if self._shape() else 0), tokens.high(32))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._label() + 18, tokens.high(32))

    def hitButton(self, place: QPoint) -> bool:
        return self.rect().contains(place)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipPath(self._outline(0))
        painter.fillRect(self.rect(), tokens.color(self._ground()))
        if self.isChecked():
            painter.fillRect(QRect(0, self.height() - 3, self.width(), 3), tokens.color("accent"))
        painter.setPen(tokens.color(self.state or "line2"))
        painter.drawPath(self._outline(0.5))
        self._write(painter)

    def _ground(self) -> str:
        if not self.isEnabled():
            return "sunken"
        if self.isChecked():
            return "accent_soft"
        return "page" if self.underMouse() else "surface"

    def _outline(self, inset: float) -> QPainterPath:
        """The whole's rounded box, cut where this one joins its neighbours; joined edges overlap by a pixel."""
        left = inset if self._first else -1 + inset
        right = self.width() - inset if self._last else self.width() + tokens.RADIUS * 2.0
        box = QRectF(left, inset, right - left, self.height() - 2 * inset)
        path = QPainterPath()
        if self._first or self._last:
            if not self._first:
                box.setLeft(-tokens.RADIUS * 2.0)
            path.addRoundedRect(box, tokens.RADIUS, tokens.RADIUS)
        else:
            path.addRect(box)
        return path

    def _write(self, painter: QPainter) -> None:
        ink = "accent" if self.isChecked() and self.isEnabled() else ("ink" if self.isEnabled() else "ink3")
        if not self._first:
            painter.setPen(tokens.color("line3"))
            painter.drawLine(QPoint(0, 1), QPoint(0, self.height() - 2))
        font = tokens.font("text", self.isChecked())
        shape, side = self._shape() if self.width() >= self.sizeHint().width() else None, tokens.wide(20)
        label = tokens.metrics("text", self.isChecked()).horizontalAdvance(self.text())
        left = (self.width() - label - (side + 4 if shape else 0)) // 2
        if shape:
            painter.drawPixmap(QPoint(left, (self.height() - side) // 2), icons.pixmap(shape, ink, 20))
            left += side + 4
        painter.setPen(tokens.color(ink))
        painter.setFont(font)
        painter.drawText(
            QRect(left, 0, self.width() - left, self.height()), int(Qt.AlignmentFlag.AlignVCenter), self.text()
        )

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if tokens.redressed(event):
            self.updateGeometry()
