"""Tasks of the store and the equipment that somebody set aside until a day; those of the case files are settled
flags.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from shelter_desk.domain.ids import UserId
from shelter_desk.storage import tables
from shelter_desk.storage.file.mapper import Mapper

TABLE = tables.postponed_tasks.name


@dataclass(frozen=True, slots=True)
class PostponedTask:
    """One row. subject: the thing it is about, as the task names it. until: the first day on which it is shown again.
    by: None where nobody is known.
    """

    id: int
    matter: str
    subject: str
    postponed_at: datetime
    until: date
    reason: str
    by: UserId | None = None


POSTPONED = Mapper(tables.postponed_tasks, PostponedTask, by="postponed_by")


def hiding(connection: Connection, today: date) -> list[PostponedTask]:
    """Those that hide something on that day, latest first."""
    of = tables.postponed_tasks.c
    latest = of.postponed_at.desc(), of.id.desc()
    return POSTPONED.where(connection, of.until > today.isoformat(), order=latest)


def hidden(connection: Connection, today: date) -> frozenset[tuple[str, str]]:
    """Matter and subject of what is not shown on that day."""
    return frozenset((one.matter, one.subject) for one in hiding(connection, today))
