"""A name hidden until it is asked for; it hides again by itself, and is not shown while names are masked.

Parents and the numbers by which others know the person are seen and hidden with it.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from shelter_desk import words
from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.residents.residents import Names
from shelter_desk.operations.residents import names as operations
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.locking.clipboard import may_hold_a_name
from shelter_desk.ui.page import names_masked_around
from shelter_desk.ui.refusals import refusals_told
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.label import IconLabel, Label
from shelter_desk.ui.widgets.layouts import in_column, in_row

if TYPE_CHECKING:
    from shelter_desk.operations.desk import Desk

NAME_SHOWN_MS = 30_000


class NameOnDemand(QWidget):
    """One row: the name or that it is hidden, and the button. It is not there for a role that may not read this name.

    hinted: says beside the button that the name hides again and that the journal keeps the reading.
    """

    told = Signal(object)  # Told

    def __init__(self, desk: "Desk", hinted: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._hinted = desk, hinted
        self._person: PersonId | None = None
        self._is_known = False
        self._is_masked = False
        self.icon = IconLabel("eye-off", "ink2")
        self.name = Label(ink="ink2", wrap=not hinted)
        self.button = Button("", icon="eye" if hinted else None, on_click=self.show_name)
        self.button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hint = Label(size="small", ink="ink2", wrap=True)
        self.hide_timer = QTimer(self, singleShot=True, interval=NAME_SHOWN_MS)
        self.hide_timer.timeout.connect(self.hide_name)
        self.others = Label(wrap=True)
        gap = tokens.SPACE if hinted else tokens.SPACE_HALF
        row = in_row(self.icon, (self.name, 0 if hinted else 1), self.button, (self.hint, 1), spacing=gap)
        in_column(row, self.others, within=self, spacing=tokens.SPACE_HALF)
        self.hint.setVisible(hinted)
        self.hide_name()

    def show_person(self, person: PersonId, is_known: bool) -> None:
        """Be about that person; a name shown of another one is hidden. is_known: whether the file holds a name."""
        is_another = person != self._person
        self._person, self._is_known = person, is_known
        may_read = operations.may_read(self._desk, person)
        self.setVisible(may_read)
        if is_another or not (is_known and may_read and self.hide_timer.isActive()):
            self.hide_name()

    @Slot()
    def show_name(self) -> None:
        """Show the name for 30 seconds, or hide it; the journal keeps that it was read."""
        if self._is_masked or self._person is None:
            return
        if self.hide_timer.isActive():
            self.hide_name()
            return
        with refusals_told(self.told):
            names = operations.read(self._desk, self._person)
            self.name.setText(full_name(names) or words.text("Name not known"))
            self.others.setText(other_names(names))
            self.others.setVisible(bool(self.others.text()))
            self.name.set_ink("ink")
            self.icon.show_icon("eye", "ink2")
            self._word(words.text("Hide the name"), "eye-off")
            self.hide_timer.start()

    @Slot()
    def hide_name(self) -> None:
        """Hide the name again."""
        self.hide_timer.stop()
        hidden = words.text("Names are masked") if self._is_masked else words.text("Name hidden")
        self.name.setText(hidden if self._is_known else words.text("Name not known"))
        self.name.set_ink("ink2")
        self.others.clear()
        self.others.hide()
        self.icon.show_icon("eye-off", "ink2")
        self._word(words.text("Show the name"), "eye")
        self.button.setVisible(self._is_known)
        self.button.setEnabled(not self._is_masked)
        masked = words.text("Turn off “Mask names” to show one.")
        hint = words.text("The name hides after 30 seconds. Showing it is written to the journal.")
        self.button.setToolTip(masked if self._is_masked else "")
        self.hint.setText(masked if self._is_masked else hint)
        self.hint.setVisible(self._hinted and self._is_known)

    def _word(self, text: str, icon: str) -> None:
        self.button.setText(text)
        if self._hinted:
            self.button.set_icon(icon)

    def mask_names(self, on: bool) -> None:
        """Hide the name at once and show none while on."""
        if on != self._is_masked:
            self._is_masked = on
            self.hide_name()

    def showEvent(self, event: QShowEvent) -> None:
        """A row made while names are masked learns it here."""
        super().showEvent(event)
        self.mask_names(names_masked_around(self))


class NameField(LineField):
    """A part of a name being typed, or how to reach somebody: dots while names are masked.

    What is copied from it is forgotten soon. Whatever goes into a sealed name or contact is typed into one; a test
    walks through the forms.
    """

    def __init__(self, label: str, required: bool = False, key: str = "") -> None:
        super().__init__(label, required, key=key)
        may_hold_a_name(self.line)

    def mask_names(self, on: bool) -> None:
        """Dots in place of letters while on."""
        self.line.setEchoMode(QLineEdit.EchoMode.Password if on else QLineEdit.EchoMode.Normal)
        self.line.setToolTip(words.text("Names are masked") if on else "")

    def showEvent(self, event: QShowEvent) -> None:
        """A field made while names are masked learns it here."""
        super().showEvent(event)
        self.mask_names(names_masked_around(self))


def full_name(names: Names) -> str:
    """`Prénom Nom (surnom)`, what there is of it."""
    both = " ".join(part for part in (names.first_name, names.last_name) if part)
    if not names.alias:
        return both
    return f"{both} ({names.alias})" if both else names.alias


def other_names(names: Names) -> str:
    """Parents and numbers, what there is of them; a number of a partner with whose it is."""
    said = [
        (words.text("mother: {name}"), names.mother_name),
        (words.text("father: {name}"), names.father_name),
        (words.text("paper register {name}"), names.paper_no),
        (words.text("IOM {name}"), names.iom_no),
    ]
    parts = [text.format(name=name) for text, name in said if name]
    if names.partner_no:
        of = names.partner_no_of or words.text("partner")
        parts.append(words.text("{partner}: {number}").format(partner=of, number=names.partner_no))
    return " · ".join(parts)
