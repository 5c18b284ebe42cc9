"""What the form of an exit left open, asked later."""

from shelter_desk import words
from shelter_desk.domain.errors import RuleBroken
from shelter_desk.domain.leaving import Leaving
from shelter_desk.operations import leaving
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import Record, StayRecord
from shelter_desk.ui.page import Told
from shelter_desk.ui.residents import still_lent
from shelter_desk.ui.residents.belongings_forms import still_deposited
from shelter_desk.ui.residents.case_form import CaseForm
from shelter_desk.ui.residents.exit_more import ExitMore
from shelter_desk.ui.residents.still_lent import ThingsBack
from shelter_desk.ui.residents.store_back import StoreBack


class AfterExitForm(CaseForm):
    """The rest of the exit form, with what is known of it already."""

    when = "follow_up_on"

    def __init__(self, desk: Desk, record: Record, stay: StayRecord) -> None:
        title = words.text("Exit of {code}: what follows").format(code=record.person.code)
        super().__init__(desk, title, words.text("Complete the exit"), "check")
        self._code, self._stay = record.person.code, stay.stay
        known = leaving.of(desk, record.person.id).exits.get(stay.stay.id)
        self.more = ExitMore(desk.today(), still_deposited(desk, record), known)
        self.more.show_for(stay.stay.exit_destination)
        key = stay.stay.id
        unsaid = [(key, "", one) for one in still_lent.of_store(desk, key) if not one.note]
        self.lent = StoreBack(unsaid)
        self.things = ThingsBack((key, "", one) for one in still_lent.things(desk, key))
        self.fields = self.lent.fields | self.more.fields
        self.drafted = self.things.drafted | self.lent.drafted | self.more.drafted
        self.first = self.lent.rows[0].end if self.lent.rows else self.more.by
        for one in (self.things, self.lent):
            self.body.addWidget(one)
            one.show_for({key})
        self.body.addWidget(self.more)

    def refilled(self) -> None:
        self.more.refilled()
        self.lent.refilled()

    def refuse(self, error: RuleBroken) -> None:
        """What becomes of a loan is asked beside that loan."""
        if not self.lent.says(error):
            super().refuse(error)

    def act(self) -> Told:
        back, ends = self.things.back(self._stay.id), self.lent.ends(self._stay.id)
        said = Leaving(self.more.said(self._stay.id), "", self.more.returned(), back, ends)
        done = leaving.complete(self.desk, self._stay.id, said)
        return Told("ok", words.text("Exit of {code} completed.").format(code=self._code), done)


def after_exit(desk: Desk, record: Record, stay: StayRecord, _at: str) -> AfterExitForm | None:
    """The form, None before the exit."""
    return AfterExitForm(desk, record, stay) if stay.stay.exited_at is not None else None
