"""What a resident deposits, and when it goes back."""

from shelter_desk import words
from shelter_desk.domain.stays.exits import Belongings
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents.residents import Record, StayRecord
from shelter_desk.operations.stays import exits
from shelter_desk.ui.exits.deposits_back import still_deposited
from shelter_desk.ui.forms.case_form import CaseForm, asked_day
from shelter_desk.ui.forms.choice_field import ChoiceField
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.forms.fields import TextField
from shelter_desk.ui.page import Told
from shelter_desk.ui.referring import lists
from shelter_desk.words import formats


class DepositForm(CaseForm):
    """The list, sealed; its receipt gets the next number."""

    when = "deposited_on"

    def __init__(self, desk: Desk, record: Record, stay: StayRecord) -> None:
        title = words.text("Deposit of {code}").format(code=record.person.code)
        super().__init__(desk, title, words.text("Record the deposit"), "check")
        self._stay = stay.stay.id
        today = desk.today()
        self.listed = TextField(words.text("What is deposited (sealed)"), required=True, lines=4)
        self.day = DayField(words.text("Deposited on"), today, required=True, value=today)
        self.fields = {"belongings": self.listed, "deposited_on": self.day}
        self.drafted = {"listed": self.listed, "day": self.day}
        self.body.addWidget(self.listed)
        self.row((self.day, 150))
        self.hint(words.text("Write the number of the receipt on the bag; both of you sign the paper."))

    def act(self) -> Told:
        made = exits.deposit(self.desk, self._stay, asked_day(self.day, "deposited_on"), self.listed.text())
        return Told("ok", words.text("Deposit recorded: receipt {number}.").format(number=made.receipt_no), made.done)


class HandBackForm(CaseForm):
    """To whom, and when, against the signature on the receipt."""

    when = "returned_on"

    def __init__(self, desk: Desk, record: Record, deposit: Belongings) -> None:
        title = words.text("Hand back the deposit {number}").format(number=deposit.receipt_no)
        super().__init__(desk, title, words.text("Record the return"), "hand")
        self._deposit = deposit
        today = desk.today()
        self.to = ChoiceField(words.text("Handed back to"), lists.of("handed_back_to"), "personne", required=True)
        self.day = DayField(words.text("Handed back on"), today, required=True, value=today)
        self.fields = {"handed_back_to": self.to, "returned_on": self.day}
        self.drafted = {"to": self.to, "day": self.day}
        told = words.text("Deposited on {day} by {code}. The receipt is signed when it goes back.")
        self.row((self.to, 280), (self.day, 150))
        self.hint(told.format(day=formats.day(deposit.deposited_on), code=record.person.code))

    def act(self) -> Told:
        day = asked_day(self.day, "returned_on")
        done = exits.hand_back(self.desk, self._deposit.id, day, self.to.value() or "")
        told = words.text("Deposit {number} handed back.").format(number=self._deposit.receipt_no)
        return Told("ok", told, done)


def hand_back(desk: Desk, record: Record, _stay: StayRecord, at: str) -> HandBackForm | None:
    """The form about that deposit, else about the oldest one still kept; None where nothing is."""
    kept = still_deposited(desk, record.person.id)
    found = next((one for one in kept if str(one.id) == at), kept[0] if kept else None)
    return None if found is None else HandBackForm(desk, record, found)
