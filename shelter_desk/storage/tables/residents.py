"""Persons, their stays, where they slept, what was decided of them.

Who is around a person: who must not meet whom, and whom to reach or on no account.
"""

from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKey, Index, Integer, LargeBinary, Table, Text

from shelter_desk.storage.tables.base import answer, day, metadata, required, row_id, sealed, text

contact_risks = Table(
    "contact_risks",
    metadata,
    row_id(),
    Column("person_id", ForeignKey("persons.id"), nullable=False, index=True),
    # who must not meet this person; None: no victim may
    Column("other_id", ForeignKey("persons.id"), index=True),
    # `auteur_presume`, `recruteur`, `conflit`
    required("risk_kind"),
    required("noted_on"),
    day("ended_on"),
    sealed("note"),
)

contacts = Table(
    "contacts",
    metadata,
    row_id(),
    Column("person_id", ForeignKey("persons.id"), nullable=False, index=True),
    # `oui`, `demander`, `non`
    required("contact_wish"),
    text("kin_relation"),
    # a `safety_answer`
    required("safe_to_contact"),
    # both sealed with the key of the names
    sealed("contact_name"),
    sealed("phone"),
    required("noted_on"),
    day("ended_on"),
    Column("recorded_at", Text),
)


persons = Table(
    "persons",
    metadata,
    row_id(),
    required("person_code", unique=True),
    required("sex"),
    Column("birth_date", Text),
    Column("birth_date_precision", Text, nullable=False, server_default="day"),
    Column("age_estimated", Integer),
    Column("age_estimated_on", Text),
    required("nationality"),
    text("other_nationalities"),
    text("region_origin"),
    text("languages"),
    text("marital_status"),
    text("education_level"),
    # last name, first name, alias, each sealed with the identity key
    Column("last_name", LargeBinary),
    Column("first_name", LargeBinary),
    Column("alias", LargeBinary),
    # the key of those three, wrapped with the identity key; without it they are gone from the journal as well
    Column("seal", LargeBinary),
    # the key of what is sealed for protection, wrapped with the protection key
    Column("protection_seal", LargeBinary),
    Column("erased_at", Text),
    # when the record without a name was reduced last (field 6.5)
    Column("reduced_at", Text),
)

holds = Table(
    "holds",
    metadata,
    row_id(),
    Column("person_id", ForeignKey("persons.id"), nullable=False, index=True),
    required("reason"),
    required("held_at"),
    Column("lifted_at", Text),
    # the last day on which it suspends; None where it waits to be lifted
    day("until"),
)

not_same = Table(
    "not_same",
    metadata,
    # two persons that look alike and were said to be different, smaller id first
    Column("person_id", ForeignKey("persons.id"), primary_key=True),
    Column("other_id", ForeignKey("persons.id"), primary_key=True),
)

stays = Table(
    "stays",
    metadata,
    row_id(),
    required("stay_no", unique=True),
    Column("person_id", ForeignKey("persons.id"), nullable=False, index=True),
    required("admitted_at"),
    required("entry_kind"),
    Column("exited_at", Text),
    text("exit_reason"),
    text("exit_destination"),
    required("migration_situation"),
    text("child_status"),
    Column("is_dependant", Boolean(create_constraint=False), nullable=False, server_default="0"),
    Column("head_stay_id", ForeignKey("stays.id"), index=True),
    text("referral_source"),
    Column("recorded_at", Text),
    Column("exit_recorded_at", Text),
    text("urgent_needs"),
    answer("interpreter_needed"),
    answer("house_rules_explained"),
    day("expected_exit"),
    text("country_last"),
    CheckConstraint("exited_at IS NULL OR exited_at >= substr(admitted_at, 1, length(exited_at))", name="in_order"),
    Index("ix_stays_exited_at_admitted_at", "exited_at", "admitted_at"),
    Index("ix_stays_admitted_at", "admitted_at"),
)

placements = Table(
    "placements",
    metadata,
    row_id(),
    Column("stay_id", ForeignKey("stays.id"), nullable=False, index=True),
    required("place"),
    Column("bed_id", ForeignKey("beds.id")),
    Column("room_id", ForeignKey("rooms.id")),
    required("started_at"),
    Column("ended_at", Text),
    text("override_rule"),
    text("override_reason"),
    CheckConstraint("place = 'appoint' OR bed_id IS NOT NULL", name="bed_named"),
    Index("ix_placements_bed_id_ended_at", "bed_id", "ended_at"),
    Index("ix_placements_ended_at", "ended_at"),
)

absences = Table(
    "absences",
    metadata,
    row_id(),
    Column("stay_id", ForeignKey("stays.id"), nullable=False, index=True),
    required("absence_type"),
    required("started_at"),
    Column("ended_at", Text),
)

victim_statuses = Table(
    "victim_statuses",
    metadata,
    row_id(),
    Column("stay_id", ForeignKey("stays.id"), nullable=False, index=True),
    required("victim_status"),
    required("decided_on"),
    text("status_decided_by"),
    text("exploitation_forms"),
    text("assimilated_practices"),
    # who decided, and why; when a presumed status is looked at again
    text("status_decider"),
    sealed("reason"),
    day("review_on"),
)
