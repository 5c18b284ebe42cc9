"""Backups: how old they are in both places, one now, and those held, tried out or gone back to."""

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.errors import ShelterDeskError, WrongPassword
from shelter_desk.operations.vault import another_computer, backups, restoring
from shelter_desk.operations.vault.backups import Held, Manifest
from shelter_desk.ui import tasks, tokens
from shelter_desk.ui.page import Told
from shelter_desk.ui.refusals import refuse
from shelter_desk.ui.settings.backups_held import HeldCard
from shelter_desk.ui.settings.section_list import Section
from shelter_desk.ui.widgets import ask, files
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Alert, Card
from shelter_desk.ui.widgets.label import IconLabel, Label, take_away
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_row
from shelter_desk.words import backups as backup_words
from shelter_desk.words import formats
from shelter_desk.words.backups import age_of, failed, second_age, unknown
from shelter_desk.words.refusals.errors import sentence

if TYPE_CHECKING:
    from datetime import date

    from shelter_desk.domain.approvals import Approval
    from shelter_desk.operations.desk import Desk
    from shelter_desk.operations.vault.backups import BackedUp, State
    from shelter_desk.operations.vault.restoring import GoneBack


class HereCard(Card):
    """This computer: the age of the last proven backup, and one now."""

    def __init__(self) -> None:
        super().__init__(words.text("On this computer"), words.text("by itself at each locking and closing"))
        self.age = Label(wrap=True)
        self._icon = IconLabel("shield", "ok", 20)
        self.now_button = Button(words.text("Back up now"), kind="primary", icon="save")
        self.trouble: Alert | None = None
        row = in_row(self._icon, (self.age, 1), self.now_button, spacing=tokens.SPACE)
        hints = (
            words.text("Each backup is opened and counted before it is called good. It is encrypted like the file."),
            words.text("Seven days, four weeks and twelve months are kept; older ones go by themselves."),
        )
        fill(self.body, row, *(Label(told, size="small", ink="ink2", wrap=True) for told in hints))

    def refresh(self, told: "State", today: "date") -> None:
        """Show how old the last one is, and what the last one at closing met."""
        sentence, is_old = age_of(told.here, today)
        self.age.setText(sentence)
        self._icon.show_icon("triangle" if is_old else "shield", "attention" if is_old else "ok")
        if self.trouble is not None:
            self.body.removeWidget(self.trouble)
            take_away(self.trouble)
            self.trouble = None
        if told.trouble:
            self.trouble = Alert(failed(told.trouble, told.trouble_in))
            self.body.insertWidget(1, self.trouble)


class SecondCard(Card):
    """The second place: a stick or another folder, chosen for this computer."""

    stopped = Signal()

    def __init__(self) -> None:
        super().__init__(words.text("In a second place"), words.text("a USB stick, when it is there"))
        self.age = Label(wrap=True)
        self.path = Label(size="small", ink="ink2", wrap=True)
        self._icon = IconLabel("usb", "ink2", 20)
        self.choose_button = Button(words.text("Choose the stick or folder…"), icon="usb")
        self.stop_button = Button(words.text("No second place"), kind="quiet", on_click=self.stopped)
        row = in_row(self._icon, (self.age, 1), self.stop_button, self.choose_button, spacing=tokens.SPACE)
        told = words.text("Keep one outside this building: a stick in another safe place.")
        fill(self.body, row, self.path, Label(told, size="small", ink="ink2", wrap=True))

    def refresh(self, told: "State", today: "date") -> None:
        """Show which it is, whether it is there, and how old its last copy is."""
        is_chosen = told.second_place is not None
        self.path.setText(str(told.second_place) if is_chosen else "")
        self.path.setVisible(is_chosen)
        self.stop_button.setVisible(is_chosen)
        if not is_chosen:
            self.age.setText(words.text("None chosen: if this computer fails or is stolen, everything is lost."))
            self._icon.show_icon("triangle", "attention")
            return
        sentence, is_old = second_age(told.second, told.is_second_there, today)
        self.age.setText(sentence)
        self._icon.show_icon("triangle" if is_old else "usb", "attention" if is_old else "ok")


