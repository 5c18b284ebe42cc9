"""The directory of structures that residents are referred to, typed by the shelter: none is shipped."""

from shelter_desk.domain import codes
from shelter_desk.domain.assistance.referrals import Partner
from shelter_desk.domain.changes import Changes
from shelter_desk.domain.checks import check_given
from shelter_desk.domain.errors import CodeTaken, Missing, NotInList
from shelter_desk.domain.ids import PartnerId
from shelter_desk.domain.rights import Permission
from shelter_desk.operations.desk import Desk, Done, Writing, needs
from shelter_desk.storage.assistance import referrals as stored_referrals

TOPICS = Changes(stays=True, settings=True)


@needs(Permission.ASSIST_SEE)
def partners(desk: Desk) -> list[Partner]:
    """The whole directory in order of name, also those that are no longer worked with."""
    with desk.reading() as connection:
        return stored_referrals.partners(connection)


@needs(Permission.ASSIST)
def keep_partner(desk: Desk, partner: Partner) -> Done:
    """Add a structure (id 0), or change one; a new name goes to the referrals and consents that name the old one.

    Raises Missing, NotInList, CodeTaken where another structure has this name.
    """
    name = " ".join(partner.name.split())
    check_given("partner_name", name)
    if not codes.is_code("partner_type", partner.partner_type):
        raise Missing("partner_type") if not partner.partner_type else NotInList("partner_type", partner.partner_type)
    row = {**stored_referrals.PARTNERS.write(partner), "name": name}
    with desk.writing("keep_partner", TOPICS) as writing:
        other = stored_referrals.partner_named(writing.connection, name)
        if other is not None and other.id != partner.id:
            raise CodeTaken("partner", other.name)
        if partner.id:
            _rename(writing, partner.id, name)
        writing.trail.put("partners", partner.id, row)
    return writing.done


def _rename(writing: Writing, partner: PartnerId, name: str) -> None:
    old = stored_referrals.PARTNERS.one(writing.connection, partner).name
    if old == name:
        return
    referred, agreed = stored_referrals.naming(writing.connection, old)
    for referral in referred:
        writing.trail.change("referrals", referral, {"partner": name})
    for consent in agreed:
        writing.trail.change("consents", consent, {"recipient": name})
