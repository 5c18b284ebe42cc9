"""All stays of a resident: entry, exit, family, places and absences."""

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout

from shelter_desk import words
from shelter_desk.domain.ids import StayId
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays.specific_needs import Need
from shelter_desk.domain.stays.stays import Absence, Placement, Stay
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents.residents import Record, StayRecord
from shelter_desk.operations.stays import exits
from shelter_desk.operations.stays.exits import Afterwards
from shelter_desk.ui import tokens
from shelter_desk.ui.exits import loans_and_deposits
from shelter_desk.ui.forms import code_lists
from shelter_desk.ui.page import Told
from shelter_desk.ui.refusals import refusals_told
from shelter_desk.ui.residents import choices
from shelter_desk.ui.residents.exit.after_exit import AfterExit
from shelter_desk.ui.residents.record.contacts_card import ContactsCard
from shelter_desk.ui.residents.record.record_head import last_stay
from shelter_desk.ui.residents.record.record_tab import RecordTab
from shelter_desk.ui.widgets.badge import Badge, State
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import in_column, in_row
from shelter_desk.ui.widgets.panel import FactList
from shelter_desk.words import formats, room_rules


class StaysTab(RecordTab):
    """One card a stay, the latest first."""

    def __init__(self, desk: Desk, record: Record) -> None:
        super().__init__(desk, record)
        today = desk.today()
        self._record, self._today = record, today
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
        card.body.addWidget(self._facts(one))
        if one.family:
            card.body.addLayout(self._family(one))
        if one.placements:
            card.body.addWidget(_head(words.text("Places")))
            card.body.addLayout(self._places(one.placements))
        if one.absences:
            card.body.addWidget(_head(words.text("Absences")))
            card.body.addLayout(self._absences(one.absences))
        if one is last_stay(self._record) and (lent := loans_and_deposits.lines(self.desk, stay.id)):
            card.body.addWidget(_head(words.text("Lent by the shelter")))
            card.body.addLayout(_lent(lent))
        if self._after is not None and not stay.is_void:
            card.body.addWidget(self._afterwards(one, self._after))
        return card

    def _afterwards(self, one: StayRecord, known: Afterwards) -> AfterExit:
        made = self.after[one.stay.id] = AfterExit(
            self.desk, one.stay, known, one is last_stay(self._record), self._record.person.code
        )
        made.asked.connect(self.asked)
        made.told.connect(self.told)
        made.approval_wanted.connect(self._approve)
        return made

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
            button = Button(person.code, "quiet")
            gone = other.exited_at is not None
            about = choices.person_line(person, self._today)
            button.setToolTip(words.text("{person}, left").format(person=about) if gone else about)
            button.setProperty("person", int(person.id))
            button.clicked.connect(self._open)
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _open(self) -> None:
        self.opened.emit(int(self.sender().property("person")))

    def _places(self, placements: tuple[Placement, ...]) -> QGridLayout:
        grid = _grid()
        for row, placement in enumerate(placements):
            bed = None if placement.bed is None else self._record.beds.get(placement.bed)
            key = bed.room if bed else placement.room
            room = None if key is None else self._record.rooms.get(key)
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
    text, state = words.text("under way"), "ok"
    if one.stay.is_void:
        text, state = words.text("cancelled"), "blocked"
    elif one.stay.exited_at is not None:
        text, state = words.text("ended"), "neutral"
    shape: State = state  # type: ignore[assignment]
    return Badge(text, shape)


def _need(one: Need) -> str:
    """`Régime alimentaire, du 02/11/2026 au 23/11/2026`."""
    told = words.text("{need}, since {found}") if one.is_open else words.text("{need}, from {found} to {ended}")
    name = words.label("specific_need", one.specific_need)
    return told.format(
        need=name, found=formats.day(one.found_on), ended=formats.day(one.ended_on) if one.ended_on else ""
    )
