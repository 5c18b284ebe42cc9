"""The figures of T1, T2, T3 and T8 as somebody would write them by hand, in SQL on a plain SQLite file."""

import sqlite3
from collections.abc import Iterator
from statistics import median

from shelter_desk.domain.beds import EXTRA_BED, SLEEPING_ROOMS
from shelter_desk.domain.codes import codes
from shelter_desk.domain.moments import ONE_DAY, Period
from shelter_desk.domain.reports.figures import Dims, Ref

Found = dict[Ref, float | None]

_BORN = (
    "CASE WHEN c.birth_date IS NOT NULL THEN CASE c.birth_date_precision "
    "WHEN 'year' THEN substr(c.birth_date, 1, 4) || '-07-01' WHEN 'month' THEN substr(c.birth_date, 1, 7) || '-15' "
    "ELSE c.birth_date END WHEN c.age_estimated_on IS NOT NULL "
    "THEN (substr(c.age_estimated_on, 1, 4) - c.age_estimated) || substr(c.age_estimated_on, 5) END"
)


def _age(day: str) -> str:
    return f"max(0, substr({day}, 1, 4) - substr(born, 1, 4) - (substr({day}, 6) < substr(born, 6)))"


def _group(day: str) -> str:
    return (
        f"CASE WHEN born IS NULL THEN 'unk' WHEN {_age(day)} < 5 THEN 'a00_04' WHEN {_age(day)} < 12 THEN 'a05_11' "
        f"WHEN {_age(day)} < 18 THEN 'a12_17' WHEN {_age(day)} < 60 THEN 'a18_59' ELSE 'a60p' END"
    )


def _category(day: str) -> str:
    status = (
        f"SELECT victim_status FROM victim_statuses v WHERE v.stay_id = t.id AND v.decided_on <= {day} "
        "ORDER BY decided_on DESC, id DESC LIMIT 1"
    )
    return (
        f"CASE ifnull(({status}), '') WHEN 'identifiee' THEN 'vdt_identifiee' WHEN 'presumee' THEN 'vdt_presumee' "
        f"ELSE CASE WHEN child_status IN ('non_accompagne', 'separe', 'chef_menage') AND born IS NOT NULL "
        f"AND {_age(day)} < 18 THEN 'enas' WHEN is_dependant THEN 'accompagnant' "
        "WHEN migration_situation LIKE 'retour\\_%' ESCAPE '\\' THEN 'retour' "
        "WHEN migration_situation IN ('transit', 'bloque', 'refoule_etranger') THEN 'transit_bloque' "
        "ELSE 'autre_vulnerable' END END"
    )


