"""What others know of the persons of a training shelter, and the families and beds of before.

Parents and numbers of the paper register, of IOM and of partners; children who were first with another adult; a bed
that stood elsewhere. Drawn apart from the days that are played, and nothing of it changes who sleeps where or counts.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from shelter_desk.domain.moments import plain
from shelter_desk.training import names
from shelter_desk.training.house import OWN_ROOMS, InventedBed, InventedRoom, Visit
from shelter_desk.training.persons import InventedPerson

PARTNERS = ("Partenaire A (exercice)", "Partenaire B (exercice)")
MOVED, AGO = timedelta(days=45), timedelta(days=90)  # when a bed was moved, and since when it stood there at least
FIRST_WITH = timedelta(days=3)  # how long a child was with the other adult
_MOST_FAMILIES = 2
# how often each is known
_MOTHER, _FATHER, _PAPER, _IOM, _PARTNER = 0.55, 0.4, 0.3, 0.15, 0.08


def tell(visits: Sequence[Visit], seed: str) -> None:
    """Write into the cells of each person what the parents are called and the numbers that others gave."""
    rng = Random(f"origins {seed}")  # noqa: S311 - the same shelter for the same seed
    every = {id(visit.person): visit.person for visit in visits}.values()
    persons = [one for one in every if one.values.get("last_name")]  # of who refuses to be recorded nothing is known
    for at, person in enumerate(persons, 1):
        _parents(rng, person)
        if rng.random() < _PAPER:
            person.values["paper_no"] = f"R-{at:04d}"
        if rng.random() < _IOM:
            person.values["iom_no"] = f"EX-ML-{100000 + at}"
        if rng.random() < _PARTNER:
            person.values |= {"partner_no": f"EX/{at:03d}", "partner_no_of": rng.choice(PARTNERS)}


def _parents(rng: Random, person: InventedPerson) -> None:
    region, last = str(person.values.get("region_origin", "")), str(person.values["last_name"])
    if rng.random() < _MOTHER:
        person.values["mother_name"] = " ".join(names.draw(rng, person.nationality, "f", region))
    if rng.random() < _FATHER:
        last = last.replace("Walet ", "Ag ")
        person.values["father_name"] = f"{names.first_name(rng, person.nationality, 'm', last)} {last}"


def families(visits: Sequence[Visit], today: date) -> dict[str, dict[str, Any]]:
    """By the number of the stay what the registers say of relations, and of families that children left again.

    A child of an adult here is their child, one who is separated a nephew or a niece. The last children who stayed for
    long were first written as the nephew or niece of another adult who was here, until that was put right.
    """
    found: dict[str, dict[str, Any]] = {}
    for visit in visits:
        if visit.head is not None and visit.child_status in _LINKS:
            found[visit.number] = {"family_link": _LINKS[visit.child_status], "link_basis": "dit"}
    told = 0
    for visit in reversed(visits):
        if visit.number not in found or not visit.counts or _lasted(visit, today) < 4 * FIRST_WITH:
            continue
        other = next((one for one in visits if _could_answer(one, visit)), None)
        if other is not None:
            day = visit.came + FIRST_WITH
            said = {"family_since": day, "former_families": f"{other.number} | | {day} | neveu_niece | dit"}
            found[visit.number] |= {**said, "link_basis": "papier"}
            told += 1
        if told == _MOST_FAMILIES:
            break
    return found


_LINKS = {"accompagne": "enfant", "enfant_residente": "enfant", "separe": "neveu_niece"}


def _lasted(visit: Visit, today: date) -> timedelta:
    return (today if visit.exited_at is None else visit.exited_at.date()) - visit.came


def _could_answer(one: Visit, child: Visit) -> bool:
    """An adult who came alone and is of the same country, here on the first days of the child."""
    until = child.came + 2 * FIRST_WITH
    stays = one.exited_at is None or one.exited_at.date() > until
    is_alone = one.head is None and not one.family and not one.role and one.counts
    is_kin = one.person.nationality == child.person.nationality and one.person is not child.person
    return is_alone and is_kin and one.came <= child.came and stays and not one.person.minor(child.came)


def moved_beds(rooms: Sequence[InventedRoom], today: date) -> Iterator[dict[str, Any]]:
    """Where a bed stood before: one of a room that has a twin, so that the rules of its nights are the same."""
    for room in sorted(rooms, key=lambda one: -len(one.beds)):
        twin = next((one for one in rooms if one is not room and _rules(one) == _rules(room)), None)
        bed = next((one for one in reversed(room.beds) if _is_old(one, today)), None)
        if twin is not None and bed is not None and room.kind not in OWN_ROOMS:
            yield {
                "bed_code": bed.code, "room_code": twin.code, "from": bed.since, "to": plain(today - MOVED),
            }  # fmt: skip
            return


def _rules(room: InventedRoom) -> tuple[str, str, str]:
    return room.kind, room.sex_rule, room.age_rule


def _is_old(bed: InventedBed, today: date) -> bool:
    return bed.until is None and bed.since.date() <= today - AGO
