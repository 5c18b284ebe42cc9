"""What a rule says: of whom or what, since when, due when; and the list of the rules with their levels.

Counting days as every rule does: something due within n days is late on the day after the nth.
"""

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

from shelter_desk.domain.ids import PersonId, StayId
from shelter_desk.domain.resources import folder


def due(since: date, days: int) -> date:
    """The last day on which it is in order."""
    return since + timedelta(days=days)


def is_late(since: date, days: int, today: date) -> bool:
    """True once that day is over."""
    return today > due(since, days)


Level = Literal["B", "W", "I"]


@dataclass(frozen=True, slots=True)
class FlagRule:
    """One row of `resources/rules/red_flags.csv`.

    level: `B` blocks where it is typed, `W` warns, `I` informs. rank: the smaller, the sooner it is read. seen_by: the
    permission a reader holds, `open` for what is said while typing. in_month: it is settled before a month is closed.
    on_exit: it also reads stays that ended in the last twelve months. thresholds: the settings it reads.
    """

    id: str
    level: Level
    rank: int
    seen_by: str
    in_month: bool
    on_exit: bool
    thresholds: tuple[str, ...]
    label_fr: str
    label_en: str


@cache
def rules() -> dict[str, FlagRule]:
    """Every rule by its id, in order."""
    with (folder("resources") / "rules" / "red_flags.csv").open(encoding="utf-8", newline="") as file:
        return {row["rule"]: _rule(row) for row in csv.DictReader(file)}


def _rule(row: dict[str, str]) -> FlagRule:
    return FlagRule(
        row["rule"],
        row["level"],  # type: ignore[arg-type]
        int(row["rank"]),
        row["seen_by"],
        row["in_month"] == "yes",
        row["on_exit"] == "yes",
        tuple(filter(None, row["thresholds"].split(";"))),
        row["label_fr"],
        row["label_en"],
    )


@dataclass(frozen=True, slots=True)
class Flag:
    """One rule that speaks of one person, stay, night or room.

    kind: which of the rule's cases it is, "" where there is one. about: the rest of what tells it from another flag of
    the rule on the same stay. since: when it began to hold, or the day of the fact it is about; due: the last day on
    which it was in order, None where it never was. n, limit: days, nights or persons, and what they are measured
    against. others: codes of persons, rooms, beds or referrals it names.
    """

    rule: str
    level: Level
    kind: str = ""
    code: str = ""
    person: PersonId | None = None
    stay: StayId | None = None
    night: date | None = None
    about: str = ""
    since: date | None = None
    due: date | None = None
    n: int = 0
    limit: int = 0
    others: tuple[str, ...] = ()

    @property
    def subject(self) -> str:
        """Whom or what it speaks of, as it is remembered once it was settled; the rule is remembered beside it."""
        of = f"stay/{self.stay}" if self.stay is not None else f"night/{self.night}" if self.night else "house"
        return "/".join(part for part in (of, self.kind, self.about) if part)

    def overdue(self, today: date) -> int:
        """Days past the day it was due, 0 where there is none or it is not reached."""
        return 0 if self.due is None else max(0, (today - self.due).days)
