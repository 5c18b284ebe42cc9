"""What a shelter sees a few times a year and a training shelter must show: each tried until the house allows it."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from shelter_desk.domain.moments import plain
from shelter_desk.domain.residents.names import sounds
from shelter_desk.domain.residents.residents import Birth
from shelter_desk.domain.stays.stays import REDIRECTED, VOID
from shelter_desk.training import profiles
from shelter_desk.training.arrivals import convoy
from shelter_desk.training.house import OWN_ROOMS, InventedBed, InventedRoom, Visit
from shelter_desk.training.names import is_public_figure
from shelter_desk.training.persons import InventedPerson, born_as
from shelter_desk.training.simulation import Shelter

Situation = Callable[[Shelter], bool]


def main(shelter: Shelter) -> tuple[str, bool]:
    """Whom the shelter is mainly for: sex, and whether the minors' room is theirs."""
    return ("f" if shelter.profile == "bamako" else "m"), True


def _settled(shelter: Shelter, days_left: int, days_here: int = 3) -> list[Visit]:
    """Those who are here alone, in a bed, for some days yet."""
    first, last = shelter.day - timedelta(days=days_here), shelter.day + timedelta(days=days_left)
    return [
        visit
        for visit in shelter.present
        if visit.alone
        and visit.bed
        and not visit.role
        and not visit.absences
        and visit.admitted_at.date() <= first
        and visit.leaves >= last
        and visit.slept[-1].start.date() < shelter.day
        and not visit.slept[-1].rule
    ]


def birth(shelter: Shelter) -> bool:
    """A child is born to a mother in a room of her own, and shares her bed."""
    for mother in shelter.present:
        if mother.head is None and mother.person.sex == "f" and mother.slept and mother.room.kind in OWN_ROOMS:
            infant = any(child.shares or (child.person.birth.age(shelter.day) or 0) < 2 for child in mother.family)
            settled = mother.bed and mother.slept[-1].start.date() < shelter.day
            if not infant and settled and mother.leaves > shelter.day + timedelta(days=2):
                child = shelter.people.draw(shelter.rng.choice("fm"), (0, 0), shelter.day, mother.person)
                born_as(child, Birth(shelter.day))
                visit = shelter.join(mother, child, shelter.at(6), "naissance", "ne_au_centre")
                visit.shares = True
                visit.settle(visit.admitted_at, "partage", mother.room, mother.bed)
                mother.leaves = visit.leaves = max(mother.leaves, shelter.day + timedelta(days=12))
                for other in mother.family:
                    other.leaves = mother.leaves
                return True
    return False


def death(shelter: Shelter) -> bool:
    """Somebody is taken to hospital and dies there."""
    for visit in _settled(shelter, 4)[:1]:
        visit.absences.append({"absence_type": "hopital", "from": shelter.at(13)})
        visit.back_on = visit.leaves = shelter.day + timedelta(days=3)
        visit.reason = "deces"
        return True
    return False


def swap(shelter: Shelter) -> bool:
    """Two residents of one room change beds at one moment."""
    settled = _settled(shelter, 2)
    for first in settled:
        for second in settled:
            if second is not first and first.room is second.room and not first.room.closed(shelter.day):
                moment, beds = shelter.at(12), (first.bed, second.bed)
                first.rise(moment)
                second.rise(moment)
                first.settle(moment, "lit", second.room, beds[1])
                second.settle(moment, "lit", second.room, beds[0])
                return True
    return False


def mother_moves(shelter: Shelter) -> bool:
    """A mother takes another bed, if need be that of an older child; the infant in her arms comes along."""
    for mother in shelter.present:
        family = [child for child in mother.family if child.exited_at is None]
        if mother.bed is None or not any(child.shares for child in family):
            continue
        moved = max(member.slept[-1].start for member in (mother, *family))
        beds = [bed for bed in mother.room.free_beds(shelter.day) if bed.kind != "berceau"]
        older = [child for child in family if child.bed and not child.shares and child.bed.kind != "berceau"]
        if not (beds or older) or not moved.date() < shelter.day < mother.leaves:
            continue
        moment, old = shelter.at(12), mother.bed
        new = beds[0] if beds else older[0].bed
        mother.rise(moment)
        if not beds:
            older[0].settle(moment, "lit", mother.room, old)
        mother.settle(moment, "lit", mother.room, new)
        return True
    return False


