"""What T1 says of each zone of the house, and of its toilets, in SQL over the tables of `month_tables`."""

import sqlite3
from collections.abc import Iterator

from shelter_desk.domain.beds.beds import SLEEPING_ROOMS
from tests.benchmarks.month_tables import ABOVE, BY_ROOM, OF_NIGHTS, Bounds, Line

_SLEEPING = ", ".join(map(repr, sorted(SLEEPING_ROOMS)))
_ZONED = (
    f"CREATE TEMP TABLE zoned AS SELECT id, surface_m2, room_type IN ({_SLEEPING}) AS sleeps, CASE "
    "WHEN room_type = 'dortoir_f' THEN 'femmes' WHEN room_type = 'dortoir_h' THEN 'hommes' "
    "WHEN room_type = 'dortoir_filles' THEN 'filles' WHEN room_type = 'dortoir_garcons' THEN 'garcons' "
    "WHEN room_type IN ('chambre_famille', 'mere_enfant') OR sex_rule = 'mixte_famille' THEN 'familles' "
    "WHEN sex_rule = 'f' THEN iif(age_rule = 'mineurs', 'filles', 'femmes') "
    "WHEN sex_rule = 'm' THEN iif(age_rule = 'mineurs', 'garcons', 'hommes') ELSE 'autre' END AS zone FROM rooms"
)
_BEDS = (
    "CREATE TEMP TABLE zone_beds AS SELECT ifnull(zone, 'autre') AS zone, day, count(*) AS installed, "
    "sum(NOT blocked) AS usable FROM bed_night LEFT JOIN zoned ON zoned.id = room_id GROUP BY 1, 2"
)
_NIGHTS = (
    "CREATE TEMP TABLE zone_nights AS SELECT ifnull(zone, 'autre') AS zone, day, {counts}, "
    "count(*) FILTER (WHERE NOT away AND place <> 'shared') AS sleepers "
    "FROM night LEFT JOIN zoned ON zoned.id = room_id GROUP BY 1, 2"
).format(counts=", ".join(f"count(*) FILTER (WHERE {where}) AS {name}" for name, where in OF_NIGHTS.items()))
# a zone is told of where it has a room to sleep in, a bed or a night; `autre` needs a bed or a night
_ZONES = (
    "CREATE TEMP TABLE zones AS SELECT zone FROM zone_beds UNION SELECT zone FROM zone_nights "
    "UNION SELECT zone FROM zoned WHERE sleeps AND zone <> 'autre'"
)
_SURFACES = (
    "CREATE TEMP TABLE surfaces AS SELECT zone, iif(count(*) = count(surface_m2), sum(surface_m2), NULL) AS surface "
    "FROM zoned WHERE sleeps GROUP BY zone"
)
_COUNTS = {
    "installed_beds": "sum(iif(day.day = :last, ifnull(installed, 0), 0))",
    "operational_beds": "sum(iif(day.day = :last, ifnull(usable, 0), 0))",
    "capacity_bed_nights": "sum(ifnull(usable, 0))",
    "unavailable_bed_nights": "sum(ifnull(installed - usable, 0))",
    **{name: f"sum(ifnull({name}, 0))" for name in OF_NIGHTS},
    "max_presence": "max(ifnull(person_nights, 0))",
    "min_presence": "min(ifnull(person_nights, 0))",
    "mean_presence": "avg(iif(day.day IS NULL, NULL, ifnull(person_nights, 0)))",
    "overcapacity_nights": "sum(ifnull(sleepers, 0) > ifnull(usable, 0))",
}
_OVER = (
    f"SELECT z.zone, ifnull(sum({ABOVE}), 0) FROM zones z LEFT JOIN (SELECT ifnull(zone, 'autre') AS zone, sleepers, "
    f"usable FROM ({BY_ROOM}) LEFT JOIN zoned ON zoned.id = room_id) r USING (zone) GROUP BY z.zone"
)
# usable beds that nobody has, in a room with somebody in it, where whoever the door lets in meets the other sex and age
_LOST = (
    "CREATE TEMP TABLE lost AS WITH kinds AS (SELECT DISTINCT n.room_id, n.day, l.sex, "
    "ifnull(n.day < date(l.born, '+18 years'), 1) AS minor FROM night n JOIN line l ON l.id = n.stay "
    "WHERE n.place <> 'unplaced' AND n.room_id IS NOT NULL), "
    "anybody(sex, minor) AS (VALUES ('f', 0), ('f', 1), ('m', 0), ('m', 1)), "
    "closed AS (SELECT r.id, k.day FROM rooms r JOIN (SELECT DISTINCT room_id, day FROM kinds) k ON k.room_id = r.id "
    f"WHERE r.room_type IN ({_SLEEPING}) AND (r.room_type = 'chambre_famille' OR NOT EXISTS (SELECT 1 FROM anybody a "
    "WHERE (r.sex_rule NOT IN ('f', 'm') OR a.sex = r.sex_rule) AND NOT EXISTS (SELECT 1 FROM kinds o "
    "WHERE o.room_id = r.id AND o.day = k.day AND o.minor <> a.minor AND o.sex <> a.sex)))) "
    "SELECT b.day, b.room_id FROM bed_night b JOIN closed c ON c.id = b.room_id AND c.day = b.day WHERE NOT b.blocked "
    "AND NOT EXISTS (SELECT 1 FROM night n WHERE n.bed_id = b.bed AND n.day = b.day)"
)
_LOST_BY = {
    "": "SELECT '', count(*) FROM lost",
    "zone": "SELECT z.zone, count(l.day) FROM zones z LEFT JOIN (SELECT l.day, ifnull(zone, 'autre') AS zone "
    "FROM lost l LEFT JOIN zoned ON zoned.id = l.room_id) l USING (zone) GROUP BY z.zone",
    "night": "SELECT day.day, count(l.day) FROM day LEFT JOIN lost l USING (day) GROUP BY day.day",
}
_SETTING = "(SELECT CAST(value AS INTEGER) FROM settings WHERE key = '{}')"
_UNITS = {"toilet": "toilets", "shower": "showers"}
KEYS = frozenset(f"t1.{name}{unit}" for name in ("persons_per_", "norm_") for unit in _UNITS)
KEYS |= {"t1.lost_bed_nights", "t1.lost_by_night"}


