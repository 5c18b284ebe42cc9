"""Requests for a place: noted in figures, decided, met by an admission, taken back; nobody is named."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from shelter_desk.domain.errors import InTheFuture, NotAllowed
from shelter_desk.domain.ids import PlaceRequestId
from shelter_desk.domain.rights import Role
from shelter_desk.domain.stays.place_requests import Decision, Group, PlaceRequest, RequestDecided, RequestGone
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.stays import place_requests, stays
from shelter_desk.operations.stays.stays import Admission
from shelter_desk.operations.vault import journal
from shelter_desk.system import clock
from tests.operations.referral_scene import become
from tests.operations.shelter import admit, born, days_ago, small_shelter

MOTHER = (Group("f", "a18_59", 1), Group("m", "a00_04", 2))


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path / "shelter") as opened:
        yield opened


def asked(days: int = 3, groups: tuple[Group, ...] = MOTHER) -> PlaceRequest:
    day = clock.today() - timedelta(days=days)
    return PlaceRequest(PlaceRequestId(0), "", day, "police", groups, "immediat")


def refused(days: int = 0, reason: str = "complet") -> Decision:
    return Decision("refusee", clock.today() - timedelta(days=days), reason)


def only(desk: Desk) -> PlaceRequest:
    (line,) = place_requests.register(desk)
    return line.request


def entering(desk: Desk, key: PlaceRequestId | None) -> Admission:
    return Admission(days_ago(0, 0), "premiere", "transit", "f", born(27), "GN", request=key)


def test_a_request_is_numbered_and_waits(desk: Desk) -> None:
    made = place_requests.note(desk, asked())
    year = (clock.today() - timedelta(days=3)).year
    assert (made.number, only(desk).groups, only(desk).waits) == (f"DP-{year}-0001", MOTHER, True)
    assert place_requests.waiting(desk) == place_requests.Waiting(3, 1, clock.today() - timedelta(days=3))


def test_nobody_waits_in_a_new_shelter(desk: Desk) -> None:
    assert place_requests.waiting(desk) == place_requests.Waiting(0, 0, None)


def test_a_request_that_could_not_be_met_is_noted_with_its_reason_at_once(desk: Desk) -> None:
    whole = replace(asked(0), outcome="refusee", decided_on=clock.today(), reason="regle_chambres")
    place_requests.note(desk, whole)
    (line,) = place_requests.register(desk)
    assert (line.request.reason, line.noted_by, line.decided_by) == ("regle_chambres", "Agent A", "Agent A")
    assert place_requests.waiting(desk).persons == 0


def test_no_request_of_tomorrow_is_noted(desk: Desk) -> None:
    with pytest.raises(InTheFuture):
        place_requests.note(desk, asked(-1))


def test_what_was_noted_is_taken_back_with_its_persons(desk: Desk) -> None:
    undo(desk, place_requests.note(desk, asked()).done)
    with desk.reading() as connection:
        left = [connection.execute(text(f"SELECT count(*) FROM {name}")).scalar() for name in TABLES]
    assert left == [0, 0]


TABLES = ("place_requests", "place_request_groups")


def test_the_journal_tells_the_request_by_its_number(desk: Desk) -> None:
    made = place_requests.note(desk, asked())
    place_requests.decide(desk, made.id, refused())
    every = journal.lines(desk, journal.numbers(desk, journal.Wanted()))
    lines = [one for one in every if one.subject == made.number]
    assert {one.action for one in lines} == {"note_request", "decide_request"}


def test_a_request_is_decided_and_waits_again(desk: Desk) -> None:
    key = place_requests.note(desk, asked()).id
    place_requests.decide(desk, key, refused())
    after = (only(desk).outcome, only(desk).reason)
    place_requests.decide(desk, key, Decision("attente", None))
    assert (after, only(desk).waits, only(desk).reason) == (("refusee", "complet"), True, "")


def test_the_figures_of_a_request_are_corrected_and_its_decision_stays(desk: Desk) -> None:
    key = place_requests.note(desk, asked()).id
    place_requests.decide(desk, key, refused())
    fewer = replace(only(desk), groups=(Group("f", "a12_17", 1),), source="ong", outcome="attente")
    done = place_requests.correct(desk, fewer)
    corrected = only(desk)
    undo(desk, done)
    assert (corrected.persons, corrected.source, corrected.outcome) == (1, "ong", "refusee")
    assert (only(desk).groups, only(desk).source) == (MOTHER, "police")


def test_an_admission_meets_the_request_in_the_same_act(desk: Desk) -> None:
    key = place_requests.note(desk, asked()).id
    made = stays.admit(desk, entering(desk, key))
    (line,) = place_requests.register(desk)
    met = (line.request.outcome, line.request.stay, line.code)
    undo(desk, made.done)
    assert (met, only(desk).waits) == (("admise", made.stay, made.code), True)


def test_a_request_is_met_once(desk: Desk) -> None:
    key = place_requests.note(desk, asked()).id
    stays.admit(desk, entering(desk, key))
    with pytest.raises(RequestDecided):
        stays.admit(desk, entering(desk, key))


def test_a_request_that_was_taken_back_is_not_met(desk: Desk) -> None:
    with pytest.raises(RequestGone):
        stays.admit(desk, entering(desk, PlaceRequestId(9)))


def test_a_request_is_met_afterwards_by_a_stay_that_began_since(desk: Desk) -> None:
    before, since = admit(desk, "1A", days=5), admit(desk, "1B", days=2)
    key = place_requests.note(desk, asked()).id
    offered = place_requests.stays_since(desk, only(desk).asked_on)
    place_requests.decide(desk, key, Decision("admise", clock.today(), stay=since.stay))
    assert [one[0] for one in offered] == [since.stay]
    assert place_requests.stays_since(desk, only(desk).asked_on - timedelta(days=9))[0][0] == before.stay


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.CASE_WORKER, Role.RECEPTION])
def test_whoever_may_open_the_door_notes_a_request(desk: Desk, role: Role) -> None:
    become(desk, role)
    place_requests.note(desk, asked())
    assert place_requests.waiting(desk).persons == 3


@pytest.mark.parametrize("role", [Role.STOREKEEPER, Role.AUDITOR])
def test_other_roles_learn_nothing_of_requests(desk: Desk, role: Role) -> None:
    become(desk, role)
    for ask in (place_requests.register, place_requests.waiting):
        with pytest.raises(NotAllowed):
            ask(desk)


def test_the_night_guard_decides_nothing_afterwards(desk: Desk) -> None:
    key = place_requests.note(desk, asked()).id
    become(desk, Role.RECEPTION)
    with pytest.raises(NotAllowed):
        place_requests.decide(desk, key, refused())
