"""T12: what a clerk counts with the register in hand; nothing of it for the public."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shelter_desk.domain.casefile.incidents import Incident
from shelter_desk.domain.ids import IncidentId
from shelter_desk.domain.reports import Report, as_document, compute
from shelter_desk.domain.reports.figures import HIDDEN
from shelter_desk.domain.reports.hiding.small_cells import shown
from shelter_desk.domain.reports.layout.blocks import tables
from tests.domain.reports.shelters import NOVEMBER, golden
from tests.examples import examples

RANDOM = settings(max_examples=examples(150), deadline=None, suppress_health_check=[HealthCheck.too_slow])
DAYS = st.dates(date(2026, 10, 1), date(2026, 12, 10))
GOLDEN = golden().facts()


@st.composite
def incidents(draw: st.DrawFn) -> Incident:
    day = draw(DAYS)
    kind = draw(st.sampled_from(["vol", "violence_exterieur", "plainte", "donnees", "eas", "protection_enfant"]))
    closed = draw(st.none() | st.integers(0, 60))
    answered = draw(st.none() | st.integers(0, 60)) if kind == "plainte" else None
    sealed = kind in ("eas", "protection_enfant")
    return Incident(
        IncidentId(draw(st.integers(1, 10_000))),
        "",
        datetime.combine(day, datetime.min.time()),
        datetime.combine(day, datetime.min.time()),
        kind,
        "" if sealed else draw(st.sampled_from(["mineur", "modere", "grave", "critique"])),
        answered_on=None if answered is None else day + timedelta(days=answered),
        closed_on=None if closed is None else day + timedelta(days=closed),
        gbv_type=draw(st.sampled_from(["", "psy", "viol"])) if kind == "violence_exterieur" else "",
    )


REGISTERS = st.lists(incidents(), max_size=30)


def report_of(found: list[Incident]) -> Report:
    return compute(replace(GOLDEN, incidents=tuple(found)))


def by_hand(found: list[Incident]) -> dict[Any, int]:
    """Line by line, with a finger on the register."""
    first, last = NOVEMBER.first, NOVEMBER.last
    count: dict[Any, int] = {}

    def add(key: str, *dims: tuple[str, str]) -> None:
        count[f"t12.{key}", dims] = count.get((f"t12.{key}", dims), 0) + 1

    for one in found:
        day, ended, answered = one.occurred_at.date(), one.closed_on or date.max, one.answered_on or date.max
        if one.incident_type in ("eas", "protection_enfant"):
            if first <= day <= last:
                add("confidential")
            continue
        if first <= day <= last:
            add("incidents")
            add("incidents", ("incident_type", one.incident_type))
            add("incidents", ("severity", one.severity))
            if one.gbv_type:
                add("gbv")
                add("gbv", ("gbv_type", one.gbv_type))
            add("incidents_crossed", ("incident_type", one.incident_type), ("severity", one.severity))
        for name, happened in (
            ("open_start", day < first <= ended),
            ("closed", first <= ended <= last),
            ("open_end", day <= last < ended),
        ):
            if happened:
                add(name)
                add(name, ("incident_type", one.incident_type))
        if one.incident_type == "plainte" and first <= day <= last:
            add("complaints_received")
        if one.incident_type == "plainte" and first <= answered <= last:
            add("complaints_answered")
    return count


@RANDOM
@given(REGISTERS)
def test_the_figures_are_what_a_clerk_counts_by_hand(found: list[Incident]) -> None:
    report = report_of(found)
    counted = {ref: one.value for ref, one in report.figures.items() if ref[0].startswith("t12.") and one.value}
    assert counted == by_hand(found)


@RANDOM
@given(REGISTERS)
def test_types_and_severities_add_up_to_the_total(found: list[Incident]) -> None:
    report = report_of(found)
    for name in ("incident_type", "severity"):
        parts = [
            one.value
            for (key, dims), one in report.figures.items()
            if key == "t12.incidents" and dims[:1] and dims[0][0] == name
        ]
        assert sum(parts) == report.value("t12.incidents")  # type: ignore[arg-type]


@RANDOM
@given(REGISTERS)
def test_open_and_closed_incidents_balance(found: list[Incident]) -> None:
    value = report_of(found).value
    left = value("t12.open_start") + value("t12.incidents") - value("t12.closed")  # type: ignore[operator]
    assert left == value("t12.open_end")


@RANDOM
@given(REGISTERS)
def test_a_sealed_matter_shows_neither_its_type_nor_its_severity(found: list[Incident]) -> None:
    dims = {dim for _, dims in report_of(found).figures for dim in dims}
    assert dims.isdisjoint({("incident_type", "eas"), ("incident_type", "protection_enfant")})


SOME = [
    Incident(IncidentId(n), "", datetime(2026, 11, n), datetime(2026, 11, n), kind, severity)
    for n, (kind, severity) in enumerate([("vol", "mineur")] * 6 + [("fugue", "grave"), ("deces", "critique")], 1)
]


def test_the_public_is_told_nothing_of_incidents() -> None:
    document = as_document(shown(report_of(SOME), "public"))
    assert [one for one in document["figures"] if one["figure"].startswith("t12.")] == []
    assert [table.name for table in tables(shown(report_of(SOME), "public")) if table.name.startswith("t12")] == []


@pytest.mark.parametrize("kind", ["fugue", "deces", "vol"])
def test_a_partner_is_not_told_that_two_hidden_types_are_two_together(kind: str) -> None:
    assert shown(report_of(SOME), "partenaire").value("t12.incidents", ("incident_type", kind)) is HIDDEN


@pytest.mark.parametrize(("kind", "value"), [("fugue", HIDDEN), ("deces", HIDDEN), ("vol", 6)])
def test_a_partner_sees_a_large_type_where_the_small_ones_hide_each_other(kind: str, value: object) -> None:
    more = [replace(one, id=IncidentId(n)) for n, one in enumerate([SOME[6], SOME[6], SOME[7], SOME[7]], 20)]
    found = shown(report_of([*SOME, *more]), "partenaire")
    assert found.value("t12.incidents", ("incident_type", kind)) == value


def test_a_partner_sees_the_totals() -> None:
    seen = shown(report_of(SOME), "partenaire")
    assert [seen.value(f"t12.{key}") for key in ("incidents", "open_end", "confidential")] == [8, 8, 0]


def test_a_partner_sees_types_by_severity_only_where_no_cell_is_small() -> None:
    few, many = report_of(SOME), report_of(SOME[:6])
    crossed = [
        any(key == "t12.incidents_crossed" for key, _ in shown(report, "partenaire").figures) for report in (few, many)
    ]
    assert crossed == [False, True]


def test_types_stand_in_lines_and_severities_in_columns() -> None:
    table = next(one for one in tables(report_of(SOME)) if one.name == "t12.incidents.incident_type")
    assert [row.label for row in table.rows] == [
        ("incident_type", "fugue"),
        ("incident_type", "deces"),
        ("incident_type", "vol"),
        ("total", ""),
    ]
    assert len(table.columns) == 5


def taught(kind: str, closed: date | None, lesson: str = "Un casier par personne") -> Incident:
    when = datetime(2026, 11, 3, 9)
    return Incident(IncidentId(1), "", when, when, kind, "mineur", closed_on=closed, lesson=lesson)


def test_the_lessons_of_the_incidents_closed_in_the_month_stand_beside_the_figures() -> None:
    inside, after = taught("vol", date(2026, 11, 9)), taught("vol", date(2026, 12, 1))
    report = report_of([inside, after, taught("vol", None), taught("vol", date(2026, 11, 9), " ")])
    assert [(one.closed_on, one.text) for one in report.lessons] == [(date(2026, 11, 9), "Un casier par personne")]
    assert "casier" not in str(as_document(report))


def test_no_lesson_of_a_sealed_matter_and_none_outside_the_house() -> None:
    assert report_of([taught("eas", date(2026, 11, 9))]).lessons == ()
    report = report_of([taught("vol", date(2026, 11, 9))])
    assert (shown(report, "partenaire").lessons, shown(report, "public").lessons) == ((), ())
