"""What was done to whom, by the lines of the journal that speak of the case file alone.

Such a line seals its action and its code with what it tells (`case_lines`). Here they are as SQL finds them, in the
file of the case file, for who holds the key: nobody opens the lines of ten years to look for one code.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection

from shelter_desk.storage.file.case import case_lines, case_rows
from shelter_desk.storage.file.case.case_lines import CASE, LOOKED_UP, SEALED_ACT
from shelter_desk.storage.file.case.case_rows import CaseKey
from shelter_desk.storage.file.case.case_statements import ACTS, SCHEMA

# the journal as the connection reads it; a statement that says FROM journal reads what lies there
LINES = (
    "(SELECT j.seq, j.at, j.user_id, coalesce(rtrim(a.action), j.action) AS action,"
    " coalesce(rtrim(a.subject), j.subject) AS subject, j.details, j.hash"
    f" FROM main.journal j LEFT JOIN {SCHEMA}.{ACTS} a ON a.seq = j.seq)"
)
# of these lines those on `:subjects`, without reading the others
ON_SUBJECTS = (
    "seq IN (SELECT seq FROM main.journal WHERE subject IN :subjects"
    f" UNION ALL SELECT seq FROM {SCHEMA}.{ACTS} WHERE rtrim(subject) IN :subjects)"
)
WIDTH = 32  # letters; no act and no code of a person is as long
OF_ACTION = f"seq IN (SELECT seq FROM {SCHEMA}.{ACTS} WHERE rtrim(action) = :action)"  # of these lines
Execute = Callable[[str, tuple[Any, ...]], Any]  # of a connection, which sees the case file
_KEEP = f"INSERT INTO {SCHEMA}.{ACTS} VALUES (?, ?, ?)"
_LAST = f"SELECT coalesce(max(seq), 0) FROM {SCHEMA}.{ACTS}"
_SEALED_AFTER = (
    "SELECT seq, details FROM main.journal WHERE seq > ? AND subject = '' AND action IN ("
    + ", ".join(f"'{one}'" for one in sorted({SEALED_ACT, *LOOKED_UP}))
    + ")"
)


def keep(connection: Connection, seq: int, act: tuple[str, str]) -> None:
    """The action and the code of a line that is written now, where the connection holds the key."""
    key = case_rows.key_of(connection)
    if key is not None:
        connection.exec_driver_sql(_KEEP, (seq, *map(_filled_up, act)))
        key.changes += 1


def is_behind(execute: Execute) -> bool:
    """Whether who does not hold the key wrote lines since."""
    return execute(f"{_SEALED_AFTER} LIMIT 1", _last(execute)).fetchone() is not None


def is_former(execute: Execute) -> bool:
    """Whether who holds the key wrote lines since: what is read is a case file of before, whatever version it says."""
    return execute(f"{_SEALED_AFTER} AND instr(details, '\"{CASE}\":') LIMIT 1", _last(execute)).fetchone() is not None


def catch_up(execute: Execute, key: CaseKey) -> None:
    """Take in the lines that were written since; one that opens no more is known as that, and not looked for again."""
    for seq, details in execute(_SEALED_AFTER, _last(execute)).fetchall():
        act = case_lines.act(key, seq, details) or (SEALED_ACT, "")
        execute(_KEEP, (seq, *map(_filled_up, act)))


def _last(execute: Execute) -> tuple[int]:
    return (execute(_LAST, ()).fetchone()[0],)


def _filled_up(word: str) -> str:
    """As long as any other, so that the file is as large whatever was done."""
    return word.ljust(WIDTH)
