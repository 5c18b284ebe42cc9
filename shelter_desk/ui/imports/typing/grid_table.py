"""The grid itself: keys as in a sheet of Excel."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import (
    QAbstractItemModel,
    QCoreApplication,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QCompleter,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from shelter_desk import words
from shelter_desk.operations.imports import typed_lines
from shelter_desk.ui import tokens
from shelter_desk.ui.imports.typing import grid_texts
from shelter_desk.ui.imports.typing.grid_rows import MOST, NAMED, SAID, GridRows
from shelter_desk.ui.lists.model_index import Index
from shelter_desk.ui.locking.clipboard import may_hold_a_name, private
from shelter_desk.ui.widgets.label import Ink

_WIDTHS = (104, 108, 88, 128, 108, 170, 74, 90, 128)  # pixels where the text is not enlarged
_LEAST_SAID = 120
INKS: Mapping[str, Ink] = {"ok": "ok", "attention": "attention", "lacks": "ink2", "blocked": "blocked", "": "ink2"}
_ARROWS = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}
_TABS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_WITH_MORE = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


def _goes_on(event: QKeyEvent) -> bool:
    return event.key() in _TABS and not event.modifiers() & _WITH_MORE


class GridDelegate(QStyledItemDelegate):
    """Paints cells on the ground of what there is to say of them; an editor that ends with Tab, Enter and arrows."""

    def __init__(self, table: "GridTable") -> None:
        super().__init__(table)
        self._table = table

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        line = QLineEdit(parent)
        line.setFrame(False)
        line.setProperty("role", "cell")
        line.setAccessibleName(grid_texts.heading(index.column()))
        line.setAutoFillBackground(True)
        if index.column() in NAMED:
            may_hold_a_name(line)
            if self._table.rows.masked:
                line.setEchoMode(QLineEdit.EchoMode.Password)
        if offered := self._table.offered(index.column()):
            completer = QCompleter(list(offered), line)
            completer.setCompletionMode(QCompleter.CompletionMode.InlineCompletion)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            line.setCompleter(completer)
        return line

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        if isinstance(editor, QLineEdit) and editor.text() != index.data():
            model.setData(index, editor.text())

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(editor, QLineEdit):
            key = Qt.Key(event.key())
            if key == Qt.Key.Key_Escape:
                self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
                return True
            ends = key in (*_ENTER, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Up, Qt.Key.Key_Down)
            if event.modifiers() & _WITH_MORE:
                if key in _ENTER:  # the page goes on, with what is typed
                    self._end(editor)
                return False
            if ends or (key in _ARROWS and self._table.is_typing_over):
                self._end(editor)
                self._table.keyPressEvent(event)
                return True
            return False
        return super().eventFilter(editor, event)

    def _end(self, editor: QLineEdit) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        box, rows = option.rect, self._table.rows
        ground = rows.ground(index.row(), index.column())
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        shade = ground or ("accent_soft" if chosen else "sunken" if index.column() == SAID else "")
        if shade:
            painter.fillRect(box, tokens.color(shade))
        said = index.column() == SAID
        painter.setFont(tokens.font("small" if said else "text"))
        painter.setPen(tokens.color(INKS[rows.level(index.row())] if said else "ink"))
        inner = box.adjusted(6, 0, -6, 0)
        shown = painter.fontMetrics().elidedText(str(index.data() or ""), Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        if index == self._table.currentIndex():
            painter.setPen(tokens.color("accent"))
            painter.drawRect(box.adjusted(0, 0, -1, -1))
            if self._table.hasFocus():
                painter.drawRect(box.adjusted(1, 1, -2, -2))


class GridTable(QTableView):
    """Tab and Enter go on, arrows move, a sign begins to type over, F2 changes what stands there, Ctrl+V fills.

    Enter after Tab goes back to the column where Tab began, one line down. Escape leaves the grid.
    """

    left = Signal()  # with Escape
    pasted = Signal(int, int)  # lines taken, lines there were

    def __init__(self, rows: GridRows) -> None:
        super().__init__()
        self.rows, self._began_in, self.is_typing_over = rows, -1, False
        self._is_handing_on = False
        self.beds: Sequence[str] = ()
        self.setModel(rows)
        self.setItemDelegate(GridDelegate(self))
        self.setAccessibleName(words.text("Grid of residents"))
        rows.dataChanged.connect(self.viewport().update)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        down = self.verticalHeader()
        down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        down.setDefaultSectionSize(tokens.high(28))
        down.setMinimumSectionSize(16)
        head = self.horizontalHeader()
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        head.setHighlightSections(False)
        self.fit()

    def mask_names(self, on: bool) -> None:
        """Hide the names while on; one that is being typed is kept first."""
        self.commit()
        self.rows.mask_names(on)

    def offered(self, column: int) -> Sequence[str]:
        """What may be chosen in that column: the labels of its list, or the free beds."""
        if column == typed_lines.KEYS.index("bed_code"):
            return self.beds
        return typed_lines.choices(column) if column < SAID else ()

    def fit(self) -> None:
        """The remark takes what the others leave."""
        taken = 0
        for place, width in enumerate(_WIDTHS):
            self.setColumnWidth(place, tokens.wide(width))
            taken += tokens.wide(width)
        self.setColumnWidth(SAID, max(tokens.wide(_LEAST_SAID), self.viewport().width() - taken))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fit()

    def go_to(self, at: int, column: int) -> None:
        """The keys are on that cell alone, whatever keys are held."""
        flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(self.rows.index(at, column), flag)

    def commit(self) -> None:
        """What is being typed into a cell counts."""
        editor = self._editor()
        if editor is not None and self.state() == QAbstractItemView.State.EditingState:
            self.commitData(editor)
            self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    # Keys ------------------------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            ours = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Paste, QKeySequence.StandardKey.Copy)
            if any(map(event.matches, ours)):
                event.accept()
                return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and _goes_on(event):
            self.keyPressEvent(event)  # before the focus goes on
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.state() == QAbstractItemView.State.EditingState and (editor := self._editor()) is not None:
            self._hand_on(editor, event)
            return
        key, with_more = Qt.Key(event.key()), bool(event.modifiers() & _WITH_MORE)
        if self._acts(key, event):
            return
        if not with_more and (self._moves(key, event) or self._type_over(event)):
            return
        super().keyPressEvent(event)

    def _hand_on(self, editor: QWidget, event: QKeyEvent) -> None:
        """Keys typed faster than the focus goes are the editor's; what it does not take comes back, to end here."""
        if self._is_handing_on:
            event.ignore()
            return
        self._is_handing_on = True
        try:
            QCoreApplication.sendEvent(editor, event)
        finally:
            self._is_handing_on = False

    def _acts(self, key: Qt.Key, event: QKeyEvent) -> bool:
        """What is done to cells; False for another key."""
        with_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.matches(QKeySequence.StandardKey.Copy):
            self._copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.rows.step_back()
        elif key == Qt.Key.Key_D and with_control:
            self._fill_down()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not with_control:
            self.rows.put([(one.row(), one.column(), "") for one in self._chosen()])
        elif key == Qt.Key.Key_F2:
            self._edit()
        else:
            return False
        return True

    def _moves(self, key: Qt.Key, event: QKeyEvent) -> bool:
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        at, column = self.currentIndex().row(), self.currentIndex().column()
        if key == Qt.Key.Key_Escape:
            self.left.emit()
        elif key in _TABS:
            self._step(-1 if key == Qt.Key.Key_Backtab or back else 1)
        elif key in _ENTER:
            to = self._began_in if self._began_in >= 0 and not back else column
            self._began_in = -1
            self.go_to(max(0, min(MOST - 1, self.rows.rowCount() - 1, at + (-1 if back else 1))), to)
        elif key in _ARROWS and not back:
            self._began_in = -1
            down, right = _ARROWS[key]
            self.go_to(max(0, min(self.rows.rowCount() - 1, at + down)), max(0, min(SAID - 1, column + right)))
        else:
            return False
        return True

    def _step(self, way: int) -> None:
        """To the next cell, from the last one into the first of the next line."""
        at, column = self.currentIndex().row(), self.currentIndex().column()
        if self._began_in < 0 and way > 0:
            self._began_in = column
        line, to = divmod(at * SAID + min(column, SAID - 1) + way, SAID)
        if 0 <= line < self.rows.rowCount():
            self._began_in = 0 if line != at else self._began_in
            self.go_to(line, to)

    def _edit(self) -> QLineEdit | None:
        index = self.currentIndex()
        if not index.isValid() or index.column() == SAID:
            return None
        self.is_typing_over = False
        self.edit(index)
        return self._editor()

    def _editor(self) -> QLineEdit | None:
        """What is typed into, where a cell is being changed."""
        return next((one for one in self.viewport().findChildren(QLineEdit) if one.isVisible()), None)

    def _type_over(self, event: QKeyEvent) -> bool:
        """A sign begins the cell anew; False for a key that writes none."""
        editor = self._edit() if event.text() and event.text().isprintable() else None
        if editor is None:
            return False
        self.is_typing_over = True
        editor.clear()
        QCoreApplication.sendEvent(editor, event)
        return True

    # Several cells ---------------------------------------------------------------------------------------------------

    def _chosen(self) -> list[QModelIndex]:
        return [one for one in self.selectedIndexes() if one.column() != SAID]

    def _copy(self) -> None:
        found: dict[int, list[str]] = {}
        for one in sorted(self._chosen(), key=lambda one: (one.row(), one.column())):
            found.setdefault(one.row(), []).append(str(one.data()))
        QGuiApplication.clipboard().setMimeData(private("\n".join("\t".join(line) for line in found.values())))

    def paste(self) -> None:
        """The cells that were copied from a sheet, from the current one on."""
        text, index = QGuiApplication.clipboard().text(), self.currentIndex()
        if text.strip() and index.isValid() and index.column() != SAID:
            self.pasted.emit(*self.rows.paste(index.row(), index.column(), text))

    def _fill_down(self) -> None:
        """The cell above, or the first one chosen into all below it."""
        chosen = self._chosen()
        first = min((one.row() for one in chosen), default=0)
        source = first if len({one.row() for one in chosen}) > 1 else first - 1
        if source >= 0:
            below = [one for one in chosen if one.row() > source]
            self.rows.put([(one.row(), one.column(), self.rows.lines[source][one.column()]) for one in below])
