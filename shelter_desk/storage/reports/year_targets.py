"""Targets of each year."""

from sqlalchemy import Connection, select

from shelter_desk.domain.reports.compared import YearTarget
from shelter_desk.storage import tables
from shelter_desk.storage.file.mapper import Mapper

TABLE = "year_targets"
TARGETS = Mapper(tables.year_targets, YearTarget, value="target")


def targets(connection: Connection, year: int) -> tuple[YearTarget, ...]:
    """Those of a year, in the order in which they were first typed."""
    of = tables.year_targets.c
    return tuple(TARGETS.where(connection, of.year == year, order=(of.id,)))


def rows(connection: Connection, year: int) -> dict[str, int]:
    """The id of the row of each figure."""
    of = tables.year_targets.c
    return {row.figure: row.id for row in connection.execute(select(of.figure, of.id).where(of.year == year))}


def years(connection: Connection) -> frozenset[int]:
    """Those that have targets."""
    return frozenset(connection.execute(select(tables.year_targets.c.year).distinct()).scalars())
