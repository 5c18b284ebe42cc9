"""The rows of the day sheet: people down, services across, what was given in the cells."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.assistance.assistance import Service, ServiceStatus
from shelter_desk.domain.ids import StayId
from shelter_desk.operations.services.service_catalogue import Kind
from shelter_desk.operations.services.service_log import Line
from shelter_desk.ui.assistance import choices
from shelter_desk.words import assistance as in_words

Index = QModelIndex | QPersistentModelIndex
FIRST_SAID: tuple[ServiceStatus, ...] = ("fait", "prevu", "refuse", "non_tenu")


class SheetRows(QAbstractTableModel):
    """Lines of one day under the chosen services; each cell is looked up in what was asked once."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.day = date.min
        self.lines: list[Line] = []
        self.kinds: list[Kind] = []
        self._cells: dict[tuple[StayId, str], tuple[Service, ...]] = {}

    def show(self, day: date, lines: Sequence[Line], kinds: Sequence[Kind]) -> None:
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

    def without(self, column: int) -> list[Line]:
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
        told = ", ".join(in_words.state(one.status) for one in found) or words.text("not given")
        sentence = words.text("{code} · {service} · {state}")
        told = sentence.format(code=line.person.code, service=choices.named(kind, kind.code), state=told)
        return " · ".join([told, *(part for one in found for part in in_words.paid(one.cost_xof, one.receipt_no))])

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        if orientation == Qt.Orientation.Horizontal:
            return choices.named(self.kinds[section], self.kinds[section].code)
        return self.lines[section].person.code


def chosen_kinds(
    catalogue: Mapping[str, Kind], kept: Sequence[str] | None, lines: Sequence[Line], without: str
) -> list[Kind]:
    """The columns: those kept, at first what can be given to many, and what was given that day. without: the meals."""
    first = [code for code, kind in catalogue.items() if kind.is_group and kind.active and code != without]
    given = [one.service_type for line in lines for one in line.services if one.service_type != without]
    wanted = dict.fromkeys([*(first if kept is None else kept), *given])
    return [catalogue[code] for code in wanted if code in catalogue]
