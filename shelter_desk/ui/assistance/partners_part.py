"""The directory of providers: typed by the shelter, changed in place of the list.

One structure of the directory: its name, what it is, where, whom to ask for, what it does.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QWidget

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.assistance.referrals import Partner
from shelter_desk.domain.ids import PartnerId
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.assistance import partners
from shelter_desk.operations.desk import Desk
from shelter_desk.ui import tokens
from shelter_desk.ui.forms import code_lists
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.code_lists import CodeField, Ticks
from shelter_desk.ui.forms.fields import Field, LineField
from shelter_desk.ui.lists.list_page import ListRoom
from shelter_desk.ui.lists.table_rows import BY_TEXT, TableColumn
from shelter_desk.ui.page import Told
from shelter_desk.ui.widgets.empty import Empty
from shelter_desk.ui.widgets.layouts import STRETCH, in_row
from shelter_desk.words import referrals as referral_words


class PartnerForm(ActForm):
    """Name and type are required. partner: the one to change, None for a new one."""

    def __init__(self, desk: Desk, partner: Partner | None) -> None:
        title = words.text("New provider") if partner is None else partner.name
        super().__init__(desk, title, words.text("Save"), "check")
        one = partner or Partner(PartnerId(0), "", "")
        self._id = one.id
        self.name = LineField(words.text("Name"), required=True, key="partner_name", text=one.name)
        self.kind = CodeField(words.text("Type of structure"), "partner_type", one.partner_type or None, required=True)
        self.town = LineField(words.text("Town"), text=one.town)
        self.phone = LineField(words.text("Telephone"), text=one.phone)
        self.hours = LineField(words.text("Opening hours"), text=one.opening_hours)
        hint = words.text("papers, fees, ages received")
        self.conditions = LineField(words.text("Conditions"), placeholder=hint, text=one.conditions)
        hint = words.text("person to ask for")
        self.contact = LineField(words.text("Contact"), placeholder=hint, text=one.contact)
        self.offered = Ticks(words.text("Services offered"), code_lists.services(), one.services_offered)
        self.active = QCheckBox(words.text("Still worked with"))
        self.active.setChecked(one.is_active)
        self.row((self.name, 420), (self.kind, 340), (self.town, 220))
        self.row((self.phone, 220), (self.hours, 260), (self.contact, 300))
        self.row((self.conditions, 420))
        self.add(self.offered, self.active)
        if self._id:
            self.explain(words.text("A new name also goes to the referrals and consents that name this provider."))

    def act(self) -> Told:
        partner = Partner(
            self._id,
            self.name.text(),
            self.kind.code(),
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

    def field_of(self, error: errors.RuleBroken) -> Field:
        """The name where it is about no other field: it is taken already."""
        key = error.field if isinstance(error, errors.Missing | errors.NotInList) else "partner_name"
        return self.fields.get(key, self.name)


def _columns() -> list[TableColumn[Partner]]:
    return [
        TableColumn(
            words.text("Name"),
            lambda one: one.name,
            lambda one: one.name.casefold(),
            bold=True,
            taken_as="partner_name",
        ),
        TableColumn(
            words.text("Type of structure"),
            lambda one: words.label("partner_type", one.partner_type),
            BY_TEXT,
            taken_as="partner_type",
        ),
        TableColumn(words.text("Town"), lambda one: one.town, lambda one: one.town.casefold(), taken_as="town"),
        TableColumn(
            words.text("Contact"), lambda one: ", ".join(filter(None, (one.phone, one.contact))), taken_as="phone"
        ),
        TableColumn(
            words.text("Services offered"),
            lambda one: code_lists.labels("service_type", one.services_offered),
            taken_as="services_offered",
        ),
        TableColumn(
            words.text("State"),
            lambda one: words.text("Active") if one.is_active else words.text("No longer used"),
            lambda one: not one.is_active,
        ),
    ]


class PartnersPart(ListRoom[Partner]):
    """The list with a search; Enter on a row opens its form."""

    of_persons = False
    opens_beside = False
    hides_head = True
    takes = ("annuaire", "partenaires")
    edited_as = "partners"
    form: PartnerForm | None

    def __init__(self, desk: Desk) -> None:
        first = words.text("Add a provider…") if desk.may(Permission.ASSIST) else None
        told = words.text("Providers you refer residents to: health, legal aid, police, IOM. None is shipped.")
        empty = Empty("two-people", words.text("The directory is empty"), told, first)
        super().__init__(desk, _columns(), words.text("Providers"), empty)
        self.search = LineField(words.text("Search the directory"))
        self.search.setMaximumWidth(tokens.wide(320))
        self.search.changed.connect(self.show_lines)
        self.add_button = self.begin_button(words.text("Add a provider…"), may=desk.may(Permission.ASSIST))
        add = self.add_button, 0, Qt.AlignmentFlag.AlignBottom
        self.lay_out(in_row((self.search, 1), STRETCH, add))

    def ask(self) -> Sequence[Partner]:
        return partners.partners(self.desk)

    def filtered(self) -> Sequence[Partner]:
        wanted = self.search.text().casefold()
        return sorted((one for one in self.lines if wanted in _said(one)), key=lambda one: not one.is_active)

    def key_of(self, line: Partner) -> int:
        return line.id

    def first_of_list(self) -> QWidget:
        return self.search

    def sentence(self, error: errors.ShelterDeskError) -> str:
        return referral_words.sentence(error)

    def open_at(self, at: str) -> None:
        """That structure: its form where it may be changed, else its line alone."""
        self.ask_first()
        found = self.line_of(at)
        if found is not None:
            self.search.set_text(found.name)
            self.show_lines()
            self.table.go_to(0)
            self.edit(found)

    def form_of(self, line: Partner | None) -> tuple[PartnerForm, str] | None:
        if not self.desk.may(Permission.ASSIST):
            return None
        return PartnerForm(self.desk, line), "new" if line is None else str(line.id)


def _said(one: Partner) -> str:
    return " ".join((one.name, one.town, words.label("partner_type", one.partner_type))).casefold()
