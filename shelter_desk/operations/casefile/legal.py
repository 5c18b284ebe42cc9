"""The legal file: what is written of complaint, lawyer, hearings, protection, court decision and compensation.

Everything but the wish not to file a complaint stands on the consent to legal proceedings (6.3).
"""

from dataclasses import dataclass, replace
from datetime import datetime

from shelter_desk.domain.assistance.appointments import Appointment
from shelter_desk.domain.casefile import legal as legal_rules
from shelter_desk.domain.casefile.legal import HEARING, LegalStep, LegalStepGone
from shelter_desk.domain.consent.consents import LEGAL, NO_EXEMPTION, Exemption, Why
from shelter_desk.domain.ids import AppointmentId, LegalStepId, PersonId, StayId, UserId
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.consent import consent_checks
from shelter_desk.operations.consent.consents import check_not_refused
from shelter_desk.operations.desk import Desk, Done, NumberedRow, Writing, needs
from shelter_desk.operations.residents import person_acts
from shelter_desk.operations.services import service_log
from shelter_desk.storage.assistance import appointments as stored_appointments
from shelter_desk.storage.casefile import legal as stored_legal
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.stays import stays

SERVICE = "jur_accomp"  # what somebody of the house does at a hearing


@dataclass(frozen=True, slots=True)
class LegalLine:
    """One step as the record shows it, nothing of it opened. hearing: its line in the agenda, where it has one."""

    step: LegalStep
    hearing: Appointment | None
    has_reference: bool


# Reading --------------------------------------------------------------------------------------------------------------


@needs(Permission.CASE_SEE)
def of(desk: Desk, person: PersonId) -> tuple[LegalLine, ...]:
    """The steps of all stays of a person in order of their days, hearings to come last."""
    with desk.reading() as connection:
        found = stored_legal.of_stays(connection, [one.id for one in stays.of_person(connection, person)])
        referred = stored_legal.has_reference(connection, [one.id for one in found])
        return tuple(LegalLine(one, _hearing(connection, one), one.id in referred) for one in found)


def _hearing(connection: Connection, step: LegalStep) -> Appointment | None:
    if step.appointment is None:
        return None
    return stored_appointments.APPOINTMENTS.one_or_none(connection, step.appointment)


@needs(Permission.CASE_SEE)
def why_not(desk: Desk, stay: StayId, key: LegalStepId | None = None) -> Why | None:
    """Why nothing may be written today for want of the consent, None where it may. key: of a step to be corrected."""
    return consent_checks.standing(desk, stay, LEGAL, desk.today(), "" if key is None else _about(key))


@needs(Permission.CASE_SEE)
def reference(desk: Desk, key: LegalStepId) -> str:
    """The sealed number; reading it is written to the journal. "" once it was erased. Raises LegalStepGone."""
    with desk.reading() as connection:
        person = person_acts.person_of(connection, _known(connection, key).stay)
        own = person_acts.words_of(desk, connection, person.id)
        opened = "" if own is None else stored_legal.opened(connection, own, key)
    desk.note("legal_reference_read", person.code)
    return opened


# Writing --------------------------------------------------------------------------------------------------------------


@needs(Permission.CASE_EDIT)
def write(
    desk: Desk, step: LegalStep, reference: str = "", exempt: Exemption = NO_EXEMPTION
) -> NumberedRow[LegalStepId]:
    """Write a step that was taken. reference: sealed. exempt: why without the consent; what follows of it goes by it.

    Raises Missing, NotInList, InTheFuture, TooLongAgo, BadDates, NoConsent, NotAllowed.
    """
    person_acts.check_day(desk, step.done_on)
    with desk.writing("write_legal_step", person_acts.CASES) as writing:
        key, number = _add(desk, writing, replace(step, appointment=None), reference, exempt)
    return NumberedRow(key, number, writing.done)


