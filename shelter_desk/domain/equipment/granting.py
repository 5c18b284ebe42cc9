"""Which grant of a donor something comes under, where nobody says it."""

from collections.abc import Iterable
from datetime import date

from shelter_desk.domain.equipment.assets import Grant


def last_of(grants: Iterable[Grant], donor: str, day: date) -> Grant | None:
    """The one of that donor that began last, of those that are not over on that day; None where there is none."""
    mine = [one for one in grants if one.donor == donor and (one.ended_on is None or one.ended_on >= day)]
    begun = [one for one in mine if one.started_on is None or one.started_on <= day]
    return max(begun, key=lambda one: (one.started_on or date.min, one.id), default=None)
