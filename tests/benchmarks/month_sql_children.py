"""T5, what was done for the minors hosted and how they left, in SQL over the tables of `month_tables`."""

import sqlite3
from collections.abc import Iterator

from tests.benchmarks.month_tables import BORN, COUNTED, HOSTED, Bounds, Line, by, minor

_ALONE = "child_status IN ('non_accompagne', 'separe', 'chef_menage')"
_IN = "BETWEEN :first AND :last"
_DAYS = "ifnull((SELECT CAST(value AS INTEGER) FROM settings WHERE key = '{}'), {})"
_GUARDIAN = (
    "SELECT guardian_status IN ('provisoire', 'designe') AND ifnull(ended_on > l.read_on, 1) FROM guardians g "
    "WHERE g.person_id = l.person_id AND coalesce(started_on, requested_on, substr(recorded_at, 1, 10)) <= l.read_on "
    "ORDER BY coalesce(started_on, requested_on, substr(recorded_at, 1, 10)) DESC, g.id DESC LIMIT 1"
)
_SCHOOLED = (
    "SELECT 1 FROM services v JOIN stays o ON o.id = v.stay_id WHERE o.person_id = l.person_id AND o.uncounted <> "
    f"'erreur_saisie' AND service_status = 'fait' AND service_on {_IN} AND (service_type IN ('edu', 'fop') OR "
    "(substr(service_type, 1, 4) IN ('edu_', 'fop_') OR substr(service_type, 1, 6) IN ('x_edu_', 'x_fop_')) "
    "AND service_type NOT IN ('fop_kit', 'fop_suivi_post'))"
)
_FIRST = (
    "SELECT min(assessed_on) FROM best_interests b WHERE b.stay_id = l.id AND b.assessed_on <= l.read_on "
    "AND bia_status NOT IN ('a_faire', 'en_cours')"
)
# the days of families that were left: `left/joined/head/…`, one after the other
_CUT = "substr({0}, 1, instr({0}, '/') - 1) AS {1}, substr({0}, instr({0}, '/') + 1)"
_FORMER = (
    "CREATE TEMP TABLE former AS WITH RECURSIVE split(stay, one, rest) AS ("
    "SELECT id, '', former_families || ';' FROM situations WHERE former_families <> '' UNION ALL SELECT stay, "
    "substr(rest, 1, instr(rest, ';') - 1), substr(rest, instr(rest, ';') + 1) FROM split WHERE rest <> ''), "
    f"a AS (SELECT stay, {_CUT.format('one', 'until')} AS more FROM split WHERE one <> ''), "
    f"b AS (SELECT stay, until, {_CUT.format('more', 'since')} AS more FROM a) "
    f"SELECT stay, until, since, {_CUT.format('more', 'head')} AS more FROM b"
)
# whose household somebody is of on that night: of a former family, of the present one since its day, else their own
_HOUSEHOLD = (
    "ifnull((SELECT CAST(nullif(f.head, '') AS INTEGER) FROM former f WHERE f.stay = l.id AND f.since <= n.day "
    "AND n.day < f.until), CASE WHEN n.day >= ifnull((SELECT family_since FROM stays s WHERE s.id = l.id), '') "
    "THEN l.head_stay_id END)"
)
# who of the house slept in the same room on the same night, each with the household; nobody who was away
_ROOMMATES = (
    "CREATE TEMP TABLE roommates AS SELECT n.room_id, n.day, l.person_id, l.minor, "
    "ifnull(n.day >= date(l.born, '+18 years'), 0) AS adult, "
    f"ifnull({_HOUSEHOLD}, l.id) AS household "
    "FROM night n JOIN line l ON l.id = n.stay WHERE NOT n.away AND n.room_id IS NOT NULL"
)
_ROOMMATES_INDEX = "CREATE INDEX temp.roommates_of ON roommates (room_id, day, adult)"
_BESIDE = (
    "CREATE TEMP TABLE beside AS SELECT DISTINCT c.person_id FROM roommates c JOIN roommates a ON a.adult "
    "AND a.room_id = c.room_id AND a.day = c.day AND a.household <> c.household WHERE c.minor"
)
_CHILDREN = (
    f"CREATE TEMP TABLE child AS SELECT l.id, l.read_on, {_ALONE} AS alone, ifnull(({_GUARDIAN}), 0) AS guarded, "
    f"EXISTS ({_SCHOOLED}) AS schooled, person_id IN (SELECT person_id FROM beside) AS beside, "
    f"date(came, '+' || {_DAYS.format('bia_short_days', 3)} || ' days') AS short_by, "
    f"date(came, '+' || {_DAYS.format('bia_full_days', 14)} || ' days') AS full_by, "
    f"({_FIRST}) AS short_on, ({_FIRST} AND form = 'complete') AS full_on FROM line l WHERE {HOSTED} AND minor"
)


