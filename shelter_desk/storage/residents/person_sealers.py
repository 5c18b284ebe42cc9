"""What opens the sealed words about persons, for reading: no key is made here, and an erased person has none."""

from collections.abc import Iterable

from sqlalchemy import Connection, select

from shelter_desk.domain.ids import StayId
from shelter_desk.domain.residents.residents import Reason
from shelter_desk.storage import tables
from shelter_desk.storage.file.sealing import Sealer


def of_stays(connection: Connection, protection: Sealer | None, stays: Iterable[StayId]) -> dict[StayId, Sealer]:
    """The sealer of the person of each stay; left out where the reader holds no key or the person has none."""
    if protection is None:
        return {}
    of = tables.stays.c
    wanted = (
        select(of.id, of.person_id, tables.persons.c.protection_seal)
        .select_from(tables.stays.join(tables.persons))
        .where(of.id.in_(list(stays)), tables.persons.c.protection_seal.is_not(None))
    )
    return {
        StayId(row.id): protection.of_row("persons", row.person_id, row.protection_seal)
        for row in connection.execute(wanted)
    }


def opened(
    own: Sealer | None, table: str, column: str, key: int, sealed: bytes | None, why: Reason | None = None
) -> str:
    """The words, "" where there are none or nobody can open them here. why: as `Sealer.unseal`."""
    return own.unseal(table, column, key, sealed, why) if own is not None and sealed else ""
