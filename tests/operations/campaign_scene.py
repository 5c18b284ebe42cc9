"""A desk over equipment that is received and counted, and what is asked of it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from shelter_desk.domain.equipment.maintenance import Ticket
from shelter_desk.domain.equipment.receiving import Reception, ReceptionLine
from shelter_desk.domain.ids import AssetId, CampaignId, ReceptionId
from shelter_desk.operations.desk import Desk
from shelter_desk.operations.equipment import equipment_counts, maintenance
from tests.operations.shelter import small_shelter

RECEIVED = Reception(ReceptionId(0), "", date(2026, 5, 4), "usa", handover_pv="PV-USA-1", delivered_by="Projet")
BEDS = ReceptionLine("Lit", "literie", 20, 20)
CHAIRS = ReceptionLine("Chaise", "mobilier", 30, 28, 2, remark="Deux cassées, deux manquent", numbered=False, cost=5000)
ON = date(2026, 6, 1)
TEAM = ("Agent A", "Agent M")
# a picture of one point
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63606060000000040001f61738550000"
    "000049454e44ae426082"
)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with small_shelter(tmp_path / "shelter") as opened:
        yield opened


def begun(desk: Desk, *rooms: str) -> CampaignId:
    equipment_counts.begin(desk, ON, rooms, TEAM)
    return equipment_counts.listed(desk)[0].campaign.id


def outcomes(desk: Desk, key: CampaignId) -> dict[str, str]:
    return {one.asset.tag_no: one.line.outcome for one in equipment_counts.lines(desk, key)}


def _ticket(key: AssetId, **more: Any) -> Ticket:
    return Ticket(maintenance.NEW, "", key, date(2026, 3, 2), "corrective", "Ne tourne plus", **more)
