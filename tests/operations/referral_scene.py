"""A small shelter with two structures in its directory and one resident, to try consents and referrals on."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from shelter_desk.domain.assistance.referrals import MINIMUM, Consent, Partner, State
from shelter_desk.domain.consent.consents import EXPLAINED, RECORDING
from shelter_desk.domain.ids import ConsentId, PartnerId, PersonId, ReferralId
from shelter_desk.domain.rights import Role
from shelter_desk.operations.assistance import partners, referrals
from shelter_desk.operations.assistance.referrals import ReferralLine, Wish
from shelter_desk.operations.consent import consents
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.system import clock
from tests.operations.shelter import admit, small_shelter

CLINIC, POLICE, CONSULATE, UNHCR = "Centre de santé Baobab", "Brigade des mineurs", "Consulat", "Bureau des réfugiés"
PAIN = "Douleurs depuis la route"
KINDS = {CLINIC: "sante", POLICE: "police", CONSULATE: "consulat", UNHCR: "hcr"}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path / "shelter") as opened:
        for name, kind in KINDS.items():
            partners.keep_partner(opened, Partner(PartnerId(0), name, kind, "Bamako"))
        yield opened


@pytest.fixture
def resident(desk: Desk) -> Admitted:
    return admit(desk, "1A", days=60)


def become(desk: Desk, role: Role) -> None:
    """Another role at the same desk."""
    desk.role = role


def given(
    person: PersonId,
    recipient: str = CLINIC,
    purpose: str = "partage_structure",
    on: date | None = None,
    scope: tuple[str, ...] = MINIMUM,
) -> Consent:
    """A whole consent of an adult."""
    return Consent(
        ConsentId(0),
        person,
        purpose,
        "donne",
        "signature",
        "personne",
        on or clock.today(),
        recipient,
        scope,
        EXPLAINED,
        "bm",
    )


def agree(desk: Desk, person: PersonId, recipient: str = CLINIC, purpose: str = "partage_structure") -> ConsentId:
    """Record that consent today."""
    return consents.record(desk, given(person, recipient, purpose)).consent


def agree_to_recording(desk: Desk, person: PersonId) -> ConsentId:
    """Record the consent to more than the minimum."""
    return consents.record(desk, replace(given(person, "", RECORDING), scope=())).consent


def agree_to(desk: Desk, person: PersonId, purpose: str, days: int = 60, *, child: bool = False) -> ConsentId:
    """Record the consent to a purpose without a recipient, that many days ago; of a child with its guardian."""
    told = replace(given(person, "", purpose, clock.today() - timedelta(days=days)), scope=())
    if child:
        told = replace(told, given_by="tuteur", child_assent="oui")
    return consents.record(desk, told).consent


def wish(resident: Admitted, partner: str = CLINIC) -> Wish:
    """What is usually asked of a structure."""
    return Wish(resident.stay, partner, ("san",), "besoin_specialise")


def issued(desk: Desk, resident: Admitted, days: int = 0) -> ReferralId:
    consents.record(desk, given(resident.person, on=clock.today() - timedelta(days=days)))
    key = referrals.draft(desk, wish(resident)).id
    referrals.issue(desk, key, clock.today() - timedelta(days=days))
    return key


def line(desk: Desk, key: ReferralId) -> ReferralLine:
    found = referrals.line(desk, key)
    assert found is not None
    return found


def state(desk: Desk, key: ReferralId) -> State:
    return line(desk, key).referral.state
