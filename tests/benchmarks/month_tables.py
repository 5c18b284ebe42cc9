"""What the SQL of a month is written over: its stays as they are read, their nights, the nights of the beds."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from shelter_desk.domain.beds.beds import EXTRA_BED
from shelter_desk.domain.moments import ONE_DAY, Period
from shelter_desk.domain.reports.figures import Ref

Line = tuple[Ref, float | None]
Found = dict[Ref, float | None]
Bounds = dict[str, str]
COUNTED = "exit_reason <> 'non_admis'"
HOSTED = f"{COUNTED} AND last_of_person"
# of T1, each night of each stay
OF_NIGHTS = {
    "person_nights": "NOT away",
    "person_nights_in_bed": "NOT away AND place = 'in_bed'",
    "person_nights_extra": "NOT away AND place IN ('extra', 'unplaced')",
    "person_nights_shared": "NOT away AND place = 'shared'",
    "person_nights_unplaced": "NOT away AND place = 'unplaced'",
    "absence_nights": "away",
    "absence_nights_held": "away AND place <> 'shared'",
}
# each room and night with its sleepers and its usable beds, and those above them
BY_ROOM = (
    "SELECT room_id, sleepers, (SELECT count(*) FROM bed_night b WHERE b.room_id = r.room_id AND b.day = r.day "
    "AND NOT blocked) AS usable FROM (SELECT room_id, day, count(*) AS sleepers FROM night WHERE NOT away "
    "AND place <> 'shared' GROUP BY room_id, day) r"
)
ABOVE = "max(0, sleepers - usable)"

BORN = (
    "CASE WHEN c.birth_date IS NOT NULL THEN CASE c.birth_date_precision "
    "WHEN 'year' THEN substr(c.birth_date, 1, 4) || '-07-01' WHEN 'month' THEN substr(c.birth_date, 1, 7) || '-15' "
    "ELSE c.birth_date END WHEN c.age_estimated_on IS NOT NULL "
    "THEN (substr(c.age_estimated_on, 1, 4) - c.age_estimated) || substr(c.age_estimated_on, 5) END"
)


def minor(day: str) -> str:
    """Whether somebody whose birth is `born` is a minor on that day."""
    return f"born IS NOT NULL AND {_age(day)} < 18"


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


def _stays(table: str, which: str) -> str:
    """A table of those stays, void ones left out, each with what it is on the day it is read."""
    return (
        f"CREATE TEMP TABLE {table} AS WITH touching AS ("
        "SELECT s.*, n.migration_situation, n.child_status, n.referral_source, n.country_last, n.exit_destination, "
        "coalesce(nullif(s.uncounted, ''), n.exit_reason) AS exit_reason, "
        "c.sex, c.nationality, w.region_origin, w.education_level, c.languages, w.marital_status, "
        "substr(s.admitted_at, 1, 10) AS came, "
        f"substr(s.exited_at, 1, 10) AS went, {BORN} AS born, c.birth_date_precision = 'estimated' OR "
        "c.birth_date IS NULL AND c.age_estimated IS NOT NULL AS estimated "
        "FROM stays s JOIN persons c ON c.id = s.person_id LEFT JOIN situations n ON n.stay_id = s.id "
        "LEFT JOIN profiles w ON w.id = c.id "
        f"WHERE s.uncounted <> 'erreur_saisie' AND s.id IN ({which})), "
        "dated AS (SELECT *, CASE WHEN went BETWEEN :first AND :last THEN went ELSE :last END AS read_on, "
        "came < :first AS at_start, ifnull(went <= :last, 0) AS exits FROM touching) "
        "SELECT t.*, julianday(CASE WHEN exits THEN went ELSE :last END) - julianday(came) AS length, "
        f"{_group('read_on')} AS age_group, {_group('came')} AS age_at_admission, {_category('read_on')} AS category, "
        f"{minor('read_on')} AS minor, "
        f"CASE WHEN at_start THEN {_group(':eve')} END AS age_before, "
        f"CASE WHEN at_start THEN {_category(':eve')} END AS category_before, "
        f"row_number() OVER (PARTITION BY person_id, {COUNTED} ORDER BY admitted_at DESC, id DESC) = 1 "
        "AS last_of_person FROM dated t"
    )


_LINES = _stays(
    "line",
    "SELECT id FROM stays WHERE exited_at IS NULL AND admitted_at < :after "
    "UNION ALL SELECT id FROM stays WHERE exited_at >= :first AND admitted_at < :after",
)
# stays of other months with a service, a decision, an interview or a referral in this one
_ASIDE = _stays(
    "aside",
    "SELECT stay_id FROM services WHERE service_on BETWEEN :first AND :last UNION "
    "SELECT stay_id FROM victim_statuses WHERE decided_on BETWEEN :first AND :last UNION "
    "SELECT stay_id FROM interviews WHERE interview_at >= :first AND interview_at < :after UNION "
    "SELECT stay_id FROM legal_steps WHERE done_on BETWEEN :first AND :last UNION "
    "SELECT stay_id FROM referrals WHERE issued_on BETWEEN :first AND :last OR served_on BETWEEN :first AND :last "
    "OR closed_on BETWEEN :first AND :last EXCEPT SELECT id FROM line",
)
_DAYS = (
    "CREATE TEMP TABLE day AS WITH RECURSIVE every(day) AS (SELECT :first UNION ALL "
    "SELECT date(day, '+1 day') FROM every WHERE day < :last) SELECT day FROM every WHERE day <= :last"
)
_NIGHTS = (
    "CREATE TEMP TABLE night AS SELECT l.id AS stay, l.sex, l.age_group, l.category, d.day, a.id IS NOT NULL AS away, "
    "p.bed_id, coalesce(f.room_id, b.room_id, p.room_id) AS room_id, CASE WHEN p.place IS NULL THEN 'unplaced' "
    "WHEN p.place = 'partage' THEN 'shared' "
    f"WHEN p.place = 'appoint' OR b.bed_type = '{EXTRA_BED}' THEN 'extra' ELSE 'in_bed' END AS place "
    "FROM line l JOIN day d ON d.day >= l.came AND (l.went IS NULL OR d.day < l.went) "
    "LEFT JOIN placements p ON p.stay_id = l.id AND substr(p.started_at, 1, 10) <= d.day "
    "AND (p.ended_at IS NULL OR substr(p.ended_at, 1, 10) > d.day) LEFT JOIN beds b ON b.id = p.bed_id "
    "LEFT JOIN bed_rooms f ON f.bed_id = b.id AND substr(f.started_at, 1, 10) <= d.day "
    "AND substr(f.ended_at, 1, 10) > d.day "
    "LEFT JOIN absences a ON a.stay_id = l.id AND substr(a.started_at, 1, 10) <= d.day "
    "AND (a.ended_at IS NULL OR substr(a.ended_at, 1, 10) > d.day) WHERE l.uncounted <> 'non_admis'"
)
_BED_NIGHTS = (
    "CREATE TEMP TABLE bed_night AS SELECT b.id AS bed, ifnull(f.room_id, b.room_id) AS room_id, d.day, "
    "EXISTS (SELECT 1 FROM bed_states t WHERE t.bed_id = b.id AND substr(t.started_at, 1, 10) <= d.day "
    "AND (t.ended_at IS NULL OR substr(t.ended_at, 1, 10) > d.day)) AS blocked "
    "FROM beds b JOIN day d ON substr(b.in_service_from, 1, 10) <= d.day "
    "AND (b.in_service_to IS NULL OR substr(b.in_service_to, 1, 10) > d.day) "
    "LEFT JOIN bed_rooms f ON f.bed_id = b.id AND substr(f.started_at, 1, 10) <= d.day "
    "AND substr(f.ended_at, 1, 10) > d.day "
    f"WHERE b.bed_type <> '{EXTRA_BED}'"
)


@contextmanager
def listed(plain: sqlite3.Connection, period: Period) -> Iterator[Bounds]:
    """The tables `day`, `line`, `aside`, `night` and `bed_night` of the period, gone afterwards; its bounds."""
    bounds = {
        "first": period.first.isoformat(),
        "last": period.last.isoformat(),
        "after": (period.last + ONE_DAY).isoformat(),
        "eve": (period.first - ONE_DAY).isoformat(),
    }
    plain.execute("BEGIN")
    try:
        for statement in (_DAYS, _LINES, _ASIDE, _NIGHTS, _BED_NIGHTS):
            plain.execute(statement, bounds)
        yield bounds
    finally:
        for (table,) in plain.execute("SELECT name FROM temp.sqlite_master WHERE type = 'table'").fetchall():
            plain.execute(f"DROP TABLE temp.{table}")
        plain.execute("COMMIT")


def by_cell(
    plain: sqlite3.Connection, key: str, where: str, amount: str = "count(*)", table: str = "line"
) -> Iterator[Line]:
    """In total, and by sex and age group."""
    yield (key, ()), plain.execute(f"SELECT {amount} FROM {table} WHERE {where}").fetchone()[0]
    for sex, age, value in plain.execute(
        f"SELECT sex, age_group, {amount} FROM {table} WHERE {where} GROUP BY sex, age_group"
    ):
        yield (key, (("sex", sex or "u"), ("age_group", age))), value


def by(
    plain: sqlite3.Connection,
    key: str,
    name: str,
    where: str,
    amount: str = "count(*)",
    table: str = "line",
    blank: str = "non_renseigne",
    column: str = "",
) -> Iterator[Line]:
    """By each value of that dim; column: where the dim has not its name."""
    named = f"CASE {column or name} WHEN '' THEN '{blank}' ELSE {column or name} END"
    for value, count in plain.execute(f"SELECT {named}, {amount} FROM {table} WHERE {where} GROUP BY 1"):
        yield (key, ((name, value),)), count


def split(column: str) -> str:
    """The codes that stand in one cell; an empty one where there is none."""
    return f"""json_each('["' || replace({column}, ';', '","') || '"]') part"""
