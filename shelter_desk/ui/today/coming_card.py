"""What is planned from today on for a week: arrivals that are expected, exits, appointments; each leads there."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from shelter_desk import words
from shelter_desk.domain import codes
from shelter_desk.domain.assistance.appointments import STEPS
from shelter_desk.domain.moments import is_plain
from shelter_desk.operations.today.arrivals import Coming
from shelter_desk.ui import tokens
from shelter_desk.ui.next_turn import later
from shelter_desk.ui.today.neighbours import go_to_next
from shelter_desk.ui.widgets.buttons import Button
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.label import ElidedLabel, IconLabel, Label, take_away
from shelter_desk.ui.widgets.layouts import STRETCH, in_column, in_row, laid_out_once, scrolling
from shelter_desk.words import formats
from shelter_desk.words.beds import held_beds

_DAY, _ROW, _LEAST_ROWS = 44, 36, 3
FIRST = 30  # lines before somebody asks for more: hundreds hold up the page, and nobody reads them
_AT_ONCE, _MORE = 3, 2  # of these: what is seen; then so many between two keys
_ICONS = {"arrival": "arrive", "exit": "leave", "appointment": "calendar"}


def sentence(one: Coming) -> str:
    """What is planned, the hour first where it is known, then the code."""
    if one.held is not None:
        told = words.text("{who}: {place}")
        who, place = held_beds.who(one.held.held.groups), held_beds.place(one.held.place, one.held.held)
        return told.format(who=who, place=place)
    if one.kind == "exit":
        return words.text("{code}: exit planned").format(code=one.code)
    what = words.label(STEPS if codes.is_code(STEPS, one.what) else "service_type", one.what)
    if is_plain(one.at):
        return words.text("{code}: {what}").format(code=one.code, what=what)
    hour = formats.clock(one.at)
    return words.text("{hour} {code}: {what}").format(hour=hour, code=one.code, what=what)


class ComingRow(QWidget):
    """The day where it is another one, what is planned, the button that leads there."""

    def __init__(self, one: Coming, day: str) -> None:
        super().__init__()
        self.one = one
        self.day = Label(day, size="small", bold=True, ink="ink2")
        self.day.setFixedWidth(tokens.wide(_DAY))
        told = sentence(one)
        self.sentence = ElidedLabel(told)
        self.button = Button(words.text("See"), "quiet")
        named = words.text("{day}, {what}").format(day=formats.short_day(one.at.date()), what=told)
        self.button.setAccessibleName(words.text("See: {what}").format(what=named))
        icon = IconLabel(_ICONS[one.kind], "ink2", 16)
        edges = (tokens.SPACE_2, 0, tokens.SPACE_HALF, 0)
        parts = (self.day, icon, (self.sentence, 1), self.button)
        in_row(*parts, within=self, spacing=tokens.SPACE_HALF, margins=edges)
        self.setFixedHeight(tokens.high(_ROW))


class ComingCard(Card):
    """The lines of the days to come; arrows go from one to the other."""

    wanted = Signal(str)  # a page, or `page/part of it`

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(words.text("Today and the days to come"), parent=parent)
        self.rows: list[ComingRow] = []
        self._found: list[Coming] = []
        self._is_read = False
        self._wanted = 0  # lines
        self.more = Button("", "quiet", on_click=self._show_more)
        self.more.hide()
        self.nothing = Label(words.text("Nothing is planned."), ink="ink2", wrap=True)
        self.nothing.setContentsMargins(tokens.SPACE_2, 0, tokens.SPACE_2, 0)
        self._lines = QWidget()
        self._column = in_column(self.more, STRETCH, within=self._lines, spacing=0)
        self._scrolled = scrolling(self._lines, only_down=True)
        self._scrolled.setMinimumHeight(tokens.high(_ROW) * _LEAST_ROWS)
        self._scrolled.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)  # the rest scrolls
        self.reach_edges()
        self.body.addWidget(self.nothing)
        self.body.addWidget(self._scrolled, 1)
        self.nothing.hide()  # until it is known

    def show_days(self, found: Sequence[Coming]) -> None:
        """Show these, in their order; the focus stays on the line it was on."""
        if self._is_read and list(found) == self._found:
            return
        self._is_read = True
        held = next((row.one for row in self.rows if row.button.hasFocus()), None)
        for row in self.rows:
            self._column.removeWidget(row)
            take_away(row)
        unfolded = len(self.rows)
        self.rows, self._found = [], list(found)
        self._wanted = min(max(FIRST, unfolded), len(self._found))
        self._add(_AT_ONCE if held is None else self._wanted)
        self.nothing.setVisible(not self.rows)
        self._scrolled.setVisible(bool(self.rows))
        again = next((row for row in self.rows if row.one == held), None)
        if again is not None:
            again.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, most: int) -> None:
        """So many lines more at most, below those there are; others follow once the window has painted."""
        last = self.rows[-1].one.at.date() if self.rows else date.min
        with laid_out_once(self._column):
            for one in self._found[len(self.rows) : min(len(self.rows) + most, self._wanted)]:
                day = one.at.date()
                row = ComingRow(one, formats.short_day(day) if day != last else "")
                row.button.clicked.connect(self._clicked)
                self._column.insertWidget(len(self.rows), row)
                row.show()
                self.rows.append(row)
                last = day
        if len(self.rows) < self._wanted:
            later(self, self._make_more)
        left = len(self._found) - self._wanted
        self.more.setText(words.count("Show {n} line more", "Show {n} lines more", left))
        self.more.setVisible(left > 0)
        room = tokens.high(_ROW) * self._wanted + (self.more.sizeHint().height() if left > 0 else 0)
        self._lines.setMinimumHeight(room)  # at once, so that nothing moves as the others are made

    def _make_more(self) -> None:
        self._add(_MORE)

    @Slot()
    def _show_more(self) -> None:
        there = len(self.rows)
        self._wanted = len(self._found)
        self._add(self._wanted)
        self.rows[there].button.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _clicked(self) -> None:
        row = next((row for row in self.rows if row.button is self.sender()), None)
        if row is not None:
            self.wanted.emit(row.one.page)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go to the line above or below."""
        if not go_to_next(event, self.rows, lambda row: row.button, self._scrolled):
            super().keyPressEvent(event)
