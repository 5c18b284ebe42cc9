"""What those who leave have of the house, and what the house keeps of them: asked before an exit is written."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from PySide6.QtWidgets import QWidget

from shelter_desk.domain.errors import RuleBroken
from shelter_desk.domain.ids import PersonId, StayId
from shelter_desk.domain.stays.exits import ExitRecord, nothing_said
from shelter_desk.operations.desk import Desk
from shelter_desk.ui import tokens
from shelter_desk.ui.exits.loans_and_deposits import (
    DepositsBack,
    StoreBack,
    ThingsBack,
    of_store,
    still_deposited,
    things,
)
from shelter_desk.ui.forms.fields import Field
from shelter_desk.ui.forms.watched_text import watch_inside
from shelter_desk.ui.widgets.layouts import in_column


@dataclass(frozen=True, slots=True)
class Leaver:
    """Somebody who may leave. code: of the person, "" for the one the form is about."""

    stay: StayId
    person: PersonId
    code: str = ""


class GivenBack(QWidget):
    """Things of the equipment, loans of the store and deposits; nothing is shown of who has none.

    unsaid: only the loans of which nobody said yet what becomes of them.
    """

    def __init__(self, desk: Desk, leaving: Sequence[Leaver], *, unsaid: bool = False) -> None:
        super().__init__()
        self.things = ThingsBack((who.stay, who.code, one) for who in leaving for one in things(desk, who.stay))
        loans = [(who.stay, who.code, one) for who in leaving for one in of_store(desk, who.stay)]
        self.lent = StoreBack(loan for loan in loans if not (unsaid and loan[2].note))
        self.deposits = DepositsBack(
            (who.stay, who.code, one) for who in leaving for one in still_deposited(desk, who.person)
        )
        self.fields: dict[str, Field] = self.lent.fields
        self.drafted: dict[str, QWidget] = self.things.drafted | self.lent.drafted | self.deposits.drafted
        whole = in_column(within=self, spacing=tokens.SPACE_PANEL)
        for one in (self.things, self.lent, self.deposits):
            whole.addWidget(one)
        watch_inside(desk, self)

    def show_for(self, leaving: Collection[StayId]) -> None:
        """Those of who leaves."""
        for one in (self.things, self.lent, self.deposits):
            one.show_for(leaving)
        self.setVisible(not all(one.isHidden() for one in (self.things, self.lent, self.deposits)))

    def first(self) -> QWidget | None:
        """What is answered first, None where nothing is asked."""
        return next(iter(self.drafted.values()), None)

    def refresh(self) -> None:
        """Show what hangs on the answers."""
        self.lent.refresh()

    def added_to(self, said: ExitRecord) -> ExitRecord:
        """What is told of an exit, with what is answered here of that stay. Raises Missing."""
        stay = said.exit.stay
        whole = self.deposits.is_whole(stay)
        told = said.exit if whole is None else replace(said.exit, valuables_returned=whole)
        returned, back = self.deposits.back(stay), self.things.back(stay)
        return replace(said, exit=told, returned=returned, brought_back=back, loans=self.lent.ends(stay))

    def of(
        self, leaving: Collection[StayId], added: Callable[[ExitRecord], ExitRecord] = lambda said: said
    ) -> dict[StayId, ExitRecord]:
        """What is told of each of them, where it is anything. added: what is told elsewhere. Raises Missing."""
        nothing = {stay: ExitRecord(nothing_said(stay)) for stay in leaving}
        told = {stay: self.added_to(added(nothing[stay])) for stay in leaving}
        return {stay: said for stay, said in told.items() if said != nothing[stay]}

    def says(self, error: RuleBroken) -> bool:
        """Say it beside the loan without an answer, where it is about one."""
        return self.lent.says(error)
