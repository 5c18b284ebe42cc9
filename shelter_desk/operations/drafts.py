"""What the person at the desk was typing: kept inside the encrypted file, found again after a lock or a cut.

Nothing here asks for a permission: a draft belongs to who typed it, and nobody else can find it. Nothing here writes a
journal line either: the journal tells what was done, and nothing is done yet while somebody types; the form writes its
line when it is saved. The head of the journal counts lines, so it does not move.

A draft may hold a name or a story. It is sealed with the key of narratives, else with that of names, else with one that
nobody but its author has; so no role opens what another one typed that may read more.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from shelter_desk.domain.changes import Changes
from shelter_desk.domain.errors import Damaged
from shelter_desk.operations.desk import Desk
from shelter_desk.storage.file import drafts as stored_drafts
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.file.drafts import StoredDraft
from shelter_desk.storage.file.sealing import Sealer

Value = str | list[str]
LISTS = "list/"  # before the name of a list: how somebody left it, which is no form
PRACTICE = "practice/"  # since when somebody practises in the training shelter, which is none either


@dataclass(frozen=True, slots=True)
class Draft:
    """What was typed into one form. form: as the form calls itself; saved_at: when it was last kept."""

    form: str
    saved_at: datetime
    values: Mapping[str, Value]


def keep(desk: Desk, form: str, values: Mapping[str, Value]) -> None:
    """Keep what is typed so far, in place of what was kept before; on the disk when this returns."""
    with desk.database.transaction(Changes()) as connection:
        keep_within(desk, connection, form, values)


def keep_within(desk: Desk, connection: Connection, form: str, values: Mapping[str, Value]) -> None:
    """The same in a transaction that writes more."""
    text = json.dumps(dict(values), ensure_ascii=False, separators=(",", ":"))
    stored_drafts.keep(connection, desk.user, form, desk.now(), text, next(iter(_sealers(desk)), None))


def find(desk: Desk, form: str) -> Draft | None:
    """What the person at the desk had typed into that form; None too where the role may no longer read it."""
    with desk.reading() as connection:
        found = stored_drafts.find(connection, desk.user, form)
    return None if found is None else _read(desk, found)


def mine(desk: Desk) -> list[Draft]:
    """Every draft of a form of the person at the desk, the newest first."""
    with desk.reading() as connection:
        found = stored_drafts.of_user(connection, desk.user)
    forms = [one for one in found if not one.form.startswith((LISTS, PRACTICE))]
    return [draft for one in forms if (draft := _read(desk, one)) is not None]


def forget(desk: Desk, form: str) -> None:
    """The form was saved or given up. Nothing is written where nothing was kept."""
    with desk.reading() as connection:
        if stored_drafts.find(connection, desk.user, form) is None:
            return
    with desk.database.transaction(Changes()) as connection:
        stored_drafts.forget(connection, desk.user, form)


def are_sealed(desk: Desk) -> bool:
    """Whether what is typed here is kept sealed; not where the disk refused an older account the key of its own."""
    return bool(_sealers(desk))


def seal_again(desk: Desk, connection: Connection, own: bytes | None) -> None:
    """Somebody has another password, and so another key of their own: their drafts are sealed with it."""
    texts = [(one, _text(desk, one)) for one in stored_drafts.of_user(connection, desk.user)]
    desk.own = None if own is None else Sealer(own)
    for one, text in texts:
        if text is not None:
            stored_drafts.keep(connection, desk.user, one.form, one.at, text, next(iter(_sealers(desk)), None))


def _sealers(desk: Desk) -> list[Sealer]:
    return [one for one in (desk.protection, desk.sealer, desk.own) if one is not None]


def _text(desk: Desk, found: StoredDraft) -> str | None:
    """One that cannot be unsealed is passed over: no damaged draft keeps anybody from working."""
    for sealer in _sealers(desk) or (None,):  # open ones are of who has no key: beside one somebody put them there
        with suppress(Damaged):
            text = found.text(sealer)
            if text is not None:
                return text
    return None


def _read(desk: Desk, found: StoredDraft) -> Draft | None:
    text = _text(desk, found)
    try:
        values = None if text is None else json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(values, dict) or not all(_is_value(one) for one in values.values()):
        return None
    return Draft(found.form, found.at, values)


def _is_value(told: object) -> bool:
    return isinstance(told, str) or (isinstance(told, list) and all(isinstance(one, str) for one in told))
