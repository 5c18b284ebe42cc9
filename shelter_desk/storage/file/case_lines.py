"""What lines of the journal tell of rows of the case file: sealed in the line, for who holds the protection key.

The chain of hashes goes over a line as it lies there, so that everybody can follow it. A line of before version 0039
told these rows in the open, and its hash is of that: it is in what was sealed since.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any

from sqlalchemy import Connection, text

from shelter_desk.domain.errors import Damaged
from shelter_desk.storage.file import case_inbox
from shelter_desk.storage.file.case_rows import BOX_OF, KEY_OF, CaseKey
from shelter_desk.storage.tables import case_tables

CASE = "case"  # what is sealed, in the details of a line
BOXED = "case_box"  # the same where its writer may not read it
FORMER = "former"  # beside it: the hash is of the details as they were
JOURNAL = "journal"  # where it stands
_LINE = "line"  # in what is sealed of such a line: those details
_ROWS = "rows"
_BY_TABLE = ("new_rows", "gone_rows", "new_sums", "gone_ids")
_WORDS = ("reason", "late_reason")  # that somebody typed about a person: sealed with the rows
_KEEPER = "journal_keeps_update"
Details = Mapping[str, Any]


def key_of(connection: Connection) -> CaseKey | None:
    """What opens the case file on that connection."""
    found: CaseKey | None = connection.info.get(KEY_OF)
    return found


def is_of_case_file(table: Any) -> bool:
    """Whether the rows of that table are sealed."""
    return any(one.name == table for one in case_tables())


def is_sealed(details: str) -> bool:
    """Whether a line tells of rows of the case file, as text."""
    return f'"{CASE}":' in details or f'"{BOXED}":' in details


def sealed(connection: Connection, seq: int, details: Details) -> Details:
    """The details of the line of that number, as it keeps them."""
    key, box = key_of(connection), connection.info.get(BOX_OF)
    told, case = _split(details)
    if case and key is not None:
        return told | {CASE: key.sealed_text(case, JOURNAL, seq)}
    return told | {BOXED: case_inbox.line_text(box, case, seq)} if case and box is not None else details


def opened(key: CaseKey | None, seq: int, details: Details) -> Details:
    """The details as they were given, as far as this key goes."""
    case = _unsealed(key, seq, details)
    if not case:
        return details
    rows = [*_list(details.get(_ROWS))]
    for one in _list(case.get(_ROWS)):  # in the order in which they were written
        if isinstance(one, list) and len(one) == 2 and type(one[0]) is int:  # anybody can put others into the box
            rows.insert(*one)
    by_table = (name for name in _BY_TABLE if name in details or name in case)
    joined = {name: {**_dict(details.get(name)), **_dict(case.get(name))} for name in by_table}
    words = {name: case[name] for name in _WORDS if name in case}
    return {**details, **joined, **words} | ({_ROWS: rows} if rows else {})


def hashed(key: CaseKey | None, seq: int, details: str) -> str | None:
    """The details that the hash of a line is of; None where this key does not tell them.

    A line of before version 0039 is proven by who reads the case file.
    """
    if f'"{FORMER}":' not in details:
        return details
    known: Any = None
    with suppress(ValueError, RecursionError):
        known = json.loads(details)
    if not isinstance(known, dict) or FORMER not in known:
        return details
    if key is None:
        return None
    # with the key alone: what is in the box anybody put there, under any line that they wrote anew
    sealed_here = _dict(_unsealed(key, seq, {CASE: known.get(CASE)}))
    found = sealed_here.get(_LINE)
    return found if isinstance(found, str) else details


def seal_former(connection: Connection, key: CaseKey) -> None:
    """Seal what the lines of before version 0039 told of these rows."""
    changed = text("UPDATE journal SET details = :details WHERE seq = :seq")
    with _unkept(connection):
        for seq, details in connection.execute(text("SELECT seq, details FROM journal WHERE details <> ''")).all():
            with suppress(ValueError, TypeError, RecursionError):
                known: Any = json.loads(details)
                told, case = _split(known) if isinstance(known, dict) else ({}, {})
                if case:
                    made = told | {CASE: key.sealed_text(case | {_LINE: details}, JOURNAL, seq), FORMER: True}
                    connection.execute(changed, {"seq": seq, "details": as_text(made)})


def as_text(details: Details) -> str:
    """As a line keeps them."""
    return json.dumps(details, ensure_ascii=False, separators=(",", ":")) if details else ""


def _split(details: Details) -> tuple[dict[str, Any], dict[str, Any]]:
    """What stands in the open, and what is sealed: rows with their places among the others."""
    told, case = {**_dict(details)}, dict[str, Any]()
    rows = _list(told.get(_ROWS))
    of_case = [[at, row] for at, row in enumerate(rows) if is_of_case_file(_dict(row).get("table"))]
    if of_case:
        case[_ROWS] = of_case
        told[_ROWS] = [row for row in rows if not is_of_case_file(_dict(row).get("table"))]
    for name in _BY_TABLE:
        by_table = _dict(told.get(name))
        of = {table: some for table, some in by_table.items() if is_of_case_file(table)}
        if of:
            case[name] = of
            told[name] = {table: some for table, some in by_table.items() if table not in of}
    if case:
        case |= {name: told.pop(name) for name in _WORDS if name in told}
    return {name: some for name, some in told.items() if some or name != _ROWS}, case


def _unsealed(key: CaseKey | None, seq: int, details: Details) -> dict[str, Any]:
    told, boxed = details.get(CASE), details.get(BOXED)
    with suppress(Damaged, ValueError):  # whoever has the key of the file can write a line
        if key is not None and isinstance(told, str):
            return _dict(key.unsealed_text(told, JOURNAL, seq))
        if key is not None and isinstance(boxed, str):
            return _dict(case_inbox.line_unsealed(key, boxed, seq))
    return {}


def _list(told: Any) -> list[Any]:
    return told if isinstance(told, list) else []


def _dict(told: Any) -> dict[str, Any]:
    return told if isinstance(told, dict) else {}


@contextmanager
def _unkept(connection: Connection) -> Iterator[None]:
    """Without the trigger that lets no line be changed."""
    made = connection.execute(text("SELECT sql FROM main.sqlite_master WHERE name = :name"), {"name": _KEEPER}).scalar()
    connection.exec_driver_sql(f"DROP TRIGGER IF EXISTS {_KEEPER}")
    yield
    if made:
        connection.exec_driver_sql(str(made))
