"""A backup opened in place of files that are damaged or missing, also on another computer."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.operations.vault import backups, restoring
from shelter_desk.ui import tasks, tokens
from shelter_desk.ui.unlock.backup_choice import BackupChoice
from shelter_desk.ui.unlock.backup_password import BackupPassword
from shelter_desk.ui.unlock.recover import Recover
from shelter_desk.ui.widgets.card import Alert
from shelter_desk.ui.widgets.label import Label
from shelter_desk.words import backups as said
from shelter_desk.words import formats
from shelter_desk.words.refusals.errors import sentence

if TYPE_CHECKING:
    from shelter_desk.operations.desk import Desk
    from shelter_desk.operations.vault.backups import Held, Manifest


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
        self.choice.chosen.connect(self.look)
        self.choice.left.connect(self.left)
        self.password = BackupPassword(user)
        self.password.wanted.connect(self.open)
        self.password.key_wanted.connect(self.show_key)
        self.password.left.connect(self.show_choice)
        self.key = Recover(user)
        self.key.wanted.connect(self.open_with_key)
        self.key.left.connect(self.show_password)
        self._forms: tuple[BackupChoice | BackupPassword | Recover, ...] = (self.choice, self.password, self.key)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(tokens.SPACE_2)
        for part in (self.title, self.lead, *self._forms):
            self._column.addWidget(part)
        self.show_choice()
        tasks.run(lambda: backups.found(folder), self._found, self._failed)

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
    def look(self, path: Path) -> None:
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
        counts = said.holds(manifest.counts)
        self.lead.setText(told.format(moment=formats.moment(manifest.moment), counts=counts))
        self.show_password()

    @Slot(str, str)
    def open(self, name: str, password: str) -> None:
        """Open it, count it, and put it in place."""
        folder, path, self._name = self._folder, self.path, name
        if path is not None:
            self._begin(lambda: restoring.bring_back(path, folder, name, password), self._opened)

    @Slot(str, str, str)
    def open_with_key(self, key: str, name: str, password: str) -> None:
        """The same with the recovery key."""
        folder, path, self._name = self._folder, self.path, name
        if path is not None:
            job = restoring.bring_back_with_key
            self._begin(lambda: job(path, folder, key, name, password), self._opened)

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
            self.alert.hide()
            self.alert.deleteLater()
            self.alert = None


def _sentence(error: ShelterDeskError) -> str:
    if isinstance(error, errors.ShelterExists):
        return words.text("This backup is of another shelter: it cannot take the place of this one.")
    if isinstance(error, errors.NotAllowed):
        return words.text("Only a manager brings a backup back. Let the manager type name and password.")
    return sentence(error)
