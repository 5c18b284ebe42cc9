"""Persons, their stays, where they slept, what was decided of them.

Who is around a person: who must not meet whom, and whom to reach or on no account.
"""

from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKey, Index, Integer, LargeBinary, Table, Text
from sqlalchemy import text as text_clause

from shelter_desk.storage.tables.base import (
    answer,
    case_table,
    day,
    link,
    metadata,
    part_of,
    required,
    sealed,
    table,
    text,
)

contact_risks = case_table(
    "contact_risks",
    part_of("person_id", "persons"),
    # who must not meet this person; None: no victim may
    Column("other_id", ForeignKey("persons.id"), index=True),
    # `auteur_presume`, `recruteur`, `conflit`
    required("risk_kind"),
    required("noted_on"),
    day("ended_on"),
    sealed("note"),
)

contacts = case_table(
    "contacts",
    part_of("person_id", "persons"),
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
    day("recorded_at"),
)


# of those here tonight, for the night reception (`storage/residents/tonight_names.py`)
tonight_names = Table(
    "tonight_names",
    metadata,
    Column("person_id", Integer, primary_key=True, autoincrement=False),
    Column("names", LargeBinary, nullable=False),
)

# what else it reads of them of the case file (`storage/residents/tonight_rows.py`)
tonight_rows = Table(
    "tonight_rows",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("sealed", LargeBinary, nullable=False),
)

persons = table(
    "persons",
    required("person_code", unique=True),
    required("sex"),
    day("birth_date"),
    Column("birth_date_precision", Text, nullable=False, server_default="day"),
    Column("age_estimated", Integer),
    day("age_estimated_on"),
    required("nationality"),
    text("languages"),
    # last name, first name, alias, each sealed with the identity key
    Column("last_name", LargeBinary),
    Column("first_name", LargeBinary),
    Column("alias", LargeBinary),
    # the key of those three and of the last six, wrapped with the identity key; without it they are gone from the
    # journal as well
    Column("seal", LargeBinary),
    day("erased_at"),
    # when the record without a name was reduced last (field 6.5)
    day("reduced_at"),
    # what was held of the birth before each assessment anew, in the form of `FormerBirth.text`
    text("former_births"),
    # of two files of one person the one that was closed: its row stays for its code, with its own names and keys
    Column("merged_into", Integer, index=True),
    # the parents, and the numbers by which others know the person: sealed as the names are
    sealed("mother_name"),
    sealed("father_name"),
    sealed("paper_no"),
    sealed("iom_no"),
    sealed("partner_no"),
    sealed("partner_no_of"),
    # whose name was typed at night and waits in the box (`BOXED` of `storage/file/sealing.py`)
    Index("ix_persons_in_box", "id", sqlite_where=text_clause("length(seal) = 92")),
)

# what is said of a person beside what a bed is proposed by, in a row of the same number
profiles = case_table(
    "profiles",
    part_of("person_id", "persons"),
    text("other_nationalities"),
    text("region_origin"),
    text("marital_status"),
    text("education_level"),
    # the key of the words about them, wrapped with the protection key; None before the first
    sealed("protection_seal"),
    CheckConstraint("person_id = id", name="of_its_person"),
    is_boxed=True,
    is_long=True,
)

merges = case_table(
    "merges",
    # whose file went on, and whose was closed into it
    part_of("person_id", "persons"),
    part_of("other_id", "persons"),
    required("merged_at"),
    link("merged_by", "users"),
    required("duplicate_cause"),
    text("late_reason"),
    # of all that hangs on the person as the merge left it; empty once something of it was erased
    text("digest"),
    day("undone_at"),
    link("undone_by", "users"),
    # what an undo needs (`storage.merging.keep`), under the key of the words of the person who goes on
    sealed("for_undo"),
)

holds = case_table(
    "holds",
    part_of("person_id", "persons"),
    required("reason"),
    required("held_at"),
    day("lifted_at"),
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

stays = table(
    "stays",
    required("stay_no", unique=True),
    part_of("person_id", "persons"),
    required("admitted_at"),
    required("entry_kind"),
    day("exited_at"),
    # `exit_reason` of a stay that is counted nowhere; that of any other lies with its situation
    text("uncounted"),
    Column("is_dependant", Boolean(create_constraint=False), nullable=False, server_default="0"),
    Column("head_stay_id", ForeignKey("stays.id"), index=True),
    day("recorded_at"),
    day("exit_recorded_at"),
    # the day they joined their family; empty since the admission
    day("family_since"),
    CheckConstraint("exited_at IS NULL OR exited_at >= substr(admitted_at, 1, length(exited_at))", name="in_order"),
    Index("ix_stays_exited_at_admitted_at", "exited_at", "admitted_at"),
    Index("ix_stays_admitted_at", "admitted_at"),
)

# what is said of a stay beside its days and its family, in a row of the same number
situations = case_table(
    "situations",
    part_of("stay_id", "stays"),
    required("migration_situation"),
    text("child_status"),
    text("referral_source"),
    text("urgent_needs"),
    answer("interpreter_needed"),
    answer("house_rules_explained"),
    text("country_last"),
    # what the person is to the head of the family, and how that is known
    text("family_link"),
    text("link_basis"),
    day("expected_exit"),
    text("exit_reason"),
    text("exit_destination"),
    # the families they left, in the form of `Membership.text`
    text("former_families"),
    CheckConstraint("stay_id = id", name="of_its_stay"),
    Index("ix_situations_former_families", "former_families", sqlite_where=text_clause("former_families != ''")),
    is_boxed=True,
)

placements = table(
    "placements",
    part_of("stay_id", "stays"),
    required("place"),
    link("bed_id", "beds"),
    link("room_id", "rooms"),
    required("started_at"),
    day("ended_at"),
    text("override_rule"),
    CheckConstraint("place = 'appoint' OR bed_id IS NOT NULL", name="bed_named"),
    Index("ix_placements_bed_id_ended_at", "bed_id", "ended_at"),
    Index("ix_placements_ended_at", "ended_at"),
)

# why a rule of the room was set aside, in a row of the same number where that is said
placement_reasons = case_table(
    "placement_reasons",
    part_of("placement_id", "placements"),
    text("override_reason"),
    CheckConstraint("placement_id = id", name="of_its_place"),
    is_long=True,
)

absences = table(
    "absences",
    part_of("stay_id", "stays"),
    required("absence_type"),
    required("started_at"),
    day("ended_at"),
)

victim_statuses = case_table(
    "victim_statuses",
    part_of("stay_id", "stays"),
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
