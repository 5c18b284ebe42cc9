"""What stands below the headlines of a period: its nights, who came and left in twelve months, norms, what it was."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.reports.report import Report
from shelter_desk.domain.reports.synthesis import norms
from shelter_desk.ui import tokens
from shelter_desk.ui.charts import MonthColumns, MonthsChart
from shelter_desk.ui.reports.nights_card import LONGEST, NightsCard
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.label import ElidedLabel, Label
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_column, in_row
from shelter_desk.words.reports import reports as report_words
from shelter_desk.words.reports import synthesis as synthesis_words

_HIGH = 142  # pixels of a chart with its title


class FlowsCard(Card):
    """Entries and exits of twelve months."""

    def __init__(self) -> None:
        title = words.text("Entries and exits, 12 months")
        super().__init__()
        self.setAccessibleName(title)
        self.months = MonthsChart(title, [report_words.figure(key) for key in ("t2.entries", "t2.exits")])
        self._whole.setContentsMargins(tokens.SPACE_2, tokens.SPACE_HALF, tokens.SPACE_2, tokens.SPACE_HALF)
        legend = Label(words.text("full: entries · hatched: exits"), size="small", ink="ink2")
        head = (ElidedLabel(title, size="small", bold=True, ink="ink2"), in_row(STRETCH, legend))
        fill(self.body, in_column(*head, spacing=0), (self.months, 1))

    def show_report(self, report: Report) -> None:
        """Show its months; nothing where nobody looked at them."""
        flows = () if report.compared is None else report.compared.flows
        self.months.show_months([MonthColumns(one.first, (one.entries, one.exits)) for one in flows])
        self.setVisible(bool(flows))


class Sentences(Card):
    """A few lines under a title that may change with them."""

    def __init__(self) -> None:
        super().__init__(" ")
        self.lines = Label(size="small", wrap=True)
        fill(self.body, self.lines, STRETCH)

    def say(self, title: str, lines: Iterable[str]) -> None:
        """Other lines from now on."""
        self.title.setText(title)
        self.lines.setText("\n".join(lines))


class BelowHeadlines(QWidget):
    """Two charts beside each other, then two cards of sentences; all below each other where the text is large.

    A chart is left out where its reader is not given the numbers, or nobody looked at the other months yet.
    """

    opened = Signal(object)  # Ref
    month_wanted = Signal(object)  # its first day

    def __init__(self) -> None:
        super().__init__()
        self.nights, self.flows = NightsCard(), FlowsCard()
        self.norms, self.facts = Sentences(), Sentences()
        self.nights.opened.connect(self.opened)
        self.nights.month_wanted.connect(self.month_wanted)
        self.flows.months.opened.connect(self.month_wanted)
        for one in (self.nights, self.flows):
            one.setFixedHeight(tokens.high(_HIGH))
        beside, gap = in_column if tokens.is_large() else in_row, tokens.SPACE_PANEL
        rows = [
            beside(*((one, 1) for one in part), spacing=gap)
            for part in ((self.nights, self.flows), (self.norms, self.facts))
        ]
        in_column(*rows, within=self, spacing=gap)

    def show_report(self, report: Report) -> None:
        """Show what there is of that period."""
        self.nights.setVisible(_tells_nights(report))
        if not self.nights.isHidden():
            self.nights.show_report(report)
        self.flows.show_report(report)
        broken = [synthesis_words.norm(one) for one in norms(report) if one.holds is False]
        self.norms.say(synthesis_words.norms_title(report), [f"× {one}" for one in broken])
        facts = enumerate(synthesis_words.facts(report), 1)
        self.facts.say(synthesis_words.facts_title(report), [f"{n}. {one}" for n, one in facts])


def _tells_nights(report: Report) -> bool:
    """Whether this reader is given each night, or months are drawn."""
    if report.period.nights > LONGEST:
        return True
    days = [("night", day.isoformat()) for day in report.period]
    given = any(("t1.presence", (day,)) in report.figures for day in days)
    return given and all(isinstance(report.value("t1.presence", day), int) for day in days)
