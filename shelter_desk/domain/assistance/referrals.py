"""Referrals to and from other structures as a state machine, and the consents they stand on (field 2.14, 3.6, 3.8)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Literal

from shelter_desk.domain.checks import check_day, check_given
from shelter_desk.domain.errors import NotInList, RuleBroken
from shelter_desk.domain.ids import ConsentId, PartnerId, PersonId, ReferralId, StayId

Direction = Literal["sortante", "entrante"]
State = Literal[
    "brouillon",
    "emise",
    "acceptee",
    "service_recu",
    "cloturee",
    "refusee_structure",
    "refusee_personne",
    "sans_suite",
    "annulee",
]
OPEN: frozenset[State] = frozenset({"emise", "acceptee"})
SERVED: frozenset[State] = frozenset({"service_recu", "cloturee"})
UNSERVED: frozenset[State] = frozenset({"refusee_structure", "refusee_personne", "sans_suite"})
UNCOUNTED: frozenset[str] = frozenset({"brouillon", "annulee"})  # in no figure
NEXT: Mapping[State, frozenset[State]] = MappingProxyType(
    {
        "brouillon": frozenset({"emise", "annulee"}),
        "emise": frozenset({"acceptee", "service_recu", *UNSERVED, "annulee"}),
        "acceptee": frozenset({"service_recu", *UNSERVED, "annulee"}),
        "service_recu": frozenset({"cloturee"}),
        "cloturee": frozenset(),
        "refusee_structure": frozenset(),
        "refusee_personne": frozenset(),
        "sans_suite": frozenset({"acceptee", "service_recu"}),
        "annulee": frozenset(),
    }
)
OUTCOMES: Mapping[State, tuple[str, ...]] = MappingProxyType(
    {
        "service_recu": ("service_complet", "service_partiel"),
        "cloturee": ("service_complet", "service_partiel"),
        "refusee_structure": ("refus_structure",),
        "refusee_personne": ("refus_personne",),
        "sans_suite": ("sans_reponse", "pas_venu"),
    }
)
MINIMUM = ("code", "sexe", "age", "langue", "besoin")  # data shared unless more is agreed (field 3.6)
ASYLUM = "demandeur_asile"
RETURN = "ret_avrr"  # the service that leads back to the home State
HOME_STATE = frozenset({"avrr", "rapatriement_consulaire"})  # exits that lead there
_PURPOSES = {
    "oim": "partage_oim",
    "police": "partage_autorites",
    "gendarmerie": "partage_autorites",
    "justice": "partage_autorites",
    "consulat": "partage_consulat",
}
_FOLLOWED_AFTER = {"immediate": 1, "sous_3j": 3, "normale": 7}  # days


class NotNext(RuleBroken):
    """A referral cannot go from the state it is in to that one."""

    state: str
    wanted: str


class AsylumFirst(RuleBroken):
    """R-29: for somebody who seeks asylum no consulate and no return before a step with UNHCR.

    partner: the consulate, "" where a return is asked for.
    """

    partner: str = ""


@dataclass(frozen=True, slots=True)
class Partner:
    """A structure of the directory, typed by the shelter. services_offered: first levels or sub-types of services."""

    id: PartnerId
    name: str
    partner_type: str
    town: str = ""
    contact: str = ""
    services_offered: tuple[str, ...] = ()
    is_active: bool = True
    phone: str = ""
    opening_hours: str = ""
    conditions: str = ""


@dataclass(frozen=True, slots=True)
class Consent:
    """One decision of a person on one purpose and, for sharing, one recipient.

    valid_until: the last day it holds, None without end; it ends on the day of the withdrawal, that day included.
    """

    id: ConsentId
    person: PersonId
    purpose: str
    status: str
    mode: str
    given_by: str
    given_on: date
    recipient: str = ""
    scope: tuple[str, ...] = ()
    explained: tuple[str, ...] = ()
    language: str = ""
    interpreter: str = ""
    child_assent: str = ""
    valid_until: date | None = None
    withdrawn_on: date | None = None
    withdrawn_effect: str = ""
    paper_ref: str = ""
    witness: str = ""
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Referral:
    """One referral of a stay.

    exception: `interet_vital` or `protection_enfant` where it was issued without consent, with its reason (R-16).
    closed_on: of a refusal, of one without answer, or of the feedback after the service; the day a cancelled one ended.
    """

    id: ReferralId
    referral_no: str
    stay: StayId
    direction: Direction
    issued_on: date
    partner: str
    state: State
    service_wanted: tuple[str, ...] = ()
    urgency: str = "normale"
    partner_contact: str = ""
    reason_code: str = ""
    consent: ConsentId | None = None
    exception: str = ""
    exception_reason: str = ""
    data_shared: tuple[str, ...] = ()
    transport_escort: str = ""
    appointment_at: datetime | None = None
    accepted_on: date | None = None
    served_on: date | None = None
    closed_on: date | None = None
    feedback_kind: str = ""
    outcome: str = ""
    follow_up_on: date | None = None
    recorded_at: datetime | None = None

    @property
    def counts(self) -> bool:
        """False for drafts and cancelled ones."""
        return self.state not in UNCOUNTED

    @property
    def holds(self) -> bool:
        """True while an answer is waited for or once the service was received: nobody declined it (R-23)."""
        return self.state in OPEN or self.state in SERVED

    @property
    def ended_on(self) -> date | None:
        """The day from which it is not open any more (interfaces.md section 4); None while it is, or where unknown."""
        if self.state in SERVED:
            return self.served_on or self.closed_on
        return self.closed_on if self.state in UNSERVED else None

    @property
    def is_open(self) -> bool:
        """True while an answer or the service is waited for."""
        return self.state in OPEN

    def days_late(self, today: date) -> int | None:
        """Days since the follow-up was due, 0 on that day; None while nothing is due."""
        if not self.is_open or self.follow_up_on is None or today < self.follow_up_on:
            return None
        return (today - self.follow_up_on).days


def follow_up(urgency: str, issued_on: date) -> date:
    """When to ask what became of it, where no day was chosen."""
    return issued_on + timedelta(days=_FOLLOWED_AFTER.get(urgency, _FOLLOWED_AFTER["normale"]))


def advance(
    referral: Referral, to: State, on: date, today: date, *, feedback_kind: str = "", outcome: str = ""
) -> Referral:
    """The referral after it went to another state on that day; days never go back.

    Raises NotNext, InTheFuture, BadDates, Missing for a feedback without its kind or result, NotInList.
    """
    if to not in NEXT[referral.state]:
        raise NotNext(referral.state, to)
    dated = (referral.issued_on, referral.accepted_on, referral.served_on, referral.closed_on)
    check_day(on, today, None if referral.state == "brouillon" else max(day for day in dated if day))
    moved = replace(_dated(referral, to, on), state=to)
    if to == "cloturee":
        check_given("feedback_kind", feedback_kind)
        check_given("outcome", outcome or referral.outcome)
    possible = OUTCOMES.get(to, ())
    if not outcome:
        outcome = referral.outcome if to == "cloturee" else possible[0] if len(possible) == 1 else ""
    if outcome and outcome not in possible:
        raise NotInList("outcome", outcome)
    return replace(moved, feedback_kind=feedback_kind or referral.feedback_kind, outcome=outcome)


def _dated(referral: Referral, to: State, on: date) -> Referral:
    """With what the state says of the days; an answer after `sans_suite` opens it again."""
    if to == "emise":
        until = referral.follow_up_on or follow_up(referral.urgency, on)
        return replace(referral, issued_on=on, follow_up_on=until)
    if to == "acceptee":
        return replace(referral, accepted_on=on, closed_on=None)
    if to == "service_recu":
        return replace(referral, served_on=on, closed_on=None)
    return replace(referral, closed_on=on)


def purpose_of(partner_type: str) -> str:
    """The consent that a referral to such a structure stands on (R-16)."""
    return _PURPOSES.get(partner_type, "partage_structure")


def same_name(one: str, other: str) -> bool:
    """Whether two names mean one structure: capitals and spaces aside."""
    return " ".join(one.casefold().split()) == " ".join(other.casefold().split())
