"""“The first day” in a training shelter: tasks that the program checks by what is really in the file."""

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from shelter_desk.domain.beds.room_rules import OWN_ROOM_TYPES
from shelter_desk.domain.ids import BedId, StayId
from shelter_desk.domain.residents.residents import Birth
from shelter_desk.domain.rights import Permission
from shelter_desk.operations import drafts
from shelter_desk.operations.beds import bed_board, beds
from shelter_desk.operations.beds.bed_board import BedLook, RoomLook
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.training import practice as stored

PracticeKey = Literal["admit", "meal", "find", "leave", "issue"]
NEEDED: dict[PracticeKey, Permission] = {
    "admit": Permission.ADMIT,
    "meal": Permission.ASSIST,
    "find": Permission.CASE_SEE,
    "leave": Permission.DISCHARGE,
    "issue": Permission.STOCK_EDIT,
}
_FORM = f"{drafts.PRACTICE}first_day"


@dataclass(frozen=True, slots=True)
class PracticeTask:
    """One task. bed: the code of the one that it speaks of; sex: who fits there, "" for anybody.

    is_done: what it asks for is in the file.
    """

    key: PracticeKey
    is_done: bool
    bed: str = ""
    sex: str = ""


@needs(Permission.SEE_COUNTS)
def is_offered(desk: Desk) -> bool:
    """Whether somebody of this role has something to practise here: in a training shelter alone."""
    return desk.is_training and any(map(desk.may, NEEDED.values()))


@needs(Permission.SEE_COUNTS)
def begin(desk: Desk) -> None:
    """Begin, or begin anew: what was done before counts no more. Nothing of the shelter changes."""
    with desk.reading() as connection:
        told: dict[str, Any] = {"last": stored.last_rows(connection)}
    if desk.may(Permission.SEE_BEDS):
        rooms = bed_board.board(desk, desk.today()).rooms
        told |= _bed_to_fill(desk, rooms)
        told |= _sleeper_to_find(desk, [look for room in rooms for look in room.beds], told.get("leave", ""))
    drafts.keep(desk, _FORM, {"begun": json.dumps(told)})


def _bed_to_fill(desk: Desk, rooms: Sequence[RoomLook]) -> dict[str, Any]:
    """A free bed in which a grown woman or man fits; of a full house one that somebody leaves first."""
    grown = Birth(precision="estimated", age_estimated=25, age_estimated_on=desk.today())
    for sex in "fm":
        for one in beds.beds_for(desk, sex, grown, desk.today()):
            ordinary = not one.bed.is_extra and one.room.room_type not in OWN_ROOM_TYPES
            if ordinary and one.is_possible and not one.against:
                return {"bed": [one.bed.id, one.bed.code, sex]}
    looks = [look for room in rooms if room.room.room_type not in OWN_ROOM_TYPES for look in room.beds]
    heads = {look.sleeper.stay.head for look in looks if look.sleeper is not None}
    for look in looks:
        if look.sleeper is not None and _may_leave(look, heads, desk.today()):
            return {"bed": [look.bed.id, look.bed.code, look.sleeper.person.sex], "leave": look.bed.code}
    return {}


def _may_leave(look: BedLook, heads: Collection[StayId | None], today: date) -> bool:
    """A grown person without a family, whose bed is an ordinary one that is held for nobody."""
    who = look.sleeper
    alone = who is not None and who.stay.head is None and who.stay.id not in heads and not look.sharing
    return alone and who is not None and who.person.birth.group(today) == "a18_59" and look.held is None


def _sleeper_to_find(desk: Desk, looks: Sequence[BedLook], but: str) -> dict[str, Any]:
    """Whose record was not opened since the shelter was, which the journal would not tell again. but: another bed."""
    known = [(look.bed.code, look.sleeper.person) for look in looks if look.sleeper and look.bed.code != but]
    fresh = [one for one in known if one[1].id not in desk.opened]
    if not fresh:
        return {}
    bed, person = fresh[len(fresh) // 2]
    return {"find": [bed, person.code]}


@needs(Permission.SEE_COUNTS)
def give_up(desk: Desk) -> None:
    """Show the tasks no more; what was done in the training shelter stays."""
    drafts.forget(desk, _FORM)


@needs(Permission.SEE_COUNTS)
def tasks(desk: Desk) -> tuple[PracticeTask, ...]:
    """The tasks of the role at the desk, none while it has not begun."""
    begun = _begun(desk)
    if not desk.is_training or begun is None:
        return ()
    checks = _checks(desk, begun)
    _, to_fill, sex = begun.get("bed", [0, "", ""])
    codes = {"admit": to_fill, "find": begun.get("find", ["", ""])[0]}
    left = begun.get("leave", "")
    # the bed is there to fill once it was left
    order = sorted(NEEDED, key=lambda key: key != "leave") if left else list(NEEDED)
    with desk.reading() as connection:
        return tuple(
            PracticeTask(
                key,
                checks[key](connection),
                codes.get(key, left if key == "leave" else ""),
                sex if key == "admit" else "",
            )
            for key in order
            if desk.may(NEEDED[key]) and codes.get(key) != ""
        )


def _begun(desk: Desk) -> Mapping[str, Any] | None:
    draft = drafts.find(desk, _FORM)
    told = None if draft is None else draft.values.get("begun")
    try:
        begun = json.loads(told) if isinstance(told, str) else None
    except ValueError:
        return None
    return begun if isinstance(begun, dict) and "last" in begun else None


def _checks(desk: Desk, begun: Mapping[str, Any]) -> dict[PracticeKey, Callable[[Connection], bool]]:
    last = begun["last"]
    bed, code = BedId(begun.get("bed", [0, "", ""])[0]), begun.get("find", ["", ""])[1]
    return {
        "admit": lambda connection: stored.is_admitted(connection, bed, last["stays"]),
        "meal": lambda connection: stored.has_meal(connection, last),
        "find": lambda connection: stored.is_opened(connection, code, desk.user, last["journal"]),
        "leave": lambda connection: stored.exits(connection) > last["exits"],
        "issue": lambda connection: stored.is_issued(connection, last["stock_moves"]),
    }
