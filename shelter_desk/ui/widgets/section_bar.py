"""The sections of one record, one below the other, each with how much is to be settled there."""

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QTabBar, QWidget

from shelter_desk import words
from shelter_desk.ui import tokens
from shelter_desk.ui.widgets.layouts import STRETCH, ScrollArea, in_column

_PAD, _GAP, _MARK = 12, 4, 6
_HIGH, _LEAST_HIGH = 30, 22  # of a section, at 100 %
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class SectionMark(NamedTuple):
    """How many things are to be settled in a section, and whether one of them blocks."""

    n: int
    blocks: bool = False


class SectionBar(QTabBar):
    """Tabs that stand below each other, so that many of them fit beside any page; all four arrows move.

    The data of each tab is its key.
    """

    def __init__(self, titles: Mapping[str, str], accessible_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setShape(QTabBar.Shape.RoundedWest)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setMouseTracking(True)
        self.setAccessibleName(accessible_name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._marks: dict[str, SectionMark] = {}
        self._under, self._room = -1, 0
        for key, title in titles.items():
            self.setTabData(self.addTab(title), key)

    def mark(self, marks: Mapping[str, SectionMark]) -> None:
        """Show these counts beside the sections of these keys, none beside the others."""
        self._marks = {key: mark for key, mark in marks.items() if mark.n}
        for place in range(self.count()):
            found = self._marks.get(str(self.tabData(place)))
            told = "" if found is None else words.count("{n} thing to settle", "{n} things to settle", found.n)
            self.setTabToolTip(place, told)
            self.setAccessibleTabName(place, f"{self.tabText(place)}, {told}" if told else self.tabText(place))
        self.update()

    def marked(self, key: str) -> int:
        """The count beside that section."""
        return self._marks[key].n if key in self._marks else 0

    def tabSizeHint(self, index: int) -> QSize:
        """Wide enough for every name in bold with a count beside it, so that nothing moves; none if hidden."""
        bold = tokens.metrics(bold=True)
        widest = max((bold.horizontalAdvance(self.tabText(place)) for place in range(self.count())), default=0)
        count = tokens.metrics("small", bold=True).horizontalAdvance("9") + 2 * _MARK
        return QSize(_PAD + widest + _GAP + count + _MARK, self._high() if self.isTabVisible(index) else 0)

    def _high(self) -> int:
        """Of a section: less where all of them have no room otherwise."""
        shown = sum(map(self.isTabVisible, range(self.count())))
        each = self._room // shown if self._room and shown else tokens.high(_HIGH)
        return max(tokens.high(_LEAST_HIGH), min(tokens.high(_HIGH), each))

    def set_room(self, room: int) -> None:
        """How many pixels of height there are for all of them."""
        before, self._room = self._high(), room
        if self._high() != before:
            self.setTabText(0, self.tabText(0))  # what makes Qt lay the tabs out anew

    def wheelEvent(self, event: QWheelEvent) -> None:
        """It scrolls the column: Qt would open one section after the other."""
        event.ignore()

    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place in range(self.count()):
            if self.isTabVisible(place):
                self._paint(painter, place)

    def _paint(self, painter: QPainter, place: int) -> None:
        room, on = self.tabRect(place).adjusted(0, 1, 0, -1), place == self.currentIndex()
        if on or place == self._under:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tokens.color("accent_soft" if on else "sunken"))
            painter.drawRoundedRect(QRectF(room), tokens.RADIUS, tokens.RADIUS)
        if on:
            painter.fillRect(QRect(room.left(), room.top() + 6, 3, room.height() - 12), tokens.color("accent"))
        painter.setPen(tokens.color("accent" if on else "ink"))
        painter.setFont(tokens.font("text", on))
        painter.drawText(room.adjusted(_PAD, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), self.tabText(place))
        mark = self._marks.get(str(self.tabData(place)))
        if mark is not None:
            self._paint_mark(painter, room, mark)

    def _paint_mark(self, painter: QPainter, room: QRect, mark: SectionMark) -> None:
        told, state = str(mark.n), "blocked" if mark.blocks else "attention"
        metrics = tokens.metrics("small", bold=True)
        wide, high = max(metrics.horizontalAdvance(told) + 2 * _MARK, tokens.high(18)), tokens.high(18)
        pill = QRect(room.right() - _MARK - wide, room.center().y() - high // 2 + 1, wide, high)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.color(f"{state}_soft"))
        painter.drawRoundedRect(QRectF(pill), tokens.RADIUS, tokens.RADIUS)
        painter.setPen(tokens.color(state))
        painter.setFont(tokens.font("small", bold=True))
        painter.drawText(pill, int(Qt.AlignmentFlag.AlignCenter), told)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        self.step(step)

    def step(self, step: int) -> None:
        """Go to the section before or after this one; the first and the last stay where they are."""
        place = self.currentIndex() + step
        while 0 <= place < self.count() and not self.isTabVisible(place):
            place += step
        if 0 <= place < self.count():
            self.setCurrentIndex(place)

    def event(self, event: QEvent) -> bool:
        kind = event.type()
        if kind in (QEvent.Type.HoverMove, QEvent.Type.MouseMove, QEvent.Type.HoverEnter):
            self._hover(self.tabAt(self.mapFromGlobal(self.cursor().pos())))
        elif kind in (QEvent.Type.Leave, QEvent.Type.HoverLeave):
            self._hover(-1)
        return super().event(event)

    def _hover(self, place: int) -> None:
        if place != self._under:
            self._under = place
            self.update()


class SectionColumn(ScrollArea):
    """The bar at the left of a record; where there is little height it scrolls to the open section."""

    def __init__(self, bar: SectionBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = bar
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        inner.setProperty("role", "scrolled")
        in_column(bar, STRETCH, within=inner, margins=(tokens.SPACE, tokens.SPACE_2, 0, tokens.SPACE))
        self.setWidget(inner)
        bar.currentChanged.connect(self._follow)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.bar.set_room(self.viewport().height() - tokens.SPACE_2 - tokens.SPACE)

    def _follow(self, place: int) -> None:
        inner: QWidget | None = self.widget()
        if inner is not None:
            middle: QPoint = self.bar.mapTo(inner, self.bar.tabRect(place).center())
            self.ensureVisible(0, middle.y(), 0, self.bar.tabRect(place).height())

    def _fit(self) -> None:
        self.setFixedWidth(tokens.SPACE + self.bar.tabSizeHint(0).width() + tokens.SPACE_2)

    def redress(self) -> None:
        """Follow the colours and the size of the text."""
        self.bar.updateGeometry()
        self._fit()