def _states(name: str, form: str) -> dict[str, str]:
    return {
        f"{name}_done": f"alone AND {form}_on IS NOT NULL",
        f"{name}_on_time": f"alone AND {form}_on <= {form}_by",
        f"{name}_overdue": f"alone AND {form}_on IS NULL AND read_on > {form}_by",
        f"{name}_pending": f"alone AND {form}_on IS NULL AND read_on <= {form}_by",
    }


_OF_CHILDREN = {
    "alone": "alone",
    "with_guardian": "guarded",
    **_states("bia", "short"),
    **_states("bia_full", "full"),
    "in_school": "schooled",
    "beside_adults": "beside",
}
_STEPS = {
    "best_interests": {"bid_requested": "bid_requested_on"},
    "tracings": {
        "tracing_opened": "requested_on",
        "tracing_located": "located_on",
    },
}
# the first day on which a search of a stay ended so, or its child left for that reason
_REUNITED = (
    "SELECT count(*) FROM (SELECT min(day) AS day FROM (SELECT t.stay_id, substr(reunified_on, 1, 10) AS day "
    "FROM tracings t JOIN stays s ON s.id = t.stay_id WHERE s.uncounted <> 'erreur_saisie' "
    "AND reunified_on IS NOT NULL UNION ALL SELECT id, went FROM line WHERE exits AND minor "
    "AND exit_reason = 'reunification' UNION ALL "
    f"SELECT id, went FROM (SELECT s.id, substr(s.exited_at, 1, 10) AS went, {BORN} AS born "
    "FROM stays s JOIN persons c ON c.id = s.person_id JOIN situations n ON n.id = s.id WHERE s.exited_at < :first "
    f"AND n.exit_reason = 'reunification') WHERE {minor('went')}) GROUP BY stay_id) WHERE day BETWEEN :first AND :last"
)
_LEFT = (
    f"CREATE TEMP TABLE left_young AS SELECT l.exit_reason, {_ALONE} AS alone, ifnull(child_decision_ref, '') <> '' "
    "AS decided, ifnull(handed_relation, '') <> '' AS handed FROM line l LEFT JOIN exits e ON e.stay_id = l.id "
    f"WHERE l.{COUNTED} AND l.exits AND l.minor"
)
_EXITS = {
    "exits": "1",
    "exits_alone": "alone",
    "exits_decided": "alone AND decided",
    "exits_handed_over": "alone AND handed",
}
KEYS = frozenset(
    f"t5.{name}"
    for name in (*_OF_CHILDREN, *(step for steps in _STEPS.values() for step in steps), *_EXITS, "tracing_reunified")
)


def figures(plain: sqlite3.Connection, bounds: Bounds) -> Iterator[Line]:
    """Every figure of T5 but for the minors themselves."""
    for statement in (_FORMER, _ROOMMATES, _ROOMMATES_INDEX, _BESIDE, _CHILDREN, _LEFT):
        plain.execute(statement, bounds)
    counts = ", ".join(f"count(*) FILTER (WHERE {where})" for where in _OF_CHILDREN.values())
    (row,) = plain.execute(f"SELECT {counts} FROM child")
    yield from (((f"t5.{name}", ()), count) for name, count in zip(_OF_CHILDREN, row, strict=True))
    for table, columns in _STEPS.items():
        sums = ", ".join(f"count(*) FILTER (WHERE {column} {_IN})" for column in columns.values())
        asked = f"SELECT {sums} FROM {table} t JOIN stays s ON s.id = t.stay_id WHERE s.uncounted <> 'erreur_saisie'"
        (row,) = plain.execute(asked, bounds)
        yield from (((f"t5.{name}", ()), count) for name, count in zip(columns, row, strict=True))
    yield ("t5.tracing_reunified", ()), plain.execute(_REUNITED, bounds).fetchone()[0]
    for name, where in _EXITS.items():
        yield (f"t5.{name}", ()), plain.execute(f"SELECT count(*) FROM left_young WHERE {where}").fetchone()[0]
        yield from by(plain, f"t5.{name}", "exit_reason", where, table="left_young")
