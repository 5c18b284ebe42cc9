"""Registers out and in again: whatever the shelter, what was written comes back without a change."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from shelter_desk.domain.changes import EVERYTHING
from shelter_desk.operations import registers
from shelter_desk.operations.desk import Desk
from shelter_desk.system import clock
from tests.domain.filed import file, storable
from tests.domain.random_care import cared_for
from tests.domain.shelters import Shelter
from tests.examples import examples
from tests.operations.shelter import small_shelter


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    with pytest.MonkeyPatch.context() as patched, small_shelter(tmp_path_factory.mktemp("registers") / "s") as opened:
        patched.setattr(clock, "now", lambda: datetime(2027, 6, 1, 12))  # after every random day
        yield opened


@settings(max_examples=examples(40), deadline=None, suppress_health_check=[*HealthCheck])
@given(shelter=cared_for())
def test_any_shelter_written_and_read_again_is_the_same(desk: Desk, tmp_path: Path, shelter: Shelter) -> None:
    with desk.database.transaction(EVERYTHING) as connection:
        file(connection, storable(shelter))
    registers.export(desk, tmp_path / "out.xlsx")

    looked = registers.look(desk, tmp_path / "out.xlsx")

    assert looked.judgement.refusals == []
    assert {
        name: (one.new, one.changed, one.refused) for name, one in looked.judgement.counts.items()
    } == dict.fromkeys(looked.judgement.counts, (0, 0, 0))
