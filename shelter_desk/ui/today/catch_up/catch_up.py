"""Catching up after a cut: of which period, what happened in it, line by line, and who slept here meanwhile.

What of the lines of a cut is typed and not kept yet, as the draft of the page keeps it.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from shelter_desk import words
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays.stays import nights_between
from shelter_desk.operations.beds.occupancy import Present
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.drafts import Value
from shelter_desk.operations.residents import residents
from shelter_desk.operations.today import today
from shelter_desk.ui import tokens
from shelter_desk.ui.forms import drafting, unsaved
from shelter_desk.ui.forms.day_fields import ClockField, DayField
from shelter_desk.ui.forms.drafting import Drafting
from shelter_desk.ui.page import Told
from shelter_desk.ui.refusals import refusals_told
from shelter_desk.ui.today import blank_forms
from shelter_desk.ui.today.catch_up.arrival_line import ArrivalLine
from shelter_desk.ui.today.catch_up.fast_line import CatchUpLine, Period
from shelter_desk.ui.today.catch_up.person_lines import AbsenceLine, ExitLine, MoveLine, ReturnLine
from shelter_desk.ui.today.catch_up.presence_card import PresenceCard
from shelter_desk.ui.today.catch_up.service_lines import MealLine, ServedLine
from shelter_desk.ui.widgets.buttons import Button, IconButton
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import Label, take_away
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_column, in_row, scrolling, stand_beside
from shelter_desk.words import formats


class PeriodHead(QWidget):
    """Back, the question, and the two moments, which can be typed over."""

    changed = Signal()

    def __init__(self, now: datetime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self.back_button = IconButton("previous", words.text("Back to today"), shortcut_text=words.text("Esc"))
        self.question = Label("", ink="ink2", wrap=True)
        self.from_day = DayField(words.text("From"), now.date(), required=True)
        self.from_hour = ClockField(words.text("Hour"))
        self.to_day = DayField(words.text("Until"), now.date(), required=True)
        self.to_hour = ClockField(words.text("Hour"))
        row = in_row(
            self.back_button,
            (in_column(Label(words.text("Catching up"), size="title", bold=True), self.question, spacing=0), 1),
            within=self,
            spacing=tokens.SPACE_PANEL,
            margins=(tokens.SPACE_2, tokens.SPACE_PANEL, tokens.SPACE_2, tokens.SPACE),
        )
        self._fields: list[DayField | ClockField] = [self.from_day, self.from_hour, self.to_day, self.to_hour]
        for field, width in zip(self._fields, (132, 76, 132, 76), strict=True):
            field.setFixedWidth(tokens.wide(width))
            row.addWidget(field)
            field.changed.connect(self._typed)

    def show_period(self, since: datetime, until: datetime) -> None:
        """Propose these two moments."""
        self._now = until
        for field in self._fields:
            field.blockSignals(True)
        self.from_day.set_day(since.date())
        self.from_hour.set_clock(since.time())
        self.to_day.set_day(until.date())
        self.to_hour.set_clock(until.time())
        for field in self._fields:
            field.blockSignals(False)
        self._say()

    def typed(self) -> list[str]:
        """What stands in the four fields."""
        return [field.line.text() for field in self._fields]

    def retype(self, texts: Sequence[str]) -> None:
        """Show these again."""
        for field, text in zip(self._fields, texts, strict=True):
            field.line.setText(text)

    def period(self) -> tuple[datetime, datetime]:
        """The two moments as typed; where one cannot be read, or they are upside down, now stands for it."""
        since = _moment(self.from_day.day(), self.from_hour.clock() or time.min) or self._now
        until = _moment(self.to_day.day(), self.to_hour.clock() or time(23, 59)) or self._now
        return min(since, until), min(until, self._now)

    @Slot()
    def _typed(self) -> None:
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        since, until = self.period()
        told = words.text("What happened between {since} and {until}?")
        if until >= self._now:
            told = words.text("What happened between {since} and now?")
        self.question.setText(told.format(since=self._said(since), until=self._said(until)))

    def _said(self, moment: datetime) -> str:
        hour, day = formats.clock(moment), moment.date()
        if day == self._now.date():
            return words.text("{hour} today").format(hour=hour)
        if day == self._now.date() - timedelta(days=1):
            return words.text("{hour} yesterday").format(hour=hour)
        return words.text("{hour} on {day}").format(hour=hour, day=formats.short_day(day))


def _moment(day: date | None, hour: time) -> datetime | None:
    return None if day is None else datetime.combine(day, hour)


_SIDE, _BESIDE_FROM, _LEAST_HIGH = 366, 1000, 340
_KINDS: Mapping[str, Callable[[Desk, Period], CatchUpLine]] = {
    "arrival": ArrivalLine,
    "exit": ExitLine,
    "absence": AbsenceLine,
    "return": ReturnLine,
    "move": MoveLine,
    "meal": MealLine,
    "service": ServedLine,
}


class CatchUp(QWidget):
    """Lines and the list of each night on one screen; what is typed stays until it is kept or taken away.

    What is typed and not kept survives a lock and a cut as the draft of this page.
    """

    told = Signal(object)  # Told
    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._begun = False
        self._late_said = (date.min, "")  # on which day it was said why lines of closed months come late
        self.lines: list[CatchUpLine] = []
        self.head = PeriodHead(desk.now())
        self.presence = PresenceCard(desk)
        self.counted = Label("", size="small", ink="ink2")
        self.card = Card(words.text("What happened"), badge=self.counted)
        self.nothing = Label(
            words.text("Add a line for each arrival, exit, absence, return, move, meal or service."), ink="ink2"
        )
        self.buttons = {
            "arrival": Button(words.text("&Arrival"), icon="arrive"),
            "exit": Button(words.text("&Exit"), icon="leave"),
            "absence": Button(words.text("A&bsence"), icon="absence"),
            "return": Button(words.text("&Return"), icon="undo"),
            "move": Button(words.text("&Move"), icon="move"),
            "meal": Button(words.text("Mea&l"), icon="today"),
            "service": Button(words.text("Ser&vice"), icon="heart"),
        }
        for kind in () if desk.may(Permission.ASSIST) else ("meal", "service"):
            self.buttons[kind].hide()
        self.paper_button = Button(words.text("Blank forms…"), icon="print", on_click=self.print_forms)
        self.paper_button.setToolTip(words.text("Before a cut: arrivals, exits, services and incidents on paper"))
        self._lay_out()
        self._typed = CatchUpDraft(self)
        self.drafting = Drafting(desk, self, FORM, self._typed)
        self.drafting.found.connect(self.drafting.resume)
        self.head.back_button.clicked.connect(self.closed)
        self.head.changed.connect(self._period_changed)
        self.presence.noted.connect(self._from_list)
        self.presence.told.connect(self.told)
        for button in self.buttons.values():
            button.clicked.connect(self._clicked)

    def _lay_out(self) -> None:
        self.presence.setFixedWidth(tokens.wide(_SIDE))
        kinds = Flow(tokens.SPACE, tokens.SPACE)
        kinds.add(*self.buttons.values())
        self._column = in_column(self.nothing, STRETCH, spacing=tokens.SPACE)
        self._scrolled = scrolling(self._column, only_down=True)
        self.card.head.addWidget(self.paper_button)
        fill(self.card.body, kinds, (self._scrolled, 1))
        both = QWidget()
        self._columns = in_row(
            (self.card, 1),
            self.presence,
            within=both,
            spacing=tokens.SPACE_PANEL,
            margins=(tokens.SPACE_2, 0, tokens.SPACE_2, tokens.SPACE_PANEL),
        )
        in_column(self.head, (scrolling(both, only_down=True), 1), within=self, spacing=0)

    @Slot()
    def print_forms(self) -> None:
        """Blank forms for the hours without power."""
        with refusals_told(self.told):
            told = blank_forms.print_forms(self, self._desk)
            if told:
                self.told.emit(Told("ok", told))

    # Opening ---------------------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Propose the period since the last line of the journal; lines typed before stay, with their period."""
        if not self.lines:
            now = self._desk.now()
            self.head.show_period(today.since_when(self._desk) or now, now)
        self._period_changed()
        if not self._begun:
            self._begun = True
            self.drafting.begin()
        self.first().setFocus(Qt.FocusReason.OtherFocusReason)

    def first(self) -> QWidget:
        """What takes the focus: the line still open, else the first button."""
        open_line = next((line for line in self.lines if line.done is None), None)
        return self.buttons["arrival"] if open_line is None else open_line.first()

    def look_again(self) -> None:
        """Other stays or rooms: the lists of choices follow, what is typed stays."""
        with refusals_told(self.told):
            here = residents.listed(self._desk, "here")
            self.presence.look_again()
            for line in self.lines:
                line.look_again()
                if line.done is None:
                    line.set_present(here)
                    self.drafting.touch()  # one that was taken back is open again
        self._count()

    @Slot()
    def _period_changed(self) -> None:
        since, until = self.head.period()
        for line in self.lines:
            line.set_period((since, until))
        self.presence.show_nights(nights_between(since, until) or [until.date()])
        self.look_again()

    # Lines -----------------------------------------------------------------------------------------------------------

    @Slot()
    def _clicked(self) -> None:
        kind = next((kind for kind, button in self.buttons.items() if button is self.sender()), None)
        if kind is not None:
            self.add(kind)

    def add(self, kind: str) -> CatchUpLine:
        """One more line of that kind, open for typing."""
        line = _KINDS[kind](self._desk, self.head.period())
        line.kind = kind
        line.set_present(residents.listed(self._desk, "here"))
        if self._late_said[0] == self._desk.today():
            line.late_reason.remembered = self._late_said[1]
        line.kept.connect(self._kept)
        line.told.connect(self.told)
        line.dropped.connect(self._dropped)
        line.grown.connect(self.drafting.listen)
        self.lines.append(line)
        self._column.insertWidget(self._column.count() - 1, line)
        line.show()  # else only later, and it could not take the focus yet
        line.order_tabs()
        self._typed.begin(line)
        self.drafting.listen(line)
        self._count()
        self._go_to(line)
        return line

    def _go_to(self, line: CatchUpLine) -> None:
        line.first().setFocus(Qt.FocusReason.TabFocusReason)  # what is proposed is typed over
        QTimer.singleShot(0, line, lambda: self._scrolled.ensureWidgetVisible(line))

    @Slot(str, object, object)
    def _from_list(self, kind: str, one: Present, night: date) -> None:
        line = self.add(kind)
        line.from_list = True
        line.take(one.stay.id, night)
        self._go_to(line)
        if kind == "return":  # all is known of it: the line is kept at once
            line.go()

    @Slot(object)
    def _kept(self, told: Told) -> None:
        line = self.sender()
        self.drafting.keep_now()
        self.told.emit(told)
        self.look_again()
        if isinstance(line, CatchUpLine):
            self._remember(line.late_reason.said())
            after = self.presence.list if line.from_list else self.buttons[line.kind]
            after.setFocus(Qt.FocusReason.OtherFocusReason)
            if line.from_list:
                self.presence.go_on()

    def _remember(self, late: str) -> None:
        """Why lines of closed months come late is asked once a day."""
        if late:
            self._late_said = self._desk.today(), late
            for line in self.lines:
                line.late_reason.remembered = late

    @Slot()
    def _dropped(self) -> None:
        line = self.sender()
        if isinstance(line, CatchUpLine) and line in self.lines:
            self.lines.remove(line)
            self._column.removeWidget(line)
            take_away(line)
            self.drafting.keep_now()
            self._count()
            after = self.presence.list if line.from_list else self.first()
            after.setFocus(Qt.FocusReason.OtherFocusReason)

    def _count(self) -> None:
        kept = sum(1 for line in self.lines if line.done is not None)
        left = len(self.lines) - kept
        told = [words.count("{n} line kept", "{n} lines kept", kept)] if kept else []
        told += [words.count("{n} line open", "{n} lines open", left)] if left else []
        self.counted.setText(" · ".join(told))
        self.nothing.setVisible(not self.lines)

    # Window ----------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            told = unsaved.kept(self.drafting)
            self.closed.emit()
            if told is not None:
                self.told.emit(told)
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= tokens.wide(_BESIDE_FROM)
        stand_beside(self._columns, self.presence, beside, tokens.wide(_SIDE))
        for card in (self.card, self.presence):  # one below the other, each has room for a line and the page scrolls
            card.setMinimumHeight(0 if beside else tokens.high(_LEAST_HIGH))


