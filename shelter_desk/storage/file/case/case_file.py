"""The file of the case file, beside that of the shelter: its tables as SQL finds them, under a key of their own.

What counts are the sealed rows in the file of the shelter (`case_rows`): each change of a table here seals its row
there, in the same transaction. This file follows: one that is missing, older, of another shelter or of other keys is
made anew from them, so it is in no backup and nothing is lost with it. Attached to each connection, so that a statement
finds its tables beside the others. Who does not hold the key finds them empty there, and what they write all the same
goes into the box (`case_inbox`).
"""

import secrets
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, suppress
from enum import Enum
from pathlib import Path
from string import digits
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Column, Connection, select, text

from shelter_desk.domain import held_files
from shelter_desk.domain.errors import Damaged
from shelter_desk.storage.file.case import case_acts, case_inbox, case_rows
from shelter_desk.storage.file.case import case_statements as statements
from shelter_desk.storage.file.case.case_rows import CaseKey, Row
from shelter_desk.storage.file.case.case_statements import SCHEMA
from shelter_desk.storage.file.column_values import read_number
from shelter_desk.storage.file.files import CASE_FILE
from shelter_desk.storage.file.sealing import Box
from shelter_desk.storage.tables import boxed_tables, case_tables, metadata

CACHE = -16384  # KiB that a connection keeps of it
AT_ONCE = 1000  # rows between two words of progress
_VERSION = 16  # bytes
_NO_VERSION = text("DELETE FROM main.case_version")  # somebody may have put another one beside it
_VERSION_HERE = text("INSERT INTO main.case_version VALUES (:version)")
_VERSION_THERE = text(f"UPDATE {SCHEMA}.case_version SET version = :version")


class Beside(Enum):
    """What stands beside the file of the shelter: nothing yet, its case file, or empty tables in its place."""

    UNREAD = "unread"
    OPEN = "open"
    STANDS_IN = "stands in"


UNREAD, OPEN, STANDS_IN = Beside


class CaseFile:
    """The file beside a shelter. key: None for who may not open it; box: takes what they write all the same.

    standing: the rows that stand in where it is closed.
    is_doubtful: a page could not be read, and it is made anew next time.
    """

    def __init__(self, shelter: Path) -> None:
        self.path = shelter.with_suffix(CASE_FILE)
        self.key: CaseKey | None = None
        self.standing: Sequence[Row] = ()
        self.box: Box | None = None
        self.state = UNREAD
        self.is_doubtful = False
        self._changes = 0

    def attach(self, raw: Any, *, may_write: bool) -> None:
        """Put its tables beside those of the shelter. may_write: what is written to them is sealed there, or refused.

        Raises errors of the driver.
        """
        if self.key is not None:
            _know_sealing(raw, self.key)
            with suppress(sqlcipher.Error):  # a file of before version 0039
                self.key.learn(raw)
        if self.key is not None and self.state is OPEN:
            self._attach(raw, self.key)
        else:
            raw.execute(f"ATTACH DATABASE ':memory:' AS {SCHEMA} KEY ''")
            raw.executescript(";\n".join(statements.acts()))
        if self.state is STANDS_IN:
            _stand_in(raw, self.standing)
        if may_write and self.state is not UNREAD:
            _know_numbers(raw)
            if self.box is not None:
                _know_box(raw, self.box)
            raw.executescript(
                statements.following() if self.state is OPEN else statements.refusing(has_box=self.box is not None)
            )

    def attach_again(self, raw: Any) -> None:
        """The same of a connection that reads, in place of what was put there before."""
        raw.execute("PRAGMA query_only = OFF").fetchall()
        raw.execute(f"DETACH DATABASE {SCHEMA}")
        self.attach(raw, may_write=False)
        raw.execute("PRAGMA query_only = ON").fetchall()

    def _attach(self, raw: Any, key: CaseKey) -> None:
        raw.execute(f"ATTACH DATABASE ? AS {SCHEMA} KEY \"x'{key.file.hex()}'\"", (str(self.path),))
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON", f"cache_size = {CACHE}"):
            raw.execute(f"PRAGMA {SCHEMA}.{pragma}").fetchall()

    def make(self, connect: Callable[[], Any], key: CaseKey, progress: Callable[[int, int], None] | None) -> None:
        """Make it anew from the rows in the file of the shelter. connect: opens that alone. progress: rows opened, and
        how many there are. Raises as `attach`.
        """
        self.remove()
        self.is_doubtful = False
        with closing(connect()) as raw:
            raw.execute("PRAGMA foreign_keys = OFF")  # a row that opens no more keeps those that name it from nobody
            self._attach(raw, key)
            raw.execute("BEGIN IMMEDIATE")
            for statement in statements.tables():
                raw.execute(statement)
            rows = defaultdict[str, list[Any]](list)
            total = raw.execute("SELECT count(*) FROM main.case_rows").fetchone()[0]
            for done, (place, sealed) in enumerate(raw.execute("SELECT place, sealed FROM main.case_rows")):
                if progress is not None and done % AT_ONCE == 0:
                    progress(done, total)
                with suppress(Damaged):  # the check of the file names it
                    name, cells = key.cells(place, sealed)
                    rows[name].append(cells)
            for table in case_tables():
                marks = ", ".join("?" for _ in table.columns)
                raw.executemany(f"INSERT INTO {SCHEMA}.{table.name} VALUES ({marks})", rows[table.name])
            key.learn(raw)
            case_acts.catch_up(raw.execute, key)
            made = f"INSERT INTO {SCHEMA}.case_version SELECT version, ? FROM main.case_version"
            raw.execute(made, (statements.form(),))
            raw.execute("COMMIT")

    def count_up(self, connection: Connection) -> None:
        """To be called at the end of a transaction: both files say that they belong together."""
        if self.key is not None and self.key.changes != self._changes:
            self._changes = self.key.changes
            version = {"version": secrets.token_bytes(_VERSION)}
            connection.execute(_NO_VERSION)
            connection.execute(_VERSION_HERE, version)
            connection.execute(_VERSION_THERE, version)

    def encrypt_anew(self) -> None:
        """Write every page anew once nobody has it open: of two copies, those that stayed the same would tell in which
        table something was written. Cut halfway, or without room, it has the same content. Raises errors of the driver.
        """
        if self.key is None or not self.path.is_file():
            return
        with closing(sqlcipher.connect(str(self.path), isolation_level=None)) as raw:
            as_it_is = f"\"x'{self.key.file.hex()}'\""
            for pragma in (
                "cipher_log_level = NONE",
                f"key = {as_it_is}",
                "journal_mode = DELETE",
                f"rekey = {as_it_is}",
            ):
                raw.execute(f"PRAGMA {pragma}").fetchall()

    def remove(self) -> None:
        """Take it away; it is made anew by who opens the shelter next."""
        for ending in ("-wal", "-shm", ""):
            held_files.remove(self.path.with_name(self.path.name + ending), missing_ok=True)


