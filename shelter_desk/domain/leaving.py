"""What an exit leaves behind: how it was decided, what was handed over, the follow-up afterwards (domain 3.7)."""

from dataclasses import dataclass
from datetime import date, datetime

from shelter_desk.domain.ids import BelongingsId, ExitId, FollowUpId, StayId, UserId


@dataclass(frozen=True, slots=True)
class Exit:
    """What is known of an exit besides its day, reason and destination; to whom a child was handed is sealed."""

    id: ExitId
    stay: StayId
    decided_by: str = ""
    dest_country: str = ""
    dest_region: str = ""
    child_decision_ref: str = ""
    handed_relation: str = ""
    identity_checked: bool = False
    escort: str = ""
    safety_ok: bool | None = None
    needs_met: str = ""
    valuables_returned: bool | None = None
    documents_given: tuple[str, ...] = ()
    follow_up_consent: str = ""
    follow_up_on: date | None = None
    follow_up_channel: str = ""
    case_closed_on: date | None = None
    closure_reason: str = ""
    approved_by: UserId | None = None
    approved_on: date | None = None


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A visit or call after the exit. held_on: None while it is due."""

    id: FollowUpId
    stay: StayId
    due_on: date
    held_on: date | None = None
    channel: str = ""
    outcome: str = ""
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Belongings:
    """What a resident deposited, under the number of a receipt; the list is sealed and read apart."""

    id: BelongingsId
    receipt_no: str
    stay: StayId
    deposited_on: date
    returned_on: date | None = None
    returned_to: str = ""
    recorded_at: datetime | None = None
