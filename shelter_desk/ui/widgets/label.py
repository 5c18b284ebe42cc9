"""Text on screen in one of the three sizes and inks, and a rule.

Classes of Qt that the unlock screen does without are named through their module: Qt makes each when it is first named.

What a layout shows is taken away before it is filled anew.
"""

from typing import Literal

from PySide6 import QtCore, QtWidgets
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QWidget

from shelter_desk.ui import icons, tokens
from shelter_desk.ui.widgets.tips import plain


def take_away(widget: QWidget) -> None:
    """Hide it at once; it is gone later: it may be one of its own buttons that led here."""
    widget.hide()
    widget.deleteLater()


def empty(layout: QLayout) -> None:
    """Take all its items and their widgets away."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            take_away(widget)


Ink = Literal[
    "ink", "ink2", "ink3", "accent", "ok", "attention", "blocked", "held", "rail_text", "on_accent"
]  # a token name


class Label(QLabel):
    """A text, plain (never read as HTML). wrap: break lines instead of growing wide."""

    def __init__(
        self,
        text: str = "",
        size: tokens.Size = "text",
        bold: bool = False,
        ink: Ink = "ink",
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setProperty("textFormat", "PlainText")  # not through `Qt`, which takes 12 ms to make
        self.setProperty("textSize", size)
        self.setProperty("bold", bold)
        self.setProperty("ink", ink)
        self.setWordWrap(wrap)

    def set_ink(self, ink: Ink) -> None:
        """Another colour from now on."""
        if self.property("ink") != ink:
            self.setProperty("ink", ink)
            repolish(self)


class ElidedLabel(Label):
    """A text of one line that ends in … where there is no room; the whole text is its tool tip then.

    told: its tool tip in any case, where there is one.
    """

    told = ""

    def __init__(
        self,
        text: str = "",
        size: tokens.Size = "text",
        bold: bool = False,
        ink: Ink = "ink",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, size, bold, ink, parent=parent)
        self.setSizePolicy(QtWidgets.QSizePolicy.Policy.Ignored, QtWidgets.QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(tokens.metrics(size, bold).averageCharWidth() * 4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QtWidgets.QStylePainter(self)
        option = QtWidgets.QStyleOption()
        option.initFrom(self)
        painter.drawPrimitive(QtWidgets.QStyle.PrimitiveElement.PE_Widget, option)
        shown = self.fontMetrics().elidedText(self.text(), QtCore.Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip(plain(self.told or (self.text() if shown != self.text() else "")))
        painter.setPen(option.palette.windowText().color())
        painter.drawText(self.rect(), int(self.alignment() | QtCore.Qt.AlignmentFlag.AlignVCenter), shown)


class TwoLineLabel(ElidedLabel):
    """The same on two lines of small letters, within the height of its row, where one line has no room."""

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.fontMetrics().horizontalAdvance(self.text()) <= self.width():
            super().paintEvent(event)
            return
        first, second = self.lines()
        self.setToolTip(plain(self.told or ("" if second == self.text()[len(first) :].strip() else self.text())))
        painter, metrics = QtWidgets.QStylePainter(self), tokens.metrics("small")
        painter.setFont(tokens.font("small"))
        painter.setPen(self.palette().windowText().color())
        top = (self.height() - 2 * metrics.height()) // 2 + metrics.ascent()
        painter.drawText(0, top, first)
        painter.drawText(0, top + metrics.height(), second)

    def lines(self) -> tuple[str, str]:
        """What stands on the two lines; the second ends in … where both have no room."""
        metrics, words = tokens.metrics("small"), self.text().split(" ")
        at = len(words)
        while at > 1 and metrics.horizontalAdvance(" ".join(words[:at])) > self.width():
            at -= 1
        rest = metrics.elidedText(" ".join(words[at:]), QtCore.Qt.TextElideMode.ElideRight, self.width())
        return " ".join(words[:at]), rest


class IconLabel(QLabel):
    """An icon that says nothing by itself: the text beside it does."""

    def __init__(self, name: str, color: str = "ink", size: int = 20, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._color, self._size = name, color, size
        self._draw()

    def show_icon(self, name: str, color: str = "ink") -> None:
        """Another icon from now on."""
        self._name, self._color = name, color
        self._draw()

    def _draw(self) -> None:
        self.setPixmap(icons.pixmap(self._name, self._color, self._size))
        self.setFixedSize(icons.extent(self._size))

    def redress(self) -> None:
        """Follow the colours and the size of the text."""
        self._draw()


class RuleLine(QFrame):
    """A hairline between two groups."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "rule")


def repolish(widget: QWidget) -> None:
    """Let the style sheet see a changed property."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()
