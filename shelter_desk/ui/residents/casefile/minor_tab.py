"""What is done for a minor: guardian, best interests, search for the family, the service told, the 18th birthday."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout

from shelter_desk import words
from shelter_desk.domain.casefile.minors import BestInterests, was_minor
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.casefile import best_interests, minors
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents.residents import Record
from shelter_desk.ui import tokens
from shelter_desk.ui.page import Told
from shelter_desk.ui.residents.casefile.minor_cards import (
    BirthdayCard,
    GuardianCard,
    InterestsCard,
    NotificationCard,
    TracingCard,
)
from shelter_desk.ui.residents.record import record_head
from shelter_desk.ui.residents.record.record_tab import RecordTab
from shelter_desk.ui.widgets.ask import ask
from shelter_desk.ui.widgets.card import Alert
from shelter_desk.ui.widgets.label import Label
from shelter_desk.words import formats, room_rules
from shelter_desk.words.refusals.errors import sentence


def concerns(record: Record) -> bool:
    """True for whoever was protected as a minor during a stay."""
    return any(was_minor(record.person.birth, one.stay) for one in record.stays)


class MinorTab(RecordTab):
    """One card for each part of the file of a minor."""

    def __init__(self, desk: Desk, record: Record) -> None:
        super().__init__(desk, record)
        self.file = minors.of(desk, record.person.id)
        may = desk.may(Permission.CASE_EDIT) and self.file.stay is not None
        self.notification = NotificationCard(desk, self.file, may)
        self.guardian = GuardianCard(desk, self.file, may)
        self.interests = InterestsCard(desk, self.file, may, desk.may(Permission.CHILD_DECIDE))
        self.tracing = TracingCard(desk, self.file, may)
        self.interests.validation_wanted.connect(self._validate)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(tokens.SPACE_PANEL)
        whole.addWidget(Label(self._about(), ink="ink2", wrap=True))
        if self.file.heads_a_family:
            whole.addWidget(Alert(room_rules.warning("R-22 parent")))
        self.birthday: BirthdayCard | None = None
        if self.file.birthday is not None:
            self.birthday = BirthdayCard(self.file.birthday, self.file.papers_missing, self._room())
            whole.addWidget(self.birthday)
        for card in (self.notification, self.guardian, self.interests, self.tracing):
            card.asked.connect(self.asked)
            card.told.connect(self.told)
            whole.addWidget(card)
        whole.addStretch(1)

    def _about(self) -> str:
        """Why this tab is there, in one sentence."""
        today, stay = self.desk.today(), self.file.stay
        if not self.record.person.birth.protected_as_minor(today):
            return words.text("Adult by now; what was done for the minor stays on record.")
        if stay is None or not stay.child_status:
            return words.text("The situation of the child is not written: treated as a minor alone until it is.")
        status = words.label("child_status", stay.child_status)
        if self.file.is_alone:
            told = words.text("{status}, here since {day}. The days below count from there.")
            return told.format(status=status, day=formats.day(stay.admitted_at.date()))
        return words.text("{status}: no term runs; write here what is done all the same.").format(status=status)

    def _room(self) -> str:
        one = record_head.last_stay(self.record)
        return formats.NONE if one is None else record_head.place_of(self.record, one, self.desk.today())

    @Slot(object)
    def _validate(self, bia: BestInterests) -> None:
        reason, own = "", bia.assessor == self.desk.user
        if own and best_interests.may_validate_alone(self.desk):
            question = words.text("Validate your own assessment {number}?").format(number=bia.bia_no)
            effect = words.text("There is no second manager to ask. Your reason is kept in the journal.")
            label = words.text("Why nobody else validates")
            answer = ask(self, question, effect, words.text("Validate"), field_label=label, required=True)
            if answer is None:
                return
            reason = answer
        try:
            done = best_interests.validate(self.desk, bia.id, reason)
        except ShelterDeskError as error:
            self.told.emit(Told("blocked", sentence(error)))
            return
        self.told.emit(Told("ok", words.text("Assessment {number} validated.").format(number=bia.bia_no), done))
        self.acted.emit()
