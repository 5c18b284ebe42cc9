"""What is kept of a minor besides the rest: guardian, best interests, tracing, who was told (field 3.17)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from shelter_desk.domain import settings
from shelter_desk.domain.checks import check_given, check_order
from shelter_desk.domain.errors import Missing, RuleBroken, SecondPersonNeeded
from shelter_desk.domain.ids import BestInterestsId, GuardianId, NotificationId, PersonId, StayId, TracingId, UserId
from shelter_desk.domain.residents.residents import Birth, majority
from shelter_desk.domain.stays.stays import Stay

ALONE = frozenset({"non_accompagne", "separe", "chef_menage"})  # `child_status` of those without their parents
ADULT = "sans_objet"  # `child_status` of somebody who is no child
SERVICES = ("service_social", "justice")  # the `partner_type` that R-11 has told of a child alone
WATCH_DAYS = (60, 30, 7)  # before the 18th birthday
ASKED = frozenset({"demande_faite", "provisoire", "designe"})  # `guardian_status` after the request
APPOINTED = frozenset({"provisoire", "designe"})
BIRTH_PAPERS = frozenset({"acte_naissance", "jugement_suppletif"})  # `id_document`
IDENTITY_PAPERS = frozenset({"cni_nina", "passeport", "laissez_passer", "carte_consulaire", "attestation_hcr"})

Need = Literal["service", "guardian_asked", "guardian", "bia_short", "bia_full"]


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

    @property
    def is_done(self) -> bool:
        """False for one that is to be made or under way (R-09, T5)."""
        return self.status not in ("a_faire", "en_cours")


@dataclass(frozen=True, slots=True)
class Notification:
    """The competent service was told of an unaccompanied or separated child (R-11). service: a `partner_type`."""

    id: NotificationId
    stay: StayId
    notified_on: date
    service: str
    reference: str = ""
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Option:
    """One way weighed in an assessment of best interests, with what speaks for and against it."""

    what: str
    pros: str = ""
    cons: str = ""


@dataclass(frozen=True, slots=True)
class BestInterestsWords:
    """What was said in an assessment; sealed. child_view and recommendation are never left empty."""

    child_view: str
    recommendation: str
    options: tuple[Option, ...] = ()
    family_view: str = ""
    safety: str = ""
    care_now: str = ""
    health_education: str = ""


class AlreadyValidated(RuleBroken):
    """The direction stands by this assessment of best interests already."""

    bia_no: str


class SituationRefused(RuleBroken):
    """The situation of a child is not written so (field 2.4).

    why: `adult` where a minor would be written as an adult; `alone` where a child alone would be one no more and the
    manager gives no reason.
    """

    code: str
    why: Literal["adult", "alone"]


# What a child alone needs ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MinorDue:
    """One thing that a child alone needs. by: the last day in time; done_on: the day it was done, None until then."""

    need: Need
    rule: str
    by: date
    done_on: date | None = None

    def is_overdue(self, today: date) -> bool:
        """True when it is not done and its last day is past."""
        return self.done_on is None and today > self.by


def is_alone(birth: Birth, stay: Stay, on: date) -> bool:
    """An unaccompanied or separated child, or the head of a household of children.

    A doubt protects: so is a known minor without an adult of the family here, whose situation nobody wrote, or who is
    written as an adult. The report counts what was written instead (interfaces.md 4, T5).
    """
    return stands_alone(birth, stay.child_status, stay.head_on(on) is not None, on)


def stands_alone(birth: Birth, child_status: str, with_family: bool, on: date) -> bool:
    """The same, of what is known of a stay. with_family: the child came with an adult who is hosted."""
    if child_status in ALONE:
        return birth.protected_as_minor(on)
    return child_status in ("", ADULT) and not with_family and birth.is_minor(on)


def check_situation(code: str, birth: Birth, child_status: str, on: date) -> None:
    """A known minor is not written as an adult. Raises SituationRefused."""
    if child_status == ADULT and birth.is_minor(on):
        raise SituationRefused(code, "adult")


def is_released(was: Birth, before: Stay, now: Birth, after: Stay, on: date) -> bool:
    """Whether a correction makes somebody who was written as a child alone on a day of the stay one no more.

    on: today, or the day of the exit. Who came of age since is an adult then, and stays alone on the days before.
    """
    first = before.admitted_at.date()
    if before.child_status not in ALONE or not was.protected_as_minor(first):
        return False
    grew_up = after.child_status == ADULT and after.head is None and not was.protected_as_minor(on)
    if after.child_status not in ALONE and not grew_up:
        return True
    return any(was.protected_as_minor(day) and not now.protected_as_minor(day) for day in (first, on))


def was_minor(birth: Birth, stay: Stay) -> bool:
    """Protected as a minor on some day of the stay; who was said to be an adult is none for want of an age."""
    first = stay.admitted_at.date()
    doubt = birth.protected_as_minor(first) and stay.child_status != "sans_objet"
    return not stay.is_void and (birth.is_minor(first) or doubt)


def dues(
    stay: Stay,
    guardians: Iterable[Guardian],
    assessed: Iterable[BestInterests],
    notified: Iterable[Notification],
    kept: Mapping[str, str] = settings.NOTHING_KEPT,
) -> tuple[MinorDue, ...]:
    """What is due for a child alone, counted from the day of the admission (R-08, R-09, R-11; field 10).

    A guardian said not to be needed settles both lines of the guardian; a whole assessment also stands for the short
    one. kept: the settings.
    """
    known, done = list(guardians), [one for one in assessed if one.stay == stay.id]
    waived = [_since(one) for one in known if one.status == "non_requis"]
    asked = [one.requested_on or _since(one) for one in known if one.status in ASKED]
    named = [_since(one) for one in known if one.status in APPOINTED]
    whole = [one.assessed_on for one in done if one.form == "complete"]
    told = [one.notified_on for one in notified if one.stay == stay.id and one.service in SERVICES]
    found: tuple[tuple[Need, str, str, list[date]], ...] = (
        ("service", "R-11", "notify_service_days", told),
        ("guardian_asked", "R-08", "guardian_request_days", asked + waived),
        ("bia_short", "R-09", "bia_short_days", [one.assessed_on for one in done]),
        ("bia_full", "R-09", "bia_full_days", whole),
        ("guardian", "R-08", "guardian_days", named + waived),
    )
    first = stay.admitted_at.date()
    return tuple(
        MinorDue(need, rule, first + timedelta(settings.whole(kept, key)), min(days, default=None))
        for need, rule, key, days in found
    )


def _since(guardian: Guardian) -> date:
    """The day from which a state of the guardianship holds."""
    recorded = guardian.recorded_at.date() if guardian.recorded_at else None
    return guardian.started_on or guardian.requested_on or recorded or date.max


def in_order(guardians: Iterable[Guardian]) -> list[Guardian]:
    """The states of a guardianship by the day from which each holds, of one day as they were written."""
    return sorted(guardians, key=lambda one: (_since(one), one.id))


def guardian_on(guardians: Iterable[Guardian], day: date) -> Guardian | None:
    """The state that holds on that day, whenever it was typed."""
    return next((one for one in reversed(in_order(guardians)) if _since(one) <= day), None)


def heads_a_family(stay: Stay, household: Iterable[Stay]) -> bool:
    """R-22 as far as stays tell it: somebody came in the care of this minor."""
    return any(other.head == stay.id and not other.is_void for other in household)


# The 18th birthday ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Birthday:
    """The 18th birthday that comes near, or has passed with a child's situation still written (R-07).

    days: until then, below 0 when it has passed. step: the mark reached of 60, 30 and 7 days, 0 on the day and after.
    """

    on: date
    days: int
    step: int


def birthday(birth: Birth, child_status: str, today: date) -> Birthday | None:
    """The birthday to prepare, None while it is far or nothing is left to settle."""
    day = majority(birth)
    if day is None:
        return None
    days = (day - today).days
    if days <= 0:
        return Birthday(day, days, 0) if child_status not in ("", "sans_objet") else None
    step = min((mark for mark in WATCH_DAYS if days <= mark), default=None)
    return None if step is None else Birthday(day, days, step)


def papers_missing(kinds: Iterable[str]) -> tuple[Literal["birth", "identity"], ...]:
    """Which papers somebody who turns 18 still lacks: the proof of birth, the proof of identity."""
    lacking: dict[Literal["birth", "identity"], bool] = {
        "birth": BIRTH_PAPERS.isdisjoint(kinds),
        "identity": IDENTITY_PAPERS.isdisjoint(kinds),
    }
    return tuple(paper for paper, is_lacking in lacking.items() if is_lacking)


# Best interests -------------------------------------------------------------------------------------------------------


def check_assessment(bia: BestInterests, said: BestInterestsWords) -> None:
    """What an assessment is never without: a trained assessor, the child's view, a recommendation, the next review.

    Raises Missing, BadDates.
    """
    check_given("bia_trigger", bia.trigger)
    check_given("assessor_trained", bia.assessor_trained)
    check_given("child_view", said.child_view.strip())
    check_given("recommendation", said.recommendation.strip())
    check_given("next_review", bia.next_review)
    if any(not option.what.strip() for option in said.options):
        raise Missing("options")
    check_order(bia.assessed_on, bia.next_review)


def validated(bia: BestInterests, by: UserId, on: date, only_one: bool, reason: str) -> BestInterests:
    """The assessment once the direction stands by it.

    Two persons look at a child's case: whoever made it validates it alone only where no second director exists, and
    says why. Raises AlreadyValidated, SecondPersonNeeded, Missing.
    """
    if bia.validated_by is not None:
        raise AlreadyValidated(bia.bia_no)
    if bia.assessor == by and not only_one:
        raise SecondPersonNeeded("same")
    if bia.assessor == by and not reason.strip():
        raise Missing("alone_reason")
    return replace(bia, validated_by=by, validated_on=on)


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
