"""The cells of one table of a report, as Qt asks for them."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Literal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt

from shelter_desk import words
from shelter_desk.domain.reports.figures import Ref
from shelter_desk.domain.reports.layout.stay_tables import FigureColumn, FigureRow, ReportTable
from shelter_desk.domain.reports.report import Report
from shelter_desk.ui import tokens
from shelter_desk.ui.lists.model_index import Index
from shelter_desk.ui.reports import naming
from shelter_desk.words.reports import reports as report_words

MINUS = "\u2212"
Beside = Literal["nothing", "definition", "comment"]
_EMPTY = ReportTable("", "", (), ())


class FigureRows(QAbstractTableModel):
    """One table of a report with its values as texts; beside: what a last column says of each row."""

    def __init__(self, beside: Beside = "nothing") -> None:
        super().__init__()
        self.table = _EMPTY
        self.beside = beside
        self.opened: Ref | None = None
        self.texts: list[tuple[str, ...]] = []
        self.heads: list[str] = []
        self.labels: list[str] = []
        self.names: Mapping[str, str] = {}
        self.comments: Mapping[Ref, str] = {}
        self.to_explain: Collection[Ref] = ()

    def show(self, table: ReportTable, report: Report) -> None:
        """Show that table of that report."""
        self.beginResetModel()
        self.table = table
        self.texts = [tuple(_texts(report, table, row)) for row in table.rows]
        self.heads = [naming.head(column.label) for column in table.columns]
        self.names = report.names
        self.labels = [report_words.label(row.label, report.names) for row in table.rows]
        self.endResetModel()

    def row(self, place: int) -> FigureRow:
        """The row of the layout."""
        return self.table.rows[place]

    def column(self, place: int) -> FigureColumn | None:
        """The column of the layout, None for the words beside it."""
        return self.table.columns[place] if place < len(self.table.columns) else None

    def ref(self, index: Index) -> Ref | None:
        """The figure of that cell, None for words and for a mere sum."""
        if not index.isValid() or index.column() >= len(self.table.columns):
            return None
        return self.table.rows[index.row()].cells[index.column()]

    def is_total(self, place: int) -> bool:
        """True for the column that stands out: of the total, at the right of the others, or the one that is meant."""
        column = self.column(place)
        if column is None or len(self.table.columns) == 1:
            return False
        return column.strong or column.label == ("total", "")

    def begins_group(self, place: int) -> bool:
        """True where a hairline stands at the left of the column."""
        column, before = self.column(place), self.column(place - 1) if place else None
        return column is not None and before is not None and column.group != before.group

    def place_of(self, ref: Ref) -> QModelIndex:
        """The cell of that figure, an invalid index where it does not stand in this table."""
        for place, row in enumerate(self.table.rows):
            if ref in row.cells:
                return self.index(place, row.cells.index(ref))
        return QModelIndex()

    def definition(self, place: int) -> str:
        """What the row counts."""
        kind, code = self.table.rows[place].label
        return report_words.definition(code) if kind in ("figure", "headline") else ""

    def commented(self, place: int) -> Ref | None:
        """The figure of which the words beside that row speak, None where they are its definition."""
        return self.table.rows[place].cells[0] if self.beside == "comment" else None

    def words_beside(self, place: int) -> str:
        """What stands in the last column of that row."""
        ref = self.commented(place)
        return self.definition(place) if ref is None else self.remark(ref)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own signature
        return 0 if parent.isValid() else len(self.table.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own signature
        return 0 if parent.isValid() else len(self.table.columns) + (self.beside != "nothing")

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        ref, is_beside = self.ref(index), self.column(index.column()) is None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.words_beside(index.row()) if is_beside else self.texts[index.row()][index.column()]
        if role == Qt.ItemDataRole.ToolTipRole:
            if ref is None:
                return self.words_beside(index.row()) if is_beside else None
            return "\n".join(filter(None, (naming.title(ref, self.names), self.remark(ref))))
        if role == Qt.ItemDataRole.AccessibleTextRole and ref is not None:
            text = self.texts[index.row()][index.column()]
            told = words.text("{figure}: {n}").format(figure=naming.title(ref, self.names), n=text)
            return ", ".join(filter(None, (told, self.remark(ref))))
        return None

    def remark(self, ref: Ref) -> str:
        """What is said of that figure, or that something should be."""
        return self.comments.get(ref, "") or (words.text("to be commented") if ref in self.to_explain else "")

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical:
            if role == Qt.ItemDataRole.DisplayRole:
                return self.labels[section]
            return self._tip(section) if role == Qt.ItemDataRole.ToolTipRole else None
        column = self.column(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return self.heads[section] if column is not None else self._head_beside()
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole) and column is not None:
            return report_words.label(column.label)
        return None

    def _head_beside(self) -> str:
        return words.text("Comment") if self.beside == "comment" else words.text("Definition")

    def _tip(self, place: int) -> str:
        return "\n".join(text for text in (self.labels[place], self.definition(place)) if text)

    def as_text(self) -> str:
        """The whole table as a spreadsheet takes it: tabs between cells, the heads first."""
        lines = [("", *(report_words.label(column.label) for column in self.table.columns))]
        lines += [(label, *texts) for label, texts in zip(self.labels, self.texts, strict=True)]
        return "\n".join("\t".join(line) for line in lines)


def _texts(report: Report, table: ReportTable, row: FigureRow) -> Iterator[str]:
    for place, ref in enumerate(row.cells):
        told = row.words_at(place)
        if told is not None:
            yield report_words.label(told)
            continue
        if ref is not None:
            yield _text(report, ref)
            continue
        yield report_words.value(report.sum(one.cells[place] for one in table.rows))


def _text(report: Report, ref: Ref) -> str:
    value = report.value(ref[0], *ref[1])
    if ref[0] == "t2.changes" and isinstance(value, int) and value:
        return f"+{value}" if value > 0 else f"{MINUS}{-value}"
    return report_words.value(value)


def two_lines(text: str) -> str:
    """The head broken where its longer line is shortest, in one line where it is short."""
    metrics = tokens.metrics("small", True)
    parts = text.split(" ")
    if metrics.horizontalAdvance(text) <= tokens.wide(64) or len(parts) == 1:
        return text
    breaks = [(" ".join(parts[:n]), " ".join(parts[n:])) for n in range(1, len(parts))]
    return "\n".join(min(breaks, key=lambda lines: max(metrics.horizontalAdvance(line) for line in lines)))
