"""The file of the case file, beside that of the shelter: its tables as SQL finds them, under a key of their own.

What counts are the sealed rows in the file of the shelter (`case_rows`): each change of a table here seals its row
there, in the same transaction. This file follows: one that is missing, older, of another shelter or of other keys is
made anew from them, so it is in no backup and nothing is lost with it. Attached to each connection, so that a statement
finds its tables beside the others. Who does not hold the key finds them empty there, and what they write all the same
goes into the box (`case_inbox`).
"""

import re
import secrets
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Column, Connection, ForeignKey, MetaData, Table, select, text
from sqlalchemy.dialects.sqlite import pysqlite
from sqlalchemy.schema import CreateIndex, CreateTable, DDLElement, ForeignKeyConstraint

from shelter_desk.domain import held_files
from shelter_desk.domain.errors import Damaged
from shelter_desk.storage.file import case_inbox, case_rows
from shelter_desk.storage.file.case_rows import KEY_OF, CaseKey
from shelter_desk.storage.file.column_values import read_number
from shelter_desk.storage.file.files import CASE_FILE
from shelter_desk.storage.file.sealing import Box
from shelter_desk.storage.tables import boxed_tables, case_tables, metadata

SCHEMA = "casefile"  # its name in statements
CACHE = -16384  # KiB that a connection keeps of it
REFUSED = "the case file is closed"
DIGITS = "0123456789"
_VERSION = 16  # bytes
_NEW_VERSION = tuple(text(f"UPDATE {where}.case_version SET version = :version") for where in ("main", SCHEMA))


class CaseFile:
    """The file beside a shelter. key: None for who may not open it; box: takes what they write all the same.

    is_open: it follows what is written; is_closed: empty tables stand in its place. Neither before `open`.

    is_doubtful: a page could not be read, and it is made anew next time.
    """

    def __init__(self, shelter: Path) -> None:
        self.path = shelter.with_suffix(CASE_FILE)
        self.key: CaseKey | None = None
        self.box: Box | None = None
        self.is_open = self.is_closed = False
        self.is_doubtful = False
        self._changes = 0

    def attach(self, raw: Any, *, may_write: bool) -> None:
        """Put its tables beside those of the shelter, and follow what is written to them."""
        raw.create_function("number_prefix", 1, _number_prefix)
        raw.create_function("number_counted", 1, _number_counted)
        if self.key is not None:
            _make_known(raw, self.key)
            with suppress(sqlcipher.Error):  # a file of before version 0039
                self.key.learn(raw)
        if self.key is not None and self.is_open:
            self._attach(raw, self.key)
        else:
            raw.execute(f"ATTACH DATABASE ':memory:' AS {SCHEMA} KEY ''")
            if self.is_closed:
                self._stand_in(raw)
        if may_write and self.is_open:
            raw.executescript(_following())
        elif may_write and self.is_closed:
            raw.executescript(_refusing(has_box=self.box is not None))

    def _stand_in(self, raw: Any) -> None:
        """The same tables, empty; of those that go into the box, rows count on from the last."""
        raw.executescript(_standing())
        with suppress(sqlcipher.Error):  # a file of before version 0039
            for table in boxed_tables():
                last = "SELECT name, last FROM main.case_numbers WHERE name = ?"
                raw.execute(f"INSERT INTO {SCHEMA}.sqlite_sequence {last}", (table.name,))

        if self.box is not None:
            _make_boxed(raw, self.box)

    def _attach(self, raw: Any, key: CaseKey) -> None:
        raw.execute(f"ATTACH DATABASE ? AS {SCHEMA} KEY \"x'{key.file.hex()}'\"", (str(self.path),))
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON", f"cache_size = {CACHE}"):
            raw.execute(f"PRAGMA {SCHEMA}.{pragma}").fetchall()

    def open(self, connect: Callable[[], Any]) -> None:
        """Make it anew unless it is what the file of the shelter says. connect: opens that alone, without a follower.

        Raises errors of the driver.
        """
        self.is_open = False
        self.is_closed = self.key is None
        if self.key is None:
            return
        with closing(connect()) as raw:
            is_up_to_date = self._is_up_to_date(raw, self.key)
        if not is_up_to_date:
            self.remove()
            with closing(connect()) as raw:
                self._attach(raw, self.key)
                self._make(raw, self.key)
        self.is_open = True

    def _is_up_to_date(self, raw: Any, key: CaseKey) -> bool:
        if not self.path.is_file():
            return False
        (wanted,) = raw.execute("SELECT version FROM main.case_version").fetchone() or (None,)
        try:  # under other keys, or cut while it was made
            self._attach(raw, key)
            found = raw.execute(f"SELECT version, form FROM {SCHEMA}.case_version").fetchone()
        except sqlcipher.Error:
            return False
        return tuple(found or ()) == (wanted, _form())

    def _make(self, raw: Any, key: CaseKey) -> None:
        raw.execute("BEGIN IMMEDIATE")
        for statement in _tables():
            raw.execute(statement)
        rows = defaultdict[str, list[Any]](list)
        for place, sealed in raw.execute("SELECT place, sealed FROM main.case_rows"):
            with suppress(Damaged):  # the check of the file names it
                table_name, cells = key.cells(place, sealed)
                rows[table_name].append(cells)
        for table in case_tables():
            marks = ", ".join("?" for _ in table.columns)
            raw.executemany(f"INSERT INTO {SCHEMA}.{table.name} VALUES ({marks})", rows[table.name])
        raw.execute(f"INSERT INTO {SCHEMA}.case_version SELECT version, ? FROM main.case_version", (_form(),))
        raw.execute("COMMIT")

    def count_up(self, connection: Connection) -> None:
        """To be called at the end of a transaction: both files say that they belong together."""
        if self.key is not None and self.key.changes != self._changes:
            self._changes = self.key.changes
            version = secrets.token_bytes(_VERSION)
            for statement in _NEW_VERSION:
                connection.execute(statement, {"version": version})

    def remove(self) -> None:
        """Take it away; it is made anew by who opens the shelter next."""
        for ending in ("-wal", "-shm", ""):
            held_files.remove(self.path.with_name(self.path.name + ending), missing_ok=True)


