"""Limits, delays and norms that rules, reports and screens go by (field 10), one card for each subject."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.settings import FIRST_SUBJECTS, SETTINGS, Subject, usual
from shelter_desk.operations import settings
from shelter_desk.ui.page import Told
from shelter_desk.ui.refusals import refusals_told
from shelter_desk.ui.settings.section_list import Section
from shelter_desk.ui.settings.setting_row import SettingRow
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.label import Label
from shelter_desk.words import settings as said

if TYPE_CHECKING:
    from shelter_desk.operations.desk import Desk

EXPLAINED: Mapping[Subject, str] = {"house": "normes", "identification": "cadre_de_reference"}  # topics of help cards


class LimitsSection(Section):
    """The cards are made when the section is first shown: there are many of them."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.cards: dict[Subject, SubjectCard] = {}

    def showEvent(self, event: QShowEvent) -> None:
        if not self.cards:
            self._make()
        super().showEvent(event)

    def _make(self) -> None:
        told = words.text("No legal number was found for most of these: set what your shelter and partners agreed on.")
        self.column.addWidget(Label(told, ink="ink2", wrap=True))
        for subject in FIRST_SUBJECTS:
            card = self.cards[subject] = SubjectCard(self.desk, subject)
            card.told.connect(self.told)
            if subject in EXPLAINED:
                card.explain(EXPLAINED[subject])
            self.column.addWidget(card)
        self.column.addStretch(1)
        self.refresh()

    def refresh(self) -> None:
        kept = settings.kept(self.desk) if self.cards else {}
        for card in self.cards.values():
            if not card.is_editing():
                card.show_kept(dict(kept))

    def is_editing(self) -> bool:
        return any(card.is_editing() for card in self.cards.values())


class SubjectCard(Card):
    """The settings of one subject; its button keeps what was changed in it, in one act.

    Those with a card of their own stand there: the hours of notes, the steps of an admission.
    """

    told = Signal(object)  # Told

    def __init__(self, desk: "Desk", subject: Subject) -> None:
        super().__init__(said.subject(subject))
        self._desk = desk
        self._kept: dict[str, str] = {}
        self.rows = {
            key: SettingRow(key) for key, one in SETTINGS.items() if one.subject == subject and not one.has_own_card
        }
        self.keep_button = Button(words.text("Save"), icon="save", on_click=self.keep)
        self.keep_button.setAccessibleName(words.text("Save: {subject}").format(subject=said.subject(subject)))
        for row in self.rows.values():
            row.changed.connect(self._typed)
            self.body.addWidget(row)
        self.body.addWidget(self.keep_button, 0, Qt.AlignmentFlag.AlignLeft)

    def show_kept(self, kept: dict[str, str]) -> None:
        """Show what is kept, what was never set as it usually is."""
        self._kept = {key: kept.get(key, usual(row.setting)) for key, row in self.rows.items()}
        for key, row in self.rows.items():
            row.show_kept(self._kept[key])
        self._typed()

    def is_editing(self) -> bool:
        """True while something typed is not kept yet."""
        return any(row.typed() != self._kept.get(key) for key, row in self.rows.items()) if self._kept else False

    @Slot()
    def _typed(self) -> None:
        self.keep_button.setEnabled(self.is_editing())

    @Slot()
    def keep(self) -> None:
        """Keep what was changed, or say beside each what does not do."""
        wrong = [row for row in self.rows.values() if row.typed() is None]
        for row in reversed(wrong):
            row.refuse()
        if wrong:
            return
        typed = {key: row.typed() or "" for key, row in self.rows.items()}
        changed = {key: value for key, value in typed.items() if value != self._kept[key]}
        with refusals_told(self.told):
            done = settings.keep(self._desk, changed)
            self._kept = typed
            self._typed()
            self.told.emit(Told("ok", words.text("Settings saved."), done))
