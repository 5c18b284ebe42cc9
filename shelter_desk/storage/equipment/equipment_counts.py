"""Inventory campaigns and receptions of equipment in the file."""

from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from shelter_desk.domain.equipment.counting import Campaign, CampaignCountLine
from shelter_desk.domain.equipment.receiving import Reception, ReceptionLine
from shelter_desk.domain.ids import AssetId, CampaignId, ReceptionId
from shelter_desk.storage import tables
from shelter_desk.storage.file.mapper import Mapper
from shelter_desk.storage.numbering import Numbering

CAMPAIGNS = Mapper(tables.campaigns, Campaign, on="count_date")
CAMPAIGN_LINES = Mapper(tables.campaign_lines, CampaignCountLine, condition="found_condition")
RECEPTIONS = Mapper(tables.receptions, Reception)
RECEPTION_LINES = Mapper(
    tables.reception_lines,
    ReceptionLine,
    without=("numbered", "cost", "room"),
    category="asset_category",
    condition="asset_condition",
)
COUNT_NUMBERS = Numbering(tables.campaigns.c.count_no, "INV", 3)
RECEPTION_NUMBERS = Numbering(tables.receptions.c.reception_no, "PVR", 3)
TICKET_NUMBERS = Numbering(tables.tickets.c.ticket_no, "M")


def campaigns(connection: Connection) -> tuple[Campaign, ...]:
    """All counts, latest first."""
    of = tables.campaigns.c
    return tuple(CAMPAIGNS.every(connection, CAMPAIGNS.rows.order_by(of.count_date.desc(), of.id.desc())))


def lines(connection: Connection, key: CampaignId | None = None) -> tuple[CampaignCountLine, ...]:
    """The lines of one count or of all."""
    wanted = CAMPAIGN_LINES.rows.order_by(tables.campaign_lines.c.id)
    if key is not None:
        wanted = wanted.where(tables.campaign_lines.c.campaign_id == key)
    return tuple(CAMPAIGN_LINES.every(connection, wanted))


def line_about(connection: Connection, key: CampaignId, asset: AssetId) -> CampaignCountLine | None:
    """The line of that asset in that count."""
    of = tables.campaign_lines.c
    return next(iter(CAMPAIGN_LINES.where(connection, of.campaign_id == key, of.asset_id == asset)), None)


def receptions(connection: Connection) -> dict[ReceptionId, tuple[Reception, tuple[ReceptionLine, ...]]]:
    """All receptions with their lines, latest first."""
    of = tables.receptions.c
    lines = RECEPTION_LINES.of_each(connection, "reception_id")
    found = RECEPTIONS.every(connection, RECEPTIONS.rows.order_by(of.received_on.desc(), of.id.desc()))
    return {one.id: (one, lines.get(one.id, ())) for one in found}


def reception_line_row(key: ReceptionId, line: ReceptionLine) -> dict[str, Any]:
    """A line of a reception as it is stored, without its id."""
    stripped = replace(line, designation=line.designation.strip(), remark=line.remark.strip())
    return {"reception_id": key, **RECEPTION_LINES.write(stripped)}