def _make_boxed(raw: Any, box: Box) -> None:
    """The same for who may not read them."""

    def boxed(table: str, names: str, *values: Any) -> bytes:
        return case_inbox.boxed(box, table, dict(zip(names.split(","), values, strict=True)))

    raw.create_function("case_boxed", -1, boxed)


def _make_known(raw: Any, key: CaseKey) -> None:
    """The functions by which statements of this connection seal rows."""

    def place(table: str, row_id: int) -> bytes:
        key.changes += 1
        return key.place(table, row_id)

    def sealed(table: str, names: str, *values: Any) -> bytes:
        return key.sealed_row(table, dict(zip(names.split(","), values, strict=True)))

    raw.create_function("case_place", 2, place)
    raw.create_function("case_sealed", -1, sealed)


def orphans(connection: Connection) -> Iterator[tuple[Column[Any], int]]:
    """The rows that name what is gone from the other file, by that column; as far as the connection sees both."""
    for one in crossing_references():
        table, above, column = one.parent.table, one.column.table, one.parent
        if above in case_tables() and connection.info.get(KEY_OF) is None:
            continue
        is_gone = column.is_not(None) & column.not_in(select(above.c.id))
        yield from ((column, key) for key in connection.execute(select(table.c.id).where(is_gone)).scalars())


def check_deferred(connection: Connection) -> None:
    """To be called before a commit: what SQLite puts off to it is looked at here too. Raises IntegrityError."""
    if connection.exec_driver_sql("PRAGMA defer_foreign_keys").scalar():
        for column, _ in orphans(connection):
            raise sqlcipher.IntegrityError(f"FOREIGN KEY constraint failed: {column}")


