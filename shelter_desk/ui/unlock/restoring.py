"""A backup opened in place of files that are damaged or missing, also on another computer.

Which backup to open: those found beside the files and on the stick, or a file somebody brings.

The name and the password of the day of a backup.
"""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.operations.vault import backups, restoring
from shelter_desk.operations.vault.backups import Held
from shelter_desk.ui import tasks, tokens
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.forms.password_field import PasswordField
from shelter_desk.ui.refusals import refuse
from shelter_desk.ui.unlock.recover import Recover
from shelter_desk.ui.widgets import files
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Alert
from shelter_desk.ui.widgets.label import Label, take_away
from shelter_desk.ui.widgets.layouts import STRETCH, in_column, in_row
from shelter_desk.ui.widgets.option_card import OptionCard, ProposalCard
from shelter_desk.words import backups as backup_words
from shelter_desk.words import formats
from shelter_desk.words.refusals.errors import sentence

if TYPE_CHECKING:
    from shelter_desk.operations.desk import Desk
    from shelter_desk.operations.vault.backups import Held, Manifest


class BackupPassword(QWidget):
    """Two fields, the way to the recovery key, and the verb."""

    wanted = Signal(str, str)  # name, password
    key_wanted = Signal()
    left = Signal()

    def __init__(self, user: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = LineField(words.text("Name"))
        self.name.set_text(user)
        self.password = PasswordField(words.text("Password of that day"))
        self.name.line.returnPressed.connect(self.password.line.setFocus)
        self.password.line.returnPressed.connect(self.open)
        self.key_button = Button(words.text("Use the recovery key"), kind="quiet", icon="key", on_click=self.key_wanted)
        self.back_button = Button(words.text("Back"), icon="previous", tall="footer", on_click=self.left)
        self.open_button = Button(words.text("Open this backup"), kind="primary", tall="footer", on_click=self.open)
        row = in_row(self.back_button, self.key_button, STRETCH, self.open_button, spacing=tokens.SPACE)
        for field in (self.name, self.password):
            field.setMaximumWidth(tokens.wide(420))
        in_column(self.name, self.password, row, within=self, spacing=tokens.SPACE_2)

    def set_first(self) -> None:
        """Put the focus where typing begins."""
        field = self.password if self.name.text() else self.name
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_busy(self, busy: bool) -> None:
        """While the backup is opened and counted."""
        for button in (self.open_button, self.back_button, self.key_button):
            button.setEnabled(not busy)

    @Slot()
    def open(self) -> None:
        """Ask to open it, once both are typed."""
        if not self.open_button.isEnabled():
            return
        for field, typed in ((self.name, self.name.text()), (self.password, self.password.text())):
            field.clear()
            if not typed:
                refuse(field, words.text("This is empty."))
                return
        self.wanted.emit(self.name.text(), self.password.text())

    def refuse(self) -> None:
        """Name or password is wrong, it is not said which."""
        self.password.refuse(words.text("Wrong name or password."))


MOST = 4  # of those found; older ones are chosen as files
KINDS = "*.sauvegarde"


class BackupChoice(QWidget):
    """The newest as cards, the first one chosen; a button for any other file."""

    chosen = Signal(object)  # Path of the backup to open
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards: dict[Path, OptionCard] = {}
        self._none = Label(words.text("No backup was found here. Choose its file."), ink="ink2", wrap=True)
        self._list = in_column(spacing=tokens.SPACE)
        told = words.text("Choose a file…")
        self.file_button = Button(told, icon="document", tall="footer", on_click=self.choose_file)
        self.back_button = Button(words.text("Back"), icon="previous", tall="footer", on_click=self.left)
        self.go_on_button = Button(words.text("Continue"), kind="primary", tall="footer", on_click=self.go_on)
        row = in_row(self.back_button, STRETCH, self.file_button, self.go_on_button, spacing=tokens.SPACE)
        in_column(self._none, self._list, row, within=self, spacing=tokens.SPACE_2)
        self.show_found([])
        self._none.hide()  # until the search is over

    def show_found(self, found: Sequence[Held]) -> None:
        """Show the newest of these."""
        for card in self.cards.values():
            self._list.removeWidget(card)
            card.deleteLater()
        self.cards = {}
        for one in found[:MOST]:
            made, holds = formats.moment(one.manifest.moment), backup_words.holds(one.manifest.counts)
            told = ProposalCard(str(one.path), made, backup_words.place(one.where), holds)
            card = self.cards[one.path] = OptionCard(told, self)
            self._list.addWidget(card)
        for card in list(self.cards.values())[:1]:
            card.setChecked(True)
        self._none.setVisible(not self.cards)
        self.go_on_button.setVisible(bool(self.cards))
        self.file_button.set_kind("plain" if self.cards else "primary")

    def set_first(self) -> None:
        """Put the focus on the newest, else on the button."""
        first: QWidget = next(iter(self.cards.values()), self.file_button)
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_busy(self, busy: bool) -> None:
        """While one is read."""
        for button in (self.back_button, self.file_button, self.go_on_button):
            button.setEnabled(not busy)

    @Slot()
    def go_on(self) -> None:
        """Open the one that is chosen."""
        path = next((path for path, card in self.cards.items() if card.isChecked()), None)
        if path is not None:
            self.chosen.emit(path)

    @Slot()
    def choose_file(self) -> None:
        """Let a file be chosen."""
        kinds = words.text("Backups ({kinds})").format(kinds=KINDS)
        path = files.choose_to_open(self, words.text("Which backup"), kinds)
        if path is not None:
            self.chosen.emit(path)


class Restoring(QWidget):
    """Three forms, one at a time: which backup, the password of its day, or the recovery key."""

    opened = Signal(object, str)  # Desk, the name that opens it
    left = Signal()

    def __init__(self, folder: Path, user: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self.path: Path | None = None
        self.alert: Alert | None = None
        self._name = ""
        self.title = Label(words.text("Open a backup"), size="title", bold=True)
        self.lead = Label(ink="ink2", wrap=True)
        self.choice = BackupChoice()
        self.choice.chosen.connect(self.refresh)
        self.choice.left.connect(self.left)
        self.password = BackupPassword(user)
        self.password.wanted.connect(self.open)
        self.password.key_wanted.connect(self.show_key)
        self.password.left.connect(self.show_choice)
        self.key = Recover(user)
        self.key.wanted.connect(self.open_with_key)
        self.key.left.connect(self.show_password)
        self._forms: tuple[BackupChoice | BackupPassword | Recover, ...] = (self.choice, self.password, self.key)
        self._column = in_column(self.title, self.lead, *self._forms, within=self, spacing=tokens.SPACE_2)
        self.show_choice()
        tasks.run(partial(backups.found, folder), self._found, self._failed)

    def _found(self, found: "list[Held]") -> None:
        self.choice.show_found(found)
        if self.choice.isVisible():
            self.choice.set_first()

    def set_first(self) -> None:
        """Put the focus where one begins."""
        self.choice.set_first()

    def _show(self, form: BackupChoice | BackupPassword | Recover) -> None:
        self._drop_alert()
        for one in self._forms:
            one.setVisible(one is form)
        self.title.setVisible(form is not self.key)  # that form has a title of its own
        if form is self.choice:
            self.lead.setText(words.text("What is there now is set aside first: nothing is erased."))
        form.set_first()

    @Slot()
    def show_choice(self) -> None:
        """Which backup."""
        self._show(self.choice)

    @Slot()
    def show_password(self) -> None:
        """The password of its day."""
        self._show(self.password)

    @Slot()
    def show_key(self) -> None:
        """The recovery key, on any computer."""
        self.key.name.set_text(self.password.name.text())
        self._show(self.key)

    @Slot(object)
    def refresh(self, path: Path) -> None:
        """Read the whole backup and say what it holds."""
        self.path = path
        self._begin(lambda: backups.look(path), self._looked)

    def _looked(self, manifest: "Manifest") -> None:
        from shelter_desk.system import folders

        self._set_busy(False)
        if manifest.training and self._folder.name != folders.TRAINING:
            self._tell(words.text("This is a backup of the training shelter. Choose another file."))
            return
        told = words.text("Backup of {moment}: {counts}.")
        counts = backup_words.holds(manifest.counts)
        self.lead.setText(told.format(moment=formats.moment(manifest.moment), counts=counts))
        self.show_password()

    @Slot(str, str)
    def open(self, name: str, password: str) -> None:
        """Open it, count it, and put it in place."""
        self._name = name
        if self.path is not None:
            self._begin(partial(restoring.bring_back, self.path, self._folder, name, password), self._opened)

    @Slot(str, str, str)
    def open_with_key(self, key: str, name: str, password: str) -> None:
        """The same with the recovery key."""
        self._name = name
        if self.path is not None:
            job = partial(restoring.bring_back_with_key, self.path, self._folder, key, name, password)
            self._begin(job, self._opened)

    def _begin(self, job: Callable[[], object], done: Callable[..., None]) -> None:
        self._drop_alert()
        self._set_busy(True)
        tasks.run(job, done, self._failed)

    def _set_busy(self, busy: bool) -> None:
        for form in self._forms:
            form.set_busy(busy)

    def _opened(self, desk: "Desk") -> None:
        self._set_busy(False)
        self.password.password.line.clear()
        self.opened.emit(desk, self._name)

    def _failed(self, error: ShelterDeskError) -> None:
        self._set_busy(False)
        if isinstance(error, errors.DeviceSecretMissing):
            self.show_key()
            self._tell(words.text("This backup comes from another computer: the recovery key opens it here."), "held")
        elif isinstance(error, errors.WrongPassword):
            self.password.refuse()
        elif self.key.isHidden() or not self.key.refuse(error):
            self._tell(_sentence(error))

    def _tell(self, told: str, state: str = "blocked") -> None:
        self._drop_alert()
        self.alert = Alert(told, state, small=False)
        self._column.insertWidget(2, self.alert)

    def _drop_alert(self) -> None:
        if self.alert is not None:
            self._column.removeWidget(self.alert)
            take_away(self.alert)
            self.alert = None


def _sentence(error: ShelterDeskError) -> str:
    if isinstance(error, errors.ShelterExists):
        return words.text("This backup is of another shelter: it cannot take the place of this one.")
    if isinstance(error, errors.NotAllowed):
        return words.text("Only a manager brings a backup back. Let the manager type name and password.")
    return sentence(error)
