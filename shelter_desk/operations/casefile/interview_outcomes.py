"""What an interview says besides its answers, written where it belongs: consents (3.8), urgent needs of the stay."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from shelter_desk.domain.assistance.referrals import Consent
from shelter_desk.domain.casefile.identification import CONSENT_STAGE, REFUSED
from shelter_desk.domain.casefile.interviews import Interview
from shelter_desk.domain.consent import consents as consent_rules
from shelter_desk.domain.consent.consents import RECORDING, REPRESENTATIVES
from shelter_desk.domain.errors import Missing
from shelter_desk.domain.ids import ConsentId
from shelter_desk.domain.residents.contacts import Contact, Named
from shelter_desk.operations.consent import consents
from shelter_desk.operations.desk import Desk, Writing
from shelter_desk.operations.residents import contacts
from shelter_desk.storage.assistance import referrals as stored_referrals
from shelter_desk.storage.file.column_values import joined
from shelter_desk.storage.stays import stays

INTERVIEW, STATISTICS, FAMILY = "entretien_depistage", "stats_anonymes", "contact_famille"
GIVEN, GUARDIAN = "donne", "tuteur"


@dataclass(frozen=True, slots=True)
class InterviewOutcome:
    """Decisions are `donne` or `refuse`, "" where it was not asked.

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


def write(desk: Desk, writing: Writing, interview: Interview, said: InterviewOutcome) -> None:
    """Write it inside the act that keeps the session, once the consent was asked; what stands already is not written
    again.

    Raises Missing for a child without its guardian and without the reason, and for a contact that says nothing;
    NotInList, NoConsent, NotAllowed.
    """
    if interview.stage < CONSENT_STAGE:
        return
    person, on = stays.stay(writing.connection, interview.stay).person, interview.interview_at.date()
    decided = stored_referrals.consents(writing.connection, person)
    answers = [(INTERVIEW, interview.consent_interview)]
    if interview.stop_reason != REFUSED:
        answers += [(RECORDING, said.to_record), (STATISTICS, interview.consent_anonymous_stats)]
        answers.append((FAMILY, said.contact_family))
    for purpose, answer in answers:
        if answer and not _stands(decided, purpose, answer, interview):
            decision = Consent(ConsentId(0), person, purpose, answer, "", "", on)
            _add(desk, writing, interview, decision, said.reason)
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


def _add(desk: Desk, writing: Writing, interview: Interview, decision: Consent, reason: str) -> None:
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
    writing.trail.change("stays", stay.id, {"urgent_needs": joined(needs)})