@needs(Permission.CASE_EDIT)
def plan_hearing(
    desk: Desk,
    step: LegalStep,
    starts_at: datetime,
    reference: str = "",
    responsible: UserId | None = None,
    exempt: Exemption = NO_EXEMPTION,
) -> NumberedRow[LegalStepId]:
    """Put a hearing into the agenda, where it is moved, held, missed or cancelled as any appointment is.

    starts_at: its day alone where the hour is open. Raises as `write`.
    """
    with desk.writing("plan_hearing", person_acts.WITH_SERVICE) as writing:
        planned = Appointment(
            AppointmentId(0), step.stay, starts_at, service_type=SERVICE, partner=step.partner.strip()
        )
        planned = replace(planned, responsible=responsible, recorded_at=desk.now())
        row = stored_appointments.APPOINTMENTS.write(planned)
        made = AppointmentId(writing.trail.add(stored_appointments.TABLE, row))
        wanted = replace(step, kind=HEARING, done_on=None, appointment=made)
        key, number = _add(desk, writing, wanted, reference, exempt)
    return NumberedRow(key, number, writing.done)


def _add(desk: Desk, writing: Writing, step: LegalStep, reference: str, exempt: Exemption) -> tuple[LegalStepId, str]:
    person_acts.standing_stay(writing.connection, step.stay)
    person_acts.subject(writing, step.stay)
    number = stored_legal.NUMBERS.next(writing.connection, desk.today().year)
    made = replace(legal_rules.whole(step), legal_no=number, recorded_at=desk.now())
    key = LegalStepId(writing.trail.add(stored_legal.TABLE, stored_legal.LEGAL_STEPS.write(made)))
    _check_agreed(desk, writing, made, key, exempt)
    _seal(desk, writing, made, key, reference)
    return key, number


@needs(Permission.CASE_EDIT)
def correct(desk: Desk, step: LegalStep, reference: str = "", exempt: Exemption = NO_EXEMPTION) -> Done:
    """Put right what was written of a step; its kind stays. reference: "" where it stays as it was.

    Raises as `write`, and LegalStepGone.
    """
    person_acts.check_day(desk, step.done_on)
    with desk.writing("correct_legal_step", person_acts.CASES) as writing:
        old = _known(writing.connection, step.id)
        person_acts.subject(writing, old.stay)
        kept = replace(step, legal_no=old.legal_no, stay=old.stay, kind=old.kind, appointment=old.appointment)
        made = legal_rules.whole(replace(kept, recorded_at=old.recorded_at))
        _check_agreed(desk, writing, made, step.id, exempt)
        writing.trail.change(stored_legal.TABLE, step.id, stored_legal.LEGAL_STEPS.write(made))
        _seal(desk, writing, made, step.id, reference)
    return writing.done


@needs(Permission.CASE_EDIT)
def take_out(desk: Desk, key: LegalStepId) -> Done:
    """Take out what was written by mistake; of a hearing to come the appointment too. Raises LegalStepGone."""
    with desk.writing("take_out_legal_step", person_acts.WITH_SERVICE) as writing:
        old = _known(writing.connection, key)
        person_acts.subject(writing, old.stay)
        hearing = _hearing(writing.connection, old)
        writing.trail.remove(stored_legal.TABLE, key)
        if hearing is not None and hearing.is_planned:
            writing.trail.remove(stored_appointments.TABLE, hearing.id)
    return writing.done


def _check_agreed(desk: Desk, writing: Writing, step: LegalStep, key: LegalStepId, exempt: Exemption) -> None:
    if legal_rules.needs_consent(step.kind):
        stay = stays.stay(writing.connection, step.stay)
        check_not_refused(writing.connection, stay.person, desk.today())
        consent_checks.check(desk, writing, step.stay, LEGAL, desk.today(), exempt, _about(key))


def _about(key: LegalStepId) -> str:
    return f"{stored_legal.TABLE}/{key}"


def _seal(desk: Desk, writing: Writing, step: LegalStep, key: LegalStepId, reference: str) -> None:
    if reference.strip() and "reference" in legal_rules.tells(step.kind):
        own = service_log.own_sealer(desk, writing.connection, step.stay)
        writing.seal(own, stored_legal.TABLE, stored_legal.REFERENCE, key, reference.strip())


def _known(connection: Connection, key: LegalStepId) -> LegalStep:
    found = stored_legal.LEGAL_STEPS.one_or_none(connection, key)
    if found is None:
        raise LegalStepGone
    return found
