"""Invented persons: code, birth, origin and names, drawn from a seeded generator."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from shelter_desk.domain.residents.names import sounds
from shelter_desk.domain.residents.residents import ALPHABET, MAJORITY, Birth, check_character, printed
from shelter_desk.training import names
from shelter_desk.training.chances import Choice, pick

_LANGUAGES = {
    "ML": ("bam", "fra", "snk", "ffm", "ses", "myk", "dts", "bmq", "kao", "shz"),
    "GN": ("fuf", "emk", "sus", "fra"),
    "SN": ("wol", "fra"),
    "GM": ("mnk", "wol", "eng"),
    "CI": ("dyu", "bci", "fra"),
    "BF": ("mos", "dyu", "fra"),
    "NE": ("hau", "dje", "fra"),
    "NG": ("bin", "pcm", "eng", "yor", "ibo"),
    "BJ": ("fon", "fra"),
    "TG": ("ewe", "fra"),
    "CM": ("fra", "eng"),
    "SL": ("kri", "eng"),
    "LR": ("eng", "kri"),
}
_NORTHERN = {"ml_kidal": "taq", "ml_menaka": "taq", "ml_gao": "ses", "ml_tombouctou": "khq", "ml_taoudenit": "mey"}
TRIES = 40
_SECOND = {"ML": "CI", "GN": "SL", "SN": "GM", "GM": "SN", "CI": "BF", "BF": "CI", "NE": "NG", "NG": "BJ"}


@dataclass(slots=True, eq=False)
class InventedPerson:
    """An invented person: the cells of the list of persons, and what the days need to know."""

    values: dict[str, Any]
    sex: str
    birth: Birth
    stays: int = field(default=0)

    @property
    def nationality(self) -> str:
        return str(self.values["nationality"])

    def minor(self, day: date) -> bool:
        """True where the rules of rooms protect the person as a minor."""
        return self.birth.protected_as_minor(day)


class InventedPeople:
    """Draws persons and gives each a code of its own.

    apart: who comes now has a name that nobody has of those who came since it listens.
    """

    def __init__(self, rng: Random, mix: Choice, regions: tuple[str, ...]) -> None:
        self._rng, self._regions = rng, regions
        self._origins = mix
        self._taken: set[str] = set()
        self._heard: list[frozenset[str]] = []
        self.apart = self.listens = False

    def _code(self) -> str:
        while True:
            six = "".join(self._rng.choices(ALPHABET, k=6))
            if six not in self._taken:
                self._taken.add(six)
                return printed(six + check_character(six))

    def draw(self, sex: str, ages: tuple[int, int], day: date, like: InventedPerson | None = None) -> InventedPerson:
        """A person of that sex with an age between both at that day, both included. like: of whose family."""
        rng = self._rng
        origin = like.nationality if like else pick(rng, self._origins)
        region = str(like.values.get("region_origin", "")) if like else rng.choice(self._regions)
        values: dict[str, Any] = {"person_code": self._code(), "sex": sex, "nationality": origin}
        if origin == "ML" and region:
            values["region_origin"] = region
        first, last = self._named(origin, sex, region if origin == "ML" else "", like)
        values |= {"last_name": last, "first_name": first, "languages": self._languages(origin, region)}
        if rng.random() < 0.06:
            values["alias"] = names.first_name(rng, origin, sex, last)
        if origin in _SECOND and rng.random() < 0.03:
            values["other_nationalities"] = _SECOND[origin]
        elif origin == "ML" and rng.random() < 0.004:
            values["other_nationalities"] = "CI;BF"
        return self._born(InventedPerson(values, sex, Birth()), ages, day)

    def _named(self, origin: str, sex: str, region: str, like: InventedPerson | None) -> tuple[str, str]:
        """First and last name, a second first name where the lists are too short for one nobody has."""
        first, last = self._drawn(origin, sex, region, like)
        for tried in range(TRIES if self.apart else 0):
            heard = frozenset(sounds(f"{last} {first}"))
            if not any(heard <= other for other in self._heard):
                break
            first, last = self._drawn(origin, sex, region, like)
            second = names.first_name(self._rng, origin, sex, last)
            both = f"{first} {second}"
            if tried > TRIES // 3 and second not in first and not names.is_public_figure(both, last):
                first = both
        if self.listens:
            self._heard.append(frozenset(sounds(f"{last} {first}")))
        return first, last

    def _drawn(self, origin: str, sex: str, region: str, like: InventedPerson | None) -> tuple[str, str]:
        if like is None:
            return names.draw(self._rng, origin, sex, region)
        last = str(like.values["last_name"])
        last = last.replace("Walet ", "Ag ") if sex == "m" else last.replace("Ag ", "Walet ")
        return names.first_name(self._rng, origin, sex, last), last

    def _languages(self, origin: str, region: str) -> str:
        known = _LANGUAGES[origin]
        first = _NORTHERN.get(region, known[0]) if origin == "ML" else known[0]
        others = [code for code in known if code != first]
        return ";".join([first, *self._rng.sample(others, self._rng.choice((0, 1, 1, 2)) if len(others) > 1 else 1)])

    def _born(self, person: InventedPerson, ages: tuple[int, int], day: date) -> InventedPerson:
        """A birth as well known as it happens to be, on the same side of 18 as asked for."""
        rng = self._rng
        while True:
            age = rng.randint(*ages)
            born = day - timedelta(days=age * 365 + age // 4 + rng.randint(1, 360))
            kind = "day" if ages[1] < 2 else rng.choices(("day", "month", "year", "estimated"), (40, 8, 32, 20))[0]
            birth = Birth(born, "day") if kind == "day" else Birth(None, "estimated", age, day)
            if kind == "month":
                birth = Birth(born.replace(day=1), "month")
            elif kind == "year":
                birth = Birth(born.replace(month=1, day=1), "year")
            if birth.protected_as_minor(day) == (ages[0] < MAJORITY) and (birth.taken or day) <= day:
                return born_as(person, birth)

    def near(self, person: InventedPerson) -> InventedPerson:
        """Another person who could be taken for that one: a name spelled otherwise, about the same age (R-02)."""
        values = {**person.values, "person_code": self._code()}
        first, last = str(values["first_name"]), names.respelled(str(values["last_name"]))
        again = names.respelled(first)
        values |= {"first_name": first if names.is_public_figure(again, last) else again, "last_name": last}
        values.pop("alias", None)
        return InventedPerson(values, person.sex, person.birth)


def born_as(person: InventedPerson, birth: Birth) -> InventedPerson:
    """Write the birth into the cells of the person."""
    for column in ("birth_date", "birth_date_precision", "age_estimated", "age_estimated_on"):
        person.values.pop(column, None)
    person.values["birth_date_precision"] = birth.precision
    if birth.birth_date is not None:
        person.values["birth_date"] = birth.birth_date
    else:
        person.values |= {"age_estimated": birth.age_estimated, "age_estimated_on": birth.age_estimated_on}
    person.birth = birth
    return person
