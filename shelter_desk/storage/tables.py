"""The tables, as SQLAlchemy Core knows them; the migrations make them, a test holds the two together.

Moments are text in the shelter's own time zone: `2026-11-03` where the hour is not known, else `2026-11-03T16:35`,
so that text order is time order. Intervals are half-open, `[started_at, ended_at)`.
"""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _id() -> Column[int]:
    return Column("id", Integer, primary_key=True)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


def _required(name: str, *, unique: bool = False) -> Column[str]:
    return Column(name, Text, nullable=False, unique=unique)


settings = Table("settings", metadata, Column("key", Text, primary_key=True), _required("value"))

users = Table(
    "users",
    metadata,
    _id(),
    _required("name", unique=True),
    _required("role"),
    Column("active", Boolean(create_constraint=False), nullable=False, server_default="1"),
    Column("undertaken_at", Text),
)

drafts = Table(
    "drafts",
    metadata,
    _id(),
    Column("user_id", ForeignKey("users.id"), nullable=False),
    _required("form"),
    _required("saved_at"),
    # sealed with the identity key: what somebody was typing may hold names
    Column("body", LargeBinary, nullable=False),
    UniqueConstraint("user_id", "form"),
)

rooms = Table(
    "rooms",
    metadata,
    _id(),
    _required("room_code", unique=True),
    _required("name"),
    _required("room_type"),
    _required("sex_rule"),
    _required("age_rule"),
    Column("surface_m2", Float),
    Column("accessible", Boolean(create_constraint=False)),
)

beds = Table(
    "beds",
    metadata,
    _id(),
    _required("bed_code", unique=True),
    Column("room_id", ForeignKey("rooms.id"), nullable=False, index=True),
    _required("bed_type"),
    _required("in_service_from"),
    Column("in_service_to", Text),
)

bed_states = Table(
    "bed_states",
    metadata,
    _id(),
    Column("bed_id", ForeignKey("beds.id"), nullable=False, index=True),
    _required("bed_state"),
    _required("started_at"),
    Column("ended_at", Text),
    _text("reason"),
)

persons = Table(
    "persons",
    metadata,
    _id(),
    _required("person_code", unique=True),
    _required("sex"),
    Column("birth_date", Text),
    Column("birth_date_precision", Text, nullable=False, server_default="day"),
    Column("age_estimated", Integer),
    Column("age_estimated_on", Text),
    _required("nationality"),
    _text("other_nationalities"),
    _text("region_origin"),
    _text("languages"),
    # last name, first name, alias, each sealed with the identity key
    Column("last_name", LargeBinary),
    Column("first_name", LargeBinary),
    Column("alias", LargeBinary),
    # the key of those three, wrapped with the identity key; without it they are gone from the journal as well
    Column("seal", LargeBinary),
    Column("erased_at", Text),
)

holds = Table(
    "holds",
    metadata,
    _id(),
    Column("person_id", ForeignKey("persons.id"), nullable=False, index=True),
    _required("reason"),
    _required("held_at"),
    Column("lifted_at", Text),
)

stays = Table(
    "stays",
    metadata,
    _id(),
    _required("stay_no", unique=True),
    Column("person_id", ForeignKey("persons.id"), nullable=False, index=True),
    _required("admitted_at"),
    _required("entry_kind"),
    Column("exited_at", Text),
    _text("exit_reason"),
    _text("exit_destination"),
    _required("migration_situation"),
    _text("child_status"),
    Column("is_dependant", Boolean(create_constraint=False), nullable=False, server_default="0"),
    Column("head_stay_id", ForeignKey("stays.id"), index=True),
    _text("referral_source"),
    Column("recorded_at", Text),
    Column("exit_recorded_at", Text),
    CheckConstraint("exited_at IS NULL OR exited_at >= substr(admitted_at, 1, length(exited_at))", name="in_order"),
    Index("ix_stays_exited_at_admitted_at", "exited_at", "admitted_at"),
    Index("ix_stays_admitted_at", "admitted_at"),
)

placements = Table(
    "placements",
    metadata,
    _id(),
    Column("stay_id", ForeignKey("stays.id"), nullable=False, index=True),
    _required("place"),
    Column("bed_id", ForeignKey("beds.id")),
    Column("room_id", ForeignKey("rooms.id")),
    _required("started_at"),
    Column("ended_at", Text),
    _text("override_rule"),
    _text("override_reason"),
    CheckConstraint("place = 'appoint' OR bed_id IS NOT NULL", name="bed_named"),
    Index("ix_placements_bed_id_ended_at", "bed_id", "ended_at"),
    Index("ix_placements_ended_at", "ended_at"),
)

absences = Table(
    "absences",
    metadata,
    _id(),
    Column("stay_id", ForeignKey("stays.id"), nullable=False, index=True),
    _required("absence_type"),
    _required("started_at"),
    Column("ended_at", Text),
)

victim_statuses = Table(
    "victim_statuses",
    metadata,
    _id(),
    Column("stay_id", ForeignKey("stays.id"), nullable=False, index=True),
    _required("victim_status"),
    _required("decided_on"),
    _text("status_decided_by"),
    _text("exploitation_forms"),
)

not_same = Table(
    "not_same",
    metadata,
    # two persons that look alike and were said to be different, smaller id first
    Column("person_id", ForeignKey("persons.id"), primary_key=True),
    Column("other_id", ForeignKey("persons.id"), primary_key=True),
)

journal = Table(
    "journal",
    metadata,
    Column("seq", Integer, primary_key=True),
    _required("at"),
    Column("user_id", Integer),
    _required("action"),
    _text("subject"),
    _text("details"),
    Column("hash", LargeBinary, nullable=False),
)
