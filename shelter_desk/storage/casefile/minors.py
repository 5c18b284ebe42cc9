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
    in_order,
)
from shelter_desk.domain.casefile.tracing import Relative, Tracing, TracingStep
from shelter_desk.domain.ids import (
    BestInterestsId,
    GuardianId,
    NotificationId,
    PersonId,
    StayId,
    TracingId,
    UserId,
)
from shelter_desk.storage import tables
from shelter_desk.storage.file.column_values import day_or_none, joined, moment_or_none, parts, to_text
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.numbering import last_number

SAID = ("child_view", "family_view", "safety", "care_now", "health_education", "recommendation")


def guardian_of(row: Any) -> Guardian:
    """The fact in a row of `guardians`, without name and contact."""
    return Guardian(
        GuardianId(row.id),
        PersonId(row.person_id),
        row.guardian_status,
        day_or_none(row.requested_on),
        row.authority,
        row.guardian_kind,
        row.decision_ref,
        day_or_none(row.started_on),
        day_or_none(row.ended_on),
        moment_or_none(row.recorded_at),
    )


def guardian_row(guardian: Guardian) -> dict[str, Any]:
    """A guardianship as it is stored, without its id, name and contact."""
    return {
        "person_id": guardian.person,
        "guardian_status": guardian.status,
        "requested_on": _day(guardian.requested_on),
        "authority": guardian.authority,
        "guardian_kind": guardian.kind,
        "decision_ref": guardian.decision_ref,
        "started_on": _day(guardian.started_on),
        "ended_on": _day(guardian.ended_on),
        "recorded_at": to_text(guardian.recorded_at),
    }


def assessment_of(row: Any) -> BestInterests:
    """The fact in a row of `best_interests`, without what was said."""
    return BestInterests(
        BestInterestsId(row.id),
        row.bia_no,
        StayId(row.stay_id),
        row.bia_trigger,
        "complete" if row.form == "complete" else "courte",
        date.fromisoformat(row.assessed_on),
        row.bia_status,
        None if row.assessor_id is None else UserId(row.assessor_id),
        bool(row.assessor_trained),
        parts(row.recommended_exits),
        None if row.validated_by is None else UserId(row.validated_by),
        day_or_none(row.validated_on),
        day_or_none(row.next_review),
        bool(row.needs_bid),
        day_or_none(row.bid_requested_on),
        day_or_none(row.bid_decided_on),
        row.bid_ref,
        moment_or_none(row.recorded_at),
    )


def assessment_row(bia: BestInterests) -> dict[str, Any]:
    """An assessment as it is stored, without its id and what was said."""
    return {
        "bia_no": bia.bia_no,
        "stay_id": bia.stay,
        "bia_trigger": bia.trigger,
        "form": bia.form,
        "assessed_on": bia.assessed_on.isoformat(),
        "assessor_id": bia.assessor,
        "assessor_trained": bia.assessor_trained,
        "recommended_exits": joined(bia.recommended_exits),
        "validated_by": bia.validated_by,
        "validated_on": _day(bia.validated_on),
        "next_review": _day(bia.next_review),
        "needs_bid": bia.needs_bid,
        "bia_status": bia.status,
        "bid_requested_on": _day(bia.bid_requested_on),
        "bid_decided_on": _day(bia.bid_decided_on),
        "bid_ref": bia.bid_ref,
        "recorded_at": to_text(bia.recorded_at),
    }


def tracing_of(row: Any) -> Tracing:
    """The fact in a row of `tracings`, without relatives and steps."""
    return Tracing(
        TracingId(row.id),
        row.tracing_no,
        StayId(row.stay_id),
        row.tracing_status,
        bool(row.child_consents),
        day_or_none(row.requested_on),
        day_or_none(row.separation_on),
        row.separation_place,
        parts(row.separation_causes),
        row.care_arrangement,
        row.partner,
        day_or_none(row.located_on),
        day_or_none(row.verified_on),
        day_or_none(row.reunified_on),
        moment_or_none(row.recorded_at),
    )


