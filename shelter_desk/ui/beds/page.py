"""The beds of one night as a plan: rooms, beds, who sleeps where, and what can be done about it."""

from datetime import date

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from shelter_desk.domain.ids import BedId, HeldBedId, PlaceRequestId, RoomId
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays.place_requests import Group
from shelter_desk.operations import settings
from shelter_desk.operations.beds.bed_board import RoomLook
from shelter_desk.operations.beds.beds import Proposal
from shelter_desk.operations.beds.occupancy import Present
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.drafts import Draft
from shelter_desk.operations.stays.placing import FoundBed, Spot
from shelter_desk.operations.vault.journal import printed
from shelter_desk.ui.beds import head, mover, moving, openings, tiles
from shelter_desk.ui.beds.bed_views import AwayForm, BackInBedForm, ReasonFace
from shelter_desk.ui.beds.both_views import CARRYING, BothViews
from shelter_desk.ui.beds.find_view import FindFace
from shelter_desk.ui.beds.holding.held_faces import CancelForm, HeldFace, HeldListFace
from shelter_desk.ui.beds.holding.hold_form import HoldForm
from shelter_desk.ui.beds.inspecting.inspection_form import DRAFT, InspectionForm
from shelter_desk.ui.beds.inspecting.room_face import OTHER_ROOMS, look_at
from shelter_desk.ui.beds.panel_views import Face
from shelter_desk.ui.exits.exit_form import ExitOver
from shelter_desk.ui.page import Told
from shelter_desk.ui.refusals import refusals_told

_KEYS = {
    Qt.Key.Key_D: "move",
    Qt.Key.Key_E: "swap",
    Qt.Key.Key_F: "family",
    Qt.Key.Key_A: "away",
    Qt.Key.Key_S: "leave",
    Qt.Key.Key_R: "hold",
    Qt.Key.Key_L: "all_held",
    Qt.Key.Key_I: "room",
}


