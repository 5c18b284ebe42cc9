"""Undoing an import: what goes back, what stays and why, before and after."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.operations.imports.intake_batches import LeftRow, Undoing
from shelter_desk.ui import tokens
from shelter_desk.ui.imports import import_texts
from shelter_desk.ui.lists.table import Column, Rows, Table
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.panel import Facts
from shelter_desk.words import formats


class UndoFace(QWidget):
    """First what an undo would do, with the verb; then what it did."""

    wanted = Signal(int)  # number of the import
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._batch = 0
        self.title = Label("", size="title", bold=True, wrap=True)
        self.sentence = Label("", ink="ink2", wrap=True)
        self.facts = Facts()
        self.rows: Rows[LeftRow] = Rows(_columns())
        self.table = Table(self.rows)
        self.table.setAccessibleName(words.text("Rows that stay"))
        self.close_button = Button(words.text("Close"))
        self.close_button.clicked.connect(self.closed)
        self.verb = Button(words.text("Undo this import"), "danger", "undo")
        self.verb.clicked.connect(self._go)
        card = Card()
        card.body.addWidget(self.title)
        card.body.addWidget(self.sentence)
        card.body.addWidget(self.facts)
        self.left = Label("", bold=True, wrap=True)
        card.body.addWidget(self.left)
        card.body.addWidget(self.table, 1)
        row = QHBoxLayout()
        row.addWidget(self.close_button)
        row.addStretch(1)
        row.addWidget(self.verb)
        card.body.addLayout(row)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(tokens.SPACE_2, 0, tokens.SPACE_2, tokens.SPACE_2)
        whole.addWidget(card)
        whole.addStretch(1)
        self._whole = whole

    def show_undoing(self, told: Undoing, *, done: bool) -> None:
        """What an undo would do, or did."""
        self._batch = told.batch.id
        day = formats.moment(told.batch.taken_at)
        title = words.text("The import of {day} is undone") if done else words.text("Undo the import of {day}?")
        self.title.setText(title.format(day=day))
        going = words.count("{n} row goes back to what it was.", "{n} rows go back to what they were.", told.rows)
        gone = words.count("{n} row is as it was before.", "{n} rows are as they were before.", told.rows)
        self.sentence.setText(gone if done else going)
        self.facts.clear()
        for name, n in told.removed.items():
            self.facts.add(import_texts.list_name(name), words.count("{n} taken out", "{n} taken out", n))
        for name, n in told.restored.items():
            self.facts.add(import_texts.list_name(name), words.count("{n} as before", "{n} as before", n))
        stay = words.count(
            "{n} row stays, since it was used after the import:",
            "{n} rows stay, since they were used after the import:",
            len(told.left),
        )
        self.left.setText(stay)
        self.left.setVisible(bool(told.left))
        self.rows.show(told.left)
        self.table.setVisible(bool(told.left))
        self.verb.setVisible(not done)
        self.verb.setEnabled(bool(told.rows))
        self._whole.setStretch(0, 1 if told.left else 0)
        self._whole.setStretch(1, 0 if told.left else 1)

    def set_first(self) -> None:
        """Closing does no harm."""
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _go(self) -> None:
        self.wanted.emit(self._batch)


def _columns() -> list[Column[LeftRow]]:
    return [
        Column(words.text("List"), lambda one: import_texts.list_name(one.list), lambda one: one.list),
        Column(words.text("Code"), lambda one: one.code, lambda one: one.code, bold=True),
        Column(words.text("Why it stays"), import_texts.why, tooltip=import_texts.why),
    ]
