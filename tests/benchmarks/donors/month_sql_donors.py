"""What donors ask for beside the tables, in SQL over the tables that those of T4, T5, T6 and T9 made."""

import sqlite3
from collections.abc import Iterator
from statistics import median

from tests.benchmarks.month_tables import COUNTED, Bounds, Line, by

_PERIOD = "BETWEEN :first AND :last"
# each entry and exit with the whole hours begun until it was typed; a day without an hour ends before they begin
_SINCE = "CASE length({0}) WHEN 10 THEN date({0}, '+1 day') ELSE {0} END"
_SECONDS = "CAST(strftime('%s', {}) AS INTEGER)"
_TYPED = " UNION ALL ".join(
    f"SELECT max(0, {_SECONDS.format(written)} - {_SECONDS.format(_SINCE.format(happened))} + 3599) / 3600 FROM line "
    f"WHERE {COUNTED} AND {where} AND {written} IS NOT NULL"
    for happened, written, where in (
        ("admitted_at", "recorded_at", "NOT at_start"),
        ("exited_at", "exit_recorded_at", "exits"),
    )
)
_SOON = 24
_LABOUR = ("mendicite_forcee", "activites_illicites", "esclavage_ascendance", "servitude_dettes", "servage_placement")
_SEXUAL = "';' || forms LIKE '%;sex\\_%' ESCAPE '\\'"
_WORKED = " OR ".join(
    ("';' || forms LIKE '%;trav\\_%' ESCAPE '\\'", *(f"instr(';' || forms || ';', ';{one};')" for one in _LABOUR))
)
_WHO = (
    "CASE WHEN sex NOT IN ('f', 'm') OR age_group = 'unk' THEN 'nr' WHEN age_group IN ('a00_04', 'a05_11', 'a12_17') "
    "THEN CASE sex WHEN 'f' THEN 'filles' ELSE 'garcons' END ELSE CASE sex WHEN 'f' THEN 'femmes' ELSE 'hommes' END END"
)
_GROUPED = (
    f"CREATE TEMP TABLE grouped AS SELECT CASE WHEN {_SEXUAL} AND ({_WORKED}) THEN 'les_deux' WHEN {_SEXUAL} "
    f"THEN 'sexuelle' WHEN {_WORKED} THEN 'travail' ELSE 'autre' END AS exploitation_group, "
    f"{_WHO} AS rollup FROM victim"
)
_TO_VICTIMS = (
    "CREATE TEMP TABLE to_victims AS SELECT g.kind, g.service_type, g.events, h.person_id FROM given g "
    "JOIN stays s ON s.id = g.stay_id JOIN home h ON h.person_id = s.person_id "
    "WHERE h.category IN ('vdt_identifiee', 'vdt_presumee')"
)
_OF_VICTIMS = {"victims_events": "ifnull(sum(events), 0)", "victims_served": "count(DISTINCT person_id)"}
_FOLLOWED = (
    "CREATE TEMP TABLE followed AS SELECT f.* FROM follow_ups f JOIN stays s ON s.id = f.stay_id "
    "WHERE s.uncounted NOT IN ('erreur_saisie', 'non_admis')"
)
_HELD = f"held_on {_PERIOD}"
_FOLLOW_UPS = {
    "due": f"due_on {_PERIOD}",
    "held": _HELD,
    "reached": f"{_HELD} AND outcome <> 'injoignable'",
    "safe": f"{_HELD} AND outcome IN ('va_bien', 'difficultes')",
    "needs": f"{_HELD} AND outcome IN ('difficultes', 'danger')",
}
_AWARE = "service_type = 'inf_risques' AND audience <> 'personnel'"
_OUTSIDE = {"femmes": "f", "hommes": "m", "filles": "girls", "garcons": "boys"}
_MADE_AWARE = f"CREATE TEMP TABLE made_aware AS SELECT {_WHO} AS rollup, 1 AS n FROM there WHERE {_AWARE}" + "".join(
    f" UNION ALL SELECT '{name}', outside_{column} FROM activities WHERE {_AWARE} AND service_status = 'fait' "
    f"AND held_on {_PERIOD} AND outside_{column} > 0"
    for name, column in _OUTSIDE.items()
)
KEYS = frozenset(
    {
        *("t2.typing_delay", "t2.typed_soon", "t2.typed_later", "t2.typed_soon_rate"),
        *("t4.victims_by_group", "t4.victims_by_group_profile", "t5.exits_settled", "t5.settled_rate"),
        *("t6.cost_per_night", "t9.sensitised", *(f"t6.{name}" for name in _OF_VICTIMS)),
        *(f"t8.follow_ups_{name}" for name in _FOLLOW_UPS),
    }
)


def figures(plain: sqlite3.Connection, bounds: Bounds) -> Iterator[Line]:
    """Every figure of these keys that has a row; victim, left_young, given, home and there must be there."""
    for statement in (_GROUPED, _TO_VICTIMS, _FOLLOWED, _MADE_AWARE):
        plain.execute(statement, bounds)
    yield from _typing(plain)
    yield from by(plain, "t4.victims_by_group", "exploitation_group", "1", table="grouped")
    for group, who, count in plain.execute("SELECT exploitation_group, rollup, count(*) FROM grouped GROUP BY 1, 2"):
        yield ("t4.victims_by_group_profile", (("exploitation_group", group), ("rollup", who))), count
    settled, left = plain.execute(
        "SELECT count(*) FILTER (WHERE exit_reason IN ('reunification', 'famille_accueil')), count(*) FROM left_young"
    ).fetchone()
    yield ("t5.exits_settled", ()), settled
    yield ("t5.settled_rate", ()), 100 * settled / left if left else None
    yield from _given(plain)
    for name, where in _FOLLOW_UPS.items():
        counted = f"SELECT count(*) FROM followed WHERE {where}"
        yield (f"t8.follow_ups_{name}", ()), plain.execute(counted, bounds).fetchone()[0]
    counted = f"SELECT outcome, count(*) FROM followed WHERE {_HELD} GROUP BY 1"
    for outcome, count in plain.execute(counted, bounds):
        yield ("t8.follow_ups_held", (("follow_up_outcome", outcome or "non_renseigne"),)), count
    yield ("t9.sensitised", ()), plain.execute("SELECT ifnull(sum(n), 0) FROM made_aware").fetchone()[0]
    yield from by(plain, "t9.sensitised", "rollup", "1", "sum(n)", "made_aware")


def _typing(plain: sqlite3.Connection) -> Iterator[Line]:
    hours = [row[0] for row in plain.execute(_TYPED)]
    soon = sum(one <= _SOON for one in hours)
    yield ("t2.typing_delay", ()), median(hours) if hours else None
    yield ("t2.typed_soon", ()), soon
    yield ("t2.typed_later", ()), len(hours) - soon
    yield ("t2.typed_soon_rate", ()), 100 * soon / len(hours) if hours else None


def _given(plain: sqlite3.Connection) -> Iterator[Line]:
    for name, amount in _OF_VICTIMS.items():
        yield (f"t6.{name}", ()), plain.execute(f"SELECT {amount} FROM to_victims").fetchone()[0]
        yield from by(plain, f"t6.{name}", "service_type", "kind <> service_type", amount, "to_victims")
        yield from by(plain, f"t6.{name}", "service_type", "1", amount, "to_victims", column="kind")
    cost, nights = plain.execute(
        "SELECT (SELECT sum(cost) FROM given), (SELECT count(*) FROM night WHERE NOT away)"
    ).fetchone()
    yield ("t6.cost_per_night", ()), cost / nights if cost and nights else None
