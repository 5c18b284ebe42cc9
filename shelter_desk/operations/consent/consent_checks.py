"""Acts that stand on a consent that nothing is shared under: contacts with the family, follow-ups after the exit (6.3).

Without it they are refused, but for what the manager excepts with a reason, as a referral is (R-16). What would take
somebody who seeks asylum back to the home State is asked here too.
"""

from collections.abc import Iterable
from datetime import date

from shelter_desk.domain.assistance.assistance import Service
from shelter_desk.domain.assistance.referrals import ASYLUM, HOME_STATE, RETURN, AsylumFirst, Partner
from shelter_desk.domain.consent import consents
from shelter_desk.domain.consent.consents import (
    AFTER_EXIT,
    NO_EXEMPTION,
    STANDS_ON,
    Exemption,
    NoConsent,
    Why,
    WithoutConsent,
    check_exception,
)
from shelter_desk.domain.ids import PersonId, StayId
from shelter_desk.domain.rights import Permission
from shelter_desk.domain.stays.stays import Stay
from shelter_desk.operations.desk import Desk, Writing, needs
from shelter_desk.storage.assistance import referrals
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.residents import residents
from shelter_desk.storage.stays import exits, stays


@needs(Permission.ASSIST_SEE)
def standing(desk: Desk, stay_id: StayId, purpose: str, on: date, about: str = "") -> Why | None:
    """Why an act of that day may not be, None where it may. about: the row it goes on with, `tracings/3`."""
    with desk.reading() as connection:
        return _why(connection, stays.stay(connection, stay_id), purpose, on, about)


@needs(Permission.ASSIST_SEE)
def is_minor(desk: Desk, stay_id: StayId) -> bool:
    """Whether the protection of a child may except something."""
    with desk.reading() as connection:
        person = residents.person(connection, stays.stay(connection, stay_id).person)
    return person.birth.protected_as_minor(desk.today())


def check(
    desk: Desk,
    writing: Writing,
    stay_id: StayId,
    purpose: str,
    on: date,
    exempt: Exemption = NO_EXEMPTION,
    about: str = "",
) -> None:
    """Refuse an act of that day without consent, inside it; an exception is written with its reason, once for each row
    it is about. Raises NoConsent, NotAllowed, NotInList, Missing.
    """
    stay = stays.stay(writing.connection, stay_id)
    why = _why(writing.connection, stay, purpose, on, about)
    if why is None:
        return
    if not exempt.code:
        raise NoConsent(purpose, "", why)
    desk.check(Permission.OVERRIDE_RULE)
    protection = desk.key_of_protection(Permission.ASSIST)
    person = residents.person(writing.connection, stay.person)
    check_exception(exempt.code, exempt.reason, person.birth.protected_as_minor(on))
    own = residents.protection_of(writing.connection, protection, stay.person)
    made = WithoutConsent(purpose, exempt.code, on, desk.user, about, exempt.reason.strip())
    referrals.add_exception(writing.trail, stay.person, made, own, desk.now())


def check_services(desk: Desk, writing: Writing, services: Iterable[Service], exempt: Exemption = NO_EXEMPTION) -> None:
    """The same of services that were given: a call, a step of a search, a visit after the exit. Raises as `check`."""
    for one in services:
        purpose = STANDS_ON.get(one.service_type)
        if purpose is not None and one.counts:
            check(desk, writing, one.stay, purpose, one.service_on, exempt)


# who seeks asylum takes no step towards the home State before one with UNHCR; no exception lifts it -------------


def check_referral(connection: Connection, stay: Stay, partner: Partner, wanted: Iterable[str]) -> None:
    """A referral to any consulate, whose State it is stands in no field, or one that asks for the return.

    Raises AsylumFirst, as `check_return` and `check_exit`.
    """
    if partner.partner_type == "consulat":
        _check_asylum(connection, stay, partner.name)
    elif RETURN in wanted:
        _check_asylum(connection, stay)


def check_return(connection: Connection, service: Service) -> None:
    """The return itself, planned or held; one that was declined or not held is no step."""
    if service.service_type == RETURN and service.status in ("prevu", "fait"):
        _check_asylum(connection, stays.stay(connection, service.stay))


def check_exit(connection: Connection, gone: Stay) -> None:
    """An exit by which the person returns."""
    if gone.exit_reason in HOME_STATE:
        _check_asylum(connection, gone)


def _check_asylum(connection: Connection, stay: Stay, partner: str = "") -> None:
    if stay.migration_situation == ASYLUM and first_with_unhcr(connection, stay.person) is None:
        raise AsylumFirst(partner)


def first_with_unhcr(connection: Connection, person: PersonId) -> date | None:
    """The day of the first referral to UNHCR that counts, None where there is none."""
    types = {one.name: one.partner_type for one in referrals.partners(connection)}
    found = [one for one in referrals.of_person(connection, person) if one.counts and types.get(one.partner) == "hcr"]
    return min((one.issued_on for one in found), default=None)


def _why(connection: Connection, stay: Stay, purpose: str, on: date, about: str) -> Why | None:
    decided = consents.decisive(referrals.consents(connection, stay.person), purpose, "", on)
    if purpose == AFTER_EXIT:
        said = exits.exits(connection, [stay.id]).get(stay.id)
        left_on = None if stay.exited_at is None else stay.exited_at.date()
        why = consents.after_exit(decided, said.follow_up_consent if said else "", left_on, on)
    else:
        why = consents.why_not(decided, on)
    if why is None or not about:
        return why
    since = max((day for day in (decided.given_on, decided.withdrawn_on) if day), default=None) if decided else None
    excepted = [one.done_on for one in referrals.exceptions_of(connection, stay.person) if one.about == about]
    return None if excepted and (since is None or min(excepted) >= since) else why
