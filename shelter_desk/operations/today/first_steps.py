"""The first steps of a new house: what is done is read from what the house holds, never from a note of it."""

from dataclasses import dataclass
from typing import Literal

from shelter_desk.domain import settings as setting_rules
from shelter_desk.domain.rights import Permission
from shelter_desk.operations import settings
from shelter_desk.operations.desk import Desk, Done, needs
from shelter_desk.operations.vault import backups
from shelter_desk.storage.today import begun

StepKey = Literal["accounts", "rooms", "people", "stock", "backup"]
# in the order in which they are shown, with what somebody must hold to do them
NEEDED: dict[StepKey, Permission] = {
    "accounts": Permission.USERS_EDIT,
    "rooms": Permission.ROOMS_EDIT,
    "people": Permission.REGISTERS_IMPORT,
    "stock": Permission.STOCK_EDIT,
    "backup": Permission.BACKUP,
}


@dataclass(frozen=True, slots=True)
class FirstStep:
    """One step. is_done: the house holds what it asks for."""

    key: StepKey
    is_done: bool


@needs(Permission.SEE_COUNTS)
def first_steps(desk: Desk) -> tuple[FirstStep, ...]:
    """Those of the role at the desk, without those put away; none once all are done, and in a training shelter."""
    kept = settings.kept(desk)
    mine = [
        key
        for key, needed in NEEDED.items()
        if not desk.is_training and desk.may(needed) and setting_rules.is_on(kept, _setting(key))
    ]
    if not mine:
        return ()
    with desk.reading() as connection:
        has_beds, has_stays, has_moves, accounts = begun.holds(connection)
    done = {"accounts": accounts > 1, "rooms": has_beds, "people": has_stays, "stock": has_moves}
    if "backup" in mine:
        done["backup"] = backups.second_place_of(desk) is not None and backups.last_proven(desk) is not None
    found = tuple(FirstStep(key, done[key]) for key in mine)
    return () if all(one.is_done for one in found) else found


@needs(Permission.SETTINGS_EDIT)
def put_away(desk: Desk, key: StepKey) -> Done:
    """The house does not need this step: nobody is shown it any more. It can be undone."""
    return settings.keep(desk, {_setting(key): setting_rules.OFF})


def _setting(key: StepKey) -> str:
    return f"first_step_{key}"
