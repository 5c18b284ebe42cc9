"""An incident may lead to a referral of a person it names (field 3.16)."""

from dataclasses import replace

import pytest

from shelter_desk.domain.casefile.incidents import AgainstSelf, IncidentContent, IncidentOver, SealedMatter
from shelter_desk.domain.errors import NoSuch, NotAllowed
from shelter_desk.domain.ids import IncidentId, ReferralId, UserId
from shelter_desk.domain.rights import Role
from shelter_desk.operations.assistance import referrals
from shelter_desk.operations.casefile import incidents
from shelter_desk.operations.desk import Desk, undo
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.storage.file.settings import add_user
from tests.operations.casefile.test_incidents import FACTS, become, fight
from tests.operations.referral_scene import desk, resident, wish
from tests.operations.retention_scene import last_line
from tests.operations.shelter import admit

__all__ = ["desk", "resident"]


@pytest.fixture
def incident(desk: Desk, resident: Admitted) -> IncidentId:
    """A fight yesterday that names the resident."""
    with desk.database.transaction(incidents.CASES) as connection:
        add_user(connection, UserId(2), "Agent B", Role.CASE_WORKER)
    return incidents.report(desk, fight(), IncidentContent(FACTS, "Séparés", ((resident.code, "concerne"),))).id


@pytest.fixture
def referral(desk: Desk, resident: Admitted) -> ReferralId:
    return referrals.draft(desk, wish(resident)).id


def named(desk: Desk) -> str:
    return incidents.register(desk)[0].referral_no


def test_an_incident_names_the_referral_it_led_to(desk: Desk, incident: IncidentId, referral: ReferralId) -> None:
    (offered,) = incidents.referrable(desk, incident)
    incidents.refer(desk, incident, offered.referral)
    assert (named(desk), offered.referral) == (offered.referral_no, referral)
    assert (last_line(desk).action, last_line(desk).subject) == (
        "refer_incident",
        incidents.register(desk)[0].incident.incident_no,
    )


def test_only_referrals_of_the_persons_named_are_offered(desk: Desk, incident: IncidentId) -> None:
    other = admit(desk, "1B")
    referrals.draft(desk, wish(other))
    assert incidents.referrable(desk, incident) == []


def test_an_incident_that_names_nobody_is_offered_every_referral_since(desk: Desk, referral: ReferralId) -> None:
    key = incidents.report(desk, fight(), IncidentContent(FACTS, "Séparés")).id
    assert [one.referral for one in incidents.referrable(desk, key)] == [referral]


def test_it_can_be_taken_back_and_undone(desk: Desk, incident: IncidentId, referral: ReferralId) -> None:
    done = incidents.refer(desk, incident, referral)
    undo(desk, done)
    after_undo = named(desk)
    incidents.refer(desk, incident, referral)
    incidents.refer(desk, incident, None)
    assert (after_undo, named(desk)) == ("", "")


def test_a_referral_that_is_not_there_is_refused(desk: Desk, incident: IncidentId) -> None:
    with pytest.raises(NoSuch):
        incidents.refer(desk, incident, ReferralId(99))


def test_a_closed_incident_names_none_any_more(desk: Desk, incident: IncidentId, referral: ReferralId) -> None:
    incidents.close(desk, incident, desk.today(), "Parlé avec les deux")
    with pytest.raises(IncidentOver):
        incidents.refer(desk, incident, referral)


def test_a_sealed_matter_leads_to_no_referral_here(desk: Desk, referral: ReferralId) -> None:
    matter = replace(fight(), incident_type="eas", severity="", channel="ligne_eas")
    key = incidents.report(desk, matter, IncidentContent()).id
    with pytest.raises(SealedMatter):
        incidents.refer(desk, key, referral)


def test_who_does_not_read_an_incident_names_no_referral_of_it(
    desk: Desk, incident: IncidentId, referral: ReferralId
) -> None:
    mine = incidents.report(desk, fight(), IncidentContent(FACTS, "Séparés", (), True, (desk.user,))).id
    with pytest.raises(AgainstSelf):
        incidents.refer(desk, mine, referral)
    become(desk, Role.CASE_WORKER)
    for call in (lambda: incidents.refer(desk, incident, referral), lambda: incidents.referrable(desk, incident)):
        with pytest.raises(NotAllowed):
            call()
