"""What one transaction wrote, row by row, before and after: it feeds the journal and lets the act be undone."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import Connection, Delete, Select, bindparam, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from shelter_desk.domain import settings as setting_rules
from shelter_desk.domain.errors import ChangedSince, OverlapRefused
from shelter_desk.storage.file import bed_sharing
from shelter_desk.storage.file.case import case_lines, case_rows
from shelter_desk.storage.file.column_values import as_told
from shelter_desk.storage.tables import metadata

Values = Mapping[str, Any]
MOST_TOLD = 500  # rows of an act that its line tells one by one
SETTINGS = "settings"  # the only table that is kept by name
# the keys of a person are in no journal, so that they can be erased; nor is the content of a paper, which is large
UNTOLD = frozenset({"id", "seal", "protection_seal", "content"})
_TOLD = frozenset({("report_passages", "content")})  # a passage is short
UNTOLD_TABLES = frozenset({"document_contents"})  # the row of the paper is told
# said of a person who is taken back, and of nothing else
_SAID_NOT_SAME = text("DELETE FROM not_same WHERE person_id = :id OR other_id = :id")


@dataclass(frozen=True, slots=True)
class TrailRow:
    """One row of one table: before is None for a new row, after is None for one taken out.

    name: of a setting, which has no number.
    """

    table: str
    id: int
    before: Values | None
    after: Values | None
    name: str = ""

    @property
    def key(self) -> int | str:
        """What the row is found by."""
        return self.name or self.id


@dataclass(slots=True)
class Trail:
    """Writes rows by their id and remembers each."""

    connection: Connection
    written: list[TrailRow] = field(default_factory=list)

    def add(self, table: str, values: Values) -> int:
        """Store a new row and return its id, which is none of a row of the case file that opens no more."""
        is_sealed = case_lines.is_of_case_file(table) and case_rows.key_of(self.connection) is not None
        if is_sealed and "id" not in values:  # who holds no key sees no row, and numbers theirs as the box does
            values = {"id": self.free_id(table, self.last_id(table)), **values}
        made = _guarded(self.connection, insert(metadata.tables[table]), values)
        key = int(made.inserted_primary_key[0])
        row = _row(self.connection, table, key) or {}
        bed_sharing.check(self.connection, table, key, None, row)
        self.written.append(TrailRow(table, key, None, row))
        return key

    def last_id(self, table: str) -> int:
        """Of the rows that are seen; 0 where there is none."""
        return int(self.connection.execute(select(func.max(metadata.tables[table].c.id))).scalar() or 0)

    def free_id(self, table: str, last: int) -> int:
        """The first number after that one under which nothing lies, as a row of the case file that opens no more."""
        found = last + 1
        while case_lines.is_of_case_file(table) and case_rows.is_taken(self.connection, table, found):
            found += 1
        return found

    def add_all(self, table: str, rows: list[Values]) -> None:
        """Store many rows that carry their ids; the trail keeps them as they were given."""
        if rows:
            _guarded(self.connection, insert(metadata.tables[table]), rows)
            self.written += [TrailRow(table, int(row["id"]), None, row) for row in rows]

    def change(self, table: str, key: int, values: Values) -> None:
        """Change columns of a row; nothing is written when nothing differs."""
        old = _row(self.connection, table, key)
        if old is None:
            raise ChangedSince(table)
        new = {**old, **values}
        if new == old:
            return
        changed = metadata.tables[table]
        _guarded(self.connection, update(changed).where(changed.c.id == key).values(**values))
        bed_sharing.check(self.connection, table, key, old, new)
        self.written.append(TrailRow(table, key, old, new))

    def put(self, table: str, key: int, values: Values) -> int:
        """Change the row of that id, or store a new one for 0; its id."""
        if not key:
            return self.add(table, values)
        self.change(table, key, values)
        return key

    def remove(self, table: str, key: int) -> None:
        """Take a row out; the trail still holds it. Raises ChangedSince where another row refers to it."""
        old = _row(self.connection, table, key)
        if old is None:
            raise ChangedSince(table)
        gone = metadata.tables[table]
        _guarded(self.connection, gone.delete().where(gone.c.id == key))
        self.written.append(TrailRow(table, key, old, None))

    def remove_all(self, table: str, rows: Sequence[Values]) -> None:
        """Take out many rows that were just read, in this order. Raises as `remove`, and OverlapRefused."""
        gone = metadata.tables[table]
        if table == "persons":
            self.connection.execute(_SAID_NOT_SAME, [{"id": row["id"]} for row in rows])
        keys = [{"key": row["id"]} for row in rows]
        _guarded(self.connection, gone.delete().where(gone.c.id == bindparam("key")), keys)
        self.written += [TrailRow(table, int(row["id"]), row, None) for row in rows]

    def set(self, key: str, value: str) -> None:
        """Set a setting; nothing is written when nothing differs."""
        old, new = _row(self.connection, SETTINGS, key), {"key": key, "value": value}
        if old != new:
            self._put(key, new)
            self.written.append(TrailRow(SETTINGS, 0, old, new, key))

    def _put(self, key: str, row: Values | None) -> None:
        settings = metadata.tables[SETTINGS]
        self.connection.execute(settings.delete().where(settings.c.key == key))
        if row is not None:
            self.connection.execute(settings.insert().values(**row))

    def revert(self, done: "list[TrailRow]") -> None:
        """Put every row back as it was before.

        Raises ChangedSince when one of them was touched or referred to since, OverlapRefused when its place is taken.
        """
        final: dict[tuple[str, int | str], Values | None] = {(w.table, w.key): w.after for w in done}
        for (table, key), after in final.items():
            if _row(self.connection, table, key) != after:
                raise ChangedSince(table)
        for one in reversed(done):
            if one.name:
                self._put(one.name, one.before)
                self.written.append(TrailRow(one.table, 0, one.after, one.before, one.name))
            elif one.before is None:
                if one.table == "persons":
                    self.connection.execute(_SAID_NOT_SAME, {"id": one.id})
                self.remove(one.table, one.id)
            elif one.after is None:
                self.add(one.table, one.before)
            else:
                self.change(one.table, one.id, {k: v for k, v in one.before.items() if k != "id"})

    @property
    def rows(self) -> list[TrailRow]:
        """What was written but settings, and what a line tells nothing of."""
        return [one for one in self.written if not one.name and one.table not in UNTOLD_TABLES]

    @property
    def is_counted(self) -> bool:
        """Whether there are too many rows to tell each new one, and each that goes."""
        return len(self.rows) > MOST_TOLD

    def told(self) -> dict[str, Any]:
        """The rows as the journal keeps them: only what differs, sealed values still sealed.

        Of a large import, new rows are counted instead, and of its undo those that go; rows that changed are always
        told. Settings are told by name, one that was never set with what it is usually.
        """
        told: dict[str, Any] = {}
        named = [one for one in self.written if one.name]
        if named:
            told = {"before": {one.name: _set(one, one.before) for one in reversed(named)}}
            told["after"] = {one.name: _set(one, one.after) for one in named}
        rows = self.rows
        if not rows:
            return told
        if not self.is_counted:
            return told | {"rows": [_told(one) for one in rows]}
        told["rows"] = [_told(one) for one in rows if one.before is not None and one.after is not None]
        new = Counter(one.table for one in rows if one.before is None)
        gone = Counter(one.table for one in rows if one.after is None)
        return told | {"new_rows": dict(new)} | ({"gone_rows": dict(gone)} if gone else {})


def _set(one: TrailRow, row: Values | None) -> str:
    if row is not None:
        return str(row["value"])
    return setting_rules.usual(setting_rules.SETTINGS[one.name]) if one.name in setting_rules.SETTINGS else ""


def is_told(table: str, column: str) -> bool:
    """Whether lines of the journal hold what stands in that column."""
    return column not in UNTOLD or (table, column) in _TOLD


def _told(one: TrailRow) -> dict[str, Any]:
    before, after = one.before or {}, one.after or {}
    keys = [k for k in {**before, **after} if before.get(k) != after.get(k) and is_told(one.table, k)]
    told: dict[str, Any] = {"table": one.table, "id": one.id}
    if one.before is not None:
        told["before"] = {k: as_told(before.get(k)) for k in keys}
    if one.after is not None:
        told["after"] = {k: as_told(after.get(k)) for k in keys if after.get(k) not in (None, "")}
    return told


def _row(connection: Connection, table: str, key: int | str) -> dict[str, Any] | None:
    found = connection.execute(_by_id(table), {"key": key}).mappings().first()
    return None if found is None else dict(found)


@cache
def _by_id(table: str) -> Select[Any]:
    looked = metadata.tables[table]
    column = looked.c.key if table == SETTINGS else looked.c.id
    return looked.select().where(column == bindparam("key"))


def _guarded(connection: Connection, statement: Any, rows: Values | Sequence[Values] | None = None) -> Any:
    """Run the statement; a refusal by a trigger becomes a named error."""
    try:
        return connection.execute(statement, rows) if rows is not None else connection.execute(statement)
    except IntegrityError as error:
        told = str(error.orig)
        if told.startswith("refused: "):
            raise OverlapRefused(told.removeprefix("refused: ")) from error
        if told.startswith("FOREIGN KEY") and isinstance(statement, Delete):
            raise ChangedSince(str(statement.table)) from error  # something written since refers to it
        raise
