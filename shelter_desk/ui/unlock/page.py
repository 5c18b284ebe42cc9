"""The unlock screen: name, password, Open; it tells nobody what this computer holds."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.ui import deferred_start, tokens
from shelter_desk.ui.unlock.sign_in import SignIn
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.label import Label, take_away
from shelter_desk.ui.widgets.layouts import STRETCH, in_column, in_row, scrolling

if TYPE_CHECKING:
    from datetime import datetime

    from shelter_desk.domain.errors import ShelterDeskError
    from shelter_desk.operations.desk import Desk
    from shelter_desk.ui.unlock.opening_progress import OpeningProgress
    from shelter_desk.ui.unlock.recover import Recover
    from shelter_desk.ui.unlock.restoring import Restoring
    from shelter_desk.ui.unlock.troubles import TroubleBox, TroublePage


class LookedAt(NamedTuple):
    """When the last backup was made, the seconds that wrong passwords typed before have earned, who copies the folder.

    synced: the name of a service, None where nothing is known to copy it.
    """

    backed_up: "datetime | None"
    wait: float
    synced: str | None


def _load(folder: Path) -> LookedAt:
    """Bring in what opening needs while a person types, and look at the files.

    Raises what `unlocking.look` does; SyncedFolder in place of NoShelter: none is to begin there.
    """
    from shelter_desk.domain.errors import NoShelter
    from shelter_desk.operations.vault import backups, unlocking
    from shelter_desk.system import synced_folders

    unlocking.prepare()
    try:
        header = unlocking.look(folder)
    except NoShelter:
        synced_folders.check(folder)
        raise
    synced = None if header.training else synced_folders.service_of(folder)
    return LookedAt(backups.latest(folder / backups.FOLDER), unlocking.to_wait(folder), synced)


class UnlockPage(QWidget):
    """One card with the form to sign in or the one to recover, and what keeps the files from opening."""

    opened = Signal(object)  # Desk
    no_shelter = Signal()
    language_wanted = Signal(str)

    def __init__(self, folder: Path, user: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self._folder = folder
        self._was_seen = self._has_looked = False
        self._tries = self._tries_before = 0  # of the person at the desk, and when the folder was looked at
        self._again: Callable[[], None] = self._look
        self._go_on: Callable[[], None] = self._look
        self.sign_in = SignIn(user)
        self.sign_in.wanted.connect(self._try)
        self.sign_in.recovery_wanted.connect(self.show_recover)
        self._user = user
        self._recover_form: Recover | None = None
        self.trouble: TroubleBox | None = None
        self.restoring: Restoring | None = None
        self.progress: OpeningProgress | None = None
        self.backup_age = Label(size="small", ink="ink2")
        self.card = Card()
        forms = QWidget()
        margins = (tokens.SPACE_3, tokens.SPACE_2, tokens.SPACE_3, tokens.SPACE)
        self._stack = in_column(self.sign_in, within=forms, margins=margins)
        self.card.body.addWidget(forms)
        other = "English" if words.language() == "fr" else "Français"
        self.language_button = Button(other, kind="quiet", icon="settings", on_click=self._turn_language)
        self._hour = Label(size="small", ink="ink2")
        self._minute = QTimer(self)
        self._minute.setInterval(10_000)
        self._minute.timeout.connect(self._show_hour)
        middle = in_column(STRETCH, in_row(STRETCH, self.card, STRETCH), STRETCH, margins=None)
        foot = in_row(STRETCH, self.backup_age, self.language_button, self._hour, STRETCH)
        in_column((scrolling(middle), 1), foot, within=self, margins=tokens.SPACE_2)
        deferred_start.after(self._show_hour)
        self._minute.start()
        self.show_sign_in()

    @Slot()
    def _show_hour(self) -> None:
        from shelter_desk.system import clock
        from shelter_desk.words import formats

        self._hour.setText(formats.clock(clock.now()))

    @Slot()
    def _turn_language(self) -> None:
        self.language_wanted.emit("en" if words.language() == "fr" else "fr")

    def is_in_use(self) -> bool:
        """Whether somebody has begun to type, or is on one of the other forms."""
        return not self.sign_in.isVisibleTo(self) or self.sign_in.is_typed()

    @Slot()
    def show_sign_in(self) -> None:
        """The form with name and password."""
        self._show(self.sign_in, 430)
        self.sign_in.set_first()

    @Slot()
    def show_recover(self) -> None:
        """The form with the recovery key."""
        self._drop_trouble()
        self._show(self.recover, 860)
        self.recover.set_first()

    @property
    def recover(self) -> "Recover":
        """The form with the recovery key, made when it is first asked for."""
        if self._recover_form is None:
            from shelter_desk.ui.unlock.recover import Recover

            self._recover_form = Recover(self._user)
            self._recover_form.wanted.connect(self._recover)
            self._recover_form.left.connect(self.show_sign_in)
            self._stack.addWidget(self._recover_form)
        return self._recover_form

    @Slot()
    def show_restoring(self) -> None:
        """The forms that open a backup in place of what is there."""
        from shelter_desk.ui.unlock.restoring import Restoring

        self._drop_trouble()
        if self.restoring is None:
            self.restoring = Restoring(self._folder, self.sign_in.name.text())
            self.restoring.opened.connect(self._opened)
            self.restoring.left.connect(self._leave_restoring)
            self._stack.addWidget(self.restoring)
        self._show(self.restoring, 780)
        self.restoring.set_first()

    @Slot()
    def _leave_restoring(self) -> None:
        self.show_sign_in()
        self._look()

    def _show(self, form: QWidget, width: int) -> None:
        for one in (self.sign_in, self.restoring, self._recover_form):
            if one is not None:
                one.setVisible(form is one)
        self.card.setFixedWidth(tokens.wide(width))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Load the rest once the screen was seen."""
        super().paintEvent(event)
        if not self._was_seen:
            self._was_seen = True
            QTimer.singleShot(0, self, self._look)

    @Slot()
    def _look(self) -> None:
        from shelter_desk.ui import tasks

        folder = self._folder
        self._tries_before = self._tries
        self._drop_trouble()
        tasks.run(lambda: _load(folder), self._looked, self._failed)
        self._has_looked = True

    def _looked(self, found: LookedAt) -> None:
        from shelter_desk.system import clock
        from shelter_desk.words.backups import age_of

        backed_up, wait, synced = found
        if self._tries == self._tries_before:  # what came of a later one is newer than what was found
            self._drop_trouble()
            self.sign_in.wait(wait)
            if synced is not None:
                from shelter_desk.ui.unlock.troubles import synced_files

                self._add_trouble(synced_files(synced, self._folder))
        if backed_up is not None:  # none says nothing: a new shelter is made this minute
            self.backup_age.setText(age_of(backed_up, clock.today())[0])

    @Slot(str, str)
    def _try(self, name: str, password: str, accept_older: bool = False) -> None:
        folder = self._folder

        def job(report: "Callable[[str, int, int], None]") -> "Desk":
            from shelter_desk.operations.vault import unlocking
            from shelter_desk.operations.vault.opening import HowToOpen

            how = HowToOpen(accept_older, ask=True, progress=report)
            return unlocking.unlock(folder, name, password, how)

        self._again = lambda: self._try(name, password)
        self._go_on = lambda: self._try(name, password, accept_older=True)
        self._begin(job)

    @Slot(str, str, str)
    def _recover(self, key: str, name: str, password: str, accept_older: bool = False) -> None:
        folder = self._folder

        def job(report: "Callable[[str, int, int], None]") -> "Desk":
            from shelter_desk.operations.vault import unlocking
            from shelter_desk.operations.vault.opening import HowToOpen

            how = HowToOpen(accept_older, ask=True, progress=report)
            return unlocking.unlock_with_recovery_key(folder, key, name, password, how)

        self._again = lambda: self._recover(key, name, password)
        self._go_on = lambda: self._recover(key, name, password, accept_older=True)
        self._begin(job)

    def _begin(self, job: "Callable[[Callable[[str, int, int], None]], Desk]") -> None:
        from shelter_desk.ui import tasks

        self._tries += 1
        self._drop_trouble()
        self._set_busy(True)
        tasks.run(job, self._opened, self._failed, self._show_progress)

    @Slot(str, int, int)
    def _show_progress(self, step: str, done: int, total: int) -> None:
        if self.progress is None:
            from shelter_desk.ui.unlock.opening_progress import OpeningProgress

            self.progress = OpeningProgress()
            self._stack.addWidget(self.progress)
        self.progress.refresh(step, done, total)

    def _set_busy(self, busy: bool) -> None:
        if self.progress is not None:
            self.progress.hide()
        self.sign_in.set_busy(busy)
        if self._recover_form is not None:
            self._recover_form.set_busy(busy)

    def _opened(self, desk: "Desk") -> None:
        self._set_busy(False)
        self.sign_in.forget()
        self._again = self._go_on = self._look
        self.opened.emit(desk)

    def _failed(self, error: "ShelterDeskError") -> None:
        from shelter_desk.domain.errors import NoShelter, WrongPassword

        self._set_busy(False)
        if isinstance(error, NoShelter):
            self.no_shelter.emit()
        elif isinstance(error, WrongPassword):
            self.sign_in.refuse(error)
        elif self._recover_form is None or self._recover_form.isHidden() or not self._recover_form.refuse(error):
            self._show_trouble(error)

    def _show_trouble(self, error: "ShelterDeskError") -> None:
        from shelter_desk.ui.unlock.troubles import trouble

        self._drop_trouble()
        self.sign_in.password.clear()
        self._add_trouble(trouble(error))
        if self.trouble is not None:
            next(iter(self.trouble.buttons.values())).setFocus()

    def _add_trouble(self, told: "TroublePage") -> None:
        from shelter_desk.ui.unlock.troubles import TroubleBox

        self.trouble = TroubleBox(told)
        self.trouble.chosen.connect(self._choose)
        self._stack.addWidget(self.trouble)

    def _drop_trouble(self) -> None:
        if self.trouble is not None:
            take_away(self.trouble)
            self.trouble = None

    @Slot(str)
    def _choose(self, way: str) -> None:
        if way == "recover":
            self.show_recover()
        elif way == "backup":
            self.show_restoring()
        elif way == "go_on":
            self._go_on()
        elif way == "leave":
            self._drop_trouble()
            self.sign_in.set_first()
        else:
            self._again()
