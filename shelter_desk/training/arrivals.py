"""Who comes on a day: single arrivals, families, convoys of people pushed back at a border."""

from random import Random

from shelter_desk.training.house import OWN_ROOMS
from shelter_desk.training.simulation import Shelter

# of those who come to Gao one by one, in thousandths: men, boys, women, girls, families
_GAO = (("m", False), ("m", True), ("f", False), ("f", True), ("family", False))
_GAO_WEIGHTS = (845, 55, 55, 15, 30)
_GAO_A_DAY = 2.65
# the chance that a free place is taken on a day
_BAMAKO = {"dormitory": 0.09, "single": 0.6, "family": 0.14}
# days before the last one from which the beds are for those who play a part
_MEN_UNTIL, _GIRLS_UNTIL, _WOMEN_UNTIL, _FAMILIES_UNTIL = 38, 40, 22, 22
_CROWD = 1.28
_EMPTY, _FULL = 0.77, 0.85


def _times(rng: Random, mean: float) -> int:
    """A number of events around the mean, as they come by chance."""
    return sum(rng.random() < mean / 10 for _ in range(10)) if mean < 6 else round(rng.gauss(mean, mean**0.5))


def arrive(shelter: Shelter) -> None:
    """Everybody who comes on this day."""
    if shelter.profile == "bamako":
        _to_bamako(shelter)
    else:
        _to_gao(shelter)


def _to_bamako(shelter: Shelter) -> None:
    rng = shelter.rng
    left = (shelter.today - shelter.day).days
    hurry = 2.5 if shelter.sleeping < shelter.capacity * _EMPTY else 1.0
    for room in sorted(shelter.rooms, key=lambda one: one.kind != "chambre_indiv"):  # few places for men: they go first
        if shelter.sleeping + shelter.kept >= shelter.capacity * _FULL:
            return
        for _ in range(len(room.free_beds(shelter.day)) if room.kind not in OWN_ROOMS else 0):
            single = room.kind == "chambre_indiv"
            if left <= (_GIRLS_UNTIL if room.age_rule == "mineurs" else _MEN_UNTIL if single else _WOMEN_UNTIL):
                continue
            if rng.random() > _BAMAKO["single" if single else "dormitory"] * hurry:
                continue
            if single:
                shelter.arrive("m", rng.random() < 0.3, room=room)
            elif room.welcomes("f", False, shelter.day) or room.welcomes("f", True, shelter.day):
                minor = room.age_rule == "mineurs" or (room.age_rule == "tous" and rng.random() < shelter.among_adults)
                shelter.arrive("f", minor, room=room)
    while left > _FAMILIES_UNTIL and (own := shelter.family_room()) and rng.random() < _BAMAKO["family"] * hurry:
        shelter.arrive_family(own)


def _to_gao(shelter: Shelter) -> None:
    rng = shelter.rng
    hurry = 2 if len(shelter.present) < shelter.capacity * 0.48 else 1
    for _ in range(_times(rng, _GAO_A_DAY * shelter.scale * hurry)):
        if len(shelter.present) >= shelter.capacity * 1.2:
            break
        sex, minor = rng.choices(_GAO, _GAO_WEIGHTS)[0]
        if sex != "family":
            shelter.arrive(sex, minor)
        elif own := shelter.family_room():
            shelter.arrive_family(own)
    room = _CROWD * shelter.capacity - len(shelter.present)
    if room >= 30 and rng.random() < 0.22:
        convoy(shelter, int(min(rng.randint(30, 60), room)))


def convoy(shelter: Shelter, persons: int) -> None:
    """A lorry of people pushed back: nearly all men, some boys alone, a woman, at times a family."""
    rng = shelter.rng
    own = shelter.family_room() if rng.random() < 0.4 else None
    if own:
        shelter.arrive_family(own, "convoy")
    for _ in range(persons - (3 if own else 0)):
        sex, minor = rng.choices(_GAO[:4], (925, 45, 25, 5))[0]
        shelter.arrive(sex, minor, source="convoy")
