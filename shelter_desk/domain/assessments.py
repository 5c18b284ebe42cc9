"""Vulnerability and risk of a person at a day, and the plan made with the person (domain 3.3, 3.4)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from shelter_desk.domain.ids import AssessmentId, PlanActionId, PlanId, StayId, UserId

FactorAnswer = Literal["risque", "protection", "neutre", "inconnu"]
RiskLevel = Literal["eleve", "moyen", "faible"]
ActionState = Literal["a_faire", "en_cours", "fait", "abandonne"]


@dataclass(frozen=True, slots=True)
class Assessment:
    """What makes a person vulnerable and what protects, at four levels; the notes are sealed and read apart.

    factors: answers by `vulnerability_factor`; one that is not in it was not looked at. threat_sources,
    self_harm_concern: None where the reader may not open them. likelihood, impact: 1 to 3. measured_at: when the first
    safety measure was written (R-21).
    """

    id: AssessmentId
    assessment_no: str
    stay: StayId
    version: int
    assessed_on: date
    assessor: UserId | None = None
    factors: Mapping[str, FactorAnswer] = field(default_factory=dict)
    threat_sources: tuple[str, ...] | None = None
    self_harm_concern: bool | None = None
    threat_likelihood: int | None = None
    threat_impact: int | None = None
    safe_to_contact_family: str = ""
    safe_to_go_out: str = ""
    risk_level: RiskLevel | Literal[""] = ""
    safety_measures: tuple[str, ...] = ()
    measured_at: datetime | None = None
    next_review: date | None = None
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PlanAction:
    """One thing to be done under a plan. domain: first level of `service_type`.

    objective, action, result: sealed in the file, "" for a reader who may not open them. responsible: `personne` or
    the name of a partner, "" where `responsible_user` says who of the staff.
    """

    id: PlanActionId
    plan: PlanId
    domain: str
    due_on: date
    state: ActionState = "a_faire"
    objective: str = ""
    action: str = ""
    responsible: str = ""
    responsible_user: UserId | None = None
    done_on: date | None = None
    result: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """An individual assistance plan with its actions; the wishes are sealed and read apart."""

    id: PlanId
    plan_no: str
    stay: StayId
    made_on: date
    case_worker: UserId | None = None
    made_with_person: bool = False
    solution_sought: str = ""
    agreed_on: date | None = None
    agreed_mode: str = ""
    next_review: date | None = None
    closed_on: date | None = None
    close_reason: str = ""
    actions: tuple[PlanAction, ...] = ()
    recorded_at: datetime | None = None
