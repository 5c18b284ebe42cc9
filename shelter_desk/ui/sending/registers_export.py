"""The registers of the house as a workbook: with codes to stay here, or closed, with names, for somebody."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.sending.gate import GateAnswers
from shelter_desk.domain.sending.recipients import INTERNAL, NOMINAL
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.imports import register_export
from shelter_desk.ui import tasks
from shelter_desk.ui.page import Told
from shelter_desk.ui.sending import password_shown
from shelter_desk.ui.sending.approved_gate import ApprovedGate
from shelter_desk.ui.sending.password_shown import PasswordShown
from shelter_desk.ui.widgets import files
from shelter_desk.ui.widgets.option_card import ProposalCard
from shelter_desk.words.refusals.errors import sentence


class RegistersGate(ApprovedGate):
    """What stays here holds codes alone; what goes to somebody holds names, and is decided by two where two may."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, words.text("Export the registers"), _proposals(), level=INTERNAL, parent=parent)
        for card in self.cards.values():
            card.toggled.connect(self._see_approval)
        self.fields.stay_here()
        self._see_approval()

    @Slot()
    def _see_approval(self) -> None:
        self.deciding.setVisible(self.level == NOMINAL)

    def why_not(self, level: str) -> str:
        return words.text("Goes to nobody") if level == NOMINAL and self.fields.stays else ""


class RegistersExport(QObject):
    """Asks over a page and writes on the other thread."""

    told = Signal(object)  # Told

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self.gate: RegistersGate | None = None
        self.password: PasswordShown | None = None

    @Slot()
    def ask(self) -> None:
        """Ask what for before a file is chosen."""
        self.gate = RegistersGate(self._desk, self._page)
        self.gate.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.gate.answered.connect(self._export)
        self.gate.open()

    @Slot(object, str)
    def _export(self, answers: GateAnswers, _level: str) -> None:
        approval = None if self.gate is None else self.gate.approval
        name = words.text("registers-{day}.xlsx").format(day=self._desk.today().isoformat())
        path = files.choose_to_save(self._page, words.text("Where to write the registers"), name, "Excel (*.xlsx)")
        if path is None:
            return

        def job() -> str:
            if approval is None:
                register_export.export(self._desk, path)
                return ""
            return register_export.export_with_names(self._desk, path, answers, approval)

        tasks.run(job, partial(self._say, path), self._fail)

    def _say(self, path: Path, password: str) -> None:
        self.told.emit(Told("ok", words.text("The registers are in {file}.").format(file=path.name)))
        if password:
            self.password = password_shown.show(self._page, self._desk, password)

    def _fail(self, error: ShelterDeskError) -> None:
        self.told.emit(Told("blocked", sentence(error)))


def _proposals() -> dict[str, ProposalCard]:
    return {
        INTERNAL: ProposalCard(
            INTERNAL,
            words.text("With codes"),
            words.text("this shelter only"),
            words.text("All lists, without a name: to look into, or to take in again."),
            words.text("Stays here"),
            "attention",
        ),
        NOMINAL: ProposalCard(
            NOMINAL,
            words.text("With names"),
            words.text("one recipient"),
            words.text("The names of everybody: Excel asks for a password, which the program makes."),
            words.text("Closed file"),
            "attention",
        ),
    }
