"""From how many days, hours or persons on a rule speaks: settings, with what they usually are (field 10)."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache

from shelter_desk.domain import settings
from shelter_desk.domain.reports.facts import Limits


@dataclass(frozen=True, slots=True)
class Thresholds:
    """One value per setting, in days unless the name says something else; `domain.settings` has the usual ones."""

    alike_age_years: int
    unrelated_hours: int
    majority_days: int
    guardian_request_days: int
    guardian_days: int
    bia_short_days: int
    bia_full_days: int
    notify_service_days: int
    overcapacity_red_pct: int
    overcapacity_nights: int
    norm_m2: float
    norm_toilet: int
    norm_shower: int
    transit_days: int
    vulnerable_days: int
    vot_days: int
    minor_review_days: int
    status_decision_days: int
    presumed_review_days: int
    safety_measure_hours: int
    screening_due_days: int
    assessment_due_days: int
    plan_due_days: int
    screening_due_days_high: int
    assessment_due_days_high: int
    plan_due_days_high: int
    followup_days_high: int
    followup_days_medium: int
    followup_days_low: int
    repeated_interviews: int
    absence_max_days: int
    roll_call_nights: int
    case_closure_days: int

    @property
    def limits(self) -> Limits:
        """The longest stays, as the figures take them."""
        return Limits(self.transit_days, self.vulnerable_days, self.vot_days)


NAMES = tuple(field.name for field in fields(Thresholds))


@cache
def usual() -> Thresholds:
    """What they are where no setting was written."""
    return of_settings({})


def of_settings(kept: Mapping[str, str]) -> Thresholds:
    """The settings as they stand; one that cannot be is taken as it usually is."""
    return Thresholds(**{name: settings.of(kept, name) for name in NAMES})  # type: ignore[arg-type]