def is_current(connection: Connection) -> bool:
    """Whether the file that is attached is the last one, and of this version of the program. Raises DBAPIError."""
    here = connection.execute(text(f"SELECT version, form FROM {SCHEMA}.case_version")).first()
    wanted = connection.execute(text("SELECT version FROM main.case_version")).scalar()
    is_same = here is not None and (here.version, here.form) == (wanted, statements.form())
    return is_same and not case_acts.is_former(connection.exec_driver_sql)


def _stand_in(raw: Any, standing: Sequence[Row]) -> None:
    """The same tables with these rows alone; of those that go into the box, rows count on from the last."""
    raw.executescript(statements.empty_tables())
    for row in standing:
        columns = metadata.tables[row.table].columns
        marks = ", ".join("?" for _ in columns)
        with suppress(sqlcipher.Error):  # whoever has the key that seals them can seal what no table takes
            raw.execute(
                f"INSERT INTO {SCHEMA}.{row.table} VALUES ({marks})", [row.values.get(one.name) for one in columns]
            )
    counted = "SELECT name, last FROM main.case_numbers WHERE name = ? AND typeof(last) = 'integer'"
    for table in boxed_tables():
        raw.execute(f"INSERT INTO {SCHEMA}.sqlite_sequence {counted}", (table.name,))


def _know_sealing(raw: Any, key: CaseKey) -> None:
    """The functions by which statements of this connection seal rows."""

    def place(table: str, row_id: int) -> bytes:
        key.changes += 1
        found = key.place(table, row_id)
        key.written.add(found)
        return found

    def sealed(table: str, names: str, *values: Any) -> bytes:
        return key.sealed_row(table, dict(zip(names.split(","), values, strict=True)))

    raw.create_function("case_place", 2, place)
    raw.create_function("case_sealed", -1, sealed)


def _know_box(raw: Any, box: Box) -> None:
    """The same for who may not read them."""

    def boxed(table: str, names: str, *values: Any) -> bytes:
        return case_inbox.boxed(box, table, dict(zip(names.split(","), values, strict=True)))

    raw.create_function("case_boxed", -1, boxed)


def _know_numbers(raw: Any) -> None:
    """What is before the digits at the end of a number, and what they say."""

    def prefix(number: str) -> str:
        return number.rstrip(digits)

    raw.create_function("number_prefix", 1, prefix)
    raw.create_function("number_counted", 1, lambda number: read_number(number.removeprefix(prefix(number))))


def orphans(connection: Connection) -> Iterator[tuple[Column[Any], int]]:
    """The rows that name what is gone from the other file, by that column; as far as the connection sees both."""
    for one in statements.crossing_references():
        table, above, column = one.parent.table, one.column.table, one.parent
        if above in case_tables() and case_rows.key_of(connection) is None:
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
    unreadable = 0
    for one in case_rows.every(connection, key):
        if isinstance(one, bytes):
            unreadable += 1
        else:
            there[one.table, one.id] = one.values
    found = set[tuple[str, int]]()
    for table in case_tables():
        for row in connection.execute(table.select()).mappings():
            if there.pop((table.name, row["id"]), None) != dict(row):
                found.add((table.name, row["id"]))
    return found | there.keys(), unreadable
