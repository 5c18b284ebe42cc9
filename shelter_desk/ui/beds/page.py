"""The beds of one night as a plan: rooms, beds, who sleeps where, and what can be done about it."""

from datetime import date

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from shelter_desk import words
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.errors import ShelterDeskError
from shelter_desk.domain.ids import StayId
from shelter_desk.domain.rights import Permission
from shelter_desk.operations import beds
from shelter_desk.operations.beds import Board, Proposal
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.placing import Present
from shelter_desk.operations.stays import Spot
from shelter_desk.ui import tokens
from shelter_desk.ui.beds import mover, moving, night_list, openings, tiles
from shelter_desk.ui.beds.alerts import Alerts
from shelter_desk.ui.beds.faces import BedPanel, Face
from shelter_desk.ui.beds.find_face import FindFace
from shelter_desk.ui.beds.head import PageHead, Strip
from shelter_desk.ui.beds.mover import Mover
from shelter_desk.ui.beds.plan import Plan
from shelter_desk.ui.beds.stay_forms import AwayForm, BackForm, ExitForm
from shelter_desk.ui.page import Page, Told
from shelter_desk.ui.widgets.empty import Empty
from shelter_desk.words.errors import sentence

_KEYS = {Qt.Key.Key_D: "move", Qt.Key.Key_E: "swap", Qt.Key.Key_A: "away", Qt.Key.Key_S: "leave"}
_WIDE_PAGE, _PANEL, _WIDE_PANEL, _LEAST = 1700, 310, 392, 960


