"""What endangers and protects a person: assessed in versions, looked at again in time; the country once a year."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from shelter_desk.domain.assistance.assistance import Service, type_of
from shelter_desk.domain.assistance.referrals import Referral
from shelter_desk.domain.casefile import assessments as assessment_rules
from shelter_desk.domain.casefile.assessments import Assessment, FactorAnswer, Warn
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.consent.consents import RECORDING, Why
from shelter_desk.domain.ids import AssessmentId, PersonId, ServiceId
from shelter_desk.domain.residents.residents import Person
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.consent import consents
from shelter_desk.operations.desk import Desk, Done, Writing, needs
from shelter_desk.operations.residents import person_acts, sealed_access
from shelter_desk.operations.services import service_log
from shelter_desk.storage.assistance import referrals as stored_referrals
from shelter_desk.storage.casefile import assessments as stored_assessments
from shelter_desk.storage.file import settings
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.residents import person_sealers, residents
from shelter_desk.storage.stays import stays

ASSESSED = "pro_evaluation"
SPECIALISED = frozenset({"san", "psy"})  # services that a concern for a life is referred to


@dataclass(frozen=True, slots=True)
class Words:
    """What is written in words about an assessment and sealed: on the whole, and by factor."""

    note: str = ""
    of_factors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AssessmentMade:
    """A new version. warnings: what should not stay so (level W)."""

    assessment: AssessmentId
    version: int
    done: Done
    warnings: tuple[Warn, ...]


@dataclass(frozen=True, slots=True)
class AssessmentLine:
    """One version as the record shows it.

    days_late: since the review was due, None while none is, or where a later version stands. has_words: there are
    notes, which stay sealed. referred_on: the first referral to a specialised service on that day or later that nobody
    declined (R-23).
    """

    assessment: Assessment
    assessor: str
    warnings: tuple[Warn, ...]
    days_late: int | None
    has_words: bool
    referred_on: date | None


@dataclass(frozen=True, slots=True)
class Current:
    """The last version of somebody who is here."""

    person: Person
    line: AssessmentLine


# Reading --------------------------------------------------------------------------------------------------------------


@needs(Permission.CASE_SEE)
def of(desk: Desk, person: PersonId) -> tuple[AssessmentLine, ...]:
    """Every version of all stays of a person, the latest first; notes and sources are told of, not shown."""
    with desk.reading() as connection:
        found = stored_assessments.of_person(connection, desk.protection, person)
        return _lines(desk, connection, found, stored_referrals.of_person(connection, person))


@needs(Permission.CASE_SEE)
def current(desk: Desk) -> tuple[Current, ...]:
    """Where everybody who is here stands: the highest risk first, then the review that is due first."""
    with desk.reading() as connection:
        found = stored_assessments.last_of_all(connection, desk.protection)
        keys = [one.stay for one in found]
        whose = stays.persons_of(connection, keys)
        people = residents.persons(connection, set(whose.values()))
        lines = _lines(desk, connection, found, stored_referrals.of_stays(connection, keys))
    made = [Current(people[whose[line.assessment.stay]], line) for line in lines]
    order: dict[str, int] = {level: place for place, level in enumerate(reversed(assessment_rules.RISK_LEVELS))}
    made.sort(key=lambda one: one.line.assessment.next_review or date.max)
    return tuple(sorted(made, key=lambda one: order.get(one.line.assessment.risk_level, len(order))))


def _lines(
    desk: Desk, connection: Connection, found: list[Assessment], referrals: list[Referral]
) -> tuple[AssessmentLine, ...]:
    names = settings.user_names(connection)
    noted = stored_assessments.noted(connection, [one.id for one in found])
    newest = {one.stay: max(each.version for each in found if each.stay == one.stay) for one in found}
    return tuple(
        AssessmentLine(
            one,
            names.get(one.assessor, "") if one.assessor is not None else "",
            assessment_rules.warnings(one),
            assessment_rules.days_late(one.next_review, desk.today()) if one.version == newest[one.stay] else None,
            one.id in noted,
            _referred_on(one, referrals),
        )
        for one in found
    )


def _referred_on(assessment: Assessment, referrals: list[Referral]) -> date | None:
    days = [
        one.issued_on
        for one in referrals
        if one.stay == assessment.stay
        and one.holds
        and one.direction == "sortante"
        and one.issued_on >= assessment.assessed_on
        and SPECIALISED & {type_of(code) for code in one.service_wanted}
    ]
    return min(days, default=None)


@needs(Permission.CASE_SEE)
def opened(desk: Desk, assessment: AssessmentId) -> tuple[Assessment, Words]:
    """A version with its sources of danger and its notes in clear; the reading is written to the journal.

    Raises NotAllowed without the key, ReasonMissing.
    """
    protection = desk.key_of_protection(Permission.CASE_SEE)
    with desk.reading() as connection:
        stay = stored_assessments.stay_of(connection, assessment)
        code = person_acts.code_of(connection, stay)
        why = sealed_access.why(desk, code)
        found = stored_assessments.of_stays(connection, protection, [stay], why)
        own = person_sealers.of_stays(connection, protection, [stay]).get(stay)
        of_factors = stored_assessments.factor_notes(connection, own, assessment, why)
        said = Words(stored_assessments.note(connection, own, assessment, why), of_factors)
    desk.note("assessment_read", code, **why.kept())
    return next(one for one in found if one.id == assessment), said


@needs(Permission.CASE_SEE)
def review_days(desk: Desk) -> Mapping[str, int]:
    """After how many days each level of risk is looked at again: 2, 7 and 14 unless the shelter set others."""
    with desk.reading() as connection:
        return assessment_rules.review_days(settings.read(connection))


@needs(Permission.CASE_SEE)
def recording_refused(desk: Desk, person: PersonId) -> Why | None:
    """Why the consents of today do not allow more than the minimum to be written (R-15); None where they do."""
    with desk.reading() as connection:
        return consents.why_not(connection, person, RECORDING, desk.today())


# Writing --------------------------------------------------------------------------------------------------------------


@needs(Permission.CASE_EDIT)
def assess(
    desk: Desk, assessment: Assessment, said: Words | None = None, *, as_service: bool = False, vital: str = ""
) -> AssessmentMade:
    """Write the next version of a stay; former ones stay as they are.

    The review is due by the level of risk where no day is given. as_service: one `pro_evaluation` goes to the log of
    services with it. vital: why it is written without consent to the recording, a life being in danger (R-15); kept in
    the journal. Raises NoConsent, NoSuch for a void stay, NotAllowed without the key, and as `check_assessment`.
    """
    with desk.writing("assess", Changes(cases=True, services=as_service)) as writing:
        connection = writing.connection
        stay = person_acts.standing_stay(connection, assessment.stay)
        person = residents.person(connection, stay.person)
        if vital.strip():
            writing.details["reason"] = vital.strip()
        else:
            consents.check_recording(connection, stay.person, desk.today())
        former = stored_assessments.last(connection, None, stay.id)
        assessment_rules.check_assessment(assessment, stay.admitted_at.date(), former, desk.today())
        made = assessment_rules.next_version(assessment, former, desk.now())
        usual = assessment_rules.review_days(settings.read(connection))
        due = made.next_review or assessment_rules.review_due(made.risk_level, made.assessed_on, usual)
        number = stored_assessments.NUMBERS.next(connection, made.assessed_on.year)
        made = replace(made, assessment_no=number, assessor=made.assessor or desk.user, next_review=due)
        own = residents.protection_of(connection, desk.key_of_protection(Permission.CASE_EDIT), person.id)
        key = _write(writing, made, said or Words(), own)
        writing.subject = person.code
        if as_service:
            service = Service(ServiceId(0), "", made.assessed_on, stay.id, ASSESSED)
            service_log.add(desk, writing, [service])
    return AssessmentMade(key, made.version, writing.done, assessment_rules.warnings(made))


def _write(writing: Writing, made: Assessment, said: Words, own: Sealer) -> AssessmentId:
    trail = writing.trail
    key = AssessmentId(trail.add(stored_assessments.TABLE, stored_assessments.ASSESSMENTS.write(made)))
    trail.change(stored_assessments.TABLE, key, stored_assessments.sealed_row(own, key, made, said.note))
    for factor, answer in made.factors.items():
        row = trail.add(stored_assessments.ANSWERS, {"assessment_id": key, "factor": factor, "answer": answer})
        note = said.of_factors.get(factor, "").strip()
        if note:
            writing.seal(own, stored_assessments.ANSWERS, "note", row, note)
    return key


# The factors of the country -------------------------------------------------------------------------------------------


@needs(Permission.CASE_SEE)
def structural(desk: Desk, year: int) -> Mapping[str, FactorAnswer]:
    """What the shelter answered of the structural factors for that year; empty before it did."""
    with desk.reading() as connection:
        return stored_assessments.structural(connection, year)


@needs(Permission.CASE_EDIT)
def keep_structural(desk: Desk, year: int, answers: Mapping[str, FactorAnswer]) -> Done:
    """Answer the structural factors of a year for the whole shelter; former answers stay in the journal.

    Raises NotInList.
    """
    assessment_rules.check_answers(answers, (assessment_rules.STRUCTURAL,))
    with desk.writing("structural_factors", Changes(cases=True)) as writing:
        writing.details["before"] = stored_assessments.structural(writing.connection, year)
        writing.details["after"] = dict(answers)
        writing.details["year"] = year
        kept = {one: answers[one] for one in sorted(answers)}
        settings.write(writing.connection, {stored_assessments.structural_key(year): json.dumps(kept)})
    return writing.done