def rescue(shelter: Shelter) -> bool:
    """One night with more persons than beds: a group brought in at once, some on mats."""
    needed = shelter.capacity - shelter.sleeping + 2
    if shelter.profile == "gao":
        if shelter.capacity * 1.28 < len(shelter.present) + 20:
            return False
        convoy(shelter, needed + 2)
        return True
    if needed > 6 * shelter.scale:
        return False
    for n in range(needed):
        shelter.arrive("f", n % 2 == 1, shelter.rng.randint(2, 4), source="police")
    return True


def with_adults(shelter: Shelter) -> bool:
    """A minor sleeps among adults of the same sex who are no relatives (R-05)."""
    sex, _ = main(shelter)
    for room in shelter.fitting(sex, False):
        adults = [guest for guest in room.guests if not guest.person.minor(shelter.day)]
        if room.age_rule == "tous" and room.sex_rule == sex and adults and room.free_beds(shelter.day):
            shelter.arrive(sex, True, shelter.rng.randint(3, 9), room=room)
            return True
    return False


def _room_of_women(shelter: Shelter) -> tuple[InventedRoom, InventedBed] | None:
    for room in shelter.fitting("f", False):
        beds = room.free_beds(shelter.day)
        minors = any(guest.person.minor(shelter.day) for guest in room.guests)
        if room.age_rule == "adultes" and room.guests and beds and not minors:
            return room, beds[0]
    return None


def exception(rule: str, reason: str) -> Situation:
    """In the women's room for a few nights, with a reason; nobody new is put there.

    R-04, and R-06 of the room: a small boy alone among women. R-06: a man, for want of another bed.
    """

    def happen(shelter: Shelter) -> bool:
        found = _room_of_women(shelter)
        if found is None:
            return False
        minor = rule != "R-06"
        ages = (6, 9) if minor else (24, 55)
        visit = shelter.open(shelter.people.draw("m", ages, shelter.day), shelter.hour(14, 22), kind="premiere")
        visit.leaves = shelter.day + timedelta(days=shelter.rng.randint(2, 4))
        visit.child_status = "non_accompagne" if minor else ""
        visit.settle(visit.admitted_at, "lit", *found, rule, reason)
        found[0].closed_until = visit.leaves
        return True

    return happen


def near_name(shelter: Shelter) -> bool:
    """Somebody comes whose name, sex and age are nearly those of a person who left (R-02)."""
    return bool(shelter.free_for(main(shelter)[0], False)) and nearly_known(shelter)


def nearly_known(shelter: Shelter, nights: int | None = None) -> bool:
    """The same, a bed being free or not."""
    others = {visit.person for visit in shelter.present}
    sex, _ = main(shelter)
    for visit in reversed(shelter.visits[-150:]):
        if visit.person.sex == sex and visit.person not in others and not visit.person.minor(shelter.day):
            person = shelter.people.near(visit.person)
            is_known = is_public_figure(str(person.values["first_name"]), str(person.values["last_name"]))
            if _heard(person) == _heard(visit.person) != [] and not is_known:
                shelter.arrive(sex, nights=nights, person=person, kind="premiere")
                return True
    return False


def _heard(person: InventedPerson) -> list[str]:
    return sounds(f"{person.values.get('last_name', '')} {person.values.get('first_name', '')}")


def void(shelter: Shelter) -> bool:
    """A stay typed twice by mistake and cancelled the same day."""
    for visit in _settled(shelter, 1)[:1]:
        again = shelter.open(visit.person, shelter.at(15), kind="premiere")
        visit.person.stays -= 1
        again.reason, again.leaves, again.child_status = VOID, shelter.day, visit.child_status
        again.exited_at = again.admitted_at
        shelter.present.remove(again)
        return True
    return False


def briefly(reason: str) -> Situation:
    """In and out on one day, without a night, or sent elsewhere at the door."""

    def happen(shelter: Shelter) -> bool:
        sex = shelter.rng.choice("fm") if shelter.profile == "bamako" else "m"
        person = shelter.people.draw(sex, (18, 45), shelter.day)
        visit = shelter.open(person, shelter.hour(14, 20), kind="premiere")
        visit.reason, visit.leaves = reason, shelter.day
        if reason == REDIRECTED:
            person.stays -= 1
        # no place to sleep
        late = (
            plain(shelter.day) if visit.admitted_at == plain(shelter.day) else visit.admitted_at + timedelta(minutes=50)
        )
        visit.exited_at = late
        visit.destination = visit.destination or profiles.DESTINATIONS.get(visit.reason, "mali_autre")
        shelter.present.remove(visit)
        return True

    return happen


