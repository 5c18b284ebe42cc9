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
    # the key of what is sealed for protection, wrapped with the protection key
    Column("protection_seal", LargeBinary),
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

partners = Table(
    "partners",
    metadata,
    _id(),
    _required("name", unique=True),
    _required("partner_type"),
    _text("town"),
    _text("contact"),
    _text("services_offered"),
    Column("active", Boolean(create_constraint=False), nullable=False, server_default="1"),
)

activities = Table(
    "activities",
    metadata,
    _id(),
    _required("activity_no", unique=True),
    _required("service_type"),
    _text("theme"),
    _text("title"),
    _required("held_on"),
    Column("hours", Float),
    _text("place"),
    _text("facilitators"),
    _text("partner"),
    _text("donor"),
    _required("audience"),
    Column("service_status", Text, nullable=False, server_default="fait"),
    # people from outside are counted only: women, men, girls, boys
    *(Column(f"outside_{who}", Integer, nullable=False, server_default="0") for who in ("f", "m", "girls", "boys")),
    _text("observations"),
    Index("ix_activities_held_on", "held_on"),
)

attendances = Table(
    "attendances",
    metadata,
    _id(),
    Column("activity_id", ForeignKey("activities.id"), nullable=False, index=True),
    # of the staff; residents have a line in `services`
    Column("user_id", ForeignKey("users.id")),
    _text("staff_name"),
    _text("staff_function"),
    _text("sex"),
    Column("pre_score", Integer),
    Column("post_score", Integer),
)

services = Table(
    "services",
    metadata,
    _id(),
    _required("service_no", unique=True),
    _required("service_on"),
    Column("stay_id", ForeignKey("stays.id"), nullable=False, index=True),
    _required("service_type"),
    Column("quantity", Float, nullable=False),
    _required("provider_kind"),
    _text("partner"),
    _text("donor"),
    Column("cost_xof", Integer),
    Column("service_status", Text, nullable=False, server_default="fait"),
    Column("activity_id", ForeignKey("activities.id"), index=True),
    Column("referral_id", ForeignKey("referrals.id"), index=True),
    Column("recorded_at", Text),
    # sealed with the protection key of the person
    Column("note", LargeBinary),
    Index("ix_services_service_on", "service_on"),
)

consents = Table(
    "consents",
    metadata,
    _id(),
    Column("person_id", ForeignKey("persons.id"), nullable=False, index=True),
    _required("consent_purpose"),
    _text("recipient"),
    _text("scope"),
    _text("explained"),
    _text("language"),
    _text("interpreter"),
    _required("consent_status"),
    _required("consent_mode"),
    _required("given_by"),
    _text("child_assent"),
    _required("given_on"),
    Column("valid_until", Text),
    Column("withdrawn_on", Text),
    _text("withdrawn_effect"),
    _text("paper_ref"),
    _text("witness"),
    Column("recorded_at", Text),
)

referrals = Table(
    "referrals",
    metadata,
    _id(),
    _required("referral_no", unique=True),
    Column("stay_id", ForeignKey("stays.id"), nullable=False, index=True),
    _required("direction"),
    _required("issued_on"),
    _text("urgency"),
    _required("partner"),
    _text("partner_contact"),
    _text("service_wanted"),
    _text("reason_code"),
    _required("referral_status"),
    Column("consent_id", ForeignKey("consents.id"), index=True),
    _text("exception_code"),
    _text("exception_reason"),
    _text("data_shared"),
    # sealed with the protection key of the person
    Column("summary_shared", LargeBinary),
    _text("transport_escort"),
    Column("appointment_at", Text),
    Column("accepted_on", Text),
    Column("served_on", Text),
    Column("closed_on", Text),
    _text("feedback_kind"),
    _text("outcome"),
    Column("follow_up_on", Text),
    Column("recorded_at", Text),
    Index("ix_referrals_issued_on", "issued_on"),
)

roll_calls = Table(
    "roll_calls",
    metadata,
    _id(),
    _required("night_of", unique=True),
    _required("checked_at"),
    Column("checked_by", ForeignKey("users.id"), nullable=False),
    Column("unregistered", Integer, nullable=False, server_default="0"),
    _text("note"),
)

roll_call_lines = Table(
    "roll_call_lines",
    metadata,
    _id(),
    Column("roll_call_id", ForeignKey("roll_calls.id"), nullable=False, index=True),
    Column("stay_id", ForeignKey("stays.id"), nullable=False, index=True),
    _required("presence"),
    _text("absence_type"),
    UniqueConstraint("roll_call_id", "stay_id"),
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
