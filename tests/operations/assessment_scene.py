"""A small shelter with a resident who agreed to the recording, to try assessments and plans on."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from shelter_desk.domain.casefile.assessments import Assessment, Plan, PlanAction
from shelter_desk.domain.ids import AssessmentId, PlanActionId, PlanId
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.stays.stays import Admitted
from shelter_desk.system import clock
from tests.operations.referral_scene import agree_to_recording
from tests.operations.shelter import admit, small_shelter


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path / "shelter") as opened:
        yield opened


@pytest.fixture
def resident(desk: Desk) -> Admitted:
    made = admit(desk, "1A", days=60)
    agree_to_recording(desk, made.person)
    return made


def some(resident: Admitted, days: int = 0) -> Assessment:
    """What a case worker may write of somebody in danger, that many days ago."""
    return Assessment(
        AssessmentId(0),
        "",
        resident.stay,
        0,
        clock.today() - timedelta(days=days),
        factors={"ind_age": "risque", "ind_competences": "protection", "men_soutien": "inconnu"},
        threat_sources=("famille", "passeur"),
        self_harm_concern=False,
        threat_likelihood=2,
        threat_impact=3,
        safe_to_contact_family="non",
        safe_to_go_out="a_verifier",
        risk_level="eleve",
        safety_measures=("sortie_accompagnee",),
    )


def line(due: date | None = None) -> PlanAction:
    """One thing to be done."""
    return PlanAction(
        PlanActionId(0),
        PlanId(0),
        "san",
        due or clock.today() + timedelta(days=5),
        objective="Retrouver le sommeil",
        action="Prendre rendez-vous",
        responsible="personne",
    )


def plan(resident: Admitted, days: int = 0, due: date | None = None) -> Plan:
    """A plan of one line, made that many days ago."""
    made = clock.today() - timedelta(days=days)
    whole = Plan(PlanId(0), "", resident.stay, made, made_with_person=True, solution_sought="retour")
    return replace(whole, actions=(line(due),))
