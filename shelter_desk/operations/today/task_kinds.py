"""What a task of today is: its matter, whom or what it is about, where it leads."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from shelter_desk.domain.casefile.voluntary_returns import StepName
from shelter_desk.domain.flags.flag import Flag
from shelter_desk.domain.ids import PersonId
from shelter_desk.operations.beds.held_beds import HeldLine
from shelter_desk.storage.imports.import_gaps import KeptGap

MOST_APART = 3  # tasks of one kind that have a line each; more of them share one

Matter = Literal[
    "flag",
    "too_many",
    "no_place",
    "child_left",
    "back_today",
    "backup_old",
    "no_backup",
    "keys_due",
    "month_open",
    "month_to_rectify",
    "names_due",
    "roll_call_due",
    "roll_call_missing",
    "roll_call_differs",
    "places_asked",
    "return_step",
    "beds_incomplete",
    "upkeep_due",
    "assets_not_found",
    "stock_expired",
    "stock_soon",
    "stock_low",
    "stock_asked",
    "stock_to_approve",
    "stock_lent",
    "assets_lent",
    "count_due",
    "stock_count_due",
    "stock_count_open",
    "referral_late",
    "action_late",
    "appointment_late",
    "high_risk",
    "birthday",
    "loans_unsaid",
    "to_complete",
    "arrival_due",
    "arrival_late",
    "held_taken",
    "held_lapsed",
    "exit_due",
    "handover_waiting",
]


@dataclass(frozen=True, slots=True)
class TaskThing:
    """One of the things a task is about. subject: as it is remembered once it was set aside; who: a code, or words."""

    subject: str
    name: str = ""
    who: str = ""

    @property
    def is_of_case(self) -> bool:
        """True for something of the file of a person, false for the store and the equipment."""
        return self.subject.startswith("stay/")


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: what is the matter with whom, or with which page. page: a page, or `page/part of it`.

    n: nights, days or persons as the matter counts; limit: how many days are in order, 0 where n counts something else
    or nothing is late by it; day: since or on.
    flags: the red flags it stands for, several of one kind where there are many; late: days past the day one was due;
    things: what it is about in the store or the equipment. codes: of the persons, where it is about more than one;
    what: the partner, the domain, the kind or the bed it is about; room, lacking: of a birthday; step: of a
    return. gaps: values that an import left open. held: of an arrival that is expected.
    """

    matter: Matter
    code: str = ""
    person: PersonId | None = None
    page: str = ""
    sex: str = ""
    n: int = 0
    limit: int = 0
    day: date | None = None
    flags: tuple[Flag, ...] = ()
    late: int = 0
    things: tuple[TaskThing, ...] = ()
    codes: tuple[str, ...] = ()
    what: str = ""
    room: str = ""
    lacking: tuple[str, ...] = ()
    step: StepName | None = None
    gaps: tuple[KeptGap, ...] = ()
    held: HeldLine | None = None

    @property
    def overdue(self) -> int:
        """Days past the limit, 0 where there is none or it is not reached."""
        return self.late or (max(0, self.n - self.limit) if self.limit else 0)


def without(task: Task, hidden: Collection[tuple[str, str]]) -> Task:
    """The task without the things that were set aside. hidden: matter and subject of those."""
    things = tuple(one for one in task.things if (task.matter, one.subject) not in hidden)
    return replace(task, things=things, n=len(things) if task.n == len(task.things) else task.n)


def apart(page: str, tasks: Sequence[Task]) -> list[Task]:
    """A line for each, or one for all where they are many: page is where that one leads."""
    if len(tasks) <= MOST_APART:
        return list(tasks)
    of = tuple(dict.fromkeys(one.code for one in tasks))
    late = max(one.late for one in tasks)
    code = of[0] if len(of) == 1 else ""
    things = tuple(thing for one in tasks for thing in one.things)
    n = sum(one.n for one in tasks)
    return [Task(tasks[0].matter, code, page=page, n=n, late=late, codes=of, things=things)]
