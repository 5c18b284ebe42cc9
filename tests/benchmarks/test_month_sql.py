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

from shelter_desk import training
from shelter_desk.domain.casefile.incidents import Incident
from shelter_desk.domain.casefile.interviews import Interview
from shelter_desk.domain.casefile.minors import BestInterests, Guardian, Tracing
from shelter_desk.domain.ids import BestInterestsId, GuardianId, IncidentId, InterviewId, PlaceRequestId, TracingId
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports import compute
from shelter_desk.domain.reports.facts import ReportFacts
from shelter_desk.domain.reports.report import Report
from shelter_desk.domain.reports.tables.t08_protection import ExitSheet
from shelter_desk.domain.residents.residents import Birth
from shelter_desk.domain.stays.place_requests import PlaceRequest
from shelter_desk.domain.stock.moves import NO_LOT
from shelter_desk.operations.imports import registers
from shelter_desk.operations.reports import reports
from shelter_desk.operations.vault import unlocking
from shelter_desk.storage import tables
from shelter_desk.storage.casefile import incidents
from shelter_desk.storage.file import schema
from shelter_desk.storage.stays import place_requests
from shelter_desk.storage.stock import stock_figures
from tests.benchmarks import month, month_sql, shelter
from tests.benchmarks.month_tables import Found
from tests.domain.casefile.filed import Cards, file, file_cards, storable
from tests.domain.reports.random_facts.random_assets import equipped
from tests.domain.reports.random_facts.random_care import cared_for
from tests.domain.reports.random_facts.random_requests import requests
from tests.domain.reports.random_facts.random_shelters import periods
from tests.domain.reports.random_facts.random_store import stores
from tests.domain.reports.shelters import NOVEMBER, Shelter
from tests.examples import examples
from tests.operations.shelter import QUICK

TODAY = date(2026, 6, 30)
# what a shelter that is counted otherwise is made of takes many lines, and is to be read all the same
pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")
RANDOM = settings(max_examples=examples(40), deadline=None, suppress_health_check=[*HealthCheck])


@pytest.fixture(scope="module")
def plain() -> Iterator[Connection]:
    engine = create_engine("sqlite://", poolclass=StaticPool)
    with engine.connect() as connection:
        schema.upgrade(connection)
        tables.metadata.create_all(connection, tables=tables.case_tables())  # all in one file here
        connection.commit()
        connection.exec_driver_sql("PRAGMA foreign_keys = ON")  # what was of a stay that is refused goes with it
        yield connection
    engine.dispose()


@st.composite
def happenings(draw: st.DrawFn) -> Incident:
    day = datetime(2026, 8, 20) + timedelta(days=draw(st.integers(0, 150)), hours=draw(st.integers(0, 23)))
    kind = draw(st.sampled_from(("vol", "violence_residents", "plainte", "eas", "protection_enfant")))
    days = st.none() | st.integers(0, 60).map(lambda n: day.date() + timedelta(days=n))
    is_sealed = kind in ("eas", "protection_enfant")
    severity = "" if is_sealed else draw(st.sampled_from(("", "mineur", "grave")))
    answered = draw(days) if kind == "plainte" else None
    violence = draw(st.sampled_from(("", "psy", "viol"))) if kind == "violence_residents" else ""
    told = {"answered_on": answered, "closed_on": draw(days), "gbv_type": violence}
    return Incident(IncidentId(0), "", day, day, kind, severity, **told)  # type: ignore[arg-type]


@st.composite
def kept(draw: st.DrawFn) -> Shelter:
    """A shelter with residents, what was done for them, what protection knows of them, and a register of equipment."""
    built, owned = draw(cared_for()), draw(equipped())
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


# a minor alone, assessed on the last day allowed, with a guardian from the last day of the month; of two roommates
# of one adult the one who came on the day on which the adult left slept beside nobody
AT_THE_EDGE = {"alone": 4, "with_guardian": 1, "bia_done": 2, "bia_on_time": 1, "bia_overdue": 1, "bia_pending": 1}
AT_THE_EDGE |= {"bia_full_on_time": 0, "beside_adults": 1, "in_school": 0}
# a search that ended for one who had left grown up, by the same reason, counts
AT_THE_EDGE |= {"tracing_reunified": 1}
# one lost in its last event, whatever its row says; one found again; one gone in its row alone, on its last event's day
OF_ASSETS = {"start": 3, "end": 1, "lost": 1, "disposed": 1, "transferred": 0, "value": 5000, "value_unknown": 0}


