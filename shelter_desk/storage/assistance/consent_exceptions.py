"""What was done for a person without their consent, and why."""

from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from shelter_desk.domain.consent.consents import WithoutConsent
from shelter_desk.domain.ids import PersonId, UserId
from shelter_desk.storage import tables
from shelter_desk.storage.file.column_values import to_text
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.file.trail import Trail
from shelter_desk.storage.residents.person_sealers import opened

TABLE = "consent_exceptions"


def add(trail: Trail, person: PersonId, one: WithoutConsent, own: Sealer, recorded_at: Any) -> None:
    """Store it, its reason sealed."""
    row = {
        "person_id": person,
        "consent_purpose": one.purpose,
        "exception_code": one.exception,
        "done_on": one.done_on.isoformat(),
        "by_id": one.by,
        "about": one.about,
        "recorded_at": to_text(recorded_at),
    }
    key = trail.add(TABLE, row)
    trail.change(TABLE, key, {"reason": own.seal(TABLE, "reason", key, one.reason)})


def of(connection: Connection, person: PersonId, own: Sealer | None = None) -> list[WithoutConsent]:
    """What was done so, latest first. own: opens the reasons; without it they stay empty."""
    of_ = tables.consent_exceptions.c
    wanted = (
        select(tables.consent_exceptions).where(of_.person_id == person).order_by(of_.done_on.desc(), of_.id.desc())
    )
    return [
        WithoutConsent(
            row.consent_purpose,
            row.exception_code,
            date.fromisoformat(row.done_on),
            None if row.by_id is None else UserId(row.by_id),
            row.about,
            opened(own, TABLE, "reason", row.id, row.reason),
        )
        for row in connection.execute(wanted)
    ]
