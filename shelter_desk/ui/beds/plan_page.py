"""The plan and its panel: what is shown of a night, before anything is done to it.

Stays that ask for a look: over their limit (R-14), turning 18 (R-07), somebody they must not meet (R-28).
"""

from collections.abc import Collection, Mapping
from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from shelter_desk import words
from shelter_desk.domain.beds.room_rules import turns_adult_soon
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.ids import PersonId, StayId
from shelter_desk.domain.reports import categories
from shelter_desk.domain.reports.facts import Limits
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays.stays import VictimStatus
from shelter_desk.operations import settings
from shelter_desk.operations.beds import bed_board
from shelter_desk.operations.beds.bed_board import Board
from shelter_desk.operations.beds.occupancy import Present
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import contact_risks
from shelter_desk.operations.residents.contact_risks import KeptApart
from shelter_desk.operations.stays import roll_call, victim_statuses
from shelter_desk.ui import tokens
from shelter_desk.ui.beds import openings, phrases, tiles
from shelter_desk.ui.beds.head import PageHead, Strip
from shelter_desk.ui.beds.mover import Mover
from shelter_desk.ui.beds.nothing_chosen import NothingChosen
from shelter_desk.ui.beds.panel_views import BedPanel, Face
from shelter_desk.ui.beds.plan import BedPlan
from shelter_desk.ui.page import Page
from shelter_desk.ui.refusals import refusals_told
from shelter_desk.ui.widgets.empty import Empty
from shelter_desk.ui.widgets.layouts import in_column, in_row
from shelter_desk.words.beds import room_rules
from shelter_desk.words.casefile import incidents as incident_words


