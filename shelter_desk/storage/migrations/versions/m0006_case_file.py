"""The case file of a person: interviews, assessments, plans, what concerns a child, notes, papers, incidents."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_COLUMNS = (
    ("persons", "marital_status TEXT DEFAULT '' NOT NULL"),
    ("persons", "education_level TEXT DEFAULT '' NOT NULL"),
    ("stays", "urgent_needs TEXT DEFAULT '' NOT NULL"),
    ("stays", "specific_needs TEXT DEFAULT '' NOT NULL"),
    ("stays", "interpreter_needed BOOLEAN"),
    ("stays", "house_rules_explained BOOLEAN"),
    ("stays", "expected_exit TEXT"),
    ("stays", "country_last TEXT DEFAULT '' NOT NULL"),
    ("victim_statuses", "assimilated_practices TEXT DEFAULT '' NOT NULL"),
    ("victim_statuses", "status_decider TEXT DEFAULT '' NOT NULL"),
    ("victim_statuses", "reason BLOB"),
    ("victim_statuses", "review_on TEXT"),
)
_TABLES = (
    (
        "CREATE TABLE interviews (id INTEGER NOT NULL, interview_no TEXT NOT NULL, stay_id INTEGER NOT NULL, "
        "session_no INTEGER NOT NULL, interview_at TEXT NOT NULL, place TEXT DEFAULT '' NOT NULL, interviewer_id "
        "INTEGER, interviewer_trained BOOLEAN DEFAULT '0' NOT NULL, interviewer_sex_ok BOOLEAN DEFAULT '0' NOT "
        "NULL, interpreter_name TEXT DEFAULT '' NOT NULL, interpreter_ok BOOLEAN, language TEXT DEFAULT '' NOT "
        "NULL, others_present TEXT DEFAULT '' NOT NULL, ready_rested BOOLEAN DEFAULT '0' NOT NULL, ready_care "
        "BOOLEAN DEFAULT '0' NOT NULL, ready_safe BOOLEAN DEFAULT '0' NOT NULL, consent_interview TEXT DEFAULT '' "
        "NOT NULL, consent_anonymous_stats TEXT DEFAULT '' NOT NULL, is_child_variant BOOLEAN DEFAULT '0' NOT "
        "NULL, stage INTEGER DEFAULT '0' NOT NULL, interview_state TEXT NOT NULL, stop_reason TEXT DEFAULT '' NOT "
        "NULL, was_minor_at_facts BOOLEAN, age_at_facts INTEGER, acts TEXT DEFAULT '' NOT NULL, means TEXT DEFAULT"
        " '' NOT NULL, exploitation_forms TEXT DEFAULT '' NOT NULL, recruitment_methods TEXT DEFAULT '' NOT NULL, "
        "recruiter_relation TEXT DEFAULT '' NOT NULL, control_methods TEXT DEFAULT '' NOT NULL, "
        "exploitation_countries TEXT DEFAULT '' NOT NULL, exploitation_regions TEXT DEFAULT '' NOT NULL, "
        "duration_months INTEGER, route_points TEXT DEFAULT '' NOT NULL, assimilated_practices TEXT DEFAULT '' NOT"
        " NULL, immediate_danger BOOLEAN, risk_family_reprisal BOOLEAN, legal_action_wish TEXT DEFAULT '' NOT "
        "NULL, summary BLOB, recorded_at TEXT, CONSTRAINT pk_interviews PRIMARY KEY (id), CONSTRAINT "
        "uq_interviews_interview_no UNIQUE (interview_no), CONSTRAINT fk_interviews_stay_id_stays FOREIGN "
        "KEY(stay_id) REFERENCES stays (id), CONSTRAINT fk_interviews_interviewer_id_users FOREIGN "
        "KEY(interviewer_id) REFERENCES users (id))"
    ),
    (
        "CREATE TABLE indicator_answers (id INTEGER NOT NULL, interview_id INTEGER NOT NULL, indicator TEXT NOT "
        "NULL, answer TEXT NOT NULL, CONSTRAINT pk_indicator_answers PRIMARY KEY (id), CONSTRAINT "
        "uq_indicator_answers_interview_id_indicator UNIQUE (interview_id, indicator), CONSTRAINT "
        "fk_indicator_answers_interview_id_interviews FOREIGN KEY(interview_id) REFERENCES interviews (id))"
    ),
    (
        "CREATE TABLE assessments (id INTEGER NOT NULL, assessment_no TEXT NOT NULL, stay_id INTEGER NOT NULL, "
        "version INTEGER NOT NULL, assessed_on TEXT NOT NULL, assessor_id INTEGER, threat_sources BLOB, "
        "self_harm_concern BLOB, threat_likelihood INTEGER, threat_impact INTEGER, safe_to_contact_family TEXT "
        "DEFAULT '' NOT NULL, safe_to_go_out TEXT DEFAULT '' NOT NULL, risk_level TEXT DEFAULT '' NOT NULL, "
        "safety_measures TEXT DEFAULT '' NOT NULL, measured_at TEXT, next_review TEXT, note BLOB, recorded_at "
        "TEXT, CONSTRAINT pk_assessments PRIMARY KEY (id), CONSTRAINT uq_assessments_assessment_no UNIQUE "
        "(assessment_no), CONSTRAINT fk_assessments_stay_id_stays FOREIGN KEY(stay_id) REFERENCES stays (id), "
        "CONSTRAINT fk_assessments_assessor_id_users FOREIGN KEY(assessor_id) REFERENCES users (id))"
    ),
    (
        "CREATE TABLE factor_answers (id INTEGER NOT NULL, assessment_id INTEGER NOT NULL, factor TEXT NOT NULL, "
        "answer TEXT NOT NULL, note BLOB, CONSTRAINT pk_factor_answers PRIMARY KEY (id), CONSTRAINT "
        "uq_factor_answers_assessment_id_factor UNIQUE (assessment_id, factor), CONSTRAINT "
        "fk_factor_answers_assessment_id_assessments FOREIGN KEY(assessment_id) REFERENCES assessments (id))"
    ),
    (
        "CREATE TABLE plans (id INTEGER NOT NULL, plan_no TEXT NOT NULL, stay_id INTEGER NOT NULL, made_on TEXT "
        "NOT NULL, case_worker_id INTEGER, made_with_person BOOLEAN DEFAULT '0' NOT NULL, wishes BLOB, "
        "solution_sought TEXT DEFAULT '' NOT NULL, agreed_on TEXT, agreed_mode TEXT DEFAULT '' NOT NULL, "
        "next_review TEXT, closed_on TEXT, close_reason TEXT DEFAULT '' NOT NULL, recorded_at TEXT, CONSTRAINT "
        "pk_plans PRIMARY KEY (id), CONSTRAINT uq_plans_plan_no UNIQUE (plan_no), CONSTRAINT "
        "fk_plans_stay_id_stays FOREIGN KEY(stay_id) REFERENCES stays (id), CONSTRAINT "
        "fk_plans_case_worker_id_users FOREIGN KEY(case_worker_id) REFERENCES users (id))"
    ),
    (
        "CREATE TABLE plan_actions (id INTEGER NOT NULL, plan_id INTEGER NOT NULL, domain TEXT NOT NULL, objective"
        " BLOB, action BLOB, responsible TEXT DEFAULT '' NOT NULL, responsible_id INTEGER, due_on TEXT NOT NULL, "
        "action_status TEXT NOT NULL, done_on TEXT, result BLOB, CONSTRAINT pk_plan_actions PRIMARY KEY (id), "
        "CONSTRAINT fk_plan_actions_plan_id_plans FOREIGN KEY(plan_id) REFERENCES plans (id), CONSTRAINT "
        "fk_plan_actions_responsible_id_users FOREIGN KEY(responsible_id) REFERENCES users (id))"
    ),
    (
        "CREATE TABLE guardians (id INTEGER NOT NULL, person_id INTEGER NOT NULL, guardian_status TEXT NOT NULL, "
        "requested_on TEXT, authority TEXT DEFAULT '' NOT NULL, guardian_kind TEXT DEFAULT '' NOT NULL, "
        "guardian_name BLOB, contact BLOB, decision_ref TEXT DEFAULT '' NOT NULL, started_on TEXT, ended_on TEXT, "
        "recorded_at TEXT, CONSTRAINT pk_guardians PRIMARY KEY (id), CONSTRAINT fk_guardians_person_id_persons "
        "FOREIGN KEY(person_id) REFERENCES persons (id))"
    ),
    (
        "CREATE TABLE best_interests (id INTEGER NOT NULL, bia_no TEXT NOT NULL, stay_id INTEGER NOT NULL, "
        "bia_trigger TEXT NOT NULL, form TEXT NOT NULL, assessed_on TEXT NOT NULL, assessor_id INTEGER, "
        "assessor_trained BOOLEAN DEFAULT '0' NOT NULL, child_view BLOB, family_view BLOB, safety BLOB, care_now "
        "BLOB, health_education BLOB, options BLOB, recommendation BLOB, recommended_exits TEXT DEFAULT '' NOT "
        "NULL, validated_by INTEGER, validated_on TEXT, next_review TEXT, needs_bid BOOLEAN DEFAULT '0' NOT NULL, "
        "bia_status TEXT NOT NULL, bid_requested_on TEXT, bid_decided_on TEXT, bid_ref TEXT DEFAULT '' NOT NULL, "
        "recorded_at TEXT, CONSTRAINT pk_best_interests PRIMARY KEY (id), CONSTRAINT uq_best_interests_bia_no "
        "UNIQUE (bia_no), CONSTRAINT fk_best_interests_stay_id_stays FOREIGN KEY(stay_id) REFERENCES stays (id), "
        "CONSTRAINT fk_best_interests_assessor_id_users FOREIGN KEY(assessor_id) REFERENCES users (id), CONSTRAINT"
        " fk_best_interests_validated_by_users FOREIGN KEY(validated_by) REFERENCES users (id))"
    ),
    (
        "CREATE TABLE tracings (id INTEGER NOT NULL, tracing_no TEXT NOT NULL, stay_id INTEGER NOT NULL, "
        "child_consents BOOLEAN DEFAULT '0' NOT NULL, requested_on TEXT, separation_on TEXT, separation_place TEXT"
        " DEFAULT '' NOT NULL, separation_causes TEXT DEFAULT '' NOT NULL, care_arrangement TEXT DEFAULT '' NOT "
        "NULL, relatives BLOB, partner TEXT DEFAULT '' NOT NULL, tracing_status TEXT NOT NULL, located_on TEXT, "
        "verified_on TEXT, reunified_on TEXT, recorded_at TEXT, CONSTRAINT pk_tracings PRIMARY KEY (id), "
        "CONSTRAINT uq_tracings_tracing_no UNIQUE (tracing_no), CONSTRAINT fk_tracings_stay_id_stays FOREIGN "
        "KEY(stay_id) REFERENCES stays (id))"
    ),
    (
        "CREATE TABLE tracing_steps (id INTEGER NOT NULL, tracing_id INTEGER NOT NULL, done_on TEXT NOT NULL, step"
        " BLOB, CONSTRAINT pk_tracing_steps PRIMARY KEY (id), CONSTRAINT fk_tracing_steps_tracing_id_tracings "
        "FOREIGN KEY(tracing_id) REFERENCES tracings (id))"
    ),
    (
        "CREATE TABLE notifications (id INTEGER NOT NULL, stay_id INTEGER NOT NULL, notified_on TEXT NOT NULL, "
        "service TEXT NOT NULL, reference TEXT DEFAULT '' NOT NULL, recorded_at TEXT, CONSTRAINT pk_notifications "
        "PRIMARY KEY (id), CONSTRAINT fk_notifications_stay_id_stays FOREIGN KEY(stay_id) REFERENCES stays (id))"
    ),
    (
        "CREATE TABLE exits (id INTEGER NOT NULL, stay_id INTEGER NOT NULL, exit_decided_by TEXT DEFAULT '' NOT "
        "NULL, dest_country TEXT DEFAULT '' NOT NULL, dest_region TEXT DEFAULT '' NOT NULL, child_decision_ref "
        "TEXT DEFAULT '' NOT NULL, handed_to BLOB, handed_relation TEXT DEFAULT '' NOT NULL, identity_checked "
        "BOOLEAN DEFAULT '0' NOT NULL, escort TEXT DEFAULT '' NOT NULL, safety_ok BOOLEAN, needs_met TEXT DEFAULT "
        "'' NOT NULL, valuables_returned BOOLEAN, documents_given TEXT DEFAULT '' NOT NULL, follow_up_consent TEXT"
        " DEFAULT '' NOT NULL, follow_up_on TEXT, follow_up_channel TEXT DEFAULT '' NOT NULL, case_closed_on TEXT,"
        " closure_reason TEXT DEFAULT '' NOT NULL, approved_by INTEGER, approved_on TEXT, CONSTRAINT pk_exits "
        "PRIMARY KEY (id), CONSTRAINT uq_exits_stay_id UNIQUE (stay_id), CONSTRAINT fk_exits_stay_id_stays FOREIGN"
        " KEY(stay_id) REFERENCES stays (id), CONSTRAINT fk_exits_approved_by_users FOREIGN KEY(approved_by) "
        "REFERENCES users (id))"
    ),
    (
        "CREATE TABLE follow_ups (id INTEGER NOT NULL, stay_id INTEGER NOT NULL, due_on TEXT NOT NULL, held_on "
        "TEXT, channel TEXT DEFAULT '' NOT NULL, outcome TEXT DEFAULT '' NOT NULL, note BLOB, service_id INTEGER, "
        "recorded_at TEXT, CONSTRAINT pk_follow_ups PRIMARY KEY (id), CONSTRAINT fk_follow_ups_stay_id_stays "
        "FOREIGN KEY(stay_id) REFERENCES stays (id), CONSTRAINT fk_follow_ups_service_id_services FOREIGN "
        "KEY(service_id) REFERENCES services (id))"
    ),
    (
        "CREATE TABLE belongings (id INTEGER NOT NULL, receipt_no TEXT NOT NULL, stay_id INTEGER NOT NULL, "
        "deposited_on TEXT NOT NULL, description BLOB, returned_on TEXT, returned_to TEXT DEFAULT '' NOT NULL, "
        "recorded_at TEXT, CONSTRAINT pk_belongings PRIMARY KEY (id), CONSTRAINT uq_belongings_receipt_no UNIQUE "
        "(receipt_no), CONSTRAINT fk_belongings_stay_id_stays FOREIGN KEY(stay_id) REFERENCES stays (id))"
    ),
    (
        "CREATE TABLE case_notes (id INTEGER NOT NULL, person_id INTEGER NOT NULL, stay_id INTEGER, note_kind TEXT"
        " NOT NULL, noted_at TEXT NOT NULL, written_at TEXT NOT NULL, written_by INTEGER, is_contact BOOLEAN "
        "DEFAULT '0' NOT NULL, body BLOB, corrects_id INTEGER, CONSTRAINT pk_case_notes PRIMARY KEY (id), "
        "CONSTRAINT fk_case_notes_person_id_persons FOREIGN KEY(person_id) REFERENCES persons (id), CONSTRAINT "
        "fk_case_notes_stay_id_stays FOREIGN KEY(stay_id) REFERENCES stays (id), CONSTRAINT "
        "fk_case_notes_written_by_users FOREIGN KEY(written_by) REFERENCES users (id), CONSTRAINT "
        "fk_case_notes_corrects_id_case_notes FOREIGN KEY(corrects_id) REFERENCES case_notes (id))"
    ),
    (
        "CREATE TABLE documents (id INTEGER NOT NULL, person_id INTEGER NOT NULL, stay_id INTEGER, document_kind "
        "TEXT NOT NULL, title BLOB, media_type TEXT NOT NULL, size INTEGER NOT NULL, content BLOB, added_by "
        "INTEGER, added_at TEXT NOT NULL, expires_on TEXT, CONSTRAINT pk_documents PRIMARY KEY (id), CONSTRAINT "
        "fk_documents_person_id_persons FOREIGN KEY(person_id) REFERENCES persons (id), CONSTRAINT "
        "fk_documents_stay_id_stays FOREIGN KEY(stay_id) REFERENCES stays (id), CONSTRAINT "
        "fk_documents_added_by_users FOREIGN KEY(added_by) REFERENCES users (id))"
    ),
    (
        "CREATE TABLE appointments (id INTEGER NOT NULL, stay_id INTEGER NOT NULL, starts_at TEXT NOT NULL, "
        "service_type TEXT DEFAULT '' NOT NULL, partner TEXT DEFAULT '' NOT NULL, step TEXT DEFAULT '' NOT NULL, "
        "appointment_state TEXT NOT NULL, note BLOB, responsible_id INTEGER, service_id INTEGER, recorded_at TEXT,"
        " CONSTRAINT pk_appointments PRIMARY KEY (id), CONSTRAINT fk_appointments_stay_id_stays FOREIGN "
        "KEY(stay_id) REFERENCES stays (id), CONSTRAINT fk_appointments_responsible_id_users FOREIGN "
        "KEY(responsible_id) REFERENCES users (id), CONSTRAINT fk_appointments_service_id_services FOREIGN "
        "KEY(service_id) REFERENCES services (id))"
    ),
    (
        "CREATE TABLE incidents (id INTEGER NOT NULL, incident_no TEXT NOT NULL, occurred_at TEXT NOT NULL, "
        "reported_at TEXT NOT NULL, reported_by INTEGER, incident_type TEXT NOT NULL, severity TEXT NOT NULL, "
        "room_id INTEGER, channel TEXT DEFAULT '' NOT NULL, persons_involved BLOB, staff_involved BLOB, facts "
        "BLOB, immediate_action BLOB, follow_up BLOB, notified TEXT DEFAULT '' NOT NULL, notified_at TEXT, "
        "referral_id INTEGER, answered_on TEXT, closed_on TEXT, closed_by INTEGER, lesson TEXT DEFAULT '' NOT "
        "NULL, CONSTRAINT pk_incidents PRIMARY KEY (id), CONSTRAINT uq_incidents_incident_no UNIQUE (incident_no),"
        " CONSTRAINT fk_incidents_reported_by_users FOREIGN KEY(reported_by) REFERENCES users (id), CONSTRAINT "
        "fk_incidents_room_id_rooms FOREIGN KEY(room_id) REFERENCES rooms (id), CONSTRAINT "
        "fk_incidents_referral_id_referrals FOREIGN KEY(referral_id) REFERENCES referrals (id), CONSTRAINT "
        "fk_incidents_closed_by_users FOREIGN KEY(closed_by) REFERENCES users (id))"
    ),
    (
        "CREATE TABLE contact_risks (id INTEGER NOT NULL, person_id INTEGER NOT NULL, other_id INTEGER, risk_kind "
        "TEXT NOT NULL, noted_on TEXT NOT NULL, ended_on TEXT, note BLOB, CONSTRAINT pk_contact_risks PRIMARY KEY "
        "(id), CONSTRAINT fk_contact_risks_person_id_persons FOREIGN KEY(person_id) REFERENCES persons (id), "
        "CONSTRAINT fk_contact_risks_other_id_persons FOREIGN KEY(other_id) REFERENCES persons (id))"
    ),
    (
        "CREATE TABLE settled_flags (id INTEGER NOT NULL, rule TEXT NOT NULL, subject TEXT NOT NULL, settled_at "
        "TEXT NOT NULL, settled_by INTEGER, until TEXT, reason TEXT NOT NULL, CONSTRAINT pk_settled_flags PRIMARY "
        "KEY (id), CONSTRAINT fk_settled_flags_settled_by_users FOREIGN KEY(settled_by) REFERENCES users (id))"
    ),
)
_INDEXES = (
    "CREATE INDEX ix_interviews_interview_at ON interviews (interview_at)",
    "CREATE INDEX ix_interviews_stay_id ON interviews (stay_id)",
    "CREATE INDEX ix_indicator_answers_interview_id ON indicator_answers (interview_id)",
    "CREATE INDEX ix_assessments_stay_id ON assessments (stay_id)",
    "CREATE INDEX ix_factor_answers_assessment_id ON factor_answers (assessment_id)",
    "CREATE INDEX ix_plans_stay_id ON plans (stay_id)",
    "CREATE INDEX ix_plan_actions_plan_id ON plan_actions (plan_id)",
    "CREATE INDEX ix_guardians_person_id ON guardians (person_id)",
    "CREATE INDEX ix_best_interests_stay_id ON best_interests (stay_id)",
    "CREATE INDEX ix_tracings_stay_id ON tracings (stay_id)",
    "CREATE INDEX ix_tracing_steps_tracing_id ON tracing_steps (tracing_id)",
    "CREATE INDEX ix_notifications_stay_id ON notifications (stay_id)",
    "CREATE INDEX ix_follow_ups_stay_id ON follow_ups (stay_id)",
    "CREATE INDEX ix_belongings_stay_id ON belongings (stay_id)",
    "CREATE INDEX ix_case_notes_corrects_id ON case_notes (corrects_id)",
    "CREATE INDEX ix_case_notes_person_id ON case_notes (person_id)",
    "CREATE INDEX ix_case_notes_stay_id ON case_notes (stay_id)",
    "CREATE INDEX ix_documents_person_id ON documents (person_id)",
    "CREATE INDEX ix_documents_stay_id ON documents (stay_id)",
    "CREATE INDEX ix_appointments_starts_at ON appointments (starts_at)",
    "CREATE INDEX ix_appointments_stay_id ON appointments (stay_id)",
    "CREATE INDEX ix_incidents_occurred_at ON incidents (occurred_at)",
    "CREATE INDEX ix_contact_risks_other_id ON contact_risks (other_id)",
    "CREATE INDEX ix_contact_risks_person_id ON contact_risks (person_id)",
    "CREATE INDEX ix_settled_flags_rule_subject ON settled_flags (rule, subject)",
)


def upgrade() -> None:
    for table, column in _COLUMNS:
        op.execute(sa.text(f"ALTER TABLE {table} ADD COLUMN {column}"))
    for statement in (*_TABLES, *_INDEXES):
        op.execute(sa.text(statement))
