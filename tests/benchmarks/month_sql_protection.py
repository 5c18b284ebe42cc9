"""T4, victims by what is told of them, interviews, assimilated practices, in SQL over the tables of `month_tables`."""

import sqlite3
from collections.abc import Iterator

from shelter_desk.domain.reports.figures import Dims
from tests.benchmarks.month_tables import COUNTED, HOSTED, Bounds, Line, by, by_cell, split

_SAT = (
    "CREATE TEMP TABLE sat AS SELECT i.id, i.stay_id, exploitation_countries, exploitation_regions, "
    "assimilated_practices, substr(interview_at, 1, 10) AS day, w.sex, w.age_group FROM interviews i JOIN (SELECT id, "
    "sex, age_group FROM line UNION ALL SELECT id, sex, age_group FROM aside) w ON w.id = i.stay_id "
    "WHERE consent_interview <> 'refuse' AND (stage > 2 OR interview_state = 'termine')"
)
_NEW = "victim_status = 'identifiee'"
_ORIGIN = "CASE nationality WHEN '' THEN '' WHEN 'ML' THEN 'malienne' ELSE 'etrangere' END"


def _decided(cut: str, column: str, tables: str = "decided d") -> str:
    """Each person newly identified once for each of these codes; nothing recorded where there is none."""
    return (
        f"SELECT DISTINCT d.id, '{cut}', d.sex, d.age_group, ifnull(nullif(part.value, ''), 'non_renseigne') "
        f"FROM {tables}, {split(column)} WHERE {_NEW}"
    )


def _told(cut: str, column: str) -> str:
    """The same of what the interviews of the stay say, up to the end of the period."""
    said = f"FROM sat i WHERE i.stay_id = d.stay_id AND i.day <= :last AND i.{column} <> ''"
    return _decided(cut, f"ifnull((SELECT group_concat(i.{column}, ';') {said}), '')")


_IDENTIFIED = "CREATE TEMP TABLE identified (id, cut, sex, age_group, value)"
_DIMS = {
    "form": "exploitation_form",
    "country": "exploitation_country",
    "region": "exploitation_region",
    "origin": "origin",
    "body": "status_decided_by",
}
_FILLED = "INSERT INTO identified " + " UNION ALL ".join(
    (
        _decided("form", "d.exploitation_forms"),
        _told("country", "exploitation_countries"),
        _told("region", "exploitation_regions"),
        _decided(
            "origin",
            _ORIGIN,
            "decided d JOIN stays s ON s.id = d.stay_id JOIN persons p ON p.id = s.person_id",
        ),
        _decided("body", "d.status_decided_by"),
    )
)
# of the persons hosted: what the last decision that names a practice says, else the interviews, by the day it is read
_NAMED = (
    "SELECT assimilated_practices FROM victim_statuses v WHERE v.stay_id = l.id AND decided_on <= l.read_on "
    "AND assimilated_practices <> '' ORDER BY decided_on DESC, id DESC LIMIT 1"
)
_SAID = (
    "SELECT group_concat(assimilated_practices, ';') FROM sat i WHERE i.stay_id = l.id AND i.day <= l.read_on "
    "AND assimilated_practices <> ''"
)
_PRACTISED = (
    "CREATE TEMP TABLE practised AS SELECT DISTINCT o.id, o.sex, o.age_group, part.value AS practice FROM (SELECT l.*, "
    f"coalesce(({_NAMED}), ({_SAID}), '') AS told FROM line l WHERE {HOSTED} AND category <> 'vdt_identifiee') o, "
    f"{split('o.told')} WHERE part.value NOT IN ('', 'aucune')"
)
KEYS = frozenset(
    {
        *("t4.victims", "t4.victims_new", "t4.victims_continuing", "t4.victims_by_form", "t4.victims_by_origin"),
        *("t4.interviews", "t4.assimilated", "t4.assimilated_profile"),
        *(f"t4.identified_by_{cut}{profile}" for cut in _DIMS for profile in ("", "_profile")),
    }
)


def figures(plain: sqlite3.Connection, bounds: Bounds) -> Iterator[Line]:
    """Every figure of these keys that has a row; the table `decided` must be there."""
    for statement in (_SAT, _IDENTIFIED):
        plain.execute(statement)
    plain.execute(_FILLED, bounds)
    plain.execute(_PRACTISED)
    yield from _victims(plain)
    for cut, sex, age, value, count in plain.execute(
        "SELECT cut, sex, age_group, value, count(*) FROM identified GROUP BY 1, 2, 3, 4"
    ):
        yield (f"t4.identified_by_{cut}_profile", ((_DIMS[cut], value), *_cell(sex, age))), count
    for cut, value, count in plain.execute("SELECT cut, value, count(*) FROM identified GROUP BY 1, 2"):
        yield (f"t4.identified_by_{cut}", ((_DIMS[cut], value),)), count
    plain.execute("CREATE TEMP TABLE sat_now AS SELECT * FROM sat WHERE day BETWEEN :first AND :last", bounds)
    yield from by_cell(plain, "t4.interviews", "1", table="sat_now")
    yield from by_cell(plain, "t4.assimilated", "1", "count(DISTINCT id)", "practised")
    for practice, count in plain.execute("SELECT practice, count(*) FROM practised GROUP BY practice"):
        yield ("t4.assimilated", (("assimilated_practice", practice),)), count
    for practice, sex, age, count in plain.execute(
        "SELECT practice, sex, age_group, count(*) FROM practised GROUP BY 1, 2, 3"
    ):
        yield ("t4.assimilated_profile", (("assimilated_practice", practice), *_cell(sex, age))), count


# the victims hosted, whether they were here at the start, and what their last decision that names forms says
_FORMS = (
    "SELECT exploitation_forms FROM victim_statuses v WHERE v.stay_id = l.id AND decided_on <= l.read_on "
    "AND exploitation_forms <> '' ORDER BY decided_on DESC, id DESC LIMIT 1"
)
_VICTIMS = (
    f"CREATE TEMP TABLE victim AS SELECT l.id, l.sex, l.age_group, ifnull(({_FORMS}), '') AS forms, {_ORIGIN} AS "
    f"origin, EXISTS (SELECT 1 FROM line b WHERE b.person_id = l.person_id AND b.at_start AND b.{COUNTED}) AS here "
    f"FROM line l WHERE {HOSTED} AND category IN ('vdt_identifiee', 'vdt_presumee')"
)


def _victims(plain: sqlite3.Connection) -> Iterator[Line]:
    plain.execute(_VICTIMS)
    for name, where in (("", "1"), ("_new", "NOT here"), ("_continuing", "here")):
        yield from by_cell(plain, f"t4.victims{name}", where, table="victim")
    yield from by(plain, "t4.victims_by_origin", "origin", "1", table="victim")
    forms = f"(SELECT DISTINCT victim.id, part.value AS form FROM victim, {split('forms')})"
    yield from by(plain, "t4.victims_by_form", "exploitation_form", "1", table=forms, column="form")


def _cell(sex: str, age: str) -> Dims:
    return ("sex", sex or "u"), ("age_group", age)
