"""The services that the shelter added, one more or given no more, and all of them as donors name them."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QStringListModel, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCompleter, QGridLayout, QLineEdit, QWidget

from shelter_desk import words
from shelter_desk.domain import codes, errors
from shelter_desk.domain.assistance.assistance import type_of
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.operations.reports import donor_categories
from shelter_desk.operations.services import service_catalogue
from shelter_desk.operations.services.service_catalogue import ServiceKind
from shelter_desk.ui import tokens
from shelter_desk.ui.forms import code_lists
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.code_lists import CodeField
from shelter_desk.ui.forms.fields import Field, LineField
from shelter_desk.ui.next_turn import in_steps
from shelter_desk.ui.page import Told
from shelter_desk.ui.refusals import refusals_told, refuse
from shelter_desk.ui.settings.section_list import Section
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.flow import row_of
from shelter_desk.ui.widgets.label import Label, empty
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_row, laid_out_once
from shelter_desk.ui.widgets.segments import Switch
from shelter_desk.words.refusals.errors import sentence

if TYPE_CHECKING:
    from shelter_desk.operations.desk import Desk

LINES_A_STEP = 20


class NameLine(QLineEdit):
    """One name; Enter and the arrows go from line to line."""

    stepped = Signal(int)  # 1 down, -1 up

    def __init__(self, called: str, used: QStringListModel) -> None:
        super().__init__()
        self.setAccessibleName(called)
        self.setMaxLength(donor_categories.LONGEST)
        self._used = used

    def focusInEvent(self, event: QFocusEvent) -> None:
        if self.completer() is None:
            completer = QCompleter(self._used, self)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            self.setCompleter(completer)
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Return: 1, Qt.Key.Key_Enter: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        step = steps.get(Qt.Key(event.key()))
        if step is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
            return
        self.stepped.emit(step)


class DonorNamesCard(Card):
    """A donor, then its name for each type and sub-type; a sub-type without one goes under that of its type."""

    told = Signal(object)  # Told

    def __init__(self, desk: "Desk") -> None:
        super().__init__(words.text("Services as each donor names them"))
        self._desk = desk
        self._kept: Mapping[str, str] = {}
        self._of = ""  # the donor whose names stand in the lines
        self._used = QStringListModel(self)
        self.donor = CodeField(words.text("Donor"), "donor")
        self.donor.setFixedWidth(tokens.wide(300))
        self.keep_button = Button(words.text("Save the categories"), "primary", "save", on_click=self.keep)
        self.lines: dict[str, NameLine] = {}
        hint = words.text(
            "Type the donor’s own category beside a service. Beside a group it holds for all its services; "
            "leave empty what this donor does not name."
        )
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(tokens.SPACE_2)
        self._grid.setVerticalSpacing(tokens.SPACE_HALF)
        self._grid.setColumnStretch(1, 1)
        fill(
            self.body,
            Label(hint, size="small", ink="ink2", wrap=True),
            in_row(self.donor, STRETCH, (self.keep_button, 0, Qt.AlignmentFlag.AlignBottom)),
            self._grid,
        )
        self.donor.chosen.connect(self._turn)

    def refresh(self) -> None:
        """Ask again and show; the donor that has names is proposed."""
        if self.donor.value() is None:
            named = donor_categories.donors(self._desk)
            first = next((one.code for one in codes.codes("donor") if one.code in named), "oim")
            self.donor.choose(first)
        self._show()

    def is_editing(self) -> bool:
        """True while a name is typed and not kept."""
        return bool(self.lines) and self.typed() != dict(self._kept)

    def typed(self) -> dict[str, str]:
        """What stands in the lines, empty ones left out."""
        found = {code: " ".join(line.text().split()) for code, line in self.lines.items()}
        return {code: name for code, name in found.items() if name}

    def _show(self) -> None:
        services = donor_categories.services(self._desk)
        if [code for code, _ in services] != list(self.lines):
            with laid_out_once(self._grid):
                for _ in self.make_lines():
                    pass
        self._of = self.donor.value() or ""
        self._kept = donor_categories.categories(self._desk, self._of)
        for code, line in self.lines.items():
            line.setText(self._kept.get(code, ""))
        self._hint()

    def make_lines(self) -> Iterator[None]:
        """The steps of making a line for each service, of which none takes long."""
        empty(self._grid)
        self.lines = {}
        for place, (code, name) in enumerate(donor_categories.services(self._desk)):
            self._put_line(place, code, name)
            if place % LINES_A_STEP == LINES_A_STEP - 1:
                yield

    def _put_line(self, place: int, code: str, name: str) -> None:
        is_type = type_of(code) == code
        label = Label(name, bold=is_type, ink="ink" if is_type else "ink2", wrap=True)
        label.setContentsMargins(0 if is_type else tokens.SPACE_2, tokens.SPACE if is_type else 0, 0, 0)
        label.setMinimumWidth(tokens.wide(260))
        line = self.lines[code] = NameLine(name, self._used)
        line.stepped.connect(self._step)
        line.editingFinished.connect(self._hint)
        self._grid.addWidget(label, place, 0)
        self._grid.addWidget(line, place, 1)

    @Slot()
    def _hint(self) -> None:
        """The names already used are proposed, and an empty sub-type shows under which it goes."""
        typed = self.typed()
        self._used.setStringList(sorted(set(typed.values()), key=codes.folded))
        for code, line in self.lines.items():
            above = typed.get(type_of(code), "")
            is_type = type_of(code) == code
            line.setPlaceholderText(words.text("for the whole group") if is_type else above)

    @Slot(int)
    def _step(self, step: int) -> None:
        every = list(self.lines.values())
        at = next((place for place, line in enumerate(every) if line is self.sender()), 0)
        if 0 <= at + step < len(every):
            every[at + step].setFocus(Qt.FocusReason.TabFocusReason)
            every[at + step].selectAll()
        elif step > 0:
            self.keep_button.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(str)
    def _turn(self, _donor: str) -> None:
        """Another donor; what was typed for the one before is kept first."""
        if self.is_editing():
            self.keep()
        with refusals_told(self.told):
            self._show()

    @Slot()
    def keep(self) -> None:
        """These names for this donor from now on."""
        donor, typed = self._of, self.typed()
        with refusals_told(self.told):
            done = donor_categories.keep(self._desk, donor, typed)
            self._kept = typed
            text = words.text("Categories of {donor} saved.").format(donor=words.label("donor", donor))
            self.told.emit(Told("ok", text, done))


class KindsCard(Card):
    """Added sub-types line by line, a form for one more below them. What was given stays, also of a retired one."""

    told = Signal(object)  # Told

    def __init__(self, desk: "Desk") -> None:
        super().__init__(words.text("Services added by the shelter"))
        self._desk = desk
        self.retire: dict[str, Button] = {}
        self.name = LineField(words.text("Name"), required=True)
        self.parent_type = ChoiceField(words.text("Belongs to"), code_lists.services(), required=True)
        self.unit = LineField(words.text("Counted in"), required=True, placeholder=words.text("session"))
        self.is_group = Switch(words.text("May be given to many at once"))
        self.add_button = Button(words.text("Add the service"), "plain", "plus", on_click=self.add)
        self.fields: dict[str, Field] = {"name": self.name, service_catalogue.LIST: self.parent_type, "unit": self.unit}
        self._lines = QGridLayout()
        self._lines.setHorizontalSpacing(tokens.SPACE_2)
        self._lines.setVerticalSpacing(tokens.SPACE_HALF)
        self._lines.setColumnStretch(0, 1)
        hint = words.text(
            "A service that the list does not have, under one of its groups. It counts in T6 of the report."
        )
        fill(
            self.body,
            Label(hint, size="small", ink="ink2", wrap=True),
            self._lines,
            row_of((self.name, 230), (self.parent_type, 240), (self.unit, 120)),
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
        button = self.retire[one.code] = Button(words.text("Give it no more"), "quiet", on_click=self._retire)
        button.setProperty("code", one.code)
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
            refuse(self.fields.get(error.field, self.name), sentence(error))
        except errors.CodeTaken as error:
            refuse(self.name, sentence(error))
        except ShelterDeskError as error:
            self.told.emit(Told("blocked", sentence(error)))
        else:
            self.name.set_text("")
            self.unit.set_text("")
            text = words.text("“{name}” is in the list of services.").format(name=made.label(words.language()))
            self.told.emit(Told("ok", text))
            self.refresh()

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
        in_steps(self, self.names.make_lines())

    def refresh(self) -> None:
        self.kinds.refresh()
        self.names.refresh()

    def is_editing(self) -> bool:
        return self.kinds.is_editing() or self.names.is_editing()
