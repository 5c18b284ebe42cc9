"""The backups held, tried out or gone back to."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import Signal, Slot

from shelter_desk import words
from shelter_desk.domain.approvals import GraveAct
from shelter_desk.operations.vault.backups import Held
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.approval_fields import ApprovalFields
from shelter_desk.ui.forms.password_field import PasswordField
from shelter_desk.ui.lists.table import TableView
from shelter_desk.ui.lists.table_rows import TableColumn, TableRows
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Alert, Card
from shelter_desk.ui.widgets.label import Label, take_away
from shelter_desk.ui.widgets.layouts import fill, in_row
from shelter_desk.words import backups as backup_words
from shelter_desk.words import formats
from shelter_desk.words.backups import unknown

if TYPE_CHECKING:
    from shelter_desk.operations.desk import Desk


class HeldCard(Card):
    """A table, the two verbs, and what the rehearsal found. The password is asked for after the keys were changed."""

    confirmed = Signal()  # who decides typed the password

    def __init__(self, desk: "Desk") -> None:
        super().__init__(words.text("Go back to a backup"), words.text("Try it first: that touches nothing."))
        self._desk = desk
        number = formats.number
        self.rows = TableRows[Held](
            [
                TableColumn(words.text("Made on"), lambda one: formats.moment(one.manifest.moment), bold=True),
                TableColumn(
                    words.text("Persons"), lambda one: number(one.manifest.counts["persons"]), alignment="right"
                ),
                TableColumn(words.text("Stays"), lambda one: number(one.manifest.counts["stays"]), alignment="right"),
                TableColumn(
                    words.text("Journal lines"), lambda one: number(one.manifest.counts["journal"]), alignment="right"
                ),
                TableColumn(words.text("Size"), lambda one: backup_words.size(one.size), alignment="right"),
                TableColumn(words.text("Where"), lambda one: backup_words.place(one.where)),
            ]
        )
        self.table = TableView(self.rows)
        self.table.setAccessibleName(words.text("Backups"))
        self.table.setFixedHeight(tokens.high(32) * 6)
        self.table.selected.connect(self._chosen)
        self.empty = Label(words.text("No backup yet: the first one is made when you lock or close."), ink="ink2")
        self.try_button = Button(words.text("Try it"), icon="check")
        self.return_button = Button(words.text("Go back to this backup…"), kind="danger", icon="undo")
        self.password = PasswordField(words.text("Your password of that day"))
        self.password.setMaximumWidth(tokens.wide(360))
        self.password.hide()
        self.readable = Alert("", "attention")
        self.readable.hide()
        self.result = Label(ink="ink2", wrap=True)
        self.alert: Alert | None = None
        self.approval: ApprovalFields | None = None
        self._is_busy = self._is_read = False
        self._path: Path | None = None  # of the one chosen
        self._row = in_row((self.result, 1), self.try_button, self.return_button, spacing=tokens.SPACE)
        fill(self.body, self.empty, self.readable, self.table, self.password, self._row)
        self._look()

    def show_held(self, held: Sequence[Held]) -> None:
        """Show these; what was chosen stays chosen."""
        chosen = self.table.current()
        self._is_read = True
        self.rows.show(held)
        places = [place for place, one in enumerate(held) if chosen is not None and one.path == chosen.path]
        open_ones = [one.manifest.moment.date() for one in held if one.manifest.has_open_case_file]
        told = backup_words.of_open_case_file(open_ones)
        self.readable.sentence.setText(told)
        self.readable.setVisible(bool(told))
        if held:
            self.table.go_to(places[0] if places else 0)
        self._look()

    def asks_who_decides(self) -> bool:
        """Show the fields in which two persons decide, or one again; False where they are there already."""
        if self.approval is not None:
            return False
        self.approval = ApprovalFields(self._desk, GraveAct.RETURN, self.return_button)
        self.approval.entered.connect(self.confirmed)
        self.body.insertWidget(self.body.indexOf(self._row), self.approval)
        (self.approval.second if self.approval.others else self.approval.password).setFocus()
        return True

    def _ask_nobody(self) -> None:
        if self.approval is not None:
            self.body.removeWidget(self.approval)
            take_away(self.approval)
            self.approval = None

    def set_busy(self, busy: bool, told: str = "") -> None:
        """While one is tried or gone back to. told: what is being done."""
        self._is_busy = busy
        if busy:
            self.say(told)
        self._look()

    def say(self, told: str) -> None:
        """What is being done."""
        if self.alert is not None:
            self._row.removeWidget(self.alert)
            take_away(self.alert)
            self.alert = None
            self.result.show()
        self.result.setText(told)

    def tell(self, state: Literal["ok", "attention", "blocked"], sentence: str) -> None:
        """What the rehearsal found: everything, or that something is wrong with it."""
        self.say("")
        self.alert = Alert(sentence, state)
        self._row.insertWidget(0, self.alert, 1)
        self.result.hide()

    def ask_password(self) -> None:
        """It was made under earlier keys."""
        told = words.text("The keys were changed since. Type the password you had then.")
        if self.password.text():
            told = words.text("This is not the password of that day.")
        self.password.show()
        self.password.refuse(told)
        self.password.line.setFocus()
        self.say("")

    def _look(self) -> None:
        some = self.rows.rowCount() > 0
        self.table.setVisible(some)
        self.empty.setVisible(self._is_read and not some)
        for button in (self.try_button, self.return_button):
            button.setVisible(some)
            button.setEnabled(not self._is_busy and self.table.current() is not None)

    @Slot(object)
    def _chosen(self, held: Held | None) -> None:
        if held is not None and held.path != self._path:
            self._path = held.path
            self.say("")
            self.password.hide()
            self.password.line.clear()
            self._ask_nobody()
            if held.is_known is False:
                self.tell("attention", unknown())
        self._look()
