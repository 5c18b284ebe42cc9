"""The lines of a file under review, as rows of a table: read when they are seen, so that thousands take no time."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Slot

from shelter_desk import words
from shelter_desk.operations.imports.intake import FileLine, Place
from shelter_desk.ui import tokens
from shelter_desk.ui.imports import import_texts
from shelter_desk.ui.lists.table import TableView
from shelter_desk.ui.lists.table_rows import TableColumn, TableRows

_LEAST = 160  # pixels for what there is to say, where the text is not enlarged; the cell stands beside the table too
_ORDER = {state: at for at, state in enumerate(import_texts.BADGES)}


class ReviewRows(TableRows[FileLine]):
    """Line, sheet, state, what there is to say, and where."""

    def __init__(self) -> None:
        self._decided: Mapping[Place, str] = {}
        self._masked = False
        self.several_sheets = False
        super().__init__(self._columns())

    def show_lines(self, lines: Sequence[FileLine], *, several_sheets: bool, decided: Mapping[Place, str]) -> None:
        """These lines of a file."""
        self._decided, self.several_sheets = dict(decided), several_sheets
        self.show(lines)

    def decide(self, decided: Mapping[Place, str]) -> None:
        """Doubts that are decided say so; the lines stay where they are."""
        self._decided = dict(decided)
        self._say_again()

    def mask_names(self, on: bool) -> None:
        """Hide what stands in the columns of names while on."""
        self._masked = on
        self._say_again()

    def _say_again(self) -> None:
        self.forget_cells()
        if self.rowCount():
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, len(self.columns) - 1))

    def seen(self, line: FileLine) -> FileLine:
        """The line with what was decided of it."""
        decision = self._decided.get(line.place, "")
        if not decision or line.state not in ("doubtful", "decided"):
            return line
        return replace(line, state="decided", decision=decision)

    def _columns(self) -> list[TableColumn[FileLine]]:
        return [
            TableColumn(words.text("Line"), lambda one: str(one.number), lambda one: (one.sheet, one.number), "right"),
            TableColumn(
                words.text("Sheet"), lambda one: one.sheet if self.several_sheets else "", lambda one: one.sheet
            ),
            TableColumn(words.text("Who, or which"), self._who, self._who, tooltip=self._who),
            TableColumn(
                words.text("State"),
                lambda one: import_texts.state(self.seen(one).state),
                lambda one: _ORDER[self.seen(one).state],
                bold=True,
                ink=lambda one: _ink(self.seen(one)),
            ),
            TableColumn(words.text("Cell and value"), self.where, self.where, tooltip=self.where),
            TableColumn(words.text("What there is to say"), self._what, self._what, tooltip=self._what),
        ]

    def _what(self, line: FileLine) -> str:
        told = import_texts.what(self.seen(line))
        for one in line.refusals if self._masked else ():
            told = import_texts.hidden(one, told)
        return told

    def _who(self, line: FileLine) -> str:
        return import_texts.who_is(line, self._masked)

    def where(self, line: FileLine) -> str:
        """The cell and what stands in it."""
        return import_texts.where(line, self._masked)


class ReviewTable(TableView):
    """The lines; the column of the sheet is there where the file has several."""

    def __init__(self, rows: ReviewRows) -> None:
        super().__init__(rows)
        self._review_rows = rows
        self.setAccessibleName(words.text("Lines of the file"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    @Slot()
    def fit(self) -> None:
        """What there is to say takes the rest, whole in its tool tip; the cell gives way where that is little."""
        super().fit()
        rows = getattr(self, "_review_rows", None)
        if rows is None:
            return
        self.setColumnHidden(1, not rows.several_sheets)
        self.setColumnWidth(2, min(self.columnWidth(2), tokens.wide(160)))
        self.setColumnWidth(4, min(self.columnWidth(4), tokens.wide(180)))
        room = self.viewport().width() - sum(map(self.columnWidth, range(4)))  # what is hidden is 0 wide
        has_cells = any(rows.where(line) for line in rows.rows())
        self.setColumnHidden(4, not has_cells or room < self.columnWidth(4) + tokens.wide(_LEAST))
        self.setColumnWidth(5, tokens.wide(100))


def _ink(line: FileLine) -> str:
    state = import_texts.BADGES[line.state]
    return "ink2" if state == "neutral" else state
