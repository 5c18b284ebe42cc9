"""The list of the month: what has been kept as long as it may, each line with a box, to be approved and erased."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPoint, QRect, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCheckBox, QWidget

from shelter_desk import words
from shelter_desk.domain.approvals import Approval
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.retention.retention import Clocks, RetainedItem
from shelter_desk.operations.residents import retention
from shelter_desk.operations.residents.retention import Erased, ErasureDue
from shelter_desk.ui import icons, tasks, tokens
from shelter_desk.ui.lists.model_index import Index
from shelter_desk.ui.lists.table import TableView
from shelter_desk.ui.lists.table_rows import TableColumn, TableRows
from shelter_desk.ui.settings.retention.retention_confirm import ErasingCard
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.label import IconLabel, Label
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_row
from shelter_desk.words import formats
from shelter_desk.words import retention as retention_words
from shelter_desk.words.refusals.errors import sentence

if TYPE_CHECKING:
    from shelter_desk.operations.desk import Desk


SIDE = 16
WIDEST = "WMW-WMW-W"


class DueRows(TableRows[ErasureDue]):
    """Rows whose first cell is a box; where an erasure is suspended it cannot be checked."""

    checks_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self.clocks = Clocks()
        columns: list[TableColumn[ErasureDue]] = [
            TableColumn("", lambda _: ""),
            TableColumn(words.text("Code"), lambda one: one.code, lambda one: one.code, bold=True),
            TableColumn(words.text("What goes"), _kind, _kind),
            TableColumn(words.text("To erase since"), lambda one: formats.day(one.since), lambda one: one.since),
            TableColumn(words.text("Why now"), self._why, self._why, tooltip=self._why),
            TableColumn(words.text("Suspended"), _why_held, ink=lambda _: "held", tooltip=_why_held),
        ]
        super().__init__(columns, parent)
        self._checked: set[RetainedItem] = set()

    def show(self, rows: Sequence[ErasureDue]) -> None:
        if self._checked:
            self._checked &= {one.item for one in rows if not one.is_held}
        super().show(rows)
        self.checks_changed.emit()

    def checked(self) -> list[ErasureDue]:
        """Those whose boxes are checked, as sorted now."""
        return [one for one in self.rows() if one.item in self._checked] if self._checked else []

    def is_checked(self, one: ErasureDue) -> bool:
        """Whether the box of that line is checked."""
        return one.item in self._checked

    def free(self) -> list[ErasureDue]:
        """Those whose boxes can be checked."""
        return [one for one in self.rows() if not one.is_held]

    def check(self, some: Sequence[ErasureDue], on: bool) -> None:
        """Check these boxes or empty them."""
        items = {one.item for one in some if not one.is_held}
        self._checked = self._checked | items if on else self._checked - items
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, 0))
        self.checks_changed.emit()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if index.column() == 0:
            one = self.row(index.row())
            if role == Qt.ItemDataRole.CheckStateRole:
                return Qt.CheckState.Checked if self.is_checked(one) else Qt.CheckState.Unchecked
            if role == Qt.ItemDataRole.AccessibleTextRole:
                return words.text("checked") if self.is_checked(one) else words.text("not checked")
        return super().data(index, role)

    def _why(self, one: ErasureDue) -> str:
        was_minor = one.case is not None and one.case.was_minor
        return retention_words.why(one.item.kind, self.clocks, was_closed=one.was_closed, was_minor=was_minor)


def _kind(one: ErasureDue) -> str:
    return retention_words.kind(one.item.kind)


def _why_held(one: ErasureDue) -> str:
    return " · ".join(map(retention_words.hold, one.holds))


class DueTable(TableView):
    """Space or a click on the box checks; with several rows chosen, Space checks them all."""

    def __init__(self, rows: DueRows, parent: QWidget | None = None) -> None:
        super().__init__(rows, parent=parent)
        self._due = rows
        self.setAccessibleName(words.text("To erase, to be approved"))
        self.clicked.connect(self._clicked)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows.dataChanged.connect(self.viewport().update)

    @Slot()
    def fit(self) -> None:
        """Codes are as wide as the widest; reasons take what is left and are cut, whole in their tool tip."""
        super().fit()
        self.setColumnWidth(1, tokens.metrics(bold=True).horizontalAdvance(WIDEST) + 20)
        self.setColumnWidth(self.rows.columnCount() - 1, tokens.wide(100))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for at in self.places_within(event.rect()):
            self._paint_box(painter, self.visualRect(self._due.index(at, 0)), self._due.row(at))
        painter.end()

    def _paint_box(self, painter: QPainter, place: QRect, one: ErasureDue) -> None:
        side, on = tokens.wide(SIDE), self._due.is_checked(one)
        left, top = place.left() + 10, place.top() + (place.height() - side) // 2
        painter.setPen(tokens.color("line3" if one.is_held else "accent" if on else "line2"))
        painter.setBrush(tokens.color("sunken" if one.is_held else "accent" if on else "surface"))
        painter.drawRoundedRect(QRectF(left + 0.5, top + 0.5, side - 1, side - 1), 3, 3)
        if on:
            painter.drawPixmap(QPoint(left, top), icons.pixmap("check", "on_accent", SIDE))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self._turn([self._due.row(index.row()) for index in self.selectionModel().selectedRows()])
            return
        super().keyPressEvent(event)

    @Slot(QModelIndex)
    def _clicked(self, index: QModelIndex) -> None:
        if index.column() == 0:
            self._turn([self._due.row(index.row())])

    def _turn(self, some: Sequence[ErasureDue]) -> None:
        free = [one for one in some if not one.is_held]
        self._due.check(free, not all(self._due.is_checked(one) for one in free))


LEAST_ROWS, MOST_ROWS = 3, 8


class DueCard(ErasingCard):
    """Boxes, one button, and below it the last question."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, words.text("To erase, to be approved"), "", parent)
        told = words.text("See to it each month. Nothing goes by itself: what you check goes, the rest waits.")
        self.rule = Label(told, size="small", ink="ink2", wrap=True)
        self.rows = DueRows(self)
        self.table = DueTable(self.rows)
        self.all = QCheckBox(words.text("Check all"))
        self.all.clicked.connect(self._check_all)
        self.first = self.erase_button = Button("", kind="danger", icon="octagon", on_click=self.ask)
        self.rows.checks_changed.connect(self._count)
        self._none, self._some = QWidget(), QWidget()
        nothing = Label(words.text("Nothing to erase today."), wrap=True)
        in_row(IconLabel("circle-check", "ok"), (nothing, 1), within=self._none)
        in_row(self.all, STRETCH, self.erase_button, within=self._some, spacing=tokens.SPACE_2)
        self.reading = Label(words.text("Looking for what is due…"), ink="ink2")
        fill(self.body, self.rule, self.reading, self._none, self.table, self._some)
        for part in (self._none, self.table, self._some):
            part.hide()

    def refresh(self, clocks: Clocks) -> None:
        """Ask what is due by these clocks, beside the window: years that nobody erased take a while."""
        self.rows.clocks = clocks
        tasks.run(partial(retention.due, self._desk), self._show, self._say_refused)

    def _say_refused(self, error: ShelterDeskError) -> None:
        self.reading.setText(sentence(error))
        self.reading.show()

    def _show(self, due: Sequence[ErasureDue]) -> None:
        if self.form is not None:  # the list stays as it was when the question was opened
            return
        self.reading.hide()
        self.rows.show(due)
        self.table.fit()
        shown_rows = max(LEAST_ROWS, min(MOST_ROWS, len(due))) + 1
        self.table.setFixedHeight(tokens.high(32) * shown_rows + 4)
        self.secondary.setText(words.count("{n} line", "{n} lines", len(due)) if due else "")
        self._none.setVisible(not due)
        self.table.setVisible(bool(due))
        self._some.setVisible(bool(due))
        self.set_state("attention" if due else None)

    @Slot()
    def _count(self) -> None:
        checked, free = len(self.rows.checked()), len(self.rows.free())
        told = words.count("Erase {n} line…", "Erase {n} lines…", checked)
        self.erase_button.setText(told if checked else words.text("Erase…"))
        self.erase_button.setEnabled(checked > 0)
        self.all.setEnabled(free > 0)
        states = Qt.CheckState
        part = states.PartiallyChecked if checked else states.Unchecked
        self.all.setCheckState(states.Checked if free and checked == free else part)

    @Slot()
    def _check_all(self) -> None:
        """A box half checked becomes a full one."""
        self.rows.check(self.rows.free(), len(self.rows.checked()) < len(self.rows.free()))

    @Slot()
    def ask(self) -> None:
        """Open the last question about what is checked; the list stays as it is meanwhile."""
        chosen = [one.item for one in self.rows.checked()]
        if self.form is not None or not chosen:
            return

        def erase(reason: str, approval: Approval) -> Erased:
            return retention.approve(self._desk, chosen, reason, approval)

        self._ask(len(chosen), [one.kind for one in chosen], erase)

    def _lock(self, on: bool) -> None:
        for widget in (self.table, self._some):
            widget.setEnabled(not on)
