"""Incidents that are not as they were reported and followed: what is sealed is compared with what the journal told.

Whoever has the key of the file can put other sealed words in the place of those of somebody else.
"""

from sqlalchemy import Connection, select, text

from shelter_desk.storage import tables
from shelter_desk.storage.casefile.incidents import SEALED, TABLE
from shelter_desk.storage.file import journal
from shelter_desk.storage.file.column_values import sealed_text

_TOLD = (*SEALED, "reported_by")


def altered(connection: Connection) -> tuple[str, ...]:
    """The numbers of the incidents that somebody wrote into, or put in; those at their term are left out.

    One that no line tells of was put in, unless a line counted new rows (the shelter for training).
    """
    told, found = journal.told_rows(connection, TABLE), []
    may_be_counted = _is_counted(connection)
    of = tables.incidents.c
    wanted = select(of.id, of.incident_no, *(of[one] for one in _TOLD)).where(of.erased_at.is_(None))
    for row in connection.execute(wanted.order_by(of.incident_no)).mappings():
        if row["id"] not in told:
            is_as_told = may_be_counted
        else:
            is_as_told = all(_plain(row[one]) == (told[row["id"]].get(one) or None) for one in _TOLD)
        if not is_as_told:
            found.append(str(row["incident_no"]))
    return tuple(found)


def _plain(value: object) -> object:
    return sealed_text(value) if isinstance(value, bytes) else value or None


def _is_counted(connection: Connection) -> bool:
    wanted = text("SELECT * FROM journal WHERE instr(details, '\"new_rows\":') > 0")
    told = (journal.JournalLine(*row).known.get("new_rows") for row in connection.execute(wanted))
    return any(isinstance(one, dict) and TABLE in one for one in told)
