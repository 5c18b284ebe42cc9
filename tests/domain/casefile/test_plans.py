"""Rules of individual plans: what a line has to say, what becomes of it, agreement and end."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shelter_desk.domain.casefile import plans as plan_rules
from shelter_desk.domain.casefile.assessments import ActionState, Plan, PlanAction
from shelter_desk.domain.errors import BadDates, InTheFuture, Missing, NotInList
from shelter_desk.domain.ids import PlanActionId, PlanId, StayId

MADE, TODAY = date(2026, 11, 1), date(2026, 11, 20)
PLAN = Plan(PlanId(1), "P-2026-0001", StayId(1), MADE, made_with_person=True)
LINE = PlanAction(
    PlanActionId(1), PlanId(1), "san", TODAY, objective="Aller mieux", action="Consulter", responsible="personne"
)
CLOSED = replace(PLAN, closed_on=TODAY, close_reason="Départ")
STATES = st.sampled_from(sorted(plan_rules.NEXT))


def test_a_plan_made_without_the_person_is_provisional() -> None:
    assert "provisional" in plan_rules.warnings(replace(PLAN, made_with_person=False))


def test_a_whole_plan_is_warned_of_nothing() -> None:
    assert plan_rules.warnings(replace(PLAN, agreed_on=TODAY, agreed_mode="signature", actions=(LINE,))) == ()


def test_a_plan_without_lines_and_agreement_is_warned_of() -> None:
    assert plan_rules.warnings(PLAN) == ("not_agreed", "no_lines")


@pytest.mark.parametrize("field", ["domain", "objective", "action", "responsible"])
def test_a_line_says_all_it_has_to(field: str) -> None:
    without: dict[str, Any] = {field: ""}
    with pytest.raises(Missing) as refused:
        plan_rules.check_action(replace(LINE, **without), MADE)
    assert refused.value.field == field


def test_a_line_is_about_a_type_of_service() -> None:
    with pytest.raises(NotInList):
        plan_rules.check_action(replace(LINE, domain="san_soins"), MADE)


def test_a_line_is_not_due_before_the_plan() -> None:
    with pytest.raises(BadDates):
        plan_rules.check_action(replace(LINE, due_on=MADE - timedelta(days=1)), MADE)


def test_what_is_done_has_its_day() -> None:
    with pytest.raises(Missing):
        plan_rules.advance(LINE, "fait", PLAN, TODAY)


def test_what_is_done_is_not_done_tomorrow() -> None:
    with pytest.raises(InTheFuture):
        plan_rules.advance(LINE, "fait", PLAN, TODAY, TODAY + timedelta(days=1))


def test_what_is_dropped_says_why() -> None:
    with pytest.raises(Missing):
        plan_rules.advance(LINE, "abandonne", PLAN, TODAY)


def test_what_was_done_can_be_taken_up_again_without_its_day() -> None:
    done = plan_rules.advance(LINE, "fait", PLAN, TODAY, TODAY, "Bien")
    again = plan_rules.advance(done, "en_cours", PLAN, TODAY)
    assert (again.state, again.done_on, again.result) == ("en_cours", None, "")


@given(STATES, STATES)
def test_an_action_goes_only_where_it_may(state: ActionState, to: ActionState) -> None:
    action = replace(LINE, state=state)
    if to in plan_rules.NEXT[state]:
        assert plan_rules.advance(action, to, PLAN, TODAY, TODAY, "Vu").state == to
    else:
        with pytest.raises(plan_rules.ActionNotNext):
            plan_rules.advance(action, to, PLAN, TODAY, TODAY, "Vu")


def test_nothing_moves_in_a_closed_plan() -> None:
    with pytest.raises(plan_rules.PlanClosed):
        plan_rules.advance(LINE, "fait", CLOSED, TODAY, TODAY)


@given(st.integers(1, 200))
def test_an_open_action_is_late_after_its_day(days: int) -> None:
    assert plan_rules.late(PLAN, LINE, TODAY + timedelta(days=days)) == days


@given(st.integers(0, 200))
def test_an_action_is_not_late_up_to_its_day(days: int) -> None:
    assert plan_rules.late(PLAN, LINE, TODAY - timedelta(days=days)) is None


@pytest.mark.parametrize("state", ["fait", "abandonne"])
def test_what_has_ended_is_never_late(state: ActionState) -> None:
    assert plan_rules.late(PLAN, replace(LINE, state=state), TODAY + timedelta(days=9)) is None


def test_nothing_is_late_in_a_closed_plan() -> None:
    assert plan_rules.late(CLOSED, LINE, TODAY + timedelta(days=9)) is None


def test_an_agreement_says_how_it_was_given() -> None:
    with pytest.raises(Missing):
        plan_rules.agreed(PLAN, TODAY, "", TODAY)


def test_a_plan_is_closed_with_a_reason() -> None:
    with pytest.raises(Missing):
        plan_rules.closed(PLAN, TODAY, " ", TODAY)


def test_a_plan_is_closed_once() -> None:
    with pytest.raises(plan_rules.PlanClosed):
        plan_rules.closed(CLOSED, TODAY, "Départ", TODAY)


def test_a_plan_is_not_made_before_the_admission() -> None:
    with pytest.raises(BadDates):
        plan_rules.check_plan(PLAN, TODAY, TODAY)


def test_a_plan_seeks_a_solution_of_the_list() -> None:
    with pytest.raises(NotInList):
        plan_rules.check_plan(replace(PLAN, solution_sought="ailleurs"), MADE, TODAY)
