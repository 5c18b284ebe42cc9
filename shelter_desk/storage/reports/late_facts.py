"""Which closed months the rows of a transaction concern; what a row belongs to is read beside it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, select, text

from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports import late_facts
from shelter_desk.domain.reports.late_facts import Row
from shelter_desk.storage.file.trail import TrailRow
from shelter_desk.storage.tables import report_versions

_CLOSED: Select[Any] = (
    select(report_versions.c.first_day, report_versions.c.last_day)
    .where(report_versions.c.cancelled_at.is_(None))
    .distinct()
)
_OF_STAY = text("SELECT admitted_at AS stay_admitted_at, exited_at AS stay_exited_at FROM stays WHERE id = :key")
# by table the column that names what its rows belong to, and what of it is read beside them
_OWNERS = {
    **dict.fromkeys(("victim_statuses", "interviews", "exits", "best_interests"), ("stay_id", _OF_STAY)),
    "place_request_groups": (
        "request_id",
        text(
            "SELECT asked_on AS request_asked_on, decided_on AS request_decided_on FROM place_requests WHERE id = :key"
        ),
    ),
    "attendances": ("activity_id", text("SELECT held_on FROM activities WHERE id = :key")),
    "roll_call_lines": ("roll_call_id", text("SELECT night_of FROM roll_calls WHERE id = :key")),
}
_STAYS_OF = text(
    "SELECT admitted_at AS stay_admitted_at, exited_at AS stay_exited_at FROM stays WHERE person_id = :key"
)


def closed(connection: Connection) -> list[Period]:
    """The months that are closed, in order."""
    return sorted(
        (Period(*map(date.fromisoformat, row)) for row in connection.execute(_CLOSED)), key=lambda one: one.first
    )


def concerned(connection: Connection, written: Iterable[TrailRow]) -> tuple[Period, ...]:
    """The closed months of which these rows move something, in order. written: as the trail has them, all stored."""
    watched = [one for one in written if one.table in late_facts.COUNTED]
    months = closed(connection) if watched else []
    if not months:
        return ()
    found: set[Period] = set()
    for one in watched:
        for before, after in _sides(connection, one):
            found |= late_facts.concerned(one.table, before, after, months)
    return tuple(one for one in months if one in found)


def _sides(connection: Connection, one: TrailRow) -> Iterator[tuple[Row | None, Row | None]]:
    """The row before and after with what it belongs to; of a person once for each stay."""
    if one.table == "persons":
        if one.before is not None and one.after is not None:
            for stay in connection.execute(_STAYS_OF, {"key": one.id}).mappings():
                yield {**one.before, **stay}, {**one.after, **stay}
        return
    column, statement = _OWNERS.get(one.table, ("", None))
    if statement is None:
        yield one.before, one.after
        return
    row: Mapping[str, Any] = one.after or one.before or {}
    owner = dict(connection.execute(statement, {"key": row[column]}).mappings().first() or ())
    yield one.before and {**one.before, **owner}, one.after and {**one.after, **owner}
