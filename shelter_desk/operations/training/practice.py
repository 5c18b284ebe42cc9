"""“The first day” in a training shelter: tasks that the program checks by what is really in the file."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from shelter_desk.domain.ids import BedId
from shelter_desk.domain.residents.residents import Birth
from shelter_desk.domain.rights import Permission
from shelter_desk.operations import drafts
from shelter_desk.operations.beds import bed_board, beds
from shelter_desk.operations.beds.bed_board import BedLook
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
        looks = [look for room in bed_board.board(desk, desk.today()).rooms for look in room.beds]
        told |= _bed_to_fill(desk) | _sleeper_to_find(desk, looks)
    drafts.keep(desk, _FORM, {"begun": json.dumps(told)})


def _bed_to_fill(desk: Desk) -> dict[str, Any]:
    """A bed in which a woman of 25 fits, else a man; else any that can be given."""
    grown = Birth(precision="estimated", age_estimated=25, age_estimated_on=desk.today())
    found = [
        (sex, one) for sex in "fm" for one in beds.beds_for(desk, sex, grown, desk.today()) if not one.bed.is_extra
    ]
    fitting = next(((sex, one.bed) for sex, one in found if one.fits and not one.is_held), None)
    sex, bed = fitting or next((("", one.bed) for _, one in found if one.is_possible), ("", None))
    return {} if bed is None else {"bed": [bed.id, bed.code, sex]}


def _sleeper_to_find(desk: Desk, looks: list[BedLook]) -> dict[str, Any]:
    """Whose record was not opened since the shelter was, which the journal would not tell again."""
    known = [(look.bed.code, look.sleeper.person) for look in looks if look.sleeper is not None]
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
    with desk.reading() as connection:
        return tuple(
            PracticeTask(key, checks[key](connection), codes.get(key, ""), sex if key == "admit" else "")
            for key, needed in NEEDED.items()
            if desk.may(needed) and codes.get(key) != ""
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
