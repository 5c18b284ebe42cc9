"""The file of a return: opened with the wish, written step by step, closed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from shelter_desk.domain.assistance.referrals import ASYLUM
from shelter_desk.domain.casefile import minors
from shelter_desk.domain.casefile import voluntary_returns as voluntary_return_rules
from shelter_desk.domain.casefile.voluntary_returns import (
    NOTHING_SAID,
    AsylumSought,
    ReturnContext,
    ReturnFile,
    ReturnGone,
    ReturnOpen,
    ReturnStep,
    ReturnWords,
    StepSaid,
)
from shelter_desk.domain.consent import consents
from shelter_desk.domain.consent.consents import NoConsent
from shelter_desk.domain.ids import PersonId, ReturnFileId, StayId, UserId
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays import exits
from shelter_desk.domain.stays.stays import Stay
from shelter_desk.operations.consent import consent_checks
from shelter_desk.operations.consent.consents import check_not_refused
from shelter_desk.operations.desk import Desk, Done, NumberedRow, Writing, needs
from shelter_desk.operations.residents import person_acts
from shelter_desk.operations.services import service_log
from shelter_desk.storage.assistance import referrals
from shelter_desk.storage.casefile import minors as stored_minors
from shelter_desk.storage.casefile import plans as stored_plans
from shelter_desk.storage.casefile import voluntary_returns as stored_voluntary_returns
from shelter_desk.storage.file import settings
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.residents import residents
from shelter_desk.storage.stays import exits as stored_leaving
from shelter_desk.storage.stays import stays

CONSENT = EXIT = "avrr"  # the consent that a return stands on (6.3), and the exit that it leads to
# the service that a step is, written in the same act
SERVICES: Mapping[str, str] = {
    "informed": "inf_avrr",
    "document": "jur_voyage",
    "kit": "nfi_depart",
    "left": "ret_avrr",
}


@dataclass(frozen=True, slots=True)
class ReturnFileLine:
    """One file as the record shows it, nothing of it opened. consent: why the consent does not hold."""

    file: ReturnFile
    steps: tuple[ReturnStep, ...]
    responsible: str
    has_words: bool
    around: ReturnContext

    @property
    def next(self) -> ReturnStep | None:
        """What comes next, None where everything is done."""
        return voluntary_return_rules.next_step(self.steps)


@dataclass(frozen=True, slots=True)
class ReturnStepDue:
    """The step of a file that stands among the tasks."""

    code: str
    person: PersonId
    file: ReturnFile
    step: ReturnStep


# Reading --------------------------------------------------------------------------------------------------------------


@needs(Permission.CASE_SEE)
def of(desk: Desk, person: PersonId) -> tuple[ReturnFileLine, ...]:
    """The files of all stays of a person, the open one first."""
    with desk.reading() as connection:
        known = {one.id: one for one in stays.of_person(connection, person)}
        found = stored_voluntary_returns.of_stays(connection, known)
        names = settings.user_names(connection)
        worded = stored_voluntary_returns.has_words(connection, [one.id for one in found])
        around = {key: _around(desk, connection, known[key]) for key in {one.stay for one in found}}
    return tuple(
        ReturnFileLine(
            one,
            voluntary_return_rules.steps(one, around[one.stay]),
            "" if one.responsible is None else names.get(one.responsible, ""),
            one.id in worded,
            around[one.stay],
        )
        for one in found
    )


def _around(desk: Desk, connection: Connection, stay: Stay) -> ReturnContext:
    on = desk.today() if stay.exited_at is None else stay.exited_at.date()
    birth = residents.person(connection, stay.person).birth
    decision = consents.decisive(referrals.consents(connection, stay.person), CONSENT, "", on)
    seeks = stay.migration_situation == ASYLUM
    return ReturnContext(
        consents.why_not(decision, on),
        None if decision is None else decision.given_on,
        exits.needs_decision(EXIT, minors.is_alone(birth, stay, on)),
        _child_on(connection, stay, on),
        seeks,
        consent_checks.first_with_unhcr(connection, stay.person) if seeks else None,
        tuple(stored_leaving.follow_ups(connection, [stay.id]).get(stay.id, ())),
        stored_plans.open_number(connection, stay.id),
    )


def _child_on(connection: Connection, stay: Stay, on: date) -> date | None:
    """The day of an assessment of best interests that lets the child leave so."""
    keys = [one.id for one in stays.of_person(connection, stay.person)]
    allowed = [one for one in stored_minors.assessments(connection, keys) if exits.allows(one, EXIT, on)]
    return min((one.validated_on for one in allowed if one.validated_on is not None), default=None)


@needs(Permission.CASE_SEE)
def due(desk: Desk) -> tuple[ReturnStepDue, ...]:
    """Of each open file the step whose day is near or past, the first due at the top."""
    today, found = desk.today(), list[ReturnStepDue]()
    with desk.reading() as connection:
        for file in stored_voluntary_returns.going_on(connection):
            stay = stays.stay(connection, file.stay)
            near = voluntary_return_rules.nearest(
                voluntary_return_rules.steps(file, _around(desk, connection, stay)), today
            )
            if near is not None:
                person = residents.person(connection, stay.person)
                found.append(ReturnStepDue(person.code, person.id, file, near))
    return tuple(sorted(found, key=lambda one: (one.step.by or today, one.code)))


@needs(Permission.CASE_SEE)
def said(desk: Desk, key: ReturnFileId) -> ReturnWords:
    """What is sealed of a file; reading it is written to the journal. Empty once it was erased. Raises NotAllowed."""
    with desk.reading() as connection:
        person = person_acts.person_of(connection, _known(connection, key).stay)
        own = person_acts.words_of(desk, connection, person.id)
        opened = ReturnWords() if own is None else stored_voluntary_returns.opened(connection, own, key)
    desk.note("return_read", person.code)
    return opened


def _known(connection: Connection, key: ReturnFileId) -> ReturnFile:
    found = stored_voluntary_returns.RETURN_FILES.one_or_none(connection, key)
    if found is None:
        raise ReturnGone
    return found


# Writing --------------------------------------------------------------------------------------------------------------


@needs(Permission.CASE_EDIT)
def open_file(desk: Desk, file: ReturnFile, told: ReturnWords, with_service: bool = True) -> NumberedRow[ReturnFileId]:
    """Open a file with the wish of the person; town and wish are sealed.

    with_service: the session of information is written as a service too, where it has a day. Raises Missing, NotInList,
    InTheFuture, BadDates, ReturnOpen, NoConsent where the person took the consent to return or to be recorded back.
    """
    person_acts.check_day(desk, file.wish_on)
    person_acts.check_day(desk, file.informed_on)
    with desk.writing("open_return", person_acts.WITH_SERVICE) as writing:
        stay = person_acts.subject(writing, file.stay)
        _check_alone(writing.connection, stay)
        _check_agreed(desk, writing.connection, stay)
        number = stored_voluntary_returns.NUMBERS.next(writing.connection, desk.today().year)
        made = replace(
            ReturnFile(ReturnFileId(0), number, stay.id, file.wish_on, file.dest_country),
            responsible=file.responsible,
            informed_on=file.informed_on,
            recorded_at=desk.now(),
        )
        voluntary_return_rules.check(made)
        key = ReturnFileId(
            writing.trail.add(stored_voluntary_returns.TABLE, stored_voluntary_returns.RETURN_FILES.write(made))
        )
        _seal(desk, writing, made.stay, key, told)
        if with_service and made.informed_on is not None:
            person_acts.serve(desk, writing, stay.id, SERVICES["informed"], made.informed_on)
    return NumberedRow(key, number, writing.done)


def _check_alone(connection: Connection, stay: Stay) -> None:
    is_open = next(
        (one for one in stored_voluntary_returns.of_stays(connection, [stay.id]) if one.closed_on is None), None
    )
    if is_open is not None:
        raise ReturnOpen(is_open.return_no)


def _check_agreed(desk: Desk, connection: Connection, stay: Stay) -> None:
    """A consent that was refused or taken back stops a return; one that nobody asked is only missing."""
    check_not_refused(connection, stay.person, desk.today())
    why = _around(desk, connection, stay).consent
    if why in voluntary_return_rules.STOPPED:
        raise NoConsent(CONSENT, "", why)


def _seal(desk: Desk, writing: Writing, stay: StayId, key: ReturnFileId, told: ReturnWords) -> None:
    """Seal what is said, and leave what is not as it was."""
    given = [field for field in voluntary_return_rules.sealed_fields() if str(getattr(told, field)).strip()]
    if given:
        own = service_log.own_sealer(desk, writing.connection, stay)
        writing.trail.change(
            stored_voluntary_returns.TABLE, key, stored_voluntary_returns.sealed(own, key, told, given)
        )


@needs(Permission.CASE_EDIT)
def write_step(
    desk: Desk,
    key: ReturnFileId,
    step: StepSaid,
    told: ReturnWords = NOTHING_SAID,
    with_service: bool = False,
    responsible: UserId | None = None,
) -> Done:
    """Write one step. told: sealed. with_service: the service that it is is written in the same act. responsible: who
    sees to what comes next, None where that stays as it was.

    Raises Missing, NotInList, BadDates, InTheFuture, ReturnClosed, ReturnGone, NoConsent as `open_file`, AsylumSought
    before a paper is asked of a consulate for somebody who seeks asylum (R-29).
    """
    person_acts.check_day(desk, step.on)
    if step.step == "document":
        person_acts.check_day(desk, step.planned)
    with desk.writing("return_step", person_acts.WITH_SERVICE) as writing:
        old = _known(writing.connection, key)
        stay = person_acts.subject(writing, old.stay)
        _check_agreed(desk, writing.connection, stay)
        if step.step == "document":
            seeks = stay.migration_situation == ASYLUM
            if seeks and consent_checks.first_with_unhcr(writing.connection, stay.person) is None:
                raise AsylumSought
        new = replace(voluntary_return_rules.written(old, step), responsible=responsible or old.responsible)
        writing.trail.change(stored_voluntary_returns.TABLE, key, stored_voluntary_returns.RETURN_FILES.write(new))
        _seal(desk, writing, old.stay, key, told)
        service = SERVICES.get(step.step)
        if with_service and service is not None and step.on is not None:
            person_acts.serve(desk, writing, stay.id, service, step.on, step.partner)
    return writing.done


@needs(Permission.CASE_EDIT)
def close(desk: Desk, key: ReturnFileId, on: date, closure: str) -> Done:
    """Close a file. Raises Missing, NotInList, BadDates, InTheFuture, ReturnClosed, ReturnGone."""
    person_acts.check_day(desk, on)
    return _change(desk, key, "close_return", lambda file: voluntary_return_rules.closed(file, on, closure))


@needs(Permission.CASE_EDIT)
def reopen(desk: Desk, key: ReturnFileId) -> Done:
    """Go on with a file that was closed. Raises ReturnOpen where the stay has another one, ReturnGone."""
    return _change(desk, key, "reopen_return", voluntary_return_rules.reopened, alone=True)


def _change(
    desk: Desk, key: ReturnFileId, action: str, changed: Callable[[ReturnFile], ReturnFile], alone: bool = False
) -> Done:
    with desk.writing(action, person_acts.CASES) as writing:
        old = _known(writing.connection, key)
        stay = person_acts.subject(writing, old.stay)
        if alone and old.closed_on is not None:
            _check_alone(writing.connection, stay)
        writing.trail.change(
            stored_voluntary_returns.TABLE, key, stored_voluntary_returns.RETURN_FILES.write(changed(old))
        )
    return writing.done
