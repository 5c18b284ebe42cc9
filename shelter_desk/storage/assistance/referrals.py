"""Partners, consents and referrals in the file.

What was done for a person without their consent, and why.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, bindparam, case, func, or_, select

from shelter_desk.domain.assistance.referrals import OPEN, SERVED, UNSERVED, Consent, Partner, Referral, same_name
from shelter_desk.domain.consent.consents import WithoutConsent
from shelter_desk.domain.ids import ConsentId, PersonId, ReferralId, StayId
from shelter_desk.domain.moments import Period
from shelter_desk.storage import tables
from shelter_desk.storage.file.column_values import to_text
from shelter_desk.storage.file.mapper import Mapper, grouped
from shelter_desk.storage.file.sealing import Sealer
from shelter_desk.storage.file.trail import Trail
from shelter_desk.storage.numbering import Numbering
from shelter_desk.storage.residents.person_sealers import filled, opened, opened_at
from shelter_desk.storage.stays.stays import stays_of

TABLE = "consent_exceptions"
EXCEPTIONS = Mapper(
    tables.consent_exceptions,
    WithoutConsent,
    without=("reason",),
    purpose="consent_purpose",
    exception="exception_code",
)


def add_exception(trail: Trail, person: PersonId, one: WithoutConsent, own: Sealer, recorded_at: Any) -> None:
    """Store it, its reason sealed."""
    key = trail.add(TABLE, {"person_id": person, **EXCEPTIONS.write(one), "recorded_at": to_text(recorded_at)})
    trail.change(TABLE, key, {"reason": own.seal(TABLE, "reason", key, one.reason)})


def exceptions_of(connection: Connection, person: PersonId, own: Sealer | None = None) -> list[WithoutConsent]:
    """What was done so, latest first. own: opens the reasons; without it they stay empty."""
    of_ = tables.consent_exceptions.c
    wanted = (
        select(tables.consent_exceptions).where(of_.person_id == person).order_by(of_.done_on.desc(), of_.id.desc())
    )
    return [
        EXCEPTIONS.read(row, reason=opened(own, TABLE, "reason", row.id, row.reason))
        for row in connection.execute(wanted)
    ]


_OF = tables.referrals.c
_ENDED = case(
    (_OF.referral_status.in_(sorted(SERVED)), func.coalesce(_OF.served_on, _OF.closed_on)),
    (_OF.referral_status.in_(sorted(UNSERVED)), _OF.closed_on),
)
REFERRALS = Mapper(tables.referrals, Referral, state="referral_status", exception="exception_code")
_TOUCHING = (
    REFERRALS.rows.where(_OF.issued_on <= bindparam("last"))
    .where(or_(_OF.issued_on >= bindparam("first"), func.coalesce(_ENDED, bindparam("first")) >= bindparam("first")))
    .order_by(_OF.issued_on, _OF.id)
)
PARTNERS = Mapper(tables.partners, Partner, is_active="active")
CONSENTS = Mapper(tables.consents, Consent, purpose="consent_purpose", status="consent_status", mode="consent_mode")
NUMBERS = Numbering(tables.referrals.c.referral_no, "R")


def partners(connection: Connection) -> list[Partner]:
    """The directory, in order of name."""
    wanted = PARTNERS.rows.order_by(func.lower(tables.partners.c.name))
    return PARTNERS.every(connection, wanted)


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


def consents(connection: Connection, person: PersonId) -> list[Consent]:
    """What a person decided, latest first."""
    of = tables.consents.c
    return CONSENTS.where(connection, of.person_id == person, order=(of.given_on.desc(), of.id.desc()))


def consents_of(connection: Connection, persons: Iterable[PersonId]) -> dict[PersonId, tuple[Consent, ...]]:
    """What each of these decided; somebody who was asked nothing is left out."""
    return grouped(CONSENTS.where(connection, tables.consents.c.person_id.in_(list(persons))), lambda one: one.person)


def known(connection: Connection, referral_id: ReferralId) -> bool:
    """True while the referral is in the file: the act that made it may have been undone."""
    return REFERRALS.one_or_none(connection, referral_id) is not None


def of_person(connection: Connection, person: PersonId) -> list[Referral]:
    """The referrals of all stays of a person, in every state, latest first."""
    return of_stays(connection, stays_of(connection, person))


def listed(connection: Connection, open_ones: bool = False) -> list[Referral]:
    """All referrals, latest first. open_ones: those alone that wait for an answer or for the service."""
    of = tables.referrals.c
    wanted = REFERRALS.rows.order_by(of.issued_on.desc(), of.id.desc())
    if open_ones:
        wanted = wanted.where(of.referral_status.in_(sorted(OPEN)))
    return REFERRALS.every(connection, wanted)


def summary(connection: Connection, protection: Sealer, referral_id: ReferralId) -> str:
    """What was written to be told with a referral; "" where there is nothing, or its key is gone with the identity."""
    return opened_at(connection, protection, tables.referrals.c.summary_shared, referral_id)


def has_summary(connection: Connection, ids: Iterable[ReferralId]) -> set[ReferralId]:
    """Which of these have a summary, none of which is opened."""
    return filled(connection, tables.referrals.c.summary_shared, ids)


def of_stays(connection: Connection, stays: Iterable[StayId]) -> list[Referral]:
    """The referrals of these stays, in every state, latest first."""
    of = tables.referrals.c
    return REFERRALS.where(connection, of.stay_id.in_(list(stays)), order=(of.issued_on.desc(), of.id.desc()))


def touching(connection: Connection, period: Period) -> tuple[Referral, ...]:
    """The referrals issued in the period, and those issued before that had not ended by its first day.

    Of the days only those that end a referral in its state are looked at (`Referral.ended_on`).
    """
    bounds = {"first": period.first.isoformat(), "last": period.last.isoformat()}
    return tuple(REFERRALS.every(connection, _TOUCHING, bounds))
