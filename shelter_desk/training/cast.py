"""Who plays a part in the training shelter: each comes on a day before the last one, and shows a rule or a whole file.

A file tells them apart by `Visit.role`; whoever trains finds them through "À faire".
"""

from dataclasses import dataclass
from datetime import timedelta

from shelter_desk.training import profiles
from shelter_desk.training.arrivals import convoy
from shelter_desk.training.house import Visit
from shelter_desk.training.services import CARRIED
from shelter_desk.training.simulation import Shelter
from shelter_desk.training.situations import Situation, main, nearly_known

STAYS_ON = 21  # nights after the last day
KEPT = 20  # days before somebody comes from which a bed is kept


@dataclass(frozen=True, slots=True)
class CastPart:
    """A role. before: days before the last one on which the person comes; nights: of the stay, None until after it.

    sex: "" for whom the shelter is mainly for. with_child: in Bamako a mother, where a room of her own is free.
    """

    role: str
    before: int
    sex: str = ""
    ages: tuple[int, int] = (19, 33)
    nights: int | None = None
    profile: str = ""
    with_child: bool = False


PARTS = (
    CastPart("survivor", 75),
    CastPart("presumed", 46),
    CastPart("child", 40, ages=(14, 16)),
    CastPart("asylum", 26),
    CastPart("undecided", 17),
    CastPart("waiting", 14, "m"),
    CastPart("danger", 12, with_child=True),
    CastPart("distress", 9),
    CastPart("new_child", 6, "f", (15, 16)),
    CastPart("refuses", 3, "m"),
    CastPart("trainee", 96, nights=74, profile="bamako"),
    CastPart("trainee", 62, nights=40, profile="gao"),
)


def to_come(shelter: Shelter) -> int:
    """How many parts come in the next weeks, for whom beds are kept."""
    left = (shelter.today - shelter.day).days
    return sum(
        1 for part in PARTS if part.before < left <= part.before + KEPT and part.profile in ("", shelter.profile)
    )


def comes(part: CastPart) -> Situation:
    """The person of that part comes on the first day, in a bed or on a mat."""

    def happen(shelter: Shelter) -> bool:
        nights = part.nights or (shelter.today - shelter.day).days + STAYS_ON
        sex, is_minor = part.sex or main(shelter)[0], part.ages[1] < 18
        own = shelter.family_room() if part.with_child and shelter.profile == "bamako" else None
        if own is not None:
            visit = shelter.arrive_family(own)
            for member in (visit, *visit.family):
                member.leaves = shelter.day + timedelta(days=nights)
        else:
            visit = shelter.arrive(sex, is_minor, nights, kind="premiere", ages=part.ages)
        visit.role, visit.long = part.role, True
        if is_minor:
            visit.child_status = "non_accompagne"
        if part.nights:
            visit.reason = "autonomie"
        visit.situation = "retour_volontaire" if visit.person.nationality == "ML" else "etranger_resident"
        left_out: tuple[str, ...] = ()
        if part.role == "asylum":
            visit.situation = "demandeur_asile"
            visit.person.values |= {"nationality": "BF", "languages": "mos;fra"}
            left_out = ("region_origin", "other_nationalities")
        if part.role == "refuses":
            left_out = ("last_name", "first_name", "alias")
        for column in left_out:
            visit.person.values.pop(column, None)
        return True

    return happen


def left_behind(shelter: Shelter) -> bool:
    """A mother leaves without her child, or a child without its mother (R-32)."""
    if (shelter.today - shelter.day).days > 5:
        return False
    for mother in shelter.present:
        children = [one for one in mother.family if one.exited_at is None]
        ready = mother.bed and mother.slept[-1].start.date() < shelter.day and not mother.absences
        minors = [one for one in children if one.person.minor(shelter.day)]
        if mother.head is None and minors and ready and not mother.role:
            return _parted(shelter, mother, minors)
    room = shelter.family_room()
    if room is not None:
        mother = shelter.arrive_family(room)
        mother.leaves = shelter.today + timedelta(days=STAYS_ON)
        for member in mother.family:
            member.leaves = mother.leaves
    return False


def _parted(shelter: Shelter, mother: Visit, minors: list[Visit]) -> bool:
    oldest = max(minors, key=lambda one: one.person.birth.age(shelter.day) or 0)
    is_big = (oldest.person.birth.age(shelter.day) or 0) >= CARRIED
    if is_big and not any(one.shares for one in mother.family):
        mother.reason, oldest.stays_behind = "depart_volontaire", True
        for member in (*[one for one in mother.family if one is not oldest], mother):
            if member.exited_at is None:
                shelter.leave(member, shelter.at(9))
    else:
        mother.leaves = shelter.today + timedelta(days=STAYS_ON)
        oldest.reason = "reunification"
        reason, mother.reason = mother.reason, "reunification"
        shelter.leave(oldest, shelter.at(9))
        mother.reason = reason
    return True


def known_already(shelter: Shelter) -> bool:
    """Somebody came these days whose name is nearly that of a person who left (R-02)."""
    return nearly_known(shelter, STAYS_ON)


def among_adults(shelter: Shelter) -> bool:
    """A minor on a mat among adults who are no relatives (R-05)."""
    sex, _ = main(shelter)
    rooms = [room for room in shelter.rooms if room.sex_rule == sex and room.age_rule != "mineurs"]
    with_adults = [room for room in rooms if any(not guest.person.minor(shelter.day) for guest in room.guests)]
    if not with_adults:
        return False
    room = with_adults[-1]
    visit = shelter.open(shelter.people.draw(sex, (15, 16), shelter.day), shelter.at(17), kind="premiere")
    visit.child_status, visit.leaves = "separe", shelter.today + timedelta(days=STAYS_ON)
    visit.settle(visit.admitted_at, "appoint", room, None)
    return True


def without_rule(shelter: Shelter) -> bool:
    """A small boy in the women's room: a reason was written, the rule that it sets aside was not (R-04, R-06)."""
    room = next(one for one in shelter.rooms if (one.sex_rule, one.age_rule) == ("f", "adultes"))
    if not any(guest.leaves > shelter.today and guest.back_on is None for guest in room.guests):
        shelter.arrive("f", nights=STAYS_ON, room=room)
    visit = shelter.open(shelter.people.draw("m", (6, 9), shelter.day), shelter.at(18), kind="premiere")
    visit.child_status, visit.leaves = "non_accompagne", shelter.today + timedelta(days=2)
    bed = next(iter(room.free_beds(shelter.day)), None)
    visit.settle(visit.admitted_at, "lit" if bed else "appoint", room, bed, "", profiles.R04_REASON)
    return True


def crowd(shelter: Shelter) -> bool:
    """On the last evening more persons than beds, and more than the taps are made for (R-12, R-13)."""
    leaving = sum(1 for one in shelter.present if one.leaves <= shelter.today and not one.stays_behind)
    wanted = max(shelter.capacity + 2, len(shelter.beds) + 3)
    needed = wanted - (shelter.sleeping - leaving)
    if shelter.profile == "gao":
        convoy(shelter, max(needed, 8))
        return True
    for _ in range(max(needed, 2)):
        shelter.arrive("f", False, 4, source="police")
    return True
