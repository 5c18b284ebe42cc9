"""Identification interviews: who spoke with whom under which conditions, and what was said (field 3.2, 7)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from shelter_desk.domain.ids import InterviewId, StayId, UserId

InterviewState = Literal["en_cours", "pause", "arrete", "termine"]
_CONSENT = 2  # the stage at which the person agrees, or not
Answer = Literal["oui", "non", "ne_sait_pas", "refus", "non_demande"]


@dataclass(frozen=True, slots=True)
class Interview:
    """One sitting of an interview; the summary is sealed and read apart.

    session_no: 1 for the first of the stay. stage: the last one reached, 0 to 10. indicators: answers by
    `tip_indicator`; one that is not in it was not asked. acts, means, exploitation_forms: what the person said or what
    was seen, ticked by the interviewer. duration_months: about how long it lasted. None: not known.
    """

    id: InterviewId
    interview_no: str
    stay: StayId
    session_no: int
    interview_at: datetime
    state: InterviewState
    place: str = ""
    interviewer: UserId | None = None
    interviewer_trained: bool = False
    interviewer_sex_ok: bool = False
    interpreter_name: str = ""
    interpreter_ok: bool | None = None
    language: str = ""
    others_present: tuple[str, ...] = ()
    ready_rested: bool = False
    ready_care: bool = False
    ready_safe: bool = False
    consent_interview: str = ""
    consent_anonymous_stats: str = ""
    is_child_variant: bool = False
    stage: int = 0
    stop_reason: str = ""
    was_minor_at_facts: bool | None = None
    age_at_facts: int | None = None
    indicators: Mapping[str, Answer] = field(default_factory=dict)
    acts: tuple[str, ...] = ()
    means: tuple[str, ...] = ()
    exploitation_forms: tuple[str, ...] = ()
    recruitment_methods: tuple[str, ...] = ()
    recruiter_relation: str = ""
    control_methods: tuple[str, ...] = ()
    exploitation_countries: tuple[str, ...] = ()
    exploitation_regions: tuple[str, ...] = ()
    duration_months: int | None = None
    route_points: tuple[str, ...] = ()
    assimilated_practices: tuple[str, ...] = ()
    immediate_danger: bool | None = None
    risk_family_reprisal: bool | None = None
    legal_action_wish: str = ""
    recorded_at: datetime | None = None

    @property
    def was_held(self) -> bool:
        """False for one that was refused, and while, or where, it came no further than the consent."""
        return is_held(self.state, self.stage, self.consent_interview)


def is_held(state: str, stage: int, consent: str) -> bool:
    """Whether an interview took place: it went beyond the consent, stage 2, or is written as finished (T4, R-24)."""
    return consent != "refuse" and (stage > _CONSENT or state == "termine")
