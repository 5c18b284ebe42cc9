"""The figures of T9 as somebody would write them by hand, in SQL: sessions, who came, trainings of the staff."""

import sqlite3
from collections.abc import Iterator

from shelter_desk.domain.reports.figures import Dims
from tests.benchmarks.month_tables import Bounds, Line

_HELD = (
    "CREATE TEMP TABLE held AS SELECT id, activity_no, service_type, audience, ifnull(hours, 0) AS hours, "
    "CASE theme WHEN '' THEN 'non_renseigne' ELSE theme END AS training_theme, "
    "outside_f + outside_m + outside_girls + outside_boys AS guests FROM activities "
    "WHERE service_status = 'fait' AND service_type <> 'ali_repas' AND held_on BETWEEN :first AND :last"
)
# a resident at a session, in the cell in which the month counts the person
_THERE = (
    "CREATE TEMP TABLE there AS SELECT h.*, p.person_id, p.sex, p.age_group FROM held h "
    "CROSS JOIN services v ON v.activity_id = h.id AND v.service_status = 'fait' JOIN stays s ON s.id = v.stay_id "
    "AND s.uncounted <> 'erreur_saisie' JOIN home p ON p.person_id = s.person_id WHERE audience <> 'personnel'"
)
_NAME = "replace(replace(replace(trim(lower(a.staff_name)), ' ', '<>'), '><', ''), '<>', ' ')"
_STAFF = (
    f"CREATE TEMP TABLE staffed AS SELECT h.*, {_NAME} AS who, CASE a.sex WHEN '' THEN 'u' ELSE a.sex END AS sex, "
    "a.pre_score, a.post_score FROM held h JOIN attendances a ON a.activity_id = h.id"
)
_OF_RESIDENTS = {
    "participations": "count(*)",
    "participants": "count(DISTINCT person_id)",
    "person_hours": "ifnull(sum(hours), 0)",
}
_FOR_STAFF = "audience IN ('personnel', 'mixte')"
_OF_STAFF = {
    "trained": "count(*)",
    "training_hours": "ifnull(sum(hours), 0)",
    "trained_persons": "count(DISTINCT who)",
    "pre_tested": "count(pre_score)",
    "post_tested": "count(post_score)",
    "pre_score": "avg(pre_score)",
    "post_score": "avg(post_score)",
}
_CUTS = ("service_type", "audience", "training_theme")
KEYS = frozenset(
    f"t9.{name}"
    for name in (
        *("sessions", "outside", "trainings", "trained_by_sex"),
        *("attended", "attended_profile", "attended_outside", "attended_staff"),
        *_OF_RESIDENTS,
        *_OF_STAFF,
    )
)


def figures(plain: sqlite3.Connection, bounds: Bounds) -> Iterator[Line]:
    """Every figure of T9 that has a row; the table `home` must be there."""
    for statement in (_HELD, _THERE, _STAFF):
        plain.execute(statement, bounds)
    held = {"sessions": "count(*)", "outside": "ifnull(sum(guests), 0)"}
    yield from _cut(plain, held, "held WHERE audience <> 'personnel'", _CUTS)
    yield from _cut(plain, _OF_RESIDENTS, "there", _CUTS)
    yield from _cells(plain)
    yield from _cut(plain, {"trainings": "count(*)"}, f"held WHERE {_FOR_STAFF}", ("training_theme",))
    yield from _cut(plain, _OF_STAFF, f"staffed WHERE {_FOR_STAFF}", ("training_theme",))
    yield from _by_sex(plain)
    yield from _each(plain)


def _cut(plain: sqlite3.Connection, amounts: dict[str, str], rows: str, cuts: tuple[str, ...]) -> Iterator[Line]:
    """Each amount in total and by each of these."""
    keys, sums = [f"t9.{name}" for name in amounts], ", ".join(amounts.values())
    (total,) = plain.execute(f"SELECT {sums} FROM {rows}")
    yield from (((key, ()), value) for key, value in zip(keys, total, strict=True))
    for name in cuts:
        for cut, *values in plain.execute(f"SELECT {name}, {sums} FROM {rows} GROUP BY {name}"):
            yield from (((key, ((name, cut),)), value) for key, value in zip(keys, values, strict=True))


def _cells(plain: sqlite3.Connection) -> Iterator[Line]:
    sums = ", ".join(_OF_RESIDENTS.values())
    for sex, age, *values in plain.execute(f"SELECT sex, age_group, {sums} FROM there GROUP BY sex, age_group"):
        cell: Dims = (("sex", sex or "u"), ("age_group", age))
        yield from (((f"t9.{key}", cell), value) for key, value in zip(_OF_RESIDENTS, values, strict=True))


def _by_sex(plain: sqlite3.Connection) -> Iterator[Line]:
    found: dict[Dims, int] = {}
    for theme, sex, count in plain.execute(
        f"SELECT training_theme, sex, count(*) FROM staffed WHERE {_FOR_STAFF} GROUP BY training_theme, sex"
    ):
        for dims in ((("sex", sex),), (("training_theme", theme), ("sex", sex))):
            found[dims] = found.get(dims, 0) + count
    yield from ((("t9.trained_by_sex", dims), count) for dims, count in found.items())


def _each(plain: sqlite3.Connection) -> Iterator[Line]:
    """Each session on a line of its own."""
    for key, statement in (
        ("attended", "SELECT activity_no, count(*) FROM there GROUP BY 1"),
        ("attended_outside", "SELECT activity_no, guests FROM held WHERE guests > 0"),
        ("attended_staff", "SELECT activity_no, count(*) FROM staffed GROUP BY 1"),
    ):
        for activity, count in plain.execute(statement):
            yield (f"t9.{key}", (("activity", activity),)), count
    for activity, sex, age, count in plain.execute(
        "SELECT activity_no, sex, age_group, count(*) FROM there GROUP BY 1, 2, 3"
    ):
        yield ("t9.attended_profile", (("activity", activity), ("sex", sex or "u"), ("age_group", age))), count
