"""The heads of a table of figures: columns in groups above, rows with their letters at the left."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHeaderView, QWidget

from shelter_desk.ui import tokens
from shelter_desk.ui.reports.figure_rows import FigureRows, two_lines
from shelter_desk.words.reports import reports as report_words

PAD = 6
_INDENT = 11


def letters_wide(rows: FigureRows) -> int:
    """The room of the letters, nothing where no row has one."""
    return tokens.wide(24) if any(row.letter for row in rows.table.rows) else 0


class ColumnHeads(QHeaderView):
    """Heads of 12/600 at the right of their column, the group's name above its columns."""

    def __init__(self, rows: FigureRows, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._rows = rows
        self.setMinimumSectionSize(8)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHighlightSections(False)

    def high(self) -> int:
        """Two lines where there are groups or a long head."""
        double = any(column.group for column in self._rows.table.columns)
        double = double or any("\n" in two_lines(head) for head in self._rows.heads)
        return tokens.high(20) * 2 if double else tokens.high(28)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.high())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), tokens.color("surface"))
        painter.setFont(tokens.font("small", bold=True))
        for place in range(self.count()):
            self._paint_head(painter, place)
        self._paint_groups(painter)
        painter.fillRect(0, self.height() - 1, self.viewport().width(), 1, tokens.color("line2"))

    def _box(self, place: int) -> QRect:
        return QRect(self.sectionViewportPosition(place), 0, self.sectionSize(place), self.height())

    def _paint_head(self, painter: QPainter, place: int) -> None:
        box = self._box(place)
        if self._rows.is_total(place):
            painter.fillRect(box, tokens.color("page"))
        if self._rows.begins_group(place):
            painter.fillRect(box.left(), 0, 1, box.height(), tokens.color("line"))
        column = self._rows.column(place)
        painter.setPen(tokens.color("ink" if self._rows.is_total(place) else "ink2"))
        side = Qt.AlignmentFlag.AlignRight if column is not None else Qt.AlignmentFlag.AlignLeft
        half = self.height() // 2 if any(one.group for one in self._rows.table.columns) else 0
        text = str(self.model().headerData(place, Qt.Orientation.Horizontal))
        room = box.adjusted(PAD if column is None else 0, half, -PAD, 0)
        painter.drawText(room, int(side | Qt.AlignmentFlag.AlignVCenter), text if half else two_lines(text))

    def _paint_groups(self, painter: QPainter) -> None:
        columns, place = self._rows.table.columns, 0
        painter.setPen(tokens.color("ink2"))
        while place < len(columns):
            last = place
            while last + 1 < len(columns) and columns[last + 1].group == columns[place].group:
                last += 1
            if columns[place].group:
                box = self._box(place).united(self._box(last)).adjusted(0, 0, 0, -self.height() // 2)
                painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), report_words.group(columns[place].group))
            place = last + 1


class RowHeads(QHeaderView):
    """What each row is called, with its letter; stays in place while the columns scroll."""

    def __init__(self, rows: FigureRows, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._rows = rows
        self.setMinimumSectionSize(8)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHighlightSections(False)

    def needed(self) -> int:
        """Wide enough for every label."""
        found = [0]
        for place, row in enumerate(self._rows.table.rows):
            text = tokens.metrics("small", row.strong).horizontalAdvance(self._rows.labels[place])
            found.append(text + _INDENT * row.indented)
        return max(found) + letters_wide(self._rows) + PAD * 3 + 4

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(self.viewport().rect(), tokens.color("surface"))
        letters = letters_wide(self._rows)
        for place, row in enumerate(self._rows.table.rows):
            box = QRect(0, self.sectionViewportPosition(place), self.width(), self.sectionSize(place))
            painter.fillRect(0, box.bottom(), box.width(), 1, tokens.color("grid"))
            painter.setFont(tokens.font("small"))
            painter.setPen(tokens.color("ink3"))
            left = PAD * 2
            painter.drawText(box.adjusted(left, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), row.letter)
            painter.setFont(tokens.font("small", bold=row.strong))
            painter.setPen(tokens.color("ink"))
            room = box.adjusted(left + letters + _INDENT * row.indented, 0, -PAD, 0)
            label = painter.fontMetrics().elidedText(
                self._rows.labels[place], Qt.TextElideMode.ElideRight, room.width()
            )
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), label)
