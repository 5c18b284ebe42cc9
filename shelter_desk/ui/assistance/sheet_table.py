"""The grid of the day sheet: arrows walk, Space ticks, letters look for a service to add.

The rows of the day sheet: people down, services across, what was given in the cells.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from shelter_desk import words
from shelter_desk.domain.assistance.assistance import Service, ServiceStatus
from shelter_desk.domain.ids import StayId
from shelter_desk.operations.services.service_catalogue import ServiceKind
from shelter_desk.operations.services.service_log import ServiceLine
from shelter_desk.ui import icons, tokens
from shelter_desk.ui.assistance import choices
from shelter_desk.ui.assistance.choices import PAD
from shelter_desk.ui.lists.model_index import Index
from shelter_desk.ui.widgets.marks import minor_width
from shelter_desk.words import assistance as assistance_words
from shelter_desk.words import formats

FIRST_SAID: tuple[ServiceStatus, ...] = ("fait", "prevu", "refuse", "non_tenu")


class SheetRows(QAbstractTableModel):
    """Lines of one day under the chosen services; each cell is looked up in what was asked once."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.day = date.min
        self.lines: list[ServiceLine] = []
        self.kinds: list[ServiceKind] = []
        self._cells: dict[tuple[StayId, str], tuple[Service, ...]] = {}

    def show(self, day: date, lines: Sequence[ServiceLine], kinds: Sequence[ServiceKind]) -> None:
        """Show that day; where the same people stand under the same services, only the cells are painted anew."""
        same = (
            day == self.day
            and [one.stay.id for one in lines] == [one.stay.id for one in self.lines]
            and [one.code for one in kinds] == [one.code for one in self.kinds]
        )
        if not same:
            self.beginResetModel()
        self.day, self.lines, self.kinds = day, list(lines), list(kinds)
        found: dict[tuple[StayId, str], list[Service]] = {}
        for line in lines:
            for one in line.services:
                found.setdefault((line.stay.id, one.service_type), []).append(one)
        self._cells = {key: tuple(services) for key, services in found.items()}
        if not same:
            self.endResetModel()
        elif self.lines and self.kinds:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines) - 1, len(self.kinds) - 1))
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.kinds) - 1)

    def services(self, row: int, column: int) -> tuple[Service, ...]:
        """What is in that cell."""
        return self._cells.get((self.lines[row].stay.id, self.kinds[column].code), ())

    def status(self, row: int, column: int) -> ServiceStatus | None:
        """What the cell says: given before planned, planned before refused, refused before not held."""
        said = {one.status for one in self.services(row, column)}
        return next((status for status in FIRST_SAID if status in said), None)

    def given(self, column: int) -> int:
        """How many lines of that service were given that day."""
        code = self.kinds[column].code
        return sum(one.counts for (_, kind), found in self._cells.items() if kind == code for one in found)

    def without(self, column: int) -> list[ServiceLine]:
        """Who is here and was not given that service."""
        return [
            line for row, line in enumerate(self.lines) if line.standing == "here" and self.status(row, column) is None
        ]

    def place_of(self, kind: str) -> int:
        """The column of that service, -1 where it has none."""
        return next((place for place, one in enumerate(self.kinds) if one.code == kind), -1)

    def row_of(self, stay: StayId) -> int:
        """The row of that stay, -1 where it has none."""
        return next((place for place, one in enumerate(self.lines) if one.stay.id == stay), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own signature
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own signature
        return 0 if parent.isValid() else len(self.kinds)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self.sentence(index.row(), index.column())
        return None

    def sentence(self, row: int, column: int) -> str:
        """The cell in words: who, what, and what became of it."""
        line, kind = self.lines[row], self.kinds[column]
        found = self.services(row, column)
        state = ", ".join(assistance_words.state(one.status) for one in found) or words.text("not given")
        sentence = words.text("{code} · {service} · {state}")
        told = sentence.format(code=line.person.code, service=choices.named(kind, kind.code), state=state)
        return " · ".join(
            [told, *(part for one in found for part in assistance_words.paid(one.cost_xof, one.receipt_no))]
        )

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        if orientation == Qt.Orientation.Horizontal:
            return choices.named(self.kinds[section], self.kinds[section].code)
        return self.lines[section].person.code


def chosen_kinds(
    catalogue: Mapping[str, ServiceKind], kept: Sequence[str] | None, lines: Sequence[ServiceLine], without: str
) -> list[ServiceKind]:
    """The columns: those kept, at first what can be given to many, and what was given that day. without: the meals."""
    first = [code for code, kind in catalogue.items() if kind.is_group and kind.active and code != without]
    given = [one.service_type for line in lines for one in line.services if one.service_type != without]
    wanted = dict.fromkeys([*(first if kept is None else kept), *given])
    return [catalogue[code] for code in wanted if code in catalogue]


ROW, COLUMN, WIDEST = 32, 104, 150
SIGNS = {
    "fait": ("check", "ok"),
    "prevu": ("clock", "held"),
    "refuse": ("close", "attention"),
    "non_tenu": ("minus", "ink3"),
}


class SheetTable(QTableView):
    """People stay at the left while services scroll."""

    toggled = Signal(int, int)  # row, column
    whole_wanted = Signal(int)  # column, for everybody without
    typed = Signal(str)  # a letter
    person_wanted = Signal(int)  # row
    column_left = Signal(int)  # column that is not wanted any more
    menu_wanted = Signal(int, int, QPoint)  # row, column, place on the screen
    walked = Signal(int, int)  # row, column; -1 for none

    def __init__(self, rows: SheetRows, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = rows
        self.heads, self.people = ServiceHeads(rows, True, self), PeopleHeads(rows, False, self)
        self.setHorizontalHeader(self.heads)
        self.setVerticalHeader(self.people)
        self._delegate = TickDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setModel(rows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.selectionModel().currentChanged.connect(self._walked)
        rows.modelReset.connect(self.fit)
        self.fit()

    @Slot()
    def fit(self) -> None:
        """Heights and widths for the text worn."""
        self.people.setDefaultSectionSize(tokens.high(ROW))
        self.people.setFixedWidth(self.people.needed())
        self.heads.setDefaultSectionSize(self.heads.wide())
        self.heads.setFixedHeight(self.heads.high())

    def go_to(self, row: int, column: int) -> None:
        """Put the focus on that cell, as near as there is one."""
        if self.rows.rowCount() and self.rows.columnCount():
            row = max(0, min(row, self.rows.rowCount() - 1))
            column = max(0, min(column, self.rows.columnCount() - 1))
            self.setCurrentIndex(self.rows.index(row, column))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        at, key = self.currentIndex(), event.key()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key == Qt.Key.Key_Space and at.isValid():
            if control:
                self.whole_wanted.emit(at.column())
            else:
                self.toggled.emit(at.row(), at.column())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and at.isValid() and not control:
            self.person_wanted.emit(at.row())
        elif key == Qt.Key.Key_Delete and at.isValid():
            self.column_left.emit(at.column())
        elif not control and len(event.text()) == 1 and event.text().isalpha():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _search: str) -> None:
        """Letters look for a service, they do not search the cells."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid() and index == self.currentIndex():
            self.toggled.emit(index.row(), index.column())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        is_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if is_mouse else self.currentIndex()
        if index.isValid():
            self.setCurrentIndex(index)
            place = event.globalPos() if is_mouse else self.viewport().mapToGlobal(self.visualRect(index).center())
            self.menu_wanted.emit(index.row(), index.column(), place)

    def redress(self) -> None:
        """Follow the colours and the size of the text."""
        self.fit()

    @Slot(QModelIndex, QModelIndex)
    def _walked(self, index: QModelIndex, _former: QModelIndex) -> None:
        self.walked.emit(index.row(), index.column())
        self.people.viewport().update()
        self.heads.viewport().update()


class TickDelegate(QStyledItemDelegate):
    """Paints a cell: a box to tick, or the sign of what became of it; never by colour alone."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(tokens.wide(COLUMN), tokens.high(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        box: QRect = option.rect
        rows, view = index.model(), self.parent()
        if not isinstance(rows, SheetRows) or not isinstance(view, QTableView):
            return
        status = rows.status(index.row(), index.column())
        at = view.currentIndex()
        if index.row() == at.row():
            painter.fillRect(box, tokens.color("accent_soft"))
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, tokens.color("grid"))
        painter.fillRect(box.right(), box.top(), 1, box.height(), tokens.color("grid"))
        side = tokens.wide(18)
        square = QRect(0, 0, side, side)
        square.moveCenter(box.center())
        if status is None:
            painter.setPen(tokens.color("line2"))
            painter.setBrush(tokens.color("surface"))
            painter.drawRoundedRect(square.adjusted(1, 1, -1, -1), 3, 3)
        else:
            _sign(painter, square, status, len(rows.services(index.row(), index.column())))
        if view.hasFocus() and at == index:
            for edge in range(2):
                painter.setPen(tokens.color("accent"))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(box.adjusted(edge, edge, -1 - edge, -1 - edge))


def _sign(painter: QPainter, square: QRect, status: str, many: int) -> None:
    name, ink = SIGNS[status]
    if status == "fait":
        painter.setPen(tokens.color("ok"))
        painter.setBrush(tokens.color("ok_soft"))
        painter.drawRoundedRect(square.adjusted(0, 0, -1, -1), 3, 3)
    picture = icons.pixmap(name, ink, 16)
    inset = (square.width() - tokens.wide(16)) // 2
    painter.drawPixmap(square.topLeft() + QPoint(inset, inset), picture)
    if many > 1:
        painter.setFont(tokens.font("small", bold=True))
        painter.setPen(tokens.color("ink2"))
        painter.drawText(
            square.adjusted(square.width() + 4, 0, square.width() + 24, 0),
            int(Qt.AlignmentFlag.AlignVCenter),
            str(many),
        )


class _Heads(QHeaderView):
    """Paints the sections in sight, that of the cell chosen in another colour, and a line towards the cells."""

    def __init__(self, rows: SheetRows, across: bool, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal if across else Qt.Orientation.Vertical, parent)
        self._rows, self._across = rows, across
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHighlightSections(False)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, seen, view = QPainter(self.viewport()), self.viewport().rect(), self.parent()
        painter.fillRect(seen, tokens.color("surface"))
        index = view.currentIndex() if isinstance(view, QTableView) else QModelIndex()
        at = index.column() if self._across else index.row()
        for place in range(self.count()):
            start, size = self.sectionViewportPosition(place), self.sectionSize(place)
            box = QRect(start, 0, size, self.height()) if self._across else QRect(0, start, self.width(), size)
            if box.intersects(seen):
                self.paint(painter, place, box, place == at)
        if self._across:
            painter.fillRect(0, self.height() - 1, seen.width(), 1, tokens.color("line2"))
        else:
            painter.fillRect(self.width() - 1, 0, 1, seen.height(), tokens.color("line"))

    def paint(self, painter: QPainter, place: int, box: QRect, is_current: bool) -> None:
        """One section; each side has its own."""
        raise NotImplementedError


class ServiceHeads(_Heads):
    """What each column is called, in up to three lines, and how many were given."""

    def wide(self) -> int:
        """Wide enough for the longest word of any column, within reason; the tool tip says the whole."""
        bold = tokens.metrics("small", True)
        texts = [str(self._rows.headerData(place, Qt.Orientation.Horizontal)) for place in range(len(self._rows.kinds))]
        longest = max((bold.horizontalAdvance(word) for text in texts for word in text.split()), default=0)
        return min(max(tokens.wide(COLUMN), longest + 2 * PAD), tokens.wide(WIDEST))

    def high(self) -> int:
        """Three lines of the small font, and the count below."""
        return tokens.metrics("small", True).lineSpacing() * 4 + 12

    def paint(self, painter: QPainter, place: int, box: QRect, is_current: bool) -> None:
        if is_current:
            painter.fillRect(box, tokens.color("accent_soft"))
        painter.fillRect(box.right(), 0, 1, box.height(), tokens.color("grid"))
        line = tokens.metrics("small", True).lineSpacing()
        room = box.adjusted(PAD // 2, 4, -PAD // 2, -line - 6)
        painter.setFont(tokens.font("small", bold=True))
        painter.setPen(tokens.color("ink"))
        text = str(self._rows.headerData(place, Qt.Orientation.Horizontal))
        painter.drawText(
            room, int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom), lines_in(text, room.width())
        )
        given = self._rows.given(place)
        painter.setFont(tokens.font("small", bold=bool(given)))
        painter.setPen(tokens.color("ok" if given else "ink3"))
        painter.drawText(
            box.adjusted(0, 0, 0, -5), int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignBottom), str(given)
        )


