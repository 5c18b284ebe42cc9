"""What the panel shows of a room: for whom it is, its last inspection and what was found, the ones before."""

from collections.abc import Sequence

from shelter_desk import words
from shelter_desk.domain.beds.beds import SLEEPING_ROOMS
from shelter_desk.domain.equipment.inspections import Inspection
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.beds import beds
from shelter_desk.operations.beds.bed_board import Board, RoomLook
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.equipment import inspections
from shelter_desk.operations.equipment.inspections import RoomInspections
from shelter_desk.ui.beds import moving, phrases
from shelter_desk.ui.beds.panel_views import Face
from shelter_desk.ui.beds.tiles import room_key, room_of
from shelter_desk.ui.widgets.badge import Badge
from shelter_desk.ui.widgets.card import Card
from shelter_desk.ui.widgets.label import Label, RuleLine
from shelter_desk.ui.widgets.layouts import STRETCH, fill, in_row
from shelter_desk.ui.widgets.panel import FactList
from shelter_desk.words import formats
from shelter_desk.words.beds import inspections as inspection_words

BEFORE = 6  # earlier inspections that are listed
MOST_LETTERS = 24  # of the name of a room on a button of the panel
OTHER_ROOMS = "other_rooms"  # the act, and the key of the panel, no tile


def without_beds(desk: Desk, board: Board) -> list[RoomLook]:
    """The rooms that the plan does not show, in which nobody sleeps: a kitchen, a corridor."""
    shown = {one.room.id for one in board.rooms}
    return [RoomLook(room, ()) for room, _ in beds.rooms(desk) if room.id not in shown]


def look_at(desk: Desk, board: Board, key: str) -> RoomLook | None:
    """The room that the panel shows under that key, on the plan or not."""
    found = moving.room_of(board, key)
    if found is not None or room_of(key) is None:
        return found
    return next((one for one in without_beds(desk, board) if room_key(one.room.id) == key), None)


class OtherRoomsFace(Face):
    """The rooms without beds, each with what is known of it."""

    def __init__(self, rooms: Sequence[RoomLook]) -> None:
        super().__init__(words.text("Rooms without beds"))
        for one in rooms:
            title = phrases.room_title(one.room)
            shown = title if len(title) <= MOST_LETTERS else f"{title[:MOST_LETTERS]}…"
            button = self.add_act(room_key(one.room.id), shown, "home")
            button.setAccessibleName(title)
            button.setToolTip(title)


class RoomFace(Face):
    """One room; what is said of its inspections is for who reads the equipment."""

    def __init__(self, desk: Desk, look: RoomLook, acts: bool, has_others: bool = False) -> None:
        """has_others: there are rooms without beds too, which no tile leads to."""
        is_slept_in = bool(look.beds) or look.room.room_type in SLEEPING_ROOMS
        kind = phrases.for_whom(look.room) if is_slept_in else words.label("room_type", look.room.room_type)
        super().__init__(phrases.room_title(look.room), kind)
        known = inspections.of_room(desk, look.room.id)
        last, *before = known.inspections or (None,)
        self.body.addWidget(_none_yet() if last is None else _card(last, known))
        if acts and desk.may(Permission.ASSETS_EDIT):
            self.add_act("inspect", words.text("Inspect the room…"), "check")
        if has_others:
            self.add_act(OTHER_ROOMS, words.text("Rooms without beds…"), "home")
        if before:
            self.body.addWidget(Label(words.text("Earlier inspections"), bold=True))
            told = [inspection_words.short(one) for one in before[:BEFORE] if one is not None]
            fill(self.body, *(Label(one, size="small", ink="ink2", wrap=True) for one in told))


def _none_yet() -> Label:
    return Label(words.text("Nobody has recorded an inspection of this room yet."), ink="ink2", wrap=True)


def _card(last: Inspection, known: RoomInspections) -> Card:
    card = Card()
    state, icon = ("attention", "triangle") if last.defects else ("ok", "check")
    facts = [
        (words.text("Inspected on"), formats.day(last.on)),
        (words.text("Who looked"), last.by),
        (words.text("No."), last.number),
    ]
    fill(
        card.body,
        Label(words.text("Last inspection"), bold=True),
        in_row(Badge(inspection_words.found(last), state, icon), STRETCH),  # type: ignore[arg-type]
        FactList(facts),
    )
    if last.defects:
        tickets = known.tickets
        defects = [
            inspection_words.defect(one, tickets.get(one.ticket) if one.ticket is not None else None)
            for one in last.defects
        ]
        fill(card.body, RuleLine(), FactList(defects))
    return card