class BedsPage(BothViews):
    """The beds, as a plan or as a calendar, and the acts on them."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.leaving = ExitOver(desk, self._faces)
        self.head.night.changed.connect(self._night_changed)
        self.head.print_button.clicked.connect(self.print_list)
        self.head.find_button.clicked.connect(self.find_bed)
        self.strip.chips.chosen.connect(self._show)
        self.strip.chips.held_wanted.connect(self._show_held_list)
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
        self.leaving.told.connect(self.told)
        self.leaving.closed.connect(self._exit_closed)
        within = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence.StandardKey.Print, self, context=within).activated.connect(self.print_list)

    def is_editing(self) -> bool:
        return self.leaving.form is not None or super().is_editing()

    @Slot(bool)
    def _exit_closed(self, done: bool) -> None:
        """The plan again: at the bed that is free now, or at who stays."""
        if done:
            self._finish()
        elif self.chosen:
            self.open_panel(self.chosen)
        if self._is_stale:
            self._look_again()

    @Slot(object)
    def _night_changed(self, _night: date) -> None:
        self.mover.moving, self.mover.verdicts = None, {}
        if self.is_editing():
            self.close_panel()
        self.refresh()

    @Slot()
    def _way_out(self) -> None:
        if self.mover.moving is not None or self.in_calendar:
            self.escape()
        else:
            self.head.night.go_to(self.desk.today())

    def open(self, at: str) -> None:
        """Show the `calendar`, a bed by its id, what is held (`held/3`, the list of it `held`) or `hold/request 7`.

        `print`: the list of tonight, on paper.
        """
        kind, _, number = at.partition("/")
        if kind == "calendar":
            self.show_view(kind)
        elif kind == "print":
            self._to_tonight()
            self.print_list()
        elif kind == "held":
            self._to_tonight()
            self._show_held(HeldBedId(int(number))) if number else self._show_held_list()
        elif kind == "hold":
            self._to_tonight()
            self._begin_holding(PlaceRequestId(int(number)) if number else None)
        else:
            self.show_bed(int(at))

    def _to_tonight(self) -> None:
        self.leaving.leave()
        if self.in_calendar:
            self.show_view("plan")
        self.head.night.go_to(self.desk.today())
        self.refresh()

    @Slot(int)
    def _show_held(self, held: HeldBedId) -> None:
        """The bed that is held, chosen on the plan where it stands there; else what became of it."""
        shown = (look for room in self.board.rooms for look in room.beds) if self.board is not None else ()
        mine = next((look.bed.id for look in shown if look.held is not None and look.held.id == held), None)
        self.open_panel(tiles.held_key(held) if mine is None else tiles.bed_key(mine))

    @Slot()
    def _show_held_list(self) -> None:
        self.open_panel(tiles.HELD_LIST)

    def _put(self, face: Face) -> None:
        if isinstance(face, HeldListFace):
            face.opened.connect(self._show_held)
        super()._put(face)

    def _begin_holding(self, request: PlaceRequestId | None = None) -> None:
        if self.board is not None and self.is_tonight and self.desk.may(Permission.ADMIT_PROVISIONAL):
            self.show_face(HoldForm(self.desk, self.board, request=request))

    def show_bed(self, bed: int) -> None:
        """Go to that bed and open its panel; asked for by the search."""
        self._to_tonight()
        key = tiles.bed_key(BedId(bed))
        self.open_panel(key)
        self.plan.go_to(key)
        told = openings.out_of_service(self.desk, BedId(bed)) if self.chosen != key else None
        if told is not None:
            self.told.emit(told)

    # what is asked for

    @Slot(str)
    def _tile_chosen(self, key: str) -> None:
        if self.mover.moving is not None:
            self.mover.choose(key)
        else:
            self.open_panel(key)

    @Slot(str)
    def _asked(self, act: str) -> None:
        face = self.panel.face
        if act == "done" and isinstance(face, HoldForm) and face.held is not None:
            self._look_again()
            self._show_held(face.held)
        elif act == "done" and isinstance(face, InspectionForm):
            self._look_again()
            self.open_panel(self.chosen)
        elif act == "done":
            self._finish()
        elif act == "close":
            self.open_panel(self.chosen) if self.chosen else self.close_panel()
        else:
            self.act(act, self.chosen)

    def act(self, act: str, key: str) -> None:
        """Begin that act on the tile of that key."""
        if self.board is None:
            return
        one = mover.person_at(self.board, key)
        if act == "record" and one is not None:
            self.record_wanted.emit(one.person.id)
        elif act in ("admit", "place", "hold", "block", "unblock", "move_bed", "defect"):
            self._act_on_bed(act, key)
        elif act in ("room", "inspect"):
            self._act_on_room(act, key)
        elif act == OTHER_ROOMS or tiles.room_of(act) is not None:
            self.open_panel(act)
        elif act.endswith("_held") or act == "hold_new":
            self._act_on_held(act)
        elif one is not None and self.is_tonight:
            self._act_on_person(act, one, key)

    def _act_on_bed(self, act: str, key: str) -> None:
        found = moving.bed_of(self.board, key)
        if found is None or self.board is None:
            return
        if act == "admit":
            self.admission_wanted.emit(Spot("lit", found[1].bed.id))
            return
        if act == "hold" and not (self.is_tonight and found[1].is_free and self.desk.may(Permission.ADMIT_PROVISIONAL)):
            return
        form = openings.bed_form(self.desk, self.board, act, *found, self.mover)
        if form is not None:
            self.show_face(form)

    def _act_on_room(self, act: str, key: str) -> None:
        found = moving.bed_of(self.board, key)
        look = None if self.board is None else look_at(self.desk, self.board, key)
        if act == "room" and found is not None and self.desk.may(Permission.ASSETS_SEE):
            self.open_panel(tiles.room_key(found[0].room.id))
        elif act == "inspect" and look is not None and self.is_tonight and self.desk.may(Permission.ASSETS_EDIT):
            self._inspect(look)

    def _inspect(self, look: RoomLook) -> None:
        form = InspectionForm(self.desk, look)
        form.drafting.found.connect(self.draft_found)
        self.chosen = tiles.room_key(look.room.id)
        self.show_face(form)
        form.drafting.begin()

    def resume(self, draft: Draft) -> None:
        """An inspection is gone on with; a form that is open for something else stays."""
        number = draft.form.removeprefix(DRAFT)
        if number.isdecimal() and not self.is_editing():
            self._to_tonight()
            self.act("inspect", tiles.room_key(RoomId(int(number))))
        face = self.panel.face
        if isinstance(face, InspectionForm) and face.drafting.name == draft.form:
            face.drafting.resume(draft)

    def _act_on_held(self, act: str) -> None:
        face, board = self.panel.face, self.board
        line = face.line if isinstance(face, HeldFace) else None
        if act == "all_held":
            self._show_held_list()
        elif act == "hold_new":
            self._begin_holding()
        elif line is None or board is None:
            return
        elif act == "take_held":
            self.admission_wanted.emit(line.held)
        elif act == "cancel_held":
            self.show_face(CancelForm(self.desk, line))
        elif act == "change_held":
            self.show_face(HoldForm(self.desk, board, old=line.held))

    @Slot(object, object)
    def _hold_proposed(self, proposal: Proposal, group: Group) -> None:
        if self.board is not None:
            self.show_face(HoldForm(self.desk, self.board, proposal.bed.id, group=group))

    def _act_on_person(self, act: str, one: Present, key: str) -> None:
        if self.board is None or not self.desk.may(Permission.DISCHARGE if act == "leave" else Permission.MOVE):
            return
        place = openings.where(self.board, key, one)[0]
        if act in CARRYING and self.in_calendar:
            self.act_in_calendar(act)
        elif act == "move":
            self.mover.begin(self.board, "move", one)
        elif act == "swap":
            if one.placement is not None and one.placement.place == "lit":
                self.mover.begin(self.board, "swap", one)
        elif act == "family":
            if len(moving.movers(self.board, one)) > 1:
                self.mover.begin(self.board, "family", one)
        elif act == "leave":
            self.chosen = key
            self.leaving.open(one.person.id, one.stay.id, place)
        else:
            self.chosen = key
            form = AwayForm if one.absence is None else BackInBedForm
            self.show_face(form(self.desk, one, place))
            self._show()

    @Slot()
    def _moving_changed(self) -> None:
        if self.in_calendar:
            self._moving_in_calendar()
            return
        if self.mover.moving is None:
            if isinstance(self.panel.face, ReasonFace):
                self.close_panel()
                return
            self._make_room(opened=self.panel.face is not None)
            self._show()
            self.plan.go_to(self.chosen if self.chosen in self.plan.tiles else self.plan.current)
            return
        is_dragged = self.mover.moving.dragged
        if not is_dragged and not self._left.isVisibleTo(self):
            self._make_room(opened=False)
        self._show()
        if not is_dragged:
            self.plan.go_to(self.mover.first())

    def _finish(self) -> None:
        """A form did what it asked: look again, and show where it led."""
        who = self.mover.moving.who.stay.id if self.mover.moving is not None else None
        person = mover.person_at(self.board, self.chosen)
        self.mover.moving, self.mover.verdicts = None, {}
        self._moved(who or (person.stay.id if person else 0))

    @Slot(int)
    def _moved(self, stay: int) -> None:
        self.panel.drop_face()
        self._look_again()
        key = mover.key_of(self.board, stay) or self.chosen
        if key in self.plan.tiles and not self.in_calendar:
            self.open_panel(key)
            self.plan.go_to(key)
        else:
            self.close_panel()

    @Slot()
    def find_bed(self) -> None:
        """Look for a bed: for the person whose panel is open where they have none, else for a new arrival."""
        if self.in_calendar:
            self.head.night.go_to(self.desk.today())
        if self.board is None or not self.is_tonight:
            return
        one = mover.person_at(self.board, self.chosen)
        lost = one is not None and (one.placement is None or one.placement.place == "appoint")
        face = FindFace(self.desk, self.board, one if lost else None)
        face.picked.connect(self._picked)
        face.request_wanted.connect(self._to_new_place)
        face.hold_wanted.connect(self._hold_proposed)
        self.show_face(face)

    @Slot(str)
    def _to_new_place(self, whom: str) -> None:
        self.close_panel()
        self.page_wanted.emit(f"assistance/places/new/{whom}")

    @Slot(object, object)
    def _picked(self, proposal: Proposal, who: Present | None) -> None:
        spot = Spot("lit", proposal.bed.id)
        if who is None:
            face = self.panel.face
            found = FoundBed(spot, *face.sought()) if isinstance(face, FindFace) else spot
            self.close_panel()
            self.admission_wanted.emit(found)
        else:
            self.mover.place(who, spot, proposal.bed.code)

    @Slot(str)
    def _drag_begun(self, key: str) -> None:
        one = mover.person_at(self.board, key)
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
        """Print the list of the night shown, or the calendar."""
        if self.in_calendar:
            self.print_calendar()
            return
        if self.board is None:
            return
        with refusals_told(self.told):
            told = head.print_list(self, self.board, self.desk.is_training, settings.read(self.desk).sigle)
            if printed(self.desk, "night_list", told, self.board.night.isoformat()):
                self.told.emit(Told("ok", told))

    # keys

    @Slot()
    def escape(self) -> None:
        """Give up the move, else close the panel, else the chip."""
        if self.mover.moving is not None:
            self.mover.give_up()
        elif self.calendar is not None and self.calendar.give_up():
            return
        elif self.panel.isVisible():
            if self.panel.may_go():
                self.close_panel()
        elif self.strip.chips.group != "all":
            self.strip.chips.switch("all")
            self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        bare = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if key == Qt.Key.Key_Escape:
            self.escape()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.find_bed()
        elif bare and key in _KEYS and self.mover.moving is None and not self.is_editing():
            if self.in_calendar:
                self.act_in_calendar(_KEYS[key])
                return
            tile = self.plan.tiles.get(self.plan.current)  # with the focus, it is what the key is about
            self.act(_KEYS[key], self.plan.current if tile is not None and tile.hasFocus() else self.chosen)
        else:
            super().keyPressEvent(event)
