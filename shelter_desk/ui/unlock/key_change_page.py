"""All keys of the file are changed: the password, what is being done, what follows; then the shelter is closed."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.errors import ShelterDeskError, WrongPassword
from shelter_desk.operations.vault import unlocking
from shelter_desk.ui import tasks, tokens
from shelter_desk.ui.forms.key_groups import GROUPS
from shelter_desk.ui.forms.password_field import PasswordField, PasswordWait, not_yours
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Alert, Card, fact
from shelter_desk.ui.widgets.layouts import STRETCH, ScrollArea, Stretch, fill, in_column, in_row
from shelter_desk.ui.widgets.print.recovery_sheet import RecoverySheet
from shelter_desk.ui.widgets.progress import Progress
from shelter_desk.words.refusals.errors import sentence

if TYPE_CHECKING:
    from shelter_desk.operations.desk import Desk
    from shelter_desk.operations.vault.key_change import ChangedKeys


class KeyChangePage(QWidget):
    """Stands in place of the frame, since no page may touch the desk meanwhile."""

    begun = Signal()  # the pages have to go
    given_up = Signal()  # nothing was changed
    left = Signal()  # the desk is closed, or has to be

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk: Desk | None = desk
        self.setProperty("role", "page")
        self.password = PasswordField(words.text("Your password"))
        self.password.line.returnPressed.connect(self.start)
        told = words.text("Change the keys")
        self.start_button = Button(told, kind="primary", icon="key", tall="footer", on_click=self.start)
        self.wait = PasswordWait(self.password, self.start_button, not_yours, unlocking.to_wait(desk.folder))
        self.back_button = Button(words.text("Back"), icon="previous", tall="footer", on_click=self.given_up)
        self.progress = Progress(words.text("All keys of the file are being changed"), stoppable=False)
        again = words.text("Open the shelter again")
        self.open_button = Button(again, kind="primary", icon="key", tall="footer", on_click=self.left)
        self.sheet: RecoverySheet | None = None
        self.card = Card(words.text("Change the keys of the file"))
        self._asked = QWidget()
        self._lay_out()

    def _lay_out(self) -> None:
        before = (
            words.text("The whole file is written anew under other keys; this takes a minute or so."),
            words.text("Everybody keeps their password. Suspended accounts get no new keys."),
            words.text("Power may fail meanwhile: the shelter opens with the former keys or with the new ones."),
        )
        in_column(
            *(fact("info", "accent", told) for told in before),
            self.password,
            in_row(self.back_button, STRETCH, self.start_button),
            within=self._asked,
            spacing=tokens.SPACE_2,
        )
        fill(self.card.body, self._asked, self.progress)
        middle = QWidget()
        in_column(
            STRETCH,
            self.card,
            (self.open_button, 0, Qt.AlignmentFlag.AlignRight),
            Stretch(2),
            within=middle,
            spacing=tokens.SPACE_2,
            margins=tokens.SPACE_PANEL,
        )
        middle.setMaximumWidth(tokens.wide(720))
        inside = QWidget()
        in_row(STRETCH, (middle, 8), STRETCH, within=inside, margins=None)
        area = ScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        in_column(area, within=self)
        self.progress.hide()
        self.open_button.hide()

    def set_first(self) -> None:
        """Put the focus where typing begins."""
        self.password.line.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def start(self) -> None:
        """Begin once the password is typed; from now on the desk is to be closed whatever comes of it."""
        if self._desk is None or self.progress.isVisible() or self.wait.is_on:
            return
        if not self.password.text():
            self.password.refuse(words.text("Type your password first."))
            return
        self.begun.emit()
        self._asked.hide()
        self.progress.show()
        tasks.run(partial(_job, self._desk, self.password.text()), self._changed, self._failed, self.progress.refresh)
        self.password.line.clear()

    def _changed(self, done: "ChangedKeys") -> None:
        told = words.text("The keys are changed. Everybody opens the shelter with the password they have.")
        backups = words.text("Backups made before still open with the former keys.")
        fill(self.card.body, fact("circle-check", "ok", told), fact("info", "accent", backups))
        if done.left_out:
            waiting = words.text("These accounts need a new password from you: {names}.")
            self.card.body.addLayout(fact("triangle", "attention", waiting.format(names=", ".join(done.left_out))))
        if done.recovery_key is not None:
            self.sheet = RecoverySheet(done.recovery_key)
            self.sheet.proven.connect(self._proven)
            self.card.body.addWidget(self.sheet)
            self.open_button.setEnabled(False)
        self._end()

    @Slot(int)
    def _proven(self, right: int) -> None:
        self.open_button.setEnabled(right == GROUPS)

    def _failed(self, error: ShelterDeskError) -> None:
        if isinstance(error, WrongPassword):
            self.progress.hide()
            self._asked.show()
            self.wait.refuse(error)
            return
        kept = words.text("The shelter opens as before; nothing is lost.")
        fill(self.card.body, Alert(sentence(error), "blocked"), fact("info", "accent", kept))
        self._end()

    def _end(self) -> None:
        self._desk = None
        self.progress.hide()
        self.open_button.show()
        self.open_button.setFocus(Qt.FocusReason.OtherFocusReason)


def _job(desk: "Desk", password: str, report: tasks.Progress) -> "ChangedKeys":
    from shelter_desk.operations.vault import key_change

    copying = words.text("Copying under the new keys")
    return key_change.change_keys(desk, password, lambda done, total: report(copying, done, total))
