"""What is kept of a minor besides the rest: guardian, best interests, tracing, who was told (domain 3.17)."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from shelter_desk.domain.ids import (
    BestInterestsId,
    GuardianId,
    NotificationId,
    PersonId,
    StayId,
    TracingId,
    UserId,
)

ALONE = frozenset({"non_accompagne", "separe", "chef_menage"})  # `child_status` of those without their parents


@dataclass(frozen=True, slots=True)
class Guardian:
    """How the guardianship of a child stands, from `started_on` on; name and contact are sealed and read apart."""

    id: GuardianId
    person: PersonId
    status: str
    requested_on: date | None = None
    authority: str = ""
    kind: str = ""
    decision_ref: str = ""
    started_on: date | None = None
    ended_on: date | None = None
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class BestInterests:
    """One assessment of a child's best interests; what was said is sealed and read apart.

    form: `courte` or `complete` (R-09). recommended_exits: the `exit_reason` it allows. needs_bid: a formal
    determination is asked of the competent authority.
    """

    id: BestInterestsId
    bia_no: str
    stay: StayId
    trigger: str
    form: Literal["courte", "complete"]
    assessed_on: date
    status: str
    assessor: UserId | None = None
    assessor_trained: bool = False
    recommended_exits: tuple[str, ...] = ()
    validated_by: UserId | None = None
    validated_on: date | None = None
    next_review: date | None = None
    needs_bid: bool = False
    bid_requested_on: date | None = None
    bid_decided_on: date | None = None
    bid_ref: str = ""
    recorded_at: datetime | None = None


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
class Notification:
    """The competent service was told of an unaccompanied or separated child (R-11). service: a `partner_type`."""

    id: NotificationId
    stay: StayId
    notified_on: date
    service: str
    reference: str = ""
    recorded_at: datetime | None = None
