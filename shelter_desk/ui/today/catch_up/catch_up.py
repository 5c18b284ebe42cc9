"""Catching up after a cut: what happened in the period, line by line, and who slept here meanwhile.

What of the lines of a cut is typed and not kept yet, as the draft of the page keeps it.
"""

from collections.abc import Callable, Mapping
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.stays.stays import nights_between
from shelter_desk.operations.beds.occupancy import Present
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.drafts import Value
from shelter_desk.operations.residents import residents
from shelter_desk.operations.today import today
from shelter_desk.ui import tokens
from shelter_desk.ui.forms import drafting, unsaved
from shelter_desk.ui.forms.drafting import Drafting
from shelter_desk.ui.page import Told
from shelter_desk.ui.refusals import refusals_told
from shelter_desk.ui.today.blank_forms import blank_forms
from shelter_desk.ui.today.catch_up.arrival_line import ArrivalLine
from shelter_desk.ui.today.catch_up.away_lines import AbsenceLine, MoveLine, ReturnLine
from shelter_desk.ui.today.catch_up.exit_line import ExitLine
from shelter_desk.ui.today.catch_up.fast_line import CatchUpLine, MomentFields, Period
from shelter_desk.ui.today.catch_up.period_head import PeriodHead
from shelter_desk.ui.today.catch_up.presence_card import PresenceCard
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.flow import Flow
from shelter_desk.ui.widgets.label import Label, take_away
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_column, scrolling

_SIDE, _BESIDE_FROM, _LEAST_HIGH = 366, 1000, 340
_KINDS: Mapping[str, Callable[[Desk, Period], CatchUpLine]] = {
    "arrival": ArrivalLine,
    "exit": ExitLine,
    "absence": AbsenceLine,
    "return": ReturnLine,
    "move": MoveLine,
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
        self.lines: list[CatchUpLine] = []
        self.head = PeriodHead(desk.now())
        self.presence = PresenceCard(desk)
        self.counted = Label("", size="small", ink="ink2")
        self.card = Card(words.text("What happened"), badge=self.counted)
        self.nothing = Label(words.text("Add a line for each arrival, exit, absence, return or move."), ink="ink2")
        self.buttons = {
            "arrival": Button(words.text("&Arrival"), icon="arrive"),
            "exit": Button(words.text("&Exit"), icon="leave"),
            "absence": Button(words.text("A&bsence"), icon="absence"),
            "return": Button(words.text("&Return"), icon="undo"),
            "move": Button(words.text("&Move"), icon="move"),
        }
        self.paper_button = Button(words.text("Blank forms…"), icon="print", on_click=self.print_forms)
        self.paper_button.setToolTip(words.text("Before a cut: arrivals, exits, services and incidents on paper"))
        self._lay_out()
        self._typed = CatchUpDraft(self)
        self.drafting = Drafting(desk, self, FORM, self._typed)
        self._connect()

    def _lay_out(self) -> None:
        self.presence.setFixedWidth(tokens.wide(_SIDE))
        self._kinds = Flow(tokens.SPACE, tokens.SPACE)
        self._kinds.add(*self.buttons.values())
        self._column = in_column(self.nothing, STRETCH, spacing=tokens.SPACE)
        self._scrolled = scrolling(self._column, only_down=True)
        self.card.head.addWidget(self.paper_button)
        fill(self.card.body, self._kinds, (self._scrolled, 1))
        both = QWidget()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, both)
        self._columns.setContentsMargins(tokens.SPACE_2, 0, tokens.SPACE_2, tokens.SPACE_PANEL)
        self._columns.setSpacing(tokens.SPACE_PANEL)
        self._columns.addWidget(self.card, 1)
        self._columns.addWidget(self.presence)
        in_column(self.head, (scrolling(both, only_down=True), 1), within=self, spacing=0)

    def _connect(self) -> None:
        self.head.back_button.clicked.connect(self.closed)
        self.head.changed.connect(self._period_changed)
        self.presence.left.connect(self._left)
        self.presence.away.connect(self._away)
        self.presence.back.connect(self._back)
        self.drafting.found.connect(self.drafting.resume)
        for button in self.buttons.values():
            button.clicked.connect(self._clicked)

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

    def _from_list(self, kind: str, one: Present, night: date) -> CatchUpLine:
        line = self.add(kind)
        line.from_list = True
        line.take(one.stay.id, night)
        self._go_to(line)
        return line

    @Slot(object, object)
    def _left(self, one: Present, night: date) -> None:
        self._from_list("exit", one, night)

    @Slot(object, object)
    def _away(self, one: Present, night: date) -> None:
        self._from_list("absence", one, night)

    @Slot(object, object)
    def _back(self, one: Present, night: date) -> None:
        """All is known of a return: the line is kept at once."""
        self._from_list("return", one, night).go()

    @Slot(object)
    def _kept(self, told: Told) -> None:
        line = self.sender()
        self.drafting.keep_now()
        self.told.emit(told)
        self.look_again()
        if isinstance(line, CatchUpLine) and line.from_list:
            self.presence.list.setFocus(Qt.FocusReason.OtherFocusReason)
            self.presence.go_on()
            return
        if isinstance(line, CatchUpLine):
            self.buttons[line.kind].setFocus(Qt.FocusReason.OtherFocusReason)

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
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(direction)
        if beside:
            self.presence.setFixedWidth(tokens.wide(_SIDE))
        else:
            self.presence.setMinimumWidth(0)
            self.presence.setMaximumWidth(16_777_215)
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
    at = getattr(line, "at", None)
    moment: list[QWidget] = [at.day, at.hour] if isinstance(at, MomentFields) else []
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
