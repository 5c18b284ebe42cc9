"""The calendar of the beds on the page: which nights, what is carried where, what the vault is asked to write."""

from datetime import date, timedelta
from typing import Literal

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QCursor, QKeyEvent
from PySide6.QtWidgets import QFrame, QToolTip, QWidget

from shelter_desk import words
from shelter_desk.domain.beds import calendar as rules
from shelter_desk.domain.beds.calendar import Bar, Span
from shelter_desk.domain.ids import StayId
from shelter_desk.domain.moments import ONE_DAY
from shelter_desk.domain.rights import Permission
from shelter_desk.operations import settings
from shelter_desk.operations.beds import bed_board, bed_calendar
from shelter_desk.operations.beds.bed_board import Board
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays import exits, roll_call
from shelter_desk.operations.vault.journal import printed
from shelter_desk.ui import tokens
from shelter_desk.ui.beds import mover as movers
from shelter_desk.ui.beds import moving, tiles
from shelter_desk.ui.beds.calendar import looks, paper
from shelter_desk.ui.beds.calendar.controls import CalendarLegend, SpanControls
from shelter_desk.ui.beds.calendar.grid import NOTHING_ABOVE, Above, CalendarGrid
from shelter_desk.ui.beds.calendar.looks import BarLook, CalendarLook, RowLook
from shelter_desk.ui.beds.mover import Mover
from shelter_desk.ui.page import Teller, Told
from shelter_desk.ui.widgets.help_mark import HelpMark, explains
from shelter_desk.ui.widgets.layouts import in_column
from shelter_desk.words import formats

Kind = Literal["move", "swap", "family"]


