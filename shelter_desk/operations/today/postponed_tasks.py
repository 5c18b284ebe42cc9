"""Setting a task aside for some days with a reason: of the store, the equipment and the case files, in one way.

Each thing is set aside by itself: the task comes back with what is new. The reason is open to whoever keeps the store;
what is about a person is sealed with the key of their narratives, as the reason of a red flag is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shelter_desk.domain.changes import Changes
from shelter_desk.domain.checks import check_given
from shelter_desk.domain.errors import ChangedSince, NotAllowed, NotInList
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.casefile import flags
from shelter_desk.operations.desk import Desk, Done, needs
from shelter_desk.operations.services import service_log
from shelter_desk.operations.today import case_tasks, store_tasks
from shelter_desk.operations.today.task_kinds import Task, TaskThing
from shelter_desk.storage.casefile import settled_flags as stored_settled_flags
from shelter_desk.storage.casefile.settled_flags import TASK, SettledFlag
from shelter_desk.storage.file import settings as stored_settings
from shelter_desk.storage.today import postponed_tasks as stored_postponed_tasks
from shelter_desk.storage.today.postponed_tasks import PostponedTask

_STORE, _CASE = Permission.STOCK_EDIT, Permission.CASE_EDIT  # what sets a thing of each kind aside
_TOPICS = {_STORE: Changes(stock=True, assets=True), _CASE: Changes(cases=True)}


@dataclass(frozen=True, slots=True)
class Aside:
    """A thing that is not shown among the tasks for some days.

    needs: what sets such a thing aside. matter: of the task; what: its name, "" once it is settled; code: of the person
    it is about.
    """

    id: int
    needs: Permission
    matter: str
    what: str
    reason: str
    by: str
    at: datetime
    until: date | None
    code: str = ""


@needs(Permission.SEE_COUNTS)
def may(desk: Desk, things: Sequence[TaskThing]) -> bool:
    """Whether somebody at this desk may set these aside."""
    return bool(things) and all(desk.may(_needed(one)) for one in things)


@needs(Permission.SEE_COUNTS)
def set_aside(desk: Desk, task: Task, reason: str, until: date | None) -> Done:
    """Show none of these things before that day, at most 90 days away. Raises Missing without a reason, NotInList,
    NotAllowed.
    """
    if not may(desk, task.things):
        raise NotAllowed((_needed(task.things[0]) if task.things else _CASE).value)
    check_given("reason", reason.strip())
    if until is None or not desk.today() < until <= desk.today() + timedelta(days=flags.LONGEST_SNOOZE):
        raise NotInList("until", "" if until is None else until.isoformat())
    told = service_log.tidy(reason)
    with desk.writing("set_task_aside", _TOPICS[_needed(task.things[0])]) as writing:
        for one in task.things:
            if one.is_of_case:
                flag = SettledFlag(0, TASK + task.matter, one.subject, desk.now(), told, desk.user, until)
                flags.keep(desk, writing, flag)
            else:
                kept = PostponedTask(0, task.matter, one.subject, desk.now(), until, told, desk.user)
                written = stored_postponed_tasks.POSTPONED.write(kept)
                writing.trail.add(stored_postponed_tasks.TABLE, written)
        codes = sorted({one.who for one in task.things if one.is_of_case and one.who})
        service_log.be_about(writing, codes)
    return writing.done


def _needed(thing: TaskThing) -> Permission:
    return _CASE if thing.is_of_case else _STORE


@needs(Permission.SEE_COUNTS)
def aside(desk: Desk) -> list[Aside]:
    """What is set aside now of what this role may set aside, latest first."""
    found = _of_case(desk) if desk.may(_CASE) else []
    found += _of_store(desk) if desk.may(_STORE) else []
    return sorted(found, key=lambda one: (one.at, one.id), reverse=True)


def _of_case(desk: Desk) -> list[Aside]:
    with desk.reading() as connection:
        kept = stored_settled_flags.hiding(connection, desk.today(), TASK)
        users = stored_settings.user_names(connection)
        codes = stored_settled_flags.codes_of(connection, [one.subject for one in kept])
        reasons = {one.id: stored_settled_flags.reason(connection, desk.protection, one) for one in kept}
    names = _names(case_tasks.everything(desk) if kept else ())
    return [
        Aside(
            one.id,
            _CASE,
            matter := one.rule.removeprefix(TASK),
            names.get((matter, one.subject), ""),
            reasons[one.id],
            users.get(one.by, "") if one.by is not None else "",
            one.settled_at,
            one.until,
            codes.get(one.subject, ""),
        )
        for one in kept
    ]


def _of_store(desk: Desk) -> list[Aside]:
    with desk.reading() as connection:
        kept = stored_postponed_tasks.hiding(connection, desk.today())
        users = stored_settings.user_names(connection)
    names = _names(store_tasks.everything(desk) if kept else ())
    return [
        Aside(
            one.id,
            _STORE,
            one.matter,
            names.get((one.matter, one.subject), ""),
            one.reason,
            users.get(one.by, "") if one.by is not None else "",
            one.postponed_at,
            one.until,
        )
        for one in kept
    ]


def _names(waiting: Iterable[Task]) -> dict[tuple[str, str], str]:
    """What the things that still wait are called, by matter and subject."""
    return {(task.matter, one.subject): one.name for task in waiting for one in task.things}


@needs(Permission.SEE_COUNTS)
def bring_back(desk: Desk, kept: Aside) -> Done:
    """Show a thing again from now on. Raises ChangedSince where it was brought back already, NotAllowed."""
    desk.check(kept.needs)
    of = stored_settled_flags.FLAGS if kept.needs is _CASE else stored_postponed_tasks.POSTPONED
    with desk.writing("bring_task_back", _TOPICS[kept.needs]) as writing:
        if of.one_or_none(writing.connection, kept.id) is None:
            raise ChangedSince(of.table.name)
        writing.subject = kept.code
        writing.trail.remove(of.table.name, kept.id)
    return writing.done
