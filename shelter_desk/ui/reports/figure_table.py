"""A table of figures: arrows walk through the cells, Enter or a click opens the rows behind one."""

from collections.abc import Collection, Mapping

from PySide6.QtCore import QModelIndex, QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from shelter_desk.domain.reports.figures import Ref
from shelter_desk.domain.reports.layout.stay_tables import ReportTable
from shelter_desk.domain.reports.report import Report
from shelter_desk.ui import tokens
from shelter_desk.ui.lists.model_index import Index
from shelter_desk.ui.reports.figure_rows import Beside, FigureRows, two_lines
from shelter_desk.ui.widgets.badge import Badge
from shelter_desk.ui.widgets.label import ElidedLabel
from shelter_desk.words.reports import reports as report_words

PAD = 6
_INDENT = 11


def letters_wide(rows: FigureRows) -> int:
    """The room of the letters, nothing where no row has one."""
    return tokens.wide(24) if any(row.letter for row in rows.table.rows) else 0


class Heads(QHeaderView):
    """Heads that are as wide and as high as they are said to be."""

    def __init__(self, along: Qt.Orientation, rows: FigureRows, parent: QWidget) -> None:
        super().__init__(along, parent)
        self._rows = rows
        self.setMinimumSectionSize(8)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHighlightSections(False)


class ColumnHeads(Heads):
    """Heads of 12/600 at the right of their column, the group's name above its columns."""

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
        self._paint_groups(painter)
        painter.fillRect(0, self.height() - 1, self.viewport().width(), 1, tokens.color("line2"))

    def _box(self, place: int) -> QRect:
        return QRect(self.sectionViewportPosition(place), 0, self.sectionSize(place), self.height())

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


class RowHeads(Heads):
    """What each row is called, with its letter; stays in place while the columns scroll."""

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


ROW = 24
LABEL = 290  # longer labels are cut before a table takes the whole width
_BROAD = 1200  # from this width on, columns are 56 wide
_BAR = 12
_CORNER = 7  # pixels of the mark of a comment


