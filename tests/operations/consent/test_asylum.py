"""R-29: no consulate and no return of who seeks asylum before a step with UNHCR."""

from dataclasses import replace

import pytest

from shelter_desk.domain.assistance.assistance import Service, ServiceStatus
from shelter_desk.domain.assistance.referrals import AsylumFirst
from shelter_desk.domain.ids import ServiceId
from shelter_desk.operations.assistance import assistance, referrals
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.residents import residents
from shelter_desk.operations.stays import stays
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.system import clock
from tests.operations.referral_scene import CONSULATE, UNHCR, agree, desk, state, wish
from tests.operations.shelter import admit

__all__ = ["desk"]


@pytest.fixture
def seeker(desk: Desk) -> Admitted:
    made = admit(desk, "1B", days=60)
    stay = residents.record(desk, made.person).stays[0].stay
    person = residents.record(desk, made.person).person
    residents.correct(desk, person, None, replace(stay, migration_situation="demandeur_asile"))
    agree(desk, made.person, CONSULATE, "partage_consulat")
    agree(desk, made.person, UNHCR)
    return made


def test_an_asylum_seeker_is_not_referred_to_a_consulate(desk: Desk, seeker: Admitted) -> None:
    key = referrals.draft(desk, wish(seeker, CONSULATE)).id
    with pytest.raises(AsylumFirst):
        referrals.issue(desk, key, clock.today())


def test_no_exception_leads_an_asylum_seeker_to_a_consulate(desk: Desk, seeker: Admitted) -> None:
    key = referrals.draft(desk, wish(seeker, CONSULATE)).id
    with pytest.raises(AsylumFirst):
        referrals.issue(desk, key, clock.today(), "interet_vital", "x")


def test_after_a_step_with_unhcr_the_consulate_is_open(desk: Desk, seeker: Admitted) -> None:
    referrals.issue(desk, referrals.draft(desk, wish(seeker, UNHCR)).id, clock.today())
    key = referrals.draft(desk, wish(seeker, CONSULATE)).id
    referrals.issue(desk, key, clock.today())
    assert state(desk, key) == "emise"


def returned(seeker: Admitted, status: ServiceStatus = "fait") -> Service:
    return Service(ServiceId(0), "", clock.today(), seeker.stay, "ret_avrr", status=status)


def test_no_referral_asks_for_the_return_of_an_asylum_seeker(desk: Desk, seeker: Admitted) -> None:
    key = referrals.draft(desk, replace(wish(seeker), service_wanted=("ret_avrr",))).id
    with pytest.raises(AsylumFirst, match=r"^$"):
        referrals.issue(desk, key, clock.today())


@pytest.mark.parametrize("status", ["prevu", "fait"])
def test_no_return_of_an_asylum_seeker_is_planned_or_given(desk: Desk, seeker: Admitted, status: ServiceStatus) -> None:
    with pytest.raises(AsylumFirst):
        assistance.give(desk, [returned(seeker, status)])
    assistance.give(desk, [returned(seeker, "refuse")])
    kept = assistance.of_stays(desk, [seeker.stay])[seeker.stay][0]
    with pytest.raises(AsylumFirst):
        assistance.hold(desk, [kept.id])
    with pytest.raises(AsylumFirst):
        assistance.change(desk, replace(kept, status=status))


@pytest.mark.parametrize("reason", ["avrr", "rapatriement_consulaire"])
def test_an_asylum_seeker_does_not_leave_for_the_home_state(desk: Desk, seeker: Admitted, reason: str) -> None:
    with pytest.raises(AsylumFirst):
        stays.leave(desk, seeker.stay, clock.now(), reason, "pays_origine")
    stays.leave(desk, seeker.stay, clock.now(), "retour_autonome", "pays_origine")
    assert residents.record(desk, seeker.person).stays[0].stay.exit_reason == "retour_autonome"


def test_after_a_step_with_unhcr_the_return_is_open(desk: Desk, seeker: Admitted) -> None:
    referrals.issue(desk, referrals.draft(desk, wish(seeker, UNHCR)).id, clock.today())
    assistance.give(desk, [returned(seeker)])
    stays.leave(desk, seeker.stay, clock.now(), "avrr", "pays_origine")
    assert [one.service_type for one in assistance.of_stays(desk, [seeker.stay])[seeker.stay]] == ["ret_avrr"]
