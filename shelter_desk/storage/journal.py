"""The journal: append-only, each line hashed over the one before, from the first row of a shelter."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, text

from shelter_desk.domain.errors import Damaged
from shelter_desk.domain.ids import UserId

FIRST = bytes(32)


@dataclass(frozen=True, slots=True)
class Line:
    """One line: who did what on which code, with the rows before and after (sealed values stay sealed)."""

    seq: int
    at: str
    user: UserId | None
    action: str
    subject: str
    details: str
    hash: bytes


def _hash(previous: bytes, seq: int, at: str, user: int | None, action: str, subject: str, details: str) -> bytes:
    told = json.dumps([seq, at, user, action, subject, details], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(previous + told.encode()).digest()


def head(connection: Connection) -> tuple[int, bytes]:
    """Number and hash of the last line; (0, zeros) before the first."""
    row = connection.execute(text("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1")).first()
    return (0, FIRST) if row is None else (row.seq, row.hash)


def hash_at(connection: Connection, seq: int) -> bytes | None:
    """Hash of that line, None where the journal is shorter."""
    found: bytes | None = connection.execute(text("SELECT hash FROM journal WHERE seq = :seq"), {"seq": seq}).scalar()
    return found


def add(
    connection: Connection,
    at: datetime,
    user: UserId | None,
    action: str,
    subject: str = "",
    details: Mapping[str, Any] | None = None,
) -> int:
    """Write a line after the last one and return its number."""
    last, previous = head(connection)
    seq, moment = last + 1, at.isoformat(timespec="seconds")
    told = json.dumps(details, ensure_ascii=False, separators=(",", ":")) if details else ""
    connection.execute(
        text("INSERT INTO journal VALUES (:seq, :at, :user, :action, :subject, :details, :hash)"),
        {
            "seq": seq,
            "at": moment,
            "user": user,
            "action": action,
            "subject": subject,
            "details": told,
            "hash": _hash(previous, seq, moment, user, action, subject, told),
        },
    )
    return seq


def last_at(connection: Connection) -> datetime | None:
    """When the last line was written."""
    found = connection.execute(text("SELECT at FROM journal ORDER BY seq DESC LIMIT 1")).scalar()
    return None if found is None else datetime.fromisoformat(found)


def lines(connection: Connection, subject: str | None = None) -> Iterator[Line]:
    """All lines in order, or those on one code."""
    where = "" if subject is None else "WHERE subject = :subject"
    found = connection.execute(
        text(f"SELECT * FROM journal {where} ORDER BY seq"), {"subject": subject} if where else {}
    )
    return (Line(*row) for row in found)


def verify(connection: Connection, progress: Callable[[int], None] | None = None) -> int:
    """Recompute the whole chain and return how many lines it has.

    Raises Damaged("journal") at the first line that does not follow from the one before.
    """
    previous, expected = FIRST, 0
    for line in lines(connection):
        expected += 1
        told = (line.seq, line.at, line.user, line.action, line.subject, line.details)
        if line.seq != expected or _hash(previous, *told) != line.hash:
            raise Damaged("journal", str(line.seq))
        previous = line.hash
        if progress and expected % 1000 == 0:
            progress(expected)
    return expected
