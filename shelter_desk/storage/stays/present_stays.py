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
from shelter_desk.storage.file import journal, settings, users
from shelter_desk.storage.file.journal import JournalLine
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.file.trail import TrailRow

TABLE = "stays"
_IN, _SETTING, _PERSONS = "settings", "present_stays", "persons"
# read anew at each opening, before it is worth a write to go on from a later line
_MOST_LINES, _MOST_TOLD = 200, 50_000  # letters that they tell in all; a large import tells millions
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
        told = _Told(self, today)
        for one in written:
            if one.table == TABLE:
                told.read(one.id, one.before, one.after)
        return PresentStays(told.persons, self.seq)


def read(connection: Connection, identity: Sealer, today: date) -> tuple[PresentStays, bool]:
    """As it is now, and whether it is to be kept anew.

    Where it was never kept, or somebody altered it or took it away, all lines are asked. A stay that no line tells row
    by row, as those of a very large import, is then in none.
    """
    kept = _kept(connection, identity)
    told = _Told(kept or PresentStays({}), today)
    readers = {one.id for one in users.all_of_them(connection) if Permission.CASE_SEE in PERMISSIONS[one.role]}
    last, size = 0 if kept is None else kept.seq, 0
    for line in journal.lines_after(connection, last):
        told.read_line(line, readers)
        last, size = line.seq, size + len(line.details)
    is_long = kept is not None and (last - kept.seq > _MOST_LINES or size > _MOST_TOLD)
    return PresentStays(told.persons, last), is_long or kept is None or told.persons != kept.persons


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


class _Told:
    """What rows and lines tell, one after the other. whose: of every stay that they told of, also once it ended."""

    def __init__(self, known: PresentStays, today: date) -> None:
        self.persons, self._whose, self._today = dict(known.persons), dict(known.persons), today.isoformat()

    def read_line(self, line: JournalLine, readers: Container[int | None]) -> None:
        """Who reads no case file opens no stay again, and none for somebody who was here before."""
        rows = line.rows
        new = [row["id"] for row in rows if row["table"] == _PERSONS and "before" not in row]
        for row in rows:
            before, after = row.get("before"), row.get("after")
            is_new = before is None and after is not None and after.get("person_id") in new
            if row["table"] == TABLE and (line.user in readers or after is None or is_new):
                self.read(row["id"], before, after)

    def read(self, key: int, before: Row | None, after: Row | None) -> None:
        """One row that was put in, changed or taken out, whole or told by the columns that changed."""
        if after is None:
            self.persons.pop(key, None)
            return
        was = before or {}
        now = {**dict.fromkeys(was), **after}  # a line leaves out what became empty
        is_moved = before is None or was.get("exited_at") != now.get("exited_at")
        person: Any = now.get("person_id")
        if journal.is_row_id(person) and (is_moved or was.get("person_id") != person):
            self._whose[key] = person
        goes_on = self._goes_on(now) if is_moved else key in self.persons
        if goes_on and key in self._whose:
            self.persons[key] = self._whose[key]
        else:
            self.persons.pop(key, None)

    def _goes_on(self, row: Row) -> bool:
        exited = row.get("exited_at")
        return not exited or str(exited)[:10] > self._today
