"""The first page of the report as it will be printed once the month is closed."""

from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.reports.report import Report
from shelter_desk.operations.reports.reports import CoverFacts
from shelter_desk.ui import tokens
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.label import Label, RuleLine, empty
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_column
from shelter_desk.ui.widgets.panel import FactList
from shelter_desk.words.reports import closing as closing_words
from shelter_desk.words.reports import cover as cover_words
from shelter_desk.words.reports import reports as report_words


class PreviewStep(QWidget):
    """A sheet of paper; nothing is typed here."""

    def __init__(self) -> None:
        super().__init__()
        self.sheet = Card()
        self.sheet.body.setSpacing(tokens.SPACE)
        in_column(self.sheet, STRETCH, within=self)

    def show_page(self, report: Report, cover: CoverFacts) -> None:
        """That report with what was just written."""
        body = self.sheet.body
        empty(body)
        title = words.text("{title}: {period}")
        told = title.format(title=words.text("Activity report"), period=report_words.period(report.period))
        facts = [(label, str(value)) for label, value in cover_words.lines(report, cover) if value != ""]
        fill(body, Label(told, size="title", bold=True), FactList(facts), RuleLine())
        fill(body, *(Label(line, wrap=True) for line in report_words.main_figures(report)[1:]))
        said = [closing_words.commented(one.ref, one.text) for one in report.told]
        fill(body, *(Label(line, wrap=True) for line in filter(None, cover_words.text(report).splitlines())))
        fill(body, *(Label(line, size="small", ink="ink2", wrap=True) for line in said))
