"""Which stays go on, and whose they are, as acts told it: the night reception is given the names of these alone.

Whoever holds the key of the database, as every role does, can write into `stays` without the program: a stay that was
opened again so would bring the name of somebody who left, or was erased, under the key of the night. What the journal
told is kept here, sealed for who reads names, and goes on with each of their acts and with the lines written since.
"""

import json
from collections.abc import Container, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from shelter_desk.domain.errors import Damaged
from shelter_desk.domain.rights import PERMISSIONS, Permission
from shelter_desk.domain.stays.stays import Stay
from shelter_desk.storage.file import journal, settings, told_rows, users
from shelter_desk.storage.file.journal import JournalLine
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.file.trail import TrailRow

TABLE = "stays"
_IN, _SETTING, _PERSONS = "settings", "present_stays", "persons"
_MOST_LINES = 200  # read anew at each opening, before it is worth a write to go on from a later one
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PresentStays:
    """By stay that goes on whose it is. seq: the last line of the journal that was looked at."""

    persons: Mapping[int, int]
    seq: int = 0

    def of(self, found: Iterable[Stay]) -> list[Stay]:
        """Those of these stays that do go on, in their order."""
        return [one for one in found if self.persons.get(one.id) == one.person]

    def after(self, written: Iterable[TrailRow], today: date) -> "PresentStays":
        """As it is once somebody who reads names wrote these rows."""
        persons = dict(self.persons)
        for one in written:
            if one.table == TABLE:
                _apply(persons, one.id, one.before, one.after, today)
        return PresentStays(persons, self.seq)


def read(connection: Connection, identity: Sealer, today: date) -> tuple[PresentStays, bool]:
    """As it is now, and whether it is to be kept anew.

    Where it was never kept, or somebody altered it or took it away, all lines are asked. A stay that no line tells row
    by row, as those of a very large import, is then in none.
    """
    kept = _kept(connection, identity)
    if kept is None:
        return _of_all_lines(connection, today), True
    persons, last = dict(kept.persons), kept.seq
    readers = {one.id for one in users.all_of_them(connection) if Permission.CASE_SEE in PERMISSIONS[one.role]}
    for line in journal.lines_after(connection, kept.seq):
        _follow(persons, line, readers, today)
        last = line.seq
    return PresentStays(persons, last), persons != kept.persons or last - kept.seq > _MOST_LINES


def keep(connection: Connection, identity: Sealer, present: PresentStays) -> None:
    """Keep it as of the last line that is written."""
    told = json.dumps([journal.head(connection)[0], sorted(present.persons.items())], separators=(",", ":"))
    settings.write(connection, {_SETTING: identity.seal(_IN, _SETTING, 0, told).hex()})


def keep_all(connection: Connection, identity: Sealer) -> None:
    """Keep what the table says: of a new shelter, and of a file of before that is brought over."""
    rows = connection.exec_driver_sql("SELECT id, person_id FROM stays WHERE exited_at IS NULL").all()
    keep(connection, identity, PresentStays({row.id: row.person_id for row in rows}))


def change_key(connection: Connection, old: Sealer, new: Sealer) -> None:
    """Seal it anew; what was altered is asked of the journal again."""
    kept = _kept(connection, old)
    if kept is not None:
        keep(connection, new, kept)


def _kept(connection: Connection, identity: Sealer) -> PresentStays | None:
    sealed = settings.read(connection).get(_SETTING, "")
    with suppress(Damaged, ValueError, TypeError, RecursionError):
        seq, persons = json.loads(identity.unseal(_IN, _SETTING, 0, bytes.fromhex(sealed)))
        return PresentStays({int(stay): int(person) for stay, person in persons}, int(seq))
    return None


def _of_all_lines(connection: Connection, today: date) -> PresentStays:
    found = told_rows.told_rows(connection, TABLE).rows
    going_on = {key: row["person_id"] for key, row in found.items() if row and _goes_on(row, today)}
    return PresentStays(going_on, journal.head(connection)[0])


def _follow(persons: dict[int, int], line: JournalLine, readers: Container[int | None], today: date) -> None:
    """Who reads no case file opens no stay again, and none for somebody who was here before."""
    rows = line.rows
    is_reader = line.user in readers
    new = {row["id"] for row in rows if row["table"] == _PERSONS and "before" not in row}
    for row in rows:
        if row["table"] != TABLE:
            continue
        before, after = row.get("before"), row.get("after")
        if is_reader or after is None or (before is None and after.get("person_id") in new):
            _apply(persons, row["id"], before, after, today)


def _apply(persons: dict[int, int], key: int, before: Row | None, after: Row | None, today: date) -> None:
    """One row that was put in, changed or taken out, whole or told by the columns that changed."""
    if after is None:
        persons.pop(key, None)
        return
    was = before or {}
    person = after.get("person_id", persons.get(key))
    is_of_another = before is not None and "person_id" in after and was.get("person_id") != after["person_id"]
    is_moved = before is None or ("exited_at" in after and was.get("exited_at") != after["exited_at"])
    if is_moved and not _goes_on(after, today):
        persons.pop(key, None)
    elif person is not None and (is_moved or (is_of_another and key in persons)):
        persons[key] = person


def _goes_on(row: Row, today: date) -> bool:
    exited = row.get("exited_at")
    return not exited or str(exited)[:10] > today.isoformat()
