"""When each situation happens, and the days played one after the other.

What is decided about the status of a person, from screening to a decision, as far as the stay reaches.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random
from typing import Any

from shelter_desk.domain.stays.stays import REDIRECTED
from shelter_desk.training import arrivals, cast, profiles, situations
from shelter_desk.training.chances import pick
from shelter_desk.training.house import Visit
from shelter_desk.training.simulation import Shelter
from shelter_desk.training.situations import Situation

# every so many months, first in month, situation
_EVERY: tuple[tuple[int, int, Situation], ...] = (
    (1, 0, situations.briefly(REDIRECTED)),
    (2, 0, situations.briefly("retour_autonome")),
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
    (6, 2, situations.exception("R-04;R-06", profiles.R04_REASON)),
    (6, 4, situations.exception("R-06", profiles.R06_REASON)),
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
            screen(shelter, visit)
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


LONGEST_PRESUMED = 26  # days; then it is decided, but for who shows that it was forgotten
# of who plays a part: the status after so many days of stay
_OF_PARTS: Mapping[str, tuple[tuple[int, str], ...]] = {
    "survivor": ((2, "depistage_en_cours"), (8, "presumee"), (29, "identifiee")),
    "child": ((4, "depistage_en_cours"), (9, "presumee"), (26, "identifiee")),
    "trainee": ((1, "depistage_en_cours"), (6, "presumee"), (24, "identifiee")),
    "presumed": ((2, "depistage_en_cours"), (7, "presumee")),
    "undecided": ((1, "depistage_en_cours"),),
    "danger": ((0, "depistage_en_cours"), (5, "presumee")),
    "distress": ((1, "depistage_en_cours"), (6, "presumee")),
    "asylum": ((3, "depistage_en_cours"), (12, "non_victime")),
    "new_child": ((2, "depistage_en_cours"),),
    "waiting": (),
    "refuses": (),
    "overstay": ((2, "depistage_en_cours"), (10, "non_victime")),
}


def screen(shelter: Shelter, visit: Visit) -> None:
    """Write the decisions on a visit; those that lie ahead are left out later."""
    if visit.role in _OF_PARTS:
        days = [(visit.came + timedelta(days=after), status) for after, status in _OF_PARTS[visit.role]]
    else:
        days = _drawn(shelter, visit)
    if not days:
        return
    forms, by = _forms(shelter, visit), pick(shelter.rng, profiles.DECIDERS)
    for day, status in days:
        row: dict[str, Any] = {"decided_on": day, "victim_status": status}
        if status in ("identifiee", "non_victime"):
            row["status_decided_by"] = by
        if status in ("presumee", "identifiee"):
            row["exploitation_forms"] = forms
        visit.statuses.append(row)


def _drawn(shelter: Shelter, visit: Visit) -> list[tuple[date, str]]:
    rng, share = shelter.rng, 0.8 if shelter.profile == "bamako" else 0.6 if visit.long else 0.06
    if visit.head is not None or rng.random() > share:
        return []
    days = [(visit.came + timedelta(days=rng.randint(0, 3)), "depistage_en_cours")]
    if rng.random() < (0.25 if visit.long else 0.85):
        return [*days, (days[0][0] + timedelta(days=rng.randint(2, 12)), "non_victime")]
    days.append((days[0][0] + timedelta(days=rng.randint(2, 7)), "presumee"))
    later = days[-1][0] + timedelta(days=rng.randint(7, LONGEST_PRESUMED))
    if rng.random() < 0.8 or later < shelter.today:
        days.append((later, "identifiee" if rng.random() < 0.85 else "non_victime"))
    return days


def _forms(shelter: Shelter, visit: Visit) -> str:
    rng, sex = shelter.rng, visit.person.sex
    forms = pick(rng, profiles.FORMS[sex])
    if rng.random() < 0.35 and sex == "f":
        forms = ";".join(dict.fromkeys((forms, pick(rng, profiles.FORMS["f"]))))
    return forms
