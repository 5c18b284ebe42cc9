"""Who is expected, who is to leave, and what is planned: as tasks of today, and day by day of the week to come.

An arrival has no name: the held bed, the sex and the age group tell it.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, get_args

from shelter_desk.domain.ids import StayId
from shelter_desk.domain.moments import Period, plain
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.assistance import appointments
from shelter_desk.operations.beds import held_beds
from shelter_desk.operations.beds.held_beds import HeldLine
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.operations.today.task_kinds import Matter, Task, TaskThing, apart, without
from shelter_desk.storage.casefile import settled_flags as stored_settled_flags
from shelter_desk.storage.residents import residents as stored_residents
from shelter_desk.storage.stays import stays as stored_stays

LAPSED_DAYS = 3  # a held bed that lapsed is told for so long
AHEAD = 7


@needs(Permission.SEE_BEDS)
def expected(desk: Desk) -> Iterator[Task]:
    """Arrivals of today and late ones, held beds that somebody else has, and those that lapsed in the last days."""
    today = desk.today()
    for line in held_beds.current(desk, today - timedelta(days=LAPSED_DAYS - 1)):
        state, day = line.held.state(today), line.held.expected_on
        if state == "lapsed":
            yield _of(line, "held_lapsed", line.held.after)
        if line.is_blocked:
            yield _of(line, "held_taken", day)
        elif state == "late":
            yield _of(line, "arrival_late", day, (today - day).days)
        elif state == "held" and day == today:
            yield _of(line, "arrival_due", day)


def _of(line: HeldLine, matter: Matter, day: date, late: int = 0) -> Task:
    return Task(matter, page=f"beds/held/{line.held.id}", day=day, late=late, held=line)


@needs(Permission.CASE_SEE)
def exits(desk: Desk, hidden: Collection[tuple[str, str]] | None = None) -> list[Task]:
    """Exits planned for today or before, of those still here. hidden: what is set aside, None to ask."""
    today = desk.today()
    with desk.reading() as connection:
        aside = stored_settled_flags.hidden_tasks(connection, today) if hidden is None else hidden
    made = []
    for code, stay, day in _leaving(desk, date.min, today):
        things = (TaskThing(f"stay/{stay}/exit/{day.isoformat()}", "", code),)
        page = f"residents/{code}/stay"
        made.append(Task("exit_due", code, page=page, n=1, day=day, late=(today - day).days, things=things))
    left = [found for task in made if (found := without(task, aside)).things]
    return apart("residents", sorted(left, key=lambda task: (-task.late, task.code)))


def _leaving(desk: Desk, first: date, last: date) -> list[tuple[str, StayId, date]]:
    """Of those here tonight, whose exit is planned from the one day to the other: code, stay, day."""
    with desk.reading() as connection:
        here = stored_stays.on(connection, desk.today())
        found = [(one, one.expected_exit) for one in here if one.expected_exit is not None]
        planned = [(one, day) for one, day in found if first <= day <= last]
        persons = stored_residents.persons(connection, {one.person for one, _ in planned})
    return [(persons[one.person].code, one.id, day) for one, day in planned]


ComingKind = Literal["arrival", "exit", "appointment"]
_ORDER: tuple[ComingKind, ...] = get_args(ComingKind)


@dataclass(frozen=True, slots=True)
class Coming:
    """One thing of a day to come.

    at: its moment, a plain day where the hour is open. code: of whom, "" of an arrival. what: the service or step of an
    appointment. held: of an arrival.
    """

    kind: ComingKind
    at: datetime
    code: str = ""
    what: str = ""
    held: HeldLine | None = None

    @property
    def page(self) -> str:
        """Where it leads."""
        if self.held is not None:
            return f"beds/held/{self.held.held.id}"
        return "assistance/agenda" if self.kind == "appointment" else f"residents/{self.code}/stay"


@needs(Permission.SEE_BEDS)
def coming(desk: Desk) -> list[Coming]:
    """What is planned from today on for seven days, of what this role may see: by day arrivals, exits, appointments."""
    today = desk.today()
    days = Period(today, today + timedelta(days=AHEAD - 1))
    found = [
        Coming("arrival", plain(line.held.expected_on), held=line)
        for line in held_beds.current(desk, today)
        if line.held.holds(today) and line.held.expected_on in days
    ]
    if desk.may(Permission.CASE_SEE):
        found += [Coming("exit", plain(day), code) for code, _, day in _leaving(desk, days.first, days.last)]
    if desk.may(Permission.ASSIST_SEE):
        found += [
            Coming(
                "appointment",
                one.appointment.starts_at,
                one.person.code,
                one.appointment.step or one.appointment.service_type,
            )
            for one in appointments.planned(desk, days)
        ]
    return sorted(found, key=lambda one: (one.at.date(), _ORDER.index(one.kind), one.at, one.code))
