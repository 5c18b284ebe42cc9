"""Tasks as they are read: by urgency, and those of one person together; which of them nobody who passes may read."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from shelter_desk.operations.today.task_kinds import Matter, Task

Urgency = Literal["now", "late", "next"]
URGENCIES: tuple[Urgency, ...] = ("now", "late", "next")
_TONIGHT: tuple[Matter, ...] = (
    *("roll_call_due", "no_place", "child_left", "too_many", "held_taken", "arrival_late", "arrival_due"),
    *("back_today", "exit_due", "handover_waiting"),
)
_DANGERS = frozenset({"R-21", "R-23", "R-28"})
_WRONG_BEDS = frozenset({"R-03", "R-04", "R-05", "R-06"})
_PRIVATE = _DANGERS | {"R-22", "R-29"}  # and what would mark a child, or somebody who asks for asylum


def urgency(task: Task) -> Urgency:
    """Now: tonight, or somebody is in danger; late: past its day; else next."""
    if task.matter in _TONIGHT or any(one.rule in _DANGERS | _WRONG_BEDS for one in task.flags):
        return "now"
    return "late" if task.overdue else "next"


def is_private(task: Task) -> bool:
    """True for what is read on demand alone: the screen of the office is seen by who passes."""
    return task.matter == "high_risk" or any(is_private_rule(one.rule) for one in task.flags)


def is_private_rule(rule: str) -> bool:
    """Whether the sentences of that rule are."""
    return rule in _PRIVATE


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """What there is to do for one person, or one task that is about nobody or about several. code: "" for those."""

    urgency: Urgency
    code: str
    tasks: tuple[Task, ...]


def grouped(tasks: Sequence[Task]) -> list[TaskGroup]:
    """By urgency, in the order given within each. A person stands once, where the most urgent of their tasks stands."""
    by_code: dict[str, list[Task]] = {}
    for at, task in enumerate(tasks):
        by_code.setdefault(task.code or f"/{at}", []).append(task)
    groups = []
    for key, several in by_code.items():
        ordered = sorted(several, key=lambda one: URGENCIES.index(urgency(one)))
        groups.append(TaskGroup(urgency(ordered[0]), "" if key.startswith("/") else key, tuple(ordered)))
    return sorted(groups, key=lambda one: URGENCIES.index(one.urgency))
