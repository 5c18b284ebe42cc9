"""Partners, consents and referrals in the file.

What was done for a person without their consent, and why.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, case, func, or_, select

from shelter_desk.domain.assistance.referrals import OPEN, SERVED, UNSERVED, Consent, Partner, Referral, same_name
from shelter_desk.domain.consent.consents import WithoutConsent
from shelter_desk.domain.ids import ConsentId, PartnerId, PersonId, ReferralId, StayId, UserId
from shelter_desk.domain.moments import Period
from shelter_desk.storage import tables
from shelter_desk.storage.file.column_values import day_or_none, joined, moment_or_none, named, parts, to_text
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.file.trail import Trail
from shelter_desk.storage.numbering import last_number
from shelter_desk.storage.residents.person_sealers import opened

TABLE = "consent_exceptions"


def add_exception(trail: Trail, person: PersonId, one: WithoutConsent, own: Sealer, recorded_at: Any) -> None:
    """Store it, its reason sealed."""
    row = {
        "person_id": person,
        "consent_purpose": one.purpose,
        "exception_code": one.exception,
        "done_on": one.done_on.isoformat(),
        "by_id": one.by,
        "about": one.about,
        "recorded_at": to_text(recorded_at),
    }
    key = trail.add(TABLE, row)
    trail.change(TABLE, key, {"reason": own.seal(TABLE, "reason", key, one.reason)})


def exceptions_of(connection: Connection, person: PersonId, own: Sealer | None = None) -> list[WithoutConsent]:
    """What was done so, latest first. own: opens the reasons; without it they stay empty."""
    of_ = tables.consent_exceptions.c
    wanted = (
        select(tables.consent_exceptions).where(of_.person_id == person).order_by(of_.done_on.desc(), of_.id.desc())
    )
    return [
        WithoutConsent(
            row.consent_purpose,
            row.exception_code,
            date.fromisoformat(row.done_on),
            None if row.by_id is None else UserId(row.by_id),
            row.about,
            opened(own, TABLE, "reason", row.id, row.reason),
        )
        for row in connection.execute(wanted)
    ]


_OF = tables.referrals.c
_ENDED = case(
    (_OF.referral_status.in_(sorted(SERVED)), func.coalesce(_OF.served_on, _OF.closed_on)),
    (_OF.referral_status.in_(sorted(UNSERVED)), _OF.closed_on),
)
_TOUCHING = (
    select(tables.referrals)
    .where(_OF.issued_on <= bindparam("last"))
    .where(or_(_OF.issued_on >= bindparam("first"), func.coalesce(_ENDED, bindparam("first")) >= bindparam("first")))
    .order_by(_OF.issued_on, _OF.id)
)


def partner_of(row: Any) -> Partner:
    """The fact in a row of `partners`."""
    return Partner(
        PartnerId(row.id),
        row.name,
        row.partner_type,
        row.town,
        row.contact,
        parts(row.services_offered),
        bool(row.active),
        row.phone,
        row.opening_hours,
        row.conditions,
    )


def partner_row(partner: Partner) -> dict[str, Any]:
    """A partner as it is stored, without its id."""
    return {
        "name": partner.name,
        "partner_type": partner.partner_type,
        "town": partner.town,
        "contact": partner.contact,
        "services_offered": joined(partner.services_offered),
        "active": partner.is_active,
        "phone": partner.phone,
        "opening_hours": partner.opening_hours,
        "conditions": partner.conditions,
    }


def consent_of(row: Any) -> Consent:
    """The fact in a row of `consents`."""
    return Consent(
        ConsentId(row.id),
        PersonId(row.person_id),
        row.consent_purpose,
        row.consent_status,
        row.consent_mode,
        row.given_by,
        date.fromisoformat(row.given_on),
        row.recipient,
        parts(row.scope),
        parts(row.explained),
        row.language,
        row.interpreter,
        row.child_assent,
        day_or_none(row.valid_until),
        day_or_none(row.withdrawn_on),
        row.withdrawn_effect,
        row.paper_ref,
        row.witness,
        moment_or_none(row.recorded_at),
    )


def consent_row(consent: Consent) -> dict[str, Any]:
    """A consent as it is stored, without its id."""
    return {
        "person_id": consent.person,
        "consent_purpose": consent.purpose,
        "recipient": consent.recipient,
        "scope": joined(consent.scope),
        "explained": joined(consent.explained),
        "language": consent.language,
        "interpreter": consent.interpreter,
        "consent_status": consent.status,
        "consent_mode": consent.mode,
        "given_by": consent.given_by,
        "child_assent": consent.child_assent,
        "given_on": consent.given_on.isoformat(),
        "valid_until": _day(consent.valid_until),
        "withdrawn_on": _day(consent.withdrawn_on),
        "withdrawn_effect": consent.withdrawn_effect,
        "paper_ref": consent.paper_ref,
        "witness": consent.witness,
        "recorded_at": to_text(consent.recorded_at),
    }


def referral_of(row: Any) -> Referral:
    """The fact in a row of `referrals`, without its summary."""
    return Referral(
        ReferralId(row.id),
        row.referral_no,
        StayId(row.stay_id),
        row.direction,
        date.fromisoformat(row.issued_on),
        row.partner,
        row.referral_status,
        parts(row.service_wanted),
        row.urgency,
        row.partner_contact,
        row.reason_code,
        None if row.consent_id is None else ConsentId(row.consent_id),
        row.exception_code,
        row.exception_reason,
        parts(row.data_shared),
        row.transport_escort,
        moment_or_none(row.appointment_at),
        day_or_none(row.accepted_on),
        day_or_none(row.served_on),
        day_or_none(row.closed_on),
        row.feedback_kind,
        row.outcome,
        day_or_none(row.follow_up_on),
        moment_or_none(row.recorded_at),
    )


def referral_row(referral: Referral) -> dict[str, Any]:
    """A referral as it is stored, without its id and its summary."""
    return {
        "referral_no": referral.referral_no,
        "stay_id": referral.stay,
        "direction": referral.direction,
        "issued_on": referral.issued_on.isoformat(),
        "urgency": referral.urgency,
        "partner": referral.partner,
        "partner_contact": referral.partner_contact,
        "service_wanted": joined(referral.service_wanted),
        "reason_code": referral.reason_code,
        "referral_status": referral.state,
        "consent_id": referral.consent,
        "exception_code": referral.exception,
        "exception_reason": referral.exception_reason,
        "data_shared": joined(referral.data_shared),
        "transport_escort": referral.transport_escort,
        "appointment_at": to_text(referral.appointment_at),
        "accepted_on": _day(referral.accepted_on),
        "served_on": _day(referral.served_on),
        "closed_on": _day(referral.closed_on),
        "feedback_kind": referral.feedback_kind,
        "outcome": referral.outcome,
        "follow_up_on": _day(referral.follow_up_on),
        "recorded_at": to_text(referral.recorded_at),
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def partners(connection: Connection) -> list[Partner]:
    """The directory, in order of name."""
    wanted = select(tables.partners).order_by(func.lower(tables.partners.c.name))
    return list(map(partner_of, connection.execute(wanted)))


def partner(connection: Connection, partner_id: PartnerId) -> Partner:
    """One structure of the directory."""
    return partner_of(connection.execute(select(tables.partners).where(tables.partners.c.id == partner_id)).one())


def partner_named(connection: Connection, name: str) -> Partner | None:
    """The structure of that name, capitals and spaces aside."""
    return next((one for one in partners(connection) if same_name(one.name, name)), None)


def naming(connection: Connection, name: str) -> tuple[list[ReferralId], list[ConsentId]]:
    """The referrals and the consents that name this structure."""
    referred = select(tables.referrals.c.id).where(tables.referrals.c.partner == name)
    agreed = select(tables.consents.c.id).where(tables.consents.c.recipient == name)
    return (
        [ReferralId(key) for key in connection.execute(referred).scalars()],
        [ConsentId(key) for key in connection.execute(agreed).scalars()],
    )


def consent(connection: Connection, consent_id: ConsentId) -> Consent:
    """One decision."""
    return consent_of(connection.execute(select(tables.consents).where(tables.consents.c.id == consent_id)).one())


def consents(connection: Connection, person: PersonId) -> list[Consent]:
    """What a person decided, latest first."""
    of = tables.consents.c
    wanted = select(tables.consents).where(of.person_id == person).order_by(of.given_on.desc(), of.id.desc())
    return list(map(consent_of, connection.execute(wanted)))


def referral(connection: Connection, referral_id: ReferralId) -> Referral:
    """One referral."""
    wanted = select(tables.referrals).where(tables.referrals.c.id == referral_id)
    return referral_of(connection.execute(wanted).one())


def consents_of(connection: Connection, persons: Iterable[PersonId]) -> dict[PersonId, list[Consent]]:
    """What each of these decided; somebody who was asked nothing is left out."""
    wanted = select(tables.consents).where(tables.consents.c.person_id.in_(list(persons)))
    found: dict[PersonId, list[Consent]] = {}
    for one in map(consent_of, connection.execute(wanted)):
        found.setdefault(one.person, []).append(one)
    return found


def known(connection: Connection, referral_id: ReferralId) -> bool:
    """True while the referral is in the file: the act that made it may have been undone."""
    wanted = select(tables.referrals.c.id).where(tables.referrals.c.id == referral_id)
    return connection.execute(wanted).first() is not None


def of_person(connection: Connection, person: PersonId) -> list[Referral]:
    """The referrals of all stays of a person, in every state, latest first."""
    stays = select(tables.stays.c.id).where(tables.stays.c.person_id == person)
    return of_stays(connection, [StayId(key) for key in connection.execute(stays).scalars()])


def listed(connection: Connection, open_ones: bool = False) -> list[Referral]:
    """All referrals, latest first. open_ones: those alone that wait for an answer or for the service."""
    of = tables.referrals.c
    wanted = select(tables.referrals).order_by(of.issued_on.desc(), of.id.desc())
    if open_ones:
        wanted = wanted.where(of.referral_status.in_(sorted(OPEN)))
    return list(map(referral_of, connection.execute(wanted)))


def persons_of(connection: Connection, stays: Iterable[StayId]) -> dict[StayId, PersonId]:
    """Whose stays these are."""
    of = tables.stays.c
    found = connection.execute(select(of.id, of.person_id).where(of.id.in_(list(stays))))
    return {StayId(row.id): PersonId(row.person_id) for row in found}


def summary(connection: Connection, protection: Sealer, referral_id: ReferralId) -> str:
    """What was written to be told with a referral; "" where there is nothing, or its key is gone with the identity."""
    joined_ = tables.referrals.join(tables.stays).join(tables.persons)
    wanted = select(tables.referrals.c.summary_shared, tables.persons.c.id, tables.persons.c.protection_seal)
    row = connection.execute(wanted.select_from(joined_).where(tables.referrals.c.id == referral_id)).one()
    if not row.summary_shared or row.protection_seal is None:
        return ""
    own = protection.of_row("persons", row.id, row.protection_seal)
    return own.unseal("referrals", "summary_shared", referral_id, row.summary_shared)


def has_summary(connection: Connection, ids: Iterable[ReferralId]) -> set[ReferralId]:
    """Which of these have a summary, none of which is opened."""
    of = tables.referrals.c
    wanted = select(of.id).where(of.id.in_(list(ids)), func.length(of.summary_shared) > 0)
    return {ReferralId(key) for key in connection.execute(wanted).scalars()}


def of_stays(connection: Connection, stays: Iterable[StayId]) -> list[Referral]:
    """The referrals of these stays, in every state, latest first."""
    of = tables.referrals.c
    wanted = select(tables.referrals).where(of.stay_id.in_(list(stays))).order_by(of.issued_on.desc(), of.id.desc())
    return list(map(referral_of, connection.execute(wanted)))


def touching(connection: Connection, period: Period) -> tuple[Referral, ...]:
    """The referrals issued in the period, and those issued before that had not ended by its first day.

    Of the days only those that end a referral in its state are looked at (`Referral.ended_on`).
    """
    bounds = {"first": period.first.isoformat(), "last": period.last.isoformat()}
    return tuple(map(referral_of, named(connection.execute(_TOUCHING, bounds))))


def next_referral_no(connection: Connection, year: int) -> str:
    """The next free number of a referral, `R-2026-0001`; it is not the number of the file (field 6.7)."""
    return f"R-{year}-{last_number(connection, tables.referrals.c.referral_no, f'R-{year}-') + 1:04}"
