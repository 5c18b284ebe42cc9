"""What imports remember: looked at, changed and forgotten, one by one, without undoing any import.

What imports left open: of whom or what, which column, what the file says there; completed in the record.
"""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.registers.batches import CHANGING, Memory, column_of
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import intake_memory
from shelter_desk.operations.today import import_gaps
from shelter_desk.operations.today.import_gaps import KeptGap
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.choice_field import ChoiceBox
from shelter_desk.ui.imports import import_texts
from shelter_desk.ui.lists.table import TableView
from shelter_desk.ui.lists.table_rows import TableColumn, TableRows
from shelter_desk.ui.page import Told
from shelter_desk.ui.refusals import refusals_told
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.empty import Empty
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_column, in_row
from shelter_desk.words import formats, import_memory


class _KeptList(QWidget):
    """One table of what imports keep; what is chosen can be seen to, "Close" leads back."""

    closed = Signal()
    told = Signal(object)  # Told

    def __init__(self, desk: Desk, title: str, explanation: str, columns: list[TableColumn[Any]], none: Empty) -> None:
        super().__init__()
        self._desk = desk
        self.rows: TableRows[Any] = TableRows(columns)
        self.table = TableView(self.rows)
        self.table.setAccessibleName(title)
        self.table.selected.connect(self._selected)
        self.empty = none
        self.close_button = Button(words.text("Close"), on_click=self.closed)
        self.foot = in_row(self.close_button, STRETCH, spacing=tokens.SPACE)
        card = Card(title)
        fill(card.body, Label(explanation, ink="ink2", wrap=True), (self.table, 1), (self.empty, 1), self.foot)
        in_column(card, within=self, margins=(tokens.SPACE_2, 0, tokens.SPACE_2, tokens.SPACE_2))

    def _found(self) -> Sequence[Any]:
        """What is kept now."""
        raise NotImplementedError

    def _selected(self, one: Any) -> None:
        """Offer what can be done with that line; None where there is none."""
        raise NotImplementedError

    def refresh(self) -> None:
        """Everything as it stands; the place in the list stays."""
        at = max(self.table.currentIndex().row(), 0)
        found = self._found()
        self.rows.show(found)
        self.table.setVisible(bool(found))
        self.empty.setVisible(not found)
        if found:
            self.table.go_to(min(at, len(found) - 1))
        self._selected(self.table.current() if found else None)

    def set_first(self) -> None:
        """To the table, else to the way out."""
        first = self.table if self.rows.rowCount() else self.close_button
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _look_again(self) -> None:
        self.refresh()
        self.set_first()


class GapsFace(_KeptList):
    """What is chosen is opened where it is completed, or said to stay as it is."""

    page_wanted = Signal(str)

    def __init__(self, desk: Desk) -> None:
        self._masked = False
        told = words.text(
            "These values were not in your files, or not understood. They count as unknown in every figure until "
            "somebody fills them in."
        )
        none = Empty("check", words.text("Nothing to complete"), words.text("Every value of your files is known."))
        super().__init__(desk, words.text("Values to complete"), told, self._columns(), none)
        self.table.opened.connect(self._open)
        self.settle = Button(words.text("Stays as it is"), icon="check", on_click=self._settle)
        self.open_button = Button(words.text("Complete…"), "primary", "pencil", on_click=self._open)
        fill(self.foot, self.settle, self.open_button)

    def _found(self) -> Sequence[KeptGap]:
        return import_gaps.completing(self._desk)

    @Slot(object)
    def _selected(self, one: KeptGap | None) -> None:
        self.open_button.setVisible(one is not None)
        self.settle.setVisible(one is not None and import_gaps.may_settle(self._desk, one))

    @Slot()
    def _open(self) -> None:
        one = self.table.current()
        if one is not None:
            self.page_wanted.emit(import_gaps.page_of(one))

    @Slot()
    def _settle(self) -> None:
        one = self.table.current()
        if one is None:
            return
        with refusals_told(self.told):
            done = import_gaps.settle(self._desk, one)
            told = words.text("{code}: {column} stays as it is.")
            self.told.emit(Told("ok", told.format(code=one.code, column=_column(one)), done))
        self._look_again()

    def mask_names(self, on: bool) -> None:
        """What files say may name somebody: hidden while on."""
        self._masked = on
        self.rows.show(list(self.rows.rows()))

    def _columns(self) -> list[TableColumn[KeptGap]]:
        return [
            TableColumn(words.text("Code"), lambda one: one.code, lambda one: one.code, bold=True),
            TableColumn(words.text("List"), lambda one: import_texts.list_name(one.list), lambda one: one.list),
            TableColumn(words.text("Column"), _column, _column),
            TableColumn(words.text("Your file"), self._told, self._told, tooltip=self._told),
        ]

    def _told(self, one: KeptGap) -> str:
        return words.text("masked") if self._masked and one.told else one.told or words.text("empty")


