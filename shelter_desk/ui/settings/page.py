"""The settings page: one section at a time."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.changes import Changes
from shelter_desk.ui import tokens
from shelter_desk.ui.page import Page, Told
from shelter_desk.ui.settings.backups_section import BackupsSection
from shelter_desk.ui.settings.display_section import DisplaySection
from shelter_desk.ui.settings.rooms_section import RoomsSection
from shelter_desk.ui.settings.section import Section
from shelter_desk.ui.settings.security_section import SecuritySection
from shelter_desk.ui.settings.shelter_section import ShelterSection
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.segments import Segments

if TYPE_CHECKING:
    from shelter_desk.operations.desk import Desk


class SettingsPage(Page):
    """Shelter, rooms and beds, security, display."""

    preferences_changed = Signal()  # language or theme of this computer

    concerns = Changes(rooms=True, settings=True)

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setProperty("role", "page")
        self.shelter = ShelterSection(desk)
        self.rooms = RoomsSection(desk)
        self.backups = BackupsSection(desk)
        self.security = SecuritySection(desk)
        self.display = DisplaySection(desk)
        self._sections: dict[str, Section | RoomsSection] = {
            "shelter": self.shelter,
            "rooms": self.rooms,
            "backups": self.backups,
            "security": self.security,
            "display": self.display,
        }
        self.choice = Segments(
            (
                ("shelter", words.text("Shelter")),
                ("rooms", words.text("Rooms and beds")),
                ("backups", words.text("Backups")),
                ("security", words.text("Security")),
                ("display", words.text("Display")),
            ),
            "shelter",
            words.text("Section"),
        )
        self.choice.chosen.connect(self.open)
        self.setFocusProxy(self.choice)
        self._stack = QStackedWidget()
        for section in self._sections.values():
            section.told.connect(self._tell)
            self._stack.addWidget(section)
        self.display.preferences_changed.connect(self.preferences_changed)
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(tokens.SPACE_2, tokens.SPACE_PANEL, tokens.SPACE_2, tokens.SPACE)
        head.setSpacing(tokens.SPACE_2)
        head.addWidget(Label(words.text("Settings"), size="title", bold=True))
        head.addWidget(self.choice)
        head.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(self._stack, 1)

    @Slot(str)
    def open(self, key: str) -> None:
        """Show that section."""
        if self.choice.value() != key:
            self.choice.choose(key)
        self._stack.setCurrentWidget(self._sections[key])

    def look(self) -> None:
        for section in (self.shelter, self.rooms, self.backups):
            if not section.is_editing():
                section.look()

    def is_editing(self) -> bool:
        section = self._stack.currentWidget()
        return any(section is one and one.is_editing() for one in self._sections.values())

    @Slot(object)
    def _tell(self, told: Told) -> None:
        self.told.emit(told)
