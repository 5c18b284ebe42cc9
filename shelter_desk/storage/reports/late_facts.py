"""Which closed months the rows of a transaction concern; what a row belongs to is read beside it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, select, text

from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports import late_facts
from shelter_desk.domain.reports.late_facts import Row
from shelter_desk.storage.file.trail import TrailRow
from shelter_desk.storage.tables import report_versions

MOVES = "stock_moves"
_LEDGER = ("item_id", "moved_on", "move_type", "change", "lot_no", "expiry_on", "donor", "grant_id")
_CLOSED: Select[Any] = (
    select(report_versions.c.first_day, report_versions.c.last_day)
    .where(report_versions.c.cancelled_at.is_(None))
    .distinct()
)
_OF_STAY = text(
    "SELECT admitted_at AS stay_admitted_at, exited_at AS stay_exited_at, uncounted AS stay_uncounted FROM stays "
    "WHERE id = :key"
)
# by table the column that names what its rows belong to, and what of it is read beside them
_OWNERS = {
    **dict.fromkeys(("situations", "victim_statuses", "interviews", "exits", "best_interests"), ("stay_id", _OF_STAY)),
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
    "SELECT id AS stay_of, admitted_at AS stay_admitted_at, exited_at AS stay_exited_at FROM stays "
    "WHERE person_id = :key"
)


def closed(connection: Connection) -> list[Period]:
    """The months that are closed, in order."""
    return sorted(
        (Period(*map(date.fromisoformat, row)) for row in connection.execute(_CLOSED)), key=lambda one: one.first
    )


@dataclass(frozen=True, slots=True)
class Concerned:
    """The closed months of which rows move something, in order, and the stays they are about.

    moved_on: days in closed months on which movements really happened that rows date later, each once, in order; those
    move nothing there. late: the months of all of that.
    """

    months: tuple[Period, ...] = ()
    stays: tuple[int, ...] = ()
    moved_on: tuple[date, ...] = ()
    late: tuple[Period, ...] = ()


def concerned(connection: Connection, written: Iterable[TrailRow]) -> Concerned:
    """What these rows move something of. written: as the trail has them, all stored."""
    written = list(written)
    watched = [one for one in written if one.table in late_facts.COUNTED]
    real_days = sorted(set(_real_days(written)))
    months = closed(connection) if watched or real_days else []
    if not months:
        return Concerned()
    found, stays = set[Period](), set[int]()
    for one in watched:
        for before, after in _sides(connection, one):
            moved = late_facts.concerned(one.table, before, after, months)
            found |= moved
            stays |= set(_stays(one, before or after or {})) if moved else set()
    moved_on = tuple(day for day in real_days if any(day in one for one in months))
    late = tuple(one for one in months if one in found or any(day in one for day in moved_on))
    return Concerned(tuple(one for one in months if one in found), tuple(sorted(stays)), moved_on, late)


def _real_days(written: Iterable[TrailRow]) -> Iterator[date]:
    """Of the movements that these rows add."""
    for one in written:
        if one.table == MOVES and one.before is None and one.after is not None and one.after.get("actual_on"):
            yield date.fromisoformat(one.after["actual_on"])


def _stays(one: TrailRow, row: Row) -> Iterator[int]:
    """The stay that a row is about, where it is about one."""
    key = one.id if one.table == "stays" else row.get("stay_of") or row.get("stay_id")
    if key is not None:
        yield int(key)


def of_stock(connection: Connection, written: Iterable[TrailRow]) -> Period | None:
    """The first closed month whose ledger these rows change: by a movement more, one less, or another one."""
    sides = [(one.before or {}, one.after or {}) for one in written if one.table == MOVES]
    moved = [
        date.fromisoformat(row["moved_on"])
        for before, after in sides
        if any(before.get(column) != after.get(column) for column in _LEDGER)
        for row in (before, after)
        if row
    ]
    months = closed(connection) if moved else []
    return next((one for one in months if any(day in one for day in moved)), None)


def _sides(connection: Connection, one: TrailRow) -> Iterator[tuple[Row | None, Row | None]]:
    """The row before and after with what it belongs to; of a person, or the profile, once for each stay."""
    if one.table in ("persons", "profiles"):
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
