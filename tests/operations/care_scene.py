"""A small shelter with a woman, a man, a girl and somebody away, to try services, activities and meals on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import pytest

from shelter_desk.domain.assistance.assistance import Activity, Service
from shelter_desk.domain.ids import ServiceId, StayId
from shelter_desk.domain.moments import Period
from shelter_desk.operations.assistance import assistance
from shelter_desk.operations.assistance.activities import NEW
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.storage.assistance import assistance as stored_assistance
from shelter_desk.system import clock
from tests.operations.shelter import admit, small_shelter


@dataclass(frozen=True, slots=True)
class Scene:
    """Who is where: 1A the woman, 2A the man, 3A the girl."""

    desk: Desk
    woman: Admitted
    man: Admitted
    girl: Admitted


@pytest.fixture
def scene(tmp_path: Path) -> Iterator[Scene]:
    with small_shelter(tmp_path / "shelter") as desk:
        yield Scene(desk, admit(desk, "1A"), admit(desk, "2A", sex="m"), admit(desk, "3A", age=15))


def today(days_before: int = 0) -> date:
    return clock.today() - timedelta(days=days_before)


def service(stay: StayId, kind: str = "san_consult", days_before: int = 0, **more: object) -> Service:
    return Service(ServiceId(0), "", today(days_before), stay, kind, **more)  # type: ignore[arg-type]


def group(kind: str = "psy_groupe", days_before: int = 0, audience: str = "residents", **more: object) -> Activity:
    return Activity(NEW, "", kind, today(days_before), audience, **more)  # type: ignore[arg-type]


def written(desk: Desk) -> list[Service]:
    """Every service of the last year and the next."""
    with desk.reading() as connection:
        return list(stored_assistance.within(connection, Period(today(366), today(-366))))


def give(desk: Desk, *services: Service, note: str = "") -> list[Service]:
    """Write them, and read what is stored of the last of them."""
    assistance.give(desk, services, note)
    return written(desk)
