"""The registers of incidents and complaints (domain 3.16), and who must not meet whom."""

from dataclasses import dataclass
from datetime import date, datetime

from shelter_desk.domain.ids import ContactRiskId, IncidentId, PersonId, ReferralId, RoomId, UserId

SEALED_TYPES = frozenset({"eas", "protection_enfant"})  # number, day and channel alone; counted together
COMPLAINT = "plainte"


@dataclass(frozen=True, slots=True)
class Incident:
    """One line of the register; persons, facts, measures and what followed are sealed and read apart.

    reported_by: None for a complaint whose author stays unnamed. channel: how a complaint came, or where a sealed
    matter goes on. answered_on: of a complaint.
    """

    id: IncidentId
    incident_no: str
    occurred_at: datetime
    reported_at: datetime
    incident_type: str
    severity: str
    reported_by: UserId | None = None
    room: RoomId | None = None
    channel: str = ""
    notified: tuple[str, ...] = ()
    notified_at: datetime | None = None
    referral: ReferralId | None = None
    answered_on: date | None = None
    closed_on: date | None = None
    closed_by: UserId | None = None
    lesson: str = ""

    @property
    def is_sealed(self) -> bool:
        """Kept by number, day and channel alone."""
        return self.incident_type in SEALED_TYPES


@dataclass(frozen=True, slots=True)
class ContactRisk:
    """Somebody who may be the perpetrator, or must not meet another person (R-28); why is sealed and read apart.

    other: None where no victim may meet the person. kind: `auteur_presume`, `recruteur` or `conflit`.
    """

    id: ContactRiskId
    person: PersonId
    kind: str
    noted_on: date
    other: PersonId | None = None
    ended_on: date | None = None
