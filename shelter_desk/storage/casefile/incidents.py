"""The register of incidents in the file; what is told of each lies in the box of the shelter."""

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select

from shelter_desk.domain.casefile.incidents import Incident, IncidentContent
from shelter_desk.domain.errors import Damaged
from shelter_desk.domain.ids import IncidentId, ReferralId, UserId
from shelter_desk.storage import tables
from shelter_desk.storage.file import column_values
from shelter_desk.storage.file.mapper import Mapper
from shelter_desk.storage.file.sealing import Box, OpenBox, Sealer, new_key
from shelter_desk.storage.numbering import Numbering
from shelter_desk.storage.residents.person_sealers import filled

TABLE = "incidents"
SEALED = ("persons_involved", "staff_involved", "facts", "immediate_action", "follow_up")
INCIDENTS = Mapper(tables.incidents, Incident)
NUMBERS = Numbering(tables.incidents.c.incident_no, "I")


def new_seal(box: Box, key: IncidentId) -> tuple[Sealer, bytes]:
    """What seals the words of a new incident, and its key as it is stored: in the box, told in no journal line."""
    own = new_key()
    return Sealer(own), box.seal(TABLE, "seal", key, own.hex())


@dataclass(frozen=True, slots=True)
class IncidentKeys:
    """What opens the words of an incident.

    reported: of who reports, who chose that key and may keep it. followed: of those who read, for what they write.
    """

    reported: Sealer | OpenBox
    followed: Sealer | OpenBox


def opener(connection: Connection, box: OpenBox, key: IncidentId) -> IncidentKeys:
    """The keys of an incident: the box itself where it was written before version 0007. Raises Damaged."""
    seal = connection.execute(select(tables.incidents.c.seal).where(tables.incidents.c.id == key)).scalar_one()
    if seal is None:
        return IncidentKeys(box, box)
    try:
        own = bytes.fromhex(box.unseal(TABLE, "seal", key, seal))
        return IncidentKeys(Sealer(own), box.joined(own))
    except ValueError as error:  # anybody can put in what is no key
        raise column_values.damaged(TABLE, "seal", key) from error


def sealed_row(box: Box | Sealer, key: IncidentId, content: IncidentContent) -> dict[str, bytes | None]:
    """What is told of an incident, as it is stored: each part sealed, those that are empty left out.

    What followed is sealed here in the box alone; beside a key of its own by `sealed_follow_up`.
    """
    facts = {"facts": content.facts, "breach": content.breach_kind, "classes": list(content.data_classes)}
    told = {
        "persons_involved": json.dumps(content.persons) if content.persons else "",
        "staff_involved": json.dumps([content.is_staff_involved, content.staff]) if content.is_staff_involved else "",
        "facts": json.dumps(facts, ensure_ascii=False) if any(facts.values()) else "",
        "immediate_action": content.immediate_action,
        "follow_up": content.follow_up,
    }
    return {column: box.seal(TABLE, column, key, value) or None for column, value in told.items()}


def sealed_follow_up(keys: IncidentKeys, key: IncidentId, told: str) -> bytes | None:
    """What followed, as it is stored: whoever reported the incident cannot open it."""
    return keys.followed.seal(TABLE, "follow_up", key, told) or None


def _follow_up(keys: IncidentKeys, key: IncidentId, sealed: bytes) -> str:
    with suppress(Damaged):
        return keys.followed.unseal(TABLE, "follow_up", key, sealed)
    return keys.reported.unseal(TABLE, "follow_up", key, sealed)  # of a program before 0.2


def content(connection: Connection, keys: IncidentKeys, key: IncidentId) -> IncidentContent:
    """What is told of an incident, opened. Raises Damaged."""
    columns = [tables.incidents.c[column] for column in SEALED]
    row = connection.execute(select(*columns).where(tables.incidents.c.id == key)).one()._mapping
    told = {column: keys.reported.unseal(TABLE, column, key, row[column] or b"") for column in SEALED[:-1]}
    told["follow_up"] = _follow_up(keys, key, row["follow_up"] or b"")
    try:
        return _content(told)
    except (ValueError, TypeError, AttributeError) as error:  # anybody can put in what was never written
        raise column_values.damaged(TABLE, "facts", key) from error


def unreadable(connection: Connection, box: OpenBox) -> set[str]:
    """The numbers of the incidents whose words or key were altered or taken away."""
    of, found = tables.incidents.c, set()
    for key, number in connection.execute(select(of.id, of.incident_no).where(of.erased_at.is_(None))).all():
        try:
            content(connection, opener(connection, box, IncidentId(key)), IncidentId(key))
        except Damaged:
            found.add(number)
    return found


def _content(told: Mapping[str, str]) -> IncidentContent:
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


def listed(connection: Connection, reported_by: UserId | None = None) -> list[Incident]:
    """The register, latest first. reported_by: only what this person reported."""
    of = tables.incidents.c
    wanted = INCIDENTS.rows.order_by(of.occurred_at.desc(), of.id.desc())
    if reported_by is not None:
        wanted = wanted.where(of.reported_by == reported_by)
    return INCIDENTS.every(connection, wanted)


def referral_numbers(connection: Connection) -> dict[ReferralId, str]:
    """The numbers of the referrals that incidents led to."""
    of, by = tables.referrals.c, tables.incidents.c
    wanted = select(of.id, of.referral_no).where(of.id.in_(select(by.referral_id).where(by.referral_id.is_not(None))))
    return {ReferralId(row.id): row.referral_no for row in connection.execute(wanted)}


def up_to(connection: Connection, last: date) -> tuple[Incident, ...]:
    """What happened up to that day, in order of time, for the figures of a period."""
    of = tables.incidents.c
    wanted = INCIDENTS.rows.where(func.substr(of.occurred_at, 1, 10) <= last.isoformat())
    return tuple(INCIDENTS.every(connection, wanted.order_by(of.occurred_at, of.id)))


def has_content(connection: Connection, keys: Iterable[IncidentId]) -> set[IncidentId]:
    """Of which of these anything is told, none of which is opened."""
    return filled(connection, tables.incidents.c.facts, keys)
