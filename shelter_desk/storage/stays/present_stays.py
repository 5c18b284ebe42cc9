"""Which stays go on, and whose they are, as acts told it: the night reception is given the names of these alone.

Whoever holds the key of the database, as every role does, can write into `stays` without the program: a stay that was
opened again so would bring the name of somebody who left, or was erased, under the key of the night. What the journal
told is kept here, sealed for who reads names, and goes on with each of their acts and with the lines written since.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Set
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import Connection, text

from shelter_desk.domain.errors import Damaged
from shelter_desk.domain.ids import UserId
from shelter_desk.domain.rights import PERMISSIONS, Permission, Role
from shelter_desk.domain.stays.stays import Stay
from shelter_desk.storage.file import journal, settings, told_rows, users
from shelter_desk.storage.file.journal import JournalLine
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.file.trail import TrailRow
from shelter_desk.storage.keys.signed_lines import Signatures

TABLE = "stays"
_IN, _SETTING, _PERSONS = "settings", "present_stays", "persons"
# read anew at each opening, before it is worth a write to go on from a later line
_MOST_LINES, _MOST_TOLD = 200, 50_000  # letters that they tell in all; a large import tells millions
_READERS = frozenset(role for role in Role if Permission.CASE_SEE in PERMISSIONS[role])
_PERSON = text("SELECT 1 FROM persons WHERE id = :id")
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class PresentStays:
    """By stay that goes on whose it is. numbers: of everybody whom acts brought so far and did not take out. seq: the
    last line of the journal that was looked at. forged: the line that is not as it was signed, for which nobody is
    known to be here; 0 for none.
    """

    persons: Mapping[int, int]
    numbers: Set[int] = frozenset()
    seq: int = 0
    forged: int = 0

    @property
    def known(self) -> tuple[Mapping[int, int], Set[int]]:
        """All but the line."""
        return self.persons, self.numbers

    def of(self, found: Iterable[Stay]) -> list[Stay]:
        """Those of these stays that do go on, in their order."""
        return [one for one in found if self.persons.get(one.id) == one.person]

    def after(self, written: Iterable[TrailRow], today: date, seq: int) -> "PresentStays":
        """As it is once somebody who reads names wrote these rows. seq: of the line that will tell them; it is not read
        again, since it does not tell the stays that a large import brought.
        """
        if self.forged:
            return self
        told = _Told(self, today)
        for one in written:
            if one.table == _PERSONS and one.before is None:
                told.come({one.id})
            elif one.table == _PERSONS and one.after is None:
                told.numbers.discard(one.id)
            elif one.table == TABLE:
                told.read(one.id, one.before, one.after)
        return told.present(seq)


def read(connection: Connection, identity: Sealer, today: date, signatures: Signatures) -> tuple[PresentStays, bool]:
    """As it is now, and whether it is to be kept anew.

    Where it was never kept, or somebody altered it or took it away, all lines are asked. A stay that no line tells row
    by row, as those of a very large import, is then in none. Nor is any while a line since is not as it was signed:
    one that tells of an exit could have been written over. Raises Damaged of a page that cannot be read.
    """
    kept = _kept(connection, identity)
    told = _Told(kept or PresentStays({}), today)
    roles = {one.id: one.role for one in users.all_of_them(connection)}
    last, size = 0 if kept is None else kept.seq, 0
    standing = partial(_stands, connection)
    try:
        for line, signer in signatures.lines(connection, last):
            role = (signer.role if signer else roles.get(line.user)) if line.user else None
            if role in _READERS:
                told.read_line(line)
            elif role:
                told.read_line_of_night(line, standing)
            last, size = line.seq, size + len(line.details)
    except Damaged as found:
        if found.part != "journal":
            raise
        return PresentStays({}, forged=int(found.path)), False
    is_long = kept is not None and (last - kept.seq > _MOST_LINES or size > _MOST_TOLD)
    present = told.present(last)
    return present, is_long or kept is None or present.known != kept.known


def keep(connection: Connection, identity: Sealer, present: PresentStays) -> None:
    """Keep it, as of the last line that is written where it says none; nothing beside a forged line."""
    if present.forged:
        return
    seq, persons = present.seq or journal.head(connection)[0], sorted(present.persons.items())
    told = json.dumps([seq, persons, told_rows.ids_packed(present.numbers)], separators=(",", ":"))
    settings.write(connection, {_SETTING: identity.seal(_IN, _SETTING, 0, told).hex()})


def keep_all(connection: Connection, identity: Sealer) -> None:
    """Keep what the table says: of a new shelter, and of a file of before that is brought over."""
    rows = connection.exec_driver_sql("SELECT id, person_id FROM stays WHERE exited_at IS NULL").all()
    numbers = connection.exec_driver_sql("SELECT id FROM persons").scalars()
    keep(connection, identity, PresentStays({row.id: row.person_id for row in rows}, frozenset(numbers)))


def change_key(connection: Connection, old: Sealer, new: Sealer) -> None:
    """Seal it anew; what was altered is asked of the journal again."""
    kept = _kept(connection, old)
    if kept is not None:
        keep(connection, new, kept)


def _kept(connection: Connection, identity: Sealer) -> PresentStays | None:
    sealed = settings.read(connection).get(_SETTING, "")
    with suppress(Damaged, ValueError, TypeError, RecursionError):
        seq, persons, runs = json.loads(identity.unseal(_IN, _SETTING, 0, bytes.fromhex(sealed)))
        numbers = {one for first, many in runs for one in range(first, first + many)}
        return PresentStays({int(stay): int(person) for stay, person in persons}, numbers, int(seq))
    return None


def _stands(connection: Connection, person: int) -> bool:
    return connection.execute(_PERSON, {"id": person}).first() is not None


class _Told:
    """What rows and lines tell, one after the other.

    numbers: of everybody who was told of and not taken out. _whose: of every stay that they told of, also once it
    ended. _made: by whom, of those whom the night brought and of whom nobody who reads the case file wrote since.
    """

    def __init__(self, known: PresentStays, today: date) -> None:
        self.persons, self._whose, self._today = dict(known.persons), dict(known.persons), today.isoformat()
        self.numbers, self._made = set(known.numbers), dict[int, UserId | None]()

    def present(self, seq: int) -> PresentStays:
        """As it is by now. seq: the last line that was looked at."""
        return PresentStays(self.persons, self.numbers, seq)

    def come(self, persons: Set[int]) -> None:
        """Of whom comes only now nothing was true before."""
        for one in persons:
            self._made.pop(one, None)
        if persons:
            self.persons = {stay: one for stay, one in self.persons.items() if one not in persons}
            self.numbers |= persons

    def read_line(self, line: JournalLine) -> None:
        """Of somebody who reads the case file."""
        known = line.known
        new, gone, of_stays = _rows(known)
        self.numbers -= {*gone, *told_rows.ids_taken_out(known, _PERSONS, self.numbers)}
        self.come({*new, *told_rows.ids_brought(known, _PERSONS, self.numbers)})
        for row in of_stays:
            self._made.pop(self._whose.get(row["id"], 0), None)
            self.read(row["id"], row.get("before"), row.get("after"))

    def read_line_of_night(self, line: JournalLine, stands: Callable[[int], bool]) -> None:
        """Of somebody who does not: they open no stay again, and none for somebody who was here before. Told as new
        twice is of whom they wrote before they came.

        stands: whether there is a person of that number.
        """
        new, gone, of_stays = _rows(line.known)
        for one in gone:
            if self._made.get(one, None) == line.user:
                self._made.pop(one)
                self.numbers.discard(one)
        new = [one for one in new if (one in self._made or one not in self.numbers) and stands(one)]
        self.come({*new})
        self._made |= dict.fromkeys(new, line.user)
        for row in of_stays:
            before, after = row.get("before"), row.get("after")
            if after is None or (before is None and after.get("person_id") in new):
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


def _rows(known: Mapping[str, Any]) -> tuple[list[int], list[int], list[dict[str, Any]]]:
    """The numbers of persons that a line tells as new, and takes out; its rows of stays."""
    rows = [row for row in journal.rows_of(known) if row["table"] in (TABLE, _PERSONS)]
    persons = [row for row in rows if row["table"] == _PERSONS]
    new = [row["id"] for row in persons if "before" not in row]
    gone = [row["id"] for row in persons if "after" not in row]
    return new, gone, [row for row in rows if row["table"] == TABLE]
