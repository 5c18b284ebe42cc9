"""What to settle before closing: one sentence a point, each opens the record it is about."""

from PySide6.QtCore import QModelIndex, QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from shelter_desk import words
from shelter_desk.domain.reports.points import Matter, Point
from shelter_desk.ui import icons, tokens
from shelter_desk.ui.flag_places import place_of
from shelter_desk.ui.lists.model_index import Index
from shelter_desk.ui.lists.table_rows import TableColumn, TableRows
from shelter_desk.ui.widgets.badge import Badge
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import fill
from shelter_desk.words.reports.points import sentence

ROW = 40
_AT_ONCE = 30  # lines measured between two keys
_ICONS: dict[Matter, str] = {
    "unplaced": "moon",
    "no_destination": "leave",
    "no_exit_reason": "leave",
    "no_birth": "person",
    "no_child_status": "triangle",
    "no_source": "arrive",
    "planned_past": "calendar",
    "after_exit": "heart",
    "flag": "triangle",
    "stock_expired": "clock",
    "stock_negative": "box",
    "stock_request": "send",
    "stock_uncounted": "list",
    "count_unexplained": "list",
    "asset_not_found": "search",
    "asset_no_place": "barcode",
    "asset_no_donor": "barcode",
    "asset_lost": "barcode",
}


_WRAPPED = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap)


def _room(box: QRect) -> QRect:
    """Where the sentence stands: between the icon and the verb."""
    verb = tokens.metrics(bold=True).horizontalAdvance(words.text("Open"))
    left = tokens.SPACE_2 + tokens.wide(20) + tokens.SPACE
    return box.adjusted(left, 0, -tokens.SPACE * 2 - verb, 0)


class PointsCard(Card):
    """The list of points with their number."""

    record_wanted = Signal(int)  # PersonId
    page_wanted = Signal(str)  # a part of a page, as pages ask each other

    def __init__(self) -> None:
        badge = Badge("0", "ok")
        super().__init__(words.text("To settle before closing"), badge=badge)
        self.badge = badge
        self.rows: TableRows[Point] = TableRows([TableColumn("", sentence, tooltip=sentence)])
        self.list = PointsList(self.rows)
        self.list.opened.connect(self.open_point)
        self.nothing = Label(words.text("Nothing to settle: every stay is complete."), ink="ink2", wrap=True)
        self.nothing.setContentsMargins(tokens.SPACE_2, 0, tokens.SPACE_2, tokens.SPACE)
        self.reach_edges()
        fill(self.body, (self.list, 1), (self.nothing, 0, Qt.AlignmentFlag.AlignTop))
        self.body.setStretch(0, 1)
        self.clear()

    def clear(self) -> None:
        """Show nothing, and do not say that there is nothing."""
        self.rows.show(())
        for part in (self.badge, self.list, self.nothing):
            part.hide()

    def show_points(self, points: tuple[Point, ...]) -> None:
        """Show these points."""
        self.rows.show(points)
        self.badge.say(str(len(points)), "attention" if points else "ok")
        self.badge.show()
        self.list.setVisible(bool(points))
        self.nothing.setVisible(not points)

    @Slot(object)
    def open_point(self, point: Point) -> None:
        """Ask for the place where it is settled."""
        if point.flag is not None:
            self.page_wanted.emit(place_of(point.flag))
        elif point.place:
            self.page_wanted.emit(point.place)
        elif point.matter in ("planned_past", "after_exit"):
            self.page_wanted.emit(f"residents/{point.code}/services")
        else:
            self.record_wanted.emit(point.person)


class PointsList(QListView):
    """One line a point; a click, Enter or Space opens it."""

    opened = Signal(object)  # Point

    def __init__(self, rows: "TableRows[Point]") -> None:
        super().__init__()
        self._rows = rows
        self._delegate = PointDelegate(self)
        self.setModel(rows)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(words.text("To settle before closing"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setLayoutMode(QListView.LayoutMode.Batched)  # hundreds of sentences are measured
        self.setBatchSize(_AT_ONCE)
        self.setWordWrap(True)  # else lines are not measured again where only the width has changed
        self.clicked.connect(self._clicked)

    @Slot(QModelIndex)
    def _clicked(self, index: QModelIndex) -> None:
        self.opened.emit(self._rows.row(index.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if event.key() in keys and self.currentIndex().isValid():
            self._clicked(self.currentIndex())
            return
        super().keyPressEvent(event)


class PointDelegate(QStyledItemDelegate):
    """Paints icon, sentence and the verb."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Higher where the sentence needs two lines."""
        view = self.parent()
        room = (
            _room(QRect(0, 0, view.viewport().width(), 400)) if isinstance(view, QListView) else QRect(0, 0, 400, 400)
        )
        text = tokens.metrics().boundingRect(room, _WRAPPED, str(index.data()))
        return QSize(100, max(tokens.high(ROW), text.height() + tokens.SPACE_2))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rows, view = index.model(), self.parent()
        if not isinstance(rows, TableRows) or not isinstance(view, QListView):
            return
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        point: Point = rows.row(index.row())
        if state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, tokens.color("page"))
        painter.fillRect(box.left(), box.top(), box.width(), 1, tokens.color("grid"))
        side = tokens.wide(20)
        place = QPoint(tokens.SPACE_2, box.center().y() - side // 2)
        is_of_night = point.flag is not None and point.flag.night is not None
        painter.drawPixmap(place, icons.pixmap("moon" if is_of_night else _ICONS[point.matter], "ink2"))
        verb = words.text("Open")
        painter.setFont(tokens.font(bold=True))
        painter.setPen(tokens.color("accent"))
        right = box.adjusted(0, 0, -tokens.SPACE, 0)
        painter.drawText(right, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), verb)
        painter.setFont(tokens.font())
        painter.setPen(tokens.color("ink"))
        painter.drawText(_room(box), _WRAPPED, str(index.data()))
        if view.hasFocus() and view.currentIndex() == index:
            painter.setPen(QPen(tokens.color("accent"), 2))
            painter.drawRect(box.adjusted(1, 1, -1, -1))
