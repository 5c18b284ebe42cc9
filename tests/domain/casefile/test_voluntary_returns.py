"""The checklist of a return: what is done, what is missing and until when, what stops it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from shelter_desk.domain.casefile import voluntary_returns as voluntary_return_rules
from shelter_desk.domain.casefile.voluntary_returns import (
    ReturnClosed,
    ReturnContext,
    ReturnFile,
    ReturnStep,
    StepName,
    StepSaid,
)
from shelter_desk.domain.errors import BadDates, Missing, NotInList, RuleBroken
from shelter_desk.domain.ids import FollowUpId, ReturnFileId, StayId
from shelter_desk.domain.stays.exits import FollowUp

WISH, TODAY, TRAVEL = date(2026, 11, 1), date(2026, 11, 10), date(2026, 11, 30)
FILE = ReturnFile(ReturnFileId(1), "RET-2026-0001", StayId(1), WISH, "SN")
AGREED = ReturnContext(None, date(2026, 11, 2))


def by_name(file: ReturnFile, around: ReturnContext = AGREED) -> dict[StepName, ReturnStep]:
    return {one.name: one for one in voluntary_return_rules.steps(file, around)}


def test_a_new_file_says_first_that_the_person_is_to_be_informed() -> None:
    found = voluntary_return_rules.next_step(voluntary_return_rules.steps(FILE, ReturnContext()))
    assert found is not None
    assert (found.name, found.by, found.days_late(TODAY)) == ("informed", date(2026, 11, 8), 2)


def test_a_consent_that_holds_is_a_step_done() -> None:
    assert by_name(FILE)["consent"].done_on == date(2026, 11, 2)


@pytest.mark.parametrize(
    ("why", "state"), [("absent", "to_do"), ("expire", "to_do"), ("refuse", "stopped"), ("retire", "stopped")]
)
def test_a_consent_refused_or_taken_back_stops_the_return(why: str, state: str) -> None:
    around = ReturnContext(why)  # type: ignore[arg-type]
    assert by_name(FILE, around)["consent"].state == state
    assert (
        voluntary_return_rules.next_step(voluntary_return_rules.steps(FILE, around)) == by_name(FILE, around)["consent"]
    ) is (state == "stopped")


def test_child_and_asylum_are_asked_of_whom_they_concern_alone() -> None:
    assert {"child", "asylum"} & by_name(FILE).keys() == set()
    concerned = by_name(FILE, replace(AGREED, needs_child=True, seeks_asylum=True, hcr_on=TODAY))
    assert (concerned["child"].state, concerned["asylum"].state) == ("to_do", "done")


def test_a_planned_travel_sets_the_days_of_what_comes_before() -> None:
    found = by_name(replace(FILE, travel_on=TRAVEL, partner="OIM"))
    assert {found[name].by for name in ("document", "fit", "plan")} == {date(2026, 11, 23)}
    assert (found["kit"].by, found["left"].by, found["travel"].done_on) == (date(2026, 11, 29), TRAVEL, TRAVEL)


def test_a_paper_that_does_not_come_is_asked_for_again_after_a_month() -> None:
    assert by_name(replace(FILE, document_asked_on=TODAY))["document"].by == date(2026, 12, 10)


def test_an_opinion_that_says_wait_is_no_step_done() -> None:
    found = by_name(replace(FILE, fit_on=TODAY, fitness="plus_tard"))["fit"]
    assert (found.state, found.done_on) == ("stopped", None)


def test_after_the_departure_arrival_and_follow_up_have_their_days() -> None:
    left = replace(FILE, left_on=TODAY)
    arrived = replace(left, arrived_on=date(2026, 11, 12))
    assert (by_name(left)["arrived"].by, by_name(arrived)["follow_up"].by) == (date(2026, 11, 17), date(2026, 12, 12))


def test_a_follow_up_of_after_the_departure_counts() -> None:
    before = FollowUp(FollowUpId(1), StayId(1), WISH, held_on=WISH)
    planned = FollowUp(FollowUpId(2), StayId(1), date(2026, 12, 1))
    held = replace(planned, held_on=date(2026, 12, 3))
    file = replace(FILE, left_on=TODAY, arrived_on=TODAY)
    with_planned = by_name(file, replace(AGREED, follow_ups=(before, planned)))["follow_up"]
    with_held = by_name(file, replace(AGREED, follow_ups=(before, held)))["follow_up"]
    assert (with_planned.done_on, with_planned.by) == (None, date(2026, 12, 1))
    assert with_held.done_on == date(2026, 12, 3)


def test_the_step_among_the_tasks_is_the_first_due_within_a_week() -> None:
    found = voluntary_return_rules.steps(replace(FILE, informed_on=WISH, travel_on=TRAVEL, partner="OIM"), AGREED)
    assert voluntary_return_rules.nearest(found, date(2026, 11, 15)) is None
    near = voluntary_return_rules.nearest(found, date(2026, 11, 16))
    assert near is not None
    assert near.name == "document"


def test_everything_done_leaves_no_next_step() -> None:
    held = FollowUp(FollowUpId(1), StayId(1), TRAVEL, held_on=TRAVEL)
    whole = replace(
        FILE,
        informed_on=WISH,
        document="passeport",
        document_obtained_on=TODAY,
        fit_on=TODAY,
        fitness="apte",
        partner="OIM",
        travel_on=TRAVEL,
        kit_on=TODAY,
        reintegration_on=TODAY,
        left_on=TRAVEL,
        arrived_on=TRAVEL,
    )
    assert (
        voluntary_return_rules.next_step(voluntary_return_rules.steps(whole, replace(AGREED, follow_ups=(held,))))
        is None
    )


@pytest.mark.parametrize(
    ("said", "changed"),
    [
        (StepSaid("informed", TODAY), {"informed_on": TODAY}),
        (
            StepSaid("document", None, "passeport", planned=TODAY),
            {"document": "passeport", "document_asked_on": TODAY},
        ),
        (StepSaid("fit", TODAY, "apte"), {"fit_on": TODAY, "fitness": "apte"}),
        (StepSaid("travel", partner="OIM", planned=TRAVEL), {"partner": "OIM", "travel_on": TRAVEL}),
        (StepSaid("plan", TODAY), {"reintegration_on": TODAY}),
        (StepSaid("kit", TODAY), {"kit_on": TODAY}),
        (StepSaid("left", TODAY), {"left_on": TODAY}),
    ],
)
def test_a_step_writes_its_own_columns(said: StepSaid, changed: dict[str, Any]) -> None:
    assert voluntary_return_rules.written(FILE, said) == replace(FILE, **changed)


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        (StepSaid("informed"), Missing),
        (StepSaid("document", TODAY), Missing),
        (StepSaid("document", None, "passeport"), Missing),
        (StepSaid("document", WISH, "passeport", planned=TODAY), BadDates),
        (StepSaid("document", TODAY, "billet"), NotInList),
        (StepSaid("fit", TODAY), Missing),
        (StepSaid("fit", TODAY, "bof"), NotInList),
        (StepSaid("travel", planned=TRAVEL), Missing),
        (StepSaid("travel", partner="OIM"), Missing),
        (StepSaid("left", WISH - timedelta(days=1)), BadDates),
        (StepSaid("arrived", TODAY), Missing),
    ],
)
def test_a_step_that_is_not_whole_is_refused(said: StepSaid, refusal: type[RuleBroken]) -> None:
    with pytest.raises(refusal):
        voluntary_return_rules.written(FILE, said)


def test_a_closed_file_is_not_written_in_until_it_is_reopened() -> None:
    closed = voluntary_return_rules.closed(FILE, TODAY, "renonce")
    with pytest.raises(ReturnClosed):
        voluntary_return_rules.written(closed, StepSaid("kit", TODAY))
    with pytest.raises(ReturnClosed):
        voluntary_return_rules.closed(closed, TODAY, "renonce")
    assert voluntary_return_rules.reopened(closed) == FILE


def test_a_file_is_not_closed_without_saying_how_it_ends() -> None:
    with pytest.raises(Missing):
        voluntary_return_rules.closed(FILE, TODAY, "")
    with pytest.raises(BadDates):
        voluntary_return_rules.closed(FILE, WISH - timedelta(days=1), "renonce")