class ElsewhereCard(Card):
    """Another computer: what is packed for it, and what this one says from then on."""

    def __init__(self) -> None:
        super().__init__(words.text("On another computer"), words.text("the shelter moves there"))
        self.told = Label(wrap=True)
        self.pack_button = Button(words.text("Move to another computer…"), icon="usb")
        self.stay_button = Button(words.text("Stay here"), kind="quiet")
        row = in_row((self.told, 1), self.stay_button, self.pack_button, spacing=tokens.SPACE)
        how = words.text(
            "Take along the stick, the sheet with the recovery key and the installer. There: install, “Open a backup”, "
            "then the recovery key. Nothing is entered here any more."
        )
        fill(self.body, row, Label(how, size="small", ink="ink2", wrap=True))

    def refresh(self, moved: str) -> None:
        """moved: when it was packed, "" where it was not."""
        if moved:
            told = words.text("Packed on {moment}. This computer says so before it opens the files.")
            self.told.setText(told.format(moment=formats.moment(datetime.fromisoformat(moved))))
        else:
            self.told.setText(words.text("One file with everything, proven, on a USB stick."))
        self.stay_button.setVisible(bool(moved))


class BackupsSection(Section):
    """Two places, the list of what can be gone back to, and the way to another computer."""

    lock_wanted = Signal()  # what was gone back to is put in place once the shelter is locked

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.here = HereCard()
        self.here.now_button.clicked.connect(self.back_up)
        self.second = SecondCard()
        self.second.choose_button.clicked.connect(self.choose_second_place)
        self.second.stopped.connect(self.stop_second_place)
        self.held = HeldCard(desk)
        self.held.try_button.clicked.connect(self.try_out)
        self.held.password.line.returnPressed.connect(self.try_out)
        self.held.return_button.clicked.connect(self.go_back)
        self.held.confirmed.connect(self.go_back)
        self.elsewhere = ElsewhereCard()
        self.elsewhere.pack_button.clicked.connect(self.pack)
        self.elsewhere.stay_button.clicked.connect(self.stay)
        fill(self.column, self.here, self.second, self.held, self.elsewhere, STRETCH)
        if desk.is_training:  # an exercise moves nowhere
            self.elsewhere.hide()

    def showEvent(self, event: QShowEvent) -> None:
        """Look when it is looked at."""
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Ask for both places in the background, since a stick is slow; nothing while nobody looks."""
        if self.isVisible():
            desk = self.desk
            tasks.run(lambda: (backups.state(desk), backups.held(desk)), self._show, self._say_refused)

    def _say_refused(self, error: ShelterDeskError) -> None:
        self.told.emit(Told("blocked", sentence(error)))

    def _show(self, found: "tuple[State, list[Held]]") -> None:
        state, held = found
        for card in (self.here, self.second):
            card.refresh(state, self.desk.today())
        self.held.show_held(held)
        self.elsewhere.refresh(self.desk.moved)

    # Made ------------------------------------------------------------------------------------------------------------

    @Slot()
    def back_up(self) -> None:
        """Make a backup beside the file, and copy it to the second place where that is there."""
        self._enable(False)
        desk = self.desk
        tasks.run(lambda: _everywhere(desk), self._made, self._failed)

    def _enable(self, on: bool) -> None:
        second, elsewhere = self.second, self.elsewhere
        for button in (self.here.now_button, second.choose_button, second.stop_button, elsewhere.pack_button):
            button.setEnabled(on)

    def _end(self) -> None:
        self._enable(True)
        self.held.set_busy(False)
        self.refresh()

    def _made(self, found: "tuple[BackedUp, ShelterDeskError | None]") -> None:
        self._end()
        made, error = found
        if error is not None:
            self.told.emit(Told("attention", failed(type(error).__name__, "second")))
            return
        told = words.text("Backup proven: {stays} stays, {lines} journal lines, in {file}.")
        counts = made.manifest
        self.told.emit(Told("ok", told.format(stays=counts.counts["stays"], lines=counts.head, file=made.path.name)))

    def _failed(self, error: ShelterDeskError) -> None:
        self._end()
        self._say_refused(error)

    @Slot()
    def choose_second_place(self) -> None:
        """Copy every backup to a folder the person chooses, beginning now."""
        place = files.choose_folder(self, words.text("Where to write the backup"))
        if place is not None:
            self._enable(False)
            desk = self.desk

            def job() -> "tuple[BackedUp, ShelterDeskError | None]":
                backups.choose_second_place(desk, place)
                return _everywhere(desk)

            tasks.run(job, self._made, self._failed)

    @Slot()
    def stop_second_place(self) -> None:
        """From now on there is one place; what lies in the other stays."""
        try:
            backups.choose_second_place(self.desk, None)
        except ShelterDeskError as error:
            self._failed(error)
            return
        self.refresh()
        self.told.emit(Told("ok", words.text("No second place any more. The copies that are there stay.")))

    # Moved -----------------------------------------------------------------------------------------------------------

    @Slot()
    def pack(self) -> None:
        """Write it all on the stick that is chosen."""
        place = files.choose_folder(self, words.text("Where to write the backup"))
        if place is not None:
            self._enable(False)
            tasks.run(partial(another_computer.pack, self.desk, place), self._packed, self._failed)

    def _packed(self, made: "BackedUp") -> None:
        self._end()
        told = words.text("Packed and proven: {file}. From the next opening on, this computer says that it moved.")
        self.told.emit(Told("ok", told.format(file=made.path.name)))

    @Slot()
    def stay(self) -> None:
        """It goes on here after all."""
        try:
            another_computer.stay(self.desk)
        except ShelterDeskError as error:
            self._failed(error)
            return
        self.refresh()
        self.told.emit(Told("ok", words.text("The shelter stays on this computer.")))

    # Gone back to ----------------------------------------------------------------------------------------------------

    @Slot()
    def try_out(self) -> None:
        """Open the backup that is chosen apart and count it."""
        held = self.held.table.current()
        if held is not None:
            self.held.set_busy(True, words.text("The backup is being opened and counted…"))
            job = partial(restoring.try_out, self.desk, held.path, self.held.password.text())
            tasks.run(job, self._tried, self._refused)

    def _tried(self, manifest: "Manifest") -> None:
        self.held.set_busy(False)
        self.held.password.hide()
        told = words.text("{counts}: everything opens.")
        self.held.tell("ok", told.format(counts=backup_words.holds(manifest.counts)))

    def _refused(self, error: ShelterDeskError) -> None:
        self.held.set_busy(False)
        if isinstance(error, WrongPassword):
            self.held.ask_password()
        else:
            self.held.tell("blocked", sentence(error))

    @Slot()
    def go_back(self) -> None:
        """Say what would be lost of the backup that is chosen, then promise it and lock."""
        held = self.held.table.current()
        if held is None or self.held.asks_who_decides():
            return
        approval = self.held.approval
        assert approval is not None  # noqa: S101 it asks by now
        wrong = approval.wrong()
        if wrong is not None:
            refuse(*wrong)
            return
        try:
            lost = sum(backups.since(self.desk, held.manifest).values())
        except ShelterDeskError as error:
            self._failed(error)
            return
        moment = formats.moment(held.manifest.moment)
        effect = words.text(
            "{lines} since are lost. The present state is kept first. The passwords of that day open it."
        )
        told = effect.format(lines=words.count("{n} journal line", "{n} journal lines", lost))
        answer = ask.ask(
            self,
            words.text("Go back to {moment}?").format(moment=moment),
            told if held.is_known else unknown(),
            words.text("Go back to this backup"),
            danger=True,
        )
        if answer is None:
            return
        self._enable(False)
        self.held.set_busy(True, words.text("The present state is being kept, then the backup is made ready…"))
        tasks.run(approval.taken(), partial(self._approved, held.path), self._not_approved)

    def _approved(self, path: Path, approval: "Approval") -> None:
        job = partial(restoring.go_back, self.desk, path, approval, self.held.password.text())
        tasks.run(job, self._went_back, self._not_gone_back)

    def _not_approved(self, error: ShelterDeskError) -> None:
        self._end()
        if self.held.approval is None or not self.held.approval.refuse(error):
            self._refused(error)

    def _went_back(self, _gone: "GoneBack") -> None:
        self.lock_wanted.emit()

    def _not_gone_back(self, error: ShelterDeskError) -> None:
        self._end()
        self._refused(error)


def _everywhere(desk: "Desk") -> "tuple[BackedUp, ShelterDeskError | None]":
    """Here, then in the second place where that is there; what went wrong there leaves the one here proven."""
    made = backups.keep(desk, backups.place_of(desk))
    place = backups.second_place_of(desk)
    if place is not None and place.is_dir():
        try:
            backups.copy_to_second(desk)
        except ShelterDeskError as error:
            return made, error
    return made, None
