"""What opens the sealed words about persons, for reading: no key is made here, and an erased person has none."""

from collections.abc import Iterable
from contextlib import suppress
from typing import Any, TypeVar

from sqlalchemy import Column, Connection, Table, func, select

from shelter_desk.domain.errors import Damaged
from shelter_desk.domain.ids import StayId
from shelter_desk.domain.residents.residents import Reason
from shelter_desk.storage import tables
from shelter_desk.storage.file import column_values
from shelter_desk.storage.file.sealing import Sealer


def of_stays(connection: Connection, protection: Sealer | None, stays: Iterable[StayId]) -> dict[StayId, Sealer]:
    """The sealer of the person of each stay; left out where the reader holds no key, or the person none that opens."""
    if protection is None:
        return {}
    of, profiles = tables.stays.c, tables.profiles.c
    wanted = (
        select(of.id, of.person_id, profiles.protection_seal)
        .select_from(tables.stays.join(tables.profiles, profiles.id == of.person_id))
        .where(of.id.in_(list(stays)), profiles.protection_seal.is_not(None))
    )
    found: dict[StayId, Sealer] = {}
    for row in connection.execute(wanted):
        with suppress(Damaged):  # the check of the file names whose it is
            found[StayId(row.id)] = protection.of_row("persons", row.person_id, row.protection_seal)
    return found


def opened(
    own: Sealer | None, table: str, column: str, key: int, sealed: bytes | None, why: Reason | None = None
) -> str:
    """The words, "" where there are none or nobody can open them here. why: as `Sealer.unseal`. Raises Damaged."""
    return own.unseal(table, column, key, sealed, why) if own is not None and sealed else ""


def opened_in_list(
    own: Sealer | None, table: str, column: str, key: int, sealed: bytes | None, why: Reason | None = None
) -> str:
    """The same for one of many: what somebody altered keeps nobody from the others, and the check names whose it is.

    Not for words that are written anew: what a backup still has would be gone unseen (`check_opens`).
    """
    with suppress(Damaged):
        return opened(own, table, column, key, sealed, why)
    return ""


def check_opens(connection: Connection, own: Sealer, table: Table, columns: Iterable[str], key: int) -> None:
    """Raises Damaged where something that is sealed in that row opens no more."""
    row = connection.execute(select(*(table.c[name] for name in columns)).where(table.c.id == key)).one()
    for name in columns:
        sealed = getattr(row, name)
        if sealed and not own.opens(table.name, name, key, sealed):
            raise column_values.damaged(table.name, name, key)


def unsealed(connection: Connection, own: Sealer, column: Column[Any], key: int, why: Reason | None = None) -> str:
    """The words in that column of a row, "" where there are none. own: what they were sealed with. Raises Damaged."""
    table = column.table
    sealed = connection.execute(select(column).where(table.c.id == key)).scalar_one()
    return own.unseal(table.name, column.name, key, sealed or b"", why)


def opened_at(
    connection: Connection, protection: Sealer, column: Column[Any], key: int, why: Reason | None = None
) -> str:
    """The words about a person in that column of a row; "" where there are none, or their key is gone.

    The table has `person_id` or `stay_id`. why: as `Sealer.unseal`.
    """
    of, stays, profiles = column.table.c, tables.stays.c, tables.profiles.c
    is_of_person = "person_id" in of
    found = column.table if is_of_person else column.table.join(tables.stays, of.stay_id == stays.id)
    person = of.person_id if is_of_person else stays.person_id
    found = found.outerjoin(tables.profiles, profiles.id == person)
    wanted = select(column.label("words"), person.label("person"), profiles.protection_seal).select_from(found)
    row = connection.execute(wanted.where(of.id == key)).one()
    if not row.words or row.protection_seal is None:
        return ""
    own = protection.of_row("persons", row.person, row.protection_seal)
    return own.unseal(column.table.name, column.name, key, row.words, why)


Key = TypeVar("Key", bound=int)


def filled(connection: Connection, column: Column[Any], keys: Iterable[Key]) -> set[Key]:
    """Which of these rows have something sealed in that column; none is opened."""
    asked = list(keys)
    of = column.table.c
    found = set(connection.execute(select(of.id).where(of.id.in_(asked), func.length(column) > 0)).scalars())
    return {key for key in asked if key in found}
