"""The figures of T4 to T7 and T12 as somebody would write them by hand, in SQL over the tables of `month_tables`."""

import sqlite3
from collections.abc import Iterator

from shelter_desk.domain.reports.figures import Dims
from tests.benchmarks.month_tables import COUNTED, HOSTED, Bounds, Line, by, split

_FIRSTS = {"presumee": "new_presumed", "identifiee": "new_identified", "non_victime": "not_victim"}
_NAMES = """
t5.minors t5.minors_profile
t6.quantity t6.events t6.cost t6.cost_by_donor t6.provided t6.guest_meals t6.not_hosted
t6.beneficiaries t6.beneficiaries_profile t6.beneficiaries_category
t6.beneficiaries_sub_profile t6.beneficiaries_sub_category
t12.open_start t12.incidents t12.incidents_crossed t12.closed t12.open_end
t12.gbv t12.complaints_received t12.complaints_answered t12.confidential
"""
_PERIOD = "BETWEEN :first AND :last"
# each status of a stay here with the day from which another one stands, and whether a screening was open before it
_STANDING = (
    "CREATE TEMP TABLE standing AS SELECT l.sex, l.age_group, l.at_start, l.exits, l.came, l.read_on, "
    "max(l.came, :first) AS since, v.decided_on, v.victim_status IN ('depistage_en_cours', 'presumee') AS is_open, "
    "v.victim_status IN ('identifiee', 'non_victime') AS is_decision, ifnull(lag(v.victim_status) OVER stay IN "
    "('depistage_en_cours', 'presumee'), 0) AS was_open, lead(v.decided_on) OVER stay AS until FROM line l "
    f"JOIN victim_statuses v ON v.stay_id = l.id WHERE {COUNTED} "
    "WINDOW stay AS (PARTITION BY l.id ORDER BY v.decided_on, v.id)"
)
_GOES_ON = "decided_on < since AND ifnull(until >= since, 1)"
_IN_TURN = "decided_on BETWEEN since AND read_on"
_AT_THE_END = "is_open AND decided_on <= read_on AND ifnull(until > read_on, 1)"
_OF_SCREENINGS = {
    "pending_start": f"is_open AND at_start AND {_GOES_ON}",
    "opened": f"is_open AND (NOT at_start AND {_GOES_ON} OR NOT was_open AND {_IN_TURN})",
    "decided": f"was_open AND NOT is_open AND is_decision AND {_IN_TURN}",
    "corrected": f"was_open AND NOT is_open AND NOT is_decision AND {_IN_TURN}",
    "left_undecided": f"exits AND {_AT_THE_END}",
    "pending_end": f"NOT exits AND {_AT_THE_END}",
}
_OF = "uncounted NOT IN ('erreur_saisie', 'non_admis')"
# the first decision of each kind that a person ever had
_DECIDED = (
    "CREATE TEMP TABLE decided AS SELECT v.*, w.sex, w.age_group FROM victim_statuses v JOIN stays s "
    "ON s.id = v.stay_id JOIN (SELECT id, sex, age_group FROM line UNION ALL SELECT id, sex, age_group FROM aside) w "
    f"ON w.id = s.id WHERE v.decided_on {_PERIOD} AND s.{_OF} AND NOT EXISTS (SELECT 1 FROM stays o "
    "JOIN victim_statuses e ON e.stay_id = o.id WHERE o.person_id = s.person_id AND e.victim_status = v.victim_status "
    f"AND o.{_OF} "
    "AND (e.decided_on, o.admitted_at, o.id, e.id) < (v.decided_on, s.admitted_at, s.id, v.id))"
)
_BARE = "CASE WHEN v.service_type LIKE 'x\\_%' ESCAPE '\\' THEN substr(v.service_type, 3) ELSE v.service_type END"
_GIVEN = (
    "CREATE TEMP TABLE given AS SELECT stay AS stay_id, 'heb' AS kind, 'heb_nuitee' AS service_type, "
    "count(*) AS quantity, count(*) AS events, 'centre' AS provider_kind, 0 AS cost, '' AS donor FROM night "
    f"WHERE NOT away GROUP BY stay UNION ALL SELECT v.stay_id, substr({_BARE}, 1, instr({_BARE} || '_', '_') - 1), "
    "v.service_type, v.quantity, 1, v.provider_kind, ifnull(v.cost_xof, 0), v.donor FROM services v JOIN stays s "
    f"ON s.id = v.stay_id WHERE v.service_on {_PERIOD} AND v.service_status = 'fait' "
    "AND s.uncounted <> 'erreur_saisie'"
)
# a person is counted once: with the last stay here, else with the last one that was served
_HOMES = (
    "CREATE TEMP TABLE home AS SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY person_id "
    "ORDER BY is_hosted DESC, admitted_at DESC, id DESC) AS nth FROM ("
    f"SELECT id, person_id, admitted_at, sex, age_group, category, {COUNTED} AS is_hosted FROM line "
    "UNION ALL SELECT id, person_id, admitted_at, sex, age_group, category, 0 FROM aside) "
    "WHERE is_hosted OR id IN (SELECT stay_id FROM given)) WHERE nth = 1"
)
_SERVED = (
    "CREATE TEMP TABLE served AS SELECT DISTINCT g.kind, g.service_type, h.person_id, h.sex, h.age_group, h.category "
    "FROM given g JOIN stays s ON s.id = g.stay_id JOIN home h ON h.person_id = s.person_id"
)
_REFERRALS = (
    "CREATE TEMP TABLE referred AS SELECT r.*, CASE WHEN referral_status IN ('service_recu', 'cloturee') "
    "THEN ifnull(served_on, closed_on) WHEN referral_status IN ('refusee_structure', 'refusee_personne', 'sans_suite') "
    "THEN closed_on END AS ended_on, referral_status IN ('service_recu', 'cloturee') AS is_served FROM referrals r "
    "JOIN stays s ON s.id = r.stay_id WHERE s.uncounted <> 'erreur_saisie' "
    "AND referral_status NOT IN ('brouillon', 'annulee')"
)
_ENDED = f"ended_on {_PERIOD}"
_OPEN_LAST = "issued_on <= :last AND ifnull(ended_on > :last, 1)"
_OF_REFERRALS = {
    "open_start": "issued_on < :first AND ifnull(ended_on >= :first, 1)",
    "issued": f"issued_on {_PERIOD}",
    "accepted": f"accepted_on {_PERIOD}",
    "served": f"is_served AND {_ENDED}",
    "refused_provider": f"referral_status = 'refusee_structure' AND {_ENDED}",
    "refused_person": f"referral_status = 'refusee_personne' AND {_ENDED}",
    "no_response": f"referral_status = 'sans_suite' AND {_ENDED}",
    "open_end": _OPEN_LAST,
    "late": f"{_OPEN_LAST} AND follow_up_on < :last",
    "completed": f"is_served AND issued_on {_PERIOD}",
}
_RECORDED = "ifnull(nullif({}, ''), 'non_renseigne')"
_FOLDED = "replace(replace(replace(trim(lower({})), ' ', '<>'), '><', ''), '<>', ' ')"
# to others: each with what the directory says of the structure, and the cell of the stay
_SENT_ON = (
    "CREATE TEMP TABLE sent_on AS SELECT r.*, w.sex, w.age_group, (SELECT partner_type FROM partners p "
    f"WHERE {_FOLDED.format('p.name')} = {_FOLDED.format('r.partner')} ORDER BY p.id DESC LIMIT 1) AS partner_type "
    "FROM referred r JOIN (SELECT id, sex, age_group FROM line UNION ALL SELECT id, sex, age_group FROM aside) w "
    "ON w.id = r.stay_id WHERE direction = 'sortante'"
)
_PROCEEDED = (
    "CREATE TEMP TABLE proceeded AS SELECT p.legal_step, w.sex, w.age_group FROM legal_steps p "
    "JOIN stays s ON s.id = p.stay_id LEFT JOIN (SELECT id, sex, age_group FROM line UNION ALL "
    "SELECT id, sex, age_group FROM aside) w ON w.id = p.stay_id "
    f"WHERE s.uncounted <> 'erreur_saisie' AND p.done_on {_PERIOD}"
)
_INCIDENTS = (
    "CREATE TEMP TABLE happened AS SELECT *, substr(occurred_at, 1, 10) AS day, "
    "incident_type IN ('eas', 'protection_enfant') AS is_sealed FROM incidents"
)
_OF_INCIDENTS = {
    "open_start": "NOT is_sealed AND day < :first AND ifnull(closed_on >= :first, 1)",
    "incidents": f"NOT is_sealed AND day {_PERIOD}",
    "closed": f"NOT is_sealed AND closed_on {_PERIOD}",
    "open_end": "NOT is_sealed AND day <= :last AND ifnull(closed_on > :last, 1)",
    "complaints_received": f"incident_type = 'plainte' AND day {_PERIOD}",
    "complaints_answered": f"incident_type = 'plainte' AND answered_on {_PERIOD}",
    "confidential": f"is_sealed AND day {_PERIOD}",
}


