"""The figures of a month as somebody would write them by hand, in SQL on plain SQLite; T1, T2, T3, T8 are here."""

import sqlite3
from collections.abc import Iterator
from statistics import median

from shelter_desk.domain.beds.beds import SLEEPING_ROOMS
from shelter_desk.domain.codes import codes
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.figures import Dims, Ref
from tests.benchmarks import (
    month_sql_activities,
    month_sql_care,
    month_sql_children,
    month_sql_equipment,
    month_sql_protection,
    month_sql_requests,
    month_sql_stock,
    month_sql_zones,
)
from tests.benchmarks.donors import month_sql_donors
from tests.benchmarks.month_tables import (
    ABOVE,
    BY_ROOM,
    COUNTED,
    HOSTED,
    OF_NIGHTS,
    Bounds,
    Found,
    Line,
    by,
    by_cell,
    listed,
)

_ENTERS = f"{COUNTED} AND NOT at_start"
# of T2: key, condition, and what is counted where it is no row
_CELLS = {
    "t2.present_start": f"{COUNTED} AND at_start",
    "t2.entries": _ENTERS,
    "t2.exits": f"{COUNTED} AND exits",
    "t2.present_end": f"{COUNTED} AND NOT exits",
    "t2.distinct_persons": HOSTED,
}
_IS_NEW = (
    "EXISTS (SELECT 1 FROM line e WHERE e.person_id = line.person_id AND NOT e.at_start AND "
    "e.exit_reason <> 'non_admis' AND (e.entry_kind IN ('premiere', 'naissance') OR e.entry_kind = 'transfert' "
    "AND NOT EXISTS (SELECT 1 FROM stays o WHERE o.person_id = e.person_id AND o.id <> e.id "
    "AND o.admitted_at <= e.admitted_at AND o.uncounted NOT IN ('erreur_saisie', 'non_admis'))))"
)

# what these statements count, and by what; anything else of a report is not measured against them
_COUNTED = """
t1.installed_beds t1.operational_beds t1.installed_by_night t1.operational_by_night t1.capacity_bed_nights
t1.unavailable_bed_nights t1.person_nights t1.person_nights_in_bed t1.person_nights_extra t1.person_nights_shared
t1.person_nights_unplaced t1.absence_nights t1.absence_nights_held t1.occupancy_rate t1.occupancy_rate_held t1.presence
t1.mean_presence t1.max_presence t1.max_presence_night t1.min_presence t1.min_presence_night t1.overcapacity_nights
t1.overcapacity_by_room t1.surface_per_person t1.overrides
t2.present_start t2.entries t2.entries_premiere t2.entries_readmission t2.entries_transfert t2.entries_naissance
t2.exits t2.present_end t2.distinct_persons t2.new_persons t2.redirected t2.person_nights t2.mean_stay t2.median_stay
t2.mean_time_present t2.over_max_stay t2.changes t2.late_entries t2.estimated_ages
t3.persons t3.persons_by_sex t3.entries t3.adults t3.needs t3.ages
t8.exits t8.exits_planned t8.exits_profile t8.nights t8.mean_stay
"""
_BY = """
night rule sex age_group category nationality migration_situation region_origin referral_source child_status
exploitation_form status_decided_by service_type provider_kind exit_reason exit_destination planned
incident_type severity gbv_type zone origin exploitation_country exploitation_region assimilated_practice partner_type
donor activity audience training_theme education_level language country_last marital_status specific_need
age_at_admission asset_category asset_status asset_condition item_code move_type request_reason
rollup exploitation_group follow_up_outcome legal_step
"""
# each in its turn: the later ones read what the earlier ones listed
_OTHERS = (
    month_sql_zones,
    month_sql_care,
    month_sql_protection,
    month_sql_children,
    month_sql_activities,
    month_sql_equipment,
    month_sql_stock,
    month_sql_requests,
    month_sql_donors,
)
KEYS = frozenset(_COUNTED.split()).union(*(one.KEYS for one in _OTHERS))
DIMS = frozenset(_BY.split())


def counts(ref: Ref) -> bool:
    """True for a figure that these statements count."""
    return ref[0] in KEYS and all(name in DIMS for name, _ in ref[1])


