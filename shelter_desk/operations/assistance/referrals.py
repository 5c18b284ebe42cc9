"""Refer a resident to another structure and follow what becomes of it; receive those who are referred here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from shelter_desk.domain.assistance import referrals as decide
from shelter_desk.domain.assistance.referrals import MINIMUM, Direction, NotNext, Partner, Referral, State
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.checks import (
    check_codes,
    check_given,
    check_not_future,
    check_optional_code,
    check_required_code,
)
from shelter_desk.domain.consent import consents
from shelter_desk.domain.consent.consents import RECORDING
from shelter_desk.domain.errors import NoSuch
from shelter_desk.domain.ids import ConsentId, PersonId, ReferralId, StayId
from shelter_desk.domain.plausible_dates import check_not_before, first_day
from shelter_desk.domain.residents.residents import Person
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.consent import consent_checks
from shelter_desk.operations.desk import Desk, Done, NumberedRow, Writing, needs
from shelter_desk.operations.residents import person_acts
from shelter_desk.storage.assistance import referrals as stored_referrals
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.residents import residents
from shelter_desk.storage.stays import stays

TOPICS = Changes(stays=True)
# the states that a referral is advanced to, and the journal action of each; `emise` asks for more, see `issue`
_STEPS: Mapping[State, str] = {
    "acceptee": "refer_accept",
    "service_recu": "refer_serve",
    "cloturee": "refer_close",
    "refusee_structure": "refer_refused",
    "refusee_personne": "refer_declined",
    "sans_suite": "refer_no_answer",
    "annulee": "refer_cancel",
}


@dataclass(frozen=True, slots=True)
class Wish:
    """What a referral asks for. partner: the name of a structure of the directory. summary: sealed, read together
    with the person. follow_up_on: when to ask again, by the urgency where it is left open."""

    stay: StayId
    partner: str
    service_wanted: tuple[str, ...]
    reason_code: str
    urgency: str = "normale"
    data_shared: tuple[str, ...] = MINIMUM
    summary: str = ""
    partner_contact: str = ""
    transport_escort: str = ""
    appointment_at: datetime | None = None
    follow_up_on: date | None = None


@dataclass(frozen=True, slots=True)
class ReferralLine:
    """One referral with whom it is about. days_late: since its follow-up was due, None while nothing is.

    why_not: of a draft or an open one, why the consents of today do not allow sharing; None where they do, an
    exception stands, or it came here.
    """

    referral: Referral
    person: Person
    partner_type: str
    days_late: int | None
    why_not: str | None
    has_summary: bool


@needs(Permission.ASSIST_SEE)
def board(desk: Desk) -> list[ReferralLine]:
    """Every referral: those whose follow-up is due first, the latest late first, then by state, latest first."""
    with desk.reading() as connection:
        found = _lines(desk, connection, stored_referrals.listed(connection))
    order = list(decide.NEXT)
    return sorted(
        found,
        key=lambda one: (-(one.days_late + 1) if one.days_late is not None else 0, order.index(one.referral.state)),
    )


@needs(Permission.ASSIST_SEE)
def overdue(desk: Desk) -> list[ReferralLine]:
    """The referrals whose follow-up is due, the latest first: for the list of what is to be done."""
    with desk.reading() as connection:
        found = _lines(desk, connection, stored_referrals.listed(connection, open_ones=True))
    late = [one for one in found if one.days_late is not None]
    return sorted(late, key=lambda one: one.days_late or 0, reverse=True)


@needs(Permission.ASSIST_SEE)
def of(desk: Desk, person: PersonId) -> list[ReferralLine]:
    """The referrals of all stays of a person, latest first."""
    with desk.reading() as connection:
        return _lines(desk, connection, stored_referrals.of_person(connection, person))


@needs(Permission.ASSIST_SEE)
def line(desk: Desk, referral: ReferralId) -> ReferralLine | None:
    """One referral, None where the act that made it was undone."""
    with desk.reading() as connection:
        if not stored_referrals.known(connection, referral):
            return None
        return _lines(desk, connection, [stored_referrals.REFERRALS.one(connection, referral)])[0]


def _lines(desk: Desk, connection: Connection, found: list[Referral]) -> list[ReferralLine]:
    whose = stays.persons_of(connection, {one.stay for one in found})
    people = residents.persons(connection, set(whose.values()))
    types = {one.name: one.partner_type for one in stored_referrals.partners(connection)}
    summaries = stored_referrals.has_summary(connection, [one.id for one in found])
    decided = stored_referrals.consents_of(connection, {whose[one.stay] for one in found if _may_share(one)})
    made = []
    for one in found:
        person = people[whose[one.stay]]
        kind = types.get(one.partner, "")
        why = _why_not(one, kind, decided.get(person.id, ()), desk.today())
        made.append(ReferralLine(one, person, kind, one.days_late(desk.today()), why, one.id in summaries))
    return made


def _may_share(one: Referral) -> bool:
    return one.direction == "sortante" and (one.is_open or one.state == "brouillon")


def _why_not(one: Referral, partner_type: str, decided: Sequence[decide.Consent], on: date) -> str | None:
    if not _may_share(one) or one.exception:
        return None
    purpose = decide.purpose_of(partner_type)
    return consents.why_not(consents.decisive(decided, purpose, one.partner, on), on, one.data_shared)


@needs(Permission.ASSIST)
def draft(desk: Desk, wish: Wish) -> NumberedRow[ReferralId]:
    """Prepare a referral; nothing is shared by it.

    Raises Missing, NotInList, NoSuch, NoConsent for a summary of somebody who did not agree to the recording (R-15).
    """
    return _make(desk, "refer_draft", wish, "sortante", "brouillon", desk.today())


@needs(Permission.ASSIST_SEE)
def standing(desk: Desk, person: PersonId, partner: str, data: tuple[str, ...] = MINIMUM) -> str | None:
    """Why the consents of today do not allow sharing this with that structure; None where they do. Raises NoSuch."""
    with desk.reading() as connection:
        found = _partner(connection, partner)
        decided = stored_referrals.consents(connection, person)
    purpose = decide.purpose_of(found.partner_type)
    return consents.why_not(consents.decisive(decided, purpose, found.name, desk.today()), desk.today(), data)


@needs(Permission.ASSIST)
def receive(desk: Desk, wish: Wish, on: date) -> NumberedRow[ReferralId]:
    """Write a referral by which a structure sent a resident here on that day; the consent is theirs to ask for.

    Raises Missing, NotInList, NoSuch, InTheFuture.
    """
    check_not_future(on, desk.today())
    return _make(desk, "refer_receive", wish, "entrante", "emise", on)


def _make(desk: Desk, action: str, wish: Wish, direction: Direction, state: State, on: date) -> NumberedRow[ReferralId]:
    _check(wish)
    with desk.writing(action, TOPICS) as writing:
        person = person_acts.person_of(writing.connection, wish.stay)
        number = stored_referrals.NUMBERS.next(writing.connection, on.year)
        new = _fill(writing, wish, Referral(ReferralId(0), number, wish.stay, direction, on, "", state))
        until = new.follow_up_on or (decide.follow_up(new.urgency, on) if state == "emise" else None)
        new = replace(new, follow_up_on=until, recorded_at=desk.now())
        key = ReferralId(writing.trail.add("referrals", stored_referrals.REFERRALS.write(new)))
        _keep_summary(desk, writing, person.id, key, wish.summary)
        writing.subject = person.code
    return NumberedRow(key, number, writing.done)


def _check(wish: Wish) -> None:
    check_given("service_wanted", wish.service_wanted)
    check_given("data_shared", wish.data_shared)
    check_required_code("referral_reason", wish.reason_code)
    check_required_code("referral_urgency", wish.urgency)
    check_optional_code("transport_escort", wish.transport_escort)
    check_codes("service_type", wish.service_wanted)
    check_codes("data_shared", wish.data_shared)


def _fill(writing: Writing, wish: Wish, referral: Referral) -> Referral:
    return replace(
        referral,
        partner=_partner(writing.connection, wish.partner).name,
        service_wanted=wish.service_wanted,
        urgency=wish.urgency,
        partner_contact=wish.partner_contact.strip(),
        reason_code=wish.reason_code,
        data_shared=wish.data_shared,
        transport_escort=wish.transport_escort,
        appointment_at=wish.appointment_at,
        follow_up_on=wish.follow_up_on,
    )


def _partner(connection: Connection, name: str) -> Partner:
    check_given("partner", name)
    found = stored_referrals.partner_named(connection, name)
    if found is None:
        raise NoSuch("partner", name)
    return found


def _keep_summary(desk: Desk, writing: Writing, person: PersonId, key: ReferralId, text: str) -> None:
    """Seal it with the protection key of the person; more than the minimum needs the consent to recording (R-15)."""
    former = stored_referrals.has_summary(writing.connection, [key])
    if not text.strip() and not former:
        return
    protection = desk.key_of_protection(Permission.ASSIST)
    if text.strip():
        consents.consent_for(stored_referrals.consents(writing.connection, person), RECORDING, "", desk.today())
    own = residents.protection_of(writing.connection, protection, person)
    writing.seal(own, "referrals", "summary_shared", key, text.strip())


@needs(Permission.ASSIST)
def change(desk: Desk, referral: ReferralId, wish: Wish, keeps_summary: bool = False) -> Done:
    """Write a draft anew. keeps_summary: the summary was not opened, so leave it as it is.

    Raises NotNext for one that is no draft any more, and what `draft` raises.
    """
    _check(wish)
    with desk.writing("refer_change", TOPICS) as writing:
        old = stored_referrals.REFERRALS.one(writing.connection, referral)
        if old.state != "brouillon":
            raise NotNext(old.state, "brouillon")
        person = person_acts.person_of(writing.connection, old.stay)
        new = _fill(writing, wish, old)
        writing.trail.change("referrals", referral, stored_referrals.REFERRALS.write(new))
        if not keeps_summary:
            _keep_summary(desk, writing, person.id, referral, wish.summary)
        writing.subject = person.code
    return writing.done


@needs(Permission.ASSIST)
def issue(desk: Desk, referral: ReferralId, on: date, exception: str = "", reason: str = "") -> Done:
    """Send a draft: from here on it counts, and the data goes.

    It stands on a consent for this purpose and this recipient that is in force on that day and still is today (R-16,
    R-17), or on an exception (`interet_vital`, `protection_enfant`) that the manager alone may use, with a reason.
    Raises NoConsent, NotAllowed for somebody else who names an exception, AsylumFirst (R-29), NotNext, InTheFuture,
    TooLongAgo before the person was ever here, NotInList, Missing.
    """
    with desk.writing("refer_issue", TOPICS) as writing:
        connection = writing.connection
        old = stored_referrals.REFERRALS.one(connection, referral)
        stay = stays.stay(connection, old.stay)
        person = residents.person(connection, stay.person)
        new = decide.advance(old, "emise", on, desk.today())
        check_not_before(on, first_day(stays.of_person(connection, person.id)))
        partner = _partner(connection, old.partner)
        consent_checks.check_referral(connection, stay, partner, old.service_wanted)
        if exception:
            desk.check(Permission.OVERRIDE_RULE)
            consents.check_exception(exception, reason, person.birth.protected_as_minor(on))
            new = replace(new, consent=None, exception=exception, exception_reason=reason.strip())
        else:
            _consent(connection, person.id, partner, desk.today(), old.data_shared)
            new = replace(new, consent=_consent(connection, person.id, partner, on, old.data_shared))
        writing.trail.change("referrals", referral, stored_referrals.REFERRALS.write(new))
        writing.subject = person.code
    return writing.done


def _consent(connection: Connection, person: PersonId, partner: Partner, on: date, data: tuple[str, ...]) -> ConsentId:
    decided = stored_referrals.consents(connection, person)
    return consents.consent_for(decided, decide.purpose_of(partner.partner_type), partner.name, on, data).id


@needs(Permission.ASSIST)
def advance(desk: Desk, referral: ReferralId, to: State, on: date, outcome: str = "", feedback_kind: str = "") -> Done:
    """Write the next step of a referral that was sent: what the structure or the person answered, what came of it.

    A person may decline without any other change of their care; a late answer opens again what had none; a cancelled
    one counts nowhere. outcome: `sans_reponse` of one without answer where it is left open. Raises NotNext,
    InTheFuture, BadDates, NotInList, Missing for a feedback (`cloturee`) without its kind or result.
    """
    check_optional_code("feedback_kind", feedback_kind)
    if to == "sans_suite":
        outcome = outcome or "sans_reponse"
    with desk.writing(_STEPS[to], TOPICS) as writing:
        old = stored_referrals.REFERRALS.one(writing.connection, referral)
        new = decide.advance(old, to, on, desk.today(), feedback_kind=feedback_kind, outcome=outcome)
        writing.trail.change("referrals", referral, stored_referrals.REFERRALS.write(new))
        writing.subject = person_acts.code_of(writing.connection, old.stay)
    return writing.done


@needs(Permission.ASSIST)
def ask_again_on(desk: Desk, referral: ReferralId, day: date | None) -> Done:
    """Follow it up on another day. Raises NotNext for one that waits for nothing."""
    with desk.writing("refer_follow_up", TOPICS) as writing:
        old = stored_referrals.REFERRALS.one(writing.connection, referral)
        if not old.is_open:
            raise NotNext(old.state, old.state)
        writing.trail.change("referrals", referral, stored_referrals.REFERRALS.write(replace(old, follow_up_on=day)))
        writing.subject = person_acts.code_of(writing.connection, old.stay)
    return writing.done