_REFERRED = (*_OF_REFERRALS, "mean_days_to_service", "completion_rate")
# what these statements count; anything else of a report is not measured against them
KEYS = frozenset(
    {
        *_NAMES.split(),
        *(f"t4.{name}" for name in (*_OF_SCREENINGS, *_FIRSTS.values())),
        *(f"t7.{name}" for name in _REFERRED),
        *(f"t7.{what}_by_{cut}" for what in ("issued", "served") for cut in ("service", "partner_type", "profile")),
        *(f"t7.incoming_{name}" for name in _REFERRED),
        *("t7.complaints", "t7.legal_steps"),
    }
)


def figures(plain: sqlite3.Connection, bounds: Bounds) -> Iterator[Line]:
    """Every figure of these keys that has a row."""
    for statement in (_STANDING, _DECIDED, _GIVEN, _HOMES, _SERVED, _REFERRALS, _INCIDENTS):
        plain.execute(statement, bounds)
    yield from _identified(plain)
    yield from _minors(plain)
    yield from _given(plain, bounds)
    yield from _beneficiaries(plain)
    for direction, prefix in (("sortante", "t7."), ("entrante", "t7.incoming_")):
        yield from _referred(plain, {**bounds, "direction": direction}, prefix)
    yield from _sent_on(plain, bounds)
    yield from _before_courts(plain, bounds)
    yield from _happened(plain, bounds)


