"""The lines of the grid: what is typed, what there is to say of each, and the steps back."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt, Signal

from shelter_desk import words
from shelter_desk.domain.residents.residents import NAMES
from shelter_desk.operations.imports import typed_lines
from shelter_desk.operations.imports.typed_lines import COLUMNS, TypedLine
from shelter_desk.ui import tokens
from shelter_desk.ui.imports.typing import grid_texts
from shelter_desk.ui.lists.model_index import Index

LEAST, MORE, MOST = 20, 5, 500  # lines at first, empty ones below the last, and in all
NAMED = frozenset(at for at, column in enumerate(COLUMNS) if column.key in NAMES)
SAID = len(COLUMNS)  # the place of the column that says what there is to say
_BACK = 50  # steps that can be taken back


class GridRows(QAbstractTableModel):
    """Texts in lines and columns; the last column tells what there is to say of the line."""

    typed = Signal()  # something else stands in a cell

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self._judged: dict[int, TypedLine] = {}
        self._former: list[list[list[str]]] = []
        self.lines: list[list[str]] = []
        self.masked = False  # names are not shown
        self._grow()

    # What Qt asks ----------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 as Qt has it
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 as Qt has it
        return 0 if parent.isValid() else SAID + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation == Qt.Orientation.Vertical:
            return str(section + 1)
        return grid_texts.heading(section)

    def flags(self, index: Index) -> Qt.ItemFlag:
        known = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return known if index.column() == SAID else known | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        at, column = index.row(), index.column()
        if role == Qt.ItemDataRole.DisplayRole and self.masked and column in NAMED:
            return words.text("masked") if self.lines[at][column] else ""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self.said(at) if column == SAID else self.lines[at][column]
        if role == Qt.ItemDataRole.ToolTipRole and column == SAID:
            return self.said(at) or None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            told = (grid_texts.heading(column), str(self.data(index)), self.said(at) if column != SAID else "")
            return ". ".join(one for one in told if one)
        if role == Qt.ItemDataRole.BackgroundRole:
            ground = self.ground(at, column)
            return tokens.color(ground) if ground else None
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or index.column() == SAID:
            return False
        self.put([(index.row(), index.column(), str(value))])
        return True

    def mask_names(self, on: bool) -> None:
        """Hide what stands in the columns of names while on."""
        self.masked = on
        self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines) - 1, SAID))

    # What is typed ---------------------------------------------------------------------------------------------------

    def put(self, cells: Iterable[tuple[int, int, str]]) -> None:
        """Write these cells, each as it is meant; one step back takes them all away."""
        before = [list(line) for line in self.lines]
        for at, column, text in cells:
            while at >= len(self.lines):
                self._append()
            self.lines[at][column] = typed_lines.meant(column, " ".join(text.split()), self._today)
        if self.lines[: len(before)] == before and not any(map(any, self.lines[len(before) :])):
            return
        self._former = [*self._former[-_BACK:], before]
        self._changed()

    def paste(self, at: int, column: int, text: str) -> tuple[int, int]:
        """Write a table copied from a sheet from that cell on; how many lines found room, and how many there were.

        Headings say where the cells go.
        """
        found = typed_lines.pasted(text, column)
        room = found[: MOST - at]
        self.put((at + down, to, told) for down, line in enumerate(room) for to, told in line.items())
        return len(room), len(found)

    def step_back(self) -> bool:
        """As it was before the last change; False where there was none."""
        if not self._former:
            return False
        self._replace(self._former.pop())
        return True

    def fill(self, lines: Sequence[Sequence[str]]) -> None:
        """Show these lines; there is no step back from them."""
        self._former = []
        self._replace([[*line, *[""] * SAID][:SAID] for line in lines])

    def typed_lines(self) -> list[list[str]]:
        """The lines down to the last that is not empty."""
        last = max((at for at, line in enumerate(self.lines) if not typed_lines.is_empty(line)), default=-1)
        return [list(line) for line in self.lines[: last + 1]]

    def _replace(self, lines: list[list[str]]) -> None:
        self.beginResetModel()
        self.lines, self._judged = lines, {}
        self._grow()
        self.endResetModel()
        self.typed.emit()

    def _changed(self) -> None:
        while len(self.lines) < min(MOST, len(self.typed_lines()) + MORE):
            self._append()
        self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines) - 1, SAID))
        self.typed.emit()

    def _append(self) -> None:
        self.beginInsertRows(QModelIndex(), len(self.lines), len(self.lines))
        self.lines.append([""] * SAID)
        self.endInsertRows()

    def _grow(self) -> None:
        while len(self.lines) < max(LEAST, len(self.typed_lines()) + MORE):
            self.lines.append([""] * SAID)

    # What there is to say --------------------------------------------------------------------------------------------

    def judge(self, judged: Sequence[TypedLine]) -> None:
        """What there is to say of the lines."""
        self._judged = {one.number - 1: one for one in judged}
        # of the remarks alone: what is being typed into another cell would be overwritten
        self.dataChanged.emit(self.index(0, SAID), self.index(len(self.lines) - 1, SAID))

    def judged(self, at: int) -> TypedLine | None:
        """What is known of that line; None while it is empty."""
        return None if typed_lines.is_empty(self.lines[at]) else self._judged.get(at)

    def said(self, at: int) -> str:
        """What there is to say of that line."""
        one = self.judged(at)
        return "" if one is None else grid_texts.said(one)

    def level(self, at: int) -> str:
        """As `grid_texts.level`, "" while nothing is known."""
        one = self.judged(at)
        return "" if one is None else grid_texts.level(one)

    def ground(self, at: int, column: int) -> str:
        """The colour behind a cell that there is something to say of, "" for none."""
        one = self.judged(at)
        if one is None or column == SAID:
            return ""
        key, found = COLUMNS[column].key, one.found
        if found is not None and key not in one.lacks and any(refusal.at == column for refusal in found.refusals):
            return "blocked_soft"
        against = bool(one.against) and key == "bed_code"
        return "attention_soft" if key in one.lacks or against else ""
