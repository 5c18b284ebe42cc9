"""Who gave a service, and what of the individual plan it was given for."""

from dataclasses import replace

import pytest

from shelter_desk.domain.assistance.assistance import Service
from shelter_desk.domain.errors import ChangedSince, NotAllowed, NotInList
from shelter_desk.domain.ids import PlanActionId, ServiceId, UserId
from shelter_desk.domain.rights import Role
from shelter_desk.operations.assistance import assistance
from shelter_desk.operations.casefile import plans
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.residents import timeline
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.operations.users import user_accounts
from shelter_desk.system import clock
from shelter_desk.words import timeline as timeline_words
from tests.operations.assessment_scene import desk, line, plan, resident
from tests.operations.shelter import admit

__all__ = ["desk", "resident"]
OTHER = "deux citrons jaunes"


@pytest.fixture
def action(desk: Desk, resident: Admitted) -> PlanActionId:
    """One thing to be done under a plan, not begun."""
    plans.make(desk, replace(plan(resident), actions=(line(),)))
    return plans.of(desk, resident.person)[0].plan.actions[0].id


def service(someone: Admitted, **more: object) -> Service:
    return replace(Service(ServiceId(0), "", clock.today(), someone.stay, "san_consult"), **more)  # type: ignore[arg-type]


def given(desk: Desk, someone: Admitted) -> list[Service]:
    return [one for ones in assistance.of_stays(desk, [someone.stay]).values() for one in ones]


def state(desk: Desk, someone: Admitted) -> str:
    return plans.of(desk, someone.person)[0].plan.actions[0].state


def test_who_is_at_the_desk_gave_it_unless_somebody_else_is_named(desk: Desk, resident: Admitted) -> None:
    user_accounts.add(desk, "Agent B", Role.CASE_WORKER, OTHER)
    other = next(key for key, name in assistance.staff_names(desk).items() if name == "Agent B")
    assistance.give(desk, [service(resident), service(resident, service_type="psy_ecoute", staff=other)])
    assert [one.staff for one in given(desk, resident)] == [desk.user, other]
    told = [one.by for one in timeline.of(desk, resident.person) if one.event.what == "service"]
    assert sorted(told) == ["Agent A", "Agent B"]


@pytest.mark.parametrize(("becomes", "is_done"), [("en_cours", False), ("fait", True)])
def test_a_service_makes_its_action_go_on_in_one_act_that_is_undone_as_one(
    desk: Desk, resident: Admitted, action: PlanActionId, becomes: str, is_done: bool
) -> None:
    done = assistance.give(desk, [service(resident, plan_action=action)], "", becomes)  # type: ignore[arg-type]
    one = plans.of(desk, resident.person)[0].plan.actions[0]
    assert (one.state, one.done_on == clock.today()) == (becomes, is_done)
    told = [
        timeline_words.describe(one.event, "Soin")[1]
        for one in timeline.of(desk, resident.person)
        if one.event.what == "service"
    ]
    assert told == ["for the plan · given"]
    undo(desk, done)
    assert (state(desk, resident), given(desk, resident)) == ("a_faire", [])


def test_what_is_planned_only_leaves_its_action_alone(desk: Desk, resident: Admitted, action: PlanActionId) -> None:
    assistance.give(desk, [service(resident, plan_action=action, status="prevu")], "", "fait")
    assert (state(desk, resident), given(desk, resident)[0].plan_action) == ("a_faire", action)


def test_an_action_that_is_done_tells_its_service_which_it_was(
    desk: Desk, resident: Admitted, action: PlanActionId
) -> None:
    plans.advance(desk, action, "fait", clock.today(), service=service(resident))
    assert [(one.plan_action, one.staff) for one in given(desk, resident)] == [(action, desk.user)]


def test_nobody_and_no_action_but_those_of_the_house_and_of_the_stay_are_named(
    desk: Desk, resident: Admitted, action: PlanActionId
) -> None:
    other = admit(desk, "1B")
    for wrong in (service(other, plan_action=action), service(resident, staff=UserId(99))):
        with pytest.raises(NotInList):
            assistance.give(desk, [wrong])
    assistance.give(desk, [service(resident, plan_action=action)])
    (kept,) = given(desk, resident)
    with pytest.raises(NotInList):
        assistance.change(desk, replace(kept, plan_action=PlanActionId(99)))
    assistance.change(desk, replace(kept, plan_action=None))
    assert [one.plan_action for one in given(desk, resident)] == [None]


def test_an_action_stays_while_a_service_names_it(desk: Desk, resident: Admitted) -> None:
    plans.make(desk, plan(resident))
    written = plans.of(desk, resident.person)[0].plan
    added = plans.add_action(desk, replace(line(), plan=written.id))
    action = max(one.id for one in plans.of(desk, resident.person)[0].plan.actions)
    assistance.give(desk, [service(resident, plan_action=action)])
    with pytest.raises(ChangedSince):
        undo(desk, added)
    assert [one.plan_action for one in given(desk, resident)] == [action]


def test_who_may_not_write_the_plan_does_not_move_its_actions(
    desk: Desk, resident: Admitted, action: PlanActionId
) -> None:
    desk.role = Role.RECEPTION
    with pytest.raises(NotAllowed):
        assistance.give(desk, [service(resident, plan_action=action)], "", "fait")
    desk.role = Role.DIRECTOR
    assert (state(desk, resident), given(desk, resident)) == ("a_faire", [])
