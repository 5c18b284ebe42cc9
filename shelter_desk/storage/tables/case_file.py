"""The case file of a person: interviews, assessments, plans, exits, notes, papers, incidents.

Codes stand open, since figures and rules read them; every open word about a person is sealed.

The file of a return: wish, papers, travel, reintegration, step by step.
"""

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Table, UniqueConstraint

from shelter_desk.storage.tables.base import (
    answer,
    case_table,
    day,
    link,
    metadata,
    part_of,
    required,
    sealed,
    text,
    yes_or_no,
)

return_files = case_table(
    "return_files",
    required("return_no", unique=True),
    part_of("stay_id", "stays"),
    required("wish_on"),
    required("dest_country"),
    # the four that follow are sealed with the key of the narratives of the person
    sealed("dest_town"),
    sealed("wish"),
    sealed("document_no"),
    sealed("reintegration"),
    link("responsible_id", "users"),
    day("informed_on"),
    text("id_document"),
    day("document_asked_on"),
    day("document_obtained_on"),
    day("fit_on"),
    text("travel_fitness"),
    text("partner"),
    day("travel_on"),
    day("kit_on"),
    day("reintegration_on"),
    day("left_on"),
    day("arrived_on"),
    day("closed_on"),
    text("return_closure"),
    day("recorded_at"),
)

legal_steps = case_table(
    "legal_steps",
    required("legal_no", unique=True),
    part_of("stay_id", "stays"),
    required("legal_step"),
    # none for a hearing that was not held yet; the agenda says when it is
    day("done_on"),
    day("valid_until"),
    text("partner"),
    text("protection_measure"),
    text("verdict"),
    Column("amount_xof", Integer),
    # the number of the complaint or of the case, sealed with the key of the narratives of the person
    sealed("reference"),
    Column("appointment_id", ForeignKey("appointments.id"), index=True),
    day("recorded_at"),
)

interviews = case_table(
    "interviews",
    required("interview_no", unique=True),
    part_of("stay_id", "stays"),
    # 1 for the first sitting of the stay
    Column("session_no", Integer, nullable=False),
    required("interview_at"),
    text("place"),
    link("interviewer_id", "users"),
    yes_or_no("interviewer_trained"),
    yes_or_no("interviewer_sex_ok"),
    text("interpreter_name"),
    answer("interpreter_ok"),
    text("language"),
    text("others_present"),
    yes_or_no("ready_rested"),
    yes_or_no("ready_care"),
    yes_or_no("ready_safe"),
    text("consent_interview"),
    text("consent_anonymous_stats"),
    yes_or_no("is_child_variant"),
    # the last stage reached, 0 to 10
    Column("stage", Integer, nullable=False, server_default="0"),
    # `en_cours`, `pause`, `arrete`, `termine`
    required("interview_state"),
    text("stop_reason"),
    answer("was_minor_at_facts"),
    Column("age_at_facts", Integer),
    text("acts"),
    text("means"),
    text("exploitation_forms"),
    text("recruitment_methods"),
    text("recruiter_relation"),
    text("control_methods"),
    text("exploitation_countries"),
    text("exploitation_regions"),
    Column("duration_months", Integer),
    text("route_points"),
    text("assimilated_practices"),
    answer("immediate_danger"),
    answer("risk_family_reprisal"),
    text("legal_action_wish"),
    sealed("summary"),
    day("recorded_at"),
    Index("ix_interviews_interview_at", "interview_at"),
)

indicator_answers = case_table(
    "indicator_answers",
    part_of("interview_id", "interviews"),
    required("indicator"),
    required("answer"),
    UniqueConstraint("interview_id", "indicator"),
)

assessments = case_table(
    "assessments",
    required("assessment_no", unique=True),
    part_of("stay_id", "stays"),
    Column("version", Integer, nullable=False),
    required("assessed_on"),
    link("assessor_id", "users"),
    # several `threat_source`, and `oui` or `non`: who opens the narratives opens these
    sealed("threat_sources"),
    sealed("self_harm_concern"),
    Column("threat_likelihood", Integer),
    Column("threat_impact", Integer),
    text("safe_to_contact_family"),
    text("safe_to_go_out"),
    text("risk_level"),
    text("safety_measures"),
    # when the first measure was written, for the 24 hours of R-21
    day("measured_at"),
    day("next_review"),
    sealed("note"),
    day("recorded_at"),
)

factor_answers = case_table(
    "factor_answers",
    part_of("assessment_id", "assessments"),
    required("factor"),
    required("answer"),
    sealed("note"),
    UniqueConstraint("assessment_id", "factor"),
)

plans = case_table(
    "plans",
    required("plan_no", unique=True),
    part_of("stay_id", "stays"),
    required("made_on"),
    link("case_worker_id", "users"),
    yes_or_no("made_with_person"),
    sealed("wishes"),
    text("solution_sought"),
    day("agreed_on"),
    text("agreed_mode"),
    day("next_review"),
    day("closed_on"),
    text("close_reason"),
    day("recorded_at"),
)

