"""The list of the month: what has been kept as long as it may, to be approved and erased."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.retention.retention import Clocks
from shelter_desk.operations.residents import retention
from shelter_desk.operations.residents.retention import Erased, Second
from shelter_desk.ui import tokens
from shelter_desk.ui.settings.retention.retention_confirm import ErasureForm
from shelter_desk.ui.settings.retention.retention_list import DueRows, DueTable
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.label import IconLabel, Label

if TYPE_CHECKING:
    from shelter_desk.operations.desk import Desk

LEAST_ROWS, MOST_ROWS = 3, 8


class DueCard(Card):
    """Boxes, one button, and below it the last question."""

    told = Signal(object)  # Told
    done = Signal()
    asked = Signal()  # the last question was opened

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(words.text("To erase, to be approved"), "", parent=parent)
        self._desk = desk
        self.form: ErasureForm | None = None
        self.rule = Label(size="small", ink="ink2", wrap=True)
        self.rows = DueRows(self)
        self.table = DueTable(self.rows)
        self.all = QCheckBox(words.text("Check all"))
        self.all.clicked.connect(self._check_all)
        self.erase_button = Button("", kind="danger", icon="octagon")
        self.erase_button.clicked.connect(self.ask)
        self.rows.checks_changed.connect(self._count)
        self._none = QWidget()
        self._some = QWidget()
        self._lay_out()

    def _lay_out(self) -> None:
        none = QHBoxLayout(self._none)
        none.setContentsMargins(0, 0, 0, 0)
        none.addWidget(IconLabel("circle-check", "ok"))
        none.addWidget(Label(words.text("Nothing to erase today."), wrap=True), 1)
        some = QHBoxLayout(self._some)
        some.setContentsMargins(0, 0, 0, 0)
        some.setSpacing(tokens.SPACE_2)
        some.addWidget(self.all)
        some.addStretch(1)
        some.addWidget(self.erase_button)
        for widget in (self.rule, self._none, self.table, self._some):
            self.body.addWidget(widget)

    def look(self, clocks: Clocks) -> None:
        """Ask what is due by these clocks."""
        told = words.text("See to it each month. Nothing goes by itself: what you check goes, the rest waits.")
        self.rule.setText(told)
        due = retention.due(self._desk)
        self.rows.clocks = clocks
        self.rows.show(due)
        self.table.fit()
        shown_rows = max(LEAST_ROWS, min(MOST_ROWS, len(due))) + 1
        self.table.setFixedHeight(tokens.high(32) * shown_rows + 4)
        self.secondary.setText(words.count("{n} line", "{n} lines", len(due)) if due else "")
        self._none.setVisible(not due)
        self.table.setVisible(bool(due))
        self._some.setVisible(bool(due))
        self.set_state("attention" if due else None)

    @Slot()
    def _count(self) -> None:
        checked, free = len(self.rows.checked()), len(self.rows.free())
        told = words.count("Erase {n} line…", "Erase {n} lines…", checked)
        self.erase_button.setText(told if checked else words.text("Erase…"))
        self.erase_button.setEnabled(checked > 0)
        self.all.setEnabled(free > 0)
        states = Qt.CheckState
        part = states.PartiallyChecked if checked else states.Unchecked
        self.all.setCheckState(states.Checked if free and checked == free else part)

    @Slot()
    def _check_all(self) -> None:
        """A box half checked becomes a full one."""
        self.rows.check(self.rows.free(), len(self.rows.checked()) < len(self.rows.free()))

    @Slot()
    def ask(self) -> None:
        """Open the last question about what is checked; the list stays as it is meanwhile."""
        chosen = [one.item for one in self.rows.checked()]
        if self.form is not None or not chosen:
            return

        def erase(reason: str, second: Second | None) -> Erased:
            return retention.approve(self._desk, chosen, reason, second)

        self.form = ErasureForm(self._desk, len(chosen), [one.kind for one in chosen], erase)
        self.form.told.connect(self.told)
        self.form.closed.connect(self.close_form)
        self.form.done.connect(self._done)
        self.body.addWidget(self.form)
        self._lock(True)
        self.form.set_first()
        self.asked.emit()

    def _lock(self, on: bool) -> None:
        for widget in (self.table, self._some):
            widget.setEnabled(not on)

    @Slot()
    def close_form(self) -> None:
        """The list alone."""
        form, self.form = self.form, None
        self._lock(False)
        if form is not None:
            form.hide()
            form.deleteLater()
            self.erase_button.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _done(self) -> None:
        self.close_form()
        self.done.emit()
