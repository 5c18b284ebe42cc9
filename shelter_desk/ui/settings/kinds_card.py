"""Sub-types of services of the shelter's own (F72): listed, added under a type of the list, retired."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain import codes
from shelter_desk.domain.errors import Missing, NotInList, RuleBroken, ShelterDeskError
from shelter_desk.operations import kinds
from shelter_desk.operations.kinds import Kind
from shelter_desk.ui import tokens
from shelter_desk.ui.page import Told
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.choice_field import ChoiceField
from shelter_desk.ui.widgets.emptying import empty
from shelter_desk.ui.widgets.fields import LineField
from shelter_desk.ui.widgets.label import Label
from shelter_desk.words.errors import sentence

if TYPE_CHECKING:
    from shelter_desk.operations.desk import Desk


class KindsCard(Card):
    """One line for each, the retired ones last and grey; below them what a new one is called and where it belongs."""

    told = Signal(object)  # Told

    def __init__(self, desk: "Desk") -> None:
        super().__init__(words.text("Services of this shelter"))
        self._desk = desk
        self.buttons: dict[str, Button] = {}
        types = [(one.code, words.label(kinds.LIST, one.code)) for one in codes.codes(kinds.LIST) if not one.parent]
        self.name = LineField(words.text("Name"), required=True)
        self.parent_type = ChoiceField(words.text("Belongs to"), types, required=True)
        self.unit = LineField(words.text("Counted in"), required=True)
        self.unit.set_text(words.text("session"))
        self.add_button = Button(words.text("Add"), "plain", "plus")
        self.add_button.setAccessibleName(words.text("Add a kind of service"))
        self.add_button.clicked.connect(self.add)
        self._list = QWidget()
        self._lines = QVBoxLayout(self._list)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(tokens.SPACE_HALF)
        told = words.text("Added to the list of the program. What was given under a retired one stays.")
        self.body.addWidget(Label(told, size="small", ink="ink2", wrap=True))
        self.body.addWidget(self._list)
        row = QHBoxLayout()
        row.setSpacing(tokens.SPACE)
        for field, width in ((self.name, 260), (self.parent_type, 260), (self.unit, 140)):
            field.setFixedWidth(tokens.wide(width))
            row.addWidget(field)
        row.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignBottom)
        row.addStretch(1)
        self.body.addLayout(row)

    def look(self) -> None:
        """Ask again and show."""
        self.buttons = {}
        empty(self._lines)
        own = [one for one in kinds.all_kinds(self._desk).values() if one.is_local]
        for one in sorted(own, key=lambda one: not one.active):
            self._lines.addWidget(self._line(one))
        if not own:
            self._lines.addWidget(Label(words.text("None yet."), ink="ink2"))

    def _line(self, one: Kind) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(tokens.SPACE)
        name = one.label(words.language())
        row.addWidget(Label(name, bold=one.active, ink="ink" if one.active else "ink2"))
        told = words.text("{type}, counted in: {unit}")
        row.addWidget(Label(told.format(type=words.label(kinds.LIST, one.parent), unit=one.unit), ink="ink2"), 1)
        if not one.active:
            row.addWidget(Label(words.text("retired"), size="small", ink="ink2"))
            return made
        button = self.buttons[one.code] = Button(words.text("Retire"), "quiet")
        button.setAccessibleName(words.text("Retire: {name}").format(name=name))
        button.setProperty("kind_code", one.code)
        button.clicked.connect(self._retire)
        row.addWidget(button)
        return made

    def is_editing(self) -> bool:
        """True while a name is typed and not added."""
        return bool(self.name.text().strip())

    @Slot()
    def add(self) -> None:
        """Put it on the list, or say beside its field what does not do."""
        for field in (self.name, self.parent_type, self.unit):
            field.clear()
        try:
            made = kinds.add_kind(self._desk, self.parent_type.value() or "", self.name.text(), self.unit.text())
        except RuleBroken as error:
            self._refuse(error)
            return
        except ShelterDeskError as error:
            self.told.emit(Told("blocked", sentence(error)))
            return
        self.name.set_text("")
        self.look()
        told = words.text("“{name}” is in the list of services.").format(name=made.label(words.language()))
        self.told.emit(Told("ok", told))
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _refuse(self, error: RuleBroken) -> None:
        field: LineField | ChoiceField = self.name
        if isinstance(error, NotInList):
            field = self.parent_type
            error = Missing("service_type") if not self.parent_type.value() else error
        elif isinstance(error, Missing) and error.field == "unit":
            field = self.unit
        field.set_error(sentence(error))
        field.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _retire(self) -> None:
        try:
            kinds.retire_kind(self._desk, str(self.sender().property("kind_code")))
        except ShelterDeskError as error:
            self.told.emit(Told("blocked", sentence(error)))
            return
        self.look()
        self.told.emit(Told("ok", words.text("It is given no more; what was given stays.")))
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)
