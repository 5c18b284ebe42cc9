"""A closed month that is replaced: why, and what is said of it now."""

from collections.abc import Callable, Mapping

from shelter_desk import words
from shelter_desk.domain.reports.figures import TOTAL, Ref
from shelter_desk.operations.desk import Desk
from shelter_desk.ui.reports.closing.reason_form import ReasonForm
from shelter_desk.ui.reports.closing.words_step import WordsStep
from shelter_desk.ui.reports.computing import LeftTerm
from shelter_desk.words import formats


class RectifiedForm(ReasonForm):
    """Begins with the words of the version that is replaced; asks of totals that moved, and of what was said.

    replace: what is done with reason and words.
    """

    def __init__(self, desk: Desk, left: LeftTerm, replace: Callable[[str, Mapping[Ref, str]], str]) -> None:
        report, moved = left.month.report, [one.correction for one in left.moved]
        self.said = WordsStep(report, [one.ref for one in moved if one.ref[1] == TOTAL], moved)
        title = words.text("A rectified version {month}").format(month=formats.of_month(report.period.first))
        told = words.text("A new version with the figures of today. The one before stays, and is shown when asked for.")
        super().__init__(
            desk, title, words.text("Make the version"), told, lambda reason: replace(reason, self.said.said())
        )
        self.add(self.said)
