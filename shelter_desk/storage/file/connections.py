"""How connections to the encrypted file are made: what each says first, and what of its errors gets a name."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.pool import ConnectionPoolEntry, QueuePool

from shelter_desk.domain.errors import Damaged
from shelter_desk.storage.file import database_errors, dialect
from shelter_desk.storage.file.case import case_rows
from shelter_desk.storage.file.case.case_file import CaseFile
from shelter_desk.storage.file.statement_cache import StatementCache

WAIT = 5.0  # seconds for a lock of another program
_FILE = "shelter_file"  # of an engine: path, case file, whether it may write


def connect(path: Path, key: bytes) -> Any:
    """A connection of the driver to that file alone. Raises the troubles of the disk, and of the driver."""
    raw = sqlcipher.connect(str(path), timeout=WAIT, isolation_level=None, check_same_thread=False)
    try:
        for pragma in pragmas(key):
            raw.execute(f"PRAGMA {pragma}").fetchall()
    except sqlcipher.Error as error:
        raw.close()
        raise database_errors.named(path, error, may_write=True) or error from error
    return raw


def pragmas(key: bytes) -> Iterator[str]:
    """In this order; the key before anything that reads the file."""
    yield "cipher_log_level = NONE"
    yield f"key = \"x'{key.hex()}'\""
    yield "journal_mode = WAL"
    yield "synchronous = FULL"
    yield "foreign_keys = ON"
    yield "cache_size = -65536"
    yield "temp_store = MEMORY"
    yield "trusted_schema = OFF"
    yield "secure_delete = ON"


def engine(path: Path, case: CaseFile, connects: Callable[..., Any], *, may_write: bool) -> Engine:
    """What gives out connections. connects: makes one, with the case file at its side."""
    made = create_engine(
        dialect.URL,
        module=sqlcipher,
        creator=lambda: connects(may_write=may_write),
        poolclass=QueuePool,
        pool_size=1 if may_write else 2,
        max_overflow=0 if may_write else 6,
        hide_parameters=True,
        execution_options={
            "compiled_cache": StatementCache(),
            _FILE: (path, case, may_write),
            **dialect.BY_THE_HUNDRED,
        },
    )
    begin = "BEGIN IMMEDIATE" if may_write else "BEGIN"

    @event.listens_for(made, "connect")
    def connected(_: Any, record: ConnectionPoolEntry) -> None:
        record.info[case_rows.KEY_OF], record.info[case_rows.BOX_OF] = case.key, case.box

    # the driver's own transactions begin too late and end before each change of the schema
    @event.listens_for(made, "begin")
    def begun(connection: Connection) -> None:
        connection.info[dialect.OF_TRANSACTION] = {}
        connection.exec_driver_sql(begin)

    return made


@event.listens_for(dialect.Dialect, "handle_error")
def _failed(context: ExceptionContext) -> None:
    """Of any engine: one that listened to its own dialect would be held by it."""
    assert context.engine is not None  # noqa: S101 for the type checker: there is one for each dialect of ours
    path, case, may_write = context.engine.get_execution_options()[_FILE]
    trouble = database_errors.named(path, context.original_exception, may_write=may_write)
    case.is_doubtful |= isinstance(trouble, Damaged)
    # once a page failed, SQLCipher reads no other on that connection: the next one opens anew
    context.is_disconnect = isinstance(trouble, Damaged)
    context.invalidate_pool_on_disconnect = False
    if trouble is not None:
        raise trouble from context.original_exception
