"""What the person at the desk was typing: kept inside the encrypted file, found again after a lock or a cut.

Nothing here asks for a permission: a draft belongs to who typed it, and nobody else can find it. Nothing here writes a
journal line either: the journal tells what was done, and nothing is done yet while somebody types; the form writes its
line when it is saved. The head of the journal counts lines, so it does not move.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from shelter_desk.domain.changes import Changes
from shelter_desk.domain.errors import Damaged
from shelter_desk.operations.desk import Desk
from shelter_desk.storage import drafts as stored
from shelter_desk.storage.drafts import StoredDraft

Value = str | list[str]


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed into one form. form: as the form calls itself; saved_at: when it was last kept."""

    form: str
    saved_at: datetime
    values: Mapping[str, Value]


def keep(desk: Desk, form: str, values: Mapping[str, Value]) -> None:
    """Keep what is typed so far, in place of what was kept before; on the disk when this returns."""
    text = json.dumps(dict(values), ensure_ascii=False, separators=(",", ":"))
    with desk.database.transaction(Changes()) as connection:
        stored.keep(connection, desk.user, form, desk.now(), text, desk.sealer)


def find(desk: Desk, form: str) -> Draft | None:
    """What the person at the desk had typed into that form; None too where the role may no longer read it."""
    with desk.reading() as connection:
        found = stored.find(connection, desk.user, form)
    return None if found is None else _read(desk, found)


def mine(desk: Desk) -> list[Draft]:
    """Every draft of the person at the desk, the newest first."""
    with desk.reading() as connection:
        found = stored.of_user(connection, desk.user)
    return [draft for one in found if (draft := _read(desk, one)) is not None]


def forget(desk: Desk, form: str) -> None:
    """The form was saved or given up. Nothing is written where nothing was kept."""
    with desk.reading() as connection:
        if stored.find(connection, desk.user, form) is None:
            return
    with desk.database.transaction(Changes()) as connection:
        stored.forget(connection, desk.user, form)


def _read(desk: Desk, found: StoredDraft) -> Draft | None:
    """One that cannot be unsealed is passed over: no damaged draft keeps anybody from working."""
    try:
        text = found.text(desk.sealer)
    except Damaged:
        return None
    return None if text is None else Draft(found.form, found.at, json.loads(text))
