"""Vulnerability and risk of a person at a day, and the plan made with the person (field 3.3, 3.4).

The rules of assessments follow the facts; those of plans are in `plans`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Literal, get_args

from shelter_desk.domain import codes, settings
from shelter_desk.domain.checks import check_codes, check_day, check_given, check_optional_code, check_order
from shelter_desk.domain.errors import BadNumber, NotInList, RuleBroken
from shelter_desk.domain.ids import AssessmentId, PlanActionId, PlanId, StayId, UserId

FactorAnswer = Literal["risque", "protection", "neutre", "inconnu"]
RiskLevel = Literal["eleve", "moyen", "faible"]
ActionState = Literal["a_faire", "en_cours", "fait", "abandonne"]
Warn = Literal["measures", "differs", "self_harm", "no_protection", "no_level"]
PERSONAL = ("individuel", "menage", "communaute")  # the levels that describe the person (field 2.8)
STRUCTURAL = "structurel"  # that of the country: answered once a year for the shelter
FACTORS = "vulnerability_factor"
ANSWERS: tuple[FactorAnswer, ...] = get_args(FactorAnswer)
RISK_LEVELS: tuple[RiskLevel, ...] = ("faible", "moyen", "eleve")
DEGREES = (1, 2, 3)
NOBODY = "aucune"  # of `threat_source`: none is known
REVIEW_KEYS: Mapping[str, str] = MappingProxyType(
    {"eleve": "followup_days_high", "moyen": "followup_days_medium", "faible": "followup_days_low"}
)


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


class NobodyAndSome(RuleBroken):
    """No source of danger is known, and some are named."""


@dataclass(frozen=True, slots=True)
class Change:
    """A factor that is answered otherwise than in the version before. before, now: "" where it was not looked at."""

    factor: str
    before: FactorAnswer | Literal[""]
    now: FactorAnswer | Literal[""]


@dataclass(frozen=True, slots=True)
class AnswerCount:
    """How many factors of one level endanger and protect, and how many are answered at all, of how many."""

    risks: int
    protections: int
    answered: int
    all: int


def level_of(factor: str) -> str:
    """The level a factor belongs to. Raises NotInList."""
    try:
        return codes.code(FACTORS, factor).parent
    except KeyError:
        raise NotInList(FACTORS, factor) from None


def factors_of(level: str) -> tuple[str, ...]:
    """The factors of one level that are asked now, in the order of the list."""
    return tuple(one.code for one in codes.codes(FACTORS) if one.parent == level and one.active)


def suggested_level(likelihood: int, impact: int) -> RiskLevel:
    """What the 3 × 3 matrix makes of a danger: a help to sort, the decision stays with a human (field 3.3)."""
    weight = likelihood * impact
    return "eleve" if weight >= 6 else "moyen" if weight >= 3 else "faible"


def suggestion(assessment: Assessment) -> RiskLevel | None:
    """What the matrix suggests, None while one side is not answered."""
    if assessment.threat_likelihood is None or assessment.threat_impact is None:
        return None
    return suggested_level(assessment.threat_likelihood, assessment.threat_impact)


def review_days(kept: Mapping[str, str] = settings.NOTHING_KEPT) -> Mapping[str, int]:
    """After how many days each level of risk is looked at again, by the settings: usually 2, 7 and 14."""
    return {level: settings.whole(kept, key) for level, key in REVIEW_KEYS.items()}


def review_due(level: str, on: date, days: Mapping[str, int]) -> date | None:
    """When to look again where no day was chosen; None without a level."""
    return on + timedelta(days=days[level]) if level in days else None


def days_late(next_review: date | None, today: date) -> int | None:
    """Days since the review was due, 0 on that day; None while none is."""
    return None if next_review is None or today < next_review else (today - next_review).days


def counts(answers: Mapping[str, FactorAnswer], level: str) -> AnswerCount:
    """The answers of one level, counted."""
    asked = factors_of(level)
    given = [answers[one] for one in asked if one in answers]
    return AnswerCount(given.count("risque"), given.count("protection"), len(given), len(asked))


def changed(before: Mapping[str, FactorAnswer], now: Mapping[str, FactorAnswer]) -> tuple[Change, ...]:
    """The factors answered otherwise than before, in the order of the list."""
    return tuple(
        Change(one.code, before.get(one.code, ""), now.get(one.code, ""))
        for one in codes.codes(FACTORS)
        if before.get(one.code) != now.get(one.code)
    )


def warnings(assessment: Assessment) -> tuple[Warn, ...]:
    """What is written all the same, and should not stay so (level W)."""
    level, answers = assessment.risk_level, assessment.factors.values()
    found: dict[Warn, bool] = {
        "self_harm": bool(assessment.self_harm_concern),
        "no_level": not level,
        "differs": bool(level) and suggestion(assessment) not in (None, level),
        "measures": level in ("moyen", "eleve") and not assessment.safety_measures,
        "no_protection": "risque" in answers and "protection" not in answers,
    }
    return tuple(warning for warning, holds in found.items() if holds)


def check_answers(answers: Mapping[str, str], levels: Collection[str]) -> None:
    """Whether these are answers to factors of these levels. Raises NotInList."""
    for factor, answer in answers.items():
        if level_of(factor) not in levels:
            raise NotInList(FACTORS, factor)
        if answer not in ANSWERS:
            raise NotInList("factor_answer", answer)


def check_assessment(assessment: Assessment, admitted_on: date, former: Assessment | None, today: date) -> None:
    """Whether it can be written: its day, its codes, its review.

    Raises InTheFuture, BadDates for a day before the admission or the version before and for a review before the day
    itself, NotInList, BadNumber, NobodyAndSome, Missing for an assessment that says nothing.
    """
    check_day(assessment.assessed_on, today, max(admitted_on, former.assessed_on) if former else admitted_on)
    check_answers(assessment.factors, PERSONAL)
    for name in ("threat_likelihood", "threat_impact"):
        value = getattr(assessment, name)
        if value is not None and value not in DEGREES:
            raise BadNumber(name, str(value))
    check_optional_code("risk_level", assessment.risk_level)
    check_optional_code("safety_answer", assessment.safe_to_contact_family, "safe_to_contact_family")
    check_optional_code("safety_answer", assessment.safe_to_go_out, "safe_to_go_out")
    check_codes("threat_source", assessment.threat_sources or ())
    check_codes("safety_measure", assessment.safety_measures)
    if NOBODY in (assessment.threat_sources or ()) and len(assessment.threat_sources or ()) > 1:
        raise NobodyAndSome
    check_order(assessment.assessed_on, assessment.next_review)
    check_given("factor_answers", assessment.factors or assessment.risk_level or suggestion(assessment))


def next_version(assessment: Assessment, former: Assessment | None, now: datetime) -> Assessment:
    """The assessment as it follows the one before.

    Its number in the stay, and when the measures began: at the former one while measures go on without a gap (R-21).
    """
    measured = (former.measured_at if former and former.safety_measures else None) or now
    return replace(
        assessment,
        version=former.version + 1 if former else 1,
        measured_at=measured if assessment.safety_measures else None,
        recorded_at=now,
    )
