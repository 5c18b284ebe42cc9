"""What an admission asks for, and what may become of an appointment."""

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shelter_desk.domain.assistance.appointments import Appointment, NotPlanned, check, ended, moved, steps
from shelter_desk.domain.errors import InTheFuture, Missing
from shelter_desk.domain.ids import AppointmentId, StayId
from shelter_desk.domain.residents.residents import UNKNOWN_BIRTH, Birth

CAME = date(2026, 11, 2)
ADULT, CHILD = Birth(date(1999, 1, 1)), Birth(date(2012, 1, 1))
VISIT = Appointment(AppointmentId(1), StayId(1), datetime(2026, 11, 5, 9), service_type="san_consult")


def due(birth: Birth, child_status: str = "") -> dict[str, int]:
    return {step: (day - CAME).days for step, day, _ in steps(birth, child_status, CAME)}


def test_an_adult_is_due_five_steps() -> None:
    assert due(ADULT) == {"bilan_sante": 1, "seance_accueil": 2, "depistage": 5, "evaluation": 7, "plan": 10}


@pytest.mark.parametrize("child_status", ["non_accompagne", "separe", "chef_menage"])
def test_a_minor_alone_is_due_three_more(child_status: str) -> None:
    assert due(CHILD, child_status).items() - due(ADULT).items() == {("signalement", 2), ("tutelle", 2), ("eis", 3)}


def test_a_child_with_its_family_is_due_what_an_adult_is() -> None:
    assert due(CHILD, "accompagne") == due(ADULT)


def test_an_unknown_age_is_taken_for_a_minor() -> None:
    assert "tutelle" in due(UNKNOWN_BIRTH, "separe")


@given(st.sampled_from([ADULT, CHILD, UNKNOWN_BIRTH]), st.sampled_from(["", "separe", "accompagne"]))
def test_steps_come_in_order_of_their_days(birth: Birth, child_status: str) -> None:
    days = [day for _, day, _ in steps(birth, child_status, CAME)]
    assert days == sorted(days)
    assert min(days) > CAME


def test_an_appointment_says_what_it_is_for() -> None:
    check(VISIT)
    check(replace(VISIT, service_type="", step="signalement"))
    with pytest.raises(Missing):
        check(replace(VISIT, service_type=""))


def test_an_appointment_is_late_from_the_next_day_on_while_nothing_is_said() -> None:
    assert [VISIT.is_late(date(2026, 11, 5)), VISIT.is_late(date(2026, 11, 6))] == [False, True]
    assert not replace(VISIT, state="fait").is_late(date(2026, 11, 6))


def test_what_is_still_to_come_was_not_missed() -> None:
    with pytest.raises(InTheFuture):
        ended(VISIT, "manque", date(2026, 11, 4))


def test_what_is_still_to_come_may_be_cancelled() -> None:
    assert ended(VISIT, "annule", date(2026, 11, 4)).state == "annule"


@pytest.mark.parametrize("state", ["fait", "manque", "annule"])
def test_what_is_over_is_neither_moved_nor_ended_again(state: str) -> None:
    over = replace(VISIT, state=state)  # type: ignore[arg-type]
    with pytest.raises(NotPlanned):
        moved(over, datetime(2026, 11, 9))
    with pytest.raises(NotPlanned):
        ended(over, "fait", date(2026, 11, 9))
