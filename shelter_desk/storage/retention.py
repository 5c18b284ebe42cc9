"""Identities due to go, what suspends that, and their erasure from the file itself."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, select, text

from shelter_desk.domain.errors import Trouble
from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.retention import Case, Hold, HoldId
from shelter_desk.domain.stays import Stay
from shelter_desk.storage import residents, stays, tables
from shelter_desk.storage.database import Database
from shelter_desk.storage.journal import Line
from shelter_desk.storage.residents import NAME_COLUMNS
from shelter_desk.storage.rows import moment, moment_or_none, to_text

_AT_ONCE = 500
_JOINED = " || ".join(f"ifnull(p.{column}, x'')" for column in NAME_COLUMNS)
# a name, or the key of former ones that the journal still holds
_NAMED = f"(length({_JOINED}) > 0 OR p.seal IS NOT NULL)"
# everybody whose names are stored and who is not here
_LEFT = (
    f"SELECT p.id FROM persons p WHERE {_NAMED} AND p.id NOT IN (SELECT person_id FROM stays WHERE exited_at IS NULL)"
)
_PERSONS = text(
    "SELECT p.id, p.person_code, p.sex, p.birth_date, p.birth_date_precision, p.age_estimated, p.age_estimated_on, "
    "p.nationality, p.other_nationalities, p.region_origin, p.languages, p.marital_status, p.education_level, "
    "p.erased_at, "
    f"{_NAMED} AS has_identity FROM persons p WHERE p.id IN :ids ORDER BY p.person_code"
).bindparams(bindparam("ids", expanding=True))
_STAYS = select(tables.stays).where(tables.stays.c.person_id.in_(bindparam("ids", expanding=True)))
_HOLDS = "SELECT h.*, p.person_code FROM holds h JOIN persons p ON p.id = h.person_id"


def left_with_a_name(connection: Connection) -> list[PersonId]:
    """Everybody who has left, or never had a stay, and whose names are stored."""
    return [PersonId(row.id) for row in connection.execute(text(_LEFT))]


def cases(connection: Connection, ids: Collection[PersonId]) -> list[Case]:
    """What decides about each of these persons, in order of their codes; no name is read."""
    held = defaultdict(list)
    for one in holds(connection):
        held[one.person].append(one)
    found = []
    for some in _parts(ids):
        stayed: dict[int, list[Stay]] = defaultdict(list)
        for stay in map(stays.stay_of, connection.execute(_STAYS, {"ids": some})):
            stayed[stay.person].append(stay)
        for row in connection.execute(_PERSONS, {"ids": some}):
            found.append(_case(row, stayed[row.id], held[row.id]))
    return found


def _case(row: Any, stayed: list[Stay], held: list[Hold]) -> Case:
    person = residents.person_of(row)
    erased = moment_or_none(row.erased_at)
    return Case(person.id, person.code, person.birth, tuple(stayed), bool(row.has_identity), erased, tuple(held))


def _parts(ids: Collection[PersonId]) -> Iterable[list[PersonId]]:
    """So many at a time as one statement takes."""
    every = list(ids)
    return (every[first : first + _AT_ONCE] for first in range(0, len(every), _AT_ONCE))


def holds(connection: Connection) -> list[Hold]:
    """The holds that run, the oldest first."""
    return list(map(_hold, connection.execute(text(f"{_HOLDS} WHERE h.lifted_at IS NULL ORDER BY h.held_at, h.id"))))


def hold(connection: Connection, hold_id: HoldId) -> Hold:
    """One hold, lifted or not."""
    return _hold(connection.execute(text(f"{_HOLDS} WHERE h.id = :id"), {"id": hold_id}).one())


def _hold(row: Any) -> Hold:
    lifted = moment_or_none(row.lifted_at)
    return Hold(HoldId(row.id), PersonId(row.person_id), row.person_code, row.reason, moment(row.held_at), lifted)


def hold_row(person: PersonId, reason: str, held_at: datetime) -> dict[str, Any]:
    """A hold as it is stored, without its id."""
    return {"person_id": person, "reason": reason, "held_at": to_text(held_at), "lifted_at": None}


def erase(connection: Connection, ids: Collection[PersonId], at: datetime) -> int:
    """Take the names of these persons and the key they were sealed with out of their rows.

    Not through the trail: what goes is not written anywhere once more and cannot be put back. Returns how many had no
    key of their own, so that lines of the journal from before version 0004 still hold their names.
    """
    gone = {**residents.erased(), "erased_at": to_text(at)}
    without_key = 0
    for some in _parts(ids):
        chosen = tables.persons.c.id.in_(some)
        keyless = select(tables.persons.c.id).where(chosen, tables.persons.c.seal.is_(None))
        without_key += len(connection.execute(keyless).all())
        connection.execute(tables.persons.update().where(chosen).values(**gone))
    return without_key


def forget_drafts(connection: Connection, codes: Collection[str], saved_until: date) -> None:
    """Take out the drafts that may hold these names: forms about these codes, and all those saved by that day.

    Whoever was admitted by then may be named in a form that was never saved; its author alone could open it.
    """
    drafts = tables.drafts.c
    connection.execute(tables.drafts.delete().where(func.substr(drafts.saved_at, 1, 10) <= saved_until.isoformat()))
    about = [row.id for row in connection.execute(select(drafts.id, drafts.form)) if row.form.split("/")[-1] in codes]
    connection.execute(tables.drafts.delete().where(drafts.id.in_(about)))


def settle(database: Database) -> bool:
    """Bring what was written into the file and empty its log, where former pages lie; False while it is being read."""
    try:
        with database._outside_transactions() as raw:
            busy: int = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except Trouble:
        return False
    return not busy


def erasures(connection: Connection) -> list[Line]:
    """The lines of the journal that tell of erasures, in order."""
    return _lines(connection, "erase")


def backed_up(connection: Connection) -> list[Line]:
    """The lines of the journal that tell of backups, wherever they went, in order."""
    return _lines(connection, "backed_up")


def _lines(connection: Connection, action: str) -> list[Line]:
    found = connection.execute(text("SELECT * FROM journal WHERE action = :action ORDER BY seq"), {"action": action})
    return [Line(*row) for row in found]
