"""What the case files ask for today: answers, actions and appointments that are late, high risks, 18th birthdays.

What a red flag says already is not said again; one question to the file for each matter.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from shelter_desk.domain import settings as limits
from shelter_desk.domain.flags.flag import Flag
from shelter_desk.domain.rights import Permission
from shelter_desk.operations import appointments, assessments, loans_at_exit, minors, plans, referrals, settings
from shelter_desk.operations.desk import Desk, needs
from shelter_desk.operations.matters import MOST_APART, Task
from shelter_desk.operations.minors import Turning

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
    if desk.may(Permission.CASE_SEE):
        yield from _high_risks(desk)
        yield from _actions(desk)
        if desk.may(Permission.STOCK_SEE) and not desk.may(Permission.STOCK_EDIT):
            yield from _taken_along(desk)  # who keeps the store has a task of each loan
    if desk.may(Permission.ASSIST_SEE):
        yield from _referrals(desk)
        yield from _appointments(desk, {(flag.code, flag.rule, flag.kind) for flag in flags})


def _referrals(desk: Desk) -> list[Task]:
    """Referrals whose follow-up is due: who was asked, and since when (F44)."""
    return _apart(
        "assistance/referrals",
        [
            Task(
                "referral_late",
                one.person.code,
                page=f"residents/{one.person.code}/referrals",
                n=1,
                day=one.referral.follow_up_on,
                late=one.days_late or 0,
                what=one.referral.partner,
            )
            for one in referrals.overdue(desk)
        ],
    )


def _actions(desk: Desk) -> list[Task]:
    """Late actions of a plan (F41), one task for each person; the actions themselves stay sealed."""
    late = defaultdict[str, list[plans.Overdue]](list)
    for one in plans.overdue(desk):
        late[one.person.code].append(one)
    made = [
        Task(
            "action_late",
            code,
            page=f"residents/{code}/plan",
            n=len(several),
            day=min(one.action.due_on for one in several),
            late=max(one.days for one in several),
            what=several[0].action.domain,
        )
        for code, several in late.items()
    ]
    return _apart(made[0].page if made else "", made)


def _appointments(desk: Desk, said: Collection[tuple[str, str, str]]) -> list[Task]:
    """Appointments of which nobody said what became (F46), without the steps whose delay is a red flag already."""
    today = desk.today()
    return _apart(
        "assistance/agenda",
        [
            Task(
                "appointment_late",
                one.person.code,
                page="assistance/agenda",
                n=1,
                day=one.appointment.starts_at.date(),
                late=(today - one.appointment.starts_at.date()).days,
                what=one.appointment.step or one.appointment.service_type,
            )
            for one in appointments.overdue(desk)
            if not any((one.person.code, *flag) in said for flag in _FLAGS_OF_STEPS.get(one.appointment.step, ()))
        ],
    )


def _taken_along(desk: Desk) -> list[Task]:
    """Who left with things of the house, of which nobody said what becomes of them (F59)."""
    return _apart(
        "stock/loans",
        [
            Task("loans_unsaid", one.code, page=f"residents/{one.code}/stay", n=len(one.things), what=one.things[0])
            for one in loans_at_exit.unsaid(desk)
        ],
    )


def _high_risks(desk: Desk) -> Iterator[Task]:
    """Everybody here whose last assessment says high risk, in one line: the review due first leads (domain 7)."""
    found = [one for one in assessments.current(desk) if one.line.assessment.risk_level == "eleve"]
    if found:
        of = tuple(dict.fromkeys(one.person.code for one in found))
        yield Task("high_risk", page=f"residents/{of[0]}/vulnerability", n=len(of), codes=of)


@needs(Permission.CASE_SEE)
def with_birthdays(desk: Desk, tasks: Sequence[Task]) -> list[Task]:
    """The same tasks with the watch of the 18th birthday (N8).

    Where R-07 says that somebody turns 18 soon, its task tells the room and the papers; before R-07 speaks, the watch
    has a task of its own; what was set aside stays so.
    """
    near = {one.code: one for one in minors.birthdays(desk) if one.birthday.days > 0}
    made = [_told_of(task, near.pop(task.code)) if _is_soon(task) and task.code in near else task for task in tasks]
    flagged = {flag.code for task in tasks for flag in task.flags if flag.rule == "R-07"}
    told = limits.whole(settings.kept(desk), "majority_days")
    early = [one for one in near.values() if one.birthday.days > told and one.code not in flagged]
    return [*made, *(_told_of(Task("birthday", one.code), one) for one in early)]


def _is_soon(task: Task) -> bool:
    return len(task.flags) == 1 and (task.flags[0].rule, task.flags[0].kind) == ("R-07", "soon")


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


def _apart(page: str, tasks: Sequence[Task]) -> list[Task]:
    """A line for each, or one for all where they are many: page is where that one leads."""
    if len(tasks) <= MOST_APART:
        return list(tasks)
    of = tuple(dict.fromkeys(one.code for one in tasks))
    late = max(one.late for one in tasks)
    code = of[0] if len(of) == 1 else ""
    return [Task(tasks[0].matter, code, page=page, n=sum(one.n for one in tasks), late=late, codes=of)]
