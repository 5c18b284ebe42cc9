"""Who must not meet this person: what holds now, and one more (R-28).

One person around a resident: who it is, what the resident wants, whether it is safe.
"""

from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

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
from shelter_desk.ui.forms.act_form import ActForm
from shelter_desk.ui.forms.case_form import CaseForm
from shelter_desk.ui.forms.choice_field import Choice, ChoiceField
from shelter_desk.ui.forms.code_lists import CodeField
from shelter_desk.ui.forms.fields import Field, LineField, TextField
from shelter_desk.ui.page import Told
from shelter_desk.ui.refusals import refusals_told
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.label import Label, RuleLine
from shelter_desk.ui.widgets.layouts import fill, in_row
from shelter_desk.ui.widgets.name_on_demand import NameField
from shelter_desk.words import contacts as contact_words
from shelter_desk.words import formats
from shelter_desk.words.casefile import incidents as incident_words


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
        known = contacts.of(desk, self._person).lines if at.isdecimal() else ()
        # None where one more is written, or the act that wrote it was undone
        self._old = next((line.contact for line in known if line.contact.id == int(at)), None)
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
        if self._old is None:
            self.safe.choose(UNCHECKED)
            return
        named = contacts.named(desk, self._old.id)
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
        told = words.text("Leave the code empty to keep this person from every victim.")
        self.hint = Label(told, size="small", ink="ink2", wrap=True)
        self.why = TextField(words.text("Why, sealed"), lines=2)
        self._standing = QVBoxLayout()
        self._standing.setSpacing(tokens.SPACE)
        for standing in contact_risks.of(desk, self._person):
            self._add(standing)
        told = words.text(
            "Everybody who gives beds sees the alert on both persons; only those who keep the files see why."
        )
        self.add(Label(told, ink="ink2", wrap=True))
        self.body.addLayout(self._standing)
        self.row((self.kind, 260), (self.other, 200))
        self.add(self.hint)
        self.why.setMaximumWidth(tokens.wide(560))
        self.add(self.why)
        self.kind.chosen.connect(self.refresh)
        self.refresh()

    def _add(self, standing: ContactRiskStanding) -> None:
        """One that was said: who, since when, and its acts."""
        risk, line = standing.risk, QWidget()
        row = in_row((Label(_told(standing), wrap=True), 1), within=line)
        acts = {"read": words.text("Read why")} if standing.has_note else {}
        if risk.ended_on is None:
            acts["end"] = words.text("They may meet again")
        for act, text in acts.items():
            button = self.buttons[act, risk.id] = Button(text, on_click=partial(self._do, act, risk.id))
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self.notes[risk.id] = Label("", wrap=True)
        self.notes[risk.id].hide()
        fill(self._standing, line, self.notes[risk.id], RuleLine())

    def _do(self, act: str, key: ContactRiskId) -> None:
        told, acted = self.told, self.acted
        with refusals_told(told, self.sentence):
            if act == "read":
                self.notes[key].setText(contact_risks.note(self.desk, key))
                self.notes[key].show()
                return
            done = contact_risks.end(self.desk, key, self.desk.today())
            told.emit(Told("ok", words.text("They may meet again from today on."), done))
            acted.emit()

    @Slot(str)
    def refresh(self, _code: str = "") -> None:
        """Without a code, a possible perpetrator is kept from every victim."""
        self.hint.setVisible(self.kind.value() in NO_VICTIM)

    def sentence(self, error: errors.ShelterDeskError) -> str:
        return incident_words.sentence(error)

    def field_of(self, error: errors.RuleBroken) -> Field | None:
        """What is wrong with the code is said beside it."""
        return self.other if isinstance(error, errors.BadCode | errors.NoSuch) else super().field_of(error)

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
