"""Rows of the case file as the facts that red flags read; what no rule reads is left out."""

from datetime import date
from typing import Any

from shelter_desk.domain.casefile.assessments import Assessment
from shelter_desk.domain.casefile.incidents import ContactRisk
from shelter_desk.domain.casefile.interviews import Interview
from shelter_desk.domain.casefile.minors import BestInterests, Guardian
from shelter_desk.domain.ids import (
    AssessmentId,
    BestInterestsId,
    ContactRiskId,
    GuardianId,
    InterviewId,
    PersonId,
    StayId,
)
from shelter_desk.storage.file.column_values import day_or_none, moment, moment_or_none, parts
from shelter_desk.storage.file.sealing import Sealer


def interview_of(row: Any) -> Interview:
    """One sitting, its indicators left out."""
    return Interview(
        InterviewId(row.id),
        row.interview_no,
        StayId(row.stay_id),
        row.session_no,
        moment(row.interview_at),
        row.interview_state,
        interviewer_trained=bool(row.interviewer_trained),
        interpreter_name=row.interpreter_name,
        interpreter_ok=_answer(row.interpreter_ok),
        others_present=parts(row.others_present),
        was_minor_at_facts=_answer(row.was_minor_at_facts),
        age_at_facts=row.age_at_facts,
        acts=parts(row.acts),
        means=parts(row.means),
        exploitation_forms=parts(row.exploitation_forms),
        immediate_danger=_answer(row.immediate_danger),
        stage=row.stage,
        consent_interview=row.consent_interview,
    )


def _answer(stored: Any) -> bool | None:
    return None if stored is None else bool(stored)


def assessment_of(row: Any) -> Assessment:
    """One assessment, without what is sealed in it."""
    return Assessment(
        AssessmentId(row.id),
        row.assessment_no,
        StayId(row.stay_id),
        row.version,
        date.fromisoformat(row.assessed_on),
        risk_level=row.risk_level,
        safety_measures=parts(row.safety_measures),
        measured_at=moment_or_none(row.measured_at),
        next_review=day_or_none(row.next_review),
        recorded_at=moment_or_none(row.recorded_at),
    )


def self_harm(row: Any, person: PersonId, seal: bytes | None, protection: Sealer | None) -> bool | None:
    """Whether there is a concern of self-harm; None where nothing was answered, or the key is not at hand or gone."""
    if protection is None or not seal or not row.self_harm_concern:
        return None
    own = protection.of_row("persons", person, seal)
    said = own.unseal("assessments", "self_harm_concern", row.id, row.self_harm_concern)
    return {"oui": True, "non": False}.get(said)


def best_interests_of(row: Any) -> BestInterests:
    """One assessment of best interests, without what is sealed in it."""
    return BestInterests(
        BestInterestsId(row.id),
        row.bia_no,
        StayId(row.stay_id),
        row.bia_trigger,
        row.form,
        date.fromisoformat(row.assessed_on),
        row.bia_status,
        next_review=day_or_none(row.next_review),
    )


def guardian_of(row: Any) -> Guardian:
    """How a guardianship stands, without name and contact."""
    return Guardian(
        GuardianId(row.id),
        PersonId(row.person_id),
        row.guardian_status,
        day_or_none(row.requested_on),
        started_on=day_or_none(row.started_on),
        ended_on=day_or_none(row.ended_on),
    )


def risk_of(row: Any) -> ContactRisk:
    """Somebody who must not meet others, without why."""
    return ContactRisk(
        ContactRiskId(row.id),
        PersonId(row.person_id),
        row.risk_kind,
        date.fromisoformat(row.noted_on),
        None if row.other_id is None else PersonId(row.other_id),
        day_or_none(row.ended_on),
    )
