"""A row of widgets that goes on in the next line where there is no room."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem

from shelter_desk.ui import tokens


class Flow(QLayout):
    """Widgets from left to right, then in further lines; hidden ones take no room."""

    def __init__(self, gap: int = tokens.SPACE) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, room: QRect) -> None:
        super().setGeometry(room)
        self._arrange(room, move=True)

    def sizeHint(self) -> QSize:
        hints = [item.sizeHint() for item in self._items if not item.isEmpty()]
        return QSize(sum(hint.width() + self._gap for hint in hints), max((hint.height() for hint in hints), default=0))

    def minimumSize(self) -> QSize:
        hints = [item.minimumSize() for item in self._items if not item.isEmpty()]
        return QSize(max((h.width() for h in hints), default=0), max((h.height() for h in hints), default=0))

    def _arrange(self, room: QRect, move: bool) -> int:
        """Place the items, or only measure; the height they take."""
        left, top, tall = room.x(), room.y(), 0
        shown = [item for item in self._items if not item.isEmpty()]
        for line in _lines([item.sizeHint().width() for item in shown], self._gap, room.width()):
            items, left = [shown[place] for place in line], room.x()
            tall = max((item.sizeHint().height() for item in items), default=0)
            for item in items:
                hint = item.sizeHint()
                if move:
                    place = QPoint(left, top + (tall - hint.height()) // 2)
                    item.setGeometry(QRect(place, QSize(min(hint.width(), room.width()), hint.height())))
                left += hint.width() + self._gap
            top += tall + self._gap
        return max(0, top - self._gap - room.y())


def _lines(widths: list[int], gap: int, room: int) -> list[list[int]]:
    """Which items stand in each line."""
    lines: list[list[int]] = []
    left = room + 1
    for place, width in enumerate(widths):
        if left + width > room:
            lines.append([])
            left = 0
        lines[-1].append(place)
        left += width + gap
    return lines
