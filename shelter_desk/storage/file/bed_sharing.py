"""A child that shares the bed of its adult holds it once the adult is gone, until it has a place of its own.

The nights of such a child stay `partage`, which the triggers of the file do not look at; what is written by its id is
looked at here instead. The family of the adult is no stranger, be it that of an earlier day of the child's stay, nor is
who had the bed when the child began to share it, save by a stay that was cancelled and comes back: the child may have
come with another adult meanwhile.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, text

from shelter_desk.domain.errors import OverlapRefused
from shelter_desk.domain.stays.stays import VOID

# of `p`, the place of the child's stay `c`: whether a person or family may have the bed beside it, by another stay than
# the one that comes back (`:back`)
_FAMILY = (
    "coalesce(c.head_stay_id, c.id) = coalesce({family}, 0) "
    "OR EXISTS (SELECT 1 FROM situations n WHERE n.id = c.id "
    "AND instr(n.former_families, '/' || coalesce({family}, 0) || '/') > 0) OR c.person_id = coalesce({person}, 0) "
    "OR EXISTS (SELECT 1 FROM stays h WHERE h.id = c.head_stay_id AND h.person_id = coalesce({person}, 0))"
)
_HAD_IT = (
    "SELECT 1 FROM placements w JOIN stays a ON a.id = w.stay_id WHERE w.bed_id = p.bed_id "
    "AND w.place = 'lit' AND a.person_id = coalesce({person}, 0) AND a.id <> coalesce(:back, 0) "
    "AND substr(w.started_at, 1, 10) <= substr(p.started_at, 1, 10) "
    "AND (w.ended_at IS NULL OR substr(w.ended_at, 1, 10) > substr(p.started_at, 1, 10))"
)
NO_STRANGER = f"({_FAMILY} OR EXISTS ({_HAD_IT}))"
# the same once the stay of the child was cancelled: who was given the bed meanwhile is a stranger
NONE_WHEN_BACK = f"({_FAMILY} OR EXISTS ({_HAD_IT} AND (c.uncounted <> '{VOID}' OR w.id < p.id)))"
_BESIDE_A_STRANGER = text(
    "SELECT 1 FROM placements p JOIN stays c ON c.id = p.stay_id "
    "JOIN placements l ON l.bed_id = p.bed_id AND l.place = 'lit' JOIN stays s ON s.id = l.stay_id "
    "WHERE p.place = 'partage' AND :key IN (p.id, l.id) "
    f"AND c.uncounted <> '{VOID}' AND s.uncounted <> '{VOID}' "
    "AND (l.ended_at IS NULL OR substr(p.started_at, 1, 10) < substr(l.ended_at, 1, 10)) "
    "AND (p.ended_at IS NULL OR substr(l.started_at, 1, 10) < substr(p.ended_at, 1, 10)) "
    f"AND NOT {NO_STRANGER.format(family='coalesce(s.head_stay_id, s.id)', person='s.person_id')} LIMIT 1"
)
_OF_STAY = text("SELECT id FROM placements WHERE stay_id = :stay")


def check(connection: Connection, table: str, key: int, old: Mapping[str, Any] | None, new: Mapping[str, Any]) -> None:
    """Look at a row that was just written. Raises OverlapRefused where a child and a stranger would share a bed.

    A place that only ends earlier is not looked at, so that what an older version allowed can be put right.
    """
    if table == "placements" and not (old is not None and _only_ends_earlier(old, new)):
        _refuse(connection, [key])
    elif table == "stays" and old is not None and old["uncounted"] == VOID != new["uncounted"]:
        _refuse(connection, [row.id for row in connection.execute(_OF_STAY, {"stay": key})], back=key)


def _only_ends_earlier(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    same = all(old[column] == new[column] for column in ("stay_id", "place", "bed_id", "started_at"))
    return same and new["ended_at"] is not None and (old["ended_at"] is None or new["ended_at"] <= old["ended_at"])


def _refuse(connection: Connection, keys: list[int], back: int | None = None) -> None:
    if any(connection.execute(_BESIDE_A_STRANGER, {"key": key, "back": back}).first() is not None for key in keys):
        raise OverlapRefused("bed_taken")
