"""R-12: persons beyond the usable beds of their own room; a free bed in another room takes nobody off."""

from collections.abc import Mapping
from typing import TypeVar

from shelter_desk.domain.ids import RoomId

Place = TypeVar("Place", RoomId, RoomId | None)


def above(slept: Mapping[Place, int], usable: Mapping[RoomId, int]) -> dict[Place, int]:
    """By room, how many are above its beds on one night; rooms with none are left out. The house's number is the sum.

    slept: persons in a bed or on an extra place, shared beds and absences left out; None for those in no known room,
    who have no bed either. usable: beds of the capacity in service that nothing blocks.
    """
    beds = {room: usable.get(room, 0) if room is not None else 0 for room in slept}
    return {room: persons - beds[room] for room, persons in slept.items() if persons > beds[room]}
