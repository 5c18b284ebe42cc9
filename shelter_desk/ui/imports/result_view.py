"""The last step: what was written, what stays out, and taking it back."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.operations.imports.intake import Review
from shelter_desk.operations.imports.intake_batches import Batch
from shelter_desk.operations.imports.opened_files import RowSource
from shelter_desk.ui import tokens
from shelter_desk.ui.imports import import_texts
from shelter_desk.ui.imports.review_view import choose_copy
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Alert, Card
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import IconLabel, Label
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_column, in_row
from shelter_desk.ui.widgets.panel import FactList
from shelter_desk.words.reports.stock_names import left_with_loans


class ResultFace(QWidget):
    """What was taken in, list by list."""

    undo_wanted = Signal(int)  # number of the import
    copy_wanted = Signal(object)  # Path
    other_wanted = Signal()
    gaps_wanted = Signal()
    grid_wanted = Signal()  # back to what was typed
    residents_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._batch: Batch | None = None
        self._review: Review | None = None
        self.title = Label("", size="title", bold=True, wrap=True)
        self.facts = FactList()
        self.alert = Alert("", "attention", small=False)
        self.lent = Alert("", "attention", small=False)
        self.undo = Button(words.text("Undo this import…"), icon="undo", on_click=self._undo)
        self.copy = Button(words.text("Copy to correct…"), icon="save", on_click=self._copy)
        self.gaps = Button("", icon="pencil", on_click=self.gaps_wanted)
        self.residents = Button(words.text("See the residents"), "primary", "residents", on_click=self.residents_wanted)
        self.other = Button(words.text("Another file"), icon="document", on_click=self.other_wanted)
        self.grid = Button(words.text("Back to the grid"), icon="table", on_click=self.grid_wanted)
        card = Card()
        fill(card.body, in_row(IconLabel("circle-check", "ok", 24), (self.title, 1)), self.facts, self.alert, self.lent)
        row = Flow(tokens.SPACE, tokens.SPACE)
        row.add(self.undo, self.copy, self.grid, self.gaps)
        row.add_right(self.other, self.residents)
        card.body.addLayout(row)
        in_column(card, STRETCH, within=self, margins=(tokens.SPACE_2, 0, tokens.SPACE_2, tokens.SPACE_2))

    def show_result(
        self, reviewed: Review, batch: Batch | None, lent_to: Sequence[str] = (), to_complete: int = 0
    ) -> None:
        """What that file brought; batch: None where everything was known. lent_to: who left by it with things lent.

        to_complete: how many values imports left open.
        """
        self.lent.sentence.setText(left_with_loans(lent_to))
        self.lent.setVisible(bool(lent_to))
        self._review, self._batch = reviewed, batch
        lines = reviewed.to_write
        taken = words.count("{n} line is in the registers.", "{n} lines are in the registers.", lines)
        self.title.setText(taken if batch else words.text("Everything was known already: nothing was written."))
        self.facts.clear()
        lists = batch.lists if batch else {}
        for name, (new, changed) in lists.items():
            brought = [words.count("{n} added", "{n} added", new)] if new else []
            brought += [words.count("{n} changed", "{n} changed", changed)] if changed else []
            if brought:
                self.facts.add(import_texts.list_name(name), ", ".join(brought))
        self.gaps.setText(words.count("{n} value to complete…", "{n} values to complete…", to_complete))
        self.gaps.setVisible(bool(to_complete))
        has_persons = "personnes" in lists  # the list of registers in which those who came in stand
        self.residents.setVisible(has_persons)
        self.other.set_kind("plain" if has_persons else "primary")
        refused, is_typed = len(reviewed.of("refused")), reviewed.opened.source is RowSource.GRID
        self.alert.setVisible(bool(refused))
        told = words.count(
            "{n} line stays out. Write the copy to correct: the reason stands beside the line. Correct it there, "
            "then import the copy; what is already here is not added twice.",
            "{n} lines stay out. Write the copy to correct: the reason stands beside each line. Correct them there, "
            "then import the copy; what is already here is not added twice.",
            refused,
        )
        if is_typed:
            told = words.count(
                "{n} line stays in the grid, with what is wrong with it.",
                "{n} lines stay in the grid, with what is wrong with them.",
                refused,
            )
        self.alert.sentence.setText(told)
        self.copy.setVisible(bool(refused) and not is_typed)
        self.grid.setVisible(is_typed)
        self.other.setVisible(not is_typed)
        self.undo.setVisible(batch is not None)

    def set_first(self) -> None:
        """To the copy where something stays out, to what is to complete, to those who came in, in this order."""
        stays = (self.grid,) if self.alert.isVisibleTo(self) else ()
        offered = (self.copy, *stays, self.gaps, self.residents, self.other, self.grid)
        first = next(one for one in offered if one.isVisibleTo(self))
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _undo(self) -> None:
        if self._batch is not None:
            self.undo_wanted.emit(self._batch.id)

    @Slot()
    def _copy(self) -> None:
        if self._review is not None and (path := choose_copy(self, self._review)) is not None:
            self.copy_wanted.emit(path)
