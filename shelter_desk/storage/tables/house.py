"""Rooms, beds and the states of beds."""

from sqlalchemy import Column, Float

from shelter_desk.storage.tables.base import answer, day, part_of, required, table, text

rooms = table(
    "rooms",
    required("room_code", unique=True),
    required("name"),
    required("room_type"),
    required("sex_rule"),
    required("age_rule"),
    Column("surface_m2", Float),
    answer("accessible"),
)

beds = table(
    "beds",
    required("bed_code", unique=True),
    part_of("room_id", "rooms"),
    required("bed_type"),
    required("in_service_from"),
    day("in_service_to"),
)

bed_states = table(
    "bed_states",
    part_of("bed_id", "beds"),
    required("bed_state"),
    required("started_at"),
    day("ended_at"),
    text("reason"),
)