FORM = "today/catch_up"
_PERIOD = "period"


class CatchUpDraft:
    """The period and each open line into which something was typed; nothing at all where there is no such line."""

    def __init__(self, page: "CatchUp") -> None:
        self._page = page
        self._begun: dict[CatchUpLine, list[str]] = {}

    def begin(self, line: CatchUpLine) -> None:
        """What stands in a new line is proposed, not typed."""
        self._begun[line] = _typed(line)

    def values(self) -> dict[str, Value]:
        """A line is its kind, then the texts of its editors in their order."""
        self._begun = {line: texts for line, texts in self._begun.items() if line in self._page.lines}
        open_lines = [line for line in self._page.lines if line.done is None and _typed(line) != self._begun.get(line)]
        told: dict[str, Value] = {str(place): [line.kind, *_typed(line)] for place, line in enumerate(open_lines)}
        return {_PERIOD: self._page.head.typed(), **told} if told else {}

    def fill(self, values: Mapping[str, Value]) -> None:
        """Show the period and a line for each that was open."""
        period = values.get(_PERIOD)
        if isinstance(period, list):
            self._page.head.retype(period)
        for key, told in values.items():
            if key != _PERIOD and isinstance(told, list):
                _retype(self._page.add(told[0]), told[1:])


def _editors(line: CatchUpLine) -> list[QWidget]:
    moment = [line.at.day, line.at.hour] if line.at is not None else []
    below = line.drafted_below() if isinstance(line, ExitLine) else []
    return [*moment, *drafting.editors_of(line).values(), *below]


def _typed(line: CatchUpLine) -> list[str]:
    return [str(drafting.said(editor)) for editor in _editors(line)]


def _retype(line: CatchUpLine, texts: list[str]) -> None:
    """Fill it, let what depends on that follow, and fill what was not in a list of choices before."""
    for _ in range(2):
        for editor, text in zip(_editors(line), texts, strict=False):
            if drafting.said(editor) != text:
                drafting.put(editor, text)
        line.retyped()
    line.reason.setVisible(bool(line.reason.text()))
