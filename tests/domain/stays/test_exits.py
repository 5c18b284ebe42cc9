"""A child alone leaves with a decision and a receiving adult (R-10); who stays behind (R-32); what is due (R-33)."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from shelter_desk.domain.casefile.minors import BestInterests
from shelter_desk.domain.errors import BadDates, ChildDecisionNeeded
from shelter_desk.domain.ids import BestInterestsId, ExitId, FollowUpId, PersonId, StayId, UserId
from shelter_desk.domain.stays import exits
from shelter_desk.domain.stays.exits import Exit, ExitRecord, FollowUp
from shelter_desk.domain.stays.stays import Stay

ON = date(2026, 11, 20)
STAY = Stay(
    StayId(1), "2026-0001", PersonId(1), datetime(2026, 11, 1), "premiere", "transit", datetime(2026, 11, 20), "avrr"
)
BIA = BestInterests(
    BestInterestsId(1),
    "EIS-2026-0001",
    STAY.id,
    "retour",
    "complete",
    date(2026, 11, 10),
    "faite",
    recommended_exits=("avrr",),
    validated_by=UserId(1),
    validated_on=date(2026, 11, 12),
)
WHOLE = ExitRecord(
    Exit(ExitId(0), STAY.id, child_decision_ref=BIA.bia_no, handed_relation="mere", identity_checked=True), "M. K."
)


def refused(said: ExitRecord | None, *assessed: BestInterests, reason: str = "avrr") -> str:
    """Why that exit is refused, "" where it is not."""
    try:
        exits.check_child_exit("7K3-QMX-E", reason, ON, said, assessed)
    except ChildDecisionNeeded as error:
        return error.why
    return ""


def said(**changes: object) -> ExitRecord:
    return replace(WHOLE, exit=replace(WHOLE.exit, **changes))  # type: ignore[arg-type]


def test_a_child_leaves_with_a_decision_and_an_adult() -> None:
    assert refused(WHOLE, BIA) == ""


def test_the_reference_of_a_court_is_a_decision_too() -> None:
    assert refused(said(child_decision_ref="TGI Bamako 114/2026")) == ""


@pytest.mark.parametrize(
    ("told", "why"),
    [
        (None, "decision"),
        (said(child_decision_ref=" "), "decision"),
        (said(child_decision_ref="EIS-2026-0099"), "unknown"),
        (replace(WHOLE, handed_to=""), "receiver"),
        (said(handed_relation=""), "relation"),
        (said(identity_checked=False), "identity"),
    ],
)
def test_a_child_does_not_leave_without(told: ExitRecord | None, why: str) -> None:
    assert refused(told, BIA) == why


@pytest.mark.parametrize(
    ("bia", "why"),
    [
        (replace(BIA, validated_by=None, validated_on=None), "not_validated"),
        (replace(BIA, validated_on=ON + timedelta(1)), "not_validated"),
        (replace(BIA, recommended_exits=("reunification",)), "not_recommended"),
        (replace(BIA, needs_bid=True), "bid_awaited"),
        (replace(BIA, needs_bid=True, bid_decided_on=ON), ""),
    ],
)
def test_the_assessment_named_has_to_stand(bia: BestInterests, why: str) -> None:
    assert refused(WHOLE, bia) == why


def test_a_later_assessment_that_recommends_otherwise_replaces_the_first() -> None:
    later = replace(BIA, id=BestInterestsId(2), bia_no="EIS-2026-0002", recommended_exits=("famille_accueil",))
    assert refused(WHOLE, later, BIA) == "replaced"


def test_a_later_assessment_about_something_else_replaces_nothing() -> None:
    later = replace(BIA, id=BestInterestsId(2), bia_no="EIS-2026-0002", trigger="soins", recommended_exits=())
    assert refused(WHOLE, later, BIA) == ""


@pytest.mark.parametrize(
    ("reason", "needed"),
    [
        ("avrr", True),
        ("reunification", True),
        ("famille_accueil", True),
        ("rapatriement_consulaire", True),
        ("fugue_disparition", False),
        ("transfert", False),
        ("deces", False),
    ],
)
def test_four_reasons_need_a_decision(reason: str, needed: bool) -> None:
    assert (exits.needs_decision(reason, True), exits.needs_decision(reason, False)) == (needed, False)


def test_dependants_and_heads_who_stay_are_told_apart() -> None:
    mother, child = replace(STAY, id=StayId(5)), replace(STAY, id=StayId(6), head=StayId(5))
    assert exits.apart([mother], [child]) == ([child], [])
    assert exits.apart([child], [mother]) == ([], [mother])
    assert exits.apart([mother, child], []) == ([], [])


@pytest.mark.parametrize(("days", "shown"), [(0, 0), (30, 0), (31, 31), (90, 90)])
def test_a_case_is_told_open_after_thirty_days(days: int, shown: int) -> None:
    assert exits.days_open(STAY, None, ON + timedelta(days)) == shown


def test_a_closed_case_is_not_told() -> None:
    closed = replace(exits.nothing_said(STAY.id), case_closed_on=ON)
    assert exits.days_open(STAY, closed, ON + timedelta(90)) == 0


def test_a_case_is_not_closed_before_the_exit() -> None:
    with pytest.raises(BadDates):
        exits.check_closing(STAY, ON - timedelta(1))


@pytest.mark.parametrize(("held", "overdue"), [(None, True), (ON, False)])
def test_a_follow_up_is_overdue_while_nobody_held_it(held: date | None, overdue: bool) -> None:
    planned = FollowUp(FollowUpId(1), STAY.id, ON, held)
    assert exits.is_overdue(planned, ON + timedelta(1)) is overdue


def test_what_the_exit_left_open_is_asked_later() -> None:
    abroad = replace(STAY, exit_destination="pays_origine")
    told = replace(exits.nothing_said(STAY.id), decided_by="personne", safety_ok=True, dest_country="GN")
    assert exits.asked_later(abroad, None)[:2] == ("exit_decided_by", "dest_country")
    assert exits.asked_later(abroad, told) == ("needs_met", "follow_up_consent")


@pytest.mark.parametrize("reason", ["fugue_disparition", "deces"])
def test_nothing_is_asked_of_exits_nobody_prepared(reason: str) -> None:
    assert exits.asked_later(replace(STAY, exit_reason=reason), None) == ()
