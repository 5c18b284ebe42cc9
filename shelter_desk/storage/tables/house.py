"""Rooms, beds and the states of beds."""

from sqlalchemy import Boolean, Column, Float, ForeignKey, Table, Text

from shelter_desk.storage.tables.base import metadata, required, row_id, text

rooms = Table(
    "rooms",
    metadata,
    row_id(),
    required("room_code", unique=True),
    required("name"),
    required("room_type"),
    required("sex_rule"),
    required("age_rule"),
    Column("surface_m2", Float),
    Column("accessible", Boolean(create_constraint=False)),
)

beds = Table(
    "beds",
    metadata,
    row_id(),
    required("bed_code", unique=True),
    Column("room_id", ForeignKey("rooms.id"), nullable=False, index=True),
    required("bed_type"),
    required("in_service_from"),
    Column("in_service_to", Text),
)

bed_states = Table(
    "bed_states",
    metadata,
    row_id(),
    Column("bed_id", ForeignKey("beds.id"), nullable=False, index=True),
    required("bed_state"),
    required("started_at"),
    Column("ended_at", Text),
    text("reason"),
)
