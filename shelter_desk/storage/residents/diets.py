"""What residents must not or cannot eat."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import Connection, select

from shelter_desk.domain.ids import StayId
from shelter_desk.storage import tables

TABLE = "diets"


def of_stays(connection: Connection, stays: Iterable[StayId]) -> dict[StayId, tuple[str, ...]]:
    """The codes of each stay in the order in which they were noted; those without one, or erased, are left out."""
    return {stay: tuple(known) for stay, known in rows(connection, stays).items()}


def rows(connection: Connection, stays: Iterable[StayId]) -> dict[StayId, dict[str, int]]:
    """The same with the id of each row."""
    of = tables.diets.c
    found: dict[StayId, dict[str, int]] = defaultdict(dict)
    wanted = select(tables.diets).where(of.stay_id.in_(list(stays)), of.diet != "").order_by(of.id)
    for row in connection.execute(wanted):
        found[StayId(row.stay_id)][row.diet] = int(row.id)
    return dict(found)
