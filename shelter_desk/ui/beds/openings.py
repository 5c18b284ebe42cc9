"""Which face the panel shows for a tile, and which form for an act on a bed."""

from collections.abc import Mapping

from shelter_desk import words
from shelter_desk.domain.errors import NeedsReason
from shelter_desk.domain.ids import StayId
from shelter_desk.operations.beds.beds import BedLook, Board, RoomLook
from shelter_desk.operations.beds.occupancy import Present
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays.stays import Spot
from shelter_desk.ui.beds import families, moving, phrases, stay_acts
from shelter_desk.ui.beds.bed_views import BlockedFace, BlockForm, FreeFace, PlaceFace, UnblockForm, about
from shelter_desk.ui.beds.mover import Mover, person_at
from shelter_desk.ui.beds.panel_views import Face
from shelter_desk.ui.beds.resident_view import ResidentFace
from shelter_desk.ui.beds.tiles import bed_key
from shelter_desk.ui.page import Told


def bed_look(board: Board, key: str) -> tuple[RoomLook, BedLook] | None:
    """The bed of a tile as it is on that night."""
    for look in board.rooms:
        for one in look.beds:
            if bed_key(one.bed.id) == key:
                return look, one
    return None


def face(desk: Desk, board: Board, key: str, told: Mapping[StayId, tuple[str, ...]], acts_: bool) -> Face | None:
    """What the panel shows for that tile, None when the tile is gone."""
    found, one = bed_look(board, key), person_at(board, key)
    if one is not None:
        title, secondary = where(board, key, one)
        return ResidentFace(
            desk,
            one,
            board.night,
            told.get(one.stay.id, ()),
            title,
            secondary,
            acts_,
            len(families.movers(board, one)) > 1,
        )
    if found is None:
        return None
    room, bed = found
    if bed.state is not None:
        return BlockedFace(desk, room.room, bed.bed, bed.state, acts_)
    return FreeFace(desk, room.room, bed.bed, acts_, bed.lacks)


def where(board: Board, key: str, one: Present) -> tuple[str, str]:
    """Where somebody sleeps: the bed or the mat, and the room."""
    found = bed_look(board, key)
    if found is not None:
        return phrases.bed_title(found[1].bed), about(found[0].room, found[1].bed)
    room = moving.room_with(board, one)
    if room is None:
        return words.text("No known bed"), words.text("present, to be placed")
    return words.text("Mat"), phrases.room_title(room.room)


def bed_form(desk: Desk, board: Board, act: str, key: str, mover: Mover) -> Face | None:
    """The form of an act on a free bed or one out of use."""
    found = bed_look(board, key)
    if found is None:
        return None
    room, bed = found
    if act == "block":
        return BlockForm(desk, room.room, bed.bed, bed.lacks)
    if act == "unblock":
        return None if bed.state is None else UnblockForm(desk, room.room, bed.bed, bed.state)
    spot = Spot("lit", bed.bed.id)

    def place(who: Present) -> Told:
        return stay_acts.move(desk, who, spot, bed.bed.code)

    def reason_wanted(who: Present, error: NeedsReason) -> None:
        mover.ask_reason(who, spot, bed.bed.code, error)

    title = words.text("Someone for bed {bed}").format(bed=bed.bed.code)
    return PlaceFace(desk, board, key, title, place, reason_wanted)