def _column(one: KeptGap) -> str:
    return import_memory.gap_column(one.list, one.column)


class MemoryFace(_KeptList):
    """What is chosen can be forgotten, a value or an order of days changed."""

    def __init__(self, desk: Desk) -> None:
        told = words.text(
            "What you said of earlier files counts for the next ones. What is forgotten is asked again; what was "
            "written stays. The words of your files are not kept, so that they cannot be shown here."
        )
        none = words.text("What you say of a file is remembered for the next one.")
        empty = Empty("import", words.text("Nothing yet"), none)
        super().__init__(desk, words.text("What imports remember"), told, _columns(), empty)
        self.means = Label("", ink="ink2")
        self.box = ChoiceBox()
        self.box.setMinimumWidth(tokens.wide(220))
        self.change = Button(words.text("Change it"), icon="check", on_click=self._change)
        self.forget = Button(words.text("Forget it"), "danger", on_click=self._forget)
        fill(self.foot, self.means, self.box, self.change, self.forget)

    def _found(self) -> Sequence[Memory]:
        return intake_memory.remembered(self._desk)

    @Slot(object)
    def _selected(self, one: Memory | None) -> None:
        self.forget.setVisible(one is not None)
        can_change = one is not None and one.kind in CHANGING
        for widget in (self.means, self.box, self.change):
            widget.setVisible(can_change)
        if one is None or not can_change:
            return
        self.means.setText(words.text("Order of the days") if one.kind == "order" else words.text("Meaning"))
        allowed = intake_memory.allowed(self._desk, one)
        self.box.set_choices([(code, _label(one, code)) for code in allowed])
        self.box.choose(one.code)
        self.box.setAccessibleName(import_memory.sentence(one))

    @Slot()
    def _change(self) -> None:
        one, code = self.table.current(), self.box.value()
        if one is None or code is None:
            return
        with refusals_told(self.told):
            now = intake_memory.change(self._desk, one.key, code)
            told = words.text("From now on: {what}.")
            self.told.emit(Told("ok", told.format(what=import_memory.sentence(now))))
            self._look_again()

    @Slot()
    def _forget(self) -> None:
        one = self.table.current()
        if one is None:
            return
        with refusals_told(self.told):
            intake_memory.forget(self._desk, one.key)
            told = words.text("Forgotten: {what}. The next file is asked about again.")
            self.told.emit(Told("ok", told.format(what=import_memory.sentence(one))))
            self._look_again()


def _label(one: Memory, code: str) -> str:
    column = column_of(one)
    if one.kind == "order" or column is None or column.code_list is None:
        return import_memory.order(code)
    return words.label(column.code_list, code)


def _columns() -> list[TableColumn[Memory]]:
    return [
        TableColumn(words.text("What"), lambda one: import_memory.kind(one.kind), lambda one: one.kind, bold=True),
        TableColumn(words.text("List"), _list, _list),
        TableColumn(words.text("Kept on"), _kept, lambda one: "" if one.at is None else one.at.isoformat()),
        TableColumn(words.text("What was said"), import_memory.sentence, tooltip=import_memory.sentence),
    ]


def _list(one: Memory) -> str:
    return import_texts.list_name("personnes" if one.kind in ("same", "apart") else one.list_key)


def _kept(one: Memory) -> str:
    return formats.NONE if one.at is None else formats.day(one.at.date())
