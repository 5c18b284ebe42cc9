"""What a resident deposits and gets back; after the exit, follow-ups planned and held, and the case closed."""

from PySide6.QtCore import Slot

from shelter_desk import words
from shelter_desk.domain.consent.consents import AFTER_EXIT
from shelter_desk.domain.stays.exits import Belongings, FollowUp
from shelter_desk.operations.consent import consent_checks
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents.residents import Record, StayRecord
from shelter_desk.operations.stays import exits
from shelter_desk.ui.exits.given_back import still_deposited
from shelter_desk.ui.forms.case_form import CaseForm, TickField
from shelter_desk.ui.forms.code_lists import CodeField
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.fields import TextField
from shelter_desk.ui.page import Told
from shelter_desk.ui.residents.acts.consent_form import WithoutConsentFields
from shelter_desk.words import formats


class DepositForm(CaseForm):
    """The list, sealed; its receipt gets the next number."""

    def __init__(self, desk: Desk, record: Record, stay: StayRecord) -> None:
        title = words.text("Deposit of {code}").format(code=record.person.code)
        super().__init__(desk, title, words.text("Record the deposit"), "check")
        self._stay = stay.stay.id
        today = desk.today()
        self.listed = TextField(words.text("What is deposited (sealed)"), required=True, lines=4, key="belongings")
        self.day = DayField(words.text("Deposited on"), today, required=True, value=today, key="deposited_on")
        self.add(self.listed)
        self.row((self.day, 150))
        self.explain(words.text("Write the number of the receipt on the bag; both of you sign the paper."))

    def act(self) -> Told:
        made = exits.deposit(self.desk, self._stay, self.day.asked(), self.listed.text())
        return Told("ok", words.text("Deposit recorded: receipt {number}.").format(number=made.number), made.done)


class HandBackForm(CaseForm):
    """To whom, and when, against the signature on the receipt."""

    def __init__(self, desk: Desk, record: Record, deposit: Belongings) -> None:
        title = words.text("Hand back the deposit {number}").format(number=deposit.receipt_no)
        super().__init__(desk, title, words.text("Record the return"), "hand")
        self._deposit = deposit
        today = desk.today()
        self.to = CodeField(words.text("Handed back to"), "handed_back_to", "personne", required=True)
        self.day = DayField(words.text("Handed back on"), today, required=True, value=today, key="returned_on")
        told = words.text("Deposited on {day} by {code}. The receipt is signed when it goes back.")
        self.row((self.to, 280), (self.day, 150))
        self.explain(told.format(day=formats.day(deposit.deposited_on), code=record.person.code))

    def act(self) -> Told:
        done = exits.hand_back(self.desk, self._deposit.id, self.day.asked(), self.to.code())
        told = words.text("Deposit {number} handed back.").format(number=self._deposit.receipt_no)
        return Told("ok", told, done)


def hand_back(desk: Desk, record: Record, _stay: StayRecord, at: str) -> HandBackForm | None:
    """The form about that deposit, else about the oldest one still kept; None where nothing is."""
    kept = still_deposited(desk, record.person.id)
    found = next((one for one in kept if str(one.id) == at), kept[0] if kept else None)
    return None if found is None else HandBackForm(desk, record, found)


class FollowUpForm(CaseForm):
    """When and how the person is met again, in a way that is safe for them."""

    def __init__(self, desk: Desk, record: Record, stay: StayRecord) -> None:
        title = words.text("Follow-up of {code}").format(code=record.person.code)
        super().__init__(desk, title, words.text("Plan the follow-up"), "calendar")
        self._code, self._stay = record.person.code, stay.stay.id
        self.day = DayField(words.text("Due on"), desk.today(), required=True, kind="ahead", key="due_on")
        self.channel = CodeField(words.text("How"), "follow_up_channel", required=True)
        self.row((self.day, 150), (self.channel, 280))
        self.consent = WithoutConsentFields(desk, self._stay)
        self.add(self.consent)
        self.consent.show_why(AFTER_EXIT, consent_checks.standing(desk, self._stay, AFTER_EXIT, desk.today()))
        self.explain(words.text("Choose a way that is safe for the person: nobody else should learn of the shelter."))

    def act(self) -> Told:
        day = self.day.asked()
        done = exits.plan_follow_up(self.desk, self._stay, day, self.channel.code(), self.consent.said())
        told = words.text("Follow-up of {code} planned for {day}.").format(code=self._code, day=formats.day(day))
        return Told("ok", told, done)


class FollowUpHeldForm(CaseForm):
    """How the person is; the note is sealed."""

    def __init__(self, desk: Desk, record: Record, planned: FollowUp) -> None:
        title = words.text("Follow-up of {code}, due on {day}")
        title = title.format(code=record.person.code, day=formats.day(planned.due_on))
        super().__init__(desk, title, words.text("Record the follow-up"), "check")
        self._code, self._planned = record.person.code, planned
        today = desk.today()
        self.outcome = CodeField(words.text("How the person is"), "follow_up_outcome", required=True)
        self.day = DayField(words.text("Done on"), today, required=True, value=today, key="held_on")
        self.note = TextField(words.text("Note (sealed)"), lines=3)
        self.service = TickField(
            words.text("Service"), words.text("Write the service “Follow-up after exit” too"), True
        )
        self.consent = WithoutConsentFields(desk, planned.stay)
        self.row((self.outcome, 280), (self.day, 150))
        self.add(self.consent)
        self.day.line.editingFinished.connect(self._ask_consent)
        self._ask_consent()
        self.add(self.note, self.service)

    @Slot()
    def _ask_consent(self) -> None:
        day = self.day.day() or self.desk.today()
        self.consent.show_why(AFTER_EXIT, exits.why_not_followed(self.desk, self._planned.id, day))

    def act(self) -> Told:
        day, outcome, note = self.day.asked(), self.outcome.code(), self.note.text()
        with_service, exempt = self.service.is_ticked(), self.consent.said()
        done = exits.hold_follow_up(self.desk, self._planned.id, day, outcome, note, with_service, exempt)
        return Told("ok", words.text("Follow-up of {code} recorded.").format(code=self._code), done)


def held(desk: Desk, record: Record, stay: StayRecord, at: str) -> FollowUpHeldForm | None:
    """The form about that follow-up, else about the first one that is due; None where none is."""
    every = exits.of(desk, record.person.id).follow_ups.get(stay.stay.id, ())
    due = [one for one in every if one.held_on is None]
    found = next((one for one in due if str(one.id) == at), due[0] if due else None)
    return None if found is None else FollowUpHeldForm(desk, record, found)


class CloseCaseForm(CaseForm):
    """The exit ends the stay; this ends the case."""

    def __init__(self, desk: Desk, record: Record, stay: StayRecord) -> None:
        title = words.text("Close the case of {code}").format(code=record.person.code)
        super().__init__(desk, title, words.text("Close the case"), "check")
        self._code, self._stay = record.person.code, stay.stay.id
        today = desk.today()
        self.reason = CodeField(words.text("Why the case is closed"), "closure_reason", required=True)
        self.day = DayField(words.text("Closed on"), today, required=True, value=today, key="closed_on")
        self.row((self.reason, 320), (self.day, 150))
        self.explain(
            words.text("The stay has ended already. The case stays open while somebody still follows the person.")
        )

    def act(self) -> Told:
        done = exits.close_case(self.desk, self._stay, self.day.asked(), self.reason.code())
        return Told("ok", words.text("Case of {code} closed.").format(code=self._code), done)
