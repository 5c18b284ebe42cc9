"""What is protected and how, said plainly; another recovery key when the sheet is lost."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.errors import ShelterDeskError, WrongPassword
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.settings import bounds
from shelter_desk.operations import settings
from shelter_desk.operations.settings import IDLE_MINUTES
from shelter_desk.operations.vault import recovery_key, recovery_sheet, unlocking
from shelter_desk.ui import tasks, tokens
from shelter_desk.ui.forms.fields import NumberField
from shelter_desk.ui.forms.key_groups import GROUPS
from shelter_desk.ui.forms.password_field import PasswordField, PasswordWait, not_yours
from shelter_desk.ui.page import Told
from shelter_desk.ui.refusals import refusals_told, refuse
from shelter_desk.ui.settings.section_list import Section
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Alert, Card, fact
from shelter_desk.ui.widgets.label import Label, take_away
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_row
from shelter_desk.ui.widgets.print.recovery_sheet import RecoverySheet
from shelter_desk.words.refusals.errors import sentence

if TYPE_CHECKING:
    from shelter_desk.operations.desk import Desk


class SecuritySection(Section):
    """State of the keyring, what is encrypted, and the recovery key."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.password = PasswordField(words.text("Your password"))
        self.password.setMaximumWidth(tokens.wide(360))
        self.password.line.returnPressed.connect(self.make)
        self.make_button = Button(words.text("Make another recovery key"), icon="key", on_click=self.make)
        self.wait = PasswordWait(self.password, self.make_button, not_yours, unlocking.to_wait(desk.folder))
        minutes = words.text("Minutes without use before it locks")
        self.idle = NumberField(minutes, *bounds(IDLE_MINUTES), required=True, unit=words.text("min"))
        self.idle.setMaximumWidth(tokens.wide(360))
        self.idle.line.returnPressed.connect(self.keep_idle)
        self.idle_button = Button(words.text("Save"), icon="save", on_click=self.keep_idle)
        self._kept_idle: int | None = None
        kept = words.text("The sheet is kept")
        self.done_button = Button(kept, kind="primary", icon="check", tall="footer", on_click=self._close)
        self.done_button.hide()
        self.sheet: RecoverySheet | None = None
        self._recovery = Card(words.text("Recovery sheet"))
        self._lay_out()

    def _lay_out(self) -> None:
        keyring = Card(words.text("This computer"))
        bound = self.desk.device_bound
        keyring.body.addLayout(fact("shield" if bound else "triangle", "ok" if bound else "attention", _keyring(bound)))
        protected = Card(words.text("What is protected"))
        done = (
            words.text("The whole file is encrypted: without a password, nothing of it can be read."),
            words.text(
                "Names and the file of each person (status, interviews, needs, services, papers) are sealed once "
                "more. In the program, only the roles that may read them open them."
            ),
            words.text(
                "Only the management gives keys: what somebody else writes into the accounts opens nothing more."
            ),
            words.text("Each change, and each name read in the program, is written in the journal."),
            words.text(
                "Two managers decide together on an erasure, on registers with names and on going back to a backup. "
                "Where there is one alone, the password is asked again and the journal says so."
            ),
        )
        open_yet = words.text(
            "Not closed yet: somebody of the house with a password of their own, this folder and technical skill could "
            "read and change without the program what is not sealed: sex, age, nationality, languages, bed and "
            "nights, family, requests for a place, equipment, stock, the journal too. The check of the file tells "
            "nearly all that was changed so, and a line of the journal that somebody else wrote than whom it names. A "
            "password of the night reception of before version 0.3 opens all names. Changing the keys ends that."
        )
        limits = words.text("While the shelter is open, whoever sits here sees what you see: lock it (Ctrl+L).")
        facts = [*(fact("circle-check", "ok", told) for told in done), fact("triangle", "attention", open_yet)]
        fill(protected.body, *facts, fact("info", "accent", limits))
        owed = words.text(
            "The recovery key was never typed back: nobody knows that the sheet is right. Make another one."
        )
        self.owed = Alert(owed, "attention")
        lost = words.text(
            "When the sheet is lost or was seen, make another key. The former one opens only backups of before then."
        )
        make = (self.make_button, 0, Qt.AlignmentFlag.AlignBottom)
        row = in_row(self.password, make, STRETCH, spacing=tokens.SPACE_2)
        fill(self._recovery.body, self.owed, Label(lost, ink="ink2", wrap=True), row)
        kept = (self.done_button, 0, Qt.AlignmentFlag.AlignLeft)
        fill(self.column, keyring, protected, self._lock_card(), self._recovery, kept, STRETCH)

    def _lock_card(self) -> Card:
        card = Card(words.text("Locking"))
        told = words.text("The program also locks with Ctrl+L, and with the screen of the computer where it tells.")
        row = in_row(self.idle, STRETCH, (self.idle_button, 0, Qt.AlignmentFlag.AlignBottom), spacing=tokens.SPACE_2)
        fill(card.body, Label(told, ink="ink2", wrap=True), row)
        self.idle.setEnabled(self.desk.may(Permission.SETTINGS_EDIT))
        self.idle_button.setVisible(self.desk.may(Permission.SETTINGS_EDIT))
        return card

    def refresh(self) -> None:
        self._kept_idle = settings.idle_minutes(self.desk)
        self.idle.set_number(self._kept_idle)
        self.owed.setVisible(recovery_sheet.is_owed(self.desk))

    def is_editing(self) -> bool:
        typed = self._kept_idle is not None and self.idle.number() != self._kept_idle
        return self.sheet is not None or typed

    @Slot()
    def keep_idle(self) -> None:
        """Save the minutes, or say beside the field what does not do."""
        self.idle.clear()
        minutes = self.idle.number()
        if minutes is None:
            least, most = bounds(IDLE_MINUTES)
            refuse(self.idle, words.text("A number from {least} to {most}.").format(least=least, most=most))
            return
        with refusals_told(self.told):
            done = settings.keep_idle_minutes(self.desk, minutes)
            self._kept_idle = minutes
            self.told.emit(Told("ok", words.text("Settings saved."), done))

    @Slot()
    def make(self) -> None:
        """Make another key, once the password is typed."""
        if self.sheet is not None or not self.make_button.isEnabled():
            return
        if not self.password.text():
            self.password.refuse(words.text("Type your password first."))
            return
        job = partial(recovery_key.replace, self.desk, self.password.text())
        self.make_button.setEnabled(False)
        self.password.clear()
        tasks.run(job, self._made, self._failed)

    def _made(self, recovery_key: str) -> None:
        self.make_button.setEnabled(True)
        self.password.line.clear()
        self._recovery.hide()
        self.sheet = RecoverySheet(recovery_key)
        self.sheet.proven.connect(self._proven)
        self.column.insertWidget(self.column.count() - 2, self.sheet)
        self.done_button.setEnabled(False)
        self.done_button.show()
        self.sheet.print_button.setFocus()

    def _failed(self, error: ShelterDeskError) -> None:
        self.make_button.setEnabled(True)
        if isinstance(error, WrongPassword):
            self.wait.refuse(error)
        else:
            self.told.emit(Told("blocked", sentence(error)))

    @Slot(int)
    def _proven(self, right: int) -> None:
        self.done_button.setEnabled(right == GROUPS)

    @Slot()
    def _close(self) -> None:
        if self.sheet is not None:
            take_away(self.sheet)
            self.sheet = None
        self.done_button.hide()
        self._recovery.show()
        with refusals_told(self.told):
            recovery_sheet.prove(self.desk)
            self.told.emit(Told("ok", words.text("The new recovery key is in force.")))
        self.refresh()


def _keyring(bound: bool) -> str:
    if bound:
        return words.text(
            "Half of the key stays in this computer: elsewhere a copied folder opens only with the recovery key."
        )
    return words.text("A copied folder is protected by the password alone. Choose a long one.")
