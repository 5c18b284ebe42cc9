"""The steps of the legal file of a person."""

from collections.abc import Iterable

from sqlalchemy import Connection

from shelter_desk.domain.casefile.legal import LegalStep
from shelter_desk.domain.ids import AppointmentId, LegalStepId, StayId
from shelter_desk.storage import tables
from shelter_desk.storage.file.mapper import Mapper
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.numbering import Numbering
from shelter_desk.storage.residents.person_sealers import filled

TABLE, REFERENCE = "legal_steps", "reference"
_of = tables.legal_steps.c
LEGAL_STEPS = Mapper(tables.legal_steps, LegalStep, kind="legal_step", measure="protection_measure")
NUMBERS = Numbering(_of.legal_no, "JUR")


def of_stays(connection: Connection, stays: Iterable[StayId]) -> list[LegalStep]:
    """The steps of these stays in order of their days, hearings to come last."""
    return LEGAL_STEPS.where(
        connection, _of.stay_id.in_(list(stays)), order=(_of.done_on.is_(None), _of.done_on, _of.id)
    )


def hearing_of(connection: Connection, appointment: AppointmentId) -> LegalStepId | None:
    """The hearing that an appointment is, None where it is something else."""
    found = LEGAL_STEPS.where(connection, _of.appointment_id == appointment)
    return found[0].id if found else None


def opened(connection: Connection, own: Sealer, key: LegalStepId) -> str:
    """The sealed reference of a step, "" where there is none. own: the key of the narratives."""
    row = connection.execute(tables.legal_steps.select().where(_of.id == key)).one()
    return own.unseal(TABLE, REFERENCE, key, row.reference or b"")


def has_reference(connection: Connection, keys: Iterable[LegalStepId]) -> frozenset[LegalStepId]:
    """Which of these have a reference, none of which is opened."""
    return frozenset(filled(connection, _of.reference, list(keys)))