def tracing_row(tracing: Tracing) -> dict[str, Any]:
    """A search as it is stored, without its id and relatives."""
    return {
        "tracing_no": tracing.tracing_no,
        "stay_id": tracing.stay,
        "child_consents": tracing.child_consents,
        "requested_on": _day(tracing.requested_on),
        "separation_on": _day(tracing.separation_on),
        "separation_place": tracing.separation_place,
        "separation_causes": joined(tracing.separation_causes),
        "care_arrangement": tracing.care_arrangement,
        "partner": tracing.partner,
        "tracing_status": tracing.status,
        "located_on": _day(tracing.located_on),
        "verified_on": _day(tracing.verified_on),
        "reunified_on": _day(tracing.reunified_on),
        "recorded_at": to_text(tracing.recorded_at),
    }


def notification_of(row: Any) -> Notification:
    """The fact in a row of `notifications`."""
    return Notification(
        NotificationId(row.id),
        StayId(row.stay_id),
        date.fromisoformat(row.notified_on),
        row.service,
        row.reference,
        moment_or_none(row.recorded_at),
    )


def notification_row(notification: Notification) -> dict[str, Any]:
    """A notification as it is stored, without its id."""
    return {
        "stay_id": notification.stay,
        "notified_on": notification.notified_on.isoformat(),
        "service": notification.service,
        "reference": notification.reference,
        "recorded_at": to_text(notification.recorded_at),
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


# Reading --------------------------------------------------------------------------------------------------------------


def guardians(connection: Connection, person: PersonId) -> list[Guardian]:
    """How the guardianship of a person stood, the state that holds last first."""
    wanted = select(tables.guardians).where(tables.guardians.c.person_id == person)
    return in_order(map(guardian_of, connection.execute(wanted)))[::-1]


def guardian(connection: Connection, guardian_id: GuardianId) -> Guardian:
    """One state of a guardianship."""
    return guardian_of(_row(connection, tables.guardians, guardian_id))


def assessments(connection: Connection, stays: Iterable[StayId]) -> list[BestInterests]:
    """The assessments of these stays, latest first."""
    of = tables.best_interests.c
    wanted = select(tables.best_interests).where(of.stay_id.in_(list(stays)))
    return list(map(assessment_of, connection.execute(wanted.order_by(of.assessed_on.desc(), of.id.desc()))))


def assessment(connection: Connection, bia_id: BestInterestsId) -> BestInterests:
    """One assessment."""
    return assessment_of(_row(connection, tables.best_interests, bia_id))


def tracings(connection: Connection, stays: Iterable[StayId]) -> list[Tracing]:
    """The searches of these stays, latest first."""
    of = tables.tracings.c
    wanted = select(tables.tracings).where(of.stay_id.in_(list(stays))).order_by(of.id.desc())
    return list(map(tracing_of, connection.execute(wanted)))


def tracing(connection: Connection, tracing_id: TracingId) -> Tracing:
    """One search."""
    return tracing_of(_row(connection, tables.tracings, tracing_id))


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
    wanted = select(tables.notifications).where(of.stay_id.in_(list(stays)))
    return list(map(notification_of, connection.execute(wanted.order_by(of.notified_on.desc(), of.id.desc()))))


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
        TracingStep(date.fromisoformat(row.done_on), own.unseal("tracing_steps", "step", row.id, row.step or b""))
        for row in connection.execute(wanted)
    )


# Numbers --------------------------------------------------------------------------------------------------------------


def next_bia_no(connection: Connection, year: int) -> str:
    """The next free number of an assessment, `EIS-2026-0001`."""
    return f"EIS-{year}-{last_number(connection, tables.best_interests.c.bia_no, f'EIS-{year}-') + 1:04}"


def next_tracing_no(connection: Connection, year: int) -> str:
    """The next free number of a search, `RRF-2026-0001`."""
    return f"RRF-{year}-{last_number(connection, tables.tracings.c.tracing_no, f'RRF-{year}-') + 1:04}"
