"""The tables, indexes and triggers of a file: those of its version and no others, brought to that of this program.

Everybody at the desk has the key of the database. What somebody puts beside the tables runs inside the program of
everybody else, and would survive a change of all keys: a file is compared with what the steps make, and whatever they
did not make is taken away before anything is written.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, create_engine, func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool

from shelter_desk.domain.errors import Damaged, TooNew
from shelter_desk.storage.file import journal
from shelter_desk.storage.file.case import case_lines, case_rows
from shelter_desk.storage.tables import case_tables, metadata, persons, placements, stays

_STEPS = Path(__file__).parent.parent / "migrations"
VERSIONS = sorted(one.stem[1:5] for one in (_STEPS / "versions").glob("m*.py"))
NEWEST = VERSIONS[-1]  # the version that this program writes
SOUND = "5253b1a52fa77a68da7677def98c600219eb80c453024c9a2d91d0e8ebe1773b"  # digest of all that its file has
FOREIGN, TABLES = "foreign", "tables"  # what can be taken away, and what cannot
_WITH_REASON = text("override_reason <> ''")  # of places, in a file of before
_OFTEN = 200_000  # instructions of SQLite between two words of progress
_ORDER = ("trigger", "view", "index", "table")
_COUNTER = ("table", "sqlite_sequence", "sqlite_sequence", "CREATE TABLE sqlite_sequence(name,seq)")  # cannot go


class Statement(NamedTuple):
    """What makes one table, index, view or trigger. sql: None for the index of a constraint."""

    kind: str
    name: str
    table: str
    sql: str | None


def version(connection: Connection) -> str:
    """The version of the file, "" before the first step. Raises Damaged when the file holds none of our tables."""
    return _version(connection, _stored(connection))


def _version(connection: Connection, stored: Sequence[Statement]) -> str:
    kinds = {one.kind for one in stored if one.name.casefold() == "alembic_version"}
    if not kinds:
        return ""
    if kinds != {"table"}:
        raise Damaged("database", "", TABLES)
    found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
    if found is None:
        raise Damaged("database", "")
    return str(found)


def is_older(connection: Connection) -> bool:
    """True when steps are missing. Raises TooNew when a newer program wrote the file, Damaged for no shelter at all."""
    return _is_older(version(connection))


def _is_older(found: str) -> bool:
    if not found:
        raise Damaged("database", "")
    if found > NEWEST:
        raise TooNew(found, NEWEST)
    return found != NEWEST


def needs_upgrade(connection: Connection) -> bool:
    """True when steps are missing, or something has to be taken away first; nothing is written by asking.

    Raises as `is_older`, Damaged("database", why "tables").
    """
    stored = _stored(connection)
    return _is_older(_version(connection, stored)) or bool(_foreign(connection, stored))


def upgrade(connection: Connection, to: str = "head", progress: Callable[[int, int], None] | None = None) -> None:
    """Run the missing steps in the transaction of the connection: all of them, or none.

    progress: rows of the case file that were sealed, and how many there are to seal.
    """
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_STEPS))
    config.attributes["connection"] = connection
    with nullcontext() if progress is None else _telling(connection, progress):
        command.upgrade(config, to)


@contextmanager
def _telling(connection: Connection, progress: Callable[[int, int], None]) -> Iterator[None]:
    """A step seals a table in one statement: it is asked meanwhile."""
    key, raw = case_rows.key_of(connection), connection.connection.driver_connection
    here = {one.name for one in _stored(connection)} if version(connection) < case_lines.SINCE else set()
    sealed = [one for one in case_tables() if one.name in here]
    if here:
        sealed += [persons, stays]  # whose profiles and situations are sealed
    asked = [select(func.count()).select_from(one) for one in sealed]
    if here:
        asked.append(select(func.count()).select_from(placements).where(_WITH_REASON))
    total = sum(connection.execute(one).scalar_one() for one in asked)
    before = 0 if key is None else key.changes
    progress(0, total)
    if key is None or raw is None:
        yield
        return
    # of sheets that left there are few, and in the oldest files none
    raw.set_progress_handler(lambda: progress(min(key.changes - before, total), total), _OFTEN)
    try:
        yield
    finally:
        raw.set_progress_handler(None, 0)


def digest(connection: Connection) -> str:
    """Of every statement that made the file, as it lies there."""
    return _digest(_stored(connection))


def _digest(stored: Sequence[Statement]) -> str:
    told = sorted(stored, key=lambda one: (*one[:3], one.sql or ""))
    return sha256(json.dumps(told).encode()).hexdigest()


def foreign(connection: Connection) -> tuple[Statement, ...]:
    """What this program would not have written so, and what of it is missing; all of it can be mended.

    Raises TooNew, and Damaged("database", why "tables") where the tables themselves are others.
    """
    return _foreign(connection, _stored(connection))


def _foreign(connection: Connection, stored: Sequence[Statement]) -> tuple[Statement, ...]:
    found = _version(connection, stored)
    if not _is_older(found) and _digest(stored) == SOUND:
        return ()
    here, known = set(stored), _written_by(found)
    ours = {name.casefold() for name in metadata.tables} | {one.name.casefold() for one in known if one.kind == "table"}
    for one in here ^ known:
        is_missing = one in known and (one.kind == "table" or one.sql is None)
        if is_missing or (one.kind in ("table", "view") and one.name.casefold() in ours) or one.kind not in _ORDER:
            raise Damaged("database", "", TABLES)
    return tuple(sorted(here ^ known, key=lambda one: (_ORDER.index(one.kind), one.name)))


def take_away(connection: Connection) -> int:
    """Leave what the steps of its version made, and nothing else; how many things were foreign or missing.

    To be called before anything else is written in the transaction: until then a trigger may run. Raises as `foreign`.
    """
    found = foreign(connection)
    if not found:
        return 0
    known = _written_by(version(connection))
    try:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        for one in found:
            if one not in known and one.sql is not None:
                quoted = one.name.replace('"', '""')
                connection.exec_driver_sql(f'DROP {one.kind.upper()} IF EXISTS "{quoted}"')
        for one in found:
            if one in known and one.sql is not None:
                connection.exec_driver_sql(one.sql)
    except DBAPIError as error:
        raise Damaged("database", "", TABLES) from error
    if set(_stored(connection)) != known:
        raise Damaged("database", "", TABLES)
    return len(found)


def clean(connection: Connection) -> None:
    """As `take_away`; the journal says so, as of its last minute."""
    last = journal.last_at(connection)
    found = take_away(connection)
    if found and last is not None:
        journal.add(connection, last, None, "foreign_removed", details={"tries": found})


def _stored(connection: Connection) -> list[Statement]:
    rows = connection.exec_driver_sql("SELECT type, name, tbl_name, sql FROM sqlite_master").all()
    found = [Statement(*row) for row in rows if tuple(row) != _COUNTER]
    if not all(isinstance(part, str) for one in found for part in one[:3]):
        raise Damaged("database", "", TABLES)
    return found


@cache
def _written_by(which: str) -> frozenset[Statement]:
    """What the steps up to that version make: a tenth of a second, since nobody needs it of a file that is sound."""
    if which not in VERSIONS:
        raise Damaged("database", "", TABLES)
    with closing(sqlcipher.connect(":memory:", isolation_level=None)) as raw:
        engine = create_engine("sqlite+pysqlite://", module=sqlcipher, creator=lambda: raw, poolclass=StaticPool)
        with engine.connect() as connection:
            upgrade(connection, which)
            return frozenset(_stored(connection))
