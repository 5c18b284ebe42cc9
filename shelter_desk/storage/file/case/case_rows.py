"""The rows of the case file as they lie in the file of the shelter: sealed one by one, for who may read them.

A row says nothing in the open: not its table, not its number, not how long it is. It lies at a place that only the key
finds, filled up to a step; two shelters that differ in a coded fact have the same rows but for what is random.
"""

import hmac
import json
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from secrets import SystemRandom
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlalchemy import Connection, text

from shelter_desk.domain.errors import Damaged
from shelter_desk.storage.file import sealed_boxes
from shelter_desk.storage.file.column_values import CELL, blank, from_json, sealed_bytes, sealed_text, to_json
from shelter_desk.storage.file.sealing import OpenBox, Sealer
from shelter_desk.storage.tables import case_tables, metadata
from shelter_desk.storage.tables.base import LONG

KEY_OF, BOX_OF = "case key", "case box"  # of a connection: where what it knows keeps the key, and the box
FORMER_KEYS = "former keys"  # where they lie, as if in a table
NONCE = 12
KEY = 32
PLACE = 16
LAST = b"\xff" * PLACE
STRETCHES = 4096  # of places, by their first twelve bits
AGAIN = 8192  # rows that are sealed again, a fifth of a second; in more than these some are
STEP, COLUMNS = 128, 8  # bytes for so many columns: more than most codes and days take
LINE, TIMES = 512, 4  # bytes that what is said of rows elsewhere is filled up to, and how much longer each next step is
_WRITTEN = text("INSERT INTO main.case_rows VALUES (:place, :sealed)")
_GONE = text("DELETE FROM main.case_rows WHERE place = :place")
_EVERY = text("SELECT place, sealed FROM main.case_rows")
_ONE = text("SELECT sealed FROM main.case_rows WHERE place = :place")


class Row(NamedTuple):
    """One row of a table of the case file."""

    table: str
    id: int
    values: Mapping[str, Any]