def figures(plain: sqlite3.Connection, bounds: Bounds) -> Iterator[Line]:
    """Every figure of T1 by zone, and persons by toilet and shower."""
    for statement in (_ZONED, _BEDS, _NIGHTS, _ZONES, _SURFACES, _LOST):
        plain.execute(statement)
    found = plain.execute(
        f"SELECT z.zone, surface, {', '.join(_COUNTS.values())} FROM zones z LEFT JOIN day ON true "
        "LEFT JOIN zone_beds b ON b.zone = z.zone AND b.day = day.day LEFT JOIN zone_nights n ON n.zone = z.zone "
        "AND n.day = day.day LEFT JOIN surfaces s ON s.zone = z.zone GROUP BY z.zone",
        bounds,
    )
    for zone, surface, *values in found:
        dims = (("zone", zone),)
        counts = dict(zip(_COUNTS, values, strict=True))
        yield from (((f"t1.{name}", dims), value) for name, value in counts.items())
        slept, usable = counts["person_nights_in_bed"] + counts["person_nights_extra"], counts["capacity_bed_nights"]
        held = slept + counts["absence_nights_held"]
        yield ("t1.occupancy_rate", dims), slept * 100 / usable if usable else None
        yield ("t1.occupancy_rate_held", dims), held * 100 / usable if usable else None
        most = counts["max_presence"]
        yield ("t1.surface_per_person", dims), surface / most if surface is not None and most else None
    yield from ((("t1.overcapacity_by_room", (("zone", zone),)), above) for zone, above in plain.execute(_OVER))
    for dim, statement in _LOST_BY.items():
        key = "t1.lost_by_night" if dim == "night" else "t1.lost_bed_nights"
        yield from (((key, ((dim, of),) if dim else ()), n) for of, n in plain.execute(statement))
    yield from _sanitation(plain)


def _sanitation(plain: sqlite3.Connection) -> Iterator[Line]:
    """With the staff that lives in the house; nothing where nobody wrote how many toilets there are, where none is, and
    without a night."""
    busiest = "SELECT count(*) FROM night WHERE NOT away GROUP BY day ORDER BY 1 DESC LIMIT 1"
    for unit, key in _UNITS.items():
        share, norm = plain.execute(
            f"SELECT (ifnull(({busiest}), 0) + ifnull({_SETTING.format('resident_staff')}, 0)) "
            "* (SELECT 1.0 FROM day LIMIT 1) / "
            f"nullif({_SETTING.format(key)}, 0), ifnull({_SETTING.format('norm_' + unit)}, 20)"
        ).fetchone()
        yield (f"t1.persons_per_{unit}", ()), share
        yield (f"t1.norm_{unit}", ()), norm
