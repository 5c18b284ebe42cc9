"""Setting a task aside for some days with a reason: of the store, the equipment and the case files, in one way.

Each thing is set aside by itself: the task comes back with what is new. The reason is open to whoever keeps the store;
what is about a person is sealed with the key of their narratives, as the reason of a red flag is.
"""

from collections.abc import Sequence
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
from shelter_desk.operations.today.task_kinds import Task, TaskThing, rule_of
from shelter_desk.storage.casefile import settled_flags as stored_settled_flags
from shelter_desk.storage.casefile.settled_flags import CASE, STORE
from shelter_desk.storage.file import settings as stored_settings

_NEEDS = {STORE: Permission.STOCK_EDIT, CASE: Permission.CASE_EDIT}
_TOPICS = {STORE: Changes(stock=True, assets=True), CASE: Changes(cases=True)}


@dataclass(frozen=True, slots=True)
class Aside:
    """A thing that is not shown among the tasks for some days. matter: of the task; what: its name, "" once
    it is settled; code: of the person it is about.
    """

    id: int
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
    return bool(things) and all(desk.may(_NEEDS[_kind(one)]) for one in things)


@needs(Permission.SEE_COUNTS)
def set_aside(desk: Desk, task: Task, reason: str, until: date | None) -> Done:
    """Show none of these things before that day, at most 90 days away. Raises Missing without a reason, NotInList,
    NotAllowed.
    """
    if not may(desk, task.things):
        raise NotAllowed(_NEEDS[_kind(task.things[0])].value if task.things else Permission.CASE_EDIT.value)
    check_given("reason", reason.strip())
    if until is None or not desk.today() < until <= desk.today() + timedelta(days=flags.LONGEST_SNOOZE):
        raise NotInList("until", "" if until is None else until.isoformat())
    told = service_log.tidy(reason)
    with desk.writing("set_task_aside", _TOPICS[_kind(task.things[0])]) as writing:
        for one in task.things:
            made = stored_settled_flags.SettledFlag(
                0, rule_of(task.matter, one), one.subject, desk.now(), told, desk.user, until
            )
            key = writing.trail.add(stored_settled_flags.TABLE, stored_settled_flags.row(made))
            if one.is_of_case:
                protection = desk.key_of_protection(Permission.CASE_EDIT)
                sealed = stored_settled_flags.sealed(writing.connection, protection, key, one.subject, told)
                writing.trail.change(stored_settled_flags.TABLE, key, sealed)
        codes = sorted({one.who for one in task.things if one.is_of_case and one.who})
        service_log.be_about(writing, codes)
    return writing.done


def _kind(thing: TaskThing) -> str:
    return CASE if thing.is_of_case else STORE


@needs(Permission.SEE_COUNTS)
def aside(desk: Desk) -> list[Aside]:
    """What is set aside now of what this role may set aside, latest first."""
    kinds = [kind for kind, permission in _NEEDS.items() if desk.may(permission)]
    with desk.reading() as connection:
        kept = [one for kind in kinds for one in stored_settled_flags.hiding(connection, desk.today(), kind)]
        users = stored_settings.user_names(connection)
        reasons = {one.id: stored_settled_flags.reason(connection, desk.protection, one) for one in kept}
        codes = stored_settled_flags.codes_of(connection, [one.subject for one in kept])
    names = _names(desk, {one.rule.partition("/")[0] + "/" for one in kept})
    made = [
        Aside(
            one.id,
            one.rule.partition("/")[2],
            names.get((one.rule, one.subject), ""),
            reasons[one.id],
            users.get(one.by, "") if one.by is not None else "",
            one.settled_at,
            one.until,
            codes.get(one.subject, ""),
        )
        for one in kept
    ]
    return sorted(made, key=lambda one: (one.at, one.id), reverse=True)


def _names(desk: Desk, kinds: set[str]) -> dict[tuple[str, str], str]:
    """What the things that still wait are called."""
    found = store_tasks.everything(desk) if STORE in kinds else []
    found += case_tasks.everything(desk) if CASE in kinds else []
    return {(rule_of(task.matter, one), one.subject): one.name for task in found for one in task.things}


@needs(Permission.SEE_COUNTS)
def bring_back(desk: Desk, key: int) -> Done:
    """Show a thing again from now on. Raises ChangedSince where it was brought back already, NotAllowed."""
    with desk.reading() as connection:
        kept = stored_settled_flags.FLAGS.one_or_none(connection, key)
    kind = next((one for one in _NEEDS if kept is not None and kept.rule.startswith(one)), None)
    if kept is None or kind is None:
        raise ChangedSince(stored_settled_flags.TABLE)
    desk.check(_NEEDS[kind])
    with desk.writing("bring_task_back", _TOPICS[kind]) as writing:
        if stored_settled_flags.FLAGS.one_or_none(writing.connection, key) is None:
            raise ChangedSince(stored_settled_flags.TABLE)
        writing.subject = stored_settled_flags.codes_of(writing.connection, [kept.subject]).get(kept.subject, "")
        writing.trail.remove(stored_settled_flags.TABLE, key)
    return writing.done