def figures(plain: sqlite3.Connection, period: Period) -> Found:
    """Every one of these figures that has a row in the period, under the references of the program."""
    with listed(plain, period) as bounds:
        return dict(
            [
                *_capacity(plain, bounds),
                *_movements(plain),
                *_profile(plain),
                *_exits(plain),
                *(line for one in _OTHERS for line in one.figures(plain, bounds)),
            ]
        )


def _capacity(plain: sqlite3.Connection, bounds: Bounds) -> Iterator[Line]:
    beds = plain.execute(
        "SELECT count(*) FILTER (WHERE day = :last), count(*) FILTER (WHERE day = :last AND NOT blocked), "
        "count(*) FILTER (WHERE NOT blocked), count(*) FILTER (WHERE blocked) FROM bed_night",
        bounds,
    ).fetchone()
    names = ("installed_beds", "operational_beds", "capacity_bed_nights", "unavailable_bed_nights")
    yield from zip(((f"t1.{name}", ()) for name in names), beds, strict=True)
    counts = ", ".join(f"count(*) FILTER (WHERE {where})" for where in OF_NIGHTS.values())
    nights = dict(zip(OF_NIGHTS, plain.execute(f"SELECT {counts} FROM night").fetchone(), strict=True))
    yield from ((("t1." + name, ()), count) for name, count in nights.items())
    slept, usable = nights["person_nights_in_bed"] + nights["person_nights_extra"], beds[2]
    yield ("t1.occupancy_rate", ()), slept * 100 / usable if usable else None
    yield ("t1.occupancy_rate_held", ()), (slept + nights["absence_nights_held"]) * 100 / usable if usable else None
    yield from _by_night(plain)
    yield from _marks(plain, bounds)


def _by_night(plain: sqlite3.Connection) -> Iterator[Line]:
    by_night = plain.execute(
        "SELECT day.day, ifnull(installed, 0), ifnull(operational, 0), ifnull(present, 0), ifnull(sleepers, 0) "
        "FROM day LEFT JOIN (SELECT day, count(*) AS installed, sum(NOT blocked) AS operational FROM bed_night "
        "GROUP BY day) USING (day) LEFT JOIN (SELECT day, sum(NOT away) AS present, "
        "sum(NOT away AND place <> 'shared') AS sleepers FROM night GROUP BY day) USING (day) ORDER BY day.day"
    ).fetchall()
    for day, installed, operational, present, _ in by_night:
        dims = (("night", day),)
        yield ("t1.installed_by_night", dims), installed
        yield ("t1.operational_by_night", dims), operational
        yield ("t1.presence", dims), present
    for key, extreme in (("t1.max_presence", max), ("t1.min_presence", min)):
        value = extreme((line[3] for line in by_night), default=0)
        yield (key, ()), value
        yield from [((f"{key}_night", (("night", line[0]),)), value) for line in by_night if line[3] == value][:1]
    yield ("t1.overcapacity_nights", ()), sum(line[4] > line[2] for line in by_night)
    above = plain.execute(f"SELECT ifnull(sum({ABOVE}), 0) FROM ({BY_ROOM})").fetchone()[0]
    yield ("t1.overcapacity_by_room", ()), above
    yield ("t1.mean_presence", ()), sum(line[3] for line in by_night) / len(by_night) if by_night else None
    surface = plain.execute(
        "SELECT CASE WHEN count(*) = count(surface_m2) THEN sum(surface_m2) END FROM rooms "
        f"WHERE room_type IN ({', '.join(map(repr, sorted(SLEEPING_ROOMS)))})"
    ).fetchone()[0]
    most = max((line[3] for line in by_night), default=0)
    yield ("t1.surface_per_person", ()), surface / most if surface and most else None


def _marks(plain: sqlite3.Connection, bounds: Bounds) -> Iterator[Line]:
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
        "SELECT count(*) FILTER (WHERE NOT at_start AND substr(recorded_at, 1, 10) > came OR exits AND "
        "substr(exit_recorded_at, 1, 10) > went), "
        "count(DISTINCT CASE WHEN estimated THEN person_id END) FROM line WHERE exit_reason <> 'non_admis'"
    ).fetchone()
    yield ("t2.late_entries", ()), late
    yield ("t2.estimated_ages", ()), estimated


