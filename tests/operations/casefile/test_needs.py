"""Specific needs with the day they were found and the day they ended."""

from datetime import date, timedelta

import pytest

from shelter_desk.domain.changes import Changes
from shelter_desk.domain.consent.consents import NoConsent
from shelter_desk.domain.errors import NoSuch, NotAllowed, NotInList
from shelter_desk.domain.ids import NeedId
from shelter_desk.domain.rights import Role
from shelter_desk.domain.stays.specific_needs import Need, NeedDays
from shelter_desk.operations.casefile import flags
from shelter_desk.operations.desk import Desk, Done, undo
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.operations.vault import journal
from shelter_desk.system import clock
from tests.operations.referral_scene import agree_to_recording, become, desk, resident
from tests.operations.retention_scene import last_line
from tests.operations.shelter import admit

__all__ = ["desk", "resident"]


def ago(days: int) -> date:
    return clock.today() - timedelta(days=days)


def keep(desk: Desk, whom: Admitted, *needs: tuple[str, date, date | None], known: tuple[Need, ...] = ()) -> Done:
    """Write these beside those known."""
    new = [Need(NeedId(0), whom.stay, code, found, ended) for code, found, ended in needs]
    person = residents.record(desk, whom.person).person
    return residents.correct(desk, person, needing={whom.stay: (*known, *new)})


def kept(desk: Desk, whom: Admitted) -> tuple[Need, ...]:
    return residents.record(desk, whom.person).stays[0].needs


@pytest.fixture
def whom(desk: Desk, resident: Admitted) -> Admitted:
    """A resident who agreed to the recording."""
    agree_to_recording(desk, resident.person)
    return resident


def test_a_need_that_ended_is_found_again_and_both_stay(desk: Desk, whom: Admitted) -> None:
    keep(desk, whom, ("regime", ago(9), ago(4)))
    keep(desk, whom, ("regime", ago(4), None), known=kept(desk, whom))
    told = [(one.found_on, one.ended_on) for one in kept(desk, whom)]
    assert told == [(ago(9), ago(4)), (ago(4), None)]


def test_one_undo_takes_the_needs_back(desk: Desk, whom: Admitted) -> None:
    keep(desk, whom, ("regime", ago(9), None))
    before = kept(desk, whom)
    undo(desk, keep(desk, whom, ("enceinte", ago(2), None)))
    assert kept(desk, whom) == before


@pytest.mark.parametrize(
    ("needs", "why"),
    [
        ([("regime", -1, None)], "future"),
        ([("regime", 4, 5)], "order"),
        ([("regime", 9, 3), ("regime", 4, None)], "twice"),
        ([("regime", 9, None), ("regime", 4, None)], "twice"),
    ],
)
def test_days_that_cannot_be_are_refused_and_nothing_is_written(
    desk: Desk, whom: Admitted, needs: list[tuple[str, int, int | None]], why: str
) -> None:
    with pytest.raises(NeedDays) as refused:
        keep(desk, whom, *[(code, ago(found), None if end is None else ago(end)) for code, found, end in needs])
    assert (refused.value.why, kept(desk, whom)) == (why, ())


def test_an_unknown_need_and_the_stay_of_somebody_else_are_refused(desk: Desk, whom: Admitted) -> None:
    with pytest.raises(NotInList):
        keep(desk, whom, ("ethnie", ago(1), None))
    other = admit(desk, "1B")
    person = residents.record(desk, other.person).person
    with pytest.raises(NoSuch):
        residents.correct(desk, person, needing={whom.stay: ()})


def test_a_new_need_takes_the_consent_to_the_recording_and_an_end_takes_none(desk: Desk, resident: Admitted) -> None:
    with pytest.raises(NoConsent):
        keep(desk, resident, ("regime", ago(1), None))
    with desk.writing("test", Changes()) as writing:
        row = {"stay_id": resident.stay, "specific_need": "regime", "found_on": ago(9).isoformat()}
        key = NeedId(writing.trail.add("specific_needs", row))
    ended = Need(key, resident.stay, "regime", ago(9), ago(1))
    keep(desk, resident, known=(ended,))
    assert kept(desk, resident) == (ended,)


def test_who_may_not_see_the_case_file_sees_no_need_and_writes_none(desk: Desk, whom: Admitted) -> None:
    keep(desk, whom, ("enceinte", ago(3), None))
    line = last_line(desk).seq
    become(desk, Role.AUDITOR)
    assert [one.table for one in journal.detail(desk, line).changed] == []
    become(desk, Role.RECEPTION)
    assert kept(desk, whom) == ()
    with pytest.raises(NotAllowed):
        keep(desk, whom, ("regime", ago(1), None))


def test_a_pregnancy_that_ended_raises_no_flag_any_more(desk: Desk) -> None:
    girl = admit(desk, "3A", age=16, days=30)
    with desk.writing("test", Changes()) as writing:
        row = {"stay_id": girl.stay, "specific_need": "enceinte", "found_on": ago(20).isoformat()}
        writing.trail.add("specific_needs", row)
    found = [one.kind for one in flags.of_person(desk, girl.person) if one.rule == "R-22"]
    (open_one,) = kept(desk, girl)
    keep(desk, girl, known=(Need(open_one.id, girl.stay, "enceinte", ago(20), clock.today()),))
    after = [one.kind for one in flags.of_person(desk, girl.person) if one.rule == "R-22"]
    assert (found, after) == (["pregnant"], [])
