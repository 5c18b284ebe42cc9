"""A bed held in the small shelter, for tests of operations and windows."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from shelter_desk.domain.beds.held_beds import HeldBed
from shelter_desk.domain.ids import HeldBedId, PlaceRequestId
from shelter_desk.domain.stays.place_requests import Group, PlaceRequest
from shelter_desk.operations.beds import beds, held_beds
from shelter_desk.operations.beds.beds import Proposal
from shelter_desk.operations.beds.held_beds import HeldLine
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays import place_requests, stays
from shelter_desk.operations.stays.placing import Spot
from shelter_desk.operations.stays.stays import Admission, Admitted
from shelter_desk.system import clock
from tests.operations import shelter

NOON = time(12)
WOMAN = (Group("f", "a18_59", 1),)
MOTHER = (Group("f", "a18_59", 1), Group("m", "a05_11", 1))


def wanted(
    desk: Desk,
    bed: str = "1A",
    *,
    room: str = "",
    places: int = 1,
    days: int = 0,
    nights: int = 2,
    since: int = 0,
    groups: tuple[Group, ...] = WOMAN,
    request: PlaceRequestId | None = None,
) -> HeldBed:
    """A bed from the night in `since` days on, the arrival in `days`, until that many nights after the arrival."""
    today = desk.today()
    expected = today + timedelta(days=days)
    return HeldBed(
        HeldBedId(0),
        "",
        groups,
        expected,
        today + timedelta(days=since),
        expected + timedelta(days=nights),
        None if room else shelter.bed(desk, bed).id,
        next((one.id for one, _ in beds.rooms(desk) if one.code == room), None),
        places,
        request,
    )


def hold(desk: Desk, bed: str = "1A", **said: object) -> HeldBedId:
    """The same, held."""
    return held_beds.hold(desk, wanted(desk, bed, **said)).id  # type: ignore[arg-type]


def asked(desk: Desk, groups: tuple[Group, ...] = WOMAN) -> PlaceRequestId:
    """A request for a place of two days ago."""
    day = desk.today() - timedelta(days=2)
    return place_requests.note(desk, PlaceRequest(PlaceRequestId(0), "", day, "police", groups, "immediat")).id


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """At noon: an arrival of today is not one of later."""
    noon = datetime.combine(clock.today(), NOON)
    monkeypatch.setattr(clock, "now", lambda: noon)
    with shelter.small_shelter(tmp_path / "shelter") as opened:
        yield opened


def go_to(monkeypatch: pytest.MonkeyPatch, day: date, hour: time = NOON) -> None:
    moment = datetime.combine(day, hour)
    monkeypatch.setattr(clock, "now", lambda: moment)


def arriving(
    desk: Desk,
    code: str = "",
    *,
    held: HeldBedId | None = None,
    request: PlaceRequestId | None = None,
    reason: str = "",
    at: datetime | None = None,
    sex: str = "f",
) -> Admitted:
    spot = Spot("lit", shelter.bed(desk, code).id, reason=reason) if code else None
    moment = at or clock.now()
    return stays.admit(
        desk,
        Admission(moment, "premiere", "transit", sex, shelter.born(27), "GN", spot=spot, held=held, request=request),
    )


def only(desk: Desk) -> HeldLine:
    (line,) = held_beds.register(desk)
    return line


def proposed(desk: Desk, own: HeldBedId | None = None) -> dict[str, Proposal]:
    found = beds.beds_for(desk, "f", shelter.born(27), desk.today(), own=own)
    return {one.bed.code: one for one in found}