def _identified(plain: sqlite3.Connection) -> Iterator[Line]:
    sums = ", ".join(f"sum({where})" for where in _OF_SCREENINGS.values())
    yield from _sums(plain, [f"t4.{name}" for name in _OF_SCREENINGS], sums, "standing")
    sums = ", ".join(f"sum(victim_status = '{status}')" for status in _FIRSTS)
    yield from _sums(plain, [f"t4.{name}" for name in _FIRSTS.values()], sums, "decided")


def _sums(plain: sqlite3.Connection, keys: list[str], sums: str, table: str) -> Iterator[Line]:
    """Each of these sums in total, 0 where there is none, and in its cells."""
    (row,) = plain.execute(f"SELECT {sums} FROM {table}")
    yield from (((key, ()), value or 0) for key, value in zip(keys, row, strict=True))
    for sex, age, *values in plain.execute(f"SELECT sex, age_group, {sums} FROM {table} GROUP BY sex, age_group"):
        cell: Dims = (("sex", sex or "u"), ("age_group", age))
        yield from (((key, cell), value) for key, value in zip(keys, values, strict=True))


def _minors(plain: sqlite3.Connection) -> Iterator[Line]:
    minors = f"{HOSTED} AND minor"
    yield ("t5.minors", ()), plain.execute(f"SELECT count(*) FROM line WHERE {minors}").fetchone()[0]
    yield from by(plain, "t5.minors", "child_status", minors)
    for status, sex, age, count in plain.execute(
        f"SELECT child_status, sex, age_group, count(*) FROM line WHERE {minors} GROUP BY 1, 2, 3"
    ):
        cell = (("sex", sex or "u"), ("age_group", age))
        yield ("t5.minors_profile", (("child_status", status or "non_renseigne"), *cell)), count