class CalendarView(Teller):
    """The grid and its legend; the controls stand in the head of the page.

    A bar is carried by the mouse or by the keys; where it is put down says the bed and the first night of the move,
    which ends where the bar ends. What the moves write, ask and refuse is the mover's, as on the plan.
    """

    planning = Signal()  # an exit is being planned, or is not any more
    opened = Signal(str, object)  # what the panel is wanted of: the key by which the plan knows the place, the night

    def __init__(self, desk: Desk, mover: Mover, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.mover = desk, mover
        self.span: Span = "weeks"
        self.day = desk.today()
        self.controls = SpanControls(self.span)
        self.grid = CalendarGrid()
        self.legend = CalendarLegend(rules.period("week", self.day))
        self.bar: Bar | None = None  # that is carried
        self.planned: date | None = None  # the exit that is being planned
        self._look = self.grid.look
        self._boards: dict[date, Board] = {}
        framed = QFrame()
        framed.setProperty("role", "card")
        in_column(self.grid, within=framed, margins=1)
        around = (tokens.SPACE_2, 0, tokens.SPACE_2, 0)
        whole = in_column((framed, 1), self.legend, within=self, spacing=tokens.SPACE_HALF, margins=around)
        self.help = HelpMark("calendrier_lits", whole, 0)
        self.controls.add(self.help)
        self.setFocusProxy(self.grid)
        self.controls.chosen.connect(self._span_chosen)
        self.controls.turned.connect(self.turn)
        self.controls.tonight.connect(self.go_tonight)
        self.grid.turned.connect(self.turn)
        self.grid.beyond.connect(self._beyond)
        self.grid.opened.connect(self._opened)
        self.grid.moved.connect(self._cursor_moved)
        self.grid.lifted.connect(self._lifted)
        self.grid.carried.connect(self._cursor_moved)
        self.grid.dropped.connect(self._dropped)
        self.grid.edge_lifted.connect(self._edge_lifted)
        self.grid.edge_carried.connect(self._edge_carried)
        self.grid.edge_dropped.connect(self.write_exit)
        self.grid.stretched.connect(self.stretch)

    # which nights

    def refresh(self) -> None:
        """Read the nights again, and what is carried over them. Raises NotAllowed."""
        nights = rules.period(self.span, self.day)
        made = bed_calendar.calendar(self.desk, nights)
        was_blank = self.is_blank()
        self.grid.can_carry = self.desk.may(Permission.MOVE)
        self.grid.can_stretch = self.desk.may(Permission.ADMIT) and self.desk.may(Permission.CASE_SEE)
        self._look = looks.look(made)
        self.grid.show_look(self._look, made.today)
        self._boards.clear()
        first = self._first()
        self.controls.before.setEnabled(first is None or first < nights.first)
        if was_blank:
            self.grid.go_to(self.grid.key(), self.desk.today())
        if self.mover.moving is not None:
            self._follow(self.mover.night or self.desk.today())
        else:
            self.bar = self.planned = None

    def is_blank(self) -> bool:
        """True until its nights are read."""
        return not self.grid.look.rows

    def _first(self) -> date | None:
        """The first night that the role may see, None where it may see all."""
        return None if self.desk.may(Permission.CASE_SEE) else roll_call.nights_to_call(self.desk)[0]

    @Slot(str)
    def _span_chosen(self, span: Span) -> None:
        self.span = span
        self.show_around(self.grid.night())

    @Slot(int)
    def turn(self, steps: int) -> None:
        """So many weeks or months further on, or back."""
        column = self.grid.column
        day = rules.turned(self.span, self.day, steps)
        if self._first() is not None and rules.period(self.span, day).last < (self._first() or day):
            return
        self.day = day
        self.attempt(self.refresh)
        self.grid.go_to(self.grid.key(), self.grid.look.night(min(column, self.grid.look.columns - 1)))
        self._cursor_moved(self.grid.key(), self.grid.night())

    @Slot()
    def go_tonight(self) -> None:
        """The nights around tonight, the cursor at it."""
        self.show_around(self.desk.today())

    def show_around(self, night: date) -> None:
        """The nights around that one, the cursor at it."""
        self.day = night
        self.attempt(self.refresh)
        self.grid.go_to(self.grid.key(), night)

    @Slot(int)
    def _beyond(self, way: int) -> None:
        """The cursor goes on to the night beside those shown."""
        night = self.grid.night() + timedelta(days=way)
        first = self._first()
        if first is not None and night < first:
            return
        self.day = night if self.span == "month" else self.day + timedelta(days=7 * way)
        self.attempt(self.refresh)
        self.grid.go_to(self.grid.key(), night)
        self._cursor_moved(self.grid.key(), night)

    # what is at the cursor

    def bar_at(self, key: str, night: date) -> Bar | None:
        """The stay at a cell, a baby's adult where both are there."""
        row = self.grid.row_of(key)
        return row.line.stay_on(night) if row is not None and row.line is not None else None

    def bar_at_cursor(self) -> Bar | None:
        """The stay at the cursor."""
        return self.bar_at(self.grid.key(), self.grid.night())

    def place_of(self, key: str, bar: Bar | None) -> str:
        """The key by which the plan knows a row, or whose bar it is where the row has no bed."""
        row = self.grid.row_of(key)
        if row is not None and (tiles.held_of(row.target) or (row.line is not None and row.line.bed is not None)):
            return row.target
        return tiles.stay_key(bar.stay.id) if bar is not None and bar.stay is not None else ""

    @Slot(str, object)
    def _opened(self, key: str, night: date) -> None:
        if self.mover.moving is not None:
            row = self.grid.row_of(key)
            self.mover.choose(row.target if row is not None else "")
        elif self.planned is not None:
            self.write_exit()
        else:
            place = self.place_of(key, self.bar_at(key, night))
            if place:
                self.opened.emit(place, min(night, self.desk.today()))

    # carrying

    def begin(self, kind: Kind, *, dragged: bool = False) -> None:
        """Take up who is at the cursor, from the night of the cursor on, tonight at the latest."""
        bar = self.bar_at_cursor()
        if bar is None or bar.stay is None or not self.desk.may(Permission.MOVE):
            return
        night = self._night_of(bar, self.grid.night())
        board = self._board(night)
        who = next((one for one in board.everyone if one.stay.id == bar.stay.id), None) if board is not None else None
        if who is None or board is None or (kind == "family" and len(moving.movers(board, who)) < 2):
            return
        if kind == "swap" and (who.placement is None or who.placement.place != "lit"):
            return
        if self.planned is not None:
            self.planned = None
            self.planning.emit()
        self.bar = bar
        self.mover.begin(board, kind, who, dragged, self._dated(night))

    def _night_of(self, bar: Bar, night: date) -> date:
        """The night of the bar that is nearest to it; none later than tonight."""
        last = self.desk.today() if bar.after is None else min(self.desk.today(), bar.after - ONE_DAY)
        return max(bar.first, min(night, last))

    def _dated(self, night: date) -> date | None:
        """The night of a move that is dated back, None for tonight."""
        return night if night < self.desk.today() else None

    def _board(self, night: date) -> Board | None:
        """The house on that night, read once while nothing is written. None where that is refused, which is said."""
        if night not in self._boards:
            found = self.attempt(lambda: bed_board.board(self.desk, night))
            if found is None:
                return None
            self._boards[night] = found
        return self._boards[night]

    @Slot(str, object)
    def _cursor_moved(self, _key: str, night: date) -> None:
        """Where the cursor stands, what is carried is from now on; an exit that was being planned is not."""
        if self.planned is not None:
            self.give_up()
        if self.mover.moving is not None and self.bar is not None:
            wanted = self._night_of(self.bar, night)
            if wanted != (self.mover.night or self.desk.today()):
                self._follow(wanted)
            else:
                self.show_moving()

    def _follow(self, night: date) -> None:
        """The move begins with that night."""
        board = self._board(night)
        if board is not None:
            self.mover.look_again(board, self._dated(night))
            self.mover.changed.emit()

    def show_moving(self) -> None:
        """What each bed says to the move, and where the bar would lie."""
        current = self.mover.moving
        if current is None or self.bar is None:
            if self.planned is None:
                self.bar = None
                self.grid.let_go()
                self._show(self._look)
            return
        night, said = self.mover.night or self.desk.today(), self.mover.verdicts
        look = looks.with_mats(self._look, said.keys())
        self._show(look)
        found: dict[str, tuple[BarLook, ...]] = {}
        for row in look.rows:
            verdict = said.get(row.target)
            sign = looks.swap_sign if current.kind == "swap" else looks.gap
            told = sign(look, row, night, verdict) if verdict is not None else None
            found[row.key] = () if told is None else (told,)
        other = self.bar_at(self.grid.key(), night)
        is_other = other is not None and other.stay is not None and other.stay.id != current.who.stay.id
        carried = looks.ghost(look, self.bar, night, other if is_other else None)
        if carried is not None:
            found[self.grid.key()] = (*found[self.grid.key()], carried)
        only = frozenset[str]() if current.dragged else frozenset(row.key for row in look.rows if self._can(row, night))
        self.grid.show_above(Above(found, dict(said), only))

    def _show(self, look: CalendarLook) -> None:
        """These rows, with nothing above them."""
        if self.grid.look != look:
            self.grid.show_look(look, self.desk.today())
        else:
            self.grid.show_above(NOTHING_ABOVE)

    def _can(self, row: RowLook, night: date) -> bool:
        """Whether the arrows visit it while somebody is moved: it can be chosen, or is where the person is now."""
        verdict = self.mover.verdicts.get(row.target)
        if row.line is None or verdict is None:
            return False
        return verdict.kind == "here" or (verdict.can and (row.line.bed is not None or not row.line.on(night)))

    @Slot(str, object)
    def _lifted(self, key: str, night: date) -> None:
        self.grid.go_to(key, night)
        self.begin("move", dragged=True)
        if self.mover.moving is None:
            self.grid.let_go()

    @Slot(str, object)
    def _dropped(self, key: str, night: date) -> None:
        """The bar was let go over that cell, or over none."""
        current, bar, row = self.mover.moving, self.bar, self.grid.row_of(key)
        self.mover.give_up()
        if current is None or bar is None or row is None or not row.target:
            return
        first = self._night_of(bar, night)
        board = self._board(first)
        if board is not None:
            self.mover.drop(board, movers.key_of(board, current.who.stay.id), row.target, self._dated(first))

    # the planned exit

    @Slot(int)
    def stretch(self, days: int) -> None:
        """One night more or less until the exit of who is at the cursor."""
        bar = self._stays_on()
        if bar is None:
            return
        former = self.planned or bar.planned or self.desk.today()
        self._plan(bar, former + timedelta(days=days))

    def _stays_on(self) -> Bar | None:
        """Who is at the cursor and still here, of whom an exit may be planned; nobody while somebody is carried."""
        bar = self.bar_at_cursor() if self.mover.moving is None else None
        return bar if bar is not None and bar.after is None and self.grid.can_stretch else None

    def _plan(self, bar: Bar, day: date) -> None:
        self.bar, self.planned = bar, max(day, self.desk.today() + ONE_DAY)
        shown = looks.planned_ghost(self.grid.look, bar, self.planned)
        self.grid.show_above(Above({self.grid.key(): () if shown is None else (shown,)}, {}))
        self.planning.emit()

    def planned_exit(self) -> str:
        """Which exit is being planned, "" for none."""
        if self.planned is None or self.bar is None or self.bar.person is None:
            return ""
        told = words.text("Exit of {code} planned for {day}: Enter writes it, Escape gives up.")
        return told.format(code=self.bar.person.code, day=formats.day(self.planned))

    @Slot(str, object)
    def _edge_lifted(self, key: str, night: date) -> None:
        if self.mover.moving is None:
            self.bar = self.planned = None  # of somebody else, by the keys
            self.grid.go_to(key, night)

    @Slot(object)
    def _edge_carried(self, day: date) -> None:
        bar = self.bar if self.planned is not None else self._stays_on()
        if bar is not None:
            self._plan(bar, day)
            told = words.text("exit planned {day}").format(day=formats.short_day(self.planned or day))
            QToolTip.showText(QCursor.pos(), told, self.grid.viewport())

    @Slot()
    def write_exit(self) -> None:
        """Write the exit that is being planned."""
        bar, day = self.bar, self.planned
        self.give_up()
        if bar is None or bar.stay is None or bar.person is None or day is None or day == bar.planned:
            return
        stay: StayId = bar.stay.id
        done = self.attempt(lambda: exits.plan(self.desk, stay, day))
        if done is not None:
            told = words.text("Exit of {code} planned for {day}.")
            self.told.emit(Told("ok", told.format(code=bar.person.code, day=formats.day(day)), done))
            self.attempt(self.refresh)

    def give_up(self) -> bool:
        """Write no exit; whether one was being planned."""
        was, self.planned = self.planned is not None, None
        if was:
            self.bar = None
            self.grid.let_go()
            self.grid.show_above(NOTHING_ABOVE)
            self.planning.emit()
        return was

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not explains(event, self.help):
            super().keyPressEvent(event)

    def take_keys(self) -> None:
        """The keys go to the cursor."""
        self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    def print_nights(self) -> None:
        """Print the nights shown, whole; the journal keeps which. Raises DiskFull, ReadOnly."""
        look = self._look
        sigle = settings.read(self.desk).sigle
        told = paper.print_look(self, look, training=self.desk.is_training, sigle=sigle)
        nights = f"{look.nights.first.isoformat()}/{look.nights.last.isoformat()}"
        self.tell(printed(self.desk, "bed_calendar", told, nights))
