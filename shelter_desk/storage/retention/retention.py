"""What is due to go, what suspends that, and its erasure from the file itself."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, select, text

from shelter_desk.domain.casefile.incidents import SEALED_TYPES
from shelter_desk.domain.errors import Trouble
from shelter_desk.domain.ids import IncidentId, PersonId, StayId
from shelter_desk.domain.retention.retention import (
    Hold,
    HoldId,
    RetainedCase,
    RetainedItem,
    RetentionKind,
    ToldIncident,
)
from shelter_desk.domain.stays.stays import Stay
from shelter_desk.storage import tables
from shelter_desk.storage.file import journal
from shelter_desk.storage.file.column_values import moment_or_none
from shelter_desk.storage.file.database import Database
from shelter_desk.storage.file.journal import JournalLine
from shelter_desk.storage.file.mapper import Mapper, grouped
from shelter_desk.storage.residents import residents
from shelter_desk.storage.residents.residents import NAMED
from shelter_desk.storage.retention import erasing
from shelter_desk.storage.stays import stays

_AT_ONCE = 500
# a name, or the key of former ones that the journal still holds
_NAMED = f"({NAMED} OR p.seal IS NOT NULL)"
_CONSENTING = "p.id IN (SELECT person_id FROM consents)"
# everybody who left before that day and of whom anything can still go
_LEFT = (
    f"SELECT p.id FROM persons p {residents.JOIN_PROFILE} WHERE ({_NAMED} OR w.protection_seal IS NOT NULL "
    f"OR p.reduced_at IS NULL OR {_CONSENTING}) AND p.merged_into IS NULL "
    "AND p.id NOT IN (SELECT person_id FROM stays WHERE exited_at IS NULL OR exited_at >= :after)"
)
_PERSONS = text(
    f"SELECT p.id, p.person_code, {', '.join(f'p.{name}' for name in residents.BIRTHS.columns)}, p.erased_at, "
    "p.reduced_at, w.protection_seal IS NOT NULL AS has_key, "
    f"{_NAMED} AS has_identity, {_CONSENTING} AS has_consents FROM persons p {residents.JOIN_PROFILE} "
    "WHERE p.id IN :ids ORDER BY p.person_code"
).bindparams(bindparam("ids", expanding=True))
_STAYS = stays.STAYS.rows.where(tables.stays.c.person_id.in_(bindparam("ids", expanding=True)))
_CLOSED = text(
    "SELECT x.stay_id, x.case_closed_on FROM exits x JOIN stays s ON s.id = x.stay_id "
    "WHERE s.person_id IN :ids AND x.case_closed_on IS NOT NULL"
).bindparams(bindparam("ids", expanding=True))
HOLDS = Mapper(tables.holds, Hold, without=("code",))
_HOLDS = "SELECT h.*, p.person_code FROM holds h JOIN persons p ON p.id = h.person_id"


def left_before(connection: Connection, after: date) -> list[PersonId]:
    """Everybody who left before that day, or never had a stay, and of whom anything can still go."""
    return [PersonId(row.id) for row in connection.execute(text(_LEFT), {"after": after.isoformat()})]


def erased_at(connection: Connection, person: PersonId) -> datetime | None:
    """When the identity of that person was erased."""
    of = tables.persons.c
    return moment_or_none(connection.execute(select(of.erased_at).where(of.id == person)).scalar_one())


def cases(connection: Connection, ids: Collection[PersonId]) -> Iterator[RetainedCase]:
    """What decides about each of these persons, some hundreds read at a time and in order of their codes among those;
    no name is read.
    """
    held = grouped(holds(connection), lambda one: one.person)
    worded = set(connection.execute(erasing.has_open_words()).scalars())
    for some in _parts(ids):
        stayed = grouped(stays.STAYS.every(connection, _STAYS, {"ids": some}), lambda one: one.person)
        closed = {
            StayId(row.stay_id): date.fromisoformat(row.case_closed_on)
            for row in connection.execute(_CLOSED, {"ids": some})
        }
        for row in connection.execute(_PERSONS, {"ids": some}):
            yield _case(row, stayed.get(row.id, ()), held.get(row.id, ()), closed, row.id in worded)


def _case(
    row: Any, stayed: tuple[Stay, ...], held: tuple[Hold, ...], closed: Mapping[StayId, date], has_open_words: bool
) -> RetainedCase:
    counted = [stay for stay in stayed if not stay.is_void] or list(stayed)
    last = max(counted, key=lambda stay: (stay.admitted_at, stay.id), default=None)
    return RetainedCase(
        PersonId(row.id),
        row.person_code,
        residents.BIRTHS.read(row),
        stayed,
        bool(row.has_identity),
        moment_or_none(row.erased_at),
        held,
        None if last is None else closed.get(last.id),
        bool(row.has_key) or has_open_words,
        bool(row.has_consents),
        moment_or_none(row.reduced_at),
    )


def told_incidents(connection: Connection, keys: Collection[IncidentId] | None = None) -> list[ToldIncident]:
    """The closed incidents of which anything is told still: all, or these."""
    of = tables.incidents.c
    wanted = select(of.id, of.incident_no, of.incident_type, of.closed_on)
    wanted = wanted.where(of.closed_on.is_not(None), of.erased_at.is_(None))
    if keys is not None:
        wanted = wanted.where(of.id.in_(list(keys)))
    return [
        ToldIncident(
            IncidentId(row.id), row.incident_no, row.incident_type in SEALED_TYPES, date.fromisoformat(row.closed_on)
        )
        for row in connection.execute(wanted.order_by(of.closed_on, of.id))
    ]


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
    return HOLDS.read(row, code=row.person_code)


def erase(connection: Connection, items: Iterable[RetainedItem], at: datetime) -> int:
    """Take out what each of these stands for.

    Returns how many persons had no key of their own, so that lines of the journal from before version 0004 still hold
    their names.
    """
    chosen: dict[RetentionKind, list[int]] = defaultdict(list)
    for item in items:
        chosen[item.kind].append(item.key)
    without_key = 0
    for kind, keys in chosen.items():
        for some in _parts([PersonId(key) for key in keys]):
            if kind is RetentionKind.IDENTITY:
                without_key += erasing.identities(connection, some, at)
            elif kind is RetentionKind.NARRATIVES:
                erasing.narratives(connection, some)
            elif kind is RetentionKind.CONSENTS:
                erasing.consents(connection, some)
            elif kind is RetentionKind.RECORD:
                erasing.reduce(connection, some, at)
            else:
                erasing.incidents(connection, [IncidentId(key) for key in some], at)
    return without_key


def settle(database: Database) -> bool:
    """Bring what was written into the file and empty its log, where former pages lie; False while it is being read."""
    try:
        with database._outside_transactions() as raw:
            busy: int = raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    except Trouble:
        return False
    return not busy


def lines(connection: Connection, action: str) -> list[JournalLine]:
    """The lines of the journal that tell of erasures, or of backups wherever they went, in order."""
    return journal.last_lines_of(connection, [action], journal.ALL)[::-1]