class CaseKey:
    """What the protection key opens of the case file. file: the key of the file beside that of the shelter.

    box: opens what they put in who may not read it. lines: the key of what is said elsewhere; former: those of before
    changes of all keys, since lines stay as they are.
    changes: how many rows were sealed, or taken out, since this was made; written: at which places.
    """

    def __init__(self, protection: bytes) -> None:
        derived = HKDF(SHA256(), 4 * KEY, salt=None, info=b"shelter-desk case file").derive(protection)
        self.file, rows, self._places, self.lines = (derived[at : at + KEY] for at in range(0, 4 * KEY, KEY))
        self.former = tuple[bytes, ...]()
        self.box: OpenBox | None = None
        self._protection = Sealer(protection)
        self.changes = 0
        self.written: set[bytes] = set()
        self._cipher = AESGCM(rows)

    def place(self, table: str, row_id: int) -> bytes:
        """Where that row lies."""
        return hmac.digest(self._places, f"{table}\0{row_id}".encode(), "sha256")[:PLACE]

    def sealed_row(self, table: str, row: Mapping[str, Any]) -> bytes:
        """A row as it lies at its place; what is blank is not in it."""
        kept = {name: to_json(value) for name, value in row.items() if value != _blank(table).get(name)}
        return self.sealed([table, kept], self.place(table, row["id"]), _step(table))

    def row(self, place: bytes, sealed: bytes) -> Row:
        """The row that lies there, with all its columns. Raises Damaged for what was altered or lay elsewhere."""
        table, cells = self.cells(place, sealed)
        values = dict(zip(_blank(table), cells, strict=True))
        return Row(table, values["id"], values)

    def cells(self, place: bytes, sealed: bytes) -> tuple[str, list[Any]]:
        """The table and the values of all its columns, in their order. Raises as `row`."""
        said = self.unsealed(sealed, place)
        try:
            table, kept = said
            found = [kept.get(name, usual) for name, usual in _blank(table).items()]
            if type(kept["id"]) is not int:
                raise TypeError(kept["id"])
            return table, [from_json(one) if type(one) is dict else one for one in found]
        except (ValueError, TypeError, LookupError, AttributeError) as error:
            raise _damaged(place) from error

    def sealed(self, said: Any, place: bytes, step: int = STEP) -> bytes:
        """What can be written as JSON, bound to a place and filled up to steps of so many bytes."""
        return _encrypted(self._cipher, _padded_row(said, step), place)

    def unsealed(self, sealed: bytes, place: bytes) -> Any:
        """What was sealed for that place. Raises Damaged."""
        try:
            return _unsealed(self._cipher, sealed, place)
        except (InvalidTag, ValueError, TypeError) as error:
            raise _damaged(place) from error

    def sealed_again(self, place: bytes, sealed: bytes) -> bytes:
        """The same with other bytes; as it is where it opens no more."""
        with suppress(InvalidTag, ValueError, TypeError):
            nonce = os.urandom(NONCE)
            plain = self._cipher.decrypt(sealed[:NONCE], sealed[NONCE:], place)
            return nonce + self._cipher.encrypt(nonce, plain, place)
        return sealed

    def sealed_text(self, said: Any, *where: object) -> str:
        """What is said of rows of the case file elsewhere, as text, bound to where it stands."""
        return sealed_text(_encrypted(AESGCM(self.lines), padded(said), _bound(where)))

    def unsealed_text(self, sealed: str, *where: object) -> Any:
        """What `sealed_text` sealed, with this key or a former one. Raises Damaged."""
        for key in (self.lines, *self.former):
            with suppress(InvalidTag, ValueError, TypeError, RecursionError):
                return _unsealed(AESGCM(key), sealed_bytes(sealed), _bound(where))
        raise _damaged(_bound(where))

    def learn(self, raw: Any) -> None:
        """Read the keys of former lines, and that of the box. raw: a connection of the driver to the file of the
        shelter.
        """
        kept = raw.execute("SELECT value FROM main.settings WHERE key = ?", (sealed_boxes.PRIVATE,)).fetchone()
        if kept is not None:
            with suppress(Damaged, ValueError, TypeError):
                self.box = sealed_boxes.unwrapped(self._protection, *kept)
        place = self.place(FORMER_KEYS, 1)
        found = raw.execute("SELECT sealed FROM main.case_rows WHERE place = ?", (place,)).fetchone()
        if found is not None:
            with suppress(Damaged, ValueError, TypeError):
                self.former = tuple(bytes.fromhex(one) for one in self.unsealed(found[0], place)[1])


def padded(said: Any) -> bytes:
    """As JSON, filled up so that how many rows are told shows at most by a factor of `TIMES`."""
    plain, step = _json(said), LINE
    while step < len(plain):
        step *= TIMES
    return plain.ljust(step)


