"""Specific needs of stays in the file."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection, select, text

from shelter_desk.domain.ids import NeedId, StayId
from shelter_desk.domain.stays.specific_needs import Need
from shelter_desk.storage import tables
from shelter_desk.storage.file.column_values import day_or_none

TABLE = "specific_needs"
_HOLDING = text(
    "SELECT stay_id, specific_need FROM specific_needs WHERE stay_id IN (SELECT value FROM json_each(:keys)) "
    "AND found_on <= :day AND (ended_on IS NULL OR ended_on > :day) ORDER BY found_on, id"
)


def need_of(row: Any) -> Need:
    """The fact in a row."""
    found = date.fromisoformat(row.found_on)
    return Need(NeedId(row.id), StayId(row.stay_id), row.specific_need, found, day_or_none(row.ended_on))


def need_row(need: Need) -> dict[str, Any]:
    """A need as it is stored, without its id."""
    return {
        "stay_id": need.stay,
        "specific_need": need.specific_need,
        "found_on": need.found_on.isoformat(),
        "ended_on": None if need.ended_on is None else need.ended_on.isoformat(),
    }


def of_stays(connection: Connection, stays: Iterable[StayId]) -> dict[StayId, tuple[Need, ...]]:
    """The needs of these stays, those that ended too, in the order in which they were found."""
    of = tables.specific_needs.c
    wanted = select(tables.specific_needs).where(of.stay_id.in_(list(stays))).order_by(of.found_on, of.id)
    found: dict[StayId, list[Need]] = defaultdict(list)
    for need in map(need_of, connection.execute(wanted)):
        found[need.stay].append(need)
    return {stay: tuple(needs) for stay, needs in found.items()}


def holding(connection: Connection, keys: str, day: date) -> dict[StayId, tuple[str, ...]]:
    """The needs that hold on that day, by stay. keys: the stays, as JSON."""
    found: dict[StayId, list[str]] = defaultdict(list)
    for row in connection.execute(_HOLDING, {"keys": keys, "day": day.isoformat()}):
        found[StayId(row.stay_id)].append(row.specific_need)
    return {stay: tuple(needs) for stay, needs in found.items()}
