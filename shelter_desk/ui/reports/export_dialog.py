"""The gate for the report: for whom the workbook is written, and what each level shows, in one sentence."""

from contextlib import suppress
from typing import cast

from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.reports import dhis2
from shelter_desk.domain.reports.refusals import NotADhis2Period
from shelter_desk.domain.reports.report import Profile
from shelter_desk.domain.reports.sendings import DHIS2, REPORT
from shelter_desk.domain.sending.gate import GateAnswers
from shelter_desk.domain.sending.recipients import INTERNAL
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.reports import dhis2 as dhis2_files
from shelter_desk.operations.reports import reports
from shelter_desk.operations.reports.reports import Month
from shelter_desk.ui.reports.preview import LevelPreview
from shelter_desk.ui.sending.gate import GateDialog
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import in_column
from shelter_desk.ui.widgets.option_card import ProposalCard
from shelter_desk.ui.widgets.segments import Segments

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
        kind: str = REPORT,
    ) -> None:
        self.desk, self.month = desk, month
        self.preview = None if month is None else self.make_preview(month)
        self.file_kind = _file_kinds(kind)
        self._asks_kind = kind in (REPORT, DHIS2) and month is not None and _is_known(month)
        told = Label(words.text("Kind of file"), size="small", bold=True)
        super().__init__(
            desk,
            title,
            cards={str(level): card for level, card in _proposals(k).items()},
            level=level,
            aside=self.preview,
            more=in_column(told, self.file_kind, spacing=4) if self._asks_kind else None,
            parent=parent,
        )
        for card in self.cards.values():
            card.toggled.connect(self._preview)
        self._preview()

    def profile(self) -> Profile:
        """The reader chosen."""
        return cast("Profile", self.level)

    def kind(self) -> str:
        """Which file is written: the workbook, or the one for DHIS2."""
        return DHIS2 if self._asks_kind and self.file_kind.value() == DHIS2 else REPORT

    def check_words(self, answers: GateAnswers, level: str) -> None:
        if self.month is not None:
            check = dhis2_files.check_words if self.kind() == DHIS2 else reports.check_words
            check(self.desk, self.month, cast("Profile", level), answers)

    def make_preview(self, month: Month) -> LevelPreview:
        """What is shown beside the levels."""
        return LevelPreview(month)

    def _preview(self, _on: bool = True) -> None:
        if self.preview is not None:
            self.preview.show_level(self.profile())
        stays = self.level == INTERNAL  # which no other program is given
        self.file_kind.segment(DHIS2).setDisabled(stays)
        if stays:
            self.file_kind.choose(REPORT)


def _file_kinds(kind: str) -> Segments:
    kinds = [(REPORT, words.text("Excel workbook")), (DHIS2, words.text("DHIS2 file (for the national system)"))]
    return Segments(kinds, kind if kind == DHIS2 else REPORT, words.text("Kind of file"))


def _is_known(month: Month) -> bool:
    """Whether DHIS2 knows these days."""
    with suppress(NotADhis2Period):
        return bool(dhis2.period_type(month.report.period))
    return False


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
