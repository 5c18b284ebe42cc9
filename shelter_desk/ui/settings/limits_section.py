"""Limits, delays and norms that rules, reports and screens go by (field 10), one card for each subject."""

from collections.abc import Iterator, Mapping
from datetime import time
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.settings import (
    FIRST_SUBJECTS,
    OFF,
    ON,
    SETTINGS,
    Setting,
    Subject,
    bounds,
    chosen,
    is_right,
    usual,
)
from shelter_desk.operations import settings
from shelter_desk.ui import tokens
from shelter_desk.ui.forms import code_lists
from shelter_desk.ui.forms.code_lists import Ticks
from shelter_desk.ui.forms.day_fields import ClockField
from shelter_desk.ui.forms.fields import Field, LineField, NumberField
from shelter_desk.ui.next_turn import later
from shelter_desk.ui.page import Told
from shelter_desk.ui.refusals import refusals_told, refuse
from shelter_desk.ui.settings.section_list import Section
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_column, in_row, keep_room
from shelter_desk.ui.widgets.segments import Switch
from shelter_desk.words import settings as setting_words

if TYPE_CHECKING:
    from shelter_desk.operations.desk import Desk

Editor = NumberField | LineField | ClockField | Switch | Ticks
_FIELD, _BACK = 366, 110
_ROWS_A_STEP = 3


class SettingRow(QWidget):
    """The editor at left, its sentence beside it, and a button that types the usual value again."""

    changed = Signal()

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setting = SETTINGS[key]
        self.editor = _editor(self.setting)
        self.back = Button(words.text("Back to usual"), "quiet", on_click=self._go_back)
        self.back.setAccessibleName(words.text("Back to usual: {setting}").format(setting=setting_words.label(key)))
        if isinstance(self.editor, Switch):
            self.editor.toggled.connect(self._typed)
        else:
            self.editor.changed.connect(self._typed)
        usually = setting_words.usual(self.setting)
        told = words.text("{change} {usual}").format(change=setting_words.change(key), usual=usually)
        row = in_row(spacing=tokens.SPACE_2)
        whole = in_column(within=self, spacing=tokens.SPACE_HALF)
        if isinstance(self.editor, Ticks):  # as wide as the card, its sentence below
            whole.addWidget(self.editor)
        else:
            self.editor.setFixedWidth(tokens.wide(_FIELD))
            row.addWidget(self.editor, 0, Qt.AlignmentFlag.AlignTop)
        self.back.setFixedWidth(tokens.wide(_BACK))
        keep_room(self.back)
        middle = Qt.AlignmentFlag.AlignVCenter
        fill(row, (Label(told, size="small", ink="ink2", wrap=True), 1, middle), (self.back, 0, middle))
        whole.addLayout(row)

    def show_kept(self, kept: str) -> None:
        """Show what is kept, as it is kept."""
        editor = self.editor
        if isinstance(editor, NumberField):
            editor.set_number(int(kept) if kept else None)
        elif isinstance(editor, LineField):
            editor.set_text(setting_words.value(self.setting, kept))
        elif isinstance(editor, ClockField):
            editor.set_clock(time.fromisoformat(kept))
        elif isinstance(editor, Switch):
            editor.setChecked(kept == ON)
        else:
            editor.choose(chosen({self.setting.key: kept}, self.setting.key))
        self._typed()

    def typed(self) -> str | None:
        """What is typed, as it would be kept; None while it cannot be."""
        editor, typed = self.editor, ""
        if isinstance(editor, NumberField):
            number = editor.number()
            typed = editor.line.text().strip() if number is None else str(number)
        elif isinstance(editor, LineField):
            typed = editor.text().replace(",", ".")
        elif isinstance(editor, ClockField):
            clock = editor.clock()
            typed = "" if clock is None else clock.strftime("%H:%M")
        elif isinstance(editor, Switch):
            typed = ON if editor.isChecked() else OFF
        else:
            typed = ";".join(editor.values())
        right = is_right(self.setting, typed) or (self.setting.may_be_empty and not typed)
        return typed if right else None

    def refuse(self) -> None:
        """Say beside the editor what does not do."""
        if not isinstance(self.editor, Field):
            return
        told = words.text("A number from {least} to {most}.")
        if self.setting.kind == "hour":
            told = words.text("An hour, as 21:00.")
        elif self.setting.kind == "codes":
            told = words.text("Choose at least one.")
        least, most = f"{self.setting.least:.15g}", f"{self.setting.most:.15g}"
        refuse(self.editor, told.format(least=least, most=most))

    @Slot()
    def _go_back(self) -> None:
        self.show_kept(usual(self.setting))
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _typed(self) -> None:
        if isinstance(self.editor, Field) and self.editor.state() != "normal" and self.typed() is not None:
            self.editor.clear()
        self.back.setVisible(not self.setting.may_be_empty and self.typed() != usual(self.setting))
        self.changed.emit()