plan_actions = case_table(
    "plan_actions",
    part_of("plan_id", "plans"),
    # first level of `service_type`
    required("domain"),
    sealed("objective"),
    sealed("action"),
    # `personne`, the name of a partner, or empty where `responsible_id` says who of the staff
    text("responsible"),
    link("responsible_id", "users"),
    required("due_on"),
    required("action_status"),
    day("done_on"),
    sealed("result"),
)

exits = case_table(
    "exits",
    Column("stay_id", ForeignKey("stays.id"), nullable=False, unique=True),
    text("exit_decided_by"),
    text("dest_country"),
    text("dest_region"),
    # the number of a best-interests assessment, or of a paper of the court
    text("child_decision_ref"),
    sealed("handed_to"),
    text("handed_relation"),
    yes_or_no("identity_checked"),
    text("escort"),
    answer("safety_ok"),
    text("needs_met"),
    answer("valuables_returned"),
    text("documents_given"),
    text("follow_up_consent"),
    day("follow_up_on"),
    text("follow_up_channel"),
    day("case_closed_on"),
    text("closure_reason"),
    link("approved_by", "users"),
    day("approved_on"),
)

follow_ups = case_table(
    "follow_ups",
    part_of("stay_id", "stays"),
    required("due_on"),
    day("held_on"),
    text("channel"),
    text("outcome"),
    sealed("note"),
    link("service_id", "services"),
    day("recorded_at"),
)

belongings = case_table(
    "belongings",
    required("receipt_no", unique=True),
    part_of("stay_id", "stays"),
    required("deposited_on"),
    sealed("description"),
    day("returned_on"),
    text("returned_to"),
    day("recorded_at"),
)

specific_needs = case_table(
    "specific_needs",
    part_of("stay_id", "stays"),
    required("specific_need"),
    required("found_on"),
    day("ended_on"),
    day("recorded_at"),
    CheckConstraint("ended_on IS NULL OR ended_on >= found_on", name="in_order"),
)

case_notes = case_table(
    "case_notes",
    part_of("person_id", "persons"),
    Column("stay_id", ForeignKey("stays.id"), index=True),
    # `suivi`, `protection`, `psy`, `sante`
    required("note_kind"),
    # when it is about, and when it was typed: the lock counts from there
    required("noted_at"),
    required("written_at"),
    link("written_by", "users"),
    # true where the case worker met the person
    yes_or_no("is_contact"),
    sealed("body"),
    Column("corrects_id", ForeignKey("case_notes.id"), index=True),
)

documents = case_table(
    "documents",
    part_of("person_id", "persons"),
    Column("stay_id", ForeignKey("stays.id"), index=True),
    # a code of `id_document`, or `autre`
    required("document_kind"),
    sealed("title"),
    required("media_type"),
    Column("size", Integer, nullable=False),
    link("added_by", "users"),
    required("added_at"),
    day("expires_on"),
)

# what is too large to lie in a row of the case file: it tells whose it is to nobody
document_contents = Table(
    "document_contents", metadata, Column("id", ForeignKey("documents.id"), primary_key=True), sealed("content")
)

appointments = case_table(
    "appointments",
    part_of("stay_id", "stays"),
    # a day alone where the hour is open
    required("starts_at"),
    text("service_type"),
    text("partner"),
    # which step of the template of an admission this is
    text("step"),
    # `prevu`, `fait`, `manque`, `annule`
    required("appointment_state"),
    sealed("note"),
    link("responsible_id", "users"),
    link("service_id", "services"),
    day("recorded_at"),
    Index("ix_appointments_starts_at", "starts_at"),
    is_boxed=True,
)

incidents = case_table(
    "incidents",
    required("incident_no", unique=True),
    required("occurred_at"),
    required("reported_at"),
    # None for a complaint whose author stays unnamed
    link("reported_by", "users"),
    required("incident_type"),
    required("severity"),
    link("room_id", "rooms"),
    # how a complaint came, or through which channel a sealed matter goes on
    text("channel"),
    # persons with their part in it, whether staff is involved, facts, measures, what followed: sealed for the roles
    # that may read incidents
    sealed("persons_involved"),
    sealed("staff_involved"),
    sealed("facts"),
    sealed("immediate_action"),
    sealed("follow_up"),
    # the key of those five, put into the box; without it they are gone from the journal as well. None before 0007,
    # when each lay in the box itself
    sealed("seal"),
    day("erased_at"),
    text("notified"),
    day("notified_at"),
    link("referral_id", "referrals"),
    day("answered_on"),
    day("closed_on"),
    link("closed_by", "users"),
    text("lesson"),
    # of an incident of violence, where the shelter is trained for it
    text("gbv_type"),
    Index("ix_incidents_occurred_at", "occurred_at"),
    is_boxed=True,
)

settled_flags = case_table(
    "settled_flags",
    # a rule and whom or what it speaks of, as the engine names them
    required("rule"),
    required("subject"),
    required("settled_at"),
    link("settled_by", "users"),
    # the first day on which it is shown again; None where it was accepted for good
    day("until"),
    # empty once it is sealed: with the key of the person it is about, else in the box of the shelter
    required("reason"),
    sealed("sealed_reason"),
    Index("ix_settled_flags_rule_subject", "rule", "subject"),
)
