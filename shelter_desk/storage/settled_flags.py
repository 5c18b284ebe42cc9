"""Red flags that somebody settled: accepted for good, or hidden until a day."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from shelter_desk.domain.ids import UserId
from shelter_desk.storage import tables
from shelter_desk.storage.rows import day_or_none, moment, to_text


@dataclass(frozen=True, slots=True)
class Settled:
    """One row. subject: whom or what the flag speaks of, as the engine names it. until: the first day on which it is
    shown again, None where it was accepted for good. by: None where nobody is known."""

    id: int
    rule: str
    subject: str
    settled_at: datetime
    reason: str
    by: UserId | None = None
    until: date | None = None

    def hides(self, today: date) -> bool:
        """True while the flag is not shown."""
        return self.until is None or today < self.until


def row(settled: Settled) -> dict[str, Any]:
    """As it is stored, without its id."""
    return {
        "rule": settled.rule,
        "subject": settled.subject,
        "settled_at": to_text(settled.settled_at),
        "settled_by": settled.by,
        "until": None if settled.until is None else settled.until.isoformat(),
        "reason": settled.reason,
    }


def of(found: Any) -> Settled:
    """The fact in a row."""
    return Settled(
        found.id,
        found.rule,
        found.subject,
        moment(found.settled_at),
        found.reason,
        None if found.settled_by is None else UserId(found.settled_by),
        day_or_none(found.until),
    )


def hiding(connection: Connection, today: date) -> list[Settled]:
    """Those that hide a flag on that day, latest first."""
    of_ = tables.settled_flags.c
    wanted = select(tables.settled_flags).where(of_.until.is_(None) | (of_.until > today.isoformat()))
    return list(map(of, connection.execute(wanted.order_by(of_.settled_at.desc(), of_.id.desc()))))


def one(connection: Connection, key: int) -> Settled | None:
    """One row, None where it was taken back since."""
    found = connection.execute(select(tables.settled_flags).where(tables.settled_flags.c.id == key)).first()
    return None if found is None else of(found)
