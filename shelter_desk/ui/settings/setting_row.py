"""One setting: its editor, what it changes and what it usually is, and the way back to that."""

from datetime import time

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain import settings
from shelter_desk.domain.settings import SETTINGS, Setting
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.day_fields import ClockField
from shelter_desk.ui.forms.fields import Field, LineField, NumberField
from shelter_desk.ui.referring import code_lists
from shelter_desk.ui.referring.code_lists import Ticks
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.segments import Switch
from shelter_desk.words import settings as said

Editor = NumberField | LineField | ClockField | Switch | Ticks
_FIELD, _BACK = 350, 110


class SettingRow(QWidget):
    """The editor at left, its sentence beside it, and a button that types the usual value again."""

    changed = Signal()

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setting = SETTINGS[key]
        self.editor = _editor(self.setting)
        self.back = Button(words.text("Back to usual"), "quiet", on_click=self._go_back)
        self.back.setAccessibleName(words.text("Back to usual: {setting}").format(setting=said.label(key)))
        if isinstance(self.editor, Switch):
            self.editor.toggled.connect(self._typed)
        else:
            self.editor.changed.connect(self._typed)
        told = words.text("{change} {usual}").format(change=said.change(key), usual=said.usual(self.setting))
        row = QHBoxLayout()
        row.setSpacing(tokens.SPACE_2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(tokens.SPACE_HALF)
        if isinstance(self.editor, Ticks):  # as wide as the card, its sentence below
            whole.addWidget(self.editor)
        else:
            self.editor.setFixedWidth(tokens.wide(_FIELD))
            row.addWidget(self.editor, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Label(told, size="small", ink="ink2", wrap=True), 1, Qt.AlignmentFlag.AlignVCenter)
        self.back.setFixedWidth(tokens.wide(_BACK))
        kept_free = self.back.sizePolicy()
        kept_free.setRetainSizeWhenHidden(True)
        self.back.setSizePolicy(kept_free)
        row.addWidget(self.back, 0, Qt.AlignmentFlag.AlignVCenter)
        whole.addLayout(row)

    def show_kept(self, kept: str) -> None:
        """Show what is kept, as it is kept."""
        editor = self.editor
        if isinstance(editor, NumberField):
            editor.set_number(int(kept) if kept else None)
        elif isinstance(editor, LineField):
            editor.set_text(said.value(self.setting, kept))
        elif isinstance(editor, ClockField):
            editor.set_clock(time.fromisoformat(kept))
        elif isinstance(editor, Switch):
            editor.setChecked(kept == settings.ON)
        else:
            editor.choose(settings.chosen({self.setting.key: kept}, self.setting.key))
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
            typed = settings.ON if editor.isChecked() else settings.OFF
        else:
            typed = ";".join(editor.values())
        right = settings.is_right(self.setting, typed) or (self.setting.may_be_empty and not typed)
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
        self.editor.set_error(told.format(least=least, most=most))
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _go_back(self) -> None:
        self.show_kept(settings.usual(self.setting))
        self.editor.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _typed(self) -> None:
        if isinstance(self.editor, Field) and self.editor.state() != "normal" and self.typed() is not None:
            self.editor.clear()
        self.back.setVisible(not self.setting.may_be_empty and self.typed() != settings.usual(self.setting))
        self.changed.emit()


def _editor(setting: Setting) -> Editor:
    label = said.label(setting.key)
    if setting.kind == "whole":
        least, most = settings.bounds(setting.key)
        return NumberField(label, least, most, unit=said.unit(setting.unit))
    if setting.kind == "decimal":
        return LineField(words.text("{label}, {unit}").format(label=label, unit=said.unit(setting.unit)))
    if setting.kind == "hour":
        return ClockField(label)
    if setting.kind == "switch":
        return Switch(label)
    return Ticks(label, code_lists.of(setting.chosen_from))
