"""The figures of requests for a place as somebody would write them by hand, in SQL."""

import sqlite3
from collections.abc import Iterator

from tests.benchmarks.month_tables import Bounds, Line

_ASKED = (
    "CREATE TEMP TABLE asked AS SELECT r.*, g.sex, g.age_group, g.persons FROM place_requests r "
    "JOIN place_request_groups g ON g.request_id = r.id WHERE r.request_outcome <> 'saisie_erreur'"
)
_FLOWS = {
    "waiting_start": "asked_on < :first AND ifnull(decided_on >= :first, 1)",
    "asked": "asked_on BETWEEN :first AND :last",
    "admitted": "request_outcome = 'admise' AND decided_on BETWEEN :first AND :last",
    "refused": "request_outcome = 'refusee' AND decided_on BETWEEN :first AND :last",
    "given_up": "request_outcome = 'abandonnee' AND decided_on BETWEEN :first AND :last",
    "waiting_end": "asked_on <= :last AND ifnull(decided_on > :last, 1)",
}
KEYS = frozenset(
    {
        *(f"t2.{what}_{flow}" for what in ("requests", "requested") for flow in _FLOWS),
        *("t2.requests_by_reason", "t2.requested_by_reason", "t2.requested_by_profile"),
    }
)


def figures(plain: sqlite3.Connection, bounds: Bounds) -> Iterator[Line]:
    """Every figure of requests that has a row; none where none was ever noted."""
    if plain.execute("SELECT 1 FROM place_requests LIMIT 1").fetchone() is None:
        return
    plain.execute(_ASKED)
    for flow, where in _FLOWS.items():
        counted = f"SELECT count(DISTINCT id), ifnull(sum(persons), 0) FROM asked WHERE {where}"
        requests, persons = plain.execute(counted, bounds).fetchone()
        yield (f"t2.requests_{flow}", ()), requests
        yield (f"t2.requested_{flow}", ()), persons
        by_sex = f"SELECT sex, sum(persons) FROM asked WHERE {where} GROUP BY sex"
        for sex, persons in plain.execute(by_sex, bounds):
            yield (f"t2.requested_{flow}", (("sex", sex),)), persons
    reasons = f"SELECT request_reason, count(DISTINCT id), sum(persons) FROM asked WHERE {_FLOWS['refused']} GROUP BY 1"
    for reason, requests, persons in plain.execute(reasons, bounds):
        yield ("t2.requests_by_reason", (("request_reason", reason),)), requests
        yield ("t2.requested_by_reason", (("request_reason", reason),)), persons
    cells = f"SELECT sex, age_group, sum(persons) FROM asked WHERE {_FLOWS['asked']} GROUP BY 1, 2"
    for sex, age, persons in plain.execute(cells, bounds):
        yield ("t2.requested_by_profile", (("sex", sex), ("age_group", age))), persons
