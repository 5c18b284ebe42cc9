"""For whom the workbook is written: what each reader may see, in one sentence."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QWidget

from shelter_desk import words
from shelter_desk.domain.reports.report import Profile
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.fields import LineField
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.help_mark import HelpMark, explains
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_column, in_row
from shelter_desk.ui.widgets.option_card import OptionCard, ProposalCard

DEFAULT: Profile = "partenaire"


class ExportDialog(QDialog):
    """Three readers; the partner is proposed. k: the smallest number that is printed.

    Who gets it and what for is kept with the file; both may stay empty.
    """

    chosen = Signal(str, str, str)  # Profile, recipient, purpose

    def __init__(self, title: str, k: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setProperty("role", "question")
        self.setMinimumWidth(tokens.wide(600))
        self.cards = {profile: OptionCard(proposal, self) for profile, proposal in _proposals(k).items()}
        self.cards[DEFAULT].setChecked(True)
        self.recipient = LineField(words.text("Recipient"), placeholder=words.text("IOM, a donor, a committee"))
        self.purpose = LineField(words.text("What for"), text=words.text("monthly report"))
        self.verb = Button(words.text("Choose the file…"), kind="primary", on_click=self._choose)
        self.close_button = Button(words.text("Close"), on_click=self.reject)
        whole = in_column(Label(title, bold=True, wrap=True), within=self, spacing=tokens.SPACE, margins=tokens.SPACE_2)
        told = Label(words.text("No name leaves the shelter, whoever reads."), ink="ink2")
        self.mark = HelpMark("petits_effectifs", whole, 2)
        fill(
            whole,
            in_row(told, self.mark, STRETCH, spacing=tokens.SPACE_HALF),
            *self.cards.values(),
            in_row((self.recipient, 1), (self.purpose, 1), spacing=tokens.SPACE_2),
            in_row(STRETCH, self.close_button, self.verb, margins=(0, tokens.SPACE_PANEL, 0, 0)),
        )
        self.verb.setDefault(True)
        self.cards[DEFAULT].setFocus(Qt.FocusReason.OtherFocusReason)

    def profile(self) -> Profile:
        """The reader chosen."""
        return next((profile for profile, card in self.cards.items() if card.isChecked()), DEFAULT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not explains(event, self.mark):
            super().keyPressEvent(event)

    @Slot()
    def _choose(self) -> None:
        self.accept()
        self.chosen.emit(self.profile(), self.recipient.text(), self.purpose.text())


def _proposals(k: int) -> dict[Profile, ProposalCard]:
    """What each reader gets; `k` is printed as the threshold."""
    return {
        "partenaire": ProposalCard(
            "partenaire",
            words.text("Partner"),
            words.text("IOM, donor"),
            words.text("Counts of persons below {k} are hidden in the details; totals stay.").format(k=k),
            words.text("Usual"),
            "accent",
        ),
        "public": ProposalCard(
            "public",
            words.text("Public"),
            words.text("meetings, press"),
            words.text("Every number below {k} is hidden, and crossed tables are left out.").format(k=k),
        ),
        "interne": ProposalCard(
            "interne",
            words.text("Internal"),
            words.text("this shelter only"),
            words.text("Nothing is hidden: keep the file in the shelter."),
            words.text("Stays here"),
            "attention",
        ),
    }
