"""The controls of a report: what must be equal, both sides, and whether they are.

A narrow table of 12 pixels for a side card.
"""

from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHeaderView

from shelter_desk import words
from shelter_desk.domain.reports.report import Identity, Report
from shelter_desk.ui import tokens
from shelter_desk.ui.lists.table import TableView
from shelter_desk.ui.lists.table_rows import TableColumn, TableRows
from shelter_desk.words import formats
from shelter_desk.words.reports import reports as report_words

ROW = 28


class SmallTable(TableView):
    """Rows of 28: every column as wide as its texts, the last one takes the rest and is cut with …."""

    def __init__(self, rows: "TableRows[Any]") -> None:
        super().__init__(rows, ROW, size="small")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setMinimumSectionSize(8)

    def needed(self, place: int) -> int:
        """How wide the head and the first 200 rows of that column are."""
        column = self.rows.columns[place]
        face = tokens.metrics("small", column.bold)
        texts = (self.rows.cells(row)[place] for row in range(min(200, self.rows.rowCount())))
        head = tokens.metrics("small", True).horizontalAdvance(column.heading)
        return max([head + 1, *map(face.horizontalAdvance, texts)]) + 19

    @Slot()
    def fit(self) -> None:
        """Make each column but the last as wide as its head and its rows need."""
        for place in range(len(self.rows.columns) - 1):
            self.setColumnWidth(place, self.needed(place))

    def redress(self) -> None:
        """Follow the colours and the size of the text."""
        self.fit()


_SAYS, _PLACE = 0, 1  # the columns that share what the others leave


class ControlsTable(SmallTable):
    """One row a control; those that fail come first."""

    def __init__(self) -> None:
        self.controls: TableRows[Identity] = TableRows(
            [
                TableColumn(words.text("Control"), _says, tooltip=_says),
                TableColumn(words.text("Where"), _where, _where, ink=lambda _: "ink2", tooltip=_where),
                TableColumn(
                    words.text("Before the sign ="), lambda one: report_words.value(one.left), alignment="right"
                ),
                TableColumn(
                    words.text("After the sign ="), lambda one: report_words.value(one.right), alignment="right"
                ),
                TableColumn(words.text("Difference"), _difference, alignment="right"),
                TableColumn("", _verdict, lambda one: one.holds, bold=True, ink=_ink),
            ]
        )
        super().__init__(self.controls)
        self.setAccessibleName(words.text("Controls"))

    @Slot()
    def fit(self) -> None:
        """Give numbers what they need; the sentence and its place share the rest, cut with … where they must be."""
        fixed = [place for place in range(len(self.rows.columns)) if place not in (_SAYS, _PLACE)]
        widths = [self.needed(place) for place in fixed]
        for place, width in zip(fixed, widths, strict=True):
            self.setColumnWidth(place, width)
        room = self.viewport().width() - sum(widths)
        says = max(tokens.wide(160), min(self.needed(_SAYS), room * 3 // 5))
        self.setColumnWidth(_SAYS, says)
        self.setColumnWidth(_PLACE, max(tokens.wide(100), room - says))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def show_controls(self, report: Report) -> None:
        """Show the controls of that report."""
        self.controls.show(sorted(report.identities, key=lambda one: one.holds))


def _says(one: Identity) -> str:
    return report_words.identity(one.id)


def _where(one: Identity) -> str:
    return report_words.cell(one.dims)


def _difference(one: Identity) -> str:
    if isinstance(one.left, (int, float)) and isinstance(one.right, (int, float)):
        return report_words.value(abs(one.left - one.right))
    return formats.NONE


def _verdict(one: Identity) -> str:
    if one.holds:
        return words.text("OK")
    return words.text("to look at") if one.only_warns else words.text("KO")


def _ink(one: Identity) -> str:
    return "ok" if one.holds else "attention" if one.only_warns else "blocked"
