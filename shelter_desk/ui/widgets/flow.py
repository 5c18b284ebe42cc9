"""A row of widgets that goes on in the next line where there is no room."""

from typing import Any

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QLayoutItem, QWidget

from shelter_desk.ui import tokens

_AT_RIGHT = "at_right"  # a property of the widgets: it lives as long as they do


class Flow(QHBoxLayout):
    """Widgets from left to right, then in further lines; hidden ones take no room.

    The base keeps the items: those that Python would hold are gone before it knows while a page is taken down.
    """

    # of the class too: objects of a page that is taken down lose what they hold before Qt stops asking them
    _gap, _line_gap, _down, _needed = tokens.SPACE_2, tokens.SPACE_PANEL, 0.0, 0
    _heights: dict[int, int] = {}  # noqa: RUF012 of widths asked since the last change; one of its own in each object
    _hint: QSize | None = None  # of all in one line; least: of the largest alone
    _least: QSize | None = None
    _pushes = False  # what is added from now on stands at the right end of its line

    def __init__(
        self,
        gap: int = tokens.SPACE_2,
        line_gap: int = tokens.SPACE_PANEL,
        middle: bool = False,
        *,
        bottom: bool = False,
    ) -> None:
        super().__init__()
        self._gap, self._line_gap = gap, line_gap
        self._heights = {}
        self._hint = self._least = None
        self._needed = 0  # the height of its lines in the width that it has
        self._down = 0.5 if middle else 1.0 if bottom else 0.0  # how far down in its line an item that is lower stands
        self.setContentsMargins(0, 0, 0, 0)

    def add(self, *widgets: QWidget) -> None:
        """These widgets at the end."""
        for widget in widgets:
            self.addWidget(widget)

    def add_right(self, *widgets: QWidget) -> None:
        """These widgets at the end, and, as all that come after them, at the right of the line that they share."""
        self.addStretch()
        self.add(*widgets)

    def addStretch(self, _stretch: int | None = 0) -> None:
        """What comes after it stands at the right of its line. No item of Qt's: an empty one is not asked about."""
        self._pushes = True

    def addWidget(self, widget: QWidget, *stretch_and_alignment: Any) -> None:
        widget.setProperty(_AT_RIGHT, self._pushes)
        super().addWidget(widget, *stretch_and_alignment)

    def insertWidget(self, index: int, widget: QWidget, *stretch_and_alignment: Any) -> None:
        after = self.itemAt(index)
        widget.setProperty(_AT_RIGHT, self._pushes if after is None else _is_at_right(after))
        super().insertWidget(index, widget, *stretch_and_alignment)

    def _seen(self) -> list[QLayoutItem]:
        items = (self.itemAt(place) for place in range(self.count()))
        return [item for item in items if item is not None and not item.isEmpty()]

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._arrange(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def invalidate(self) -> None:
        self._heights.clear()
        self._hint = self._least = None
        super().invalidate()

    def minimumHeightForWidth(self, width: int) -> int:
        return self.heightForWidth(width)

    def maximumSize(self) -> QSize:
        return QLayout.maximumSize(self)

    def setGeometry(self, room: QRect) -> None:
        QLayout.setGeometry(self, room)
        needed = self._arrange(room, move=True)
        around = self.parentWidget()
        if needed != self._needed and around is not None:
            self._needed = needed
            around.updateGeometry()  # what holds it may have to scroll now: no line is squeezed away

    def sizeHint(self) -> QSize:
        if self._hint is None:
            hints = [item.sizeHint() for item in self._seen()]
            width = sum(hint.width() + self._gap for hint in hints) - self._gap if hints else 0
            self._hint = self._with_margins(QSize(width, max((hint.height() for hint in hints), default=0)))
        return self._hint

    def minimumSize(self) -> QSize:
        if self._least is None:
            hints = [item.minimumSize() for item in self._seen()]
            widest = max((hint.width() for hint in hints), default=0)
            tallest = max((hint.height() for hint in hints), default=0)
            self._least = self._with_margins(QSize(widest, tallest))
        return self._least.expandedTo(QSize(0, self._needed))

    def _with_margins(self, size: QSize) -> QSize:
        return size.grownBy(self.contentsMargins())

    def _arrange(self, room: QRect, move: bool) -> int:
        """Place the items at the top of their line, in its middle or at its bottom, or only measure; their height."""
        inside = room.marginsRemoved(self.contentsMargins())
        top = inside.y()
        for place, line in enumerate(self._lines(inside.width())):
            top += self._line_gap if place else 0
            tall, left = max(size.height() for _, size in line), inside.x()
            spare = inside.width() - sum(size.width() + self._gap for _, size in line) + self._gap
            first = next((at for at, (item, _) in enumerate(line) if _is_at_right(item)), 0)
            for at, (item, size) in enumerate(line):
                left += spare if at and at == first else 0
                if move:
                    down = int((tall - size.height()) * self._down)
                    item.setGeometry(QRect(QPoint(left, top + down), size))
                left += size.width() + self._gap
            top += tall
        return top - room.y() + self.contentsMargins().bottom()

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        """The items that are seen, line by line, with their sizes."""
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        left = 0
        for item in self._seen():
            wide = min(item.sizeHint().width(), width)
            high = item.heightForWidth(wide) if item.hasHeightForWidth() else item.sizeHint().height()
            if not lines or left + wide > width:
                lines.append([])
                left = 0
            lines[-1].append((item, QSize(wide, high)))
            left += wide + self._gap
        return lines


def _is_at_right(item: QLayoutItem) -> bool:
    widget = item.widget()
    return widget is not None and bool(widget.property(_AT_RIGHT))


def row_of(*fields: tuple[QWidget, int]) -> Flow:
    """Fields side by side that go on in the next line, each with its width at 100 %, 0 for its own."""
    row = Flow()
    for field, width in fields:
        if width:
            field.setFixedWidth(tokens.wide(width))
        row.add(field)
    return row
