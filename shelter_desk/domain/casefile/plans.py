"""Rules of individual plans: made with the person, lines that say who does what until when (field 3.4).

The facts are in `assessments`.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType
from typing import Literal

from shelter_desk.domain import codes
from shelter_desk.domain.casefile.assessments import ActionState, Plan, PlanAction, days_late
from shelter_desk.domain.checks import check_day, check_given, check_optional_code, check_order, check_required_code
from shelter_desk.domain.errors import Missing, NotInList, RuleBroken

THE_PERSON = "personne"
OPEN: frozenset[ActionState] = frozenset({"a_faire", "en_cours"})
ORDER: tuple[ActionState, ...] = ("en_cours", "a_faire", "fait", "abandonne")  # what is to be done comes first
NEXT: Mapping[ActionState, frozenset[ActionState]] = MappingProxyType(
    {
        "a_faire": frozenset({"en_cours", "fait", "abandonne"}),
        "en_cours": frozenset({"a_faire", "fait", "abandonne"}),
        "fait": frozenset({"en_cours"}),
        "abandonne": frozenset({"a_faire"}),
    }
)
Warn = Literal["provisional", "not_agreed", "no_lines"]


class PlanOpen(RuleBroken):
    """The stay has a plan that is not closed."""

    plan_no: str


class PlanClosed(RuleBroken):
    """A closed plan is not changed any more."""

    plan_no: str


class ActionNotNext(RuleBroken):
    """An action of a plan cannot go from the state it is in to that one."""

    state: str
    wanted: str


def domains() -> tuple[str, ...]:
    """What an action can be about: the first level of services."""
    return tuple(one.code for one in codes.codes("service_type") if not one.parent and one.active)


def warnings(plan: Plan) -> tuple[Warn, ...]:
    """What is written all the same, and should not stay so (level W)."""
    found: dict[Warn, bool] = {
        "provisional": not plan.made_with_person,
        "not_agreed": plan.agreed_on is None,
        "no_lines": not plan.actions,
    }
    return tuple(warning for warning, holds in found.items() if holds)


def check_plan(plan: Plan, admitted_on: date, today: date) -> None:
    """Whether the head of a plan can be written. Raises InTheFuture, BadDates, NotInList."""
    check_day(plan.made_on, today, admitted_on)
    check_optional_code("solution_sought", plan.solution_sought)
    check_order(plan.made_on, plan.next_review)


def check_action(action: PlanAction, made_on: date) -> None:
    """Whether a line says all it has to: about what, to reach what, by doing what, who and until when.

    Raises Missing, NotInList, BadDates for a day before the plan.
    """
    check_given("domain", action.domain)
    check_given("objective", action.objective.strip())
    check_given("action", action.action.strip())
    if action.domain not in domains():
        raise NotInList("domain", action.domain)
    if not action.responsible.strip() and action.responsible_user is None:
        raise Missing("responsible")
    check_order(made_on, action.due_on)


def advance(
    action: PlanAction, to: ActionState, plan: Plan, today: date, on: date | None = None, result: str = ""
) -> PlanAction:
    """The action in another state: what is done has its day, what is dropped says why.

    Raises PlanClosed, ActionNotNext, Missing, InTheFuture, BadDates for a day before the plan.
    """
    _check_open(plan)
    if to not in NEXT[action.state]:
        raise ActionNotNext(action.state, to)
    if to == "fait":
        if on is None:
            raise Missing("done_on")
        check_day(on, today, plan.made_on)
    if to == "abandonne" and not result.strip():
        raise Missing("result")
    ended = to not in OPEN
    return replace(action, state=to, done_on=on if to == "fait" else None, result=result.strip() if ended else "")


def agreed(plan: Plan, on: date, mode: str, today: date) -> Plan:
    """The plan once the person agreed to it. Raises PlanClosed, Missing, NotInList, InTheFuture, BadDates."""
    _check_open(plan)
    check_required_code("consent_mode", mode, "agreed_mode")
    check_day(on, today, plan.made_on)
    return replace(plan, agreed_on=on, agreed_mode=mode)


def closed(plan: Plan, on: date, reason: str, today: date) -> Plan:
    """The plan once it ended; its open actions are not late any more.

    Raises PlanClosed, Missing, InTheFuture, BadDates.
    """
    _check_open(plan)
    check_given("close_reason", reason.strip())
    check_day(on, today, plan.made_on)
    return replace(plan, closed_on=on, close_reason=reason.strip())


def _check_open(plan: Plan) -> None:
    if plan.closed_on is not None:
        raise PlanClosed(plan.plan_no)


def late(plan: Plan, action: PlanAction, today: date) -> int | None:
    """Days an action is over its day, None for one that is not: on the day itself it is not late yet."""
    if plan.closed_on is not None or action.state not in OPEN:
        return None
    return days_late(action.due_on, today) or None
