"""The proven backups, one a line: what each holds, tried out or gone back to."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.operations.vault.backups import Held, Manifest
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.password_field import PasswordField
from shelter_desk.ui.lists.table import TableColumn, TableRows, TableView
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Alert, Card
from shelter_desk.ui.widgets.label import Label, take_away
from shelter_desk.ui.widgets.layouts import fill, in_row
from shelter_desk.words import backups as backup_words
from shelter_desk.words import formats


class HeldCard(Card):
    """A table, the two verbs, and what the rehearsal found. The password is asked for after the keys were changed."""

    try_wanted = Signal(object, str)  # Held, password
    return_wanted = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(words.text("Go back to a backup"), words.text("Try it first: that touches nothing."))
        self.setParent(parent)
        self.rows = TableRows[Held](_columns())
        self.table = TableView(self.rows)
        self.table.setAccessibleName(words.text("Backups"))
        self.table.setFixedHeight(tokens.high(32) * 6)
        self.table.selected.connect(self._chosen)
        self.empty = Label(words.text("No backup yet: the first one is made when you lock or close."), ink="ink2")
        self.try_button = Button(words.text("Try it"), icon="check", on_click=self._try)
        self.return_button = Button(
            words.text("Go back to this backup…"), kind="danger", icon="undo", on_click=self._return
        )
        self.password = PasswordField(words.text("Your password of that day"))
        self.password.setMaximumWidth(tokens.wide(360))
        self.password.hide()
        self.password.line.returnPressed.connect(self._try)
        self.result = Label(ink="ink2", wrap=True)
        self.alert: Alert | None = None
        self._is_busy = False
        self._path: Path | None = None  # of the one chosen
        self._lay_out()
        self._look()

    def _lay_out(self) -> None:
        self._row = row = in_row((self.result, 1), self.try_button, self.return_button, spacing=tokens.SPACE)
        fill(self.body, self.empty, self.table, self.password, row)

    def show_held(self, held: Sequence[Held]) -> None:
        """Show these; what was chosen stays chosen."""
        chosen = self.table.current()
        self.rows.show(held)
        places = [place for place, one in enumerate(held) if chosen is not None and one.path == chosen.path]
        if held:
            self.table.go_to(places[0] if places else 0)
        self._look()

    def set_busy(self, busy: bool, told: str = "") -> None:
        """While one is tried or gone back to. told: what is being done."""
        self._is_busy = busy
        if busy:
            self.say(told)
        self._look()

    def say(self, told: str) -> None:
        """What is being done."""
        self._drop_alert()
        self.result.setText(told)

    def proven(self, manifest: Manifest) -> None:
        """The rehearsal found everything."""
        self._tell("ok", words.text("{counts}: everything opens.").format(counts=backup_words.holds(manifest.counts)))

    def refuse(self, sentence: str) -> None:
        """Something is wrong with it."""
        self._tell("blocked", sentence)

    def ask_password(self) -> None:
        """It was made under earlier keys."""
        was_typed = bool(self.password.text())
        self.password.show()
        self.password.refuse(
            words.text("This is not the password of that day.")
            if was_typed
            else words.text("The keys were changed since. Type the password you had then.")
        )
        self.password.line.setFocus()
        self.say("")

    def _tell(self, state: str, sentence: str) -> None:
        self.say("")
        self.alert = Alert(sentence, state)
        self._row.insertWidget(0, self.alert, 1)
        self.result.hide()

    def _drop_alert(self) -> None:
        if self.alert is not None:
            self._row.removeWidget(self.alert)
            take_away(self.alert)
            self.alert = None
            self.result.show()

    def _look(self) -> None:
        some = self.rows.rowCount() > 0
        self.table.setVisible(some)
        self.empty.setVisible(not some)
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
        self._look()

    @Slot()
    def _try(self) -> None:
        self.try_wanted.emit(self.table.current(), self.password.text())

    @Slot()
    def _return(self) -> None:
        self.return_wanted.emit(self.table.current(), self.password.text())


def _columns() -> list[TableColumn[Held]]:
    return [
        TableColumn(words.text("Made on"), lambda one: formats.moment(one.manifest.moment), bold=True),
        TableColumn(
            words.text("Persons"), lambda one: formats.number(one.manifest.counts["persons"]), alignment="right"
        ),
        TableColumn(words.text("Stays"), lambda one: formats.number(one.manifest.counts["stays"]), alignment="right"),
        TableColumn(
            words.text("Journal lines"), lambda one: formats.number(one.manifest.counts["journal"]), alignment="right"
        ),
        TableColumn(words.text("Size"), lambda one: backup_words.size(one.size), alignment="right"),
        TableColumn(words.text("Where"), lambda one: backup_words.place(one.where)),
    ]
