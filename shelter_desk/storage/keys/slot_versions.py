"""The turn of the last key slot of each person, kept inside the database: an older `keys.json` put back is known."""

import json
import re
from collections.abc import Mapping

from sqlalchemy import Connection

from shelter_desk.storage.file import journal, settings
from shelter_desk.storage.keys.slots import LATEST

_KEY = "slot_turns"
CHANGES = (
    "add_user", "reset_user", "suspend_user", "change_password", "new_recovery_key", "recovered", "change_keys",
)  # fmt: skip
_LIST_SIGNED = "list_signed"  # as a manager opened, beside no change of slots
LISTED = "list"  # under that name these lines say the turn of the list that a manager signed
_USER = re.compile(r"-?[0-9]{1,15}")


def read(connection: Connection) -> dict[int, int]:
    """By user, that of the recovery key under 0; who is missing never had another slot than the first.

    What is no turn is passed over: whoever could write it could as well have taken them all away.
    """
    try:
        told = json.loads(settings.read(connection).get(_KEY, "{}"))
    except (ValueError, RecursionError):
        return {}
    found = told.items() if isinstance(told, dict) else ()
    return {int(user): turn for user, turn in found if _USER.fullmatch(user) and type(turn) is int and turn < LATEST}


def told(connection: Connection) -> int:
    """The last turn of the list that the journal tells of, 0 where it tells of none."""
    turns = (
        line.known.get(LISTED) for line in journal.last_lines_of(connection, (*CHANGES, _LIST_SIGNED), journal.ALL)
    )
    return max((turn for turn in turns if type(turn) is int and turn < LATEST), default=0)


def keep(connection: Connection, found: Mapping[int, int]) -> None:
    """Remember these where they are later than what is known."""
    known = read(connection)
    later = {user: turn for user, turn in found.items() if turn > known.get(user, 1)}
    if later:
        settings.write(connection, {_KEY: json.dumps({str(user): turn for user, turn in (known | later).items()})})


def last(connection: Connection) -> int:
    """The last one there was of anybody."""
    return max(read(connection).values(), default=0)
