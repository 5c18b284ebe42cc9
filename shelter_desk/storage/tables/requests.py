"""Requests for a place: figures and codes, and nobody's name."""

from sqlalchemy import Column, ForeignKey, Integer, Table, Text

from shelter_desk.storage.tables.base import day, metadata, required, row_id, text

place_requests = Table(
    "place_requests",
    metadata,
    row_id(),
    required("request_no", unique=True),
    required("asked_on"),
    required("referral_source"),
    required("place_asked"),
    required("request_outcome"),
    day("decided_on"),
    text("request_reason"),
    # a few words where the reason is `autre`
    text("reason_said"),
    text("partner"),
    # the one that it led to
    Column("stay_id", ForeignKey("stays.id"), index=True),
    Column("noted_by", ForeignKey("users.id")),
    Column("decided_by", ForeignKey("users.id")),
    Column("recorded_at", Text),
)

place_request_groups = Table(
    "place_request_groups",
    metadata,
    row_id(),
    Column("request_id", ForeignKey("place_requests.id"), nullable=False, index=True),
    required("sex"),
    required("age_group"),
    Column("persons", Integer, nullable=False),
)
