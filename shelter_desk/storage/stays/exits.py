"""What exits leave behind in the file: how they were decided, deposits, follow-ups."""

from collections.abc import Iterable

from sqlalchemy import Connection, select

from shelter_desk.domain.ids import BelongingsId, ExitId, FollowUpId, StayId
from shelter_desk.domain.residents.residents import Reason
from shelter_desk.domain.stays.exits import Belongings, Exit, FollowUp
from shelter_desk.storage import tables
from shelter_desk.storage.file.mapper import Mapper
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.numbering import Numbering
from shelter_desk.storage.residents.person_sealers import unsealed
from shelter_desk.storage.stays.stays import by_stay

EXITS = Mapper(tables.exits, Exit, decided_by="exit_decided_by")
FOLLOW_UPS = Mapper(tables.follow_ups, FollowUp)
BELONGINGS = Mapper(tables.belongings, Belongings)
RECEIPT_NUMBERS = Numbering(tables.belongings.c.receipt_no, "D")


# Reading --------------------------------------------------------------------------------------------------------------


def exits(connection: Connection, stays: Iterable[StayId]) -> dict[StayId, Exit]:
    """What is said of the exits of these stays; those of which nothing is are left out."""
    return {one.stay: one for one in EXITS.where(connection, tables.exits.c.stay_id.in_(list(stays)))}


def follow_ups(connection: Connection, stays: Iterable[StayId]) -> dict[StayId, tuple[FollowUp, ...]]:
    """The follow-ups of these stays in order of their days."""
    return by_stay(connection, FOLLOW_UPS, "due_on", stays)


def belongings(connection: Connection, stays: Iterable[StayId]) -> dict[StayId, tuple[Belongings, ...]]:
    """The deposits of these stays in order of their days."""
    return by_stay(connection, BELONGINGS, "deposited_on", stays)


# Sealed ---------------------------------------------------------------------------------------------------------------


def handed_to(connection: Connection, own: Sealer, exit_id: ExitId, why: Reason) -> str:
    """The adult who received a child. own: the key of the names of the child."""
    return unsealed(connection, own, tables.exits.c.handed_to, exit_id, why)


def is_handed(connection: Connection, stays: Iterable[StayId]) -> set[StayId]:
    """The stays at whose exit the name of a receiving adult was written, none of which is opened."""
    of = tables.exits.c
    found = connection.execute(select(of.stay_id, of.handed_to).where(of.stay_id.in_(list(stays))))
    return {StayId(row.stay_id) for row in found if row.handed_to}


def description(connection: Connection, own: Sealer, belongings_id: BelongingsId) -> str:
    """The list of what was deposited. own: the key of the narratives of the person."""
    return unsealed(connection, own, tables.belongings.c.description, belongings_id)


def follow_up_note(connection: Connection, own: Sealer, follow_up_id: FollowUpId) -> str:
    """What was found at a follow-up. own: the key of the narratives of the person."""
    return unsealed(connection, own, tables.follow_ups.c.note, follow_up_id)
