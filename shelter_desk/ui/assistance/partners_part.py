"""The directory of providers: typed by the shelter, changed beside the list."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.referrals import Partner
from shelter_desk.domain.rights import Permission
from shelter_desk.operations import partners
from shelter_desk.operations.desk import Desk
from shelter_desk.ui import tokens
from shelter_desk.ui.assistance.partners_form import PartnerForm
from shelter_desk.ui.page import Told
from shelter_desk.ui.parts import PartFace
from shelter_desk.ui.referring import lists
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.empty import Empty
from shelter_desk.ui.widgets.fields import LineField
from shelter_desk.ui.widgets.panel import SidePanel
from shelter_desk.ui.widgets.table import Column, Rows, Table
from shelter_desk.words import referrals as referral_words


def _columns() -> list[Column[Partner]]:
    return [
        Column(words.text("Name"), lambda one: one.name, lambda one: one.name.casefold(), bold=True),
        Column(words.text("Type of structure"), lambda one: words.label("partner_type", one.partner_type), _type_of),
        Column(words.text("Town"), lambda one: one.town, lambda one: one.town.casefold()),
        Column(words.text("Contact"), _reached),
        Column(words.text("Services offered"), lambda one: lists.labels("service_type", one.services_offered)),
        Column(words.text("State"), _state, lambda one: not one.is_active),
    ]


def _reached(one: Partner) -> str:
    return ", ".join(filter(None, (one.phone, one.contact)))


def _type_of(one: Partner) -> str:
    return words.label("partner_type", one.partner_type)


def _state(one: Partner) -> str:
    return words.text("Active") if one.is_active else words.text("No longer used")


class PartnersPart(PartFace):
    """The list with a search, and a form beside it; Enter on a row opens it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._partners: list[Partner] = []
        self.form: PartnerForm | None = None
        self.search = LineField(words.text("Search the directory"))
        self.search.changed.connect(self._typed)
        self.add_button = Button(words.text("Add a provider…"), "primary", "plus")
        self.add_button.clicked.connect(self.add)
        self.rows: Rows[Partner] = Rows(_columns())
        self.table = Table(self.rows)
        self.table.setAccessibleName(words.text("Providers"))
        self.table.opened.connect(self.change)
        self.panel = SidePanel()
        self.panel.hide()
        self.panel.closed.connect(self.close_form)
        first = words.text("Add a provider…") if desk.may(Permission.ASSIST) else None
        told = words.text("Providers you refer residents to: health, legal aid, police, IOM. None is shipped.")
        self.empty = Empty("two-people", words.text("The directory is empty"), told, first)
        self.empty.started.connect(self.add)
        self._lay_out()
        self.add_button.setVisible(desk.may(Permission.ASSIST))

    def _lay_out(self) -> None:
        listed = QWidget()
        column = QVBoxLayout(listed)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        above = QHBoxLayout()
        above.setContentsMargins(tokens.SPACE_2, tokens.SPACE, tokens.SPACE_2, tokens.SPACE)
        self.search.setMaximumWidth(tokens.wide(320))
        above.addWidget(self.search, 1)
        above.addStretch(1)
        above.addWidget(self.add_button, 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(above)
        column.addWidget(self.table, 1)
        self._faces = QStackedWidget()
        self._faces.addWidget(listed)
        self._faces.addWidget(self.empty)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._faces, 1)
        whole.addWidget(self.panel)

    def look(self) -> None:
        """Ask for the directory again."""
        self._partners = partners.partners(self.desk)
        self._faces.setCurrentIndex(0 if self._partners else 1)
        self._show()

    def is_editing(self) -> bool:
        return self.form is not None

    def set_first(self) -> None:
        first = self.search if self._partners else self.empty.button
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _typed(self, _text: str) -> None:
        self._show()

    def _show(self) -> None:
        wanted = self.search.text().casefold()
        found = [one for one in self._partners if wanted in _said(one)]
        self.rows.show(sorted(found, key=lambda one: not one.is_active))

    def open_at(self, at: str) -> None:
        """That structure: its form where it may be changed, else its line alone."""
        if not self._partners:
            self.look_again()
        found = next((one for one in self._partners if str(one.id) == at), None)
        if found is not None:
            self.search.set_text(found.name)
            self._show()
            self.table.go_to(0)
            self.change(found)

    @Slot()
    def add(self) -> None:
        """The form of a structure that is not in the list yet."""
        self._open(None)

    @Slot(object)
    def change(self, partner: Partner) -> None:
        """The form of that structure."""
        if self.desk.may(Permission.ASSIST):
            self._open(partner)

    def _open(self, partner: Partner | None) -> None:
        self._drop()
        self.form = PartnerForm(self.desk, partner)
        self.form.told.connect(self.told)
        self.form.acted.connect(self._acted)
        self.panel.name_it(words.text("New provider") if partner is None else partner.name)
        self.panel.body.addWidget(self.form)
        self.panel.body.addStretch(1)
        self.panel.show()
        self.form.begin()

    @Slot()
    def _acted(self) -> None:
        self.panel.dismiss()
        try:
            self.look()
        except ShelterDeskError as error:
            self.told.emit(Told("blocked", referral_words.sentence(error)))

    @Slot()
    def close_form(self) -> None:
        """The list alone."""
        self._drop()
        (self.table if self._partners else self).setFocus(Qt.FocusReason.OtherFocusReason)

    def _drop(self) -> None:
        self.panel.clear()
        self.form = None


def _said(one: Partner) -> str:
    return " ".join((one.name, one.town, words.label("partner_type", one.partner_type))).casefold()
