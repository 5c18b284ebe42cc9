"""Who must not meet whom, in the file."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, Text, bindparam, or_

from shelter_desk.domain.casefile.incidents import ContactRisk
from shelter_desk.domain.ids import ContactRiskId, PersonId
from shelter_desk.storage import tables
from shelter_desk.storage.file.mapper import Mapper
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.residents.person_sealers import filled, opened_at

CONTACT_RISKS = Mapper(tables.contact_risks, ContactRisk, kind="risk_kind")


def holding(connection: Connection, night: date) -> tuple[ContactRisk, ...]:
    """Those that hold on that night."""
    of, day = tables.contact_risks.c, bindparam("day", type_=Text())
    which = of.noted_on <= day, or_(of.ended_on.is_(None), of.ended_on > day)
    return tuple(CONTACT_RISKS.where(connection, *which, order=[of.id], bounds={"day": night.isoformat()}))


def of_person(connection: Connection, person: PersonId) -> list[ContactRisk]:
    """Those that name this person, on either side, latest first, ended ones too."""
    of = tables.contact_risks.c
    wanted = CONTACT_RISKS.rows.where(or_(of.person_id == person, of.other_id == person))
    return CONTACT_RISKS.every(connection, wanted.order_by(of.noted_on.desc(), of.id.desc()))


def noted(connection: Connection, keys: Iterable[ContactRiskId]) -> set[ContactRiskId]:
    """Which of these say why, none of which is opened."""
    return filled(connection, tables.contact_risks.c.note, keys)


def note(connection: Connection, protection: Sealer, key: ContactRiskId) -> str:
    """Why; "" where nothing was written, or its key is gone with the identity."""
    return opened_at(connection, protection, tables.contact_risks.c.note, key)