_LINES = (
    "CREATE TEMP TABLE line AS WITH touching AS ("
    "SELECT s.*, c.sex, c.nationality, c.region_origin, substr(s.admitted_at, 1, 10) AS came, "
    f"substr(s.exited_at, 1, 10) AS went, {_BORN} AS born, c.birth_date_precision = 'estimated' OR "
    "c.birth_date IS NULL AND c.age_estimated IS NOT NULL AS estimated "
    "FROM stays s JOIN persons c ON c.id = s.person_id WHERE s.exit_reason <> 'erreur_saisie' AND s.id IN ("
    "SELECT id FROM stays WHERE exited_at IS NULL AND admitted_at < :after "
    "UNION ALL SELECT id FROM stays WHERE exited_at >= :first AND admitted_at < :after)), "
    "dated AS (SELECT *, CASE WHEN went BETWEEN :first AND :last THEN went ELSE :last END AS read_on, "
    "came < :first AS at_start, ifnull(went <= :last, 0) AS exits FROM touching) "
    "SELECT t.*, julianday(CASE WHEN exits THEN went ELSE :last END) - julianday(came) AS length, "
    f"{_group('read_on')} AS age_group, {_category('read_on')} AS category, "
    f"born IS NOT NULL AND {_age('read_on')} < 18 AS minor, "
    f"CASE WHEN at_start THEN {_group(':eve')} END AS age_before, "
    f"CASE WHEN at_start THEN {_category(':eve')} END AS category_before, "
    "row_number() OVER (PARTITION BY person_id ORDER BY admitted_at DESC, id DESC) = 1 AS last_of_person "
    "FROM dated t"
)
_NIGHTS = (
    "CREATE TEMP TABLE night AS WITH RECURSIVE day(day) AS (SELECT :first UNION ALL "
    "SELECT date(day, '+1 day') FROM day WHERE day < :last) "
    "SELECT l.id AS stay, l.sex, l.age_group, l.category, d.day, a.id IS NOT NULL AS away, "
    "CASE WHEN p.place IS NULL THEN 'unplaced' WHEN p.place = 'partage' THEN 'shared' "
    f"WHEN p.place = 'appoint' OR b.bed_type = '{EXTRA_BED}' THEN 'extra' ELSE 'in_bed' END AS place "
    "FROM line l JOIN day d ON d.day >= l.came AND (l.went IS NULL OR d.day < l.went) "
    "LEFT JOIN placements p ON p.stay_id = l.id AND substr(p.started_at, 1, 10) <= d.day "
    "AND (p.ended_at IS NULL OR substr(p.ended_at, 1, 10) > d.day) LEFT JOIN beds b ON b.id = p.bed_id "
    "LEFT JOIN absences a ON a.stay_id = l.id AND substr(a.started_at, 1, 10) <= d.day "
    "AND (a.ended_at IS NULL OR substr(a.ended_at, 1, 10) > d.day) WHERE l.exit_reason <> 'non_admis'"
)
_BED_NIGHTS = (
    "CREATE TEMP TABLE bed_night AS WITH RECURSIVE day(day) AS (SELECT :first UNION ALL "
    "SELECT date(day, '+1 day') FROM day WHERE day < :last) "
    "SELECT b.id AS bed, d.day, EXISTS (SELECT 1 FROM bed_states t WHERE t.bed_id = b.id "
    "AND substr(t.started_at, 1, 10) <= d.day AND (t.ended_at IS NULL OR substr(t.ended_at, 1, 10) > d.day)) "
    "AS blocked FROM beds b JOIN day d ON substr(b.in_service_from, 1, 10) <= d.day "
    "AND (b.in_service_to IS NULL OR substr(b.in_service_to, 1, 10) > d.day) "
    f"WHERE b.bed_type <> '{EXTRA_BED}'"
)
_COUNTED = "exit_reason <> 'non_admis'"
_ENTERS = f"{_COUNTED} AND NOT at_start"
# of T2: key, condition, and what is counted where it is no row
_CELLS = {
    "t2.present_start": f"{_COUNTED} AND at_start",
    "t2.entries": _ENTERS,
    "t2.exits": f"{_COUNTED} AND exits",
    "t2.present_end": f"{_COUNTED} AND NOT exits",
    "t2.distinct_persons": f"{_COUNTED} AND last_of_person",
}
_IS_NEW = (
    "EXISTS (SELECT 1 FROM line e WHERE e.person_id = line.person_id AND NOT e.at_start AND "
    "e.exit_reason <> 'non_admis' AND (e.entry_kind IN ('premiere', 'naissance') OR e.entry_kind = 'transfert' "
    "AND NOT EXISTS (SELECT 1 FROM stays o WHERE o.person_id = e.person_id AND o.id <> e.id "
    "AND o.admitted_at <= e.admitted_at AND o.exit_reason NOT IN ('erreur_saisie', 'non_admis'))))"
)


def figures(plain: sqlite3.Connection, period: Period) -> Found:
    """Every figure of the period that has a row, under the references of the program."""
    bounds = {
        "first": period.first.isoformat(),
        "last": period.last.isoformat(),
        "after": (period.last + ONE_DAY).isoformat(),
        "eve": (period.first - ONE_DAY).isoformat(),
    }
    plain.execute("BEGIN")
    try:
        for statement in (_LINES, _NIGHTS, _BED_NIGHTS):
            plain.execute(statement, bounds)
        return dict([*_capacity(plain, bounds), *_movements(plain), *_profile(plain), *_exits(plain)])
    finally:
        for table in ("line", "night", "bed_night"):
            plain.execute(f"DROP TABLE IF EXISTS temp.{table}")
        plain.execute("COMMIT")


Line = tuple[Ref, float | None]


