"""What is decided about the status of a person, from screening to a decision, as far as the stay reaches."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from shelter_desk.training import profiles
from shelter_desk.training.chances import pick
from shelter_desk.training.house import Visit
from shelter_desk.training.simulation import Shelter

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
