"""Persons: what is known of them, their code, their age at a day.

What is known of a person beyond the minimum, and what of it is written only with consent (R-15, field 6.2).

What is sealed and opened one at a time, for a reason (X of field 3; decision 012).
"""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from operator import mul
from typing import Literal, cast

from shelter_desk.domain.checks import check_optional_code
from shelter_desk.domain.errors import AccessRefused, BadCode
from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.stays.stays import Stay

# table and column; sealed kinds of incidents and notes of care go by their kind, which their operations look at
FOR_A_REASON = frozenset(
    {
        ("interviews", "summary"),
        ("victim_statuses", "reason"),
        ("assessments", "threat_sources"),
        ("assessments", "note"),
        ("factor_answers", "note"),
        ("exits", "handed_to"),
    }
)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a record is read: a code of `reading_reason`. told: what is checked, where that is the reason."""

    code: str
    told: str = ""

    def kept(self) -> dict[str, str]:
        """What the journal line of a reading keeps of it."""
        return {"read_for": self.code, **({"read_why": self.told} if self.told else {})}


class ReasonMissing(AccessRefused):
    """Nobody said yet why this is opened. subject: the code of a person, the number of an incident."""

    subject: str


ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_VALUES = {character: value for value, character in enumerate(ALPHABET)}
_WEIGHTS = range(1, 7)
Precision = Literal["day", "month", "year", "estimated"]
AgeGroup = Literal["a00_04", "a05_11", "a12_17", "a18_59", "a60p", "unk"]
MAJORITY = 18


@dataclass(frozen=True, slots=True)
class Names:
    """What a person is called, what the parents are, and the numbers by which others know the person.

    All sealed, and shown only on demand. Several numbers of one kind stand with `;` between them, in `partner_no_of`
    the partners in the same order.
    """

    last_name: str = ""
    first_name: str = ""
    alias: str = ""
    mother_name: str = ""
    father_name: str = ""
    paper_no: str = ""
    iom_no: str = ""
    partner_no: str = ""
    partner_no_of: str = ""

    @property
    def known(self) -> bool:
        """True when at least one is filled in."""
        return any(getattr(self, name) for name in NAMES)

    @property
    def called(self) -> str:
        """What the person is called, all in one; neither parents nor numbers."""
        return f"{self.last_name} {self.first_name} {self.alias}".strip()

    @property
    def numbers(self) -> tuple[tuple[str, str], ...]:
        """Each number by itself with its kind, one of `NUMBERS`."""
        return tuple((kind, one) for kind in NUMBERS for one in numbers_in(getattr(self, kind)))


NAMES = tuple(one.name for one in fields(Names))  # as they are called in the file and the registers
CALLED = ("last_name", "first_name", "alias")
PARENTS = ("mother_name", "father_name")
NUMBERS = ("paper_no", "iom_no", "partner_no")


def folded_number(text: str) -> str:
    """A number as it is compared: neither case nor what stands between letters and digits tells two apart."""
    return "".join(filter(str.isalnum, text.casefold()))


def numbers_in(text: str) -> list[str]:
    """The numbers in a field that may hold more than one, `;` between them."""
    return [one.strip() for one in text.split(";") if one.strip()]


@dataclass(frozen=True, slots=True)
class Birth:
    """When a person was born, as well as it is known; `birth_date` goes before an estimated age.

    former: what was held before each assessment anew, in order, as `FormerBirth.text`; every age is asked for on a day
    and is that of what was held then.
    """

    birth_date: date | None = None
    precision: Precision = "day"
    age_estimated: int | None = None
    age_estimated_on: date | None = None
    former: tuple[str, ...] = ()

    def held_on(self, day: date) -> "Birth":
        """What was held on that day; an assessment counts from its day on."""
        if self.former:
            return next((one.birth for one in self.formers if day < one.until), self)
        return self

    @property
    def formers(self) -> tuple["FormerBirth", ...]:
        """What was held before, in order of time."""
        return tuple(map(FormerBirth.read, self.former))

    @property
    def taken(self) -> date | None:
        """The day counted with, or None: 1 July of a year, the 15th of a month, an estimate's day minus the age.

        Source: docs/interfaces.md section 4, Figures.
        """
        if self.birth_date is not None:
            if self.precision == "year":
                return self.birth_date.replace(month=7, day=1)
            return self.birth_date.replace(day=15) if self.precision == "month" else self.birth_date
        if self.age_estimated is None or self.age_estimated_on is None:
            return None
        try:
            return self.age_estimated_on.replace(year=self.age_estimated_on.year - self.age_estimated)
        except ValueError:  # 29 February in a year without one: as old on that very day as was estimated
            return date(self.age_estimated_on.year - self.age_estimated, 2, 28)

    def age(self, on: date) -> int | None:
        """Whole years at that day, never below 0; one born on 29 February turns on 1 March. None if unknown."""
        born = self.held_on(on).taken
        if born is None:
            return None
        return max(0, on.year - born.year - ((on.month, on.day) < (born.month, born.day)))

    def group(self, on: date) -> AgeGroup:
        """The age group of the reports at that day (field 2.2)."""
        age = self.age(on)
        if age is None:
            return "unk"
        if age < MAJORITY:
            return "a00_04" if age < 5 else "a05_11" if age < 12 else "a12_17"
        return "a18_59" if age < 60 else "a60p"

    def is_minor(self, on: date) -> bool:
        """For figures: an unknown age is not counted as a minor."""
        age = self.age(on)
        return age is not None and age < MAJORITY

    def protected_as_minor(self, on: date) -> bool:
        """For rooms and protection rules: a doubt means minor."""
        age = self.age(on)
        return age is None or age < MAJORITY


@dataclass(frozen=True, slots=True)
class FormerBirth:
    """What was held of a birth until the age was assessed anew, on `until`. basis: what that assessment stands on."""

    until: date
    birth: Birth
    basis: str = ""

    @property
    def text(self) -> str:
        """As it is stored: day, basis, birth date, precision, age, day of the estimate; empty where not known."""
        birth = self.birth
        told = (self.until, self.basis, birth.birth_date, birth.precision, birth.age_estimated, birth.age_estimated_on)
        return "/".join("" if one is None else str(one) for one in told)

    @staticmethod
    def read(text: str) -> "FormerBirth":
        """The fact in such a text."""
        until, basis, born, precision, age, on = text.split("/")
        birth = Birth(_day(born), cast("Precision", precision), int(age) if age else None, _day(on))
        return FormerBirth(date.fromisoformat(until), birth, basis)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def majority(birth: Birth) -> date | None:
    """The 18th birthday; 1 March for somebody born on 29 February. None where the age is not known."""
    born = birth.taken
    if born is None:
        return None
    try:
        return born.replace(year=born.year + MAJORITY)
    except ValueError:
        return date(born.year + MAJORITY, 3, 1)


NO_NAMES = Names()
UNKNOWN_BIRTH = Birth()


@dataclass(frozen=True, slots=True)
class Person:
    """One person, known by a code; names live apart, sealed."""

    id: PersonId
    code: str
    sex: str
    birth: Birth
    nationality: str
    other_nationalities: tuple[str, ...] = ()
    region_origin: str = ""
    languages: tuple[str, ...] = ()
    names: Names = field(default=NO_NAMES, compare=False)
    marital_status: str = ""
    education_level: str = ""


def check_character(six: str) -> str:
    """The seventh character of a code (field 6.7): Σ i × value(cᵢ) mod 31."""
    return ALPHABET[sum(map(mul, _WEIGHTS, map(_VALUES.__getitem__, six))) % len(ALPHABET)]


def new_code(is_taken: Callable[[str], bool]) -> str:
    """A random code in its printed form that nobody has; it carries no meaning."""
    while True:
        six = "".join(secrets.choice(ALPHABET) for _ in range(6))
        code = printed(six + check_character(six))
        if not is_taken(code):
            return code


def printed(seven: str) -> str:
    """`7K3QMXE` as it is written: `7K3-QMX-E`."""
    return f"{seven[:3]}-{seven[3:6]}-{seven[6:]}"


def read_code(text: str) -> str:
    """The printed form of a code typed in any form.

    Raises BadCode where a character is not of the alphabet, one is missing, or the check character differs.
    """
    seven = text.upper().replace("-", "")
    if not seven.isalnum():
        seven = "".join(filter(str.isalnum, seven))
    try:
        is_right = len(seven) == 7 and check_character(seven[:6]) == seven[6]
    except KeyError:
        is_right = False
    if not is_right:
        raise BadCode(text)
    return printed(seven)


# asked at the door; not written of somebody who refuses the recording
AT_THE_DOOR = ("other_nationalities", "region_origin", "languages", "urgent_needs", "interpreter_needed")
# asked once the person rested; written only with a consent in force, as specific needs are (`needs.says_more`)
LATER = ("marital_status", "education_level", "country_last")
UNMARRIED = ("", "celibataire", "non_precise")
_LISTS = {
    "sex": "sex",
    "nationality": "nationality",
    "other_nationalities": "nationality",
    "region_origin": "region_ml",
    "languages": "language",
    "entry_kind": "entry_kind",
    "migration_situation": "migration_situation",
    "child_status": "child_status",
    "referral_source": "referral_source",
    "marital_status": "marital_status",
    "education_level": "education_level",
    "urgent_needs": "urgent_need",
    "country_last": "country",
}


def said_anew(old: Person | Stay | None, new: Person | Stay, keys: Sequence[str]) -> tuple[str, ...]:
    """Which of these say something that was not said before; to take something away needs nobody's consent."""
    said = {key: getattr(new, key, None) for key in keys}
    return tuple(key for key, value in said.items() if value not in (None, "", ()) and value != getattr(old, key, None))


def check_lists(fact: Person | Stay) -> None:
    """Whether every code stands in its list. Raises NotInList."""
    for key, list_name in _LISTS.items():
        value = getattr(fact, key, ())
        for code in (value,) if isinstance(value, str) else value:
            check_optional_code(list_name, code, key)


def is_married_child(marital_status: str, is_minor: bool) -> bool:
    """R-22: a minor who is or was married needs more protection."""
    return is_minor and marital_status not in UNMARRIED
