"""The SQL that the month is measured against counts what the report gives, so that it cannot stay behind unseen."""

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, create_engine, insert
from sqlalchemy.pool import StaticPool

from shelter_desk.domain import training
from shelter_desk.domain.ids import IncidentId
from shelter_desk.domain.incidents import Incident
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports import compute
from shelter_desk.domain.reports.protection import ExitSheet
from shelter_desk.domain.residents import Birth
from shelter_desk.operations import registers, reports, unlocking
from shelter_desk.storage import incidents, schema, tables
from tests.benchmarks import month, month_sql, shelter
from tests.domain.filed import file, storable
from tests.domain.random_assets import equipped, registered
from tests.domain.random_care import cared_for
from tests.domain.shelters import Shelter, periods
from tests.examples import examples
from tests.operations.shelter import QUICK

# what of the report no statement counts yet
APART = ("t11.",)
TODAY = date(2026, 6, 30)
RANDOM = settings(max_examples=examples(40), deadline=None, suppress_health_check=[*HealthCheck])


@pytest.fixture(scope="module")
def plain() -> Iterator[Connection]:
    engine = create_engine("sqlite://", poolclass=StaticPool)
    with engine.connect() as connection:
        schema.upgrade(connection)
        yield connection
    engine.dispose()


@st.composite
def happenings(draw: st.DrawFn) -> Incident:
    day = datetime(2026, 8, 20) + timedelta(days=draw(st.integers(0, 150)), hours=draw(st.integers(0, 23)))
    kind = draw(st.sampled_from(("vol", "fugue", "plainte", "eas", "protection_enfant")))
    days = st.none() | st.integers(0, 60).map(lambda n: day.date() + timedelta(days=n))
    is_sealed = kind in ("eas", "protection_enfant")
    severity = "" if is_sealed else draw(st.sampled_from(("", "mineur", "grave")))
    answered = draw(days) if kind == "plainte" else None
    return Incident(IncidentId(0), "", day, day, kind, severity, answered_on=answered, closed_on=draw(days))


@st.composite
def kept(draw: st.DrawFn) -> Shelter:
    """A shelter with residents, what was done for them, what protection knows of them, and a register of equipment."""
    built, owned = draw(cared_for()), registered(draw(equipped()))
    if draw(st.booleans()):
        _rejuvenate(draw, built)
    built.assets = [replace(one, room=None, bed=None) for one in owned.assets]
    built.asset_events = [replace(one, room=None) for one in owned.asset_events]
    built.tickets = owned.tickets
    return built


def _rejuvenate(draw: st.DrawFn, built: Shelter) -> None:
    """Most are children, most of them alone, all beds in one room, so that T5 has something to count."""
    built.beds = [replace(one, room=built.rooms[0].id) for one in built.beds]
    years = {one.id: draw(st.sampled_from((1980, 2009, 2012, 2018))) for one in built.persons}
    built.persons = [replace(one, birth=Birth(date(years[one.id], 5, 1))) for one in built.persons]
    built.stays = [
        replace(one, child_status=draw(st.sampled_from(("non_accompagne", "separe", "chef_menage", "accompagne"))))
        for one in built.stays
    ]
    for one in built.stays:
        if draw(st.booleans()):
            day = one.admitted_at.date() + timedelta(days=draw(st.integers(-1, 4)))
            built.serve(one, draw(st.sampled_from(("edu_alpha", "fop_metier", "fop_kit"))), day)
            if one.exited_at is not None and all(sheet.stay != one.id for sheet in built.protected.sheets):
                built.protected.sheets.append(ExitSheet(one.id, draw(st.booleans()), draw(st.booleans())))


@RANDOM
@given(built=kept(), happened=st.lists(happenings(), max_size=6), period=periods())
def test_the_sql_counts_what_the_report_gives_whatever_the_shelter(
    plain: Connection, built: Shelter, happened: list[Incident], period: Period
) -> None:
    register = [replace(one, id=IncidentId(n), incident_no=f"I-{n}") for n, one in enumerate(happened, 1)]
    file(plain, storable(built))
    plain.execute(tables.incidents.delete())
    for one in register:
        plain.execute(insert(tables.incidents).values(id=one.id, **incidents.incident_row(one)))
    plain.commit()
    driver = plain.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    facts = replace(built.facts(period), incidents=tuple(sorted(register, key=lambda one: one.occurred_at)))
    report, found = compute(facts), month_sql.figures(driver, period)
    told = {ref: (report.value(ref[0], *ref[1]), found.get(ref)) for ref in month.differences(report, found)}
    assert told == {}
    assert all(map(month_sql.counts, found))


def test_the_sql_counts_every_figure_of_a_training_shelter_but_those_set_apart(tmp_path: Path) -> None:
    desk = unlocking.create(
        tmp_path / "shelter", "Maison des Essais", "Bamako", "Agent A", shelter.PASSWORD, training=True, cost=QUICK
    ).desk
    with desk:
        registers.take_in_rows(desk, registers.judged(desk, list(training.rows("bamako", 2, TODAY, 1))))
        with shelter.plain_copy(desk) as copy:
            period = Period.month(2026, 5)
            report, found = reports.monthly(desk, period).report, month_sql.figures(copy, period)
    assert all(report.value(key) for key in ("t2.entries", "t5.minors", "t6.events", "t7.issued"))
    assert month.differences(report, found) == []
    assert [told for told in month.not_counted(report) if not told.startswith(APART)] == []
