"""T12: what the house learnt from the incidents closed in the period (field 3.16); words, and for the house alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from shelter_desk.domain.incidents import Incident
from shelter_desk.domain.moments import Period


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
