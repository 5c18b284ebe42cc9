"""A fact of the file of an invented shelter: one row under the names of its table; whoever stores it finds the ids."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from shelter_desk.domain.casefile.incidents import IncidentContent
from shelter_desk.domain.casefile.minors import BestInterestsWords, Relative
from shelter_desk.training.house import Visit
from shelter_desk.training.registers import Invented

# the columns that number a table in order of time, and what the numbers begin with
_NUMBERED: Mapping[str, tuple[str, str, str]] = {
    "interviews": ("interview_no", "E-{}-{:04}", "interview_at"),
    "assessments": ("assessment_no", "V-{}-{:04}", "assessed_on"),
    "plans": ("plan_no", "P-{}-{:04}", "made_on"),
    "best_interests": ("bia_no", "EIS-{}-{:04}", "assessed_on"),
    "tracings": ("tracing_no", "RRF-{}-{:04}", "requested_on"),
    "belongings": ("receipt_no", "D-{}-{:04}", "deposited_on"),
    "incidents": ("incident_no", "I-{}-{:04}", "occurred_at"),
    "activities": ("activity_no", "A-{}-{:04}", "held_on"),
    "place_requests": ("request_no", "DP-{}-{:04}", "asked_on"),
    "legal_steps": ("legal_no", "JUR-{}-{:04}", "recorded_at"),
    "return_files": ("return_no", "RET-{}-{:04}", "wish_on"),
    "services": ("service_no", "S-{}-{:05}", "service_on"),
}


@dataclass(frozen=True, slots=True)
class Ref:
    """A row of another table by what names it: a stay by its number, a person by the code, one of the staff by name.

    numbered: its number is meant, as it is written on papers, not its id.
    """

    table: str
    name: str
    numbered: bool = False


Told = IncidentContent | BestInterestsWords | tuple[Relative, ...]


@dataclass(slots=True)
class Fact:
    """One row. values: by column, days, moments and codes as they are in the domain, ids as `Ref`.

    name: what others refer to it by. whose: the person with whose keys the rest is sealed: words with that of the
    narratives, names with that of the names, told in parts of its own. is_new: False where it fills columns of a row
    that is there.
    """

    table: str
    name: str
    values: dict[str, Any]
    whose: str = ""
    words: Mapping[str, str | bytes] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    told: Told | None = None
    is_new: bool = True


class FactBook:
    """Where a subject writes its facts. rng: its own, so that one more subject changes nothing in the others."""

    def __init__(self, subject: str, house: Invented) -> None:
        self.house, self.today = house, house.today
        self.rng = Random(f"{subject} {house.profile} {house.seed}")  # noqa: S311 - the same shelter for the same seed
        self.facts: list[Fact] = []
        self._subject = subject

    @property
    def yesterday(self) -> date:
        return self.today - timedelta(days=1)

    def add(
        self,
        table: str,
        values: Mapping[str, Any],
        whose: str = "",
        words: Mapping[str, str | bytes] | None = None,
        names: Mapping[str, str] | None = None,
        told: Told | None = None,
        name: str = "",
    ) -> Ref:
        """A new row."""
        name = name or f"{self._subject} {len(self.facts)}"
        self.facts.append(Fact(table, name, dict(values), whose, words or {}, names or {}, told))
        return Ref(table, name)

    def fill(
        self, row: Ref, values: Mapping[str, Any], whose: str = "", words: Mapping[str, str] | None = None
    ) -> None:
        """Columns of a row that the registers brought."""
        self.facts.append(Fact(row.table, row.name, dict(values), whose, words or {}, is_new=False))

    def at(self, day: date, first: int = 9, after: int = 17) -> datetime:
        """A moment of that day between two hours."""
        return datetime.combine(day, time(self.rng.randrange(first, after), self.rng.randrange(0, 60, 5)))

    def typed(self, day: date) -> datetime:
        """When a fact of that day was typed: the same afternoon, now and then the next morning."""
        late = self.rng.random() < 0.04 and day < self.yesterday
        return self.at(day + timedelta(days=1), 8, 10) if late else self.at(day, 17, 19)

    def some(self, several: tuple[str, ...], least: int, most: int) -> tuple[str, ...]:
        """So many of them, in their order."""
        chosen = self.rng.sample(range(len(several)), min(len(several), self.rng.randint(least, most)))
        return tuple(several[at] for at in sorted(chosen))


def stay(visit: Visit) -> Ref:
    """The row of a stay."""
    return Ref("stays", visit.number)


def situation(visit: Visit) -> Ref:
    """What is said of it beside its days and its family."""
    return Ref("situations", visit.number)


def person(visit: Visit) -> Ref:
    """The row of the person of a stay."""
    return Ref("persons", visit.code)


def profile(visit: Visit) -> Ref:
    """What is said of the person beside sex, birth and nationality."""
    return Ref("profiles", visit.code)


def staff(name: str) -> Ref:
    """The row of somebody of the staff."""
    return Ref("users", f"Agent {name}")


def last_day(visit: Visit, book: FactBook) -> date:
    """The last day of a stay on which something can have happened: of the exit, yesterday at most."""
    return min(visit.exited_at.date(), book.yesterday) if visit.exited_at else book.yesterday


def number(facts: list[Fact], services: Mapping[str, int]) -> None:
    """Number the new rows of each numbered table in order of time. services: how many of each year have one already."""
    for table, (column, form, at) in _NUMBERED.items():
        in_year: Counter[str] = Counter(services) if table == "services" else Counter()
        for fact in sorted((one for one in facts if one.table == table and one.is_new), key=lambda one: _day(one, at)):
            year = _day(fact, at)[:4]
            in_year[year] += 1
            fact.values[column] = form.format(year, in_year[year])


def _day(fact: Fact, column: str) -> str:
    return str(fact.values[column])


def refer(facts: list[Fact]) -> Iterator[Fact]:
    """The facts, a number of a row written where it is meant."""
    numbers = {(one.table, one.name): one.values[_NUMBERED[one.table][0]] for one in facts if one.table in _NUMBERED}
    for fact in facts:
        for column, value in fact.values.items():
            if isinstance(value, Ref) and value.numbered:
                fact.values[column] = numbers[value.table, value.name]
        yield fact
