"""A bed held in the small shelter, for tests of operations and windows."""

from datetime import timedelta

from shelter_desk.domain.beds.held_beds import HeldBed
from shelter_desk.domain.ids import HeldBedId, PlaceRequestId
from shelter_desk.domain.stays.place_requests import Group, PlaceRequest
from shelter_desk.operations.beds import beds, held_beds
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays import place_requests
from tests.operations import shelter

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
