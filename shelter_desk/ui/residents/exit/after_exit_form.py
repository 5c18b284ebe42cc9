"""What the form of an exit left open, asked later."""

from shelter_desk import words
from shelter_desk.domain.errors import RuleBroken
from shelter_desk.domain.stays.exits import Leaving
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents.residents import Record, StayRecord
from shelter_desk.operations.stays import exits
from shelter_desk.ui.exits.exit_more import ExitMore
from shelter_desk.ui.exits.given_back import GivenBack, Leaver
from shelter_desk.ui.forms.case_form import CaseForm
from shelter_desk.ui.page import Told


class AfterExitForm(CaseForm):
    """The rest of the exit form, with what is known of it already."""

    when = "follow_up_on"

    def __init__(self, desk: Desk, record: Record, stay: StayRecord) -> None:
        title = words.text("Exit of {code}: what follows").format(code=record.person.code)
        super().__init__(desk, title, words.text("Complete the exit"), "check")
        self._code, self._stay = record.person.code, stay.stay
        known = exits.of(desk, record.person.id).exits.get(stay.stay.id)
        self.more = ExitMore(desk.today(), known)
        self.more.show_for(stay.stay.exit_destination)
        self.back = GivenBack(desk, [Leaver(stay.stay.id, record.person.id)], unsaid=True)
        self.fields = self.back.fields | self.more.fields
        self.drafted = self.back.drafted | self.more.drafted
        self.first = self.back.lent.rows[0].end if self.back.lent.rows else self.more.by
        self.body.addWidget(self.back)
        self.back.show_for({stay.stay.id})
        self.body.addWidget(self.more)

    def refilled(self) -> None:
        self.more.refilled()
        self.back.refilled()

    def refuse(self, error: RuleBroken) -> None:
        """What becomes of a loan is asked beside that loan."""
        if not self.back.says(error):
            super().refuse(error)

    def act(self) -> Told:
        said = self.back.added_to(Leaving(self.more.said(self._stay.id)))
        done = exits.complete(self.desk, self._stay.id, said)
        return Told("ok", words.text("Exit of {code} completed.").format(code=self._code), done)


def after_exit(desk: Desk, record: Record, stay: StayRecord, _at: str) -> AfterExitForm | None:
    """The form, None before the exit."""
    return AfterExitForm(desk, record, stay) if stay.stay.exited_at is not None else None
