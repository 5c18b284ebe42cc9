"""T12: incidents by type and severity, complaints, and sealed matters as one number (field 4.3).

T12: what the house learnt from the incidents closed in the period (field 3.16); words, and for the house alone.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from shelter_desk.domain import settings
from shelter_desk.domain.casefile.incidents import Incident
from shelter_desk.domain.moments import Period
from shelter_desk.domain.reports.facts import ReportFacts
from shelter_desk.domain.reports.figures import NOT_RECORDED, TOTAL, Dims, Figure, Ref, Tally


@dataclass(frozen=True, slots=True)
class Lesson:
    """What one incident taught, without a name or a code."""

    closed_on: date
    incident_type: str
    text: str


def lessons(incidents: Iterable[Incident], period: Period) -> tuple[Lesson, ...]:
    """In order of the days they were closed; nothing of a sealed matter."""
    found = [
        Lesson(one.closed_on, one.incident_type, one.lesson.strip())
        for one in incidents
        if not one.is_sealed and one.closed_on is not None and one.closed_on in period and one.lesson.strip()
    ]
    return tuple(sorted(found, key=lambda one: (one.closed_on, one.incident_type, one.text)))


CROSSED = "t12.incidents_crossed"
# open at the start + incidents − closed = open at the end
BALANCE = ("t12.open_start", "t12.incidents", "t12.closed", "t12.open_end")
COMPLAINTS = ("t12.complaints_received", "t12.complaints_answered")
SEALED = "t12.confidential"
VIOLENCE, KIND = "t12.gbv", "gbv_type"  # for the house alone
KEYS = (*BALANCE, *COMPLAINTS, SEALED)


def happened(facts: ReportFacts) -> dict[Ref, Figure]:
    """The figures of T12; rows are incidents. A sealed matter counts in its own line and nowhere else."""
    tally = Tally(*KEYS, *(() if settings.GBV in facts.modules_off else (VIOLENCE,)))
    for incident in facts.incidents:
        for key, dims in _counts(incident, facts.period):
            tally.add(key, incident.id, 1, dims)
    return tally.figures("incident")


def _counts(one: Incident, period: Period) -> Iterator[tuple[str, Dims]]:
    day = one.occurred_at.date()
    if one.is_sealed:
        if day in period:
            yield SEALED, TOTAL
        return
    kind, severity = (("incident_type", one.incident_type),), (("severity", one.severity or NOT_RECORDED),)
    if day < period.first and (one.closed_on is None or one.closed_on >= period.first):
        yield from (("t12.open_start", dims) for dims in (TOTAL, kind))
    if day in period:
        yield from (("t12.incidents", dims) for dims in (TOTAL, kind, severity))
        yield CROSSED, (*kind, *severity)
        if one.is_complaint:
            yield "t12.complaints_received", TOTAL
        if one.gbv_type:
            yield from ((VIOLENCE, dims) for dims in (TOTAL, ((KIND, one.gbv_type),)))
    if one.closed_on is not None and one.closed_on in period:
        yield from (("t12.closed", dims) for dims in (TOTAL, kind))
    if day <= period.last and (one.closed_on is None or one.closed_on > period.last):
        yield from (("t12.open_end", dims) for dims in (TOTAL, kind))
    if one.is_complaint and one.answered_on is not None and one.answered_on in period:
        yield "t12.complaints_answered", TOTAL
