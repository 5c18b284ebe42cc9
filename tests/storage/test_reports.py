"""What is read for a report is what the registers hold, whatever the shelter and the period."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import Connection

from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports import compute
from shelter_desk.storage.file import schema
from shelter_desk.storage.file.case.case_rows import CaseKey
from shelter_desk.storage.file.database import Database
from shelter_desk.storage.reports import reports
from tests.domain.casefile.filed import file, storable
from tests.domain.reports.random_facts.random_assets import equipped
from tests.domain.reports.random_facts.random_care import cared_for
from tests.domain.reports.random_facts.random_shelters import periods
from tests.domain.reports.shelters import Shelter
from tests.examples import examples


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    database = Database.create(tmp_path_factory.mktemp("reports") / "shelter.db", bytes(range(32)))
    with database.transaction(EVERYTHING) as opened:
        schema.upgrade(opened)
    database.open_case_file(CaseKey(bytes(32)))
    with database.transaction(EVERYTHING) as opened:
        yield opened
    database.close()


@settings(max_examples=examples(60), deadline=None, suppress_health_check=[*HealthCheck])
@given(shelter=cared_for(), period=periods())
def test_the_figures_of_a_file_are_those_of_its_registers(
    connection: Connection, shelter: Shelter, period: Period
) -> None:
    file(connection, storable(shelter))
    found, expected = compute(reports.facts(connection, period)), compute(shelter.facts(period))
    values = [{ref: one.value for ref, one in report.figures.items()} for report in (found, expected)]
    assert values[0] == values[1]
    assert found.failed == ()


@settings(max_examples=examples(40), deadline=None, suppress_health_check=[*HealthCheck])
@given(shelter=equipped(), period=periods())
def test_the_equipment_of_a_file_is_that_of_its_registers(
    connection: Connection, shelter: Shelter, period: Period
) -> None:
    file(connection, storable(shelter))
    found, expected = reports.facts(connection, period), shelter.facts(period)
    assert sorted(found.assets, key=lambda one: one.asset.id) == list(expected.assets)
    assert compute(found).happened == compute(expected).happened
    assert reports.facts(connection, period, assets=False).assets == ()