def _capacity(plain: sqlite3.Connection, bounds: dict[str, str]) -> Iterator[Line]:
    row = plain.execute(
        "SELECT sum(day = :last), sum(day = :last AND NOT blocked), sum(NOT blocked), sum(blocked) FROM bed_night",
        bounds,
    ).fetchone()
    names: tuple[str, ...] = ("installed_beds", "operational_beds", "capacity_bed_nights", "unavailable_bed_nights")
    yield from zip(((f"t1.{name}", ()) for name in names), row, strict=True)
    usable = row[2]
    row = plain.execute(
        "SELECT sum(NOT away), sum(NOT away AND place = 'in_bed'), sum(NOT away AND place IN ('extra', 'unplaced')), "
        "sum(NOT away AND place = 'shared'), sum(NOT away AND place = 'unplaced'), sum(away), "
        "sum(away AND place <> 'shared') FROM night"
    ).fetchone()
    names = ("person_nights", "person_nights_in_bed", "person_nights_extra", "person_nights_shared")
    names = (*names, "person_nights_unplaced", "absence_nights", "absence_nights_held")
    yield from zip(((f"t1.{name}", ()) for name in names), row, strict=True)
    yield ("t1.occupancy_rate", ()), (row[1] + row[2]) * 100 / usable
    yield ("t1.occupancy_rate_held", ()), (row[1] + row[2] + row[6]) * 100 / usable
    by_night = plain.execute(
        "SELECT d.day, d.installed, d.operational, ifnull(n.present, 0), ifnull(n.beds, 0) FROM "
        "(SELECT day, count(*) AS installed, sum(NOT blocked) AS operational FROM bed_night GROUP BY day) d LEFT JOIN "
        "(SELECT day, sum(NOT away) AS present, sum(NOT away AND place <> 'shared') AS beds FROM night GROUP BY day) n "
        "ON n.day = d.day ORDER BY d.day"
    ).fetchall()
    for day, installed, operational, present, _ in by_night:
        dims = (("night", day),)
        yield ("t1.installed_by_night", dims), installed
        yield ("t1.operational_by_night", dims), operational
        yield ("t1.presence", dims), present
    for key, extreme in (("t1.max_presence", max), ("t1.min_presence", min)):
        value = extreme(line[3] for line in by_night)
        day = next(line[0] for line in by_night if line[3] == value)
        yield (key, ()), value
        yield (f"{key}_night", (("night", day),)), value
    yield ("t1.overcapacity_nights", ()), sum(line[4] > line[2] for line in by_night)
    yield ("t1.mean_presence", ()), row[0] / len(by_night)
    surface = plain.execute(
        "SELECT CASE WHEN count(*) = count(surface_m2) THEN sum(surface_m2) END FROM rooms "
        f"WHERE room_type IN ({', '.join(map(repr, sorted(SLEEPING_ROOMS)))})"
    ).fetchone()[0]
    yield ("t1.surface_per_person", ()), surface and surface / max(line[3] for line in by_night)
    yield from _marks(plain, bounds)


def _marks(plain: sqlite3.Connection, bounds: dict[str, str]) -> Iterator[Line]:
    rules = plain.execute(
        "SELECT p.override_rule FROM line l JOIN placements p ON p.stay_id = l.id WHERE p.override_rule <> '' "
        "AND p.started_at >= :first AND p.started_at < :after AND l.exit_reason <> 'non_admis'",
        bounds,
    ).fetchall()
    yield ("t1.overrides", ()), len(rules)
    counted: dict[str, int] = {}
    for (several,) in rules:
        for rule in several.split(";"):
            counted[rule] = counted.get(rule, 0) + 1
    yield from ((("t1.overrides", (("rule", rule),)), count) for rule, count in counted.items())
    late, estimated = plain.execute(
        "SELECT sum(NOT at_start AND ifnull(substr(recorded_at, 1, 10) > came, 0) OR exits AND "
        "ifnull(substr(exit_recorded_at, 1, 10) > went, 0)), "
        "count(DISTINCT CASE WHEN estimated THEN person_id END) FROM line WHERE exit_reason <> 'non_admis'"
    ).fetchone()
    yield ("t2.late_entries", ()), late
    yield ("t2.estimated_ages", ()), estimated


def _movements(plain: sqlite3.Connection) -> Iterator[Line]:
    for key, where in _CELLS.items():
        yield from _by_cell(plain, key, where)
        yield from _by(plain, key, "category", where)
    for kind in ("premiere", "readmission", "transfert", "naissance"):
        yield from _by_cell(plain, f"t2.entries_{kind}", f"{_ENTERS} AND entry_kind = '{kind}'")
    yield from _by_cell(plain, "t2.new_persons", f"{_CELLS['t2.distinct_persons']} AND {_IS_NEW}")
    yield from _by_cell(plain, "t2.redirected", "exit_reason = 'non_admis' AND NOT at_start")
    limit = "CASE WHEN category LIKE 'vdt%' THEN 180 WHEN category = 'transit_bloque' THEN 15 ELSE 90 END"
    yield from _by_cell(plain, "t2.over_max_stay", f"{_CELLS['t2.present_end']} AND NOT minor AND length > {limit}")
    yield from _by_cell(plain, "t2.person_nights", "NOT away", table="night")
    yield from _by(plain, "t2.person_nights", "category", "NOT away", table="night")
    yield from _by_cell(plain, "t2.mean_stay", _CELLS["t2.exits"], "avg(length)")
    yield from _by_cell(plain, "t2.mean_time_present", _CELLS["t2.present_end"], "avg(length)")
    yield from _medians(plain)
    yield from _changes(plain)


