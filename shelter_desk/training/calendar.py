"""When each situation happens, and the days played one after the other."""

from datetime import date, timedelta
from random import Random

from shelter_desk.training import arrivals, cast, screenings, situations
from shelter_desk.training.simulation import Shelter
from shelter_desk.training.situations import Situation

# every so many months, first in month, situation
_EVERY: tuple[tuple[int, int, Situation], ...] = (
    (1, 0, situations.redirected),
    (2, 0, situations.same_day),
    (2, 1, situations.readmission),
    (3, 1, situations.transfer),
    (3, 0, situations.swap),
    (3, 0, situations.near_name),
    (3, 1, situations.with_adults),
    (4, 1, situations.birth),
    (4, 2, situations.mother_moves),
    (4, 1, situations.void),
    (4, 2, situations.rescue),
    (5, 2, situations.turned),
    (6, 2, situations.r04),
    (6, 4, situations.r06),
    (9, 5, situations.death),
    (9, 3, situations.retire),
    (9, 5, situations.renew),
    (2, 0, situations.blocked("maintenance")),
    (4, 1, situations.blocked("hors_service")),
    (4, 3, situations.blocked("quarantaine")),
    (2, 0, situations.away("hopital", (2, 6))),
    (2, 1, situations.away("permission", (1, 2))),
    (2, 0, situations.away("visite_famille", (2, 4))),
    (2, 1, situations.away("demarche", (1, 2))),
    (4, 2, situations.away("injustifiee", (1, 2))),
)
# days before the last day
_BEFORE_THE_END: tuple[tuple[int, str, Situation], ...] = (
    (110, "bamako", situations.overstay),
    (24, "gao", situations.overstay),
    (28, "", situations.turned),
    (14, "", situations.turning),
    (6, "", situations.missing),
    (5, "", cast.left_behind),
    (4, "", situations.blocked("maintenance", still=True)),
    (3, "", cast.known_already),
    (3, "", situations.with_adults),
    (1, "", cast.without_rule),
    (1, "", cast.among_adults),
    (1, "", cast.crowd),
    *((part.before, part.profile, cast.comes(part)) for part in cast.PARTS),
)
NAMES_APART, NAMES_HEARD = 7, 500  # days before the last one
WARMING_UP = {"bamako": 100, "gao": 40}


def play(profile: str, first: date, today: date, seed: int, scale: float) -> Shelter:
    """A shelter that has run since some weeks before `first`, on the morning of `today`."""
    rng = Random(f"{profile} {seed}")  # noqa: S311 - the same training shelter for the same seed
    shelter = Shelter(profile, first - timedelta(days=WARMING_UP[profile]), today, rng, scale)
    due = _due(profile, first, today, rng)
    pending: list[Situation] = []
    while shelter.day < today:
        shelter.people.listens = (today - shelter.day).days <= NAMES_HEARD
        shelter.people.apart = (today - shelter.day).days <= NAMES_APART
        shelter.kept = cast.to_come(shelter)
        shelter.let_leave()
        pending += due.pop(shelter.day, [])
        pending = [situation for situation in pending if not situation(shelter)]
        shelter.bring_to_beds()
        arrivals.arrive(shelter)
        shelter.day += timedelta(days=1)
    shelter.let_leave()
    for visit in shelter.visits:
        if visit.counts:
            screenings.screen(shelter, visit)
    return shelter


def _due(profile: str, first: date, today: date, rng: Random) -> dict[date, list[Situation]]:
    """The situations by the day from which they are tried."""
    due: dict[date, list[Situation]] = {}
    month, start = 0, first
    while start < today:
        for every, offset, situation in _EVERY:
            if month % every == offset % every:
                due.setdefault(start + timedelta(days=rng.randrange(2, 24)), []).append(situation)
        start, month = (start + timedelta(days=32)).replace(day=1), month + 1
    for before, only, situation in _BEFORE_THE_END:
        if only in ("", profile):
            due.setdefault(today - timedelta(days=before), []).append(situation)
    return due
