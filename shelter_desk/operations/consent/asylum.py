"""R-29: who seeks asylum takes no step towards the home State before one with UNHCR; no exception lifts it."""

from collections.abc import Iterable

from shelter_desk.domain.assistance.assistance import Service
from shelter_desk.domain.assistance.referrals import ASYLUM, HOME_STATE, RETURN, AsylumFirst, Partner
from shelter_desk.domain.stays.stays import Stay
from shelter_desk.storage.assistance import referrals as stored_referrals
from shelter_desk.storage.file.database import Connection
from shelter_desk.storage.stays import stays


def check_referral(connection: Connection, stay: Stay, partner: Partner, wanted: Iterable[str]) -> None:
    """A referral to any consulate, whose State it is stands in no field, or one that asks for the return."""
    if partner.partner_type == "consulat":
        _check(connection, stay, partner.name)
    elif RETURN in wanted:
        _check(connection, stay)


def check_service(connection: Connection, service: Service) -> None:
    """The return itself, planned or held; one that was declined or not held is no step."""
    if service.service_type == RETURN and service.status in ("prevu", "fait"):
        _check(connection, stays.stay(connection, service.stay))


def check_exit(connection: Connection, gone: Stay) -> None:
    """An exit by which the person returns."""
    if gone.exit_reason in HOME_STATE:
        _check(connection, gone)


def _check(connection: Connection, stay: Stay, partner: str = "") -> None:
    if stay.migration_situation != ASYLUM:
        return
    types = {one.name: one.partner_type for one in stored_referrals.partners(connection)}
    before = stored_referrals.of_person(connection, stay.person)
    if not any(one.counts and types.get(one.partner) == "hcr" for one in before):
        raise AsylumFirst(partner)
