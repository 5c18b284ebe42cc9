"""The journal: append-only, each line hashed over the one before, from the first row of a shelter."""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache, partial
from itertools import takewhile
from typing import Any, NamedTuple

from sqlalchemy import Connection, LargeBinary, bindparam, text

from shelter_desk.domain.errors import Damaged
from shelter_desk.domain.ids import UserId
from shelter_desk.storage.file.case import case_acts, case_lines, case_rows
from shelter_desk.storage.file.case.case_acts import LINES
from shelter_desk.storage.file.case.case_lines import Act
from shelter_desk.storage.file.case.case_rows import CaseKey
from shelter_desk.storage.file.dialect import OF_TRANSACTION
from shelter_desk.storage.tables import metadata

FIRST = bytes(32)
NO_MOMENT = "0001-01-01T00:00:00"  # of a line whose moment somebody altered
TOO_LARGE = 10**15  # for a number, which is a row, a count, an amount
ALL = -1  # lines, where so many at most are asked for
# columns that hold sealed values, as the journal keeps them
SEALED = frozenset(
    (table.name, column.name)
    for table in metadata.sorted_tables
    for column in table.columns
    if isinstance(column.type, LargeBinary)
)


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One line: who did what on which code, with the rows before and after (sealed values stay sealed).

    key: opens what it tells of the case file.
    """

    seq: int
    at: str
    user: UserId | None
    action: str
    subject: str
    details: str
    hash: bytes
    key: CaseKey | None = field(default=None, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Whoever has the key of the file can write a line: what is no moment or text there is none."""
        if not _is_moment(self.at):
            object.__setattr__(self, "at", NO_MOMENT)
        for name in ("action", "subject", "details"):
            if not isinstance(getattr(self, name), str):
                object.__setattr__(self, name, "")

    @property
    def known(self) -> dict[str, Any]:
        """The details as they were given; empty where there are none."""
        try:
            found: Any = json.loads(self.details) if self.details else {}
        except (ValueError, TypeError, RecursionError):  # whoever has the key of the file can write a line
            return {}
        return dict(case_lines.opened(self.key, self.seq, found)) if isinstance(found, dict) else {}

    @property
    def opened(self) -> str:
        """The same as text, as the line has it where nothing of it is sealed."""
        return case_lines.as_text(self.known) if case_lines.is_sealed(self.details) else self.details

    @property
    def is_of_case_file(self) -> bool:
        """Whether it tells of rows of the case file, which only who may read them opens."""
        return f'"{case_lines.CASE}":' in self.details

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The rows that it tells of, each with its table and id, and with columns `before`, `after` where it has them.

        What has another form is left out: whoever has the key of the file can write a line.
        """
        return rows_of(self.known)

    @property
    def tables(self) -> set[str]:
        """The tables that it tells of, row by row or by how many rows."""
        known = self.known
        found = {str(row["table"]) for row in rows_of(known)}
        for counted in (known.get("new_rows"), known.get("gone_rows")):
            found |= {str(table) for table in counted} if isinstance(counted, dict) else set()
        return found


def line_of(connection: Connection, row: Iterable[Any]) -> JournalLine:
    """The line in a row of the journal, opened as far as the connection goes."""
    seq, at, user, action, subject, details, hashed = row
    return JournalLine(seq, at, user, action, subject, details, hashed, case_rows.key_of(connection))


def rows_of(known: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows in the details of a line, as `JournalLine.rows` gives them."""
    found = known.get("rows")
    return [row for row in found if _is_told(row)] if isinstance(found, list) else []


_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}")


def _is_moment(at: Any) -> bool:
    if not isinstance(at, str) or not _MOMENT.fullmatch(at):
        return False
    try:
        datetime.fromisoformat(at)
    except ValueError:
        return False
    return True


def is_row_id(told: Any) -> bool:
    """Whether that can be the number of a row."""
    return type(told) is int and 0 < told < TOO_LARGE


