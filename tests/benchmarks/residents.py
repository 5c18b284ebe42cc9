"""The list of 24,000 residents: read from the file, and painted for the first time."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QTableView

from shelter_desk.operations.residents import residents
from shelter_desk.ui.lists.two_line_list import TwoLineList, TwoLineRows
from shelter_desk.ui.residents.residents_list import ResidentsList
from tests.benchmarks import shelter, window
from tests.benchmarks.harness import Pair, Subject, milliseconds

SQL = (
    "SELECT c.*, s.*, n.* FROM persons c LEFT JOIN stays s ON s.id = (SELECT o.id FROM stays o "
    "WHERE o.person_id = c.id AND o.uncounted <> 'erreur_saisie' ORDER BY o.admitted_at DESC, o.id DESC LIMIT 1) "
    "LEFT JOIN situations n ON n.id = s.id ORDER BY c.person_code"
)


class Lazy(QAbstractTableModel):
    """A model that looks a cell up when it is asked for."""

    def __init__(self, rows: Sequence[tuple[str, ...]]) -> None:
        super().__init__()
        self._rows = rows

    def rowCount(self, _parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return len(self._rows)

    def columnCount(self, _parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return len(self._rows[0])

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        return self._rows[index.row()][index.column()] if role == Qt.ItemDataRole.DisplayRole else None


@contextmanager
def painted() -> Iterator[Pair]:
    """The program's list over everybody, against Qt's own table over rows that are at hand as well."""
    with shelter.opened() as desk:
        window.application()
        people = ResidentsList(desk)
        everybody = residents.listed(desk, "all")
        texts = [(one.person.code, one.person.sex, one.stay.stay_no if one.stay else "") for one in everybody]

        def listed() -> None:
            rows = TwoLineRows(people._line)
            rows.show(everybody)
            view = TwoLineList(rows)
            window.paint(view)
            window.drop(view)

        def table() -> None:
            view = QTableView()
            model = Lazy(texts)
            view.setModel(model)
            window.paint(view)
            window.drop(view)

        yield Pair(milliseconds(listed), milliseconds(table))
        window.drop(people)


@contextmanager
def read() -> Iterator[Pair]:
    """Everybody with the last stay, as facts of the domain."""
    with shelter.opened() as desk, shelter.plain_copy(desk) as plain:
        yield Pair(
            milliseconds(lambda: residents.listed(desk, "all")),
            milliseconds(lambda: plain.execute(SQL).fetchall()),
            rounds=9,
        )


def subjects() -> list[Subject]:
    """Both, in the order of the table."""
    table = "QTableView over a lazy model, rows at hand"
    return [
        Subject("list painted", "24,000 residents, rows at hand, first paint", table, painted, 2, 1.3),
        Subject("list read", "24,000 residents with their last stay", "the rows alone, plain SQLite", read),
    ]