def altered(connection: Connection, key: CaseKey) -> tuple[set[tuple[str, int]], int]:
    """The rows, by table and id, that are not as they are sealed, and how many sealed ones open no more."""
    there = dict[tuple[str, int], Mapping[str, Any]]()
    shut = 0
    for one in case_rows.every(connection, key):
        if isinstance(one, bytes):
            shut += 1
        else:
            there[one.table, one.id] = one.values
    found = set[tuple[str, int]]()
    for table in case_tables():
        for row in connection.execute(table.select()).mappings():
            if there.pop((table.name, row["id"]), None) != dict(row):
                found.add((table.name, row["id"]))
    return found | there.keys(), shut


# What is said to SQLite -----------------------------------------------------------------------------------------------


@cache
def _standing() -> str:
    """What makes the same tables without an index or a reference; numbers of rows count on from `sqlite_sequence`."""
    return ";\n".join(one for one in _tables(is_standing=True) if "CREATE TABLE" in one)


@cache
def _tables(*, is_standing: bool = False) -> tuple[str, ...]:
    """What makes the tables there; references to those that lie in the file of the shelter are left to `_following`."""
    made, here = list[DDLElement](), MetaData(naming_convention=metadata.naming_convention)
    for table in case_tables():
        copy = table.to_metadata(here, schema=SCHEMA)
        for one in list(copy.constraints):
            if isinstance(one, ForeignKeyConstraint) and (is_standing or not _is_here(one)):
                copy.constraints.discard(one)
        if is_standing and table in boxed_tables():
            copy.dialect_options["sqlite"]["autoincrement"] = True
        made += [CreateTable(copy), *map(CreateIndex, copy.indexes)]
    statements = [str(one.compile(dialect=pysqlite.dialect())) for one in made]
    return (*statements, f"CREATE TABLE {SCHEMA}.case_version (version BLOB NOT NULL, form TEXT NOT NULL)")


def _is_here(reference: ForeignKeyConstraint) -> bool:
    (element,) = reference.elements
    return element.target_fullname.split(".")[-2] in {one.name for one in case_tables()}


@cache
def _form() -> str:
    """Of what makes the tables, in whatever order a process writes it down."""
    parts = sorted(" ".join(sorted(re.findall(r"[\w']+", one))) for one in _tables())
    return sha256("\n".join(parts).encode()).hexdigest()


@cache
def _following() -> str:
    """Triggers of one connection: a row that is written here is sealed there, and references hold between the two."""
    made = []
    for table in case_tables():
        name, columns = table.name, [one.name for one in table.columns]
        place, old = f"case_place('{name}', NEW.id)", f"place = case_place('{name}', OLD.id)"
        new = f"case_sealed('{name}', '{','.join(columns)}', {', '.join(f'NEW.{one}' for one in columns)})"
        made += [
            _trigger(name, "AFTER INSERT", "1", f"INSERT INTO main.case_rows VALUES ({place}, {new})"),
            _trigger(name, "AFTER UPDATE", "1", f"UPDATE main.case_rows SET sealed = {new} WHERE {old}"),
            _trigger(name, "AFTER DELETE", "1", f"DELETE FROM main.case_rows WHERE {old}"),
        ]
    for one in crossing_references():
        made += _kept(one)
    for table in boxed_tables():
        made += _counting(table)
    return ";\n".join((*made, _trigger("plan_actions", "BEFORE DELETE", _PLANNED, _NAMED)))


_PLANNED = "EXISTS (SELECT 1 FROM services WHERE plan_action_id = OLD.id)"
_NAMED = "SELECT RAISE(ABORT, 'FOREIGN KEY constraint failed')"


def crossing_references() -> list[ForeignKey]:
    """The references from one file into the other, which SQLite does not keep."""
    found = (one for table in metadata.sorted_tables for one in table.foreign_keys if _crosses(one))
    return sorted(found, key=lambda key: (key.parent.table.name, key.parent.name))


