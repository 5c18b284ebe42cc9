"""The invented shelter for training: the same one for the same seed, no person in it exists."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from shelter_desk.domain.registers.rows import Incoming
from shelter_desk.training.calendar import play
from shelter_desk.training.profiles import SHELTERS, Profile
from shelter_desk.training.registers import Invented, invented

__all__ = ["PERSONS_AT_DESK", "SHELTERS", "Invented", "Profile", "played", "rows", "ten_years"]

# the names of the training accounts, and the role of each
PERSONS_AT_DESK: Mapping[str, str] = {
    "Agent A": "director",
    "Agent B": "case_worker",
    "Agent C": "reception",
    "Agent D": "storekeeper",
    "Agent E": "auditor",
}
TEN_YEARS_SCALE = 1.5
LOGGED = timedelta(days=430)  # services and referrals older than that are in no training shelter


def played(profile: Profile, months: int, today: date, seed: int, scale: float = 1.0) -> Invented:
    """The shelter of so many full months before the one of `today`, and of this month up to yesterday evening.

    Exits of today are plain days. scale: multiplies beds and arrivals.
    """
    month = today.year * 12 + today.month - 1 - months
    first = date(month // 12, month % 12 + 1, 1)
    return invented(play(profile, first, today, seed, scale), first, seed, max(first, today - LOGGED))


def rows(profile: Profile, months: int, today: date, seed: int, scale: float = 1.0) -> Iterator[Incoming]:
    """The registers of such a shelter."""
    return played(profile, months, today, seed, scale).rows()


def ten_years(today: date, seed: int) -> Iterator[Incoming]:
    """The large shelter of the benchmarks: 60 beds, about 24,000 persons and 25,400 stays."""
    return rows("gao", 120, today, seed, TEN_YEARS_SCALE)
