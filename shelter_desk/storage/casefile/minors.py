"""Guardians, assessments of best interests, searches for families and notifications of minors in the file."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import Connection, Table, select

from shelter_desk.domain.casefile.minors import (
    BestInterests,
    BestInterestsWords,
    Guardian,
    Notification,
    Option,
    Relative,
    Tracing,
    TracingStep,
    in_order,
)
from shelter_desk.domain.ids import BestInterestsId, GuardianId, PersonId, StayId, TracingId
from shelter_desk.storage import tables
from shelter_desk.storage.file.mapper import Mapper
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.numbering import Numbering
from shelter_desk.storage.residents.person_sealers import opened_in_list

SAID = ("child_view", "family_view", "safety", "care_now", "health_education", "recommendation")
GUARDIANS = Mapper(tables.guardians, Guardian, status="guardian_status", kind="guardian_kind")
BEST_INTERESTS = Mapper(tables.best_interests, BestInterests, trigger="bia_trigger", status="bia_status")
TRACINGS = Mapper(tables.tracings, Tracing, status="tracing_status")
NOTIFICATIONS = Mapper(tables.notifications, Notification)
BIA_NUMBERS = Numbering(tables.best_interests.c.bia_no, "EIS")
TRACING_NUMBERS = Numbering(tables.tracings.c.tracing_no, "RRF")


# Reading --------------------------------------------------------------------------------------------------------------


def guardians(connection: Connection, person: PersonId) -> list[Guardian]:
    """How the guardianship of a person stood, the state that holds last first."""
    return in_order(GUARDIANS.where(connection, tables.guardians.c.person_id == person))[::-1]


def assessments(connection: Connection, stays: Iterable[StayId]) -> list[BestInterests]:
    """The assessments of these stays, latest first."""
    of = tables.best_interests.c
    return BEST_INTERESTS.where(connection, of.stay_id.in_(list(stays)), order=(of.assessed_on.desc(), of.id.desc()))


def tracings(connection: Connection, stays: Iterable[StayId]) -> list[Tracing]:
    """The searches of these stays, latest first."""
    of = tables.tracings.c
    return TRACINGS.where(connection, of.stay_id.in_(list(stays)), order=(of.id.desc(),))


def steps_of(connection: Connection, tracing_ids: Iterable[TracingId]) -> dict[TracingId, list[date]]:
    """The days of the steps of these searches, none of which is opened, in order."""
    of = tables.tracing_steps.c
    wanted = select(of.tracing_id, of.done_on).where(of.tracing_id.in_(list(tracing_ids)))
    found: dict[TracingId, list[date]] = {}
    for row in connection.execute(wanted.order_by(of.done_on, of.id)):
        found.setdefault(TracingId(row.tracing_id), []).append(date.fromisoformat(row.done_on))
    return found


def notifications(connection: Connection, stays: Iterable[StayId]) -> list[Notification]:
    """Who was told of these stays, latest first."""
    of = tables.notifications.c
    return NOTIFICATIONS.where(connection, of.stay_id.in_(list(stays)), order=(of.notified_on.desc(), of.id.desc()))


def papers(connection: Connection, persons: Iterable[PersonId], on: date) -> dict[PersonId, set[str]]:
    """The kinds of papers kept of each of these persons that have not run out by that day; nothing is opened."""
    of = tables.documents.c
    wanted = select(of.person_id, of.document_kind, of.expires_on).where(of.person_id.in_(list(persons)))
    found: dict[PersonId, set[str]] = {}
    for row in connection.execute(wanted):
        if row.expires_on is None or row.expires_on >= on.isoformat():
            found.setdefault(PersonId(row.person_id), set()).add(row.document_kind)
    return found


def _row(connection: Connection, table: Table, key: int) -> Any:
    return connection.execute(select(table).where(table.c.id == key)).one()


# Sealed ---------------------------------------------------------------------------------------------------------------


def sealed_guardian(own: Sealer, key: GuardianId, name: str, contact: str) -> dict[str, Any]:
    """Name and contact of a guardian as they are stored. own: the key of the names of the child."""
    return {
        "guardian_name": own.seal("guardians", "guardian_name", key, name),
        "contact": own.seal("guardians", "contact", key, contact),
    }


def guardian_named(connection: Connection, own: Sealer, key: GuardianId) -> tuple[str, str]:
    """Name and contact of a guardian."""
    row = _row(connection, tables.guardians, key)
    return (
        own.unseal("guardians", "guardian_name", key, row.guardian_name or b""),
        own.unseal("guardians", "contact", key, row.contact or b""),
    )


def sealed_words(own: Sealer, key: BestInterestsId, said: BestInterestsWords) -> dict[str, Any]:
    """What was said in an assessment as it is stored. own: the key of the narratives of the child."""
    sealed = {column: own.seal("best_interests", column, key, getattr(said, column)) for column in SAID}
    options = json.dumps([asdict(one) for one in said.options], ensure_ascii=False) if said.options else ""
    return {**sealed, "options": own.seal("best_interests", "options", key, options)}


def opened_words(connection: Connection, own: Sealer, key: BestInterestsId) -> BestInterestsWords:
    """What was said in an assessment."""
    row = _row(connection, tables.best_interests, key)
    said = {column: own.unseal("best_interests", column, key, getattr(row, column) or b"") for column in SAID}
    options = own.unseal("best_interests", "options", key, row.options or b"")
    return BestInterestsWords(**said, options=tuple(Option(**one) for one in json.loads(options or "[]")))


def sealed_relatives(own: Sealer, key: TracingId, relatives: Iterable[Relative]) -> dict[str, Any]:
    """The relatives looked for as they are stored. own: the key of the names of the child."""
    told = [asdict(one) for one in relatives]
    return {"relatives": own.seal("tracings", "relatives", key, json.dumps(told, ensure_ascii=False) if told else "")}


def opened_relatives(connection: Connection, own: Sealer, key: TracingId) -> tuple[Relative, ...]:
    """The relatives looked for."""
    sealed = _row(connection, tables.tracings, key).relatives or b""
    return tuple(Relative(**one) for one in json.loads(own.unseal("tracings", "relatives", key, sealed) or "[]"))


def opened_steps(connection: Connection, own: Sealer, tracing_id: TracingId) -> tuple[TracingStep, ...]:
    """The steps of a search, in order of time. own: the key of the narratives of the child."""
    of = tables.tracing_steps.c
    wanted = select(tables.tracing_steps).where(of.tracing_id == tracing_id).order_by(of.done_on, of.id)
    return tuple(
        TracingStep(date.fromisoformat(row.done_on), opened_in_list(own, "tracing_steps", "step", row.id, row.step))
        for row in connection.execute(wanted)
    )