def _movements(plain: sqlite3.Connection) -> Iterator[Line]:
    for key, where in _CELLS.items():
        yield from by_cell(plain, key, where)
        yield from by(plain, key, "category", where)
    for kind in ("premiere", "readmission", "transfert", "naissance"):
        yield from by_cell(plain, f"t2.entries_{kind}", f"{_ENTERS} AND entry_kind = '{kind}'")
    yield from by_cell(plain, "t2.new_persons", f"{_CELLS['t2.distinct_persons']} AND {_IS_NEW}")
    yield from by_cell(plain, "t2.redirected", "exit_reason = 'non_admis' AND NOT at_start")
    limit = "CASE WHEN category LIKE 'vdt%' THEN 180 WHEN category = 'transit_bloque' THEN 15 ELSE 90 END"
    yield from by_cell(plain, "t2.over_max_stay", f"{_CELLS['t2.present_end']} AND NOT minor AND length > {limit}")
    yield from by_cell(plain, "t2.person_nights", "NOT away", table="night")
    yield from by(plain, "t2.person_nights", "category", "NOT away", table="night")
    yield from by_cell(plain, "t2.mean_stay", _CELLS["t2.exits"], "avg(length)")
    yield from by_cell(plain, "t2.mean_time_present", _CELLS["t2.present_end"], "avg(length)")
    yield from _medians(plain)
    yield from _changes(plain)


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
    for name in ("nationality", "migration_situation", "region_origin", "education_level", "country_last"):
        yield from by(plain, "t3.persons", name, persons)
    first = "substr(languages, 1, instr(languages || ';', ';') - 1)"
    yield from by(plain, "t3.persons", "language", persons, column=first)
    grown = f"{persons} AND born IS NOT NULL AND NOT minor"
    yield ("t3.adults", ()), plain.execute(f"SELECT count(*) FROM line WHERE {grown}").fetchone()[0]
    yield from by(plain, "t3.adults", "marital_status", grown)
    holds = "n.found_on <= line.read_on AND (n.ended_on IS NULL OR n.ended_on > line.read_on)"
    needs = (
        "(SELECT DISTINCT line.id, n.specific_need AS need FROM line JOIN specific_needs n ON n.stay_id = line.id "
        f"WHERE {persons} AND {holds})"
    )
    yield ("t3.needs", ()), plain.execute(f"SELECT count(DISTINCT id) FROM {needs}").fetchone()[0]
    yield from by(plain, "t3.needs", "specific_need", "1", table=needs, column="need")
    ages = f"SELECT age_at_admission, age_group, count(*) FROM line WHERE {persons} GROUP BY 1, 2"
    twice = plain.execute(ages).fetchall()
    for then, now, count in twice:
        yield ("t3.ages", (("age_at_admission", then), ("age_group", now))), count
    for then in {one[0] for one in twice}:
        yield ("t3.ages", (("age_at_admission", then),)), sum(one[2] for one in twice if one[0] == then)
    for nationality, sex, count in plain.execute(
        f"SELECT nationality, sex, count(*) FROM line WHERE {persons} GROUP BY nationality, sex"
    ):
        yield ("t3.persons_by_sex", (("nationality", nationality), ("sex", sex or "u"))), count
    yield ("t3.entries", ()), plain.execute(f"SELECT count(*) FROM line WHERE {_ENTERS}").fetchone()[0]
    yield from by(plain, "t3.entries", "referral_source", _ENTERS)


def _exits(plain: sqlite3.Connection) -> Iterator[Line]:
    exits = _CELLS["t2.exits"]
    for key, amount in (
        ("t8.exits", "count(*)"),
        ("t8.nights", "ifnull(sum(length), 0)"),
        ("t8.mean_stay", "avg(length)"),
    ):
        yield (key, ()), plain.execute(f"SELECT {amount} FROM line WHERE {exits}").fetchone()[0]
        yield from by(plain, key, "exit_reason", exits, amount)
    yield from by(plain, "t8.exits", "exit_destination", exits, blank="inconnue")
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
