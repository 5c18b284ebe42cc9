"""The register of incidents in the file; what is told of each lies in the box of the shelter."""

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select

from shelter_desk.domain.casefile.incidents import Incident, IncidentContent
from shelter_desk.domain.ids import IncidentId, ReferralId, RoomId, UserId
from shelter_desk.storage import tables
from shelter_desk.storage.file.column_values import day_or_none, joined, moment, moment_or_none, parts, to_text
from shelter_desk.storage.file.sealing import Box, OpenBox, Sealer, new_key
from shelter_desk.storage.numbering import last_number

TABLE = "incidents"
SEALED = ("persons_involved", "staff_involved", "facts", "immediate_action", "follow_up")


def incident_of(row: Any) -> Incident:
    """The fact in a row of `incidents`, without what is sealed."""
    return Incident(
        IncidentId(row.id),
        row.incident_no,
        moment(row.occurred_at),
        moment(row.reported_at),
        row.incident_type,
        row.severity,
        None if row.reported_by is None else UserId(row.reported_by),
        None if row.room_id is None else RoomId(row.room_id),
        row.channel,
        parts(row.notified),
        moment_or_none(row.notified_at),
        None if row.referral_id is None else ReferralId(row.referral_id),
        day_or_none(row.answered_on),
        day_or_none(row.closed_on),
        None if row.closed_by is None else UserId(row.closed_by),
        row.lesson,
        row.gbv_type,
    )


def incident_row(incident: Incident) -> dict[str, Any]:
    """An incident as it is stored, without its id and what is sealed."""
    return {
        "incident_no": incident.incident_no,
        "occurred_at": to_text(incident.occurred_at),
        "reported_at": to_text(incident.reported_at),
        "reported_by": incident.reported_by,
        "incident_type": incident.incident_type,
        "severity": incident.severity,
        "room_id": incident.room,
        "channel": incident.channel,
        "notified": joined(incident.notified),
        "notified_at": to_text(incident.notified_at),
        "referral_id": incident.referral,
        "answered_on": _day(incident.answered_on),
        "closed_on": _day(incident.closed_on),
        "closed_by": incident.closed_by,
        "lesson": incident.lesson,
        "gbv_type": incident.gbv_type,
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def new_seal(box: Box, key: IncidentId) -> tuple[Sealer, bytes]:
    """What seals the words of a new incident, and its key as it is stored: in the box, told in no journal line."""
    own = new_key()
    return Sealer(own), box.seal(TABLE, "seal", key, own.hex())


def opener(connection: Connection, box: OpenBox, key: IncidentId) -> Sealer | OpenBox:
    """What opens the words of an incident: its own key, the box itself where it was written before version 0007."""
    seal = connection.execute(select(tables.incidents.c.seal).where(tables.incidents.c.id == key)).scalar_one()
    return Sealer(bytes.fromhex(box.unseal(TABLE, "seal", key, seal))) if seal else box


def sealed_row(box: Box | Sealer, key: IncidentId, content: IncidentContent) -> dict[str, bytes | None]:
    """What is told of an incident, as it is stored: each part sealed, those that are empty left out."""
    facts = {"facts": content.facts, "breach": content.breach_kind, "classes": list(content.data_classes)}
    told = {
        "persons_involved": json.dumps(content.persons) if content.persons else "",
        "staff_involved": json.dumps([content.is_staff_involved, content.staff]) if content.is_staff_involved else "",
        "facts": json.dumps(facts, ensure_ascii=False) if any(facts.values()) else "",
        "immediate_action": content.immediate_action,
        "follow_up": content.follow_up,
    }
    return {column: box.seal(TABLE, column, key, value) or None for column, value in told.items()}


def content(connection: Connection, box: OpenBox | Sealer, key: IncidentId) -> IncidentContent:
    """What is told of an incident, opened."""
    columns = [tables.incidents.c[column] for column in SEALED]
    row = connection.execute(select(*columns).where(tables.incidents.c.id == key)).one()._mapping
    told = {column: box.unseal(TABLE, column, key, row[column] or b"") for column in SEALED}
    facts = json.loads(told["facts"] or "{}")
    involved, staff = json.loads(told["staff_involved"] or "[false, []]")
    return IncidentContent(
        facts.get("facts", ""),
        told["immediate_action"],
        tuple((code, role) for code, role in json.loads(told["persons_involved"] or "[]")),
        involved,
        tuple(UserId(one) for one in staff),
        facts.get("breach", ""),
        tuple(facts.get("classes", ())),
        told["follow_up"],
    )


def incident(connection: Connection, key: IncidentId) -> Incident:
    """One incident."""
    return incident_of(connection.execute(select(tables.incidents).where(tables.incidents.c.id == key)).one())


def listed(connection: Connection, reported_by: UserId | None = None) -> list[Incident]:
    """The register, latest first. reported_by: only what this person reported."""
    of = tables.incidents.c
    wanted = select(tables.incidents).order_by(of.occurred_at.desc(), of.id.desc())
    if reported_by is not None:
        wanted = wanted.where(of.reported_by == reported_by)
    return list(map(incident_of, connection.execute(wanted)))


def referral_numbers(connection: Connection) -> dict[ReferralId, str]:
    """The numbers of the referrals that incidents led to."""
    of, by = tables.referrals.c, tables.incidents.c
    wanted = select(of.id, of.referral_no).where(of.id.in_(select(by.referral_id).where(by.referral_id.is_not(None))))
    return {ReferralId(row.id): row.referral_no for row in connection.execute(wanted)}


def up_to(connection: Connection, last: date) -> tuple[Incident, ...]:
    """What happened up to that day, in order of time, for the figures of a period."""
    of = tables.incidents.c
    wanted = select(tables.incidents).where(func.substr(of.occurred_at, 1, 10) <= last.isoformat())
    return tuple(map(incident_of, connection.execute(wanted.order_by(of.occurred_at, of.id))))


def next_no(connection: Connection, year: int) -> str:
    """The next free number of an incident, `I-2026-0001`."""
    return f"I-{year}-{last_number(connection, tables.incidents.c.incident_no, f'I-{year}-') + 1:04}"


def has_content(connection: Connection, keys: Iterable[IncidentId]) -> set[IncidentId]:
    """Of which of these anything is told, none of which is opened."""
    of = tables.incidents.c
    wanted = select(of.id).where(of.id.in_(list(keys)), func.length(of.facts) > 0)
    return {IncidentId(key) for key in connection.execute(wanted).scalars()}
