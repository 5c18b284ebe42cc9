"""Whom to reach around a person, or on no account, on the first tab of the record."""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.ids import ContactId, PersonId
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import contacts
from shelter_desk.operations.residents.contacts import ContactLine, PersonAround
from shelter_desk.ui import tokens
from shelter_desk.ui.page import Told
from shelter_desk.ui.refusals import refusals_told
from shelter_desk.ui.residents.record.sealed_part import SealedPart
from shelter_desk.ui.widgets.badge import Badge, State
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import Label, RuleLine
from shelter_desk.ui.widgets.layouts import in_row
from shelter_desk.words import contacts as contact_words
from shelter_desk.words import formats

FORM = "contact_person"


class ContactsCard(Card):
    """One line a contact, its name on demand. asked: the form, and the id of the one to correct."""

    asked = Signal(str, str)
    told = Signal(object)  # Told
    acted = Signal()

    def __init__(self, desk: Desk, person: PersonId) -> None:
        super().__init__(words.text("Persons to reach"), folds=True)
        self._desk = desk
        self._may, self._may_read = desk.may(Permission.CASE_EDIT), desk.may(Permission.SEE_NAMES)
        self.buttons: dict[tuple[str, ContactId], Button] = {}
        self.named: dict[ContactId, SealedPart] = {}
        self.badges: dict[ContactId, Badge] = {}
        self.add_button = Button(words.text("Add…"), icon="plus")
        self.add_button.setAccessibleName(words.text("Add a person to reach"))
        self.add_button.clicked.connect(self._add)
        self.head.addWidget(self.add_button)
        self.add_button.setVisible(self._may)  # once it is inside: else it would flash as a window of its own
        found = contacts.of(desk, person)
        about = _about(found)
        if about:
            self.body.addWidget(Label(about, size="small", ink="ink2", wrap=True))
        for at, line in enumerate(found.lines):
            if at:
                self.body.addWidget(RuleLine())
            self._show(line)

    def _show(self, line: ContactLine) -> None:
        contact = line.contact
        names = QVBoxLayout()
        names.setSpacing(0)
        relation = contact_words.who(contact.relation)
        names.addWidget(Label(relation, bold=True, wrap=True))
        names.addWidget(Label(_details(line), size="small", ink="ink2", wrap=True))
        badge = self.badges[contact.id] = Badge(contact_words.verdict(line.verdict), *_state(line))
        whole = QWidget()
        row = in_row((names, 1), within=whole, spacing=tokens.SPACE)
        row.addWidget(badge, 0, Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(whole)
        acts = Flow(tokens.SPACE_HALF, tokens.SPACE_HALF)
        if self._may_read:
            told = words.text("Show name and telephone: {relation}").format(relation=relation)
            part = SealedPart(words.text("Show who it is"), told, partial(self._read, contact.id))
            part.told.connect(self.told)
            self.named[contact.id] = part
            acts.add(part)
        if self._may and contact.ended_on is None:
            if self._may_read:
                self._button(acts, "change", contact.id, words.text("Correct…"), relation)
            self._button(acts, "end", contact.id, words.text("No longer so"), relation)
        self.body.addLayout(acts)

    def _button(self, row: Flow, act: str, key: ContactId, text: str, about: str) -> None:
        button = self.buttons[act, key] = Button(text, "quiet")
        button.setAccessibleName(words.text("{act} {purpose}").format(act=text, purpose=about))
        button.clicked.connect(partial(self.do, act, key))
        row.add(button)

    def _read(self, key: ContactId) -> list[tuple[str, str]]:
        found = contacts.named(self._desk, key)
        return [(words.text("Name"), found.name), (words.text("Telephone"), found.phone)]

    @Slot()
    def _add(self) -> None:
        self.asked.emit(FORM, "")

    def do(self, act: str, key: ContactId) -> None:
        """Correct a contact in its form, or say that it is no longer so."""
        if act == "change":
            self.asked.emit(FORM, str(key))
            return
        with refusals_told(self.told):
            done = contacts.end(self._desk, key, self._desk.today())
            self.told.emit(Told("ok", words.text("Kept: this contact no longer holds."), done))
            self.acted.emit()


def _about(found: PersonAround) -> str:
    if not found.lines:
        return words.text("Nobody is written yet: ask whom we may tell, and whom we must never tell.")
    if found.family_safe == "non":
        return words.text("The last assessment says: reaching the family is dangerous.")
    if found.consent in ("refuse", "retire"):
        return words.text("The person refuses that the family is contacted.")
    if found.consent is not None:
        return words.text("The consent to a contact with the family is not asked yet: see the consents.")
    return ""


def _details(line: ContactLine) -> str:
    contact = line.contact
    parts = [contact_words.wish(contact.wish)]
    safe = words.label("safety_answer", contact.safe)
    parts.append(words.text("safe to reach: {answer}").format(answer=safe.lower()))
    parts.append(words.text("noted on {day}").format(day=formats.day(contact.noted_on)))
    if contact.ended_on is not None:
        parts.append(words.text("until {day}").format(day=formats.day(contact.ended_on)))
    return " · ".join(parts)


def _state(line: ContactLine) -> tuple[State, str | None]:
    return {
        "reach": ("ok", "check"),
        "ask": ("accent", "hand"),
        "check": ("attention", None),
        "no_consent": ("attention", "hand"),
        "never": ("blocked", None),
        "ended": ("neutral", ""),
    }[line.verdict]  # type: ignore[return-value]