def row_id(said: str) -> int | None:
    """The number of a row that these digits say, None where they can be none."""
    if not (said.isdecimal() and len(said) <= len(str(TOO_LARGE))):  # no time is lost over a million digits
        return None
    return found if is_row_id(found := int(said)) else None


def _is_told(row: Any) -> bool:
    return (
        isinstance(row, dict)
        and isinstance(row.get("table"), str)
        and is_row_id(row.get("id"))
        and all(isinstance(row[one], dict) for one in ("before", "after") if one in row)
    )


def _hash(previous: bytes, seq: int, at: str, user: int | None, told: Act) -> bytes:
    line = json.dumps([seq, at, user, *told], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(previous + line.encode()).digest()


_UNDO = ("undo", case_lines.SEALED_ACT)
_HEAD = "SELECT seq, at, hash FROM journal ORDER BY seq DESC LIMIT 1"
_ADD = text("INSERT INTO journal VALUES (:seq, :at, :user, :action, :subject, :details, :hash)")


class _Head(NamedTuple):
    """Of the last line what the next one needs."""

    seq: int
    at: Any
    hash: Any


def head(connection: Connection) -> tuple[int, bytes]:
    """Number and hash of the last line; (0, zeros) before the first."""
    found = _head(connection)
    return found.seq, found.hash if isinstance(found.hash, bytes) else b""


def _head(connection: Connection) -> _Head:
    """Asked of the file once a transaction."""
    kept: dict[str, _Head] = connection.info.get(OF_TRANSACTION, {})
    if _HEAD not in kept:
        row = connection.exec_driver_sql(_HEAD).first()
        kept[_HEAD] = _Head(0, "", FIRST) if row is None else _Head(*row)
    return kept[_HEAD]


def last(connection: Connection) -> JournalLine:
    """The last line; there is one from the first moment of a shelter."""
    return line_of(connection, connection.execute(text(f"SELECT * FROM {LINES} ORDER BY seq DESC LIMIT 1")).one())


def hash_at(connection: Connection, seq: int) -> bytes | None:
    """Hash of that line, None where the journal is shorter."""
    found: Any = connection.execute(text("SELECT hash FROM journal WHERE seq = :seq"), {"seq": seq}).scalar()
    return found if isinstance(found, bytes) else None


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
    kept = case_lines.sealed(connection, seq, Act(action, subject, details or {}))
    told = kept._replace(details=case_lines.as_text(kept.details))
    values = {"seq": seq, "at": moment, "user": user, **told._asdict()}
    values["hash"] = _hash(previous, seq, moment, user, told)
    connection.execute(_ADD, values)
    connection.info.get(OF_TRANSACTION, {})[_HEAD] = _Head(seq, moment, values["hash"])
    if (told.action, told.subject) != (action, subject):
        case_acts.keep(connection, seq, (action, subject))
    return seq


def last_at(connection: Connection) -> datetime | None:
    """When the last line was written that says so."""
    said = _head(connection).at
    return datetime.fromisoformat(said) if _is_moment(said) else next(written_at(connection), None)


def lines(connection: Connection, *subjects: str) -> Iterator[JournalLine]:
    """All lines in order, or those on these codes."""
    if not subjects:
        return (line_of(connection, row) for row in connection.execute(text(f"SELECT * FROM {LINES} ORDER BY seq")))
    wanted = text(f"SELECT * FROM {LINES} WHERE {case_acts.ON_SUBJECTS} ORDER BY seq")
    found = connection.execute(wanted.bindparams(bindparam("subjects", expanding=True)), {"subjects": subjects})
    return (line_of(connection, row) for row in found)


def lines_after(connection: Connection, seq: int) -> Iterator[JournalLine]:
    """All lines after that one, in order."""
    found = connection.execute(text(f"SELECT * FROM {LINES} WHERE seq > :seq ORDER BY seq"), {"seq": seq})
    return (line_of(connection, row) for row in found)


def lines_between(connection: Connection, after: int, last: int) -> Iterator[JournalLine]:
    """The lines of (after, last], in order."""
    wanted = text(f"SELECT * FROM {LINES} WHERE seq > :after AND seq <= :last ORDER BY seq")
    return (line_of(connection, row) for row in connection.execute(wanted, {"after": after, "last": last}))


def undone_after(connection: Connection, seq: int) -> set[int]:
    """The numbers of the lines that a line after that one took back, which stand in the open.

    By the same person: nobody takes back what somebody else did.
    """
    wanted = text("SELECT * FROM journal WHERE seq > :seq AND action IN :undo AND instr(details, '\"of\":')")
    rows = connection.execute(wanted.bindparams(bindparam("undo", expanding=True)), {"seq": seq, "undo": _UNDO})
    lines = [line_of(connection, row) for row in rows]
    by = {int(key): line.user for line in lines if is_row_id(key := line.known.get("of") or 0)}
    return {line.seq for line in of(connection, list(by)) if line.user == by[line.seq]}


def provisional_since(connection: Connection, day: date) -> set[str]:
    """The codes of those admitted from that day on by who may only admit for the night; read back to that day alone."""
    rows = _since(connection, day)
    return {str(row.subject) for row in rows if row.action == "admit" and '"provisional":true' in row.details}


def written_since(connection: Connection, day: date, action: str) -> set[tuple[str, int]]:
    """Table and number of each row that this act wrote from that day on, where it was not taken back."""
    lines = [line_of(connection, row) for row in _since(connection, day) if row.action == action]
    undone = undone_after(connection, lines[-1].seq) if lines else set()
    return {(row["table"], row["id"]) for line in lines if line.seq not in undone for row in line.rows}


def _since(connection: Connection, day: date) -> Iterator[Any]:
    """The rows from that day on, the last first; no other one is read."""
    with connection.execute(text("SELECT * FROM journal ORDER BY seq DESC")) as rows:
        yield from takewhile(lambda row: row.at >= day.isoformat(), rows)


def late_after(connection: Connection, seq: int) -> Iterator[JournalLine]:
    """The lines after that one that wrote something of closed months, in order."""
    wanted = text(f"""SELECT * FROM {LINES} WHERE seq > :seq AND details LIKE '%"late_months":%' ORDER BY seq""")
    found = (line_of(connection, row) for row in connection.execute(wanted, {"seq": seq}))
    return (line for line in found if all(_is_list(line.known.get(one, [])) for one in ("late_months", "late_stays")))


def _is_list(told: Any) -> bool:
    return isinstance(told, list) and all(isinstance(one, str | int) for one in told)


def of(connection: Connection, seqs: Sequence[int], *, whole: bool = True) -> list[JournalLine]:
    """These lines, in the order asked; one that is not there is left out.

    whole: with what they tell, which is megabytes where years were taken in by one import, and with their hash.
    """
    columns = "*" if whole else "seq, at, user_id, action, subject, '', x''"
    statement = text(f"SELECT {columns} FROM {LINES} WHERE seq IN :seqs").bindparams(bindparam("seqs", expanding=True))
    found = {row.seq: line_of(connection, row) for row in connection.execute(statement, {"seqs": list(seqs)})}
    return [found[seq] for seq in seqs if seq in found]


def actions_since(connection: Connection, seq: int) -> Counter[str]:
    """How often each thing was done after that line."""
    found = connection.execute(
        text(f"SELECT action, count(*) FROM {LINES} WHERE seq > :seq GROUP BY action"), {"seq": seq}
    )
    return Counter({row[0]: row[1] for row in found})


def last_before(connection: Connection, at: datetime) -> int:
    """The number of the last line before that moment, 0 before the first."""
    wanted = text("SELECT max(seq) FROM journal WHERE at < :at")
    return connection.execute(wanted, {"at": at.isoformat(timespec="seconds")}).scalar() or 0


def is_written_since(connection: Connection, seq: int, but: Sequence[str]) -> bool:
    """Whether anything but these actions was done after that line."""
    return any(action not in but for action in actions_since(connection, seq))


def last_of(connection: Connection, actions: Sequence[str]) -> JournalLine | None:
    """The last line of one of these actions."""
    return next(iter(last_lines_of(connection, actions, 1)), None)


def last_lines_of(connection: Connection, actions: Sequence[str], most: int) -> list[JournalLine]:
    """The last lines of these actions, so many at most, the last first; of none that is sealed."""
    # as the index says it
    open_acts = f"action IN :actions AND action <> '{case_lines.SEALED_ACT}'"
    statement = text(f"SELECT * FROM journal WHERE {open_acts} ORDER BY seq DESC LIMIT :most")
    rows = connection.execute(
        statement.bindparams(bindparam("actions", expanding=True)), {"actions": list(actions), "most": most}
    )
    return [line_of(connection, row) for row in rows]


def sealed_lines_of(connection: Connection, action: str) -> list[JournalLine]:
    """The lines of an action that speaks of the case file alone, in order; none for who does not hold its key."""
    wanted = text(f"SELECT * FROM {LINES} WHERE {case_acts.OF_ACTION} ORDER BY seq")
    return [line_of(connection, row) for row in connection.execute(wanted, {"action": action})]


def written_at(connection: Connection) -> Iterator[datetime]:
    """The moments of the lines, latest first."""
    found = connection.exec_driver_sql("SELECT at FROM journal ORDER BY seq DESC")
    return (datetime.fromisoformat(row.at) for row in found if _is_moment(row.at))


def was_undone(connection: Connection, seq: int) -> bool:
    """True when a later line took back the line of that number."""
    return seq in undone_after(connection, seq)


def told_settings(connection: Connection) -> dict[str, str]:
    """What the lines say that settings were given last, by name."""
    found: dict[str, str] = {}
    wanted = text("SELECT * FROM journal WHERE instr(details, '\"after\":{') ORDER BY seq")
    for row in connection.execute(wanted):
        after = line_of(connection, row).known.get("after")
        if isinstance(after, dict):
            found |= {name: value for name, value in after.items() if isinstance(value, str)}
    return found


def former_until(connection: Connection) -> int:
    """The line of the upgrade that sealed those before it; 0 in a file that was made sealed."""
    upgrades = last_lines_of(connection, ("upgrade",), ALL)
    sealed = (line.seq for line in upgrades if str(line.known.get("from", "")) < case_lines.SINCE <= line.subject)
    return min(sealed, default=0)


def chained_after(connection: Connection, seq: int) -> Iterator[tuple[JournalLine, bool]]:
    """Each line after that one as it lies there, and whether its hash follows from it and from the one before. Raises
    Damaged("journal") where one is missing.
    """
    previous, expected = hash_at(connection, seq) or FIRST, seq
    former = cache(partial(former_until, connection))
    for row in connection.execute(text("SELECT * FROM journal WHERE seq > :seq ORDER BY seq"), {"seq": seq}):
        line, expected = line_of(connection, row), expected + 1
        if line.seq != expected:
            raise Damaged("journal", str(expected))
        is_by_somebody = line.user is None or type(line.user) is int
        told = _hashed(line, former)
        yield (
            line,
            is_by_somebody and (told is None or _hash(previous, line.seq, line.at, line.user, told) == line.hash),
        )
        previous = line.hash if isinstance(line.hash, bytes) else b""


def _hashed(line: JournalLine, former: Callable[[], int]) -> Act | None:
    """What the hash of a line is of; None for one of before version 0039 that was sealed since, where who does not read
    the case file cannot tell.
    """
    lying = Act(line.action, line.subject, line.details)
    if not case_lines.is_former(line.details) or line.seq >= former():
        return lying
    return case_lines.hashed(line.key, line.seq, lying)


def verify(connection: Connection, progress: Callable[[int], None] | None = None) -> int:
    """Recompute the whole chain and return how many lines it has.

    Raises Damaged("journal") at the first line that does not follow from the one before, or is by nobody who can be.
    """
    count = 0
    for line, is_whole in chained_after(connection, 0):
        if not is_whole:
            raise Damaged("journal", str(line.seq))
        count = line.seq
        if progress and count % 1000 == 0:
            progress(count)
    return count
