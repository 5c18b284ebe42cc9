"""Who is at the desk, what they are typing, what was done."""

from sqlalchemy import Boolean, Column, ForeignKey, Integer, LargeBinary, Table, Text, UniqueConstraint

from shelter_desk.storage.tables.base import day, metadata, required, table, text

settings = Table("settings", metadata, Column("key", Text, primary_key=True), required("value"))

users = table(
    "users",
    required("name", unique=True),
    required("role"),
    Column("active", Boolean(create_constraint=False), nullable=False, server_default="1"),
    day("undertaken_at"),
)

drafts = table(
    "drafts",
    Column("user_id", ForeignKey("users.id"), nullable=False),
    required("form"),
    required("saved_at"),
    # sealed with the identity key: what somebody was typing may hold names
    Column("body", LargeBinary, nullable=False),
    UniqueConstraint("user_id", "form"),
)

journal = Table(
    "journal",
    metadata,
    Column("seq", Integer, primary_key=True),
    required("at"),
    Column("user_id", Integer),
    required("action"),
    text("subject"),
    text("details"),
    Column("hash", LargeBinary, nullable=False),
)
