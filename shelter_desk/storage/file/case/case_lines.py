"""What lines of the journal tell of rows of the case file: sealed in the line, for who holds the protection key.

Of a line that speaks of nothing else, so are its action and its code: “Status decided” says as much as the row. The
chain of hashes goes over a line as it lies there, so that everybody can follow it. A line of before version 0039 told
all this in the open, and its hash is of that: it is in what was sealed since.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any, NamedTuple

from sqlalchemy import Connection, text

from shelter_desk.domain.errors import Damaged
from shelter_desk.storage.file import former_rows
from shelter_desk.storage.file.case import case_inbox
from shelter_desk.storage.file.case.case_rows import BOX_OF, CaseKey, key_of
from shelter_desk.storage.tables import case_tables

CASE = "case"  # what is sealed, in the details of a line
BOXED = "case_box"  # the same where its writer may not read it
FORMER = "former"  # beside it: the hash is of the details as they were
JOURNAL = "journal"  # where it stands
SINCE = "0039"  # the version of the file from which on lines are sealed as they are written
SEALED_ACT = "case"  # the action that stands in the open where another one is sealed
# acts that say by their names alone that there is something to read
READINGS = frozenset(
    {
        "assessment_read", "belongings_read", "bia_read", "contact_read", "contact_risk_read", "document_read",
        "document_shown", "follow_up_read", "guardian_read", "handed_to_read", "incident_read", "interview_read",
        "legal_reference_read", "my_file", "note_read", "reason_read", "referral_sheet", "return_read",
        "summary_read", "tracing_read", "wishes_read",
    }
)  # fmt: skip
# readings that are told in the open without the code: it stands just before what was done with it
LOOKED_UP = frozenset({"name_read", "record_opened"})
_LINE = "line"  # in what is sealed of such a line: it as it was
_ACT = "act"  # in what is sealed of a line of the case file alone: its action and its code
_ROWS = "rows"
_BY_TABLE = ("new_rows", "gone_rows", "new_sums", "gone_ids")
# what somebody typed about a person, also where the line tells of no row of the case file
_WORDS = ("reason", "late_reason")
_OF_PERSONS = frozenset({"persons", "stays", "placements", "absences"})
_ERASURE = "erase"  # of persons and incidents; it tells of no row
# what a line of the case file alone still says in the open: which line it takes back, which closed months it concerns
_OPEN = frozenset({_ROWS, *_BY_TABLE, "of", "late_months"})
AT_ONCE = 1000  # lines between two words of progress
_KEEPER = "journal_keeps_update"
Details = Mapping[str, Any]


class Act(NamedTuple):
    """What a line tells besides who wrote it and when. details: as they are given, or as text where they lie."""

    action: str
    subject: str
    details: Any


def is_of_case_file(table: Any) -> bool:
    """Whether the rows of that table are sealed."""
    return any(one.name == table for one in case_tables())


def is_sealed(details: str) -> bool:
    """Whether a line tells of rows of the case file, as text."""
    return f'"{CASE}":' in details or f'"{BOXED}":' in details


def sealed(connection: Connection, seq: int, line: Act) -> Act:
    """The line of that number, as the journal keeps it."""
    key, box = key_of(connection), connection.info.get(BOX_OF)
    if key is None and line.action in LOOKED_UP:  # at the door, by who reads nothing else
        return line
    told, case = _split(line)
    if case and key is not None:
        return told._replace(details={**told.details, CASE: key.sealed_text(case, JOURNAL, seq)})
    if case and box is not None:
        return told._replace(details={**told.details, BOXED: case_inbox.line_text(box, case, seq)})
    return line


def is_former(details: str) -> bool:
    """Whether a line, as text, was sealed after it was written."""
    return f'"{FORMER}":' in details


def act(key: CaseKey, seq: int, details: str) -> tuple[str, str] | None:
    """The action and the code that a line seals; None where it opens no more."""
    known: Any = None
    with suppress(ValueError, RecursionError):
        known = json.loads(details)
    match _unsealed(key, seq, _dict(known)).get(_ACT):
        case [str() as action, str() as subject]:
            return action, subject
    return None


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
    facts = {name: told for name, told in case.items() if name not in (_ROWS, *_BY_TABLE, _ACT, _LINE)}
    return {**details, **joined, **facts} | ({_ROWS: rows} if rows else {})


def hashed(key: CaseKey | None, seq: int, line: Act) -> Act | None:
    """The line that the hash is of, with its details as text; None where this key does not tell it.

    A line of before version 0039 is proven by who reads the case file.
    """
    if not is_former(line.details):
        return line
    known: Any = None
    with suppress(ValueError, RecursionError):
        known = json.loads(line.details)
    if not isinstance(known, dict) or FORMER not in known:
        return line
    if key is None:
        return None
    # with the key alone: what is in the box anybody put there, under any line that they wrote anew
    sealed_here = _dict(_unsealed(key, seq, {CASE: known.get(CASE)}))
    found = _list(sealed_here.get(_LINE))
    return Act(*found) if len(found) == 3 and all(isinstance(one, str) for one in found) else line


def seal_former(connection: Connection, key: CaseKey, progress: Callable[[int, int], None] | None = None) -> None:
    """Seal what the lines of before version 0039 told of the case file. progress: lines looked at, and how many."""
    every = text("SELECT seq, action, subject, details FROM journal")
    changed = text("UPDATE journal SET action = :action, subject = :subject, details = :details WHERE seq = :seq")
    with _unkept(connection):
        lines = connection.execute(every).all()
        for done, (seq, action, subject, details) in enumerate(lines):
            if progress is not None and done % AT_ONCE == 0:
                progress(done, len(lines))
            with suppress(ValueError, TypeError, RecursionError):
                former_known = _dict(json.loads(details)) if details else {}
                known = former_rows.parted_line(former_known)
                told, case = _split(Act(action, subject, known))
                if case or known != former_known:
                    former = key.sealed_text(case | {_LINE: [action, subject, details]}, JOURNAL, seq)
                    made = as_text({**told.details, CASE: former, FORMER: True})
                    connection.execute(changed, {"seq": seq, **told._asdict(), "details": made})


def as_text(details: Details) -> str:
    """As a line keeps them."""
    return json.dumps(details, ensure_ascii=False, separators=(",", ":")) if details else ""


def _split(line: Act) -> tuple[Act, dict[str, Any]]:
    """What stands in the open, and what is sealed: rows with their places among the others."""
    told, case = {**_dict(line.details)}, dict[str, Any]()
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
    is_alone = bool(case) and not any(told.get(name) for name in (_ROWS, *_BY_TABLE))
    if is_alone or line.action in READINGS or line.action in LOOKED_UP:
        case[_ACT] = [line.action, line.subject]
        line = line._replace(action=line.action if line.action in LOOKED_UP else SEALED_ACT, subject="")
    is_of_person = (
        bool(case) or line.action == _ERASURE or any(str(_dict(row).get("table")) in _OF_PERSONS for row in rows)
    )
    apart = [name for name in told if (is_of_person and name in _WORDS) or (_ACT in case and name not in _OPEN)]
    case |= {name: told.pop(name) for name in apart}
    return line._replace(details={name: some for name, some in told.items() if some or name != _ROWS}), case


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
