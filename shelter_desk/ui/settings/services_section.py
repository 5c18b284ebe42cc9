"""The services that the shelter added, and all of them as donors name them.

The sub-types of services that the shelter added: one more, or one that is given no more.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from shelter_desk import words
from shelter_desk.domain import codes, errors
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.operations.services import service_catalogue
from shelter_desk.operations.services.service_catalogue import ServiceKind
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.fields import Field, LineField
from shelter_desk.ui.page import Told
from shelter_desk.ui.refusals import refusals_told
from shelter_desk.ui.settings.donor_names_card import DonorNamesCard
from shelter_desk.ui.settings.section_list import Section
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import Label, empty
from shelter_desk.ui.widgets.layouts import fill
from shelter_desk.ui.widgets.segments import Switch
from shelter_desk.words.refusals.errors import sentence

if TYPE_CHECKING:
    from shelter_desk.operations.desk import Desk


class KindsCard(Card):
    """Added sub-types line by line, a form for one more below them. What was given stays, also of a retired one."""

    told = Signal(object)  # Told

    def __init__(self, desk: "Desk") -> None:
        super().__init__(words.text("Services added by the shelter"))
        self._desk = desk
        self.retire: dict[str, Button] = {}
        types = [
            (one.code, words.label(service_catalogue.LIST, one.code))
            for one in codes.codes(service_catalogue.LIST)
            if not one.parent
        ]
        self.name = LineField(words.text("Name"), required=True)
        self.parent_type = ChoiceField(words.text("Belongs to"), types, required=True)
        self.unit = LineField(words.text("Counted in"), required=True, placeholder=words.text("session"))
        self.is_group = Switch(words.text("May be given to many at once"))
        self.add_button = Button(words.text("Add the service"), "plain", "plus", on_click=self.add)
        self.fields: dict[str, Field] = {"name": self.name, service_catalogue.LIST: self.parent_type, "unit": self.unit}
        self._lines = QGridLayout()
        self._lines.setHorizontalSpacing(tokens.SPACE_2)
        self._lines.setVerticalSpacing(tokens.SPACE_HALF)
        self._lines.setColumnStretch(0, 1)
        row = Flow()
        for field, width in ((self.name, 230), (self.parent_type, 240), (self.unit, 120)):
            field.setFixedWidth(tokens.wide(width))
            row.add(field)
        hint = words.text(
            "A service that the list does not have, under one of its groups. It counts in T6 of the report."
        )
        fill(
            self.body,
            Label(hint, size="small", ink="ink2", wrap=True),
            self._lines,
            row,
            self.is_group,
            (self.add_button, 0, Qt.AlignmentFlag.AlignLeft),
        )

    def refresh(self) -> None:
        """Ask again and show."""
        empty(self._lines)
        self.retire = {}
        for one in service_catalogue.all_kinds(self._desk).values():
            if one.is_local:
                self._line(one)

    def _line(self, one: ServiceKind) -> None:
        row = self._lines.rowCount()
        told = words.text("{name}, {unit}").format(name=one.label(words.language()), unit=one.unit)
        self._lines.addWidget(Label(told, ink="ink" if one.active else "ink3", wrap=True), row, 0)
        self._lines.addWidget(Label(words.label(service_catalogue.LIST, one.parent), ink="ink2"), row, 1)
        if not one.active:
            self._lines.addWidget(Label(words.text("given no more"), ink="ink3"), row, 2)
            return
        button = self.retire[one.code] = Button(words.text("Give it no more"), "quiet")
        button.setProperty("code", one.code)
        button.clicked.connect(self._retire)
        self._lines.addWidget(button, row, 2)

    def is_editing(self) -> bool:
        """True while a service is typed and not added."""
        return bool(self.name.text() or self.unit.text())

    @Slot()
    def add(self) -> None:
        """One more service, or what is wrong beside its field."""
        for field in self.fields.values():
            field.clear()
        parent, name, unit = self.parent_type.value() or "", self.name.text(), self.unit.text()
        try:
            made = service_catalogue.add_kind(self._desk, parent, name, unit, self.is_group.isChecked())
        except (errors.Missing, errors.NotInList) as error:
            self._refuse(self.fields.get(error.field, self.name), error)
        except errors.CodeTaken as error:
            self._refuse(self.name, error)
        except ShelterDeskError as error:
            self.told.emit(Told("blocked", sentence(error)))
        else:
            self.name.set_text("")
            self.unit.set_text("")
            text = words.text("“{name}” is in the list of services.").format(name=made.label(words.language()))
            self.told.emit(Told("ok", text))
            self.refresh()

    def _refuse(self, field: Field, error: ShelterDeskError) -> None:
        field.set_error(sentence(error))
        field.setFocus()

    @Slot()
    def _retire(self) -> None:
        button = self.sender()
        with refusals_told(self.told):
            service_catalogue.retire_kind(self._desk, str(button.property("code")))
            self.told.emit(Told("ok", words.text("The service is given no more; what was given stays.")))
            self.refresh()


class ServicesSection(Section):
    """Two cards that keep themselves."""

    def __init__(self, desk: "Desk", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.kinds, self.names = KindsCard(desk), DonorNamesCard(desk)
        for card in (self.kinds, self.names):
            card.told.connect(self.told)
            self.column.addWidget(card)
        self.column.addStretch(1)

    def refresh(self) -> None:
        self.kinds.refresh()
        self.names.refresh()

    def is_editing(self) -> bool:
        return self.kinds.is_editing() or self.names.is_editing()
