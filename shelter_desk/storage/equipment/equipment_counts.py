"""Inventory campaigns and receptions of equipment in the file."""

from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from shelter_desk.domain.equipment.counting import Campaign, CampaignCountLine
from shelter_desk.domain.equipment.receiving import Reception, ReceptionLine
from shelter_desk.domain.ids import AssetId, CampaignId, GrantId, ReceptionId, RoomId, UserId
from shelter_desk.storage import tables
from shelter_desk.storage.equipment.equipment import day_text
from shelter_desk.storage.file.column_values import day_or_none, joined, parts
from shelter_desk.storage.numbering import last_number


def campaign_of(row: Any) -> Campaign:
    """The fact in a row of `campaigns`."""
    return Campaign(
        CampaignId(row.id),
        row.count_no,
        date.fromisoformat(row.count_date),
        parts(row.rooms),
        parts(row.team),
        row.conclusion,
        row.recommendations,
        day_or_none(row.closed_on),
        None if row.approved_by is None else UserId(row.approved_by),
        day_or_none(row.approved_on),
    )


def campaign_row(campaign: Campaign) -> dict[str, Any]:
    """A campaign as it is stored, without its id."""
    return {
        "count_no": campaign.count_no,
        "count_date": campaign.on.isoformat(),
        "rooms": joined(campaign.rooms),
        "team": joined(campaign.team),
        "conclusion": campaign.conclusion,
        "recommendations": campaign.recommendations,
        "closed_on": day_text(campaign.closed_on),
        "approved_by": campaign.approved_by,
        "approved_on": day_text(campaign.approved_on),
    }


def line_of(row: Any) -> CampaignCountLine:
    """The fact in a row of `campaign_lines`."""
    return CampaignCountLine(
        row.id,
        CampaignId(row.campaign_id),
        AssetId(row.asset_id),
        None if row.expected_room_id is None else RoomId(row.expected_room_id),
        row.expected,
        row.outcome,
        None if row.found_room_id is None else RoomId(row.found_room_id),
        row.found,
        row.found_condition,
        bool(row.moves),
        row.cause,
        row.note,
    )


def line_row(line: CampaignCountLine) -> dict[str, Any]:
    """A line of a count as it is stored, without its id and who counted it when."""
    return {
        "campaign_id": line.campaign,
        "asset_id": line.asset,
        "expected_room_id": line.expected_room,
        "expected": line.expected,
        "outcome": line.outcome,
        "found_room_id": line.found_room,
        "found": line.found,
        "found_condition": line.condition,
        "moves": line.moves,
        "cause": line.cause,
        "note": line.note,
    }


def campaigns(connection: Connection) -> tuple[Campaign, ...]:
    """All counts, latest first."""
    of = tables.campaigns.c
    found = connection.execute(select(tables.campaigns).order_by(of.count_date.desc(), of.id.desc()))
    return tuple(map(campaign_of, found))


def campaign(connection: Connection, key: CampaignId) -> Campaign:
    """One count."""
    return campaign_of(connection.execute(select(tables.campaigns).where(tables.campaigns.c.id == key)).one())


def lines(connection: Connection, key: CampaignId | None = None) -> tuple[CampaignCountLine, ...]:
    """The lines of one count or of all."""
    wanted = select(tables.campaign_lines).order_by(tables.campaign_lines.c.id)
    if key is not None:
        wanted = wanted.where(tables.campaign_lines.c.campaign_id == key)
    return tuple(map(line_of, connection.execute(wanted)))


def line_about(connection: Connection, key: CampaignId, asset: AssetId) -> CampaignCountLine | None:
    """The line of that asset in that count."""
    of = tables.campaign_lines.c
    wanted = select(tables.campaign_lines).where(of.campaign_id == key, of.asset_id == asset)
    row = connection.execute(wanted).first()
    return None if row is None else line_of(row)


def next_count_no(connection: Connection, year: int) -> str:
    """The next free number of a count, `INV-2026-001`."""
    return f"INV-{year}-{last_number(connection, tables.campaigns.c.count_no, f'INV-{year}-') + 1:03}"


def reception_of(row: Any) -> Reception:
    """The fact in a row of `receptions`."""
    return Reception(
        ReceptionId(row.id),
        row.reception_no,
        date.fromisoformat(row.received_on),
        row.donor,
        None if row.grant_id is None else GrantId(row.grant_id),
        row.handover_pv,
        row.delivered_by,
        None if row.received_by is None else UserId(row.received_by),
        row.witness,
        row.remarks,
    )


def reception_row(reception: Reception) -> dict[str, Any]:
    """A reception as it is stored, without its id and when it was written."""
    return {
        "reception_no": reception.reception_no,
        "received_on": reception.received_on.isoformat(),
        "donor": reception.donor,
        "grant_id": reception.grant,
        "handover_pv": reception.handover_pv,
        "delivered_by": reception.delivered_by,
        "received_by": reception.received_by,
        "witness": reception.witness,
        "remarks": reception.remarks,
    }


def receptions(connection: Connection) -> dict[ReceptionId, tuple[Reception, tuple[ReceptionLine, ...]]]:
    """All receptions with their lines, latest first."""
    of = tables.receptions.c
    found = connection.execute(select(tables.receptions).order_by(of.received_on.desc(), of.id.desc()))
    made: dict[ReceptionId, tuple[Reception, tuple[ReceptionLine, ...]]] = {
        ReceptionId(row.id): (reception_of(row), ()) for row in found
    }
    for row in connection.execute(select(tables.reception_lines).order_by(tables.reception_lines.c.id)):
        key = ReceptionId(row.reception_id)
        line = ReceptionLine(
            row.designation,
            row.asset_category,
            row.expected,
            row.received,
            row.refused,
            row.asset_condition,
            row.remark,
        )
        made[key] = (made[key][0], (*made[key][1], line))
    return made


def reception_line_row(key: ReceptionId, line: ReceptionLine) -> dict[str, Any]:
    """A line of a reception as it is stored, without its id."""
    return {
        "reception_id": key,
        "designation": line.designation.strip(),
        "asset_category": line.category,
        "expected": line.expected,
        "received": line.received,
        "refused": line.refused,
        "asset_condition": line.condition,
        "remark": line.remark.strip(),
    }


def next_reception_no(connection: Connection, year: int) -> str:
    """The next free number of a reception, `PVR-2026-001`."""
    return f"PVR-{year}-{last_number(connection, tables.receptions.c.reception_no, f'PVR-{year}-') + 1:03}"


def next_ticket_no(connection: Connection, year: int) -> str:
    """The next free number of a ticket, `M-2026-0001`."""
    return f"M-{year}-{last_number(connection, tables.tickets.c.ticket_no, f'M-{year}-') + 1:04}"
