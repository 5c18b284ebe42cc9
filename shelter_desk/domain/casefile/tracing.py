"""The search for the family of a child (field 3.17)."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from shelter_desk.domain.errors import Missing, RuleBroken
from shelter_desk.domain.ids import StayId, TracingId

SEARCHING = frozenset({"en_cours", "famille_localisee", "famille_verifiee"})  # `tracing_status` that goes on


class TracingStopped(RuleBroken):
    """The search for a family ended, or the child does not want it: no step is added."""

    tracing_no: str


@dataclass(frozen=True, slots=True)
class Tracing:
    """The search for the family of a child; relatives and steps are sealed and read apart."""

    id: TracingId
    tracing_no: str
    stay: StayId
    status: str
    child_consents: bool = False
    requested_on: date | None = None
    separation_on: date | None = None
    separation_place: str = ""
    separation_causes: tuple[str, ...] = ()
    care_arrangement: str = ""
    partner: str = ""
    located_on: date | None = None
    verified_on: date | None = None
    reunified_on: date | None = None
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Relative:
    """Somebody of the family who is looked for; sealed. place: at the level of a region."""

    name: str
    relation: str = ""
    place: str = ""
    contact: str = ""


@dataclass(frozen=True, slots=True)
class TracingStep:
    """One step of a search, opened."""

    done_on: date
    text: str


def check_tracing(tracing: Tracing) -> None:
    """A search goes on only with the child's own yes; a refusal is written as such. Raises Missing."""
    if tracing.child_consents and tracing.requested_on is None:
        raise Missing("requested_on")


def stepped(tracing: Tracing, status: str, on: date) -> Tracing:
    """The search after a step. status: "" where it stays as it is. Raises TracingStopped once it ended."""
    if tracing.status not in SEARCHING:
        raise TracingStopped(tracing.tracing_no)
    if not status or status == tracing.status:
        return tracing
    moved = replace(tracing, status=status)
    if status == "refus_enfant":
        return replace(moved, child_consents=False)
    if status == "famille_localisee":
        return replace(moved, located_on=on)
    if status == "famille_verifiee":
        return replace(moved, verified_on=on, located_on=tracing.located_on or on)
    return replace(moved, reunified_on=on) if status == "reunifie" else moved
