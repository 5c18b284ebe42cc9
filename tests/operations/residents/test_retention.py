"""Whose names are due, who may erase them and what suspends that."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from shelter_desk.domain.errors import (
    BadCode,
    Missing,
    NoSuch,
    NotAllowed,
    NotErasable,
    NotInList,
)
from shelter_desk.domain.ids import PersonId
from shelter_desk.domain.residents.residents import Names
from shelter_desk.domain.retention.retention import HoldId, RetentionKind, after_months
from shelter_desk.domain.rights import Role
from shelter_desk.operations import settings
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.residents import residents, retention
from shelter_desk.operations.stays import stays
from shelter_desk.operations.stays.stays import Admission
from shelter_desk.operations.users import user_accounts
from shelter_desk.operations.vault import unlocking
from tests.operations.retention_scene import (
    AWA,
    BINTOU,
    OTHER,
    alone,
    by_two,
    due_codes,
    gone,
    last_line,
    opened,
    stored_names,
)
from tests.operations.shelter import admit, days_ago, open_small_shelter


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    yield from opened(tmp_path)


# What is due ----------------------------------------------------------------------------------------------------------


def test_who_left_longer_ago_than_names_are_kept_is_due(desk: Desk) -> None:
    made = gone(desk)
    (one,) = retention.due(desk)
    left = days_ago(40).date()
    assert (one.code, one.closed_on, one.since) == (made.code, left, after_months(left, 1))
    assert one.case is not None
    assert (one.case.was_minor, one.is_held) == (False, False)


def test_who_left_a_few_days_ago_or_is_here_is_not_due(desk: Desk) -> None:
    gone(desk, days=10)
    admit(desk, "1B", names=BINTOU, days=90)
    assert due_codes(desk) == []


def test_somebody_without_a_name_is_never_due(desk: Desk) -> None:
    gone(desk, names=Names())
    assert due_codes(desk) == []


def test_a_child_is_not_due_before_being_grown_up(desk: Desk) -> None:
    gone(desk, "3A", age=15)
    assert due_codes(desk) == []


def test_somebody_who_came_back_is_not_due(desk: Desk) -> None:
    made = gone(desk)
    stays.admit(desk, Admission(days_ago(3), "premiere", "transit", person=made.person))
    assert due_codes(desk) == []


def test_a_second_exit_starts_the_clock_anew(desk: Desk) -> None:
    made = gone(desk, days=80)
    again = stays.admit(desk, Admission(days_ago(39), "premiere", "transit", person=made.person))
    stays.leave(desk, again.stay, days_ago(36), "retour_autonome", "pays_origine")
    assert [one.closed_on for one in retention.due(desk)] == [days_ago(36).date()]


def test_the_longest_due_come_first(desk: Desk) -> None:
    later, sooner = gone(desk, "1A", days=40), gone(desk, "1B", BINTOU, days=60)
    assert due_codes(desk) == [sooner.code, later.code]


def test_the_list_is_made_without_the_key_of_names(desk: Desk) -> None:
    gone(desk)
    desk.sealer = None
    assert len(due_codes(desk)) == 1


def test_names_typed_by_mistake_are_due_as_well(desk: Desk) -> None:
    made = admit(desk, "1A", names=AWA, days=40)
    stays.void(desk, made.stay, "doublon")
    person = retention.find(desk, made.code)
    assert person.closed_on == desk.today()


def test_names_are_kept_24_months_unless_it_is_set_otherwise(tmp_path: Path) -> None:
    with open_small_shelter(tmp_path / "other") as fresh:
        assert settings.clocks(fresh).identity == 24


def test_the_clock_is_set_in_months_and_kept(desk: Desk) -> None:
    settings.keep_clocks(desk, {RetentionKind.IDENTITY: 36})
    assert (settings.clocks(desk).identity, json.loads(last_line(desk).details)["after"]) == (
        36,
        {"retention_identity_months": "36"},
    )


@pytest.mark.parametrize("months", [0, 241, -3])
def test_a_clock_out_of_bounds_is_refused(desk: Desk, months: int) -> None:
    with pytest.raises(NotInList):
        settings.keep_clocks(desk, {RetentionKind.IDENTITY: months})
    assert settings.clocks(desk).identity == 1


# On request -----------------------------------------------------------------------------------------------------------


def test_whoever_asks_is_erased_before_it_is_due(desk: Desk) -> None:
    made = gone(desk, days=2)
    retention.erase_on_request(desk, made.person, "demande écrite du 12/11", alone(desk))
    assert stored_names(desk, made.person) == []
    assert (last_line(desk).subject, json.loads(last_line(desk).details)["on_request"]) == (made.code, True)


def test_a_request_needs_its_reason(desk: Desk) -> None:
    made = gone(desk, days=2)
    with pytest.raises(Missing):
        retention.erase_on_request(desk, made.person, "  ", alone(desk))


@pytest.mark.parametrize("why", ["here", "held"])
def test_a_request_waits_for_the_exit_and_the_end_of_a_hold(desk: Desk, why: str) -> None:
    made = admit(desk, "1A", names=AWA) if why == "here" else gone(desk)
    if why == "held":
        retention.hold(desk, made.person, "procédure en cours")
    with pytest.raises(NotErasable) as refused:
        retention.erase_on_request(desk, made.person, "demande", alone(desk))
    assert refused.value.why == why


def test_a_person_is_found_by_the_code_however_it_is_typed(desk: Desk) -> None:
    made = gone(desk)
    assert retention.find(desk, made.code.lower().replace("-", " ")).person == made.person


@pytest.mark.parametrize(("typed", "error"), [("ABC", BadCode), ("7K3-QMX-E", NoSuch)])
def test_a_code_that_is_wrong_or_nobodys_is_told(desk: Desk, typed: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        retention.find(desk, typed)


# Holds ----------------------------------------------------------------------------------------------------------------


def test_a_hold_suspends_the_erasure_until_it_is_lifted(desk: Desk) -> None:
    made = gone(desk)
    retention.hold(desk, made.person, "procédure en cours")
    (one,) = retention.due(desk)
    assert one.is_held
    with pytest.raises(NotErasable):
        retention.erase(desk, [made.person], "fin de conservation", alone(desk))
    retention.lift(desk, one.holds[0].id)
    assert len(retention.erase(desk, [made.person], "fin de conservation", alone(desk)).codes) == 1


def test_holds_are_listed_with_their_reasons(desk: Desk) -> None:
    made = gone(desk)
    retention.hold(desk, made.person, " procédure en cours ")
    (one,) = retention.holds(desk)
    assert (one.code, one.reason, one.held_at) == (made.code, "procédure en cours", desk.now())
    assert retention.standing(desk, made.person).holds == (one,)


def test_a_lifted_hold_is_listed_no_more_and_can_come_back(desk: Desk) -> None:
    made = gone(desk)
    retention.hold(desk, made.person, "procédure en cours")
    done = retention.lift(desk, retention.holds(desk)[0].id)
    assert retention.holds(desk) == ()
    undo(desk, done)
    assert [one.code for one in retention.holds(desk)] == [made.code]


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_hold_needs_a_reason(desk: Desk, reason: str) -> None:
    made = gone(desk)
    with pytest.raises(Missing):
        retention.hold(desk, made.person, reason)


def test_an_identity_that_is_gone_cannot_be_held(desk: Desk) -> None:
    made = gone(desk, names=Names())
    with pytest.raises(NotErasable):
        retention.hold(desk, made.person, "procédure en cours")


# Two persons ----------------------------------------------------------------------------------------------------------


def test_two_persons_erase_where_there_are_two_and_need_no_reason(desk: Desk) -> None:
    made = gone(desk)
    second = user_accounts.add(desk, "Agent B", Role.DIRECTOR, OTHER)
    done = retention.erase(desk, [made.person], approval=by_two(desk))
    told = json.loads(last_line(desk).details)
    assert (done.alone, told["second"], "alone" in told) == (False, second, False)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.DIRECTOR])
def test_one_person_erases_alone_where_nobody_else_may_decide(desk: Desk, role: Role) -> None:
    made = gone(desk)
    user_accounts.add(desk, "Agent B", role, OTHER)
    assert retention.erase(desk, [made.person], "fin de conservation", alone(desk)).alone
    assert last_line(desk).known["alone"]


def test_one_person_alone_gives_a_reason_and_may_do_so_with_the_same_approval(desk: Desk) -> None:
    made, approval = gone(desk), alone(desk)
    with pytest.raises(Missing):
        retention.erase(desk, [made.person], " ", approval)
    assert residents.name(desk, made.person) == AWA
    assert retention.erase(desk, [made.person], "fin de conservation", approval).alone


CALLS: list[Callable[[Desk], object]] = [
    retention.due,
    lambda desk: retention.find(desk, "7K3-QMX-E"),
    lambda desk: retention.erase(desk, [PersonId(1)], "fin"),
    lambda desk: retention.erase_on_request(desk, PersonId(1), "demande"),
    lambda desk: retention.hold(desk, PersonId(1), "procédure"),
    lambda desk: retention.lift(desk, HoldId(1)),
    retention.holds,
    retention.backups_still_holding,
    retention.backups_kept_until,
    lambda desk: retention.asks(desk, "7K3-QMX-E"),
    settings.clocks,
    lambda desk: settings.keep_clocks(desk, {RetentionKind.IDENTITY: 12}),
]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.DIRECTOR])
def test_nobody_but_the_manager_decides_what_is_erased(desk: Desk, role: Role) -> None:
    gone(desk)
    user_accounts.add(desk, "Agent B", role, OTHER)
    desk.close()
    with unlocking.unlock(desk.folder, "Agent B", OTHER) as other:
        for call in CALLS:
            with pytest.raises(NotAllowed):
                call(other)
