"""The encrypted file: opened only after it was looked at, written in one explicit transaction at a time."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.pool import QueuePool

from shelter_desk.domain.changes import Changes
from shelter_desk.domain.errors import Damaged, InUse, ShelterDeskError, ShelterExists, Trouble
from shelter_desk.storage.file import connections, database_errors
from shelter_desk.storage.file.case import case_file, case_rows, case_statements
from shelter_desk.storage.file.case.case_file import OPEN, STANDS_IN, UNREAD, CaseFile
from shelter_desk.storage.file.case.case_rows import CaseKey, Row
from shelter_desk.storage.file.sealing import Box

__all__ = ["APPLICATION_ID", "Connection", "Database"]

APPLICATION_ID = 0x53484445  # "SHDE", in the header of the file
PAGE = 4096
KEY = 32
WAIT_INSIDE = 60.0  # seconds for a transaction of another thread, such as an import
COPIED_AT_ONCE = 4096  # pages
Listener = Callable[[Changes], None]


class Closed(ShelterDeskError):
    """The file was closed while something was computed beside the window: it ends there, and nobody waits for it."""


class Database:
    """One open file. Reading connections cannot write; writing ones begin at once, one at a time.

    on_commit: called at the end of each transaction, to read what is committed; what it gives back is called once
    that is on the disk, before the next transaction can begin: for what is kept outside the file. on_schema: called
    in a transaction before anything is written in it, where tables or triggers may be others than when its
    connection last wrote: another program may have put some into the file.
    signing: what is around all that a transaction writes (`signed_lines`).
    commits: how many there were that changed a fact; what was read since the last one is still so.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        if len(key) != KEY:
            raise ValueError("a key has 32 bytes")
        self.path = path
        self.on_commit: Callable[[Connection], Callable[[], None]] | None = None
        self.on_schema: Callable[[Connection], None] | None = None
        self.signing: Callable[[Connection], AbstractContextManager[None]] | None = None
        self.commits = 0
        self._key: bytes | None = key
        self._listeners: list[Listener] = []
        self._writing = threading.Lock()
        self._writer: int | None = None
        self._was_written = False
        self._case = CaseFile(path)
        self._committing = threading.Lock()  # of both files; who begins to read meanwhile would see one before it
        self._readers = connections.engine(path, self._case, self._connect, may_write=False)
        self._writers = connections.engine(path, self._case, self._connect, may_write=True)

    @classmethod
    def create(cls, path: Path, key: bytes) -> "Database":
        """A new file, empty but for our mark, on the disk when this returns.

        Raises ShelterExists when there is a file, and the troubles of the disk.
        """
        if path.exists():
            raise ShelterExists(str(path))
        database = cls(path, key)
        try:
            with database._outside_transactions() as raw:
                raw.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except BaseException:
            database.close()
            raise
        return database

    @classmethod
    def open(cls, path: Path, key: bytes) -> "Database":
        """The file that is there; a missing or empty one is never taken for a new one.

        Raises Damaged("database") for a file that is missing, cut, not ours or under another key (only the key slot can
        tell these apart), and the troubles of the disk.
        """
        size = path.stat().st_size if path.is_file() else None
        if size is None or size < PAGE:
            raise Damaged("database", str(path), "missing" if size is None else "cut" if size else "empty")
        database = cls(path, key)
        try:
            database._look()
        except BaseException:
            database.close()
            raise
        return database

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One read transaction: everything asked inside is of the same instant."""
        with self._readers.connect() as connection:
            with self._committing:
                begun = connection.begin()
                connection.exec_driver_sql(_SAME_INSTANT)
            with begun:
                yield connection

    @contextmanager
    def transaction(self, changes: Changes) -> Iterator[Connection]:
        """One write transaction: all of it is on the disk when the block ends, or nothing when it raises.

        After the commit the listeners are told the changes, on this thread. Raises InUse, DiskFull, ReadOnly, Damaged.
        """
        with self._alone(), self._writers.connect() as connection:
            begun = connection.begin()
            with begun:
                if self.on_schema is not None and connection.info.get(_COOKIE) != _cookie(connection):
                    self.on_schema(connection)
                with nullcontext() if self.signing is None else self.signing(connection):
                    yield connection
                if self._case.state is OPEN:
                    self._case.count_up(connection)
                    case_file.check_deferred(connection)
                cookie = None if self.on_schema is None else _cookie(connection)
                keep = None if self.on_commit is None else self.on_commit(connection)
                with self._committing:
                    begun.commit()
            self._was_written = True
            self.commits += changes != Changes()
            connection.info[_COOKIE] = cookie
            if keep is not None:
                keep()
        for told in tuple(self._listeners):
            told(changes)

    def hold_case_key(self, key: CaseKey | None) -> None:
        """From now on connections seal rows of the case file with this key, and read what lines tell of them.

        Its tables are not there until `open_case_file`.
        """
        self._readers.dispose()
        self._writers.dispose()
        self._case.key, self._case.state = key, UNREAD

    def open_case_file(
        self,
        key: CaseKey | None,
        standing: Sequence[Row] = (),
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        """From now on connections find the case file under this key, made anew where it is not that of this file;
        without a key these rows and no others.

        progress: of making it anew, as `CaseFile.make` tells it. Nobody may be reading or writing. Raises the troubles
        of the disk, and of the driver.
        """
        self._case.standing = standing
        if key is None:
            self.hold_case_key(None)
            self._case.state = STANDS_IN
            return
        self._writers.dispose()
        self._case.key, self._case.state = key, OPEN
        self._attach_again()
        if not self._is_case_file_current():
            self._readers.dispose()
            try:
                self._case.make(self._connect_alone, key, progress)
            except sqlcipher.Error as error:
                raise database_errors.named(self._case.path, error, may_write=True) or error from error

    def _attach_again(self) -> None:
        """The connection that read so far finds the case file too: another one would read the whole schema anew, which
        is a twentieth of an opening. Where there is none such, or it cannot, the next one does.
        """
        pool = self._readers.pool
        is_one = isinstance(pool, QueuePool) and pool.checkedin() == 1
        if not is_one or not self._case.path.is_file():
            self._readers.dispose()
            return
        try:
            with self._readers.connect() as connection:
                self._case.attach_again(connection.connection.driver_connection)
                connection.info[case_rows.KEY_OF] = self._case.key
        except (Trouble, sqlcipher.Error):
            self._readers.dispose()

    def _is_case_file_current(self) -> bool:
        """On the connection that reads first: one of its own would cost a tenth of an opening."""
        if not self._case.path.is_file():
            return False
        with suppress(Trouble, sqlcipher.Error, DBAPIError), self._readers.connect() as connection:
            return case_file.is_current(connection)
        return False  # under other keys, or cut while it was made

    def hold_box(self, public: bytes) -> None:
        """Rows that are written without the key of the case file go into this box."""
        self._writers.dispose()
        self._case.box = Box(public)

    @property
    def case_key(self) -> CaseKey | None:
        """What opens the rows of the case file; None for who may not."""
        return self._case.key

    def look_again(self) -> None:
        """The next transaction looks at the tables whatever the file says of itself: that too can be put back."""
        self._writers.dispose()

    def listen(self, told: Listener) -> Callable[[], None]:
        """Have this called after each commit with what changed; the answer ends it."""
        self._listeners.append(told)

        def stop() -> None:
            with suppress(ValueError):
                self._listeners.remove(told)

        return stop

    def problems(self) -> tuple[str, ...]:
        """What SQLCipher and SQLite find wrong with the file, in every page, index and reference; nothing when whole.

        Takes about as long as reading the file.
        """
        found: list[str] = []
        with self.reading() as connection:
            for check in ("cipher_integrity_check", "integrity_check", "foreign_key_check"):
                try:
                    rows = connection.exec_driver_sql(f"PRAGMA {check}").all()
                except OperationalError:  # a reference that cannot be checked
                    found.append(f"{check}: refused")
                    continue
                found += [f"{check}: {row[0]}" for row in rows if row[0] != "ok"]
        return tuple(found)

    def copy_to(self, path: Path, progress: Callable[[int, int], None] | None = None) -> None:
        """Copy the file as it is now under the same key, while it may be in use. progress: pages done, pages in all.

        Raises ShelterExists when there is a file, and the troubles of the disk.
        """
        if path.exists():
            raise ShelterExists(str(path))
        with self._outside_transactions() as source:
            target = sqlcipher.connect(str(path), isolation_level=None)
            try:
                for pragma in connections.pragmas(self._known_key()):
                    target.execute(f"PRAGMA {pragma}").fetchall()
                told = None if progress is None else lambda _, left, pages: progress(pages - left, pages)
                source.backup(target, pages=COPIED_AT_ONCE, progress=told)
                target.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            except sqlcipher.Error as error:  # named before it is closed, which makes room
                raise database_errors.of_copy(self.path, path, error) from error
            finally:
                target.close()

    def copy_under(self, path: Path, key: bytes, progress: Callable[[int, int], None] | None = None) -> None:
        """As `copy_to`, but under another key. What lies at `path` before it is whole has the key of this file."""
        self.copy_to(path, progress)
        copy = sqlcipher.connect(str(path), isolation_level=None)
        try:
            for pragma in (
                *connections.pragmas(self._known_key()),
                "journal_mode = DELETE",
                f"rekey = \"x'{key.hex()}'\"",
            ):
                copy.execute(f"PRAGMA {pragma}").fetchall()
        except sqlcipher.Error as error:
            raise database_errors.of_copy(self.path, path, error) from error
        finally:
            copy.close()

    def opened_copy(self, path: Path) -> "Database":
        """A copy of this file, opened with the same key. Raises Damaged."""
        return Database.open(path, self._known_key())

    def _known_key(self) -> bytes:
        if self._key is None:
            raise Closed
        return self._key

    @property
    def is_open(self) -> bool:
        """False once it was closed."""
        return self._key is not None

    def close(self) -> None:
        """Bring everything into the file, close it and forget the key; a second call does nothing."""
        if self._key is None:
            return
        with suppress(Trouble):
            self._seal_again()
        with suppress(Trouble), self._outside_transactions() as raw:
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._key = None
        self._listeners.clear()
        self._readers.dispose()
        self._writers.dispose()
        if self._case.is_doubtful:
            with suppress(OSError):
                self._case.remove()
        elif self._was_written:
            with suppress(sqlcipher.Error):
                self._case.encrypt_anew()

    def _seal_again(self) -> None:
        """Two copies, before somebody was at the desk and after, do not tell which rows of the case file were written.

        Cut halfway, or without room, they lie as they were.
        """
        key = self._case.key
        if key is None or not key.written or self._writer is not None:
            return
        with self._outside_transactions() as raw:
            raw.execute("BEGIN IMMEDIATE")
            case_rows.seal_again(raw, key)
            raw.execute("COMMIT")
        key.written.clear()

    def _look(self) -> None:
        ours = None
        try:
            with self.reading() as connection:
                ours = connection.exec_driver_sql("PRAGMA application_id").scalar()
                connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar()
        except Damaged as error:
            if error.why == "altered" and ours is None:  # SQLite compares the length before it reads anything
                raise Damaged("database", str(self.path), "cut") from error
            raise
        if ours != APPLICATION_ID:
            raise Damaged("database", str(self.path), "not_ours")

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """No other thread writes meanwhile."""
        me = threading.get_ident()
        if self._writer == me:
            raise RuntimeError("a transaction inside a transaction")
        if not self._writing.acquire(timeout=WAIT_INSIDE):
            raise InUse(str(self.path.parent))
        self._writer = me
        try:
            yield
        finally:
            self._writer = None
            self._writing.release()

    @contextmanager
    def _outside_transactions(self) -> Iterator[Any]:
        """A connection of the driver, for what SQLite does in no transaction."""
        raw = None
        try:
            raw = self._connect(may_write=True, follows=False)
            yield raw
        except sqlcipher.Error as error:
            raise database_errors.named(self.path, error, may_write=True) or error from error
        finally:
            if raw is not None:
                raw.close()

    def _connect(self, *, may_write: bool, follows: bool = True) -> Any:
        """A connection with the case file at its side. follows: what is written there is sealed here."""
        raw = self._connect_alone()
        try:
            self._case.attach(raw, may_write=may_write and follows)
            if not may_write:
                raw.execute("PRAGMA query_only = ON")
        except sqlcipher.Error as error:
            raw.close()
            raise database_errors.named(self._case.path, error, may_write=True) or error from error
        return raw

    def _connect_alone(self) -> Any:
        return connections.connect(self.path, self._known_key())


# begins to read both files
_SAME_INSTANT = f"SELECT 1 FROM main.sqlite_master, {case_statements.SCHEMA}.sqlite_master LIMIT 1"
_COOKIE = "schema cookie"  # of the last transaction, kept with its connection; a new one has none


def _cookie(connection: Connection) -> object:
    """SQLite counts it up whenever a table, index, view or trigger is made or dropped."""
    return connection.exec_driver_sql("PRAGMA schema_version").scalar()
