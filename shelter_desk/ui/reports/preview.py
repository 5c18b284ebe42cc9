"""What a recipient will see of a month at a level, before anything is written."""

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame

from shelter_desk import words
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.reports.figures import HIDDEN
from shelter_desk.domain.reports.report import Profile, Report
from shelter_desk.operations.reports import reports
from shelter_desk.operations.reports.reports import Month
from shelter_desk.ui import tasks, tokens
from shelter_desk.ui.widgets.badge import Badge
from shelter_desk.ui.widgets.help_mark import HelpMark
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_column, in_row
from shelter_desk.words import sending as sending_words
from shelter_desk.words.refusals.errors import sentence
from shelter_desk.words.reports import reports as report_words


def _seen(month: Month, level: Profile) -> tuple[Profile, Report]:
    return level, reports.shown(month, level)


class LevelPreview(QFrame):
    """The figures of that level, and how many of them are hidden."""

    def __init__(self, month: Month) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.setFixedWidth(tokens.wide(330))
        self.month, self._level = month, ""
        self._seen: dict[str, Report] = {}
        self.badge = Badge("", "accent")
        self.lines = Label(wrap=True)
        self.hidden = Label(ink="ink2", wrap=True)
        whole = in_column(within=self, spacing=tokens.SPACE_PANEL, margins=tokens.SPACE_2)
        fill(
            whole,
            in_row((Label(words.text("What this recipient will see"), bold=True, wrap=True), 1), self.badge),
            self.lines,
            in_row((self.hidden, 1), HelpMark("petits_effectifs", whole, 3), spacing=tokens.SPACE_HALF),
            STRETCH,
        )

    @Slot(str)
    def show_level(self, level: Profile) -> None:
        """Compute what is seen at that level, once."""
        if level == self._level:
            return
        self._level = level
        self.badge.say(sending_words.level(level), "accent")
        if level in self._seen:
            self._show((level, self._seen[level]))
            return
        self.lines.setText(words.text("Being computed…"))
        self.hidden.setText("")
        tasks.run(partial(_seen, self.month, level), self._show, self._fail)

    def _show(self, seen: tuple[Profile, Report]) -> None:
        level, report = seen
        self._seen[level] = report
        if level != self._level:
            return  # turned on meanwhile
        lines, hidden = self.told(report)
        self.lines.setText(lines)
        self.hidden.setText(hidden)

    def told(self, report: Report) -> tuple[str, str]:
        """What is seen, and what is kept back of it."""
        cells = sum(one.value is HIDDEN for one in report.figures.values())
        hidden = words.count("{n} number is hidden.", "{n} numbers are hidden.", cells)
        hidden = f"{hidden}\n{report_words.hidden()}" if cells else words.text("No number is hidden.")
        return "\n".join(report_words.main_figures(report)[1:]), hidden

    def _fail(self, error: ShelterDeskError) -> None:
        self.lines.setText(sentence(error))
