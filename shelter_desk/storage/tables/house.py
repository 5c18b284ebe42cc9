"""Rooms, beds, the states of beds, and what is held for somebody who is expected: figures and codes, nobody's name."""

from sqlalchemy import Column, Float, ForeignKey, Integer, UniqueConstraint

from shelter_desk.storage.tables.base import answer, day, link, part_of, required, table, text

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

bed_rooms = table(
    "bed_rooms",
    # where a bed stood before it was moved, on the nights of [started_at, ended_at)
    part_of("bed_id", "beds"),
    part_of("room_id", "rooms"),
    required("started_at"),
    required("ended_at"),
)

bed_states = table(
    "bed_states",
    part_of("bed_id", "beds"),
    required("bed_state"),
    required("started_at"),
    day("ended_at"),
    text("reason"),
    # the ticket of what is to be repaired before the bed is used again
    Column("ticket_id", Integer),
)

room_inspections = table(
    "room_inspections",
    # one point of an inspection a row; those of one number are one inspection
    required("inspection_no"),
    part_of("room_id", "rooms"),
    required("inspected_on"),
    text("inspected_by"),
    required("inspection_point"),
    required("inspection_finding"),
    text("problem"),
    # the ticket of what is to be repaired
    link("ticket_id", "tickets"),
    link("recorded_by", "users"),
    day("recorded_at"),
    UniqueConstraint("inspection_no", "inspection_point"),
)

held_beds = table(
    "held_beds",
    required("held_no", unique=True),
    Column("bed_id", ForeignKey("beds.id"), index=True),
    Column("room_id", ForeignKey("rooms.id"), index=True),
    Column("places", Integer, nullable=False),
    required("expected_on"),
    # the nights of [held_from, held_to)
    required("held_from"),
    required("held_to"),
    Column("request_id", ForeignKey("place_requests.id"), index=True),
    text("referral_source"),
    # the day on which it was cancelled
    day("ended_on"),
    text("end_reason"),
    link("held_by", "users"),
    link("ended_by", "users"),
    day("recorded_at"),
)

held_bed_groups = table(
    "held_bed_groups",
    part_of("held_bed_id", "held_beds"),
    required("sex"),
    required("age_group"),
    Column("persons", Integer, nullable=False),
)

held_bed_arrivals = table(
    "held_bed_arrivals",
    part_of("held_bed_id", "held_beds"),
    part_of("stay_id", "stays"),
    UniqueConstraint("held_bed_id", "stay_id"),
)
