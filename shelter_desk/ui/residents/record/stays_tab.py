"""The first tab of a record: whom to reach around the person, or on no account, and all stays with their places."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.ids import ContactId, PersonId, StayId
from shelter_desk.domain.residents.contacts import Verdict
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays.specific_needs import Need
from shelter_desk.domain.stays.stays import Absence, Placement, Stay
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import contacts
from shelter_desk.operations.residents.contacts import ContactLine, PersonAround
from shelter_desk.operations.residents.residents import Record, StayRecord
from shelter_desk.operations.stays import exits
from shelter_desk.ui import tokens
from shelter_desk.ui.exits import given_back
from shelter_desk.ui.forms import code_lists
from shelter_desk.ui.page import Told
from shelter_desk.ui.refusals import refusals_told
from shelter_desk.ui.residents import choices
from shelter_desk.ui.residents.record import family_days
from shelter_desk.ui.residents.record.after_exit import AfterExit
from shelter_desk.ui.residents.record.record_tab import RecordTab
from shelter_desk.ui.residents.record.sealed_part import SealedPart
from shelter_desk.ui.widgets.badge import Badge, State
from shelter_desk.ui.widgets.buttons import Button, IconButton
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import Label, RuleLine
from shelter_desk.ui.widgets.layouts import fill, in_column, in_row
from shelter_desk.ui.widgets.panel import FactList
from shelter_desk.ui.widgets.tips import plain
from shelter_desk.words import contacts as contact_words
from shelter_desk.words import formats
from shelter_desk.words.beds import room_rules

FORM = "contact_person"
VERDICTS: Mapping[Verdict, tuple[State, str | None]] = {
    "reach": ("ok", "check"),
    "ask": ("accent", "hand"),
    "check": ("attention", None),
    "no_consent": ("attention", "hand"),
    "never": ("blocked", None),
    "ended": ("neutral", ""),
}


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
        self.add_button = Button(words.text("Add…"), icon="plus", on_click=partial(self.asked.emit, FORM, ""))
        self.add_button.setAccessibleName(words.text("Add a person to reach"))
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
        relation = contact_words.who(contact.relation)
        details = Label(_details(line), size="small", ink="ink2", wrap=True)
        names = in_column(Label(relation, bold=True, wrap=True), details, spacing=0)
        badge = self.badges[contact.id] = Badge(contact_words.verdict(line.verdict), *VERDICTS[line.verdict])
        whole = QWidget()
        in_row((names, 1), (badge, 0, Qt.AlignmentFlag.AlignTop), within=whole, spacing=tokens.SPACE)
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
            self._button(acts, "end", contact.id, words.text("Mark as no longer valid"), relation)
        self.body.addLayout(acts)

    def _button(self, row: Flow, act: str, key: ContactId, text: str, about: str) -> None:
        button = self.buttons[act, key] = Button(text, "quiet", on_click=partial(self.do, act, key))
        button.setAccessibleName(words.text("{act} {purpose}").format(act=text, purpose=about))
        row.add(button)

    def _read(self, key: ContactId) -> list[tuple[str, str]]:
        found = contacts.named(self._desk, key)
        return [(words.text("Name"), found.name), (words.text("Telephone"), found.phone)]

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
    safe = words.label("safety_answer", contact.safe)
    parts = [
        contact_words.wish(contact.wish),
        words.text("safe to reach: {answer}").format(answer=safe.lower()),
        words.text("noted on {day}").format(day=formats.day(contact.noted_on)),
    ]
    if contact.ended_on is not None:
        parts.append(words.text("until {day}").format(day=formats.day(contact.ended_on)))
    return " · ".join(parts)


class StaysTab(RecordTab):
    """One card a stay, the latest first."""

    def __init__(self, desk: Desk, record: Record) -> None:
        super().__init__(desk, record)
        self._today = desk.today()
        self._after = exits.of(desk, record.person.id) if desk.may(Permission.CASE_SEE) else None
        self.after: dict[StayId, AfterExit] = {}
        whole = in_column(within=self, spacing=tokens.SPACE_2)
        if desk.may(Permission.CASE_SEE) and (known := _known(record)):
            card = Card(words.text("Person"))
            card.body.addWidget(FactList(known))
            whole.addWidget(card)
        self.contacts: ContactsCard | None = None
        if desk.may(Permission.CASE_SEE):
            self.contacts = ContactsCard(desk, record.person.id)
            self.contacts.asked.connect(self.asked)
            self.contacts.told.connect(self.told)
            self.contacts.acted.connect(self.acted)
            whole.addWidget(self.contacts)
        for one in record.stays:
            whole.addWidget(self._card(one))
        whole.addStretch(1)

    def _card(self, one: StayRecord) -> Card:
        stay = one.stay
        nights = choices.nights_text(choices.nights(stay, self._today))
        title = words.text("Stay {number}").format(number=stay.stay_no)
        card = Card(title, "" if stay.is_void else nights, _state_badge(one))
        self._add_acts(card, stay)
        card.body.addWidget(self._facts(one))
        if one.family:
            card.body.addLayout(self._family(one))
        if changed := family_days.lines(one):
            fill(card.body, _head(words.text("Families")), family_days.grid(changed))
        if one.placements:
            fill(card.body, _head(words.text("Places")), self._places(one.placements))
        if one.absences:
            fill(card.body, _head(words.text("Absences")), self._absences(one.absences))
        is_last = one is choices.last_stay(self.record)
        if is_last and (lent := given_back.lines(self.desk, stay.id)):
            fill(card.body, _head(words.text("Lent by the shelter")), _lent(lent))
        if self._after is not None and not stay.is_void:
            made = AfterExit(self.desk, stay, self._after, is_last, self.record.person.code)
            made.asked.connect(self.asked)
            made.told.connect(self.told)
            made.approval_wanted.connect(self._approve)
            self.after[stay.id] = made
            card.body.addWidget(made)
        return card

    def _add_acts(self, card: Card, stay: Stay) -> None:
        """What puts this stay right: its days, that it was typed at all, or that it was cancelled."""
        if not self.desk.may(Permission.DISCHARGE):
            return
        ask, key = self.asked.emit, str(stay.id)
        if stay.is_void:
            made = [Button(words.text("Bring back…"), icon="undo", on_click=partial(ask, "stay_days", key))]
            made[0].setAccessibleName(words.text("Bring back stay {number}").format(number=stay.stay_no))
        else:
            days = words.text("Correct entry and exit of stay {number}").format(number=stay.stay_no)
            cancel = words.text("Cancel stay {number}").format(number=stay.stay_no)
            made = [
                IconButton("pencil", days, bare=True, little=True, on_click=partial(ask, "stay_days", key)),
                IconButton("close", cancel, bare=True, little=True, on_click=partial(ask, "void", key)),
            ]
        for button in made:
            card.head.addWidget(button)

    @Slot(int)
    def _approve(self, stay: int) -> None:
        with refusals_told(self.told):
            done = exits.approve(self.desk, StayId(stay))
            self.told.emit(Told("ok", words.text("Exit approved."), done))
            self.acted.emit()

    def _facts(self, one: StayRecord) -> FactList:
        stay = one.stay
        facts = FactList()
        facts.add(words.text("Entry"), _with_mark(stay.admitted_at, stay.recorded_at))
        facts.add(words.text("Entry kind"), words.label("entry_kind", stay.entry_kind))
        if stay.migration_situation:  # empty for a role that opens no file
            facts.add(words.text("Situation"), words.label("migration_situation", stay.migration_situation))
        if stay.child_status:
            facts.add(words.text("Situation of the child"), words.label("child_status", stay.child_status))
        if stay.referral_source:
            facts.add(words.text("Referred by"), words.label("referral_source", stay.referral_source))
        self._add_known(facts, stay, one.needs)
        if stay.exited_at is not None and not stay.is_void:
            facts.add(words.text("Exit"), _with_mark(stay.exited_at, stay.exit_recorded_at))
            facts.add(words.text("Reason"), words.label("exit_reason", stay.exit_reason))
            if stay.exit_destination:
                facts.add(words.text("Destination"), words.label("exit_destination", stay.exit_destination))
        return facts

    def _add_known(self, facts: FactList, stay: Stay, needs: Sequence[Need]) -> None:
        """What is known of the stay besides, for roles that may know it."""
        if stay.interpreter_needed is not None:
            facts.add(words.text("Interpreter needed"), choices.answer(stay.interpreter_needed))
        if stay.house_rules_explained is not None:
            facts.add(words.text("Rules explained"), choices.answer(stay.house_rules_explained))
        if stay.expected_exit is not None and stay.exited_at is None:
            facts.add(words.text("Exit expected"), formats.day(stay.expected_exit))
        if not self.desk.may(Permission.CASE_SEE):
            return
        if stay.country_last:
            facts.add(words.text("Came last from"), words.label("country", stay.country_last))
        if stay.urgent_needs:
            facts.add(words.text("Urgent needs"), code_lists.labels("urgent_need", stay.urgent_needs))
        if needs:
            facts.add(words.text("Specific needs"), "\n".join(map(_need, needs)))

    def _family(self, one: StayRecord) -> QHBoxLayout:
        row = in_row(Label(words.text("Family"), size="small", ink="ink2"), spacing=tokens.SPACE_HALF)
        for other, person in one.family:
            button = Button(person.code, "quiet", on_click=partial(self.opened.emit, int(person.id)))
            gone = other.exited_at is not None
            about = choices.person_line(person, self._today)
            button.setToolTip(plain(words.text("{person}, left").format(person=about) if gone else about))
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _places(self, placements: tuple[Placement, ...]) -> QGridLayout:
        grid = _grid()
        for row, placement in enumerate(placements):
            bed = None if placement.bed is None else self.record.beds.get(placement.bed)
            key = bed.room_on(placement.start.date()) if bed else placement.room
            room = None if key is None else self.record.rooms.get(key)
            nights = _nights(placement.start, placement.end, self._today)
            grid.addWidget(Label(choices.place_text(placement.place, bed, room), wrap=True), 2 * row, 0)
            grid.addWidget(Label(_span(placement.start, placement.end), ink="ink2"), 2 * row, 1)
            grid.addWidget(Label(choices.nights_text(nights), ink="ink2"), 2 * row, 2)
            if placement.override_reason:
                told = words.text("{rule} Reason: {reason}").format(
                    rule=" ".join(room_rules.warning(rule) for rule in placement.override_rule.split(";")),
                    reason=placement.override_reason,
                )
                grid.addWidget(Label(told, size="small", ink="attention", wrap=True), 2 * row + 1, 0, 1, 3)
        return grid

    def _absences(self, absences: tuple[Absence, ...]) -> QGridLayout:
        grid = _grid()
        for row, absence in enumerate(absences):
            grid.addWidget(Label(words.label("absence_type", absence.absence_type), wrap=True), row, 0)
            grid.addWidget(Label(_span(absence.start, absence.end), ink="ink2"), row, 1)
            nights = _nights(absence.start, absence.end, self._today)
            grid.addWidget(Label(choices.nights_text(nights), ink="ink2"), row, 2)
        return grid


def _known(record: Record) -> list[tuple[str, str]]:
    """What is known of the person besides the head, as label and value."""
    person, told = record.person, []
    if person.languages:
        told.append((words.text("Languages"), code_lists.labels("language", person.languages)))
    if person.marital_status:
        told.append((words.text("Marital status"), words.label("marital_status", person.marital_status)))
    if person.education_level:
        told.append((words.text("Schooling"), words.label("education_level", person.education_level)))
    return told


def _lent(lines: list[tuple[str, str]]) -> QGridLayout:
    grid = _grid()
    for row, (what, since) in enumerate(lines):
        grid.addWidget(Label(what, wrap=True), row, 0)
        grid.addWidget(Label(since, ink="ink2"), row, 1)
    return grid


def _grid() -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(tokens.SPACE_2)
    grid.setVerticalSpacing(tokens.SPACE_HALF)
    grid.setColumnStretch(0, 1)
    return grid


def _head(text: str) -> Label:
    return Label(text, size="small", bold=True, ink="ink2")


def _nights(start: datetime, end: datetime | None, today: date) -> int:
    """Up to last night: those of a leave that is agreed for longer are still to come."""
    until = min(end.date(), today) if end else today
    return max(0, (until - start.date()).days)


def _span(start: datetime, end: datetime | None) -> str:
    if end is None:
        return words.text("since {day}").format(day=formats.day(start.date()))
    return words.text("{start} to {end}").format(start=formats.day(start.date()), end=formats.day(end.date()))


def _with_mark(at: datetime, recorded: datetime | None) -> str:
    mark = choices.typed_later(at, recorded)
    if not mark:
        return formats.moment(at)
    return words.text("{moment}, {mark}").format(moment=formats.moment(at), mark=mark)


def _state_badge(one: StayRecord) -> Badge:
    if one.stay.is_void:
        return Badge(words.text("cancelled"), "blocked")
    if one.stay.exited_at is not None:
        return Badge(words.text("ended"), "neutral")
    return Badge(words.text("under way"), "ok")


def _need(one: Need) -> str:
    """`Régime alimentaire, du 02/11/2026 au 23/11/2026`."""
    told = words.text("{need}, since {found}") if one.is_open else words.text("{need}, from {found} to {ended}")
    name = words.label("specific_need", one.specific_need)
    return told.format(
        need=name, found=formats.day(one.found_on), ended=formats.day(one.ended_on) if one.ended_on else ""
    )
