"""What the case files ask for today: answers, actions and appointments that are late, high risks, 18th birthdays.

What a red flag says already is not said again; one question to the file for each matter.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from shelter_desk.domain import settings as limits
from shelter_desk.domain.flags.flag import Flag
from shelter_desk.domain.ids import StayId
from shelter_desk.domain.rights import Permission
from shelter_desk.operations import settings
from shelter_desk.operations.assistance import appointments, referrals
from shelter_desk.operations.casefile import assessments, minors, plans, voluntary_returns
from shelter_desk.operations.casefile.minors import Turning
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.operations.stock import loans_at_exit
from shelter_desk.operations.today import arrivals
from shelter_desk.operations.today.task_kinds import Task, TaskThing, apart, without
from shelter_desk.storage.casefile import settled_flags as stored_settled_flags

Hidden = Collection[tuple[str, str]]  # matter and subject of what was set aside

# the red flags that say of a step of the admission that it is late
_FLAGS_OF_STEPS = {
    "depistage": (("R-24", "screening"),),
    "evaluation": (("R-24", "assessment"),),
    "plan": (("R-24", "plan"),),
    "signalement": (("R-11", ""),),
    "tutelle": (("R-08", "request"), ("R-08", "guardian")),
    "eis": (("R-09", "short"), ("R-09", "full")),
}


@needs(Permission.SEE_BEDS)
def waiting(desk: Desk, flags: Iterable[Flag]) -> Iterator[Task]:
    """The tasks of what this role may see: of the case files, of assistance. flags: what is said already."""
    yield from _waiting(desk, {(flag.code, flag.rule, flag.kind) for flag in flags}, _hidden(desk))


@needs(Permission.CASE_SEE)
def everything(desk: Desk) -> list[Task]:
    """The same with what was set aside and with what flags say, for the names of what it is about."""
    early = with_birthdays(desk, [], frozenset())
    return [
        *_waiting(desk, frozenset(), frozenset()),
        *early,
        *returns(desk, frozenset()),
        *arrivals.exits(desk, frozenset()),
    ]


def _waiting(desk: Desk, said: Collection[tuple[str, str, str]], hidden: Hidden) -> Iterator[Task]:
    if desk.may(Permission.CASE_SEE):
        yield from _high_risks(desk, hidden)
        yield from _actions(desk, hidden)
        if desk.may(Permission.STOCK_SEE) and not desk.may(Permission.STOCK_EDIT):
            yield from _taken_along(desk)  # who keeps the store has a task of each loan
    if desk.may(Permission.ASSIST_SEE):
        yield from apart("assistance/referrals", _left(_referrals(desk), hidden))
        yield from apart("assistance/agenda", _left(_appointments(desk, said), hidden))


def _left(tasks: Iterable[Task], hidden: Hidden) -> list[Task]:
    """Without those of which everything was set aside."""
    return [left for task in tasks if (left := without(task, hidden)).things]


def _thing(stay: StayId, kind: str, key: object, name: str, code: str) -> tuple[TaskThing]:
    return (TaskThing(f"stay/{stay}/{kind}/{key}", name, code),)


@needs(Permission.CASE_SEE)
def returns(desk: Desk, hidden: Hidden | None = None) -> list[Task]:
    """Steps of returns that are near or late."""
    made = [
        Task(
            "return_step",
            one.code,
            page=f"residents/{one.code}/return",
            day=one.step.by,
            late=one.step.days_late(desk.today()),
            step=one.step.name,
            things=_thing(one.file.stay, "return", one.step.name, one.step.name, one.code),
        )
        for one in voluntary_returns.due(desk)
    ]
    return _left(made, _hidden(desk) if hidden is None else hidden)


def _hidden(desk: Desk) -> Hidden:
    with desk.reading() as connection:
        return stored_settled_flags.hidden_tasks(connection, desk.today())


def _referrals(desk: Desk) -> Iterator[Task]:
    """Referrals whose follow-up is due: who was asked, and since when."""
    for one in referrals.overdue(desk):
        referral, code = one.referral, one.person.code
        yield Task(
            "referral_late",
            code,
            page=f"residents/{code}/referrals",
            n=1,
            day=referral.follow_up_on,
            late=one.days_late or 0,
            what=referral.partner,
            things=_thing(referral.stay, "referral", referral.id, referral.partner, code),
        )


def _actions(desk: Desk, hidden: Hidden) -> list[Task]:
    """Late actions of a plan, one task for each person; the actions themselves stay sealed."""
    late = defaultdict[str, list[tuple[plans.Overdue, TaskThing]]](list)
    for one in plans.overdue(desk):
        (thing,) = _thing(one.plan.stay, "action", one.action.id, one.action.domain, one.person.code)
        if ("action_late", thing.subject) not in hidden:
            late[one.person.code].append((one, thing))
    made = [
        Task(
            "action_late",
            code,
            page=f"residents/{code}/plan",
            n=len(several),
            day=min(one.action.due_on for one, _ in several),
            late=max(one.days for one, _ in several),
            what=several[0][0].action.domain,
            things=tuple(thing for _, thing in several),
        )
        for code, several in late.items()
    ]
    return apart(made[0].page if made else "", made)


def _appointments(desk: Desk, said: Collection[tuple[str, str, str]]) -> Iterator[Task]:
    """Appointments of which nobody said what became, without the steps whose delay is a red flag already."""
    for one in appointments.overdue(desk):
        kept, code = one.appointment, one.person.code
        if any((code, *flag) in said for flag in _FLAGS_OF_STEPS.get(kept.step, ())):
            continue
        what = kept.step or kept.service_type
        yield Task(
            "appointment_late",
            code,
            page="assistance/agenda",
            n=1,
            day=kept.starts_at.date(),
            late=(desk.today() - kept.starts_at.date()).days,
            what=what,
            things=_thing(kept.stay, "appointment", kept.id, what, code),
        )


def _taken_along(desk: Desk) -> list[Task]:
    """Who left with things of the house, of which nobody said what becomes of them."""
    return apart(
        "stock/loans",
        [
            Task("loans_unsaid", one.code, page=f"residents/{one.code}/stay", n=len(one.things), what=one.things[0])
            for one in loans_at_exit.unsaid(desk)
        ],
    )


def _high_risks(desk: Desk, hidden: Hidden) -> Iterator[Task]:
    """Everybody here whose last assessment says high risk, in one line: the review due first leads (field 7)."""
    said = [(one.person.code, one.line.assessment) for one in assessments.current(desk)]
    high = [(code, one) for code, one in said if one.risk_level == "eleve"]
    things = [thing for code, one in high for thing in _thing(one.stay, "risk", one.id, "", code)]
    left = without(Task("high_risk", n=len(things), things=tuple(things)), hidden).things
    if left:
        of = tuple(dict.fromkeys(one.who for one in left))
        yield Task("high_risk", page=f"residents/{of[0]}/vulnerability", n=len(of), codes=of, things=left)


@needs(Permission.CASE_SEE)
def with_birthdays(desk: Desk, tasks: Sequence[Task], hidden: Hidden | None = None) -> list[Task]:
    """The same tasks with the watch of the 18th birthday.

    Where R-07 says that somebody turns 18 soon, its task tells the room and the papers; before R-07 speaks, the watch
    has a task of its own; what was set aside stays so.
    """
    near = {one.code: one for one in minors.birthdays(desk) if one.birthday.days > 0}
    made = [_told_of(task, near.pop(task.code)) if _is_soon(task) and task.code in near else task for task in tasks]
    flagged = {flag.code for task in tasks for flag in task.flags if flag.rule == "R-07"}
    told = limits.whole(settings.kept(desk), "majority_days")
    early = [one for one in near.values() if one.birthday.days > told and one.code not in flagged]
    watched = [
        _told_of(Task("birthday", one.code, things=_thing(one.stay, "birthday", one.birthday.on, "", one.code)), one)
        for one in early
    ]
    return [*made, *_left(watched, _hidden(desk) if hidden is None else hidden)]


def _is_soon(task: Task) -> bool:
    return [(one.rule, one.kind) for one in task.flags] == [("R-07", "soon")]


def _told_of(task: Task, one: Turning) -> Task:
    return replace(
        task,
        matter="birthday",
        person=None,
        page=f"residents/{one.code}/minor",
        n=one.birthday.days,
        limit=0,
        day=one.birthday.on,
        room=one.room,
        lacking=one.papers_missing,
    )