class Alerts:
    """Sentences by stay. Decisions on status are read only for adults who may be over a limit, once per change."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._decided: dict[StayId, tuple[VictimStatus, ...]] = {}
        self._apart: dict[date, Mapping[PersonId, KeptApart]] = {}
        self._days: int | None = None

    def forget(self) -> None:
        """Read the decisions anew next time."""
        self._decided.clear()
        self._days = None
        self._apart.clear()

    def of(self, board: Board) -> dict[StayId, tuple[str, ...]]:
        """What asks for a look on that night, by stay; stays without are left out."""
        if not board.everyone:
            return {}
        night, kept = board.night, settings.read(self._desk)
        allowed = Limits(kept.transit_days, kept.vulnerable_days, kept.vot_days, kept.small_cell_k)
        sees = self._desk.may(Permission.CASE_SEE)  # which limit holds hangs on the status
        may_be_over = {
            one.stay.id
            for one in board.everyone
            if sees and categories.may_be_over(one.stay, one.person, night, allowed)
        }
        self._read(night, may_be_over - self._decided.keys())
        found = {}
        for one in board.everyone:
            limit = None
            if one.stay.id in may_be_over:
                limit = categories.limit_passed(one.stay, one.person, self._decided[one.stay.id], night, allowed)
            found[one.stay.id] = self._told(one, night, limit)
        return {stay: told for stay, told in found.items() if told}

    def _read(self, night: date, undecided: Collection[StayId]) -> None:
        if undecided:
            found = victim_statuses.of_stays(self._desk, undecided)
            self._decided.update({stay: found.get(stay, ()) for stay in undecided})
        if night not in self._apart:
            self._apart[night] = contact_risks.alerts(self._desk, night)
        if self._days is None:
            self._days = settings.thresholds(self._desk).majority_days

    def _told(self, one: Present, night: date, limit: int | None) -> tuple[str, ...]:
        """limit: the longest stay allowed, where it is over."""
        apart = contact_risks.sentences(self._apart[night].get(one.person.id))
        found = [incident_words.apart(*told) for told in apart]
        if limit is not None:
            told = words.text("{nights}: the stay is longer than {limit} days")
            n = phrases.nights_text(categories.nights(one.stay, night))
            found.append(told.format(nights=n, limit=limit))
        if turns_adult_soon(one.person.birth, night, one.stay.child_status, self._days or 0):
            found.append(room_rules.warning("R-07"))
        return tuple(found)


_WIDE_PAGE, _PANEL, _WIDE_PANEL, _LEAST = 1700, 310, 392, 960
_TWO_COLUMNS = 960  # what the plan needs beside the panel, else it has the whole page while no bed is chosen


class PlanPage(Page):
    """Head, strip, plan and panel of one night."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setProperty("role", "page")
        self.board: Board | None = None
        self.chosen = ""
        self._is_covered = False  # by the panel
        self._told_by: dict[StayId, tuple[str, ...]] = {}
        self._alerts = Alerts(desk)
        self.head = PageHead(desk.today())
        self.strip = Strip()
        self.plan = BedPlan()
        self.panel = BedPanel()
        self.nothing_chosen = NothingChosen(desk, self)
        self.nothing_chosen.hide()
        self.mover = Mover(desk, self)
        self.empty = Empty(
            "bed",
            words.text("No beds yet"),
            words.text("The rooms and beds, and who sleeps where."),
            words.text("Add rooms") if desk.may(Permission.ROOMS_EDIT) else None,
        )
        # from the outside in: whatever gets another parent is dressed again with all that is in it
        self._faces = QStackedWidget()  # the plan with its panel, or a form in place of both
        in_column(self._faces, within=self)
        beside, self._left, self._body = QWidget(), QWidget(), QStackedWidget()
        self._faces.addWidget(beside)
        in_row((self._left, 1), self.panel, self.nothing_chosen, within=beside, spacing=0)
        in_column(self.head, self.strip, (self._body, 1), within=self._left, spacing=0)
        self._body.addWidget(self.plan)
        self._body.addWidget(self.empty)
        self.setFocusProxy(self.plan)

    @property
    def night(self) -> date:
        """The night shown."""
        return self.head.night.night()

    @property
    def is_tonight(self) -> bool:
        """Past nights are only looked at."""
        return self.night == self.desk.today()

    def changed(self, changes: Changes) -> None:
        self._alerts.forget()
        super().changed(changes)

    def is_editing(self) -> bool:
        return self.panel.isVisible() and self.panel.face is not None and self.panel.face.is_form

    def refresh(self) -> None:
        self.head.night.show_today(self.desk.today())
        if not self.desk.may(Permission.CASE_SEE):
            self.head.night.begin_with(roll_call.nights_to_call(self.desk)[0])
        with refusals_told(self.told):
            self.board = bed_board.board(self.desk, self.night)
            self._told_by = self._alerts.of(self.board)
            self._follow(self.board)
            self._show()
            if self.panel.isVisible() and not self.is_editing():
                self._refresh_panel()

    def _follow(self, board: Board) -> None:
        """What else looks at the house again: the move under way."""
        self.mover.look_again(board)

    def _go_to(self, key: str) -> None:
        """Give the keys to that bed."""
        self.plan.go_to(key if key in self.plan.tiles else self.plan.current)

    @Slot()
    def _show(self) -> None:
        board = self.board
        if board is None:
            return
        has_beds = any(look.beds for look in board.rooms) or bool(board.everyone)
        self._body.setCurrentWidget(self.plan if has_beds else self.empty)
        self._make_room(self.panel.isVisibleTo(self))
        for widget in (self.strip, self.head.print_button, self.head.find_button):
            widget.setVisible(has_beds)
        self.head.find_button.setEnabled(self.is_tonight)
        self.strip.chips.show_board(board)
        if self.mover.moving is not None:
            icon = "swap" if self.mover.moving.kind == "swap" else "move"
            self.strip.say(self.mover.sentence(), icon, words.text("Give up"))
        elif not self.is_tonight:
            told = words.text("A past night: nothing can be changed here.")
            self.strip.say(told, "clock", words.text("Back to tonight"))
        else:
            self.strip.show_chips()
        group, verdicts = self.strip.chips.group, self.mover.verdicts
        looks = [
            tiles.room_card(look, board.night, self._told_by, verdicts, self.chosen, group) for look in board.rooms
        ]
        lost = tiles.unplaced_card(board, self._told_by, verdicts, self.chosen)
        self.plan.only_targets = bool(verdicts)
        self.plan.show_cards([lost, *looks] if lost else looks)
        if not (self.is_tonight and self.desk.may(Permission.MOVE)):
            for tile in self.plan.tiles.values():
                tile.draggable = False

    def open_panel(self, key: str) -> None:
        """Show what that tile is about."""
        face = self._face(key)
        if face is None:
            self.close_panel()
            return
        self.chosen = key
        self.show_face(face)
        self._show()
        self.plan.see(key)

    def _face(self, key: str) -> Face | None:
        if self.board is not None:
            with refusals_told(self.told):
                return openings.face(self.desk, self.board, key, self._told_by, self.is_tonight)
        return None

    def _put(self, face: Face) -> None:
        face.asked.connect(self._asked)
        face.told.connect(self.told)
        self.panel.show_face(face)

    @Slot(object)
    def show_face(self, face: Face) -> None:
        """Show that in the panel and give it the focus."""
        self._put(face)
        self._make_room(opened=True)
        face.set_first()

    def _refresh_panel(self) -> None:
        had_focus = self.panel.isAncestorOf(self.focusWidget() or self)
        face = self._face(self.chosen)
        if face is None:
            self.close_panel()
            return
        self._put(face)
        if had_focus:
            face.set_first()

    @Slot()
    def close_panel(self) -> None:
        """Close the panel; the focus goes back to its bed."""
        key, self.chosen = self.chosen, ""
        self.panel.drop_face()
        self._make_room(opened=False)
        self._show()
        self._go_to(key)
        if self._is_stale:
            self._look_again()

    def _make_room(self, opened: bool) -> None:
        """The panel stands beside the plan, or over it where there is no room for both."""
        covers = self.width() < tokens.wide(_LEAST)
        beside = _WIDE_PANEL if self.width() >= tokens.wide(_WIDE_PAGE) else _PANEL
        if opened:
            self.nothing_chosen.hide()
        if covers and opened:
            self._left.hide()  # first, so that both never ask for more width than there is
        self.panel.set_room(self.width() if covers else tokens.wide(beside))
        if self.panel.isHidden() is opened:
            self.panel.setVisible(opened)
        if self._is_covered is not (covers and opened):
            self._is_covered = covers and opened
            self._left.setVisible(not self._is_covered)
            self.setFocusProxy(self.panel.close_button if self._is_covered else self.view_shown())
        if not opened:
            self.nothing_chosen.setFixedWidth(tokens.wide(beside))
            self.nothing_chosen.setVisible(
                self.keeps_room and self.width() - tokens.wide(beside) >= tokens.wide(_TWO_COLUMNS)
            )

    def view_shown(self) -> QWidget:
        """What has the keys while no panel lies over it."""
        return self.plan

    @property
    def keeps_room(self) -> bool:
        """Whether the room of the panel is kept while it is closed, so that opening it moves nothing."""
        return self._body.currentWidget() is self.plan

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room(self.panel.isVisibleTo(self))

    def redress(self) -> None:
        """Follow the colours and the size of the text."""
        self._make_room(self.panel.isVisibleTo(self))

    @Slot(str)
    def _asked(self, act: str) -> None:
        """A face asked for an act; the page knows them."""
        raise NotImplementedError
