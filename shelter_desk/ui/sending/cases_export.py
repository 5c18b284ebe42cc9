"""Cases without names in the words of HTCDS, of who agreed to that, closed, for one recipient."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.consent.consents import NobodyAgreed
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.sending.gate import GateAnswers
from shelter_desk.operations.casefile.interviews import STATISTICS
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import htcds_cases
from shelter_desk.operations.reports.htcds_cases import WhoAgreed
from shelter_desk.ui import tasks
from shelter_desk.ui.page import Told
from shelter_desk.ui.sending import password_shown
from shelter_desk.ui.sending.approved_gate import ApprovedGate
from shelter_desk.ui.sending.password_shown import PasswordShown
from shelter_desk.ui.widgets import files
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import in_column
from shelter_desk.words.refusals.errors import sentence


class CasesGate(ApprovedGate):
    """It says who would be in the file; it goes to somebody in any case."""

    def __init__(self, desk: Desk, found: WhoAgreed, parent: QWidget | None = None) -> None:
        self.told = Label(_said(found), wrap=True)
        more = in_column(self.told)
        super().__init__(desk, words.text("Cases without names (HTCDS)"), more=more, on_paper=False, parent=parent)

    @Slot()
    def go(self) -> None:
        if self.fields.stays:
            self.fields.recipient.set_error(words.text("Choose who gets it."))
            self.fields.recipient.setFocus()
            return
        super().go()


def _said(found: WhoAgreed) -> str:
    told = words.count(
        "{n} case of somebody who agreed to anonymous statistics: no name, no day, no code of the house.",
        "{n} cases of persons who agreed to anonymous statistics: no name, no day, no code of the house.",
        found.cases,
    )
    if not found.coarser:
        return told
    less = words.count(
        "{n} is told in less detail: few have that gender, citizenship and age.",
        "{n} are told in less detail: few have that gender, citizenship and age.",
        found.coarser,
    )
    return f"{told} {less}"


class CasesExport(QObject):
    """Asks over a page and writes on the other thread."""

    told = Signal(object)  # Told

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self.gate: CasesGate | None = None
        self.password: PasswordShown | None = None

    @Slot()
    def ask(self) -> None:
        """Look who agreed, then ask for whom."""
        tasks.run(partial(htcds_cases.agreed, self._desk), self._ask, self._fail)

    def _ask(self, found: WhoAgreed) -> None:
        if not found.cases:
            self._fail(NobodyAgreed(STATISTICS))
            return
        self.gate = CasesGate(self._desk, found, self._page)
        self.gate.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.gate.answered.connect(self._export)
        self.gate.open()

    @Slot(object, str)
    def _export(self, answers: GateAnswers, _level: str) -> None:
        approval = None if self.gate is None else self.gate.approval
        name = words.text("cases-htcds-{day}.xlsx").format(day=self._desk.today().isoformat())
        path = files.choose_to_save(self._page, words.text("Where to write the cases"), name, "Excel (*.xlsx)")
        if path is None:
            return
        job = partial(htcds_cases.export, self._desk, path, answers, approval)
        tasks.run(job, partial(self._say, path), self._fail)

    def _say(self, path: Path, password: str) -> None:
        self.told.emit(Told("ok", words.text("The cases are in {file}.").format(file=path.name)))
        self.password = password_shown.show(self._page, self._desk, password)

    def _fail(self, error: ShelterDeskError) -> None:
        self.told.emit(Told("blocked", sentence(error)))
