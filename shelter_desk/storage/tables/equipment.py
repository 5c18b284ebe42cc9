"""Equipment: what the shelter owns or keeps, what happened to it, who gave it, how it is looked after and counted.

Status, condition and place of an asset stand in its row as they are now, and in its events as they were.
"""

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, LargeBinary, Text, UniqueConstraint

from shelter_desk.storage.tables.base import (
    answer,
    day,
    link,
    part_of,
    required,
    table,
    text,
    yes_or_no,
)


def _number(name: str, default: str | None = None) -> Column[int]:
    return Column(name, Integer, nullable=default is None, server_default=default)


grants = table(
    "grants",
    required("grant_code", unique=True),
    required("donor"),
    text("title"),
    text("agreement_no"),
    day("started_on"),
    day("ended_on"),
    Column("currency", Text, nullable=False, server_default="XOF"),
)

receptions = table(
    "receptions",
    required("reception_no", unique=True),
    required("received_on"),
    required("donor"),
    link("grant_id", "grants"),
    text("handover_pv"),
    text("delivered_by"),
    link("received_by", "users"),
    text("witness"),
    text("remarks"),
    day("recorded_at"),
)

reception_lines = table(
    "reception_lines",
    part_of("reception_id", "receptions"),
    required("designation"),
    required("asset_category"),
    # what the donor's list says, what came, what of it was sent back
    _number("expected", "0"),
    _number("received", "0"),
    _number("refused", "0"),
    text("asset_condition"),
    text("remark"),
)

assets = table(
    "assets",
    required("tag_no", unique=True),
    required("designation"),
    required("asset_category"),
    # above 1 for a batch of things without numbers of their own
    _number("quantity", "1"),
    text("brand_model"),
    text("serial_no"),
    required("acquisition_mode"),
    required("acquired_on"),
    required("donor"),
    link("grant_id", "grants"),
    required("owner"),
    text("supplier"),
    text("invoice_no"),
    _number("cost_xof"),
    text("handover_pv"),
    link("room_id", "rooms"),
    link("custodian_id", "users"),
    required("asset_status"),
    required("asset_condition"),
    day("warranty_until"),
    _number("life_years"),
    _number("maintenance_days"),
    _number("maintenance_hours"),
    link("bed_id", "beds"),
    link("reception_id", "receptions"),
    # per cent of its value that the grant paid
    _number("award_share"),
    Index("ix_assets_room_id", "room_id"),
    Index("ix_assets_bed_id", "bed_id"),
)

asset_photos = table(
    "asset_photos",
    Column("asset_id", ForeignKey("assets.id"), nullable=False, unique=True),
    required("media_type"),
    Column("content", LargeBinary),
)

campaigns = table(
    "campaigns",
    required("count_no", unique=True),
    required("count_date"),
    # codes of rooms joined by `;`, empty for the whole shelter
    text("rooms"),
    text("team"),
    text("conclusion"),
    text("recommendations"),
    day("closed_on"),
    link("approved_by", "users"),
    day("approved_on"),
)

campaign_lines = table(
    "campaign_lines",
    part_of("campaign_id", "campaigns"),
    part_of("asset_id", "assets"),
    # where and how many the register said when the count began
    link("expected_room_id", "rooms"),
    _number("expected", "1"),
    # `vu`, `ailleurs`, `manquant`; empty while it was not looked for
    text("outcome"),
    link("found_room_id", "rooms"),
    _number("found"),
    text("found_status"),
    text("found_condition"),
    yes_or_no("moves"),
    text("cause"),
    text("note"),
    day("counted_at"),
    link("counted_by", "users"),
    UniqueConstraint("campaign_id", "asset_id"),
)

asset_events = table(
    "asset_events",
    part_of("asset_id", "assets"),
    required("asset_event"),
    required("event_on"),
    text("asset_status"),
    text("asset_condition"),
    link("to_room_id", "rooms"),
    # before, where the program knew
    text("status_was"),
    text("condition_was"),
    link("room_was_id", "rooms"),
    text("pv_no"),
    text("reason"),
    text("donor_approval"),
    text("third_party"),
    link("campaign_id", "campaigns"),
    link("recorded_by", "users"),
    day("recorded_at"),
    # what it was sold or given away for
    _number("price_xof"),
    Index("ix_asset_events_event_on", "event_on"),
)

tickets = table(
    "tickets",
    required("ticket_no", unique=True),
    part_of("asset_id", "assets"),
    required("reported_on"),
    link("reported_by", "users"),
    required("maintenance_type"),
    required("problem"),
    text("urgency"),
    day("out_from"),
    day("out_to"),
    text("action_done"),
    text("parts_used"),
    text("provider"),
    _number("cost_xof"),
    text("donor"),
    Column("meter_reading", Float),
    day("closed_on"),
    answer("tested_ok"),
    link("closed_by", "users"),
)

generator_runs = table(
    "generator_runs",
    part_of("asset_id", "assets"),
    required("run_on"),
    # hours of the day, `18:30`; empty where only the hours are known
    text("started"),
    text("stopped"),
    Column("hours", Float, nullable=False),
    Column("fuel_litres", Float, nullable=False),
    Column("meter_reading", Float),
    text("note"),
    link("recorded_by", "users"),
)
