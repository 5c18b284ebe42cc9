"""The card that explains the figure that was opened: its rows, and what they add up to."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent

from shelter_desk import words
from shelter_desk.domain.reports.figures import Amount
from shelter_desk.ui import tokens
from shelter_desk.ui.lists.table_rows import TableColumn, TableRows
from shelter_desk.ui.reports.controls import ROW, SmallTable
from shelter_desk.ui.reports.drilldown import DrilldownLine, OpenedFigure
from shelter_desk.ui.reports.figure_rows import MINUS
from shelter_desk.ui.widgets.badge import Badge
from shelter_desk.ui.widgets.buttons import Button, IconButton
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_row
from shelter_desk.words.reports import reports as report_words

MOST_SHOWN, FEWER = 9, 6


class OpenedCard(Card):
    """A figure in words with its number, the rows behind it, their sum; Enter or "Ouvrir" opens a record.

    most_shown: rows in sight, fewer where the text is large.
    """

    record_wanted = Signal(int)  # PersonId
    closed = Signal()

    def __init__(self, most_shown: int = MOST_SHOWN) -> None:
        super().__init__()
        self._most = most_shown
        self.set_chosen(True)
        self._shown: OpenedFigure | None = None
        self.figure = Label(bold=True, wrap=True)
        self.number = Badge("", "accent")
        self.close_button = IconButton(
            "close", words.text("Close the figure"), bare=True, shortcut_text="Échap", on_click=self.closed
        )
        self.rows: TableRows[DrilldownLine] = TableRows(self._columns())
        self.table = SmallTable(self.rows)
        self.table.opened.connect(self._open)
        self.note = Label(ink="ink2", wrap=True)
        self.counted, self.total, self.mean = Label(size="small", ink="ink2"), Label(size="small"), Label(size="small")
        self.open_button = Button(words.text("Open"), kind="quiet", on_click=self._open_current)
        head = in_row((self.figure, 1), self.number, self.close_button)
        foot = in_row(spacing=tokens.SPACE_PANEL)
        foot.addStrut(tokens.high(28))
        self.total.setProperty("bold", True)
        fill(foot, self.counted, self.total, self.mean, STRETCH, self.open_button)
        self.body.setSpacing(tokens.SPACE_HALF)
        fill(self.body, head, self.table, self.note, foot)
        self._whole.setContentsMargins(tokens.SPACE, tokens.SPACE_HALF, tokens.SPACE, tokens.SPACE_HALF)
        self.figure.setContentsMargins(tokens.SPACE, 0, 0, 0)
        self.counted.setContentsMargins(tokens.SPACE, 0, 0, 0)
        self.note.setContentsMargins(tokens.SPACE, 0, tokens.SPACE, 0)

    def _columns(self) -> list[TableColumn[DrilldownLine]]:
        return [
            TableColumn("", lambda line: line.code, bold=True),
            TableColumn("", lambda line: line.day, alignment="right"),
            TableColumn("", self._amount, alignment="right"),
            TableColumn("", lambda line: line.about, tooltip=lambda line: line.about, ink=lambda _: "ink2"),
        ]

    def show_figure(self, opened: OpenedFigure) -> None:
        """Show that figure with its rows."""
        self._shown = opened
        self.setAccessibleName(words.text("{figure}: {n}").format(figure=opened.title, n=opened.value))
        self.table.setAccessibleName(words.text("Rows: {figure}").format(figure=opened.title))
        self.figure.setText(opened.title)
        self.number.say(opened.value, "accent")
        is_nobody = bool(opened.lines) and opened.lines[0].person is None
        heads = (opened.first_head or words.text("Code"), *opened.heads)
        self.rows.columns = [
            TableColumn(head, one.value, alignment=one.alignment, bold=one.bold, ink=one.ink, tooltip=one.tooltip)
            for head, one in zip(heads, self._columns(), strict=True)
        ]
        self.rows.show(opened.lines)
        self.table.setColumnHidden(1, not opened.heads[0])
        self._size_table(len(opened.lines))
        has_rows = bool(opened.lines)
        self.note.setText(opened.note)
        self.note.setVisible(bool(opened.note))
        self.counted.setText(opened.counted)
        total = opened.total or 0
        self.total.setText(_signed(total) if opened.signed else report_words.value(total))
        self.mean.setText(opened.mean)
        for label in (self.counted, self.total, self.mean):
            label.setVisible(has_rows and bool(label.text()))
        self.total.setVisible(has_rows and opened.total is not None)
        self.open_button.setVisible(has_rows and not is_nobody)

    def _size_table(self, n: int) -> None:
        self.table.setVisible(n > 0)
        rows = max(1, min(n, self._most if tokens.high(ROW) < 32 else min(self._most, FEWER)))
        head = self.table.horizontalHeader().sizeHint().height()
        self.table.setFixedHeight(head + rows * tokens.high(ROW) + 2)
        if n:
            self.table.go_to(0)

    def redress(self) -> None:
        """Follow the colours and the size of the text."""
        if self._shown is not None:
            self._size_table(len(self._shown.lines))

    def opened(self) -> OpenedFigure | None:
        """What is shown."""
        return self._shown

    def _amount(self, line: DrilldownLine) -> str:
        is_signed = self._shown is not None and self._shown.signed
        return _signed(line.amount) if is_signed else report_words.value(line.amount)

    @Slot(object)
    def _open(self, line: DrilldownLine) -> None:
        if line.person is not None:
            self.record_wanted.emit(line.person)

    @Slot()
    def _open_current(self) -> None:
        line = self.table.current()
        if line is not None:
            self._open(line)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
            return
        super().keyPressEvent(event)


def _signed(n: Amount) -> str:
    return f"+{n}" if n > 0 else f"{MINUS}{-n}" if n else "0"
