"""The plan of one night, or the calendar of many: which is shown, where the keys go, the panel of a cell."""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QApplication, QWidget

from shelter_desk import words
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.beds.bed_board import Board
from shelter_desk.operations.desk import Desk
from shelter_desk.ui.beds import mover
from shelter_desk.ui.beds.bed_views import AwayForm, ReasonFace
from shelter_desk.ui.beds.plan_page import PlanPage
from shelter_desk.ui.next_turn import NextTurn
from shelter_desk.ui.refusals import refusals_told

if TYPE_CHECKING:
    from shelter_desk.ui.beds.calendar.calendar_view import CalendarView, Kind

CARRYING: "dict[str, Kind]" = {"move": "move", "swap": "swap", "family": "family"}


class BothViews(PlanPage):
    """The calendar is made when it is first asked for. Its panel shows a night of it as the plan would."""

    chosen_hidden = frozenset({"calendar"})

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.calendar: CalendarView | None = None
        self.head.views.chosen.connect(self.show_view)

    @property
    def in_calendar(self) -> bool:
        """Whether the calendar is shown."""
        return self.calendar is not None and self.head.views.value() == "calendar"

    def _made(self) -> "CalendarView":
        from shelter_desk.ui.beds.calendar.calendar_view import CalendarView

        made = CalendarView(self.desk, self.mover)
        made.told.connect(self.told)
        made.opened.connect(self._cell_opened)
        made.planning.connect(self._say_under_way)
        self._body.addWidget(made)
        self.head.take_controls(made.controls)
        return made

    @Slot(str)
    def show_view(self, view: str) -> None:
        """`plan` or `calendar`; a move under way is given up, a form that is open stays."""
        if self.mover.moving is not None:
            self.mover.give_up()
        at = QApplication.focusWidget()
        had_keys = at is self or (at is not None and self.isAncestorOf(at) and not self.head.isAncestorOf(at))
        if view == "calendar" and self.calendar is None:
            self.calendar = self._made()
        if self.head.views.value() != view:
            self.head.views.choose(view)  # which asks for it here again
            return
        self.head.show_view(view)
        if not self.is_editing():
            self.panel.drop_face()
            self.chosen = ""
            self._make_room(opened=False)
        self.head.night.go_to(self.desk.today())
        self.setFocusProxy(self.view_shown())
        if self.isVisible():
            self._look_again()
        else:
            self._is_stale = True
        if had_keys:
            self._go_to("")

    def view_shown(self) -> QWidget:
        return self.calendar if self.in_calendar and self.calendar is not None else self.plan

    def _follow(self, board: Board) -> None:
        if not self.in_calendar or self.calendar is None:
            super()._follow(board)
        elif self.calendar.is_blank():  # the house was read just now, and the page is about to be painted
            NextTurn(self.calendar, partial(self.calendar.attempt, self.calendar.refresh))
        else:
            self.calendar.refresh()

    def _show(self) -> None:
        if not self.in_calendar or self.calendar is None or self.board is None:
            self.strip.setVisible(True)
            super()._show()
            return
        has_beds = any(look.beds for look in self.board.rooms) or bool(self.board.everyone)
        self._body.setCurrentWidget(self.calendar if has_beds else self.empty)
        self._make_room(self.panel.isVisibleTo(self))
        for widget in (self.head.print_button, self.head.find_button, self.head.controls):
            widget.setVisible(has_beds)
        self.head.find_button.setEnabled(True)
        self._say_under_way()
        self.calendar.show_moving()

    @Slot()
    def _say_under_way(self) -> None:
        """The move or the exit under way, with the way out; what the mouse drags must not be pushed down."""
        if self.calendar is None:
            return
        moving, planned, dragged = self.mover.moving, self.calendar.planned_exit(), self.calendar.grid.carries
        self.strip.setVisible((moving is not None or planned != "") and not dragged)
        if moving is not None:
            self.strip.say(self.mover.sentence(), "swap" if moving.kind == "swap" else "move", words.text("Give up"))
        elif planned:
            self.strip.say(planned, "leave", words.text("Give up"))

    def _go_to(self, key: str) -> None:
        if self.in_calendar and self.calendar is not None:
            self.calendar.take_keys()
        else:
            super()._go_to(key)

    @Slot(str, object)
    def _cell_opened(self, key: str, night: date) -> None:
        """The panel of a bed on that night; with what can be done where it is tonight."""
        if self._looks_at(night):
            self.open_panel(key)

    def _looks_at(self, night: date) -> bool:
        """Whether the panel can be about that night; what is typed into a form that is open is not thrown away."""
        if self.is_editing() and not self.panel.may_go():
            return False
        self.panel.drop_face()
        self.head.night.go_to(night)
        return True

    def act_in_calendar(self, act: str) -> None:
        """Begin that act on who is at the cursor of the calendar."""
        if self.calendar is None:
            return
        bar, night = self.calendar.bar_at_cursor(), self.calendar.grid.night()
        if act in CARRYING:
            self.calendar.begin(CARRYING[act])
        elif act in ("hold", "all_held") and self._looks_at(self.desk.today()):
            self.act(act, self.calendar.place_of(self.calendar.grid.key(), None))
        elif bar is not None and bar.stay is not None and self._looks_at(self.desk.today()):
            key = mover.key_of(self.board, bar.stay.id)
            if key:
                self.act(act, key)
            if isinstance(self.panel.face, AwayForm) and night < self.desk.today():
                self.panel.face.first.set_day(night)

    def act(self, act: str, key: str) -> None:
        """Begin that act on the place of that key; the page knows them."""
        raise NotImplementedError

    def _moving_in_calendar(self) -> None:
        """A move began, is from another night on, or was given up."""
        moving = self.mover.moving
        if moving is None and isinstance(self.panel.face, ReasonFace):
            self.close_panel()
            return
        if moving is not None and not moving.dragged and self.panel.isVisible():
            self.panel.drop_face()
            self.chosen = ""
            self._make_room(opened=False)
        self._show()
        self._go_to("")

    def print_calendar(self) -> None:
        """Print the nights shown."""
        if self.calendar is not None and self.desk.may(Permission.SEE_BEDS):
            with refusals_told(self.told):
                self.calendar.print_nights()