def _levels(table: str) -> Iterator[tuple[str, str]]:
    """What stands for the name of a service, and the rows to read: everything, types, and sub-types."""
    yield "''", table
    yield "kind", table
    yield "service_type", f"{table} WHERE service_type <> kind"


def _named(name: str) -> Dims:
    return (("service_type", name),) if name else ()


def _given(plain: sqlite3.Connection, bounds: Bounds) -> Iterator[Line]:
    amounts = "ifnull(sum(quantity), 0), ifnull(sum(events), 0), ifnull(sum(cost), 0)"
    if not plain.execute("SELECT count(*) FROM given").fetchone()[0]:
        yield from ((("t6.quantity", ()), 0), (("t6.events", ()), 0))
    for name, rows in _levels("given"):
        for called, quantity, events, cost in plain.execute(f"SELECT {name}, {amounts} FROM {rows} GROUP BY 1"):
            yield ("t6.quantity", _named(called)), quantity
            yield ("t6.events", _named(called)), events
            yield ("t6.cost", _named(called)), cost
        for called, provider, events in plain.execute(
            f"SELECT {name}, provider_kind, sum(events) FROM {rows} GROUP BY 1, 2"
        ):
            yield ("t6.provided", (*_named(called), ("provider_kind", provider))), events
    yield from by(plain, "t6.cost_by_donor", "donor", "cost <> 0", "sum(cost)", "given")
    elsewhere = (
        "SELECT count(DISTINCT s.person_id) FROM given g JOIN stays s ON s.id = g.stay_id "
        f"WHERE s.person_id NOT IN (SELECT person_id FROM line WHERE {COUNTED})"
    )
    yield ("t6.not_hosted", ()), plain.execute(elsewhere).fetchone()[0]
    meals = plain.execute(
        "SELECT ifnull(sum(outside_f + outside_m + outside_girls + outside_boys), 0) FROM activities "
        f"WHERE service_type = 'ali_repas' AND service_status = 'fait' AND held_on {_PERIOD}",
        bounds,
    )
    yield ("t6.guest_meals", ()), meals.fetchone()[0]


def _beneficiaries(plain: sqlite3.Connection) -> Iterator[Line]:
    """Persons once for each name; where the name is a type, or anything, also by cell and by category."""
    yield ("t6.beneficiaries", ()), plain.execute("SELECT count(DISTINCT person_id) FROM served").fetchone()[0]
    count = "count(DISTINCT person_id)"
    for name, rows in _levels("served"):
        if name != "''":
            for called, persons in plain.execute(f"SELECT {name}, {count} FROM {rows} GROUP BY 1"):
                yield ("t6.beneficiaries", _named(called)), persons
        finer = "sub_" if name == "service_type" else ""
        for called, sex, age, persons in plain.execute(
            f"SELECT {name}, sex, age_group, {count} FROM {rows} GROUP BY 1, 2, 3"
        ):
            cell = (("sex", sex or "u"), ("age_group", age))
            yield (f"t6.beneficiaries_{finer}profile", (*_named(called), *cell)), persons
        for called, category, persons in plain.execute(f"SELECT {name}, category, {count} FROM {rows} GROUP BY 1, 2"):
            yield (f"t6.beneficiaries_{finer}category", (*_named(called), ("category", category))), persons


def _referred(plain: sqlite3.Connection, bounds: Bounds, prefix: str) -> Iterator[Line]:
    sums = ", ".join(f"count(*) FILTER (WHERE {where})" for where in _OF_REFERRALS.values())
    days = f"avg(julianday(ended_on) - julianday(issued_on)) FILTER (WHERE {_OF_REFERRALS['served']})"
    *counts, mean = plain.execute(
        f"SELECT {sums}, {days} FROM referred WHERE direction = :direction", bounds
    ).fetchone()
    found = dict(zip(_OF_REFERRALS, counts, strict=True))
    yield from (((prefix + name, ()), count) for name, count in found.items())
    yield (f"{prefix}mean_days_to_service", ()), mean
    rate = found["completed"] * 100 / found["issued"] if found["issued"] else None
    yield (f"{prefix}completion_rate", ()), rate