def transfer(shelter: Shelter) -> bool:
    """Received from another shelter."""
    sex, minor = main(shelter)
    if not shelter.free_for(sex, minor):
        return False
    shelter.arrive(sex, minor, kind="transfert")
    return True


def readmission(shelter: Shelter) -> bool:
    """Somebody who left comes back."""
    sex, _ = main(shelter)
    person = shelter.known(sex, False)
    if person is None or not shelter.free_for(sex, False):
        return False
    shelter.arrive(sex, person=person)
    return True


def _seventeen(shelter: Shelter, birthday_in: int, nights: int) -> bool:
    sex, _ = main(shelter)
    visit = shelter.arrive(sex, True, nights, ages=(17, 17))
    day = shelter.day + timedelta(days=birthday_in)
    born_as(visit.person, Birth(day.replace(year=day.year - 18, day=min(day.day, 28))))
    visit.child_status = "non_accompagne"
    return True


def turned(shelter: Shelter) -> bool:
    """A minor who turns 18 during the stay, and is still written as a child (R-07)."""
    return _seventeen(shelter, 12, 45)


def turning(shelter: Shelter) -> bool:
    """A minor who turns 18 in the weeks after the last day (R-07)."""
    return _seventeen(shelter, (shelter.today - shelter.day).days + 18, 60)


def retire(shelter: Shelter) -> bool:
    """A worn bed is taken away for good."""
    for room in shelter.rooms:
        for bed in room.free_beds(shelter.day):
            if len([b for b in room.beds if b.until is None]) > 2 and room.kind not in OWN_ROOMS:
                bed.until = datetime.combine(shelter.day, datetime.min.time())
                return True
    return False


def renew(shelter: Shelter) -> bool:
    """A new bed is put into service where one was taken away."""
    for room in shelter.rooms:
        gone = [bed for bed in room.beds if bed.until is not None]
        if gone and len(gone) > sum(1 for bed in room.beds if bed.since > gone[0].since):
            moment = datetime.combine(shelter.day, datetime.min.time())
            room.beds.append(InventedBed(f"{room.code}-{len(room.beds) + 1:02d}", room, gone[-1].kind, moment))
            return True
    return False


def blocked(state: str, still: bool = False) -> Situation:
    """A free bed is out of use for some days. still: until further notice."""

    def happen(shelter: Shelter) -> bool:
        beds = [bed for bed in shelter.beds if bed.free(shelter.day)]
        beds = [bed for bed in beds if bed.room.kind not in OWN_ROOMS] or beds
        if not beds or (still and shelter.day >= shelter.today):
            return False
        bed, reason = shelter.rng.choice(beds), shelter.rng.choice(profiles.REPAIRS[state])
        row: dict[str, Any] = {"bed_code": bed.code, "bed_state": state, "from": shelter.at(13), "reason": reason}
        bed.blocked_until = shelter.today + timedelta(days=30)
        if not still:
            bed.blocked_until = shelter.day + timedelta(days=shelter.rng.randint(2, 9))
            row["to"] = datetime.combine(bed.blocked_until, datetime.min.time()) + timedelta(hours=10)
        shelter.states.append(row)
        return True

    return happen


def away(kind: str, nights: tuple[int, int]) -> Situation:
    """Somebody who is here alone spends nights elsewhere; the bed is held."""

    def happen(shelter: Shelter) -> bool:
        length = shelter.rng.randint(*nights)
        for visit in _settled(shelter, length + 1)[:1]:
            visit.back_on = shelter.day + timedelta(days=length)
            back = datetime.combine(visit.back_on, datetime.min.time()) + timedelta(hours=17)
            visit.absences.append({"absence_type": kind, "from": shelter.at(16), "to": back})
            return True
        return False

    return happen


def missing(shelter: Shelter) -> bool:
    """Somebody has been away without a word since then (R-30)."""
    for visit in _settled(shelter, 0):
        visit.absences.append({"absence_type": "injustifiee", "from": shelter.at(18)})
        visit.leaves = max(visit.leaves, shelter.today + timedelta(days=20))
        visit.back_on = visit.leaves
        return True
    return False


def overstay(shelter: Shelter) -> bool:
    """A stay that lasts longer than the shelter means to let it (R-14)."""
    sex, _ = main(shelter)
    nights = (shelter.today - shelter.day).days + shelter.rng.randint(12, 25)
    visit = shelter.arrive(sex, False, nights, kind="premiere")
    visit.long = shelter.profile == "bamako"
    if shelter.profile == "gao" or visit.person.nationality != "ML":
        visit.situation = "bloque"
    visit.role = "overstay"
    return True
