"""A whole family moved in one act: who goes, to which beds of a room, and what the room has to say to that."""

from collections.abc import Sequence

from shelter_desk import words
from shelter_desk.domain.beds.beds import Bed
from shelter_desk.domain.beds.room_rules import Finding, findings
from shelter_desk.domain.ids import BedId, StayId
from shelter_desk.operations.beds.beds import Board, RoomLook
from shelter_desk.operations.beds.occupancy import Present
from shelter_desk.operations.desk import Desk
from shelter_desk.ui.beds import moving
from shelter_desk.ui.beds.tiles import Verdict, bed_key

Moves = list[tuple[Present, Bed]]


def household(one: Present) -> StayId:
    """The family somebody came with, by the stay of its head."""
    return one.stay.head or one.stay.id


def movers(board: Board, who: Present) -> list[Present]:
    """Who has a place of their own in that family, its head first; infants go along in the bed of the adult."""
    family = [one for one in board.everyone if household(one) == household(who)]
    own = [one for one in family if one.placement is None or one.placement.place != "partage"]
    return sorted(own, key=lambda one: (one.stay.head is not None, one.stay.id))


def moves(board: Board, who: Present, look: RoomLook, first: BedId, fit: frozenset[BedId]) -> Moves | None:
    """Who goes to which bed of the room: the first to the bed chosen, the others to the next free ones.

    Who sleeps in the room already stays. fit: beds that can be given. None where they are too few.
    """
    going = _going(board, who, look)
    beds = [one.bed for one in look.beds if one.bed.id in fit]
    order = [*(bed for bed in beds if bed.id == first), *(bed for bed in beds if bed.id != first)]
    return list(zip(going, order, strict=False)) if len(order) >= len(going) else None


def _going(board: Board, who: Present, look: RoomLook) -> list[Present]:
    in_room = {one.stay.id for one in look.people}
    return [one for one in movers(board, who) if one.stay.id not in in_room]


def can_be_given(desk: Desk, board: Board, who: Present) -> frozenset[BedId]:
    """Beds that are free from tonight on, and in use."""
    return frozenset(one.bed.id for one in moving.proposals(desk, board, who) if one.is_possible)


def verdicts(desk: Desk, board: Board, who: Present) -> dict[str, Verdict]:
    """What each bed says to the whole family, by key of the tile."""
    fit = can_be_given(desk, board, who)
    found: dict[str, Verdict] = {}
    for look in board.rooms:
        going = _going(board, who, look)
        free = sum(one.bed.id in fit for one in look.beds)
        verdict = _of_room(desk, board, look, going, free)
        for one in look.beds:
            taken = Verdict("no", words.text("taken"), words.text("Taken"))
            found[bed_key(one.bed.id)] = verdict if one.bed.id in fit or not going else taken
    return found


def _of_room(desk: Desk, board: Board, look: RoomLook, going: Sequence[Present], free: int) -> Verdict:
    if not going:
        return Verdict("here", told=words.text("Here now"))
    if free < len(going):
        short = words.text("{free} of {wanted} beds").format(free=free, wanted=len(going))
        told = words.text("Room {room} has {free} free of the {wanted} beds that the family needs.")
        return Verdict("no", short, told.format(room=look.room.code, free=free, wanted=len(going)))
    return moving.judged(desk, _against(board, look, going), look.room)


def _against(board: Board, look: RoomLook, going: Sequence[Present]) -> list[Finding]:
    there = [moving.sleeper_of(board, one) for one in look.people]
    family = [moving.sleeper_of(board, one) for one in going]
    found: list[Finding] = []
    for one in family:
        others = [*there, *(other for other in family if other is not one)]
        found += findings(one, look.room, others, board.night, board.norm_m2)
    return found