def _sent_on(plain: sqlite3.Connection, bounds: Bounds) -> Iterator[Line]:
    """Those issued and those that led to a service, each once for each service, by the structure, in the cell."""
    plain.execute(_SENT_ON)
    for what in ("issued", "served"):
        table, where = f"sent_on, {split('service_wanted')}", _OF_REFERRALS[what]
        services = f"SELECT {_RECORDED.format('part.value')}, count(DISTINCT sent_on.id) FROM {table} WHERE {where}"
        for wanted, count in plain.execute(f"{services} GROUP BY 1", bounds):
            yield (f"t7.{what}_by_service", _named(wanted)), count
        kinds = f"SELECT {_RECORDED.format('partner_type')}, count(*) FROM sent_on WHERE {where} GROUP BY 1"
        for kind, count in plain.execute(kinds, bounds):
            yield (f"t7.{what}_by_partner_type", (("partner_type", kind),)), count
        cells = f"SELECT sex, age_group, count(*) FROM sent_on WHERE {where} GROUP BY 1, 2"
        for sex, age, count in plain.execute(cells, bounds):
            yield (f"t7.{what}_by_profile", (("sex", sex or "u"), ("age_group", age))), count


def _before_courts(plain: sqlite3.Connection, bounds: Bounds) -> Iterator[Line]:
    """Complaints in all and in the cell of the stay; the other steps by kind."""
    plain.execute(_PROCEEDED, bounds)
    complaints = "SELECT count(*) FROM proceeded WHERE legal_step = 'plainte'"
    yield ("t7.complaints", ()), plain.execute(complaints).fetchone()[0]
    cells = "SELECT sex, age_group, count(*) FROM proceeded WHERE legal_step = 'plainte' GROUP BY 1, 2"
    for sex, age, count in plain.execute(cells):
        yield ("t7.complaints", (("sex", sex or "u"), ("age_group", age))), count
    others = "SELECT legal_step, count(*) FROM proceeded WHERE legal_step <> 'plainte' GROUP BY 1"
    for step, count in plain.execute(others):
        yield ("t7.legal_steps", (("legal_step", step),)), count


def _happened(plain: sqlite3.Connection, bounds: Bounds) -> Iterator[Line]:
    counts = ", ".join(f"count(*) FILTER (WHERE {where})" for where in _OF_INCIDENTS.values())
    (row,) = plain.execute(f"SELECT {counts} FROM happened", bounds)
    yield from (((f"t12.{name}", ()), count) for name, count in zip(_OF_INCIDENTS, row, strict=True))
    for name in ("open_start", "closed", "open_end"):
        of_type = f"SELECT incident_type, count(*) FROM happened WHERE {_OF_INCIDENTS[name]} GROUP BY 1"
        for kind, count in plain.execute(of_type, bounds):
            yield ((f"t12.{name}", (("incident_type", kind),)), count)
    violent = f"NOT is_sealed AND gbv_type <> '' AND day {_PERIOD}"
    (total,) = plain.execute(f"SELECT count(*) FROM happened WHERE {violent}", bounds).fetchone()
    yield ("t12.gbv", ()), total
    for kind, count in plain.execute(f"SELECT gbv_type, count(*) FROM happened WHERE {violent} GROUP BY 1", bounds):
        yield ("t12.gbv", (("gbv_type", kind),)), count
    severity = "CASE severity WHEN '' THEN 'non_renseigne' ELSE severity END"
    rows = plain.execute(
        f"SELECT incident_type, {severity}, count(*) FROM happened WHERE {_OF_INCIDENTS['incidents']} GROUP BY 1, 2",
        bounds,
    )
    by_type: dict[Dims, int] = {}
    for kind, severity, count in rows:
        crossed = (("incident_type", kind), ("severity", severity))
        yield ("t12.incidents_crossed", crossed), count
        for dim in crossed:
            by_type[(dim,)] = by_type.get((dim,), 0) + count
    yield from ((("t12.incidents", dims), count) for dims, count in by_type.items())
