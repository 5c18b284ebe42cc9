"""Who is being moved, one person or a family, and what each place of the house has to say to that."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from shelter_desk import words
from shelter_desk.domain.beds.beds import Bed, BedState, Room
from shelter_desk.domain.beds.room_rules import Finding, Sleeper, findings
from shelter_desk.domain.ids import BedId, StayId
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.beds import beds, occupancy
from shelter_desk.operations.beds.bed_board import BedLook, Board, RoomLook
from shelter_desk.operations.beds.beds import Proposal
from shelter_desk.operations.beds.occupancy import Present
from shelter_desk.operations.desk import Desk
from shelter_desk.ui.beds import phrases
from shelter_desk.ui.beds.tiles import Verdict, bed_key, mat_key, stay_key
from shelter_desk.ui.beds.tiles import room_of as room_id
from shelter_desk.words import formats
from shelter_desk.words.beds import first_days, room_rules


@dataclass(frozen=True, slots=True)
class Moving:
    """What is going on: `move` looks for a place, `swap` for somebody to exchange with, `family` for beds of one room.

    dragged: by the mouse.
    """

    kind: Literal["move", "swap", "family"]
    who: Present
    dragged: bool = False


def room_of(board: Board | None, key: str) -> RoomLook | None:
    """The room that the panel shows under that key."""
    room = room_id(key)
    rooms = board.rooms if board is not None else ()
    return next((one for one in rooms if one.room.id == room), None)


def sleeper_of(board: Board, one: Present) -> Sleeper:
    """Somebody present as the rules of rooms see them."""
    seen = occupancy.sleeper_of(one.stay, one.person)
    return replace(seen, apart=dict(board.apart).get(one.person.id, frozenset()))


def proposals(desk: Desk, board: Board, who: Present) -> list[Proposal]:
    """Every bed for somebody present, best first."""
    household = who.stay.head or who.stay.id
    found = beds.beds_for(desk, who.person.sex, who.person.birth, board.night, household, who.stay.id)
    return kept_last(found, is_alone(board, household))


def is_alone(board: Board, household: StayId | None) -> bool:
    """True when at most one person of the family is here."""
    return household is None or sum((one.stay.head or one.stay.id) == household for one in board.everyone) < 2


def kept_last(found: list[Proposal], alone: bool) -> list[Proposal]:
    """Among beds that fit as well, rooms kept for others come last."""
    return sorted(found, key=lambda one: (one.rank[0], phrases.kept_for(one.room, alone)[0] != "", one.rank))


def verdicts(desk: Desk, board: Board, moving: Moving) -> dict[str, Verdict]:
    """What each tile says, by key. A drag leaves the beds of others as they are: dropping there asks to swap."""
    if moving.kind == "swap":
        return _to_swap(desk, board, moving.who)
    if moving.kind == "family":
        return _to_family(desk, board, moving.who)
    alone = is_alone(board, moving.who.stay.head or moving.who.stay.id)
    found = {bed_key(one.bed.id): of_proposal(desk, one, alone) for one in proposals(desk, board, moving.who)}
    found.update({stay_key(one.stay.id): _taken("") for look in board.rooms for one in look.extra})
    found.update({stay_key(one.stay.id): _taken("") for one in board.unplaced})
    if moving.dragged:
        swappable = {bed_key(one.bed.id) for look in board.rooms for one in look.beds if one.sleeper}
        return {key: verdict for key, verdict in found.items() if key not in swappable} | _here(moving.who)
    found.update({mat_key(look.room.id): _on_mat(desk, board, look, moving.who) for look in board.rooms})
    return {**found, **_here(moving.who)}


def _here(who: Present) -> dict[str, Verdict]:
    bed = who.placement.bed if who.placement else None
    return {stay_key(who.stay.id) if bed is None else bed_key(bed): Verdict("here", told=words.text("Here now"))}


def of_proposal(desk: Desk, one: Proposal, alone: bool) -> Verdict:
    """What a bed says to the person. alone: nobody of the family is here."""
    if one.since is not None:
        return Verdict("no", words.text("not yet"), first_days.one_not_yet(one.since))
    if one.state is not None:
        return Verdict("no", one.state.reason, _blocked(one.state))
    if one.taken_by:
        return _taken(one.taken_by)
    return judged(desk, one.against, one.room, alone)


def _taken(code: str) -> Verdict:
    told = words.text("Taken by {code}").format(code=code) if code else words.text("Taken")
    return Verdict("no", words.text("taken"), told)


def _blocked(state: BedState) -> str:
    """Until when a bed is out of use, and why."""
    name = words.label("bed_state", state.state)
    if state.end is None:
        return words.text("{state} ({reason}), no end known").format(state=name, reason=state.reason)
    sentence = words.text("{state} ({reason}) until {day}")
    return sentence.format(state=name, reason=state.reason, day=formats.day(state.end.date()))


def judged(desk: Desk, against: Sequence[Finding], room: Room | None = None, alone: bool = False) -> Verdict:
    """What the rules of a room say: a reason is only asked of who may give one."""
    serious = [one for one in against if one.level == "needs_reason"]
    told = room_rules.told(serious + [one for one in against if one.rule == "R-28A"] if serious else against)
    if serious:
        short = phrases.rule_short(serious[0].rule)
        kind: Literal["reason", "no"] = "reason" if desk.may(Permission.OVERRIDE_RULE) else "no"
        return Verdict(kind, short, told, tuple(one.rule for one in serious))
    kept, why = phrases.kept_for(room, alone) if room else ("", "")
    # that somebody is in the house whom they must not meet is true of every room
    here = [one for one in room_rules.by_danger(against) if one.rule != "R-28"]
    short = phrases.rule_short(here[0].rule) if here else kept or words.text("Enter")
    return Verdict("fits", short, told or why)


def _on_mat(desk: Desk, board: Board, look: RoomLook, who: Present) -> Verdict:
    others = [sleeper_of(board, one) for one in look.people if one.stay.id != who.stay.id]
    alone = is_alone(board, who.stay.head or who.stay.id)
    against = findings(sleeper_of(board, who), look.room, others, board.night, board.norm_m2)
    return judged(desk, against, look.room, alone)


def _to_swap(desk: Desk, board: Board, who: Present) -> dict[str, Verdict]:
    mine, nobody = (
        room_with(board, who),
        Verdict("no", words.text("nobody there"), words.text("Nobody can swap tonight.")),
    )
    found: dict[str, Verdict] = {}
    for look in board.rooms:
        for bed in look.beds:
            other = bed.sleeper
            if other is None or mine is None:
                found[bed_key(bed.bed.id)] = nobody
            elif other.stay.id != who.stay.id:
                found[bed_key(bed.bed.id)] = judged(desk, against_swap(board, mine, who, look, other))
        found.update({stay_key(one.stay.id): _taken("") for one in look.extra})
    found.update({stay_key(one.stay.id): _taken("") for one in board.unplaced})
    return {**found, **_here(who)}


def room_with(board: Board, who: Present) -> RoomLook | None:
    """The room somebody sleeps in."""
    return next((look for look in board.rooms if any(one.stay.id == who.stay.id for one in look.people)), None)


def against_swap(board: Board, mine: RoomLook, who: Present, theirs: RoomLook, other: Present) -> list[Finding]:
    """What the rules of both rooms say once the two have changed places."""
    if mine.room.id == theirs.room.id:
        return []
    found = _against(board, who, theirs.room, theirs.people, other)
    return found + _against(board, other, mine.room, mine.people, who)


def _against(board: Board, one: Present, room: Room, people: Iterable[Present], leaving: Present) -> list[Finding]:
    others = [sleeper_of(board, p) for p in people if p.stay.id not in (one.stay.id, leaving.stay.id)]
    return findings(sleeper_of(board, one), room, others, board.night, board.norm_m2)


Moves = list[tuple[Present, Bed]]


def movers(board: Board, who: Present) -> list[Present]:
    """Who of the family has a place of their own, its head first; infants go along in the bed of the adult."""
    head = who.stay.head or who.stay.id
    family = [one for one in board.everyone if (one.stay.head or one.stay.id) == head]
    own = [one for one in family if one.placement is None or one.placement.place != "partage"]
    return sorted(own, key=lambda one: (one.stay.head is not None, one.stay.id))


def moves(desk: Desk, board: Board, who: Present, look: RoomLook, first: BedId) -> Moves | None:
    """Who of the family goes to which bed of the room: the first to the bed chosen, the others to the next free ones.

    Who sleeps in the room already stays. None where the beds that can be given are too few.
    """
    going, fit = _going(board, who, look), _can_be_given(desk, board, who)
    beds = [one.bed for one in look.beds if one.bed.id in fit]
    order = [*(bed for bed in beds if bed.id == first), *(bed for bed in beds if bed.id != first)]
    return list(zip(going, order, strict=False)) if len(order) >= len(going) else None


def _going(board: Board, who: Present, look: RoomLook) -> list[Present]:
    in_room = {one.stay.id for one in look.people}
    return [one for one in movers(board, who) if one.stay.id not in in_room]


def _can_be_given(desk: Desk, board: Board, who: Present) -> frozenset[BedId]:
    """Beds that are free from tonight on, in use, and held for nobody."""
    return frozenset(one.bed.id for one in proposals(desk, board, who) if one.is_possible and not one.is_held)


def _to_family(desk: Desk, board: Board, who: Present) -> dict[str, Verdict]:
    """What each bed says to the whole family."""
    fit = _can_be_given(desk, board, who)
    found: dict[str, Verdict] = {}
    for look in board.rooms:
        going = _going(board, who, look)
        verdict = _of_room(desk, board, look, going, sum(one.bed.id in fit for one in look.beds))
        for one in look.beds:
            found[bed_key(one.bed.id)] = verdict if one.bed.id in fit or not going else _taken("")
    return found


def _of_room(desk: Desk, board: Board, look: RoomLook, going: Sequence[Present], free: int) -> Verdict:
    if not going:
        return Verdict("here", told=words.text("Here now"))
    if free < len(going):
        short = words.text("{free} of {wanted} beds").format(free=free, wanted=len(going))
        told = words.text("Room {room} has {free} free of the {wanted} beds that the family needs.")
        return Verdict("no", short, told.format(room=look.room.code, free=free, wanted=len(going)))
    there = [sleeper_of(board, one) for one in look.people]
    family = [sleeper_of(board, one) for one in going]
    against: list[Finding] = []
    for one in family:
        others = [*there, *(other for other in family if other is not one)]
        against += findings(one, look.room, others, board.night, board.norm_m2)
    return judged(desk, against, look.room)


def bed_of(board: Board | None, key: str) -> tuple[RoomLook, BedLook] | None:
    """The bed of a tile and its room."""
    for look in board.rooms if board is not None else ():
        for one in look.beds:
            if bed_key(one.bed.id) == key:
                return look, one
    return None


def place_name(board: Board, who: Present) -> str:
    """`1F`, `natte 2`, or nothing where no place is known."""
    if who.placement is None:
        return ""
    if who.placement.bed is not None:
        found = bed_of(board, bed_key(who.placement.bed))
        return found[1].bed.code if found else ""
    room = room_with(board, who)
    return words.text("mat, room {room}").format(room=room.room.code) if room else ""
