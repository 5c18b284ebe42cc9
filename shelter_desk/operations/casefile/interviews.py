"""Identification interviews: begun, kept stage by stage, paused, stopped with an offer of support, finished."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from shelter_desk.domain.assistance.assistance import Service
from shelter_desk.domain.assistance.referrals import Consent
from shelter_desk.domain.casefile import identification
from shelter_desk.domain.casefile.identification import CONSENT_STAGE, REFUSED, STOP_REASONS, InterviewEnded, Reading
from shelter_desk.domain.casefile.interviews import Interview, InterviewState
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.consent import consents as consent_rules
from shelter_desk.domain.consent.consents import RECORDING, REPRESENTATIVES, NoConsent
from shelter_desk.domain.errors import InTheFuture, Missing, NotInList
from shelter_desk.domain.ids import ConsentId, InterviewId, ServiceId, StayId, UserId
from shelter_desk.domain.plausible_dates import check_not_before
from shelter_desk.domain.residents.contacts import Contact, Named
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.consent import consents
from shelter_desk.operations.desk import Desk, Done, Writing, needs
from shelter_desk.operations.residents import contacts, person_acts, sealed_access
from shelter_desk.operations.services import service_log
from shelter_desk.storage.assistance import referrals as stored_consents
from shelter_desk.storage.casefile import interviews as stored_interviews
from shelter_desk.storage.file import settings
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.stays import stays

CASES = Changes(cases=True, stays=True)
WITH_SERVICE = Changes(cases=True, stays=True, services=True)
SUPPORT, SCREENING = "psy_ecoute", "pro_depistage"
INTERVIEW, STATISTICS, FAMILY = "entretien_depistage", "stats_anonymes", "contact_famille"  # purposes
GIVEN, GUARDIAN = "donne", "tuteur"


@dataclass(frozen=True, slots=True)
class Screening:
    """The sessions of a stay in order, and what they show together.

    summaries: the sessions that have one, sealed. by: who led them, by name. repeats: R-27, asking again would make
    the person tell the story a third time. undecided_since: R-18. earlier: the sessions of other stays of the person.
    """

    interviews: tuple[Interview, ...]
    reading: Reading
    summaries: frozenset[InterviewId]
    by: Mapping[UserId, str]
    repeats: bool
    undecided_since: date | None
    earlier: tuple[Interview, ...] = ()

    @property
    def under_way(self) -> Interview | None:
        """The session that is not ended."""
        return next((one for one in self.interviews if not identification.is_ended(one)), None)


@dataclass(frozen=True, slots=True)
class InterviewOutcome:
    """What an interview says besides its answers, written where it belongs: consents (3.8), urgent needs of the stay.

    Decisions are `donne` or `refuse`, "" where it was not asked.

    to_record: having the answers written. contact_family: that the family is called or looked for. urgent_needs: None
    leaves those of the stay. reason: why no representative of a child is asked. contacts: persons to reach or on no
    account, not written yet; whose they are and the day are those of the session.
    """

    to_record: str = ""
    contact_family: str = ""
    urgent_needs: tuple[str, ...] | None = None
    reason: str = ""
    contacts: tuple[tuple[Contact, Named], ...] = ()


NOTHING_SAID = InterviewOutcome()


@dataclass(frozen=True, slots=True)
class Begun:
    """A new session with its number, which is not that of the file."""

    interview: Interview
    done: Done


@needs(Permission.CASE_SEE)
def of_stay(desk: Desk, stay: StayId) -> Screening:
    """The sessions of a stay; no summary is opened."""
    with desk.reading() as connection:
        found = stored_interviews.of_stays(connection, [stay]).get(stay, ())
        statuses = stays.statuses(connection, [stay]).get(stay, ())
        whose = person_acts.person_of(connection, stay)
        others = [one.id for one in stays.of_person(connection, whose.id) if one.id != stay]
        earlier = [one for several in stored_interviews.of_stays(connection, others).values() for one in several]
        is_minor = whose.birth.protected_as_minor(desk.today())
        return Screening(
            found,
            identification.read(found),
            stored_interviews.with_summary(connection, [stay]),
            settings.user_names(connection),
            identification.is_repeat([*earlier, *found]),
            identification.undecided_since(found, statuses, desk.today(), settings.read(connection), is_minor),
            tuple(earlier),
        )


@needs(Permission.CASE_SEE)
def interview(desk: Desk, interview_id: InterviewId) -> Interview | None:
    """One session, None where the act that began it was undone."""
    with desk.reading() as connection:
        return (
            stored_interviews.interview(connection, interview_id)
            if stored_interviews.known(connection, interview_id)
            else None
        )


@needs(Permission.CASE_SEE)
def summary(desk: Desk, interview_id: InterviewId) -> str:
    """The summary of a session, "" where there is none; reading it is written to the journal.

    Raises NotAllowed, ReasonMissing.
    """
    protection = desk.key_of_protection(Permission.CASE_SEE)
    with desk.reading() as connection:
        code = person_acts.code_of(connection, stored_interviews.interview(connection, interview_id).stay)
        why = sealed_access.why(desk, code)
        opened = stored_interviews.summary(connection, protection, interview_id, why)
    if opened:
        desk.note("interview_read", code, **why.kept())
    return opened


@needs(Permission.CASE_EDIT)
def begin(desk: Desk, interview: Interview) -> Begun:
    """Begin the next session of a stay, under the conditions typed so far.

    The person at the desk leads it; whoever may be a minor gets the variant for children. Raises InterviewUnderWay,
    Missing, NotInList, InTheFuture, TooLongAgo before the stay, and NoConsent of somebody who refused the recording
    (R-15).
    """
    with desk.writing("interview_begin", CASES) as writing:
        connection = writing.connection
        person = person_acts.person_of(connection, interview.stay)
        former = stored_interviews.of_stays(connection, [interview.stay]).get(interview.stay, ())
        made = replace(
            identification.begun(interview, former),
            interview_no=stored_interviews.NUMBERS.next(connection, interview.interview_at.year),
            interviewer=desk.user,
            is_child_variant=person.birth.protected_as_minor(desk.today()),
            was_minor_at_facts=True if person.birth.is_minor(desk.today()) else interview.was_minor_at_facts,
            recorded_at=desk.now(),
        )
        made = _checked(desk, writing, made)
        key = InterviewId(writing.trail.add("interviews", stored_interviews.INTERVIEWS.write(made)))
        stored_interviews.keep_answers(connection, writing.trail, key, made.indicators)
        writing.subject = person.code
    return Begun(replace(made, id=key), writing.done)


@needs(Permission.CASE_EDIT)
def keep(desk: Desk, interview: Interview, summary: str | None = None, said: InterviewOutcome = NOTHING_SAID) -> Done:
    """Keep a session as it is typed. summary: None leaves it as it is, unopened.

    said: what goes elsewhere, in the same act: once the consent is asked, decisions become records of consent.

    A refusal of the interview ends it: nothing is kept but the conditions under which it was asked. Raises
    InterviewEnded, NotAgreed beyond the consent without a yes, ChildNotSafe, Missing, NotInList, InTheFuture,
    NoConsent.
    """
    if interview.consent_interview == "refuse":
        with desk.writing("interview_refused", CASES) as writing:
            _write(desk, writing, identification.refused(interview), "arrete", "")
        return writing.done
    with desk.writing("interview_keep", CASES) as writing:
        _write(desk, writing, interview, "en_cours", summary, said)
    return writing.done


@needs(Permission.CASE_EDIT)
def pause(desk: Desk, interview: Interview, summary: str | None = None, said: InterviewOutcome = NOTHING_SAID) -> Done:
    """Keep it and go on another time. Raises as `keep`."""
    with desk.writing("interview_pause", CASES) as writing:
        _write(desk, writing, interview, "pause", summary, said)
    return writing.done


@needs(Permission.CASE_EDIT)
def resume(desk: Desk, interview_id: InterviewId) -> Done:
    """Go on after a pause. Raises InterviewEnded."""
    with desk.writing("interview_resume", CASES) as writing:
        old = _open(writing.connection, interview_id)
        writing.trail.change("interviews", interview_id, {"interview_state": "en_cours"})
        writing.subject = person_acts.code_of(writing.connection, old.stay)
    return writing.done


@needs(Permission.CASE_EDIT)
def stop(
    desk: Desk,
    interview: Interview,
    reason: str,
    support_on: date | None = None,
    summary: str | None = None,
    said: InterviewOutcome = NOTHING_SAID,
) -> Done:
    """Keep it and end it because of what happened; the facts said so far stay.

    support_on: the day for which a session of support is planned in the same act; None where the person wants none.
    Who took back the recording is let go without another word written. Raises as `keep`, Missing and NotInList for the
    reason.
    """
    if reason not in STOP_REASONS:
        raise NotInList("stop_reason", reason) if reason else Missing("stop_reason")
    with desk.writing("interview_stop", WITH_SERVICE) as writing:
        stopped = replace(interview, stop_reason=reason)
        asked = interview.stage <= CONSENT_STAGE or bool(said.to_record)
        if asked or _why_not_recorded(desk, writing.connection, interview) is None:  # agreed to, or in this very act
            _write(desk, writing, stopped, "arrete", summary, said)
        else:  # what was written while it might be stays, nothing is added
            old = _open(writing.connection, interview.id)
            row = stored_interviews.INTERVIEWS.write(replace(old, state="arrete", stop_reason=reason))
            writing.trail.change("interviews", old.id, row)
            writing.subject = person_acts.code_of(writing.connection, old.stay)
        if support_on is not None:
            service_log.add(
                desk,
                writing,
                [Service(ServiceId(0), "", support_on, interview.stay, SUPPORT, status=service_log.PLANNED)],
            )
    return writing.done


@needs(Permission.CASE_EDIT)
def finish(
    desk: Desk,
    interview: Interview,
    summary: str | None = None,
    counts: bool = False,
    said: InterviewOutcome = NOTHING_SAID,
) -> Done:
    """Keep it and end it; what is new goes into another session.

    counts: the screening is written as a service given on the day of the interview, in the same act. Raises as `keep`.
    """
    with desk.writing("interview_finish", WITH_SERVICE) as writing:
        ended = replace(interview, stage=identification.LAST_STAGE)
        _write(desk, writing, ended, "termine", summary, said)
        if counts:
            day = interview.interview_at.date()
            service_log.add(desk, writing, [Service(ServiceId(0), "", day, interview.stay, SCREENING)])
    return writing.done


def _write(
    desk: Desk,
    writing: Writing,
    interview: Interview,
    state: InterviewState,
    summary: str | None,
    said: InterviewOutcome = NOTHING_SAID,
) -> None:
    """Keep a session in that state, inside an act."""
    old = _open(writing.connection, interview.id)
    fixed = ("interview_no", "stay", "session_no", "interviewer", "is_child_variant", "recorded_at")
    new = replace(interview, state=state, **{name: getattr(old, name) for name in fixed})
    _write_outcome(desk, writing, new, said)  # first: the recording is agreed to, or refused, in the same act
    new = _checked(desk, writing, new)
    writing.trail.change("interviews", old.id, stored_interviews.INTERVIEWS.write(new))
    stored_interviews.keep_answers(writing.connection, writing.trail, old.id, new.indicators)
    if summary is not None:
        _keep_summary(desk, writing, new, summary)
    writing.subject = person_acts.code_of(writing.connection, old.stay)


def _open(connection: Connection, interview_id: InterviewId) -> Interview:
    old = stored_interviews.interview(connection, interview_id)
    if identification.is_ended(old):
        raise InterviewEnded(old.interview_no)
    return old


def _checked(desk: Desk, writing: Writing, interview: Interview) -> Interview:
    if interview.interview_at > desk.now():
        raise InTheFuture(interview.interview_at)
    came = stays.stay(writing.connection, interview.stay).admitted_at.date()
    check_not_before(interview.interview_at.date(), came)
    identification.check_interview(interview)
    if interview.stop_reason != REFUSED:
        identification.check_stage(interview)
        _check_recording(desk, writing.connection, interview)
    return interview


def _check_recording(desk: Desk, connection: Connection, interview: Interview) -> None:
    """R-15: beyond the question whether the answers may be written, none is without a yes that holds."""
    why = None if interview.stage <= CONSENT_STAGE else _why_not_recorded(desk, connection, interview)
    if why is not None:
        raise NoConsent(RECORDING, "", why)


def _why_not_recorded(desk: Desk, connection: Connection, interview: Interview) -> str | None:
    return consents.why_not(connection, stays.stay(connection, interview.stay).person, RECORDING, desk.today())


def _keep_summary(desk: Desk, writing: Writing, interview: Interview, text: str) -> None:
    if not text.strip() and interview.id not in stored_interviews.with_summary(writing.connection, [interview.stay]):
        return
    own = service_log.own_sealer(desk, writing.connection, interview.stay)
    sealed = own.seal("interviews", "summary", interview.id, text.strip()) if text.strip() else None
    writing.trail.change("interviews", interview.id, {"summary": sealed})


# What goes elsewhere --------------------------------------------------------------------------------------------------


def _write_outcome(desk: Desk, writing: Writing, interview: Interview, said: InterviewOutcome) -> None:
    """Write it inside the act that keeps the session, once the consent was asked; what stands already is not written
    again.

    Raises Missing for a child without its guardian and without the reason, and for a contact that says nothing;
    NotInList, NoConsent, NotAllowed.
    """
    if interview.stage < CONSENT_STAGE:
        return
    person, on = stays.stay(writing.connection, interview.stay).person, interview.interview_at.date()
    decided = stored_consents.consents(writing.connection, person)
    answers = [(INTERVIEW, interview.consent_interview)]
    if interview.stop_reason != REFUSED:
        answers += [(RECORDING, said.to_record), (STATISTICS, interview.consent_anonymous_stats)]
        answers.append((FAMILY, said.contact_family))
    for purpose, answer in answers:
        if answer and not _stands(decided, purpose, answer, interview):
            decision = Consent(ConsentId(0), person, purpose, answer, "", "", on)
            _add_consent(desk, writing, interview, decision, said.reason)
    if said.urgent_needs is not None and interview.stop_reason != REFUSED:
        _keep_needs(desk, writing, interview, said.urgent_needs)
    if interview.stop_reason != REFUSED:
        for contact, named in said.contacts:
            contacts.write(desk, writing, replace(contact, person=person, noted_on=on), named)


def _stands(decided: Collection[Consent], purpose: str, answer: str, interview: Interview) -> bool:
    """Whether what was decided by that day says the same."""
    on = interview.interview_at.date()
    why = consent_rules.why_not(consent_rules.decisive(decided, purpose, "", on), on)
    return why is None if answer == GIVEN else why in ("refuse", "retire")


def _add_consent(desk: Desk, writing: Writing, interview: Interview, decision: Consent, reason: str) -> None:
    """One decision made aloud: all seven points were read, whoever leads the interview certifies it."""
    made = consent_rules.said_at_the_door(decision, interview.language, desk.user_name)
    made = replace(made, language=interview.language, interpreter=interview.interpreter_name)
    if not interview.is_child_variant:
        made = replace(made, child_assent="")
    elif GUARDIAN in interview.others_present and decision.status == GIVEN:
        made = replace(made, given_by=GUARDIAN)
    needs_reason = interview.is_child_variant and decision.status == GIVEN and made.given_by not in REPRESENTATIVES
    if needs_reason and not reason.strip():
        raise Missing("no_guardian_reason")
    consents.add(desk, writing, made, reason if needs_reason else "")


def _keep_needs(desk: Desk, writing: Writing, interview: Interview, needs: tuple[str, ...]) -> None:
    stay = stays.stay(writing.connection, interview.stay)
    if stay.urgent_needs == needs:
        return
    if needs:
        consents.check_not_refused(writing.connection, stay.person, desk.today())
    stays.change(writing.trail, replace(stay, urgent_needs=needs))