def _padded_row(said: Any, step: int) -> bytes:
    plain = _json(said)
    return plain.ljust(-(-len(plain) // step) * step)


def _json(said: Any) -> bytes:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def _encrypted(cipher: AESGCM, plain: bytes, place: bytes) -> bytes:
    nonce = os.urandom(NONCE)
    return nonce + cipher.encrypt(nonce, plain, place)


def _unsealed(cipher: AESGCM, sealed: bytes, place: bytes) -> Any:
    return json.loads(cipher.decrypt(sealed[:NONCE], sealed[NONCE:], place))


def _bound(where: tuple[object, ...]) -> bytes:
    return "\0".join(map(str, where)).encode()


def _damaged(place: bytes) -> Damaged:
    return Damaged("database", f"case_rows.sealed.{place.hex()}", CELL)


@cache
def _blank(table: str) -> dict[str, Any]:
    return {one.name: blank(one) for one in metadata.tables[table].columns}


@cache
def _step(table: str) -> int:
    """What its rows are filled up to: one length for answers and the like, which are most, one for any other."""
    of = metadata.tables[table]
    most = max(len(one.columns) for one in case_tables())
    is_short = len(of.columns) <= COLUMNS and not of.info[LONG]
    return STEP if is_short else STEP * -(-most // COLUMNS)


def key_of(connection: Connection) -> CaseKey | None:
    """What opens the case file on that connection."""
    found: CaseKey | None = connection.info.get(KEY_OF)
    return found


def every(connection: Connection, key: CaseKey) -> Iterator[Row | bytes]:
    """All rows, in no order; the place alone of one that this key does not open."""
    for place, sealed in connection.execute(_EVERY):
        if place == key.place(FORMER_KEYS, 1):
            continue
        try:
            yield key.row(place, sealed)
        except Damaged:
            yield bytes(place)


def one(connection: Connection, key: CaseKey, table: str, row_id: int) -> Mapping[str, Any] | None:
    """The values of that row as they are sealed; None where there is none that this key opens."""
    place = key.place(table, row_id)
    sealed = connection.execute(_ONE, {"place": place}).scalar()
    try:
        return None if sealed is None else key.row(place, sealed).values
    except Damaged:
        return None


def write(connection: Connection, key: CaseKey, table: str, row: Mapping[str, Any]) -> None:
    """Seal a row that stands nowhere yet."""
    place = key.place(table, row["id"])
    connection.execute(_WRITTEN, {"place": place, "sealed": key.sealed_row(table, row)})


def change_key(connection: Connection, old: CaseKey, new: CaseKey, anew: Callable[[Row], Row]) -> None:
    """Seal every row for another key; what the old one does not open goes on lying there, and opens to nobody.

    anew: the row with what it holds that is sealed itself.
    """
    old.learn(connection.connection.driver_connection)
    rows = [row for row in every(connection, old) if isinstance(row, Row)]
    gone = [{"place": old.place(row.table, row.id)} for row in rows]
    if gone:
        connection.execute(_GONE, gone)
    for row in map(anew, rows):
        write(connection, new, row.table, row.values)
    connection.execute(_GONE, {"place": old.place(FORMER_KEYS, 1)})
    place, former = new.place(FORMER_KEYS, 1), (old.lines, *old.former)
    sealed = new.sealed([FORMER_KEYS, [one.hex() for one in former]], place)
    connection.execute(_WRITTEN, {"place": place, "sealed": sealed})


def seal_again(raw: Any, key: CaseKey) -> None:
    """Seal rows once more as they are: of two copies of the file many differ then, and not those that acts wrote alone.

    All rows, or in a large shelter those that lie beside what was written, and as many others at random. raw: a
    connection of the driver to the file of the shelter, in a transaction.
    """
    (sample,) = raw.execute("SELECT count(*) FROM main.case_rows WHERE place < x'10'").fetchone()
    many = 16 * sample
    for first, last in [(b"", LAST)] if many <= AGAIN else _stretches(key.written, AGAIN * STRETCHES // many):
        rows = raw.execute("SELECT place, sealed FROM main.case_rows WHERE place BETWEEN ? AND ?", (first, last))
        again = [(key.sealed_again(place, sealed), place) for place, sealed in rows.fetchall()]
        raw.executemany("UPDATE main.case_rows SET sealed = ? WHERE place = ?", again)


def _stretches(written: set[bytes], others: int) -> Iterator[tuple[bytes, bytes]]:
    """First and last place of those in which these lie, and of at least so many others, and as many as these."""
    wanted = {int.from_bytes(place[:2], "big") >> 4 for place in written}
    wanted |= {*SystemRandom().sample(range(STRETCHES), min(max(others, len(wanted)), STRETCHES))}
    for at in sorted(wanted):
        yield (at << 4).to_bytes(2, "big"), (at << 4 | 15).to_bytes(2, "big") + LAST[2:]


def is_taken(connection: Connection, table: str, row_id: int) -> bool:
    """Whether something lies at the place of that row, though it may open no more; False for who holds no key."""
    key = key_of(connection)
    return key is not None and connection.execute(_ONE, {"place": key.place(table, row_id)}).first() is not None


def make_room(connection: Connection, table: str, row_id: int) -> None:
    """What lies at the place of a row that opens no more goes, so that the row can be made anew."""
    key = key_of(connection)
    if key is not None and one(connection, key, table, row_id) is None:
        connection.execute(_GONE, {"place": key.place(table, row_id)})
