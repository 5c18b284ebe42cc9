"""What an exit leaves behind: how it was decided, what was handed over, the follow-up afterwards (field 3.7)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from shelter_desk.domain import settings
from shelter_desk.domain.casefile.minors import BestInterests
from shelter_desk.domain.errors import BadDates, ChildDecisionNeeded
from shelter_desk.domain.ids import AssetId, BelongingsId, ExitId, FollowUpId, MoveId, StayId, UserId
from shelter_desk.domain.moments import plain
from shelter_desk.domain.stays.stays import Stay

DECIDED_EXITS = frozenset({"avrr", "reunification", "famille_accueil", "rapatriement_consulaire"})
BIA_PREFIX = "EIS-"
TOLD_NOTHING = frozenset({"deces", "fugue_disparition", "non_admis", "erreur_saisie"})  # exits that nobody prepares


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


BACK, LOST, STILL_OUT = "back", "lost", "out"  # what becomes of a loan of the store


@dataclass(frozen=True, slots=True)
class LoanEnd:
    """What becomes of a loan of the store at an exit. end: it comes `back` to its lot, is `lost`, or stays `out`.

    reason: of what is lost or stays out.
    """

    move: MoveId
    end: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ExitRecord:
    """What is said of an exit when it is written or later.

    handed_to: the name of the adult who receives a child, sealed apart. returned: deposits given back in the same act;
    brought_back: things of the shelter that were lent and come back into the store in the same act; loans: what becomes
    of what the store lent.
    """

    exit: Exit
    handed_to: str = ""
    returned: tuple[BelongingsId, ...] = ()
    brought_back: tuple[AssetId, ...] = ()
    loans: tuple[LoanEnd, ...] = ()


def completed(old: Exit | None, said: ExitRecord) -> ExitRecord:
    """What is said later, over what was said at the exit: nothing of the decision for a child is emptied by silence."""
    if old is None:
        return said
    new = said.exit
    kept = replace(
        new,
        child_decision_ref=new.child_decision_ref.strip() or old.child_decision_ref,
        handed_relation=new.handed_relation or old.handed_relation,
        identity_checked=new.identity_checked or old.identity_checked,
    )
    return replace(said, exit=kept)


def is_decided_anew(old: Exit | None, said: ExitRecord) -> bool:
    """Whether what is said later changes the decision for a child, or who received it (R-10)."""
    before = old or nothing_said(said.exit.stay)
    changed = any(getattr(before, key) != getattr(said.exit, key) for key in _OF_CHILD)
    return changed or bool(said.handed_to.strip())


_OF_CHILD = ("child_decision_ref", "handed_relation", "identity_checked")


def nothing_said(stay: StayId) -> Exit:
    """An exit of which nothing is known but its day, reason and destination."""
    return Exit(ExitId(0), stay)


def needs_decision(reason: str, alone: bool) -> bool:
    """Whether R-10 speaks: a child alone leaves for good to somebody else."""
    return alone and reason in DECIDED_EXITS


def allows(bia: BestInterests, reason: str, on: date) -> bool:
    """Whether this assessment lets the child leave so on that day: validated, recommended, no BID still awaited."""
    decided = bia.validated_on is not None and bia.validated_on <= on and reason in bia.recommended_exits
    return decided and not (bia.needs_bid and bia.bid_decided_on is None)


def check_child_exit(
    code: str,
    reason: str,
    on: date,
    said: ExitRecord | None,
    assessed: Iterable[BestInterests],
    is_handed: bool = False,
) -> None:
    """R-10: a decision for the child, and an adult who receives it, whose identity was checked.

    is_handed: the name of that adult is written already.

    The decision is a validated assessment that recommends this exit, by its number, or the reference of a BID or of a
    court. Raises ChildDecisionNeeded.
    """
    told = said or ExitRecord(nothing_said(StayId(0)))
    ref = told.exit.child_decision_ref.strip()
    if not ref:
        raise ChildDecisionNeeded(code, "decision")
    known = list(assessed)
    named = next((one for one in known if one.bia_no.casefold() == ref.casefold()), None)
    if named is not None:
        _check_assessment(code, reason, on, named, known)
    elif ref.upper().startswith(BIA_PREFIX):
        raise ChildDecisionNeeded(code, "unknown")
    if not (told.handed_to.strip() or is_handed):
        raise ChildDecisionNeeded(code, "receiver")
    if not told.exit.handed_relation:
        raise ChildDecisionNeeded(code, "relation")
    if not told.exit.identity_checked:
        raise ChildDecisionNeeded(code, "identity")


def _check_assessment(code: str, reason: str, on: date, named: BestInterests, known: list[BestInterests]) -> None:
    if named.validated_on is None or named.validated_on > on:
        raise ChildDecisionNeeded(code, "not_validated")
    if reason not in named.recommended_exits:
        raise ChildDecisionNeeded(code, "not_recommended")
    if not allows(named, reason, on):
        raise ChildDecisionNeeded(code, "bid_awaited")
    later = (one for one in known if (one.assessed_on, one.id) > (named.assessed_on, named.id))
    if any(one.validated_on and one.recommended_exits and reason not in one.recommended_exits for one in later):
        raise ChildDecisionNeeded(code, "replaced")


def apart(leaving: Iterable[Stay], staying: Iterable[Stay]) -> tuple[list[Stay], list[Stay]]:
    """R-32: of those who stay, the dependants of somebody who leaves, and the adults whose dependant leaves."""
    gone, here = list(leaving), list(staying)
    heads, charges = {one.id for one in gone}, {one.head for one in gone}
    return [one for one in here if one.head in heads], [one for one in here if one.id in charges]


def check_closing(stay: Stay, on: date) -> None:
    """A case is closed on the day of the exit or later. Raises BadDates."""
    if stay.exited_at is None or on < stay.exited_at.date():
        raise BadDates(stay.exited_at or stay.admitted_at, plain(on))


def days_open(stay: Stay, exit_: Exit | None, today: date, kept: Mapping[str, str] = settings.NOTHING_KEPT) -> int:
    """R-33: days since the exit while the case is open, 0 where it is closed, not left, or within its 30 days."""
    if stay.exited_at is None or not stay.counts or (exit_ is not None and exit_.case_closed_on is not None):
        return 0
    days = (today - stay.exited_at.date()).days
    return days if days > settings.whole(kept, "case_closure_days") else 0


def is_overdue(follow_up: FollowUp, today: date) -> bool:
    """R-33: a follow-up whose day has passed and that nobody held."""
    return follow_up.held_on is None and follow_up.due_on < today


def asked_later(stay: Stay, exit_: Exit | None) -> tuple[str, ...]:
    """What the form of the exit may leave open and is asked afterwards, by field (field 3.7)."""
    if stay.exited_at is None or stay.exit_reason in TOLD_NOTHING:
        return ()
    said = exit_ or nothing_said(stay.id)
    abroad = stay.exit_destination in ("pays_origine", "pays_tiers")
    open_ones = (
        ("exit_decided_by", not said.decided_by),
        ("dest_country", abroad and not said.dest_country),
        ("dest_region", stay.exit_destination in ("mali_region", "mali_autre") and not said.dest_region),
        ("safety_ok", said.safety_ok is None),
        ("needs_met", not said.needs_met),
        ("follow_up_consent", not said.follow_up_consent),
    )
    return tuple(field for field, is_open in open_ones if is_open)