def _crosses(reference: ForeignKey) -> bool:
    return (reference.parent.table in case_tables()) != (reference.column.table in case_tables())


_NOW = " AND NOT (SELECT defer_foreign_keys FROM pragma_defer_foreign_keys)"  # else at the end: `check_deferred`


def _kept(reference: ForeignKey) -> Iterator[str]:
    """As SQLite keeps one within a file."""
    table, column, above = reference.parent.table.name, reference.parent.name, reference.column.table.name
    here, there = _of(reference.parent.table), _of(reference.column.table)
    is_gone = f"NEW.{column} IS NOT NULL AND NOT EXISTS (SELECT 1 FROM {there}.{above} WHERE id = NEW.{column}){_NOW}"
    yield _trigger(table, "BEFORE INSERT", is_gone, _NAMED, column, here)
    yield _trigger(table, f"BEFORE UPDATE OF {column}", is_gone, _NAMED, column, here)
    is_named = f"EXISTS (SELECT 1 FROM {here}.{table} WHERE {column} = OLD.id){_NOW}"
    yield _trigger(above, "BEFORE DELETE", is_named, _NAMED, f"{table}_{column}", there)


def _of(table: Table) -> str:
    return SCHEMA if table in case_tables() else "main"


def _counting(table: Table) -> Iterator[str]:
    """The last numbers lie in the open, for who sees no row to count on from."""
    numbers = next((one.name for one in table.columns if one.unique), None)
    counted = [(f"'{table.name}'", "NEW.id")]
    if numbers is not None:
        counted.append((f"number_prefix(NEW.{numbers})", f"number_counted(NEW.{numbers})"))
    for at, (name, last) in enumerate(counted):
        act = f"INSERT INTO main.case_numbers VALUES ({name}, {last}) {_COUNTED_ON}"
        yield _trigger(table.name, "AFTER INSERT", "1", act, f"counted_{at}")


_COUNTED_ON = "ON CONFLICT (name) DO UPDATE SET last = max(last, excluded.last)"


def _number_prefix(number: str) -> str:
    return number.rstrip(DIGITS)


def _number_counted(number: str) -> int:
    return read_number(number[len(_number_prefix(number)) :])


@cache
def _refusing(*, has_box: bool) -> str:
    """Who has no key writes nothing here, where it would be gone with the connection, but into the box."""
    refused = f"SELECT RAISE(ABORT, '{REFUSED}')"
    made = list[str]()
    for table in case_tables():
        if has_box and table in boxed_tables():
            made += [*_boxing(table), *_counting(table)]
        else:
            made += [_trigger(table.name, f"BEFORE {one}", "1", refused) for one in ("INSERT", "UPDATE", "DELETE")]
    return ";\n".join(made)


def _boxing(table: Table) -> Iterator[str]:
    name, columns = table.name, [one.name for one in table.columns]
    new = f"case_boxed('{name}', '{','.join(columns)}', {', '.join(f'NEW.{one}' for one in columns)})"
    old = f"table_name = '{name}' AND row_id = OLD.id"
    yield _trigger(name, "AFTER INSERT", "1", f"INSERT INTO main.case_inbox VALUES ('{name}', NEW.id, {new})")
    yield _trigger(name, "AFTER UPDATE", "1", f"UPDATE main.case_inbox SET sealed = {new} WHERE {old}")
    yield _trigger(name, "AFTER DELETE", "1", f"DELETE FROM main.case_inbox WHERE {old}")


def _trigger(table: str, when: str, condition: str, act: str, of: str = "", schema: str = SCHEMA) -> str:
    name = "_".join(filter(None, ("case", table, *when.lower().split()[:2], of)))
    return f"CREATE TEMP TRIGGER {name} {when} ON {schema}.{table} WHEN {condition} BEGIN {act}; END"
