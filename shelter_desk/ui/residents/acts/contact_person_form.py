"""One person around a resident: who it is, what the resident wants, whether it is safe."""

from shelter_desk import words
from shelter_desk.domain.ids import ContactId
from shelter_desk.domain.residents.contacts import UNCHECKED, WISHES, Contact, Named
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import contacts
from shelter_desk.operations.residents.residents import Record
from shelter_desk.ui.forms.case_form import CaseForm
from shelter_desk.ui.forms.choice_field import Choice, ChoiceField
from shelter_desk.ui.page import Told
from shelter_desk.ui.referring import lists
from shelter_desk.ui.widgets.name_on_demand import NameField
from shelter_desk.words import contacts as in_words


def wishes() -> list[Choice]:
    """What a person can want of a contact, as choices."""
    return [(code, in_words.wish(code)) for code in WISHES]


class ContactPersonForm(CaseForm):
    """Name and telephone are sealed. at: the id of the contact to correct, "" for one more."""

    def __init__(self, desk: Desk, record: Record, at: str = "") -> None:
        verb = words.text("Correct the contact") if at else words.text("Add the contact")
        title = words.text("Whom to reach around {code}").format(code=record.person.code)
        super().__init__(desk, title, verb, "check")
        self._person, self._code = record.person.id, record.person.code
        self._old = _old(desk, record, at)
        labels = in_words.columns()
        self.wish = ChoiceField(labels["contact_wish"], wishes(), required=True)
        self.relation = ChoiceField(labels["kin_relation"], lists.of("kin_relation"))
        self.name = NameField(labels["contact_name"])
        self.phone = NameField(labels["phone"])
        self.safe = ChoiceField(labels["safe_to_contact"], lists.of("safety_answer"), required=True)
        self.fields = {
            "contact_wish": self.wish,
            "kin_relation": self.relation,
            "contact_name": self.name,
            "safe_to_contact": self.safe,
        }
        self.drafted = {**self.fields, "phone": self.phone}
        self.row((self.wish, 260), (self.relation, 240))
        self.row((self.name, 260), (self.phone, 200), (self.safe, 180))
        self.hint(
            words.text("The person decides. “Never tell this person” or contact not safe: call nobody, for no reason.")
        )
        self._show(at)

    def _show(self, at: str) -> None:
        if self._old is None:
            self.safe.choose(UNCHECKED)
            return
        named = contacts.named(self.desk, ContactId(int(at)))
        self.wish.choose(self._old.wish)
        self.relation.choose(self._old.relation or None)
        self.safe.choose(self._old.safe)
        self.name.set_text(named.name)
        self.phone.set_text(named.phone)

    def act(self) -> Told:
        contact = Contact(
            ContactId(0) if self._old is None else self._old.id,
            self._person,
            self.wish.value() or "",
            self.desk.today(),
            self.relation.value() or "",
            self.safe.value() or UNCHECKED,
        )
        named = Named(self.name.text(), self.phone.text())
        if self._old is None:
            done = contacts.add(self.desk, contact, named)
            return Told("ok", words.text("Contact of {code} written.").format(code=self._code), done)
        done = contacts.change(self.desk, contact, named)
        return Told("ok", words.text("Contact of {code} corrected.").format(code=self._code), done)


def _old(desk: Desk, record: Record, at: str) -> Contact | None:
    """The contact to correct, None where one more is written or the act that wrote it was undone."""
    known = contacts.of(desk, record.person.id).lines if at.isdecimal() else ()
    return next((line.contact for line in known if line.contact.id == int(at)), None)