def _by_cell(
    plain: sqlite3.Connection, key: str, where: str, amount: str = "count(*)", table: str = "line"
) -> Iterator[Line]:
    yield (key, ()), plain.execute(f"SELECT {amount} FROM {table} WHERE {where}").fetchone()[0]
    for sex, age, value in plain.execute(
        f"SELECT sex, age_group, {amount} FROM {table} WHERE {where} GROUP BY sex, age_group"
    ):
        yield (key, (("sex", sex or "u"), ("age_group", age))), value


def _by(
    plain: sqlite3.Connection,
    key: str,
    name: str,
    where: str,
    amount: str = "count(*)",
    table: str = "line",
    blank: str = "non_renseigne",
) -> Iterator[Line]:
    named = f"CASE {name} WHEN '' THEN '{blank}' ELSE {name} END"
    for value, count in plain.execute(f"SELECT {named}, {amount} FROM {table} WHERE {where} GROUP BY 1"):
        yield (key, ((name, value),)), count


def _medians(plain: sqlite3.Connection) -> Iterator[Line]:
    lengths: dict[Dims, list[int]] = {(): []}
    for sex, age, length in plain.execute(f"SELECT sex, age_group, length FROM line WHERE {_CELLS['t2.exits']}"):
        lengths[()].append(length)
        lengths.setdefault((("sex", sex or "u"), ("age_group", age)), []).append(length)
    yield from ((("t2.median_stay", dims), median(found) if found else None) for dims, found in lengths.items())


def _changes(plain: sqlite3.Connection) -> Iterator[Line]:
    changed: Found = {("t2.changes", ()): 0}
    ref: Ref
    rows = plain.execute(
        "SELECT sex, age_group, age_before, category, category_before FROM line WHERE exit_reason <> 'non_admis' "
        "AND at_start AND (age_group <> age_before OR category <> category_before)"
    )
    for sex, age, age_before, category, category_before in rows:
        if age != age_before:
            for one, amount in ((age, 1), (age_before, -1)):
                ref = ("t2.changes", (("sex", sex or "u"), ("age_group", one)))
                changed[ref] = (changed.get(ref) or 0) + amount
        if category != category_before:
            for one, amount in ((category, 1), (category_before, -1)):
                ref = ("t2.changes", (("category", one),))
                changed[ref] = (changed.get(ref) or 0) + amount
    yield from changed.items()


def _profile(plain: sqlite3.Connection) -> Iterator[Line]:
    persons = _CELLS["t2.distinct_persons"]
    yield ("t3.persons", ()), plain.execute(f"SELECT count(*) FROM line WHERE {persons}").fetchone()[0]
    for name in ("nationality", "migration_situation", "region_origin"):
        yield from _by(plain, "t3.persons", name, persons)
    for nationality, sex, count in plain.execute(
        f"SELECT nationality, sex, count(*) FROM line WHERE {persons} GROUP BY nationality, sex"
    ):
        yield ("t3.persons_by_sex", (("nationality", nationality), ("sex", sex or "u"))), count
    yield ("t3.entries", ()), plain.execute(f"SELECT count(*) FROM line WHERE {_ENTERS}").fetchone()[0]
    yield from _by(plain, "t3.entries", "referral_source", _ENTERS)


def _exits(plain: sqlite3.Connection) -> Iterator[Line]:
    exits = _CELLS["t2.exits"]
    for key, amount in (
        ("t8.exits", "count(*)"),
        ("t8.nights", "ifnull(sum(length), 0)"),
        ("t8.mean_stay", "avg(length)"),
    ):
        yield (key, ()), plain.execute(f"SELECT {amount} FROM line WHERE {exits}").fetchone()[0]
        yield from _by(plain, key, "exit_reason", exits, amount)
    yield from _by(plain, "t8.exits", "exit_destination", exits, blank="inconnue")
    planned = ", ".join(f"'{one.code}'" for one in codes("exit_reason") if one.extra.get("planned") == "yes")
    for is_planned, count in plain.execute(
        f"SELECT exit_reason IN ({planned}), count(*) FROM line WHERE {exits} GROUP BY 1"
    ):
        yield ("t8.exits_planned", (("planned", "yes" if is_planned else "no"),)), count
    for reason, sex, age, count in plain.execute(
        f"SELECT exit_reason, sex, age_group, count(*) FROM line WHERE {exits} GROUP BY exit_reason, sex, age_group"
    ):
        cell = (("sex", sex or "u"), ("age_group", age))
        yield ("t8.exits_profile", (("exit_reason", reason or "non_renseigne"), *cell)), count