def edges() -> Shelter:
    """A November in which everything falls on the first or the last day of something."""
    built = Shelter()
    beds = [built.bed(room=built.room().id) for _ in range(3)]
    beds += [built.bed(room=one.room) for one in beds]
    mother = built.stay(built.person(birth=date(1990, 1, 1)), date(2026, 10, 1))
    with_mother = built.stay(built.person(birth=date(2015, 1, 1)), date(2026, 10, 1), head=mother.id)
    stranger = built.stay(built.person(birth=date(1980, 1, 1)), date(2026, 10, 1), date(2026, 11, 10))
    alone = [
        built.stay(built.person(birth=date(2012, 1, 1)), day, child_status="non_accompagne")
        for day in (date(2026, 11, 27), date(2026, 11, 26), date(2026, 11, 10), date(2026, 11, 9))
    ]
    for stay, bed in zip((mother, with_mother, stranger, alone[2]), (beds[0], beds[3], beds[1], beds[4]), strict=True):
        built.place(stay, bed=bed)
    built.place(alone[3], bed=built.bed(room=beds[1].room))
    known = built.protected
    for stay, day in ((alone[2], date(2026, 11, 13)), (alone[3], date(2026, 11, 13))):
        number = len(known.best_interests) + 1
        assessed = BestInterests(BestInterestsId(number), f"EIS-{number}", stay.id, "admission", "courte", day, "faite")
        known.best_interests.append(assessed)
    for number, stay, day in ((1, alone[0], date(2026, 11, 30)), (2, alone[1], date(2026, 12, 1))):
        known.guardians.append(Guardian(GuardianId(number), stay.person, "designe", started_on=day))
    grown = built.stay(
        built.person(birth=date(1990, 1, 1)), date(2026, 9, 1), date(2026, 10, 20), exit_reason="reunification"
    )
    built.refer(grown, date(2026, 11, 5), "emise")
    ended = date(2026, 11, 10)
    known.tracings.append(Tracing(TracingId(1), "RRF-1", grown.id, "reunifie", True, reunified_on=ended))
    built.status(mother, "identifiee", date(2026, 11, 5))
    for number, when, country in ((1, datetime(2026, 11, 30, 23), "DZ"), (2, datetime(2026, 12, 1, 0, 5), "ML")):
        known.interviews.append(
            Interview(
                InterviewId(number),
                f"E-{number}",
                mother.id,
                number,
                when,
                "termine",
                exploitation_countries=(country,),
            )
        )
    lost, found, gone = (built.asset(date(2026, 10, 1), status=one) for one in ("en_service", "en_service", "reforme"))
    built.assets = [replace(one, cost=5000) for one in built.assets]
    built.happen(lost, "perte", date(2026, 11, 30))
    built.happen(found, "vol", date(2026, 11, 1))
    built.happen(found, "retour_service", date(2026, 11, 20))
    built.happen(gone, "inventaire", date(2026, 11, 1))
    return built


@RANDOM
@given(
    built=kept(),
    happened=st.lists(happenings(), max_size=6),
    asked=st.lists(requests(), max_size=4),
    period=periods(),
)
def test_the_sql_counts_what_the_report_gives_whatever_the_shelter(
    plain: Connection, built: Shelter, happened: list[Incident], asked: list[PlaceRequest], period: Period
) -> None:
    register = [replace(one, id=IncidentId(n), incident_no=f"I-{n}") for n, one in enumerate(happened, 1)]
    file(plain, storable(built))
    plain.execute(tables.incidents.delete())
    for one in register:
        plain.execute(insert(tables.incidents).values(id=one.id, **incidents.INCIDENTS.write(one)))
    _file_requests(plain, asked)
    facts = replace(
        built.facts(period),
        incidents=tuple(sorted(register, key=lambda one: one.occurred_at)),
        requests=place_requests.of_period(plain, period),
    )
    _both(plain, facts)
    _file_requests(plain, [])


def _file_requests(plain: Connection, asked: list[PlaceRequest]) -> None:
    plain.execute(tables.place_request_groups.delete())
    plain.execute(tables.place_requests.delete())
    for n, one in enumerate(asked, 1):
        row = place_requests.REQUESTS.write(replace(one, request_no=f"DP-{n}", stay=None))
        plain.execute(insert(tables.place_requests).values(id=n, **row))
        plain.execute(insert(tables.place_request_groups), place_requests.group_rows(PlaceRequestId(n), one.groups))


@RANDOM
@given(cards=stores(), unnamed=st.sets(st.integers(1, 40)), period=periods())
def test_the_sql_counts_the_store_as_the_report_does(
    plain: Connection, cards: Cards, unnamed: set[int], period: Period
) -> None:
    """unnamed: movements that do not say from which lot."""
    items, moves = cards
    built = Shelter()
    built.stay(built.person(), period.first)
    file(plain, storable(built))
    file_cards(plain, (items, tuple(replace(m, lot=NO_LOT) if m.id in unnamed and m.change < 0 else m for m in moves)))
    plain.execute(tables.incidents.delete())
    _both(plain, replace(built.facts(period), store=stock_figures.store(plain, period)))
    file_cards(plain, ((), ()))


def _both(plain: Connection, facts: ReportFacts) -> tuple[Report, Found]:
    """What the report gives and what the SQL finds in the file, once it is sure that they are the same."""
    plain.commit()
    driver = plain.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    report, found = compute(facts), month_sql.figures(driver, facts.period)
    told = {ref: (report.value(ref[0], *ref[1]), found.get(ref)) for ref in month.differences(report, found)}
    assert told == {}
    assert all(map(month_sql.counts, found))
    return report, found


def test_both_read_the_last_and_the_first_day_of_a_delay_alike(plain: Connection) -> None:
    built = edges()
    file(plain, storable(built))
    plain.execute(tables.incidents.delete())
    _, found = _both(plain, built.facts(NOVEMBER))
    assert {key: found.get((f"t5.{key}", ())) for key in AT_THE_EDGE} == AT_THE_EDGE
    countries = [dict(dims)["exploitation_country"] for key, dims in found if key == "t4.identified_by_country"]
    assert countries == ["DZ"]
    assert {key: found.get((f"t10.{key}", ()), 0) for key in OF_ASSETS} == OF_ASSETS


@pytest.mark.parametrize("day", [1, 2, 15, 30])
def test_both_count_the_days_that_are_over_of_a_month_that_runs(plain: Connection, day: int) -> None:
    built = edges()
    file(plain, storable(built))
    plain.execute(tables.incidents.delete())
    report, _ = _both(plain, built.facts(NOVEMBER.over_by(date(2026, 11, day))))
    assert report.period.nights == day - 1
    assert report.failed == ()


def test_the_sql_counts_every_figure_of_a_training_shelter(tmp_path: Path) -> None:
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
    assert month.not_counted(report) == []
