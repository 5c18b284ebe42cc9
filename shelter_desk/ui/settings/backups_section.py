"""Backups: how old the last proven one is, one now, one on a USB stick."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.operations import backups
from shelter_desk.ui import tasks, tokens
from shelter_desk.ui.page import Told
from shelter_desk.ui.settings.section import Section
from shelter_desk.ui.widgets import files
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.label import IconLabel, Label
from shelter_desk.words.backups import age_of
from shelter_desk.words.errors import sentence

if TYPE_CHECKING:
    from shelter_desk.operations.backups import BackedUp
    from shelter_desk.operations.desk import Desk


class BackupsSection(Section):
    """The age of the last backup and the two ways to make another."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.age = Label(wrap=True)
        self._icon = IconLabel("shield", "ok", 20)
        self.now_button = Button(words.text("Back up now"), kind="primary", icon="save")
        self.now_button.clicked.connect(self.back_up)
        self.stick_button = Button(words.text("Back up on a USB stick…"), icon="usb")
        self.stick_button.clicked.connect(self.back_up_elsewhere)
        self._lay_out()
        self.look()

    def _lay_out(self) -> None:
        card = Card(words.text("Backups"))
        state, buttons = QHBoxLayout(), QHBoxLayout()
        for row in (state, buttons):
            row.setSpacing(tokens.SPACE)
        state.addWidget(self._icon)
        state.addWidget(self.age, 1)
        buttons.addWidget(self.now_button)
        buttons.addWidget(self.stick_button)
        buttons.addStretch(1)
        card.body.addLayout(state)
        card.body.addLayout(buttons)
        for told in (
            words.text("Each backup is opened and counted before it is called good. It is encrypted like the file."),
            words.text("Seven days, four weeks and twelve months are kept; older ones go by themselves."),
            words.text("Keep one outside this building: a stick in another safe place."),
        ):
            card.body.addWidget(Label(told, size="small", ink="ink2", wrap=True))
        self.column.addWidget(card)
        self.column.addStretch(1)

    def look(self) -> None:
        """Say how old the last proven backup of this computer is."""
        told, is_old = age_of(backups.latest(backups.place_of(self.desk)), self.desk.today())
        self.age.setText(told)
        self._icon.show_icon("triangle" if is_old else "shield", "attention" if is_old else "ok")

    @Slot()
    def back_up(self) -> None:
        """Make a backup beside the file."""
        self._make(backups.place_of(self.desk))

    @Slot()
    def back_up_elsewhere(self) -> None:
        """Make a backup in a folder the person chooses."""
        place = files.choose_folder(self, words.text("Where to write the backup"))
        if place is not None:
            self._make(place)

    def _make(self, place: Path) -> None:
        self.now_button.setEnabled(False)
        self.stick_button.setEnabled(False)
        desk = self.desk
        tasks.run(lambda: backups.keep(desk, place), self._made, self._failed)

    def _made(self, made: "BackedUp") -> None:
        self._end()
        told = words.text("Backup proven: {stays} stays, {lines} journal lines, in {file}.")
        counts = made.manifest
        self.told.emit(Told("ok", told.format(stays=counts.counts["stays"], lines=counts.head, file=made.path.name)))

    def _failed(self, error: ShelterDeskError) -> None:
        self._end()
        self.told.emit(Told("blocked", sentence(error)))

    def _end(self) -> None:
        self.now_button.setEnabled(True)
        self.stick_button.setEnabled(True)
        self.look()
