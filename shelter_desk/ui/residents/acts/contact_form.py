"""Who must not meet this person: what holds now, and one more (R-28).

One person around a resident: who it is, what the resident wants, whether it is safe.
"""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain import errors
from shelter_desk.domain.casefile.incidents import NO_VICTIM
from shelter_desk.domain.errors import Missing
from shelter_desk.domain.ids import ContactId, ContactRiskId
from shelter_desk.domain.residents.contacts import UNCHECKED, WISHES, Contact, Named
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import contact_risks, contacts
from shelter_desk.operations.residents.contact_risks import KINDS, ContactRiskStanding
from shelter_desk.operations.residents.residents import Record
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.act_form import ActForm, beside
from shelter_desk.ui.forms.case_form import CaseForm
from shelter_desk.ui.forms.choice_field import Choice, ChoiceField
from shelter_desk.ui.forms.code_lists import CodeField
from shelter_desk.ui.forms.fields import LineField, TextField
from shelter_desk.ui.page import Told
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.label import Label, RuleLine
from shelter_desk.ui.widgets.layouts import in_row
from shelter_desk.ui.widgets.name_on_demand import NameField
from shelter_desk.words import contacts as contact_words
from shelter_desk.words import formats
from shelter_desk.words import incidents as incident_words


def wishes() -> list[Choice]:
    """What a person can want of a contact, as choices."""
    return [(code, contact_words.wish(code)) for code in WISHES]


class ContactPersonForm(CaseForm):
    """Name and telephone are sealed. at: the id of the contact to correct, "" for one more."""

    def __init__(self, desk: Desk, record: Record, at: str = "") -> None:
        verb = words.text("Correct the contact") if at else words.text("Add the contact")
        title = words.text("Whom to reach around {code}").format(code=record.person.code)
        super().__init__(desk, title, verb, "check")
        self._person, self._code = record.person.id, record.person.code
        self._old = _old(desk, record, at)
        labels = contact_words.columns()
        self.wish = ChoiceField(labels["contact_wish"], wishes(), required=True, key="contact_wish")
        self.relation = CodeField(labels["kin_relation"], "kin_relation")
        self.name = NameField(labels["contact_name"], key="contact_name")
        self.phone = NameField(labels["phone"])
        self.safe = CodeField(labels["safe_to_contact"], "safety_answer", required=True, key="safe_to_contact")
        self.row((self.wish, 260), (self.relation, 240))
        self.row((self.name, 260), (self.phone, 200), (self.safe, 180))
        self.explain(
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
            self.wish.code(),
            self.desk.today(),
            self.relation.code(),
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


class ContactForm(ActForm):
    """A kind, the code of the other or nobody for every victim, and why, sealed."""

    def __init__(self, desk: Desk, record: Record) -> None:
        title = words.text("Who must not meet {code}").format(code=record.person.code)
        super().__init__(desk, title, words.text("Keep them apart"), "shield")
        self._person, self._code = record.person.id, record.person.code
        self.buttons: dict[tuple[str, ContactRiskId], Button] = {}
        self.notes: dict[ContactRiskId, Label] = {}
        self.kind = ChoiceField(
            words.text("Risk"), [(kind, incident_words.risk(kind)) for kind in KINDS], required=True, key="risk_kind"
        )
        self.other = LineField(words.text("Code of the other person"), key="other")
        self.hint = Label(size="small", ink="ink2", wrap=True)
        self.why = TextField(words.text("Why, sealed"), lines=2)
        self._standing = QVBoxLayout()
        self._standing.setSpacing(tokens.SPACE)
        for standing in contact_risks.of(desk, self._person):
            self._add(standing)
        self._lay_out()
        self.kind.chosen.connect(self._show)
        self._show()

    def _lay_out(self) -> None:
        told = words.text(
            "Everybody who gives beds sees the alert on both persons; only those who keep the files see why."
        )
        self.body.addWidget(Label(told, ink="ink2", wrap=True))
        self.body.addLayout(self._standing)
        self.row((self.kind, 260), (self.other, 200))
        self.add(self.hint)
        self.why.setMaximumWidth(tokens.wide(560))
        self.add(self.why)

    def _add(self, standing: ContactRiskStanding) -> None:
        """One that was said: who, since when, and its acts."""
        risk, line = standing.risk, QWidget()
        row = in_row((Label(_told(standing), wrap=True), 1), within=line)
        if standing.has_note:
            self._button(row, "read", risk.id, words.text("Read why"))
        if risk.ended_on is None:
            self._button(row, "end", risk.id, words.text("They may meet again"))
        self.notes[risk.id] = Label("", wrap=True)
        self.notes[risk.id].hide()
        for widget in (line, self.notes[risk.id], RuleLine()):
            self._standing.addWidget(widget)

    def _button(self, row: QHBoxLayout, act: str, key: ContactRiskId, text: str) -> None:
        button = Button(text, "plain")
        button.setProperty("act", act)
        button.setProperty("risk", int(key))
        button.clicked.connect(self._clicked)
        self.buttons[act, key] = button
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)

    @Slot()
    def _clicked(self) -> None:
        button = self.sender()
        key, act = ContactRiskId(int(button.property("risk"))), str(button.property("act"))
        told, acted = self.told, self.acted
        try:
            if act == "read":
                self.notes[key].setText(contact_risks.note(self.desk, key))
                self.notes[key].show()
                return
            done = contact_risks.end(self.desk, key, self.desk.today())
        except errors.ShelterDeskError as error:
            told.emit(Told("blocked", self.sentence(error)))
            return
        told.emit(Told("ok", words.text("They may meet again from today on."), done))
        acted.emit()

    @Slot(str)
    def _show(self, _code: str = "") -> None:
        """Without a code, a possible perpetrator is kept from every victim."""
        from_all = self.kind.value() in NO_VICTIM
        self.hint.setText(words.text("Leave the code empty to keep this person from every victim."))
        self.hint.setVisible(from_all)

    def refresh(self) -> None:
        self._show()

    def sentence(self, error: errors.ShelterDeskError) -> str:
        return incident_words.sentence(error)

    def refuse(self, error: errors.RuleBroken) -> None:
        """What is wrong with the code is said beside it."""
        field = beside(error, self.fields, self.when)
        if isinstance(error, errors.BadCode | errors.NoSuch):
            field = self.other
        if field is None:
            super().refuse(error)
            return
        field.set_error(self.sentence(error))
        field.setFocus()

    def act(self) -> Told:
        kind = self.kind.value()
        if kind is None:
            raise Missing("risk_kind")
        done = contact_risks.say(self.desk, self._person, kind, self.other.text(), self.why.text())
        return Told("ok", words.text("Alert written on {code}.").format(code=self._code), done)


def _told(standing: ContactRiskStanding) -> str:
    risk = standing.risk
    named = {
        "risk": incident_words.risk(risk.kind),
        "other": standing.other,
        "day": formats.day(risk.noted_on),
        "end": "" if risk.ended_on is None else formats.day(risk.ended_on),
    }
    if risk.ended_on is not None:
        if standing.other:
            return words.text("{risk}: {other}, from {day} to {end}").format(**named)
        return words.text("{risk}: every victim, from {day} to {end}").format(**named)
    if standing.other:
        return words.text("{risk}: {other}, since {day}").format(**named)
    return words.text("{risk}: every victim, since {day}").format(**named)
