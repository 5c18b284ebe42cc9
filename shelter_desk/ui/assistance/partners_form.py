"""One structure of the directory: its name, what it is, where, whom to ask for, what it does."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QWidget

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.assistance.referrals import Partner
from shelter_desk.domain.ids import PartnerId
from shelter_desk.operations.assistance import partners
from shelter_desk.operations.desk import Desk
from shelter_desk.ui import tokens
from shelter_desk.ui.forms import drafting
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.page import Told
from shelter_desk.ui.referring import lists
from shelter_desk.ui.referring.ticks import Ticks
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import Label
from shelter_desk.words import referrals as referral_words


class PartnerForm(ActForm):
    """Name and type are required. partner: the one to change, None for a new one."""

    def __init__(self, desk: Desk, partner: Partner | None) -> None:
        title = words.text("New provider") if partner is None else partner.name
        super().__init__(desk, title, words.text("Save"), "check")
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
        self.fields = {"partner_name": self.name, "partner_type": self.kind}
        self._row((self.name, 420), (self.kind, 340), (self.town, 220))
        self._row((self.phone, 220), (self.hours, 260), (self.contact, 300))
        self._row((self.conditions, 420))
        for widget in (self.offered, self.active):
            self.body.addWidget(widget)
        hint = words.text("A new name also goes to the referrals and consents that name this provider.")
        if self._id:
            self.body.addWidget(Label(hint, size="small", ink="ink2", wrap=True))
        self.drafted = drafting.editors_of(self)

    def _row(self, *fields: tuple[QWidget, int]) -> None:
        row = Flow()
        for field, width in fields:
            field.setFixedWidth(tokens.wide(width))
            row.add(field)
        self.body.addLayout(row)

    def act(self) -> Told:
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
        done = partners.keep_partner(self.desk, partner)
        return Told("ok", words.text("Provider {name} saved.").format(name=partner.name), done)

    def sentence(self, error: errors.ShelterDeskError) -> str:
        return referral_words.sentence(error)

    def refuse(self, error: errors.RuleBroken) -> None:
        """Beside the name where it is about no other field: it is taken already."""
        key = error.field if isinstance(error, errors.Missing | errors.NotInList) else "partner_name"
        field = self.fields.get(key, self.name)
        field.set_error(self.sentence(error))
        field.setFocus(Qt.FocusReason.OtherFocusReason)
