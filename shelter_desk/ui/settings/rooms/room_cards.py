"""The form of one room, and its beds: several added in one go, one changed, one taken out of service from a day on.

Bed codes typed in one go: `A1..A8`, `1A à 1F`, `A1, A2, B7`.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.beds.beds import Bed, Room
from shelter_desk.domain.errors import RuleBroken, ShelterDeskError
from shelter_desk.domain.ids import RoomId
from shelter_desk.domain.moments import plain
from shelter_desk.operations.beds import beds as operations
from shelter_desk.operations.beds import first_day
from shelter_desk.operations.desk import Done
from shelter_desk.ui import tokens
from shelter_desk.ui.forms import code_lists
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.code_lists import CodeField
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.fields import Field, LineField
from shelter_desk.ui.lists.table import TableView
from shelter_desk.ui.lists.table_rows import TableColumn, TableRows
from shelter_desk.ui.page import Told
from shelter_desk.ui.refusals import refuse
from shelter_desk.ui.widgets.beds_since import BedsSince
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.label import RuleLine
from shelter_desk.ui.widgets.layouts import fill, in_column
from shelter_desk.words import field_labels, formats
from shelter_desk.words.beds import first_days
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


MOST = 99
_RANGE = re.compile(r"(.*?)\s*(?:\.\.+|…|\bà\b|\bto\b)\s*(.*)")
_NUMBERED = re.compile(r"(.*?)(\d+)")
_LETTERED = re.compile(r"(.*?)([A-Za-z])")


def read_codes(typed: str) -> list[str]:
    """The codes meant, in order; nothing where a part cannot be read or means more than 99 beds."""
    codes: list[str] = []
    for part in filter(None, map(str.strip, re.split(r"[,;\n]", typed))):
        match = _RANGE.fullmatch(part)
        ends = (match.group(1).strip(), match.group(2).strip()) if match is not None else None
        found = [part] if ends is None else _counted(*ends) or _spelled(*ends)
        if not found:
            return []
        codes += found
    return codes if len(codes) <= MOST else []


def _counted(first: str, last: str) -> list[str]:
    """`A1..A8` and `A01..A12`, also `A1..8`."""
    start, end = _NUMBERED.fullmatch(first), _NUMBERED.fullmatch(last)
    if start is None or end is None or end.group(1) not in ("", start.group(1)):
        return []
    low, high, width = int(start.group(2)), int(end.group(2)), len(start.group(2))
    if not low <= high < low + MOST:
        return []
    return [f"{start.group(1)}{number:0{width}d}" for number in range(low, high + 1)]


def _spelled(first: str, last: str) -> list[str]:
    """`1A..1F`, also `1A..F`."""
    start, end = _LETTERED.fullmatch(first), _LETTERED.fullmatch(last)
    if start is None or end is None or end.group(1) not in ("", start.group(1)):
        return []
    low, high = ord(start.group(2)), ord(end.group(2))
    return [f"{start.group(1)}{chr(letter)}" for letter in range(low, high + 1)] if low <= high < low + 26 else []


class BedsCard(Card):
    """A table of the beds, the chosen one below it, and the line that adds more."""

    told = Signal(object)  # Told
    kept = Signal()
    bed_chosen = Signal(object)  # Bed

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(words.text("Beds"), "", parent=parent)
        self._desk = desk
        self._room: Room | None = None
        self._bed: Bed | None = None
        kinds = code_lists.of("bed_type")
        self.rows: TableRows[Bed] = TableRows(
            [
                TableColumn(words.text("Bed"), lambda bed: bed.code, bold=True),
                TableColumn(words.text("Kind"), lambda bed: words.label("bed_type", bed.bed_type)),
                TableColumn(words.text("In service since"), lambda bed: first_days.bed_since(bed.in_service_from)),
                TableColumn(
                    words.text("Out of service since"),
                    lambda bed: "" if bed.in_service_to is None else formats.moment(bed.in_service_to),
                ),
            ]
        )
        self.table = TableView(self.rows)
        self.table.setAccessibleName(words.text("Beds"))
        self.table.setMinimumHeight(tokens.high(32) * 4)
        self.table.selected.connect(self._chosen)
        self.code = LineField(words.text("Code"), required=True)
        self.kind = ChoiceField(words.text("Kind"), kinds, required=True)
        self.change_button = Button(words.text("Save the bed"), icon="save", on_click=self.change)
        self.until = DayField(words.text("Out of service from"), desk.today(), kind="ahead")
        told = words.text("Take out of service")
        self.retire_button = Button(told, kind="danger", icon="octagon", on_click=self.retire)
        self.new_codes = LineField(words.text("New beds"), placeholder=words.text("A1..A8, or A1, A2, B7"))
        self.new_kind = ChoiceField(words.text("Kind"), kinds, "simple")
        self.since = BedsSince(words.text("Since when are these beds there?"), desk.today(), desk.today())
        self.add_button = Button(words.text("Add the beds"), icon="plus", on_click=self.add)
        self.new_codes.line.returnPressed.connect(self.add)
        self.code.line.returnPressed.connect(self.change)
        fill(self.body, _row((self.new_codes, self.new_kind, self.add_button)), self.since, RuleLine(), (self.table, 1))
        self._editor = QWidget()
        chosen = _row((self.code, self.kind, self.change_button, self.until, self.retire_button))
        chosen.setContentsMargins(0, 0, 0, 0)
        self._editor.setLayout(chosen)
        self.body.addWidget(self._editor)

    def show_beds(self, room: Room, beds: list[Bed]) -> None:
        """Show the beds of that room; the chosen one stays chosen."""
        self._room = room
        wanted = self._bed.id if self._bed is not None else None
        self.rows.show(beds)
        self.secondary.setText(words.count("{n} bed", "{n} beds", len(beds)))
        place = next((at for at, bed in enumerate(beds) if bed.id == wanted), 0)
        self._bed = None
        if beds:
            self.table.go_to(place)
            self._chosen(beds[place])
        self._editor.setVisible(bool(beds))
        self.new_codes.clear()
        if not self.new_codes.text():
            self.since.set_day(first_day.read(self._desk).of_new)

    @Slot(object)
    def _chosen(self, bed: Bed | None) -> None:
        if bed is None:
            return
        self._bed = bed
        self.bed_chosen.emit(bed)
        for field in (self.code, self.kind, self.until):
            field.clear()
        self.code.set_text(bed.code)
        self.kind.choose(bed.bed_type)
        self.until.set_day(bed.in_service_to.date() if bed.in_service_to is not None else None)
        self.retire_button.setEnabled(bed.in_service_to is None)
        self.until.setEnabled(bed.in_service_to is None)

    def is_editing(self) -> bool:
        """True while something typed is not kept yet."""
        bed = self._bed
        changed = bed is not None and (self.code.text(), self.kind.value()) != (bed.code, bed.bed_type)
        return self.isVisible() and (bool(self.new_codes.text()) or changed)

    @Slot()
    def add(self) -> None:
        """Put the beds typed into service."""
        self.new_codes.clear()
        wanted = read_codes(self.new_codes.text())
        since = self.since.checked(may_be_to_come=True)
        if self._room is None or since is None:
            return
        if not wanted:
            refuse(self.new_codes, words.text("Type codes as A1..A8, or one by one with commas, 99 at most."))
            return
        try:
            kind = self.new_kind.value() or "simple"
            done = operations.add_beds(self._desk, self._room.id, wanted, kind, plain(since))
        except RuleBroken as error:
            refuse(self.new_codes, sentence(error))
        except ShelterDeskError as error:
            self.told.emit(Told("blocked", sentence(error)))
        else:
            self.new_codes.set_text("")
            self._keep(done, words.count("{n} bed added.", "{n} beds added.", len(wanted)))

    @Slot()
    def change(self) -> None:
        """Save code and kind of the chosen bed."""
        self.code.clear()
        if self._bed is not None:
            changed = replace(self._bed, code=self.code.text(), bed_type=self.kind.value() or self._bed.bed_type)
            self._change(changed, self.code, words.text("Bed {code} saved.").format(code=changed.code))

    @Slot()
    def retire(self) -> None:
        """Take the chosen bed out of service from the day typed."""
        self.until.clear()
        day = self.until.day()
        if self._bed is None:
            return
        if day is None:
            refuse(self.until, words.text("Type the day as 03/12/2026."))
            return
        retired = replace(self._bed, in_service_to=plain(day))
        told = words.text("Bed {code} is out of service from {day} on.")
        self._change(retired, self.until, told.format(code=retired.code, day=formats.day(day)))

    def _change(self, bed: Bed, field: Field, told: str) -> None:
        try:
            done = operations.change_bed(self._desk, bed)
        except errors.RuleBroken as error:
            refuse(field, sentence(error))
        except ShelterDeskError as error:
            self.told.emit(Told("blocked", sentence(error)))
        else:
            self._bed = bed
            self._keep(done, told)

    def _keep(self, done: Done, told: str) -> None:
        self.told.emit(Told("ok", told, done))
        self.kept.emit()


def _row(widgets: Sequence[QWidget]) -> QGridLayout:
    """Fields and buttons in one row, the buttons level with the editors."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(tokens.SPACE)
    grid.setVerticalSpacing(tokens.SPACE_PANEL)
    across = len(widgets) if tokens.wide(10) < 12 else 2  # two columns from 120 % on
    for place, widget in enumerate(widgets):
        line, column = place // across, place % across
        if isinstance(widget, Field):
            grid.addWidget(widget, line, column, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(column, 1)
        else:
            above = QWidget()
            in_column(widget, within=above, margins=(0, tokens.metrics("small").height() + tokens.SPACE_HALF, 0, 0))
            grid.addWidget(above, line, column, Qt.AlignmentFlag.AlignTop)
    return grid
