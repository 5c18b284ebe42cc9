"""A gate behind which two persons decide where two may, since what leaves is about persons."""

from collections.abc import Mapping

from PySide6.QtWidgets import QLayout, QWidget

from shelter_desk.domain.approvals import Approval, GraveAct
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.sending.gate import GateAnswers
from shelter_desk.domain.sending.recipients import NOMINAL
from shelter_desk.operations.desk import Desk
from shelter_desk.ui import tasks, tokens
from shelter_desk.ui.forms.approval_fields import ApprovalFields
from shelter_desk.ui.refusals import refuse
from shelter_desk.ui.sending.gate import GateDialog
from shelter_desk.ui.widgets.option_card import ProposalCard
from shelter_desk.ui.window_place import widen
from shelter_desk.words.refusals.errors import sentence


class ApprovedGate(GateDialog):
    """approval: what was given for the level of persons, None until then. cards, more, on_paper: as of `GateDialog`."""

    def __init__(
        self,
        desk: Desk,
        title: str,
        cards: Mapping[str, ProposalCard] | None = None,
        *,
        level: str = NOMINAL,
        more: QLayout | None = None,
        on_paper: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(
            desk,
            title,
            cards=cards,
            level=level,
            purpose="",
            more=more,
            on_paper=on_paper,
            is_approved=True,
            parent=parent,
        )
        widen(self, tokens.wide(620), tokens.high(640))  # with room for who decides
        self._said = GateAnswers()
        self.approval: Approval | None = None
        self.deciding = ApprovalFields(desk, GraveAct.EXPORT, self.verb)
        self.deciding.entered.connect(self.go)
        layout = self.fields.last.layout()
        assert layout is not None  # noqa: S101 the fields stand one below the other
        layout.addWidget(self.deciding)

    def finish(self, answers: GateAnswers, level: str) -> None:
        if level != NOMINAL:
            super().finish(answers, level)
            return
        wrong = self.deciding.wrong()
        if wrong is not None:
            refuse(*wrong)
            return
        self._said = answers
        self.setDisabled(True)  # what was said stays as it is while the password is tried
        tasks.run(self.deciding.taken(), self._approved, self._not_approved)

    def _approved(self, approval: Approval) -> None:
        if not self.isVisible():  # closed meanwhile: nothing leaves
            return
        self.setEnabled(True)
        self.approval = approval
        super().finish(self._said, NOMINAL)

    def _not_approved(self, error: ShelterDeskError) -> None:
        self.setEnabled(True)
        if not self.deciding.refuse(error):
            self.say_problem(sentence(error))