def lines_in(text: str, width: int, most: int = 3) -> str:
    """The text in that many lines of that width at most, the last one cut with … where there is more."""
    metrics = tokens.metrics("small", True)
    made: list[str] = []
    for word in text.split():
        joined = f"{made[-1]} {word}" if made else word
        if made and metrics.horizontalAdvance(joined) <= width:
            made[-1] = joined
        else:
            made.append(word)
    if len(made) > most:
        made = [*made[: most - 1], " ".join(made[most - 1 :])]
    return "\n".join(metrics.elidedText(line, Qt.TextElideMode.ElideRight, width) for line in made)


class PeopleHeads(_Heads):
    """Who each row is: bed, code, the mark of a minor, sex and age, and how the person stands to the day."""

    def _bed(self) -> int:
        bold = tokens.metrics("small", True)
        return max(
            [bold.horizontalAdvance("00A"), *(bold.horizontalAdvance(choices.place(one)) for one in self._rows.lines)]
        )

    def needed(self) -> int:
        """Wide enough for every row, within reason."""
        small, text = tokens.metrics("small"), tokens.metrics(bold=True)
        code = text.horizontalAdvance("WWW-WWW-W")
        about = max([0, *(small.horizontalAdvance(choices.about(one, self._rows.day)) for one in self._rows.lines)])
        return min(self._bed() + code + minor_width() + about + PAD * 5, tokens.wide(340))

    def paint(self, painter: QPainter, place: int, box: QRect, is_current: bool) -> None:
        line = self._rows.lines[place]
        if is_current:
            painter.fillRect(box, tokens.color("accent_soft"))
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, tokens.color("grid"))
        told = choices.about(line, self._rows.day) or formats.NONE
        choices.paint_person(painter, box.adjusted(PAD, 0, 0, 0), line, self._rows.day, told, self._bed())
