"""Who must not meet whom, in the file."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, or_, select

from shelter_desk.domain.casefile.incidents import ContactRisk
from shelter_desk.domain.ids import ContactRiskId, PersonId
from shelter_desk.storage import tables
from shelter_desk.storage.file.column_values import day_or_none
from shelter_desk.storage.file.sealing import Sealer


def risk_of(row: Any) -> ContactRisk:
    """The fact in a row of `contact_risks`, without why."""
    return ContactRisk(
        ContactRiskId(row.id),
        PersonId(row.person_id),
        row.risk_kind,
        date.fromisoformat(row.noted_on),
        None if row.other_id is None else PersonId(row.other_id),
        day_or_none(row.ended_on),
    )


def risk_row(risk: ContactRisk) -> dict[str, Any]:
    """A risk as it is stored, without its id and why."""
    return {
        "person_id": risk.person,
        "other_id": risk.other,
        "risk_kind": risk.kind,
        "noted_on": risk.noted_on.isoformat(),
        "ended_on": None if risk.ended_on is None else risk.ended_on.isoformat(),
    }


def risk(connection: Connection, key: ContactRiskId) -> ContactRisk:
    """One risk."""
    return risk_of(connection.execute(select(tables.contact_risks).where(tables.contact_risks.c.id == key)).one())


def holding(connection: Connection, night: date) -> tuple[ContactRisk, ...]:
    """Those that hold on that night."""
    of = tables.contact_risks.c
    day = night.isoformat()
    wanted = select(tables.contact_risks).where(of.noted_on <= day, or_(of.ended_on.is_(None), of.ended_on > day))
    return tuple(map(risk_of, connection.execute(wanted.order_by(of.id))))


def of_person(connection: Connection, person: PersonId) -> list[ContactRisk]:
    """Those that name this person, on either side, latest first, ended ones too."""
    of = tables.contact_risks.c
    wanted = select(tables.contact_risks).where(or_(of.person_id == person, of.other_id == person))
    return list(map(risk_of, connection.execute(wanted.order_by(of.noted_on.desc(), of.id.desc()))))


def noted(connection: Connection, keys: Iterable[ContactRiskId]) -> set[ContactRiskId]:
    """Which of these say why, none of which is opened."""
    of = tables.contact_risks.c
    wanted = select(of.id).where(of.id.in_(list(keys)), func.length(of.note) > 0)
    return {ContactRiskId(key) for key in connection.execute(wanted).scalars()}


def note(connection: Connection, protection: Sealer, key: ContactRiskId) -> str:
    """Why; "" where nothing was written, or its key is gone with the identity."""
    joined = tables.contact_risks.join(tables.persons, tables.contact_risks.c.person_id == tables.persons.c.id)
    wanted = select(tables.contact_risks.c.note, tables.persons.c.id, tables.persons.c.protection_seal)
    row = connection.execute(wanted.select_from(joined).where(tables.contact_risks.c.id == key)).one()
    if not row.note or row.protection_seal is None:
        return ""
    own = protection.of_row("persons", row.id, row.protection_seal)
    return own.unseal("contact_risks", "note", key, row.note)
