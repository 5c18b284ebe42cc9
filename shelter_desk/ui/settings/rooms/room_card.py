"""The form of one room: code, name, kind, who it is for, surface, accessible."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.beds.beds import Room
from shelter_desk.domain.errors import RuleBroken, ShelterDeskError
from shelter_desk.domain.ids import RoomId
from shelter_desk.operations.beds import beds as operations
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.code_lists import CodeField
from shelter_desk.ui.forms.fields import Field, LineField
from shelter_desk.ui.page import Told
from shelter_desk.ui.refusals import refuse
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.words import field_labels, formats
from shelter_desk.words.refusals.errors import sentence

if TYPE_CHECKING:
    from shelter_desk.operations.desk import Desk

LARGEST = 1000.0


class RoomFormCard(Card):
    """Shows a room, or an empty form for a new one."""

    told = Signal(object)  # Told
    kept = Signal(str)  # code of the room

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(words.text("Room"), "", parent=parent)
        self._desk = desk
        self._room: Room | None = None
        self.code = LineField(words.text("Code"), required=True)
        self.name = LineField(field_labels.label("name"), required=True)
        self.choices = {
            key: CodeField(field_labels.label(key), key, required=True) for key in ("room_type", "sex_rule", "age_rule")
        }
        self.surface = LineField(field_labels.label("surface_m2"), placeholder=words.text("optional"))
        self._fields: dict[str, Field] = {"room_code": self.code, "name": self.name, "surface_m2": self.surface}
        self._fields |= self.choices
        self.accessible = QCheckBox(words.text("Accessible with a wheelchair"))
        self.keep_button = Button(words.text("Save the room"), kind="primary", icon="save", on_click=self.keep)
        for line in (self.code, self.name, self.surface):
            line.line.returnPressed.connect(self.keep)
        grid = QGridLayout()
        grid.setHorizontalSpacing(tokens.SPACE_2)
        grid.setVerticalSpacing(tokens.SPACE_PANEL)
        across = 3 if tokens.wide(10) < 12 else 2  # two columns from 120 % on
        grid.addWidget(self.code, 0, 0)
        grid.addWidget(self.name, 0, 1, 1, across - 1)
        below, free = Qt.AlignmentFlag.AlignBottom, Qt.AlignmentFlag(0)
        rest: list[tuple[QWidget, Qt.AlignmentFlag]] = [(field, free) for field in self.choices.values()]
        rest += [
            (self.surface, free),
            (self.accessible, below),
            (self.keep_button, below | Qt.AlignmentFlag.AlignRight),
        ]
        for place, (widget, alignment) in enumerate(rest):
            grid.addWidget(widget, 1 + place // across, place % across, alignment)
        for column in range(across):
            grid.setColumnStretch(column, 1)
        self.body.addLayout(grid)

    def show_room(self, room: Room | None) -> None:
        """Show that room, or an empty form."""
        self._room = room
        self.title.setText(words.text("New room") if room is None else words.text("Room"))
        for field in self._fields.values():
            field.clear()
        self.code.set_text("" if room is None else room.code)
        self.name.set_text("" if room is None else room.name)
        for key, choice in self.choices.items():
            choice.choose(None if room is None else getattr(room, key))
        self.surface.set_text(_surface(room))
        self.accessible.setChecked(bool(room and room.accessible))

    def set_first(self) -> None:
        """Put the focus on the code."""
        self.code.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def is_editing(self) -> bool:
        """True while what is typed differs from what is kept."""
        room = self._room
        if room is None:
            return bool(self.code.text() or self.name.text())
        typed = (self.code.text(), self.name.text(), *(choice.value() for choice in self.choices.values()))
        kept = (room.code, room.name, room.room_type, room.sex_rule, room.age_rule)
        differs = self.surface.text() != _surface(room) or self.accessible.isChecked() != bool(room.accessible)
        return typed != kept or differs

    @Slot()
    def keep(self) -> None:
        """Save the room, or say beside its field what does not do."""
        for field in self._fields.values():
            field.clear()
        surface = _read(self.surface.text())
        if surface is None and self.surface.text():
            refuse(self.surface, words.text("A number of square metres, such as 24,5."))
            return
        former = self._room
        accessible = True if self.accessible.isChecked() else (None if former is None else former.accessible and False)
        kind, sex, age = (choice.code() for choice in self.choices.values())
        key = RoomId(0) if former is None else former.id
        room = Room(key, self.code.text(), self.name.text(), kind, sex, age, surface, accessible)
        try:
            done = operations.keep_room(self._desk, room)
        except RuleBroken as error:
            named = error.field if isinstance(error, errors.Missing | errors.NotInList) else ""
            refuse(self._fields.get(named, self.code), sentence(error))
        except ShelterDeskError as error:
            self.told.emit(Told("blocked", sentence(error)))
        else:
            self._room = room
            self.told.emit(Told("ok", words.text("Room {code} saved.").format(code=room.code), done))
            self.kept.emit(room.code)


def _surface(room: Room | None) -> str:
    if room is None or room.surface_m2 is None:
        return ""
    return formats.number(room.surface_m2, 1) if room.surface_m2 % 1 else formats.number(room.surface_m2)


def _read(typed: str) -> float | None:
    try:
        surface = float(typed.replace("\u202f", "").replace(" ", "").replace(",", "."))
    except ValueError:
        return None
    return surface if 0 < surface <= LARGEST else None
