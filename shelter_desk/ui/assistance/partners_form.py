"""One structure of the directory: its name, what it is, where, whom to ask for, what it does."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.ids import PartnerId
from shelter_desk.domain.referrals import Partner
from shelter_desk.operations import partners
from shelter_desk.operations.desk import Desk
from shelter_desk.ui import tokens
from shelter_desk.ui.page import Told
from shelter_desk.ui.referring import lists
from shelter_desk.ui.referring.ticks import Ticks
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.choice_field import ChoiceField
from shelter_desk.ui.widgets.fields import Field, LineField
from shelter_desk.ui.widgets.label import Label
from shelter_desk.words import referrals as referral_words


class PartnerForm(QWidget):
    """Name and type are required; Ctrl+Enter saves. partner: the one to change, None for a new one."""

    told = Signal(object)  # Told
    acted = Signal()

    def __init__(self, desk: Desk, partner: Partner | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        one = partner or Partner(PartnerId(0), "", "")
        self._id = one.id
        self.name = LineField(words.text("Name"), required=True)
        self.name.set_text(one.name)
        self.kind = ChoiceField(
            words.text("Type of structure"), lists.of("partner_type"), one.partner_type or None, required=True
        )
        self.town = LineField(words.text("Town"))
        self.town.set_text(one.town)
        self.phone = LineField(words.text("Telephone"))
        self.phone.set_text(one.phone)
        self.hours = LineField(words.text("Opening hours"))
        self.hours.set_text(one.opening_hours)
        self.conditions = LineField(words.text("Conditions"), placeholder=words.text("papers, fees, ages received"))
        self.conditions.set_text(one.conditions)
        self.contact = LineField(words.text("Contact"), placeholder=words.text("person to ask for"))
        self.contact.set_text(one.contact)
        self.offered = Ticks(words.text("Services offered"), lists.services(), one.services_offered)
        self.active = QCheckBox(words.text("Still worked with"))
        self.active.setChecked(one.is_active)
        self.fields: dict[str, Field] = {"partner_name": self.name, "partner_type": self.kind}
        self.verb = Button(words.text("Save"), "primary", "check", words.text("Ctrl+Enter"))
        self.verb.clicked.connect(self.go)
        hint = words.text("A new name also goes to the referrals and consents that name this provider.")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(tokens.SPACE_PANEL)
        reached = (self.phone, self.hours, self.conditions, self.contact)
        for widget in (self.name, self.kind, self.town, *reached, self.offered, self.active):
            whole.addWidget(widget)
        if self._id:
            whole.addWidget(Label(hint, size="small", ink="ink2", wrap=True))
        whole.addWidget(self.verb)

    def begin(self) -> None:
        """Put the focus where typing begins."""
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def go(self) -> None:
        """Save, or say what is wrong."""
        for field in self.fields.values():
            field.clear()
        partner = Partner(
            self._id,
            self.name.text(),
            self.kind.value() or "",
            self.town.text(),
            self.contact.text(),
            self.offered.values(),
            self.active.isChecked(),
            self.phone.text(),
            self.hours.text(),
            self.conditions.text(),
        )
        try:
            done = partners.keep_partner(self._desk, partner)
        except errors.RuleBroken as error:
            key = error.field if isinstance(error, errors.Missing | errors.NotInList) else "partner_name"
            field = self.fields.get(key, self.name)
            field.set_error(referral_words.sentence(error))
            field.setFocus(Qt.FocusReason.OtherFocusReason)
        except errors.ShelterDeskError as error:
            self.told.emit(Told("blocked", referral_words.sentence(error)))
        else:
            self.told.emit(Told("ok", words.text("Provider {name} saved.").format(name=partner.name), done))
            self.acted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.go()
            return
        super().keyPressEvent(event)
