"""Who may sleep where: the protection rules of rooms (field 5.1), as findings that block or warn."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from shelter_desk.domain.beds.beds import Bed, Room
from shelter_desk.domain.ids import StayId
from shelter_desk.domain.residents.residents import MAJORITY, Birth

Level = Literal["needs_reason", "warns"]
SPACE_NORM_M2 = 3.5  # usually
COT, COT_YEARS = "berceau", 3  # the type of bed, and below which age somebody sleeps in it
OF_A_BED = frozenset({"A-04", "cot"})  # rules that speak of a bed, and not of its room
MOTHER_AND_CHILD = "mere_enfant"
OWN_ROOM_TYPES = frozenset({"chambre_famille", MOTHER_AND_CHILD})


@dataclass(frozen=True, slots=True)
class Sleeper:
    """What the rules of rooms need to know of a person: `household` is the stay of the head of the family.

    stay: None before admission. apart: codes of those in the house whom this person must not meet (R-28).
    """

    sex: str
    birth: Birth
    household: StayId | None = None
    stay: StayId | None = None
    code: str = ""
    apart: frozenset[str] = frozenset()

    def related(self, other: "Sleeper") -> bool:
        """True when both came as one family."""
        return self.household is not None and self.household == other.household


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule that speaks against a place. level: `needs_reason` blocks unless a manager writes why."""

    rule: str
    level: Level
    others: tuple[str, ...] = ()


def findings(
    sleeper: Sleeper, room: Room, others: Sequence[Sleeper], night: date, norm_m2: float = SPACE_NORM_M2
) -> list[Finding]:
    """What speaks against this person sleeping in this room with these others from that night on.

    norm_m2: what a person needs (R-13); the setting, where the place is really given or shown.
    R-03 is not here: a taken or unusable bed is refused whatever the reason.
    """
    minor = sleeper.birth.protected_as_minor(night)
    strangers = [other for other in others if not sleeper.related(other)]
    with_family = len(strangers) < len(others)
    # either way round: a minor, or a doubt, with an adult who is not of the family; where an adult of
    # theirs is there too, R-04 lets an infant be, and any child in a room for mothers and children
    across = [other for other in strangers if minor != other.birth.protected_as_minor(night)]
    # a room for women or men only; children stay with the family they came with
    of_other_sex = room.sex_rule in ("f", "m") and sleeper.sex != room.sex_rule
    # a woman and a man who did not come together, where the room is kept for neither
    of_both_sexes = [other for other in strangers if not minor and other not in across and _differ(sleeper, other)]
    as_family = with_family and (room.room_type in OWN_ROOM_TYPES or minor)
    of_other_age = not with_family and room.age_rule == ("adultes" if minor else "mineurs")
    crowded = room.surface_m2 is not None and room.surface_m2 < norm_m2 * (len(others) + 1)
    # R-28 in this very room; in the shelter as a whole it is `apart` itself
    must_not_meet = {other.code for other in others if other.code in sleeper.apart or sleeper.code in other.apart}
    alone = [
        other for other in across if not _is_with_family(sleeper if minor else other, (sleeper, *others), room, night)
    ]
    found = [
        Finding("R-04", "needs_reason", _codes(other for other in alone if other.sex != sleeper.sex)),
        Finding("R-05", "warns", _codes(other for other in across if other.sex == sleeper.sex)),
        Finding("R-06", "needs_reason", (room.code,) if of_other_sex and not as_family else ()),
        Finding("R-06B", "warns", () if of_other_sex else _codes(of_both_sexes)),
        # a family room holds one household
        Finding("T10", "needs_reason", _codes(strangers) if room.room_type == "chambre_famille" else ()),
        Finding("R-06A", "warns", (room.code,) if of_other_age else ()),
        Finding("R-13", "warns", (room.code,) if crowded else ()),
        Finding("R-28A", "warns", tuple(sorted(must_not_meet))),
        Finding("R-28", "warns", tuple(sorted(sleeper.apart))),
    ]
    return [finding for finding in found if finding.others]


def _is_with_family(child: Sleeper, everybody: Iterable[Sleeper], room: Room, night: date) -> bool:
    age = child.birth.age(night)
    if room.room_type != MOTHER_AND_CHILD and (age is None or age >= COT_YEARS):
        return False
    return any(one.related(child) and not one.birth.protected_as_minor(night) for one in everybody)


def is_mixed(against: Iterable[Finding]) -> bool:
    """Whether a woman and a man who did not come together would share the room: last of what only warns."""
    return any(finding.rule == "R-06B" for finding in against)


def _differ(one: Sleeper, other: Sleeper) -> bool:
    return {one.sex, other.sex} == {"f", "m"}


def is_closed(room: Room, there: Collection[tuple[str, bool]], night: date) -> bool:
    """True where nobody else may have a bed of that room because of who sleeps in it: neither a woman nor a man, nor a
    minor of either sex, unless a rule is set aside; and the room alone would take one of them. Who came with whom is
    not asked: the figure of bed-nights that are lost reads a room as if each had come alone.

    there: sex of each, and whether they are protected as minors that night.
    """
    others = [_anybody(sex, minor, night) for sex, minor in there]
    anybody = (_anybody(sex, minor, night) for sex in "fm" for minor in (False, True))
    taken = [one for one in anybody if not _asks(one, room, (), night)]
    return bool(others and taken) and all(_asks(one, room, others, night) for one in taken)


def _anybody(sex: str, minor: bool, night: date) -> Sleeper:
    return Sleeper(sex, Birth(age_estimated=0 if minor else MAJORITY, age_estimated_on=night))


def _asks(who: Sleeper, room: Room, others: Sequence[Sleeper], night: date) -> bool:
    return any(finding.level == "needs_reason" for finding in findings(who, room, others, night))


def incomplete(bed: Bed) -> Finding:
    """A-04: the mattress, the net or the frame of this bed cannot be used."""
    return Finding("A-04", "warns", (bed.code,))


def too_short(bed: Bed, birth: Birth, night: date) -> list[Finding]:
    """A cot for somebody who is not known to be an infant."""
    age = birth.age(night)
    is_short = bed.bed_type == COT and (age is None or age >= COT_YEARS)
    return [Finding("cot", "warns", (bed.code,))] if is_short else []


def _codes(sleepers: Iterable[Sleeper]) -> tuple[str, ...]:
    return tuple(sleeper.code or "?" for sleeper in sleepers)


def adult_in_room_of_other_sex(sleeper: Sleeper, room: Room, night: date) -> bool:
    """R-06 read on the room alone, as an import can: an adult in a room for the other sex only."""
    adult = not sleeper.birth.protected_as_minor(night)
    return adult and room.sex_rule in ("f", "m") and sleeper.sex in ("f", "m") and sleeper.sex != room.sex_rule


def turns_adult_soon(birth: Birth, today: date, child_status: str, days: int) -> bool:
    """R-07: turns 18 within that many days, or turned 18 with a child's status still written."""
    born = birth.held_on(today).taken
    age = birth.age(today)
    if born is None or age is None:
        return False
    if age >= MAJORITY:
        return child_status not in ("", "sans_objet")
    later = birth.age(date.fromordinal(today.toordinal() + days))
    return later is not None and later >= MAJORITY
