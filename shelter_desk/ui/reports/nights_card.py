"""The nights of the period as bars, or those of twelve months, with the three figures that sum them up."""

from datetime import date

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from shelter_desk import words
from shelter_desk.domain.reports.figures import Ref
from shelter_desk.domain.reports.report import Report
from shelter_desk.ui import tokens
from shelter_desk.ui.charts import MonthColumns, MonthsChart, Night, NightsChart
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.label import ElidedLabel, Label
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_row
from shelter_desk.words.beds import first_days
from shelter_desk.words.reports import reports as report_words

LONGEST = 62  # nights; of what is longer twelve months are drawn


class NightsCard(Card):
    """Persons present night by night; a click opens the rows of one. Of a long period the nights of twelve months."""

    opened = Signal(object)  # Ref
    month_wanted = Signal(object)  # its first day

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(words.text("Persons present per night"))
        self._title = ElidedLabel(words.text("Persons present per night"), size="small", bold=True, ink="ink2")
        self.summary = ElidedLabel(size="small", ink="ink2")
        self.summary.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.without = Label(size="small", ink="attention", wrap=True)
        self.without.hide()
        self.chart = NightsChart()
        self.chart.opened.connect(self._opened)
        nights = report_words.figure("t1.person_nights")
        self.months = MonthsChart(words.text("Person-nights, 12 months"), [nights])
        self.months.opened.connect(self.month_wanted)
        self.months.hide()
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(0)
        self._dashes = _Dashes()
        legend = in_row(STRETCH, self._dashes, self.summary, spacing=tokens.SPACE)
        self._head.addWidget(self._title, 1)
        self._head.addLayout(legend)
        self._whole.setContentsMargins(tokens.SPACE_2, tokens.SPACE_HALF, tokens.SPACE_2, tokens.SPACE_HALF)
        fill(self.body, self._head, self.without, (self.chart, 1), (self.months, 1))

    def show_report(self, report: Report) -> None:
        """Show the nights of that report."""
        is_long = report.period.nights > LONGEST
        self.chart.setVisible(not is_long)
        self._dashes.setVisible(not is_long)
        self.chart.show_nights([] if is_long else [_night(report, day) for day in report.period])
        self.months.setVisible(is_long)
        title = words.text("Person-nights, 12 months") if is_long else words.text("Persons present per night")
        self._title.setText(title)
        if report.compared is not None or not is_long:
            flows = report.compared.flows if report.compared is not None and is_long else ()
            self.months.show_months([MonthColumns(one.first, (one.nights,)) for one in flows])
        told = first_days.no_capacity(report)
        self.without.setText(told)
        self.without.setVisible(bool(told))
        rate = report.value("t1.occupancy_rate")
        text = (
            words.text("usable beds · {nights} person-nights · {capacity} bed-nights")
            if rate is None
            else words.text("usable beds · {slept} nights in beds or on mats of {capacity}: {rate} %")
        )
        if is_long:  # no line of the beds is drawn there
            text = text.partition(" · ")[2]
        self.summary.setText(
            text.format(
                nights=report_words.value(report.value("t1.person_nights")),
                slept=report_words.value(report.sum([("t1.person_nights_in_bed", ()), ("t1.person_nights_extra", ())])),
                capacity=report_words.value(report.value("t1.capacity_bed_nights")),
                rate=report_words.value(rate),
            )
        )

    def needed(self) -> int:
        """The height of what is drawn, with its legend."""
        told = 0 if self.without.isHidden() else tokens.high(24)
        return told + max(120, tokens.wide(112))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The legend goes under the title where both do not fit in one line."""
        super().resizeEvent(event)
        title = tokens.metrics("small", True).horizontalAdvance(self._title.text())
        fits = title + self.summary.sizeHint().width() + tokens.wide(24) + tokens.SPACE_4 * 2 <= self.width()
        direction = QBoxLayout.Direction
        self._head.setDirection(direction.LeftToRight if fits else direction.TopToBottom)

    @Slot(object)
    def _opened(self, day: date) -> None:
        ref: Ref = ("t1.presence", (("night", day.isoformat()),))
        self.opened.emit(ref)


def _night(report: Report, day: date) -> Night:
    dim = ("night", day.isoformat())
    present, usable = report.value("t1.presence", dim), report.value("t1.operational_by_night", dim)
    return Night(day, present if isinstance(present, int) else 0, usable if isinstance(usable, int) else None)


class _Dashes(QWidget):
    """The sign of the usable beds in the legend."""

    def sizeHint(self) -> QSize:
        return QSize(tokens.wide(24), tokens.high(16))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        pen = QPen(tokens.color("ink2"), 1.5)
        pen.setDashPattern([3, 2])
        painter.setPen(pen)
        painter.drawLine(0, self.height() // 2, self.width(), self.height() // 2)
