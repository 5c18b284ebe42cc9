"""Segments: one of a few, side by side.

Tabs: the parts of one page.

A switch: on or off, at once.
"""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QRadioButton, QSizePolicy, QTabBar, QWidget

from shelter_desk.ui import icons, tokens
from shelter_desk.ui.widgets.layouts import in_row

_WIDE, _HIGH, _GAP = 36, 20, 8  # pixels where the text is not enlarged


class Switch(QCheckBox):
    """A check box drawn as a switch: Space and a click turn it."""

    def __init__(self, text: str, on: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setChecked(on)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        label = tokens.metrics().horizontalAdvance(self.text())
        return QSize(tokens.wide(_WIDE) + (_GAP + label if label else 0), tokens.high(24))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def hitButton(self, place: QPoint) -> bool:
        return self.rect().contains(place)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide, high = tokens.wide(_WIDE), tokens.wide(_HIGH)
        on, able = self.isChecked(), self.isEnabled()
        track = QRectF(0.5, (self.height() - high) / 2 + 0.5, wide - 1, high - 1)
        painter.setPen(tokens.color("accent" if on and able else "line2"))
        painter.setBrush(tokens.color("accent" if on and able else ("sunken" if not able else "surface")))
        painter.drawRoundedRect(track, high / 2 - 0.5, high / 2 - 0.5)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.color("on_accent" if on and able else "line2"))
        side = high - 6.0
        left = wide - side - 3 if on else 3.0
        painter.drawEllipse(QRectF(left, (self.height() - side) / 2, side, side))
        painter.setPen(tokens.color("ink" if able else "ink3"))
        painter.setFont(tokens.font())
        room = QRect(wide + _GAP, 0, self.width() - wide - _GAP, self.height())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), self.text())


ROOM, TIGHT = 26, 14  # pixels around a name


class Tabs(QTabBar):
    """Names of parts in a row, the chosen one underlined; arrows move. The page shows the part that was chosen."""

    chosen = Signal(str)  # the code

    def __init__(
        self, tabs: Sequence[tuple[str, str]] = (), parent: QWidget | None = None, *, tight: bool = False
    ) -> None:
        """tight: as little room around each name as can be, for many of them."""
        super().__init__(parent)
        self._room = TIGHT if tight else ROOM
        self.setProperty("tight", tight)
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        for code, label in tabs:
            self.add(code, label)
        self.currentChanged.connect(self._changed)

    def add(self, code: str, label: str) -> None:
        """One more part at the right end."""
        self.setTabData(self.addTab(label), code)

    def value(self) -> str:
        """The code of the part shown, "" when there is none."""
        return str(self.tabData(self.currentIndex()) or "")

    def choose(self, code: str) -> None:
        """Show that part; `chosen` is said if it was another."""
        place = next(place for place in range(self.count()) if self.tabData(place) == code)
        self.setCurrentIndex(place)

    def tabSizeHint(self, index: int) -> QSize:
        """Wide enough for the name in bold, so that nothing moves when it is chosen."""
        label = tokens.metrics(bold=True).horizontalAdvance(self.tabText(index))
        return QSize(label + self._room, tokens.high(32) + 4)

    @Slot(int)
    def _changed(self, _place: int) -> None:
        self.chosen.emit(self.value())


Option = tuple[str, str] | tuple[str, str, str]  # code, label and, for views, an icon


class Segments(QWidget):
    """One of a few: arrows move, Space chooses; the chosen one is tinted, underlined and bold.

    options: (code, label) or (code, label, icon); icons and signs give way where there is no room for them. Nothing is
    chosen at first unless `value` is given. signed: False for no sign beside the chosen one.
    """

    chosen = Signal(str)  # the code

    def __init__(
        self,
        options: Sequence[Option],
        value: str | None = None,
        accessible_name: str = "",
        parent: QWidget | None = None,
        *,
        signed: bool = True,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(accessible_name)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        row = in_row(within=self, spacing=0)
        self._segments: dict[str, _Segment] = {}
        for place, option in enumerate(options):
            segment = _Segment(option, first=place == 0, last=place == len(options) - 1, signed=signed)
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

    def __init__(self, option: Option, first: bool, last: bool, signed: bool) -> None:
        super().__init__(option[1])
        self._sign = "check" if signed else None
        self.state: str | None = None
        self._icon = option[2] if len(option) == 3 else None
        self._first, self._last = first, last
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def _shape(self) -> str | None:
        return self._icon or (self._sign if self.isChecked() else None)

    def _label(self) -> int:
        return tokens.metrics("text", bold=True).horizontalAdvance(self.text())

    def sizeHint(self) -> QSize:
        return QSize(self._label() + 26 + (tokens.wide(20) + 4 if self._shape() else 0), tokens.high(32))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._label() + 18, tokens.high(32))

    def hitButton(self, place: QPoint) -> bool:
        return self.rect().contains(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down go to the neighbours as well: who does not see them does not know that they stand in a row."""
        turned = {Qt.Key.Key_Down: Qt.Key.Key_Right, Qt.Key.Key_Up: Qt.Key.Key_Left}.get(Qt.Key(event.key()))
        meant = event if turned is None else QKeyEvent(event.type(), turned, event.modifiers())
        super().keyPressEvent(meant)
        event.setAccepted(meant.isAccepted())

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
