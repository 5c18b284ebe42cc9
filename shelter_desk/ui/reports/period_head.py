"""The head of the page: which period, its state, what is to settle, the export."""

from datetime import date, datetime
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from shelter_desk import words
from shelter_desk.domain.errors import PeriodNotBegun
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.calendar_periods import back_to, earlier, later
from shelter_desk.domain.reports.report import Report
from shelter_desk.ui import tokens
from shelter_desk.ui.forms.day_fields import DayField
from shelter_desk.ui.widgets.badge import Badge, State
from shelter_desk.ui.widgets.buttons import Button, IconButton
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.guided_dialog import GuidedDialog
from shelter_desk.ui.widgets.label import Label
from shelter_desk.ui.widgets.layouts import STRETCH, in_column, in_row
from shelter_desk.ui.widgets.tips import plain
from shelter_desk.words import formats
from shelter_desk.words.refusals.errors import sentence
from shelter_desk.words.reports import reports as report_words

LONGEST = 366 * 5


class FreePeriod(GuidedDialog):
    """Two days, both included; the verb is off until they make a period."""

    chosen = Signal(object)  # Period

    def __init__(self, today: date, shown: Period, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.setWindowTitle(words.text("Free period"))
        self.setProperty("role", "question")
        self.setMinimumWidth(tokens.wide(420))
        self.first = DayField(words.text("First day"), today, value=shown.first)
        self.last = DayField(words.text("Last day"), today, value=shown.last)
        self.verb = Button(words.text("Show this period"), kind="primary", on_click=self._choose)
        self.close_button = Button(words.text("Close"), on_click=self.reject)
        self.first.changed.connect(self._judge)
        self.last.changed.connect(self._judge)
        in_column(
            Label(words.text("Both days are counted."), ink="ink2", wrap=True),
            in_row(self.first, self.last, spacing=tokens.SPACE_2),
            in_row(STRETCH, self.close_button, self.verb),
            within=self,
            spacing=tokens.SPACE_PANEL,
            margins=tokens.SPACE_2,
        )
        self.verb.setDefault(True)
        self._judge()

    def period(self) -> Period | None:
        """The two days, None where they make no period."""
        first, last = self.first.day(), self.last.day()
        if first is None or last is None or last < first or (last - first).days > LONGEST or first > self._today:
            return None
        return Period(first, last)

    @Slot()
    def _judge(self) -> None:
        self.verb.setEnabled(self.period() is not None)
        first, last = self.first.day(), self.last.day()
        if first is not None and first > self._today:
            self.first.set_error(sentence(PeriodNotBegun(first)))
        elif first is not None:
            self.first.clear()
        if first is not None and last is not None and last < first:
            self.last.set_error(words.text("The last day comes before the first one."))
        elif first is not None and last is not None and (last - first).days > LONGEST:
            self.last.set_error(words.text("A period lasts five years at most."))
        elif last is not None:
            self.last.clear()

    @Slot()
    def _choose(self) -> None:
        period = self.period()
        if period is not None:
            self.chosen.emit(period)
            self.accept()


MONTHS_SHOWN = 12


class ReportHead(QWidget):
    """Title, period chooser, badge, what can be done with it."""

    period_wanted = Signal(object)  # Period
    free_wanted = Signal()
    close_wanted = Signal()
    menu_wanted = Signal()  # before the menu opens: set_bounds in time
    export_wanted = Signal()
    sendings_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._period: Period | None = None
        self._keys_wait = False
        self._first, self._today = date.max, date.max
        self.before = IconButton("previous", words.text("Previous period"), on_click=self._go_before)
        self.after = IconButton("next", words.text("Next period"), on_click=self._go_after)
        self.chooser = Button("", icon="calendar")
        self.chooser.setAccessibleDescription(words.text("Choose the period"))
        self.menu = QMenu(self)
        self.menu.aboutToShow.connect(self._fill_menu)
        self.chooser.setMenu(self.menu)
        self.state = Badge(words.text("To be closed"))
        self.state.hide()  # until it is known
        self.sendings = Button(words.text("Sendings"), on_click=self.sendings_wanted)
        self.export = Button(words.text("Export…"), on_click=self.export_wanted)
        self.close_month = Button(
            words.text("Close the month…"),
            kind="primary",
            shortcut_text=words.text("Ctrl+Enter"),
            on_click=self.close_wanted,
        )
        self.close_month.hide()
        row = self._row = Flow(tokens.SPACE, tokens.SPACE, middle=True)
        self.setLayout(row)
        title = Label(words.text("Activity report"), size="title", bold=True)
        row.add(title, self.before, self.chooser, self.after, self.state)
        row.add_right(self.sendings, self.export, self.close_month)

    def add(self, button: QPushButton) -> None:
        """One more thing to do with the period, before the export."""
        self._row.insertWidget(self._row.count() - 2, button)

    def show_period(self, period: Period, today: date) -> None:
        """Which period is shown; there is no later one than that of today."""
        self._period, self._today = period, today
        text = report_words.title(period)
        self.chooser.setText(text)
        self.chooser.setMinimumWidth(max(tokens.wide(160), self.chooser.sizeHint().width()))
        self.after.setEnabled(later(period).first <= today)

    def show_state(self, report: Report, made_at: datetime) -> None:
        """Whether the period runs, up to which day it is counted then, or is closed; when the figures were computed."""
        self.state.show()
        if report.version:
            self.state.say(report_words.state(report), "ok")
            self.state.setToolTip("")
            return
        self.state.say(report_words.state(report), "attention" if report.period.is_running else "neutral")
        self.state.setToolTip(words.text("Computed at {hour}").format(hour=formats.clock(made_at)))

    @Slot(bool)
    def let_export(self, on: bool) -> None:
        """Whether an export may begin. While it may not, the keys wait beside it: the next button closes the month."""
        at = self.window().focusWidget()
        if not on and at is self.export:
            self.chooser.setFocus(Qt.FocusReason.OtherFocusReason)
            self._keys_wait = True
        self.export.setEnabled(on)
        if on and self._keys_wait:
            self._keys_wait = False
            if at is self.chooser:
                self.export.setFocus(Qt.FocusReason.OtherFocusReason)

    def offer_closing(self, is_offered: bool) -> None:
        """Whether the month shown can be closed by who sits here."""
        is_over = self._period is not None and self._period.last < self._today
        self.close_month.setVisible(is_offered and is_over)

    def offers_closing(self) -> bool:
        """Whether the month shown can be closed now."""
        return not self.close_month.isHidden()

    def set_bounds(self, first: date) -> None:
        """From which day on there is something to report."""
        self._first = first

    @Slot()
    def _go_before(self) -> None:
        if self._period is not None:
            self.period_wanted.emit(earlier(self._period))

    @Slot()
    def _go_after(self) -> None:
        if self._period is not None:
            self.period_wanted.emit(later(self._period))

    @Slot()
    def _fill_menu(self) -> None:
        self.menu_wanted.emit()
        for former in self.menu.findChildren(QMenu):
            former.deleteLater()
        self.menu.clear()
        first = min(self._first, self._today)
        months = back_to(first, self._today, "month")
        self._offer(self.menu, months[:MONTHS_SHOWN])
        if len(months) > MONTHS_SHOWN:
            self._offer(self.menu.addMenu(words.text("Earlier months")), months[MONTHS_SHOWN:])
        self.menu.addSeparator()
        self._offer(self.menu.addMenu(words.text("Quarters")), back_to(first, self._today, "quarter"))
        self._offer(self.menu.addMenu(words.text("Years")), back_to(first, self._today, "year"))
        self.menu.addSeparator()
        free = self.menu.addAction(words.text("Free period…"))
        free.triggered.connect(self.free_wanted)

    def _offer(self, menu: QMenu, offered: list[Period]) -> None:
        for period in offered:
            action = menu.addAction(report_words.title(period))
            action.setCheckable(True)
            action.setChecked(period == self._period)
            action.triggered.connect(partial(self._choose, period))

    def _choose(self, period: Period, _checked: bool = False) -> None:
        self.period_wanted.emit(period)


class ControlsButton(QPushButton):
    """A badge that leads somewhere: it says so by keyboard, mouse and name."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "quiet")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        self.badge = Badge("", "ok", parent=self)
        self.badge.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        in_row(self.badge, within=self, margins=(4, 0))

    def show_controls(self, report: Report) -> None:
        """How many of its identities hold."""
        held, total = sum(one.holds for one in report.identities), len(report.identities)
        text = words.text("Controls {held}/{total}").format(held=held, total=total)
        state: State = "blocked" if not report.holds else "attention" if held < total else "ok"
        self.badge.say(f"{held}/{total}", state)
        self.setAccessibleName(text)
        self.setToolTip(plain(text))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(self.badge.sizeHint().width() + 8, tokens.high(32))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()
