"""The gate for the report: for whom the workbook is written, and what each level shows, in one sentence."""

from typing import cast

from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.reports.report import Profile
from shelter_desk.domain.sending.gate import GateAnswers
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import reports
from shelter_desk.operations.reports.reports import Month
from shelter_desk.ui.reports.preview import LevelPreview
from shelter_desk.ui.sending.gate import GateDialog
from shelter_desk.ui.widgets.option_card import ProposalCard

DEFAULT: Profile = "partenaire"


class ExportDialog(GateDialog):
    """The partner is proposed. k: the smallest number that is printed. month: what is shown of it at each level."""

    def __init__(
        self,
        desk: Desk,
        title: str,
        k: int,
        month: Month | None = None,
        parent: QWidget | None = None,
        level: Profile = DEFAULT,
    ) -> None:
        self.desk, self.month = desk, month
        self.preview = None if month is None else self.make_preview(month)
        super().__init__(
            desk,
            title,
            cards={str(level): card for level, card in _proposals(k).items()},
            level=level,
            aside=self.preview,
            parent=parent,
        )
        for card in self.cards.values():
            card.toggled.connect(self._preview)
        self._preview()

    def profile(self) -> Profile:
        """The reader chosen."""
        return cast("Profile", self.level)

    def check_words(self, answers: GateAnswers, level: str) -> None:
        if self.month is not None:
            reports.check_words(self.desk, self.month, cast("Profile", level), answers)

    def make_preview(self, month: Month) -> LevelPreview:
        """What is shown beside the levels."""
        return LevelPreview(month)

    def _preview(self, _on: bool = True) -> None:
        if self.preview is not None:
            self.preview.show_level(self.profile())


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
        "convention": ProposalCard(
            "convention",
            words.text("Agreement"),
            words.text("holder of an agreement"),
            words.text("Exact numbers, by one dim and by sex and age; no name, no village."),
            words.text("Under agreement"),
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
