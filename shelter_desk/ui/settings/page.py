"""The settings page: one section at a time, and only those the role may see."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from shelter_desk import words
from shelter_desk.domain.changes import Changes
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.choice_field import ChoiceBox
from shelter_desk.ui.next_turn import NextTurn, over_turns
from shelter_desk.ui.page import Page
from shelter_desk.ui.refusals import refusals_told
from shelter_desk.ui.settings.accounts_section import PeopleSection
from shelter_desk.ui.settings.backups_section import BackupsSection
from shelter_desk.ui.settings.journal_section import JournalSection
from shelter_desk.ui.settings.limits_section import LimitsSection
from shelter_desk.ui.settings.own_sections import AccountSection, DisplaySection, HelpSection
from shelter_desk.ui.settings.recipients_section import RecipientsSection
from shelter_desk.ui.settings.retention.retention_section import RetentionSection
from shelter_desk.ui.settings.rooms.rooms_section import RoomsSection
from shelter_desk.ui.settings.section_list import Section, SectionList, offered
from shelter_desk.ui.settings.security_section import SecuritySection
from shelter_desk.ui.settings.services_section import ServicesSection
from shelter_desk.ui.settings.shelter_section import ShelterSection
from shelter_desk.ui.settings.targets_section import TargetsSection
from shelter_desk.ui.settings.updates_section import UpdatesSection
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import in_column, in_row

if TYPE_CHECKING:
    from shelter_desk.operations.desk import Desk
    from shelter_desk.operations.drafts import Draft

AnySection = Section | RoomsSection | RecipientsSection
_MADE: "Mapping[str, Callable[[Desk, QWidget], AnySection]]" = {
    "shelter": ShelterSection,
    "limits": LimitsSection,
    "rooms": RoomsSection,
    "services": ServicesSection,
    "targets": TargetsSection,
    "recipients": RecipientsSection,
    "people": PeopleSection,
    "backups": BackupsSection,
    "updates": UpdatesSection,
    "retention": RetentionSection,
    "journal": JournalSection,
    "security": SecuritySection,
    "account": AccountSection,
    "display": DisplaySection,
    "help": HelpSection,
}


class SettingsPage(Page):
    """Shelter, rooms and beds, people, backups, security; for everybody their account and the display.

    The section of each key is an attribute of that name, made when it is first asked for; it is missing where the role
    may not see it.
    """

    preferences_changed = Signal()  # language or theme of this computer
    lock_wanted = Signal()

    concerns = Changes(rooms=True, settings=True)

    shelter: ShelterSection
    limits: LimitsSection
    rooms: RoomsSection
    services: ServicesSection
    targets: TargetsSection
    recipients: RecipientsSection
    people: PeopleSection
    backups: BackupsSection
    updates: UpdatesSection
    journal: JournalSection
    retention: RetentionSection
    security: SecuritySection
    account: AccountSection
    display: DisplaySection
    help: HelpSection

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setProperty("role", "page")
        shown = offered(desk)
        self._offered = [one.key for one in shown]
        self._sections: dict[str, AnySection] = {}  # those that were opened
        # a list beside the sections; a box above them from 120 % on, where the list would take their room
        if not tokens.is_large():
            self.choice: SectionList | ChoiceBox = SectionList(shown, words.text("Section"))
        else:
            self.choice = ChoiceBox([(one.key, one.word) for one in shown])
            self.choice.setAccessibleName(words.text("Section"))
            self.choice.setMinimumWidth(tokens.wide(260))
        self.choice.choose(shown[0].key)
        self.choice.chosen.connect(self._chosen)
        self.setFocusProxy(self.choice)
        self._stack = QStackedWidget()
        self._stale = set(self._offered)  # those that have to look again once they are opened
        head = in_row(
            Label(words.text("Settings"), size="title", bold=True),
            spacing=tokens.SPACE_2,
            margins=(tokens.SPACE_2, tokens.SPACE_PANEL, tokens.SPACE_2, tokens.SPACE_HALF),
        )
        row = in_row(spacing=0)
        (row if isinstance(self.choice, SectionList) else head).addWidget(self.choice)
        head.addStretch(1)
        row.addWidget(self._stack, 1)
        in_column(head, (row, 1), within=self, spacing=0)
        self._stack.setCurrentWidget(self._section(shown[0].key))

    def __getattr__(self, key: str) -> AnySection:
        """The section of that key, made when it is first asked for."""
        if key not in self.__dict__.get("_offered", ()):
            raise AttributeError(key)
        return self._section(key)

    def _section(self, key: str) -> AnySection:
        if key not in self._sections:
            self._take_in(key, _MADE[key](self.desk, self._stack))
        return self._sections[key]

    def _take_in(self, key: str, made: AnySection) -> None:
        self._sections[key] = made
        self._follow(made)
        self._stack.addWidget(made)
        if self.names_masked:
            self.mask_names(True)

    def _follow(self, section: AnySection) -> None:
        """What is wanted in a section is wanted of the page."""
        section.told.connect(self.told)
        if isinstance(section, RoomsSection) and section.intake is not None:
            section.intake.wanted.connect(self.import_wanted)
            section.intake.edit_wanted.connect(self.excel_wanted)
        elif isinstance(section, RecipientsSection):
            section.draft_found.connect(self.draft_found)
        elif isinstance(section, PeopleSection):
            section.lock_wanted.connect(self.lock_wanted)
            section.keys_change_wanted.connect(self.keys_change_wanted)
        elif isinstance(section, BackupsSection):
            section.lock_wanted.connect(self.lock_wanted)
        elif isinstance(section, UpdatesSection):
            section.close_wanted.connect(self._close)
        elif isinstance(section, DisplaySection):
            section.preferences_changed.connect(self.preferences_changed)

    @Slot(str)
    def _chosen(self, key: str) -> None:
        """Show it; made first where it never was, then read, as each of the three takes long."""
        if key in self._offered and key not in self._sections:
            over_turns(self, partial(self._show_made, key), _MADE[key], self.desk, self._stack)
        else:
            self.open(key)

    def _show_made(self, key: str, made: AnySection) -> None:
        if key in self._sections:  # asked for otherwise meanwhile
            made.deleteLater()
        else:
            self._take_in(key, made)
        NextTurn(self, partial(self._read, key))

    def _read(self, key: str) -> None:
        self._refresh(key)
        NextTurn(self, partial(self._show_read, key))

    def _show_read(self, key: str) -> None:
        if self.choice.value() == key:  # no other was opened meanwhile
            self.open(key)

    @Slot(str)
    def open(self, key: str) -> None:
        """Show that section; nothing happens where the role has none of that name."""
        if key not in self._offered:
            return
        section = self._section(key)  # before it is chosen, which would make another one
        if self.choice.value() != key:
            self.choice.choose(key)
        self._stack.setCurrentWidget(section)
        if isinstance(section, JournalSection):
            self._stale.discard(key)  # it reads itself as it is shown
        self._refresh(key)

    def refresh(self) -> None:
        """The section that is shown looks again now, each other one when it is opened."""
        self._stale = set(self._offered)
        self._refresh(self.choice.value() or "")

    def _refresh(self, key: str) -> None:
        section = self._sections.get(key)
        if key in self._stale and section is not None and not section.is_editing():
            with refusals_told(self.told):
                section.refresh()
                self._stale.discard(key)

    @Slot()
    def _close(self) -> None:
        """The program, so that its files can be replaced."""
        self.window().close()

    def resume(self, draft: "Draft") -> None:
        """Open the form of the directory that this draft fills."""
        self.open("recipients")
        if "recipients" in self._offered:
            self.recipients.resume(draft)

    def is_editing(self) -> bool:
        section = self._stack.currentWidget()
        return any(section is one and one.is_editing() for one in self._sections.values())