class BedsPage(Page):
    """The plan view of the beds."""

    rooms_wanted = Signal()  # the first step of a house without beds

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setProperty("role", "page")
        self.board: Board | None = None
        self.chosen = ""
        self._told_by: dict[StayId, tuple[str, ...]] = {}
        self._alerts = Alerts(desk)
        self.head = PageHead(desk.today())
        self.strip = Strip()
        self.plan = Plan()
        self.panel = BedPanel()
        self.mover = Mover(desk, self)
        self.empty = Empty(
            "bed",
            words.text("No beds yet"),
            words.text("Here are the rooms and beds of the house, and who sleeps where."),
            words.text("Add rooms") if desk.may(Permission.ROOMS_EDIT) else None,
        )
        self._body = QStackedWidget()
        self._left = QWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.strip.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._body.addWidget(self.plan)
        self._body.addWidget(self.empty)
        column = QVBoxLayout(self._left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.strip)
        column.addWidget(self._body, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._left, 1)
        row.addWidget(self.panel)
        self.setFocusProxy(self.plan)

    def _connect(self) -> None:
        self.head.night.changed.connect(self._night_changed)
        self.head.print_button.clicked.connect(self.print_list)
        self.head.find_button.clicked.connect(self.find_bed)
        self.strip.chips.chosen.connect(self._show)
        self.strip.given_up.connect(self._way_out)
        self.plan.chosen.connect(self._tile_chosen)
        self.plan.dropped.connect(self._dropped)
        self.plan.drag_begun.connect(self._drag_begun)
        self.plan.drag_over.connect(self._drag_over)
        self.panel.escaped.connect(self.escape)
        self.panel.closed.connect(self.close_panel)
        self.mover.changed.connect(self._moving_changed)
        self.mover.told.connect(self.told)
        self.mover.ended.connect(self._moved)
        self.mover.reason_wanted.connect(self.show_face)
        self.empty.started.connect(self.rooms_wanted)
        QShortcut(
            QKeySequence.StandardKey.Print, self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
        ).activated.connect(self.print_list)

    # what is shown

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

    def look(self) -> None:
        self.head.night.show_today(self.desk.today())
        try:
            self.board = beds.board(self.desk, self.night)
            self._told_by = self._alerts.of(self.board)
            self.mover.look_again(self.board)
        except ShelterDeskError as error:
            self.told.emit(Told("blocked", sentence(error)))
            return
        self._show()
        if self.panel.isVisible() and not self.is_editing():
            self._refresh_panel()

    @Slot()
    def _show(self) -> None:
        board = self.board
        if board is None:
            return
        has_beds = any(look.beds for look in board.rooms) or bool(board.everyone)
        self._body.setCurrentWidget(self.plan if has_beds else self.empty)
        for widget in (self.strip, self.head.print_button, self.head.find_button):
            widget.setVisible(has_beds)
        self.head.find_button.setEnabled(self.is_tonight)
        self.strip.chips.show_board(board)
        self._say()
        group, verdicts = self.strip.chips.group, self.mover.verdicts
        looks = [
            tiles.room_card(look, board.night, self._told_by, verdicts, self.chosen, group) for look in board.rooms
        ]
        lost = tiles.unplaced_card(board, self._told_by, verdicts, self.chosen)
        self.plan.only_targets = bool(verdicts)
        self.plan.show_cards([lost, *looks] if lost else looks)

    def _say(self) -> None:
        if self.mover.moving is not None:
            icon = "swap" if self.mover.moving.kind == "swap" else "move"
            self.strip.say(self.mover.sentence(), icon, words.text("Give up"))
        elif not self.is_tonight:
            told = words.text("A past night: nothing can be changed here.")
            self.strip.say(told, "clock", words.text("Back to tonight"))
        else:
            self.strip.show_chips()

    @Slot(object)
    def _night_changed(self, _night: date) -> None:
        self.mover.moving, self.mover.verdicts = None, {}
        if self.is_editing():
            self.close_panel()
        self.look()

    @Slot()
    def _way_out(self) -> None:
        if self.mover.moving is not None:
            self.escape()
        else:
            self.head.night.go_to(self.desk.today())

    # the panel

    def show_bed(self, bed: int) -> None:
        """Go to that bed and open its panel; asked for by the search."""
        self.head.night.go_to(self.desk.today())
        self.look()
        key = tiles.bed_key(bed)  # type: ignore[arg-type]
        self.open_panel(key)
        self.plan.go_to(key)

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
        if self.board is None:
            return None
        try:
            return openings.face(self.desk, self.board, key, self._told_by, self.is_tonight)
        except ShelterDeskError as error:
            self.told.emit(Told("blocked", sentence(error)))
            return None

    @Slot(object)
    def show_face(self, face: Face) -> None:
        """Show that in the panel and give it the focus."""
        face.asked.connect(self._asked)
        face.told.connect(self.told)
        self.panel.show_face(face)
        self._make_room()
        face.set_first()

    def _refresh_panel(self) -> None:
        had_focus = self.panel.isAncestorOf(self.focusWidget() or self)
        face = self._face(self.chosen)
        if face is None:
            self.close_panel()
            return
        face.asked.connect(self._asked)
        face.told.connect(self.told)
        self.panel.show_face(face)
        if had_focus:
            face.set_first()

    @Slot()
    def close_panel(self) -> None:
        """Close the panel; the focus goes back to its bed."""
        key, self.chosen = self.chosen, ""
        self.panel.hide()
        self.panel.drop_face()
        self._make_room()
        self._show()
        self.plan.go_to(key if key in self.plan.tiles else self.plan.current)
        if self._is_stale:
            self._look_again()

    def _make_room(self) -> None:
        """The panel stands beside the plan, or over it where there is no room for both."""
        covers = self.width() < tokens.wide(_LEAST)
        beside = _WIDE_PANEL if self.width() >= tokens.wide(_WIDE_PAGE) else _PANEL
        self.panel.set_room(self.width() if covers else tokens.wide(beside))
        self._left.setVisible(not (covers and self.panel.isVisibleTo(self)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if tokens.redressed(event) and hasattr(self, "panel"):
            self._make_room()

    # what is asked for

    @Slot(str)
    def _tile_chosen(self, key: str) -> None:
        if self.mover.moving is not None:
            self.mover.choose(key)
        else:
            self.open_panel(key)

    @Slot(str)
    def _asked(self, act: str) -> None:
        if act == "done":
            self._finish()
        elif act == "close":
            self.close_panel() if not self.chosen else self.open_panel(self.chosen)
        else:
            self.act(act, self.chosen)

    def act(self, act: str, key: str) -> None:
        """Begin that act on the tile of that key."""
        if self.board is None:
            return
        one = mover.person_at(self.board, key)
        if act == "record" and one is not None:
            self.record_wanted.emit(one.person.id)
        elif act in ("admit", "place", "block", "unblock"):
            self._act_on_bed(act, key)
        elif one is not None and self.is_tonight:
            self._act_on_person(act, one, key)

    def _act_on_bed(self, act: str, key: str) -> None:
        found = moving.bed_of(self.board, key) if self.board else None
        if found is None or self.board is None:
            return
        bed = found[1]
        if act == "admit":
            self.admission_wanted.emit(Spot("lit", bed.id))
            return
        form = openings.bed_form(self.desk, self.board, act, key, self.mover)
        if form is not None:
            self.show_face(form)

    def _act_on_person(self, act: str, one: Present, key: str) -> None:
        if self.board is None or not self.desk.may(Permission.DISCHARGE if act == "leave" else Permission.MOVE):
            return
        place = moving.place_name(self.board, one)
        if act == "move" or (act == "swap" and one.placement is not None and one.placement.place == "lit"):
            self.mover.begin(self.board, "move" if act == "move" else "swap", one)
            return
        if act == "swap":
            return
        self.chosen = key
        if act == "leave":
            self.show_face(ExitForm(self.desk, one, place))
        elif one.absence is None:
            self.show_face(AwayForm(self.desk, one, place))
        else:
            self.show_face(BackForm(self.desk, one, place))
        self._show()

    @Slot()
    def _moving_changed(self) -> None:
        if self.mover.moving is None:
            self._make_room()
            self._show()
            self.plan.go_to(self.chosen if self.chosen in self.plan.tiles else self.plan.current)
            return
        if self.mover.moving.dragged:
            self._show()
            return
        if not self._left.isVisibleTo(self):
            self.panel.hide()
            self._make_room()
        self._show()
        self.plan.go_to(self.mover.first())

    def _finish(self) -> None:
        """A form did what it asked: look again, and show where it led."""
        who = self.mover.moving.who.stay.id if self.mover.moving is not None else None
        person = mover.person_at(self.board, self.chosen) if self.board and self.chosen else None
        self.mover.moving, self.mover.verdicts = None, {}
        self.panel.drop_face()
        self._moved(who or (person.stay.id if person else 0))

    @Slot(int)
    def _moved(self, stay: int) -> None:
        self.panel.drop_face()
        self._look_again()
        key = (mover.key_of(self.board, stay) if self.board and stay else "") or self.chosen
        if key and key in self.plan.tiles:
            self.open_panel(key)
            self.plan.go_to(key)
        else:
            self.close_panel()

    @Slot()
    def find_bed(self) -> None:
        """Look for a bed: for the person whose panel is open where they have none, else for a new arrival."""
        if self.board is None or not self.is_tonight:
            return
        one = mover.person_at(self.board, self.chosen)
        lost = one is not None and (one.placement is None or one.placement.place == "appoint")
        face = FindFace(self.desk, self.board, one if lost else None)
        face.picked.connect(self._picked)
        self.show_face(face)

    @Slot(object, object)
    def _picked(self, proposal: Proposal, who: Present | None) -> None:
        spot = Spot("lit", proposal.bed.id)
        if who is None:
            self.admission_wanted.emit(spot)
        else:
            self.mover.place(who, spot, proposal.bed.code)

    @Slot(str)
    def _drag_begun(self, key: str) -> None:
        one = mover.person_at(self.board, key) if self.board else None
        if one is not None and self.board is not None:
            self.mover.begin(self.board, "move", one, dragged=True)

    @Slot()
    def _drag_over(self) -> None:
        if self.board is not None:
            self.mover.drag_over(self.board)

    @Slot(str, str)
    def _dropped(self, dragged: str, target: str) -> None:
        if self.board is not None and self.is_tonight and self.desk.may(Permission.MOVE):
            self.mover.drop(self.board, dragged, target)

    @Slot()
    def print_list(self) -> None:
        """Print the list of the night shown."""
        if self.board is None:
            return
        try:
            told = night_list.print_list(self, self.board, self.desk.is_training)
        except ShelterDeskError as error:
            self.told.emit(Told("blocked", sentence(error)))
        else:
            if told:
                self.told.emit(Told("ok", told))

    # keys

    @Slot()
    def escape(self) -> None:
        """Give up the move, else close the panel, else the chip."""
        if self.mover.moving is not None:
            self.mover.give_up()
        elif self.panel.isVisible():
            self.close_panel()
        elif self.strip.chips.group != "all":
            self.strip.chips.switch("all")
            self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, bare = (
            Qt.Key(event.key()),
            event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier),
        )
        if key == Qt.Key.Key_Escape:
            self.escape()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.find_bed()
        elif bare and key in _KEYS and self.mover.moving is None and not self.is_editing():
            self.act(_KEYS[key], self._key_in_focus())
        else:
            super().keyPressEvent(event)

    def _key_in_focus(self) -> str:
        """The bed a key is about: the one with the focus, else the one of the panel."""
        tile = self.plan.tiles.get(self.plan.current)
        return self.plan.current if tile is not None and tile.hasFocus() else self.chosen