class FigureTable(QTableView):
    """One block of a report, as high as its rows; the row heads stay while the columns scroll sideways.

    beside: what a last column says of each row.
    """

    opened = Signal(object)  # Ref
    comment_wanted = Signal(object)  # Ref
    left = Signal(int)  # -1 above the first row, 1 below the last one
    walked = Signal(QRect)  # the cell the focus is on now, in this widget

    def __init__(self, beside: Beside = "nothing") -> None:
        super().__init__()
        self.figures = FigureRows(beside)
        self.figures.setParent(self)
        self.columns = ColumnHeads(Qt.Orientation.Horizontal, self.figures, self)
        self.labels = RowHeads(Qt.Orientation.Vertical, self.figures, self)
        self._delegate = FigureDelegate(self)
        self.setHorizontalHeader(self.columns)
        self.setVerticalHeader(self.labels)
        self.setItemDelegate(self._delegate)
        self.setModel(self.figures)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.corner = Corner(self)
        self.caption = ElidedLabel(size="small", bold=True, ink="ink2", parent=self.corner)
        self.badge = Badge("", "ok", parent=self.corner)
        self.badge.hide()
        self.clicked.connect(self._clicked)
        self.selectionModel().currentChanged.connect(self._walked)

    def show_table(self, table: ReportTable, report: Report, caption: str) -> None:
        """Show that block; the cell the focus was on keeps it."""
        at = self.currentIndex()
        row, column = at.row(), at.column()
        self.figures.show(table, report)
        self.setAccessibleName(caption)
        self.caption.setText(caption)
        if row >= 0 and row < self.figures.rowCount() and column < len(table.columns):
            self.setCurrentIndex(self.figures.index(row, column))
        self.fit()

    def mark_said(self, comments: Mapping[Ref, str], to_explain: Collection[Ref]) -> None:
        """Mark the corner of the cells of which something is said, or should be."""
        self.figures.comments, self.figures.to_explain = comments, to_explain
        self.viewport().update()

    def mark_opened(self, ref: Ref | None) -> None:
        """Box the cell of the figure whose rows are shown."""
        if self.figures.opened != ref:
            self.figures.opened = ref
            self.viewport().update()

    def number_width(self, place: int) -> int:
        """What a column of numbers needs."""
        column = self.figures.column(place)
        if column is None:
            return 0
        head, total = tokens.metrics("small", True), self.figures.is_total(place)
        text = self.figures.heads[place]
        lines = [text] if column.group else two_lines(text).split("\n")
        longest = max([head.horizontalAdvance(line) for line in lines])
        for row, texts in enumerate(self.figures.texts):
            strong = total or self.figures.row(row).strong
            longest = max(longest, tokens.metrics("small", strong).horizontalAdvance(texts[place]))
        least = 56 if self.width() >= _BROAD else 38
        return max(least, longest + PAD + 3)

    def needed(self) -> int:
        """The width that shows every number, and labels, with what the block is called, as long as a line should be."""
        numbers = sum(self.number_width(place) for place in range(len(self.figures.table.columns)))
        called = self.caption.sizeHint().width() + PAD * 3
        return min(max(self.labels.needed(), called), tokens.wide(LABEL)) + numbers

    @Slot()
    def fit(self) -> None:
        """Share the width: numbers what they need, the labels or the definitions the rest."""
        numbers = [self.number_width(place) for place in range(len(self.figures.table.columns))]
        wanted, room = self.labels.needed(), self.width() - sum(numbers)
        has_words = self.figures.beside != "nothing"
        label = max(min(wanted, tokens.wide(170)), wanted if has_words else room)
        label = max(80, min(label, self.width() - min(sum(numbers), tokens.wide(120))))
        for place, width in enumerate(numbers):
            self.setColumnWidth(place, width)
        if has_words:
            self.setColumnWidth(len(numbers), max(self.width() - label - sum(numbers), tokens.wide(200)))
        self.labels.setFixedWidth(label)
        self.labels.setDefaultSectionSize(tokens.high(ROW))
        high = self.columns.high()
        self.columns.setFixedHeight(high)
        over = label + self.columns.length() > self.width()
        self.setFixedHeight(high + self.labels.length() + (_BAR if over else 0))
        self.corner.setGeometry(0, 0, label, high)
        self.corner.raise_()
        self.caption.setGeometry(PAD * 2, 0, label - PAD * 3, high - 1)
        size = self.badge.sizeHint()
        self.badge.setGeometry(PAD * 2, (high - size.height()) // 2, min(size.width(), label - PAD * 2), size.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def redress(self) -> None:
        """Follow the colours and the size of the text."""
        self.fit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.figures.rowCount():
            self.setCurrentIndex(self.figures.index(0, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at, step = self.currentIndex(), {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.figures.as_text())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and at.isValid():
            self._clicked(at)
        elif event.key() == Qt.Key.Key_F2:
            self._ask_comment(at)
        elif step and at.isValid() and not 0 <= at.row() + step < self.figures.rowCount():
            self.left.emit(step)
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def enter_from(self, step: int, column: int) -> None:
        """Take the focus coming from the block above (1) or below (-1)."""
        row = 0 if step > 0 else self.figures.rowCount() - 1
        self.setCurrentIndex(self.figures.index(row, min(column, len(self.figures.table.columns) - 1)))
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(QModelIndex)
    def _clicked(self, index: QModelIndex) -> None:
        ref = self.figures.ref(index)
        if ref is not None:
            self.opened.emit(ref)
        elif self.figures.column(index.column()) is None:
            self._ask_comment(index)

    def _ask_comment(self, index: QModelIndex) -> None:
        ref = self.figures.ref(index)
        if ref is None and index.isValid():
            ref = self.figures.commented(index.row())
        if ref is not None:
            self.comment_wanted.emit(ref)

    @Slot(QModelIndex, QModelIndex)
    def _walked(self, index: QModelIndex, _former: QModelIndex) -> None:
        if index.isValid() and self.hasFocus():
            box = self.visualRect(index).translated(self.viewport().pos())
            self.walked.emit(box.adjusted(0, -self.columns.height() if index.row() == 0 else 0, 0, 0))


def _fill_corner(painter: QPainter, box: QRect, ink: str) -> None:
    """A small triangle at the upper right of a cell."""
    corner = box.topRight()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tokens.color(ink))
    painter.drawPolygon([corner, corner - QPoint(_CORNER, 0), corner + QPoint(0, _CORNER)])
    painter.setBrush(Qt.BrushStyle.NoBrush)


class Corner(QWidget):
    """Where the two heads meet: what the block is called."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), tokens.color("surface"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, tokens.color("line2"))


class FigureDelegate(QStyledItemDelegate):
    """Paints a figure: zeros in grey, totals on the page's ground, a box around the one that is opened."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rows, view = index.model(), self.parent()
        if not isinstance(rows, FigureRows) or not isinstance(view, FigureTable):
            return
        box: QRect = option.rect
        ref = rows.ref(index)
        is_open = ref is not None and ref == rows.opened
        if is_open or rows.is_total(index.column()):
            painter.fillRect(box, tokens.color("accent_soft" if is_open else "page"))
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, tokens.color("grid"))
        if rows.begins_group(index.column()):
            painter.fillRect(box.left(), box.top(), 1, box.height(), tokens.color("line"))
        self._write(painter, box, rows, index, is_open)
        if ref is not None and rows.remark(ref):
            _fill_corner(painter, box, "accent" if ref in rows.comments else "attention")
        is_current = view.hasFocus() and index == view.currentIndex()
        if is_open or is_current:
            painter.setPen(QPen(tokens.color("accent"), 2))
            painter.drawRect(box.adjusted(1, 1, -1, -1))
        if is_open and is_current:
            painter.setPen(QPen(tokens.color("accent"), 1, Qt.PenStyle.DotLine))
            painter.drawRect(box.adjusted(3, 3, -4, -4))

    def _write(self, painter: QPainter, box: QRect, rows: FigureRows, index: Index, is_open: bool) -> None:
        text = str(index.data() or "")
        if rows.column(index.column()) is None:
            painter.setFont(tokens.font("small"))
            painter.setPen(tokens.color("ink2"))
            room = box.adjusted(PAD, 0, -PAD, 0)
            shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), shown)
            return
        zero = text in ("0", "—")
        strong = rows.row(index.row()).strong or rows.is_total(index.column())
        painter.setFont(tokens.font("small", bold=strong and (not zero or rows.is_total(index.column()))))
        painter.setPen(tokens.color("accent" if is_open else "ink3" if zero else "ink"))
        room = box.adjusted(0, 0, -PAD, 0)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), text)
