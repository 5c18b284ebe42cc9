"""To whom files are sent: the directory, and the form of one of them."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QWidget

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.sending.recipients import LEVELS, KnownRecipient
from shelter_desk.domain.sending.refusals import PrefixTaken
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.sending import recipients
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.code_lists import CodeField, Ticks
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.fields import Field, LineField
from shelter_desk.ui.lists.list_page import ListRoom
from shelter_desk.ui.lists.table_rows import BY_TEXT, TableColumn
from shelter_desk.ui.page import Told
from shelter_desk.ui.widgets.empty import Empty
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import STRETCH, in_row
from shelter_desk.words import formats
from shelter_desk.words import sending as sending_words


class RecipientForm(ActForm):
    """Name, kind and levels are required. recipient: the one to change, None for a new one."""

    def __init__(self, desk: Desk, recipient: KnownRecipient | None) -> None:
        title = words.text("New recipient") if recipient is None else recipient.name
        super().__init__(desk, title, words.text("Save"), "check")
        one = self._former = recipient or recipients.usual("", "")
        self.name = LineField(words.text("Name"), required=True, key="recipient_name", text=one.name)
        self.kind = CodeField(words.text("Kind of recipient"), "recipient_kind", one.kind or None, required=True)
        hint = words.text("head of project, never a name")
        self.contact = LineField(words.text("Function of the contact"), placeholder=hint, text=one.contact)
        self.agreement_no = LineField(words.text("Number of the agreement"), key="agreement_no", text=one.agreement_no)
        self.agreement_until = DayField(
            words.text("Agreement valid until"),
            desk.today(),
            value=one.agreement_until,
            kind="ahead",
            key="agreement_until",
        )
        offered = [(level, sending_words.level(level)) for level in LEVELS]
        self.levels = Ticks(words.text("Levels allowed"), offered, one.levels, required=True, key="levels")
        self.prefix = LineField(words.text("Prefix of codes"), key="prefix", text=one.prefix)
        self.prefix.setDisabled(bool(one.id))
        self.active = QCheckBox(words.text("Files are still sent there"))
        self.active.setChecked(one.is_active)
        self.row((self.name, 420), (self.kind, 260), (self.contact, 300))
        self.row((self.agreement_no, 260), (self.agreement_until, 220))
        self.add(self.levels)
        self.explain(words.text("Exact numbers go only where an agreement is recorded and in force."))
        self.row((self.prefix, 220))
        self.explain(words.text("Made of the name, it stays."))
        self.add(self.active)

    def act(self) -> Told:
        until = self.agreement_until
        recipient = replace(
            self._former,
            name=self.name.text(),
            kind=self.kind.code(),
            contact=self.contact.text(),
            agreement_no=self.agreement_no.text(),
            agreement_until=until.known(),
            levels=self.levels.values(),
            prefix=self.prefix.text(),
            is_active=self.active.isChecked(),
        )
        done = recipients.keep_recipient(self.desk, recipient)
        return Told("ok", words.text("Recipient {name} saved.").format(name=recipient.name), done)

    def field_of(self, error: errors.RuleBroken) -> Field:
        """The name where it is about no other field: it is taken already."""
        if isinstance(error, PrefixTaken):
            return self.prefix
        key = error.field if isinstance(error, errors.Missing | errors.NotInList) else "recipient_name"
        return self.fields.get(key, self.name)


def _columns() -> list[TableColumn[KnownRecipient]]:
    return [
        TableColumn(words.text("Name"), lambda one: one.name, lambda one: one.name.casefold(), bold=True),
        TableColumn(words.text("Kind of recipient"), lambda one: words.label("recipient_kind", one.kind), BY_TEXT),
        TableColumn(words.text("Agreement"), _agreement),
        TableColumn(words.text("Levels allowed"), lambda one: ", ".join(map(sending_words.level, one.levels))),
        TableColumn(words.text("Prefix of codes"), lambda one: one.prefix, BY_TEXT),
        TableColumn(
            words.text("State"),
            lambda one: words.text("Active") if one.is_active else words.text("No longer used"),
            lambda one: not one.is_active,
        ),
    ]


def _agreement(one: KnownRecipient) -> str:
    if not one.agreement_no or one.agreement_until is None:
        return one.agreement_no or formats.NONE
    told = words.text("{number}, until {day}")
    return told.format(number=one.agreement_no, day=formats.day(one.agreement_until))


class RecipientsSection(ListRoom[KnownRecipient]):
    """The directory; Enter on a line opens its form."""

    of_persons = False
    opens_beside = False
    hides_head = True
    form: RecipientForm | None

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        told = words.text("Who gets reports and files of this house: IOM, donors, meetings. None is shipped.")
        empty = Empty("send", words.text("The directory is empty"), told, words.text("Add a recipient…"))
        super().__init__(desk, _columns(), words.text("Recipients of files"), empty, parent)
        self.asked_as = "settings/recipients"
        self.add_button = self.begin_button(words.text("Add a recipient…"))
        title = Label(words.text("Recipients of files"), bold=True)
        self.lay_out(in_row(title, STRETCH, (self.add_button, 0, Qt.AlignmentFlag.AlignBottom)))

    def ask(self) -> Sequence[KnownRecipient]:
        return sorted(recipients.recipients(self.desk), key=lambda one: not one.is_active)

    def key_of(self, line: KnownRecipient) -> int:
        return line.id

    def form_of(self, line: KnownRecipient | None) -> tuple[RecipientForm, str] | None:
        return RecipientForm(self.desk, line), "new" if line is None else str(line.id)