def _editor(setting: Setting) -> Editor:
    label = setting_words.label(setting.key)
    if setting.kind == "whole":
        least, most = bounds(setting.key)
        return NumberField(label, least, most, unit=setting_words.unit(setting.unit))
    if setting.kind == "decimal":
        return LineField(words.text("{label}, {unit}").format(label=label, unit=setting_words.unit(setting.unit)))
    if setting.kind == "hour":
        return ClockField(label)
    if setting.kind == "switch":
        return Switch(label)
    return Ticks(label, code_lists.of(setting.chosen_from))


EXPLAINED: Mapping[Subject, str] = {"house": "normes", "identification": "cadre_de_reference"}  # topics of help cards


class LimitsSection(Section):
    """The cards are made when the section is first shown: there are many of them."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.cards: dict[Subject, SubjectCard] = {}
        self._steps: Iterator[None] | None = None

    def showEvent(self, event: QShowEvent) -> None:
        if self._steps is None:
            self._make()
        super().showEvent(event)

    def _make(self) -> None:
        told = words.text("No legal number was found for most of these: set what your shelter and partners agreed on.")
        self.column.addWidget(Label(told, ink="ink2", wrap=True))
        self.column.addStretch(1)
        self._steps = self._make_cards()
        self._go_on()

    def _go_on(self) -> None:
        """The next step; another follows once the window has painted."""
        if self._steps is not None and next(self._steps, self) is not self:
            later(self, self._go_on)

    def _make_cards(self) -> Iterator[None]:
        for subject in FIRST_SUBJECTS:
            card = SubjectCard(self.desk, subject)
            yield from card.make_rows()
            card.told.connect(self.told)
            if subject in EXPLAINED:
                card.explain(EXPLAINED[subject])
            self.column.insertWidget(self.column.count() - 1, card)
            with refusals_told(self.told):
                card.show_kept(dict(settings.kept(self.desk)))
            self.cards[subject] = card
            yield

    def refresh(self) -> None:
        kept = settings.kept(self.desk) if self.cards else {}
        for card in self.cards.values():
            if not card.is_editing():
                card.show_kept(dict(kept))

    def is_editing(self) -> bool:
        return any(card.is_editing() for card in self.cards.values())


class SubjectCard(Card):
    """The settings of one subject; its button keeps what was changed in it, in one act.

    Those with a card of their own stand there: the hours of notes, the steps of an admission. Its rows come with
    `make_rows`.
    """

    told = Signal(object)  # Told

    def __init__(self, desk: "Desk", subject: Subject) -> None:
        super().__init__(setting_words.subject(subject))
        self._desk = desk
        self._kept: dict[str, str] = {}
        self.rows: dict[str, SettingRow] = {}
        self._keys = [key for key, one in SETTINGS.items() if one.subject == subject and not one.has_own_card]
        self.keep_button = Button(words.text("Save"), icon="save", on_click=self.keep)
        self.keep_button.setAccessibleName(words.text("Save: {subject}").format(subject=setting_words.subject(subject)))
        self.body.addLayout(in_row(STRETCH, self.keep_button))

    def make_rows(self) -> Iterator[None]:
        """Make them, a few each step."""
        for place, key in enumerate(self._keys):
            if place % _ROWS_A_STEP == 0:
                yield
            row = self.rows[key] = SettingRow(key)
            row.changed.connect(self._typed)
            self.body.insertWidget(self.body.count() - 1, row)

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
