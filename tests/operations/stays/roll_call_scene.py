"""A shelter with people to call, and what differs of a night."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from shelter_desk.operations.casefile import flags
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays import roll_call
from shelter_desk.operations.stays.roll_call import Differing
from tests.operations.shelter import small_shelter

LAST_NIGHT = timedelta(days=1)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path) as opened:
        yield opened


@pytest.fixture
def night(desk: Desk) -> date:
    """A night that is over, whatever the hour of the test."""
    return desk.today() - LAST_NIGHT


def missing(desk: Desk) -> list[date]:
    """The nights of which the red flags say that nobody called the roll."""
    found = [one for one in flags.of_house(desk) if (one.rule, one.kind) == ("R-31", "missing")]
    return sorted(one.night for one in found if one.night)


def kinds(desk: Desk, night: date) -> list[str]:
    return [one.kind for one in roll_call.differences(desk, night)]


def only(desk: Desk, night: date) -> Differing:
    (found,) = roll_call.differences(desk, night)
    return found
