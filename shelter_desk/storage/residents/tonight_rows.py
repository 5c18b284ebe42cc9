"""What those here tonight must not eat, whom they must not meet and which alerts about them were settled, sealed once
more for the night reception, which opens no other row of the case file.

It changes with each act that changes who is here or one of these rows, in the same transaction. No journal tells it and
no backup keeps it.
"""

import json
from collections.abc import Collection
from contextlib import suppress
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, select, text

from shelter_desk.domain.errors import Damaged
from shelter_desk.domain.flags.flag import rules
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays.stays import Stay
from shelter_desk.storage import tables
from shelter_desk.storage.file.case.case_rows import Row, padded
from shelter_desk.storage.file.column_values import damaged
from shelter_desk.storage.file.sealing import Sealer

TABLE = tables.tonight_rows.name
FOLLOWED = frozenset({"stays", "diets", "contact_risks", "settled_flags"})  # the tables whose rows change it
_ONE = 1
MOST_NIGHTS = timedelta(days=60)  # what a house may set R-31 to
_OF_THOSE_HERE = {
    "diets": text(
        "SELECT * FROM diets WHERE stay_id IN (SELECT value FROM json_each(:stays)) AND diet <> '' ORDER BY id"
    ),
    "contact_risks": text(
        "SELECT * FROM contact_risks WHERE person_id IN (SELECT value FROM json_each(:persons)) AND ended_on IS NULL "
        "AND (other_id IS NULL OR other_id IN (SELECT value FROM json_each(:persons))) ORDER BY id"
    ),
    # of those alerts alone that it is shown, about who is here, a night that is still asked about, or the house
    "settled_flags": text(
        "SELECT * FROM settled_flags WHERE rule IN (SELECT value FROM json_each(:rules)) "
        "AND (until IS NULL OR until > :today) AND (subject NOT LIKE 'night/%' OR substr(subject, 7, 10) >= :first) "
        "AND (subject NOT LIKE 'stay/%' "
        "OR CAST(substr(subject, 6) AS INTEGER) IN (SELECT value FROM json_each(:stays))) ORDER BY id"
    ),
}
_RULES = json.dumps([one.id for one in rules().values() if one.seen_by != Permission.CASE_SEE.value])
# why, by whom and since when is for who reads the file
_UNSAID = {
    "note": None, "by_id": None, "risk_kind": "conflit", "noted_on": "0001-01-01",
    "reason": "", "sealed_reason": None, "settled_by": None, "settled_at": "0001-01-01",
}  # fmt: skip


def follow(connection: Connection, night: Sealer, here: Collection[Stay], today: date) -> None:
    """Keep these rows of those who are here, by who reads the case file."""
    told = _wanted(connection, here, today)
    if _told(connection, night) != told:
        drop(connection)
        _put(connection, night, told)


def is_behind(connection: Connection, night: Sealer, here: Collection[Stay], today: date) -> bool:
    """Whether something else stands there than is so of those who are here. For who reads the case file."""
    return _told(connection, night) != _wanted(connection, here, today)


def drop(connection: Connection) -> None:
    """Keep nothing."""
    connection.execute(tables.tonight_rows.delete())


def rows(connection: Connection, night: Sealer) -> list[Row]:
    """As the tables of the case file have them; none where somebody altered what is kept."""
    found = []
    for one in _told(connection, night) or ():
        match one:  # whoever has the key can seal what is no row
            case [str() as name, {"id": int() as key}] if name in FOLLOWED:
                found.append(Row(name, key, one[1]))
    return found


def check(connection: Connection, night: Sealer) -> None:
    """Raises Damaged where what is kept was altered."""
    if _told(connection, night) is None:
        raise damaged(TABLE, "sealed", _ONE)


def change_key(connection: Connection, old: Sealer, new: Sealer) -> None:
    """Seal what is kept anew; what was altered comes back with the next opening by who reads the case file."""
    told = _told(connection, old)
    drop(connection)
    if told is not None:
        _put(connection, new, told)


def _wanted(connection: Connection, here: Collection[Stay], today: date) -> list[Any]:
    asked = {
        "stays": json.dumps([stay.id for stay in here]),
        "persons": json.dumps([stay.person for stay in here]),
        "rules": _RULES,
        "today": today.isoformat(),
        "first": (today - MOST_NIGHTS).isoformat(),
    }
    return [
        [name, {one: _UNSAID.get(one, told) for one, told in row.items()}]
        for name, wanted in _OF_THOSE_HERE.items()
        for row in connection.execute(wanted, asked).mappings()
    ]


def _put(connection: Connection, night: Sealer, told: list[Any]) -> None:
    sealed = night.seal_bytes(TABLE, "sealed", _ONE, padded(told))
    connection.execute(tables.tonight_rows.insert().values(number=_ONE, sealed=sealed))


def _told(connection: Connection, night: Sealer) -> list[Any] | None:
    """What is kept, empty where nothing is; None where it was altered."""
    sealed = connection.execute(select(tables.tonight_rows.c.sealed)).scalar()
    if sealed is None:
        return []
    with suppress(Damaged, ValueError, TypeError, RecursionError):
        told = json.loads(night.unseal_bytes(TABLE, "sealed", _ONE, sealed))
        return told if isinstance(told, list) else None
    return None
