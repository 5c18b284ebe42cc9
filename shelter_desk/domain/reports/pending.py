"""Corrections of a closed month that wait for a version of their own: who wrote what of it afterwards, and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from shelter_desk.domain.reports.closing import Correction
from shelter_desk.domain.reports.figures import RowsKind

# the tables of rows that are no stays
_TABLES: Mapping[RowsKind, str] = {"incident": "incidents", "activity": "activities", "request": "place_requests"}


@dataclass(frozen=True, slots=True)
class LateFact:
    """An act that wrote something of a closed month after its closing.

    code: of whom or what; reason: as it was said; stays: the ids of those it is about; rows: table and id of each row.
    """

    at: datetime
    who: str
    code: str
    reason: str
    stays: frozenset[int]
    rows: frozenset[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class PendingCorrection:
    """A figure that moved, and the late facts behind it; none where a setting, a bed, a thing or the store moved it."""

    correction: Correction
    late: tuple[LateFact, ...]


def behind(correction: Correction, facts: Iterable[LateFact]) -> tuple[LateFact, ...]:
    """Those that are about a row that moved; all of them where the figure has no rows, since it is made of others."""
    rows, kind = frozenset(correction.rows), correction.rows_kind
    if not rows:
        return tuple(facts)
    if kind == "stay":
        return tuple(one for one in facts if one.stays & rows)
    table = _TABLES.get(kind, "")
    return tuple(one for one in facts if any((table, row) in one.rows for row in rows))
