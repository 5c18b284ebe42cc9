"""The legal file: on its own consent, sealed, on the agenda, corrected, taken out, gone with the narratives."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import text

from shelter_desk.domain.casefile.legal import LegalStep, LegalStepGone
from shelter_desk.domain.consent.consents import LEGAL, Exemption, NoConsent
from shelter_desk.domain.errors import BadDates, InTheFuture, Missing, NotAllowed
from shelter_desk.domain.ids import LegalStepId, PersonId, StayId
from shelter_desk.domain.rights import Role
from shelter_desk.operations.assistance import appointments, assistance
from shelter_desk.operations.casefile import legal
from shelter_desk.operations.casefile.legal import LegalLine
from shelter_desk.operations.consent import consents
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.residents import person_acts, residents, timeline
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.storage.retention import erasing
from shelter_desk.system import clock
from tests.operations.referral_scene import POLICE, agree, become, desk, given, resident

__all__ = ["desk", "resident"]


def step(stay: StayId, kind: str = "plainte", days: int = 3, partner: str = POLICE) -> LegalStep:
    return LegalStep(LegalStepId(0), "", stay, kind, clock.today() - timedelta(days=days), partner=partner)


def agreed(desk: Desk, whom: Admitted) -> None:
    agree(desk, whom.person, "", LEGAL)


def complained(desk: Desk, whom: Admitted) -> LegalStepId:
    agreed(desk, whom)
    return legal.write(desk, step(whom.stay), "PV 113/26").id


def only(desk: Desk, person: PersonId) -> LegalLine:
    (line,) = legal.of(desk, person)
    return line


def at_ten(day: date) -> datetime:
    return datetime.combine(day, time(10))


def test_a_complaint_is_numbered_and_its_reference_sealed(desk: Desk, resident: Admitted) -> None:
    key = complained(desk, resident)
    with desk.reading() as connection:
        row = connection.execute(text("SELECT legal_no, reference FROM legal_steps")).one()
    assert (row.legal_no, b"113" in row.reference) == (f"JUR-{clock.today().year}-0001", False)
    assert (only(desk, resident.person).has_reference, legal.reference(desk, key)) == (True, "PV 113/26")
    assert residents.record(desk, resident.person).thread[0].action == "legal_reference_read"


def test_nothing_is_written_without_the_consent_but_the_wish_for_none(desk: Desk, resident: Admitted) -> None:
    with pytest.raises(NoConsent):
        legal.write(desk, step(resident.stay))
    legal.write(desk, step(resident.stay, "refus_plainte"), "PV 1")
    found = only(desk, resident.person)
    assert (found.step.kind, found.step.partner, found.has_reference) == ("refus_plainte", "", False)


def test_a_consent_taken_back_stops_what_follows(desk: Desk, resident: Admitted) -> None:
    key = complained(desk, resident)
    consents.record(desk, replace(given(resident.person, "", LEGAL), status="refuse"))
    corrected = replace(only(desk, resident.person).step, id=key)
    later = at_ten(clock.today() + timedelta(days=2))
    for write in (
        lambda: legal.write(desk, step(resident.stay, "avocat")),
        lambda: legal.correct(desk, corrected),
        lambda: legal.plan_hearing(desk, step(resident.stay, "audience"), later),
    ):
        with pytest.raises(NoConsent):
            write()


def test_the_manager_excepts_with_a_reason_that_holds_for_that_step(desk: Desk, resident: Admitted) -> None:
    exempt = Exemption("interet_vital", "menace de mort")
    made = legal.write(desk, step(resident.stay), exempt=exempt)
    done = legal.correct(desk, replace(only(desk, resident.person).step, partner="Tribunal"))
    assert (only(desk, resident.person).step.partner, legal.why_not(desk, resident.stay)) == ("Tribunal", "absent")
    undo(desk, done)
    become(desk, Role.CASE_WORKER)
    with pytest.raises(NotAllowed):
        legal.write(desk, step(resident.stay), exempt=exempt)
    assert only(desk, resident.person).step.id == made.id


WRONG: tuple[tuple[Callable[[LegalStep], LegalStep], type[Exception]], ...] = (
    (lambda one: replace(one, partner=""), Missing),
    (lambda one: replace(one, kind="protection"), Missing),
    (lambda one: replace(one, kind="verdict"), Missing),
    (lambda one: replace(one, kind="indemnisation_versee", amount_xof=0), Missing),
    (lambda one: replace(one, done_on=None), Missing),
    (lambda one: replace(one, done_on=clock.today() + timedelta(days=400)), InTheFuture),
    (lambda one: replace(one, kind="avocat", valid_until=date(2020, 1, 1)), BadDates),
)


@pytest.mark.parametrize(("changed", "error"), WRONG)
def test_a_step_that_is_not_whole_is_refused(
    desk: Desk, resident: Admitted, changed: Callable[[LegalStep], LegalStep], error: type[Exception]
) -> None:
    agreed(desk, resident)
    with pytest.raises(error):
        legal.write(desk, changed(step(resident.stay)))
    assert legal.of(desk, resident.person) == ()


def test_a_hearing_stands_in_the_agenda_and_is_held_there(desk: Desk, resident: Admitted) -> None:
    agreed(desk, resident)
    today = clock.today()
    made = legal.plan_hearing(desk, step(resident.stay, "audience"), at_ten(today), "RG 7")
    (line,) = appointments.on(desk, today)
    before = only(desk, resident.person)
    assert (line.appointment.service_type, line.appointment.partner) == (legal.SERVICE, POLICE)
    assert (before.step.done_on, before.hearing) == (None, line.appointment)
    done = appointments.held(desk, line.appointment.id, today)
    assert only(desk, resident.person).step.done_on == today
    written = assistance.of_stays(desk, [resident.stay])[resident.stay]
    assert [one.service_type for one in written] == [legal.SERVICE]
    undo(desk, done)
    assert only(desk, resident.person).step == before.step
    undo(desk, made.done)
    assert (legal.of(desk, resident.person), appointments.on(desk, today)) == ((), ())


def test_what_was_written_by_mistake_goes_with_its_appointment(desk: Desk, resident: Admitted) -> None:
    agreed(desk, resident)
    today = clock.today()
    key = legal.plan_hearing(desk, step(resident.stay, "audience"), at_ten(today)).id
    done = legal.take_out(desk, key)
    assert (legal.of(desk, resident.person), appointments.on(desk, today)) == ((), ())
    with pytest.raises(LegalStepGone):
        legal.take_out(desk, key)
    undo(desk, done)
    assert (len(legal.of(desk, resident.person)), len(appointments.on(desk, today))) == (1, 1)


def test_the_thread_tells_the_step_and_not_its_number(desk: Desk, resident: Admitted) -> None:
    complained(desk, resident)
    told = [one.event for one in timeline.of(desk, resident.person) if one.event.topic == "legal"]
    assert [(one.what, one.told["legal_step"], one.told["partner"]) for one in told] == [("legal", "plainte", POLICE)]


ASKS: tuple[Callable[[Desk, PersonId], object], ...] = (
    legal.of,
    lambda desk, _person: legal.reference(desk, LegalStepId(1)),
    lambda desk, _person: legal.take_out(desk, LegalStepId(1)),
)


@pytest.mark.parametrize("role", [Role.RECEPTION, Role.STOREKEEPER, Role.AUDITOR])
def test_other_roles_learn_nothing_of_it(desk: Desk, resident: Admitted, role: Role) -> None:
    complained(desk, resident)
    become(desk, role)
    for ask in ASKS:
        with pytest.raises(NotAllowed):
            ask(desk, resident.person)


def test_number_and_codes_go_at_their_terms_and_of_the_day_the_month_stays(desk: Desk, resident: Admitted) -> None:
    key = complained(desk, resident)
    done_on = only(desk, resident.person).step.done_on or clock.today()
    with desk.writing("erase", person_acts.CASES) as writing:
        erasing.narratives(writing.connection, [resident.person])
        erasing.reduce(writing.connection, [resident.person], clock.now())
    after = only(desk, resident.person)
    assert (legal.reference(desk, key), after.has_reference, after.step.partner) == ("", False, "")
    assert (after.step.kind, after.step.done_on) == ("plainte", done_on.replace(day=1))
