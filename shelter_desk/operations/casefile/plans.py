"""The plan made with a person: lines that say who does what until when, agreed, followed up, closed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from shelter_desk.domain.assistance.assistance import Service
from shelter_desk.domain.casefile import plans as plan_rules
from shelter_desk.domain.casefile.assessments import ActionState, Plan, PlanAction, days_late
from shelter_desk.domain.casefile.plans import PlanClosed, PlanOpen, Warn
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.ids import PersonId, PlanActionId, PlanId, ServiceId, StayId, UserId
from shelter_desk.domain.residents.residents import Person
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.consent import consent_checks
from shelter_desk.operations.consent.consents import check_recording
from shelter_desk.operations.desk import Desk, Done, Writing, needs
from shelter_desk.operations.residents import person_acts
from shelter_desk.operations.services import service_log
from shelter_desk.storage.casefile import plans as stored_plans
from shelter_desk.storage.file import settings, users
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.residents import person_sealers, residents
from shelter_desk.storage.stays import stays

PLANNED = "pro_plan"
# the states of an action, and the journal action of the step to each
_STEPS: Mapping[ActionState, str] = {
    "en_cours": "begin_plan_action",
    "a_faire": "put_back_plan_action",
    "fait": "finish_plan_action",
    "abandonne": "drop_plan_action",
}


@dataclass(frozen=True, slots=True)
class PlanMade:
    """A new plan with its number. warnings: what should not stay so (level W)."""

    plan: PlanId
    plan_no: str
    done: Done
    warnings: tuple[Warn, ...]


@dataclass(frozen=True, slots=True)
class PlannedAction:
    """One plan as the record shows it, its actions in clear, its wishes told of alone.

    late: days over, by action; review_late: days since its review was due, None while it is not.
    """

    plan: Plan
    case_worker: str
    warnings: tuple[Warn, ...]
    has_wishes: bool
    late: Mapping[PlanActionId, int]
    review_late: int | None


@dataclass(frozen=True, slots=True)
class Overdue:
    """An action that is over its day, and of whom."""

    person: Person
    plan: Plan
    action: PlanAction
    days: int


# Reading --------------------------------------------------------------------------------------------------------------


@needs(Permission.CASE_SEE)
def of(desk: Desk, person: PersonId) -> tuple[PlannedAction, ...]:
    """The plans of all stays of a person, the latest first."""
    with desk.reading() as connection:
        found = stored_plans.of_person(connection, desk.protection, person)
        names, wished = settings.user_names(connection), stored_plans.has_wishes(connection, [one.id for one in found])
    return tuple(
        PlannedAction(
            one,
            names.get(one.case_worker, "") if one.case_worker is not None else "",
            plan_rules.warnings(one),
            one.id in wished,
            _late(one, desk.today()),
            days_late(one.next_review, desk.today()) if one.closed_on is None else None,
        )
        for one in found
    )


def _late(plan: Plan, today: date) -> Mapping[PlanActionId, int]:
    found = {one.id: plan_rules.late(plan, one, today) for one in plan.actions}
    return {key: days for key, days in found.items() if days is not None}


@needs(Permission.CASE_SEE)
def overdue(desk: Desk) -> tuple[Overdue, ...]:
    """The actions over their day in the plans of those who are here, the latest first."""
    with desk.reading() as connection:
        found = stored_plans.open_ones(connection, desk.protection)
        whose = stays.persons_of(connection, [one.stay for one in found])
        people = residents.persons(connection, set(whose.values()))
    made = [
        Overdue(people[whose[plan.stay]], plan, action, days)
        for plan in found
        for action in plan.actions
        if (days := plan_rules.late(plan, action, desk.today())) is not None
    ]
    return tuple(sorted(made, key=lambda one: (-one.days, one.person.code)))


@needs(Permission.CASE_SEE)
def wishes(desk: Desk, plan: PlanId) -> str:
    """What the person wishes, in clear; the reading is written to the journal. Raises NotAllowed without the key."""
    protection = desk.key_of_protection(Permission.CASE_SEE)
    with desk.reading() as connection:
        stay = stored_plans.plan(connection, None, plan).stay
        own = person_sealers.of_stays(connection, protection, [stay]).get(stay)
        said, code = stored_plans.wishes(connection, own, plan), person_acts.code_of(connection, stay)
    desk.note("wishes_read", code)
    return said


@needs(Permission.CASE_SEE)
def staff(desk: Desk) -> Mapping[UserId, str]:
    """Who of the staff may be given an action: everybody whose account is open."""
    with desk.reading() as connection:
        return {one.id: one.name for one in users.all_of_them(connection) if one.is_active}


# The plan -------------------------------------------------------------------------------------------------------------


@needs(Permission.CASE_EDIT)
def make(desk: Desk, plan: Plan, wishes: str = "", *, as_service: bool = False) -> PlanMade:
    """Write a plan with its lines, its agreement too where that is given.

    as_service: one `pro_plan` goes to the log of services with it. Raises PlanOpen where the stay has one, NoConsent,
    NoSuch for a void stay, NotAllowed without the key, and as `check_plan`, `check_action` and `agreed`.
    """
    with desk.writing("make_plan", Changes(cases=True, services=as_service)) as writing:
        connection = writing.connection
        stay = person_acts.standing_stay(connection, plan.stay)
        check_recording(connection, stay.person, desk.today())
        if former := stored_plans.open_number(connection, stay.id):
            raise PlanOpen(former)
        plan_rules.check_plan(plan, stay.admitted_at.date(), desk.today())
        number = stored_plans.NUMBERS.next(connection, plan.made_on.year)
        new = replace(plan, plan_no=number, case_worker=plan.case_worker or desk.user, recorded_at=desk.now())
        if plan.agreed_on is not None:
            new = plan_rules.agreed(new, plan.agreed_on, plan.agreed_mode, desk.today())
        key = PlanId(writing.trail.add(stored_plans.TABLE, stored_plans.PLANS.write(new)))
        own = _own(desk, connection, stay.person)
        writing.seal(own, stored_plans.TABLE, "wishes", key, wishes.strip())
        _keep_lines(writing, own, replace(new, id=key), new.actions)
        _finish(desk, writing, stay.id, new.made_on if as_service else None)
    return PlanMade(key, number, writing.done, plan_rules.warnings(new))


@needs(Permission.CASE_EDIT)
def revise(
    desk: Desk, plan: Plan, wishes: str | None = None, *, as_service: bool = False, on: date | None = None
) -> Done:
    """Write a plan anew: its head and its lines; a line left out stays as it is, since nothing done is forgotten.

    wishes: None leaves them as they are. as_service: one `pro_plan`, of the day `on` or today. Raises PlanClosed, and
    as `make`.
    """
    with desk.writing("revise_plan", Changes(cases=True, services=as_service)) as writing:
        connection = writing.connection
        old = _open_plan(desk, connection, plan.id)
        stay = stays.stay(connection, old.stay)
        check_recording(connection, stay.person, desk.today())
        new = replace(
            plan,
            plan_no=old.plan_no,
            stay=old.stay,
            case_worker=old.case_worker,
            recorded_at=old.recorded_at,
            closed_on=None,
            close_reason="",
        )
        plan_rules.check_plan(new, stay.admitted_at.date(), desk.today())
        if new.agreed_on is not None:
            new = plan_rules.agreed(new, new.agreed_on, new.agreed_mode, desk.today())
        own = _own(desk, connection, stay.person)
        writing.trail.change(stored_plans.TABLE, old.id, stored_plans.PLANS.write(new))
        if wishes is not None:
            writing.seal(own, stored_plans.TABLE, "wishes", old.id, wishes.strip())
        known = {one.id: one for one in old.actions}
        lines = [_same_state(one, known[one.id]) if one.id in known else one for one in new.actions]
        _keep_lines(writing, own, new, [one for one in lines if one != known.get(one.id)])
        _finish(desk, writing, stay.id, (on or desk.today()) if as_service else None)
    return writing.done


def _same_state(new: PlanAction, old: PlanAction) -> PlanAction:
    """What becomes of an action is said by the acts on it."""
    return replace(new, plan=old.plan, state=old.state, done_on=old.done_on, result=old.result)


@needs(Permission.CASE_EDIT)
def agree(desk: Desk, plan: PlanId, on: date, mode: str) -> Done:
    """The person agrees to the plan as it stands. Raises as `agreed`."""
    return _change(desk, plan, "agree_plan", lambda old: plan_rules.agreed(old, on, mode, desk.today()))


@needs(Permission.CASE_EDIT)
def close(desk: Desk, plan: PlanId, on: date, reason: str) -> Done:
    """The plan ends; what is open in it is not late any more. Raises as `closed`."""
    return _change(desk, plan, "close_plan", lambda old: plan_rules.closed(old, on, reason, desk.today()))


def _change(desk: Desk, plan: PlanId, action: str, changed: Callable[[Plan], Plan]) -> Done:
    with desk.writing(action, Changes(cases=True)) as writing:
        old = stored_plans.plan(writing.connection, desk.protection, plan)
        writing.trail.change(stored_plans.TABLE, plan, stored_plans.PLANS.write(changed(old)))
        _finish(desk, writing, old.stay)
    return writing.done


# Its actions ----------------------------------------------------------------------------------------------------------


@needs(Permission.CASE_EDIT)
def add_action(desk: Desk, action: PlanAction) -> Done:
    """One more line of a plan. Raises PlanClosed, and as `check_action`."""
    with desk.writing("add_plan_action", Changes(cases=True)) as writing:
        plan = _open_plan(desk, writing.connection, action.plan)
        own = _own(desk, writing.connection, person_acts.person_of(writing.connection, plan.stay).id)
        _keep_lines(writing, own, plan, [replace(action, id=PlanActionId(0), state="a_faire", done_on=None)])
        _finish(desk, writing, plan.stay)
    return writing.done


@needs(Permission.CASE_EDIT)
def change_action(desk: Desk, action: PlanAction) -> Done:
    """Correct a line; what became of it stays. Raises PlanClosed, and as `check_action`."""
    with desk.writing("change_plan_action", Changes(cases=True)) as writing:
        plan = _open_plan(desk, writing.connection, stored_plans.plan_of_action(writing.connection, action.id))
        old = next(one for one in plan.actions if one.id == action.id)
        own = _own(desk, writing.connection, person_acts.person_of(writing.connection, plan.stay).id)
        _keep_lines(writing, own, plan, [_same_state(action, old)])
        _finish(desk, writing, plan.stay)
    return writing.done


@needs(Permission.CASE_EDIT)
def advance(
    desk: Desk,
    action: PlanActionId,
    to: ActionState,
    on: date | None = None,
    result: str = "",
    service: Service | None = None,
) -> Done:
    """Begin an action or take it up again, put it back, finish it on that day, or drop it with a reason (`result`).

    service: the line of the service log that goes with one that is finished, written in the same act. Raises
    PlanClosed, ActionNotNext, InTheFuture, BadDates, Missing without the day or the reason, NoConsent, and as
    `service_log.add`.
    """
    with desk.writing(_STEPS[to], Changes(cases=True, services=service is not None)) as writing:
        plan = move_action(desk, writing, action, to, on, result)
        if service is not None:
            made = replace(service, stay=plan.stay, plan_action=action)
            service_log.add(desk, writing, [made])
            consent_checks.check_services(desk, writing, [made])
    return writing.done


def move_action(
    desk: Desk, writing: Writing, key: PlanActionId, to: ActionState, on: date | None = None, result: str = ""
) -> Plan:
    """An action in another state, inside an act. Raises as `advance`."""
    connection = writing.connection
    plan = stored_plans.plan(connection, desk.protection, stored_plans.plan_of_action(connection, key))
    old = next(one for one in plan.actions if one.id == key)
    new = plan_rules.advance(old, to, plan, desk.today(), on, result)
    own = _own(desk, connection, person_acts.person_of(connection, plan.stay).id)
    writing.trail.change(stored_plans.ACTIONS, key, stored_plans.PLAN_ACTIONS.write(new))
    if new.result != old.result:
        stored_plans.check_action_opens(connection, own, key)
        writing.seal(own, stored_plans.ACTIONS, "result", key, new.result)
    _finish(desk, writing, plan.stay)
    return plan


# What they share ------------------------------------------------------------------------------------------------------


def _open_plan(desk: Desk, connection: Connection, key: PlanId) -> Plan:
    found = stored_plans.plan(connection, desk.protection, key)
    if found.closed_on is not None:
        raise PlanClosed(found.plan_no)
    return found


def _keep_lines(writing: Writing, own: Sealer, plan: Plan, lines: Sequence[PlanAction]) -> None:
    """Write new lines and change known ones. Raises Damaged for one that somebody altered."""
    for one in lines:
        plan_rules.check_action(one, plan.made_on)
        row = stored_plans.PLAN_ACTIONS.write(replace(one, plan=plan.id))
        known = any(one.id == old.id for old in plan.actions) and bool(one.id)
        if known:
            stored_plans.check_action_opens(writing.connection, own, one.id)
        key = one.id if known else PlanActionId(writing.trail.add(stored_plans.ACTIONS, row))
        writing.trail.change(stored_plans.ACTIONS, key, {**row, **stored_plans.sealed_action(own, key, one)})


def _finish(desk: Desk, writing: Writing, stay: StayId, service_on: date | None = None) -> None:
    """Say whom the act is about; with its service where one is counted."""
    writing.subject = person_acts.code_of(writing.connection, stay)
    if service_on is not None:
        service_log.add(desk, writing, [Service(ServiceId(0), "", service_on, stay, PLANNED)])


def _own(desk: Desk, connection: Connection, person: PersonId) -> Sealer:
    return residents.protection_of(connection, desk.key_of_protection(Permission.CASE_EDIT), person)
