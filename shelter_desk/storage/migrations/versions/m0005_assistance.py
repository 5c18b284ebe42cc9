"""What is done for residents: partners, services, group activities, consents, referrals, the roll call."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_TABLES = (
    (
        "CREATE TABLE partners (id INTEGER NOT NULL, name TEXT NOT NULL, partner_type TEXT NOT NULL, town TEXT "
        "DEFAULT '' NOT NULL, contact TEXT DEFAULT '' NOT NULL, services_offered TEXT DEFAULT '' NOT NULL, active "
        "BOOLEAN DEFAULT '1' NOT NULL, CONSTRAINT pk_partners PRIMARY KEY (id), CONSTRAINT uq_partners_name UNIQUE "
        "(name))"
    ),
    (
        "CREATE TABLE activities (id INTEGER NOT NULL, activity_no TEXT NOT NULL, service_type TEXT NOT NULL, "
        "theme TEXT DEFAULT '' NOT NULL, title TEXT DEFAULT '' NOT NULL, held_on TEXT NOT NULL, hours FLOAT, place "
        "TEXT DEFAULT '' NOT NULL, facilitators TEXT DEFAULT '' NOT NULL, partner TEXT DEFAULT '' NOT NULL, donor "
        "TEXT DEFAULT '' NOT NULL, audience TEXT NOT NULL, service_status TEXT DEFAULT 'fait' NOT NULL, outside_f "
        "INTEGER DEFAULT '0' NOT NULL, outside_m INTEGER DEFAULT '0' NOT NULL, outside_girls INTEGER DEFAULT '0' "
        "NOT NULL, outside_boys INTEGER DEFAULT '0' NOT NULL, observations TEXT DEFAULT '' NOT NULL, CONSTRAINT "
        "pk_activities PRIMARY KEY (id), CONSTRAINT uq_activities_activity_no UNIQUE (activity_no))"
    ),
    (
        "CREATE TABLE attendances (id INTEGER NOT NULL, activity_id INTEGER NOT NULL, user_id INTEGER, staff_name "
        "TEXT DEFAULT '' NOT NULL, staff_function TEXT DEFAULT '' NOT NULL, sex TEXT DEFAULT '' NOT NULL, "
        "pre_score INTEGER, post_score INTEGER, CONSTRAINT pk_attendances PRIMARY KEY (id), CONSTRAINT "
        "fk_attendances_activity_id_activities FOREIGN KEY(activity_id) REFERENCES activities (id), CONSTRAINT "
        "fk_attendances_user_id_users FOREIGN KEY(user_id) REFERENCES users (id))"
    ),
    (
        "CREATE TABLE consents (id INTEGER NOT NULL, person_id INTEGER NOT NULL, consent_purpose TEXT NOT NULL, "
        "recipient TEXT DEFAULT '' NOT NULL, scope TEXT DEFAULT '' NOT NULL, explained TEXT DEFAULT '' NOT NULL, "
        "language TEXT DEFAULT '' NOT NULL, interpreter TEXT DEFAULT '' NOT NULL, consent_status TEXT NOT NULL, "
        "consent_mode TEXT NOT NULL, given_by TEXT NOT NULL, child_assent TEXT DEFAULT '' NOT NULL, given_on TEXT "
        "NOT NULL, valid_until TEXT, withdrawn_on TEXT, withdrawn_effect TEXT DEFAULT '' NOT NULL, paper_ref TEXT "
        "DEFAULT '' NOT NULL, witness TEXT DEFAULT '' NOT NULL, recorded_at TEXT, CONSTRAINT pk_consents PRIMARY "
        "KEY (id), CONSTRAINT fk_consents_person_id_persons FOREIGN KEY(person_id) REFERENCES persons (id))"
    ),
    (
        "CREATE TABLE referrals (id INTEGER NOT NULL, referral_no TEXT NOT NULL, stay_id INTEGER NOT NULL, "
        "direction TEXT NOT NULL, issued_on TEXT NOT NULL, urgency TEXT DEFAULT '' NOT NULL, partner TEXT NOT "
        "NULL, partner_contact TEXT DEFAULT '' NOT NULL, service_wanted TEXT DEFAULT '' NOT NULL, reason_code TEXT "
        "DEFAULT '' NOT NULL, referral_status TEXT NOT NULL, consent_id INTEGER, exception_code TEXT DEFAULT '' "
        "NOT NULL, exception_reason TEXT DEFAULT '' NOT NULL, data_shared TEXT DEFAULT '' NOT NULL, summary_shared "
        "BLOB, transport_escort TEXT DEFAULT '' NOT NULL, appointment_at TEXT, accepted_on TEXT, served_on TEXT, "
        "closed_on TEXT, feedback_kind TEXT DEFAULT '' NOT NULL, outcome TEXT DEFAULT '' NOT NULL, follow_up_on "
        "TEXT, recorded_at TEXT, CONSTRAINT pk_referrals PRIMARY KEY (id), CONSTRAINT uq_referrals_referral_no "
        "UNIQUE (referral_no), CONSTRAINT fk_referrals_stay_id_stays FOREIGN KEY(stay_id) REFERENCES stays (id), "
        "CONSTRAINT fk_referrals_consent_id_consents FOREIGN KEY(consent_id) REFERENCES consents (id))"
    ),
    (
        "CREATE TABLE services (id INTEGER NOT NULL, service_no TEXT NOT NULL, service_on TEXT NOT NULL, stay_id "
        "INTEGER NOT NULL, service_type TEXT NOT NULL, quantity FLOAT NOT NULL, provider_kind TEXT NOT NULL, "
        "partner TEXT DEFAULT '' NOT NULL, donor TEXT DEFAULT '' NOT NULL, cost_xof INTEGER, service_status TEXT "
        "DEFAULT 'fait' NOT NULL, activity_id INTEGER, referral_id INTEGER, recorded_at TEXT, note BLOB, "
        "CONSTRAINT pk_services PRIMARY KEY (id), CONSTRAINT uq_services_service_no UNIQUE (service_no), "
        "CONSTRAINT fk_services_stay_id_stays FOREIGN KEY(stay_id) REFERENCES stays (id), CONSTRAINT "
        "fk_services_activity_id_activities FOREIGN KEY(activity_id) REFERENCES activities (id), CONSTRAINT "
        "fk_services_referral_id_referrals FOREIGN KEY(referral_id) REFERENCES referrals (id))"
    ),
    (
        "CREATE TABLE roll_calls (id INTEGER NOT NULL, night_of TEXT NOT NULL, checked_at TEXT NOT NULL, "
        "checked_by INTEGER NOT NULL, unregistered INTEGER DEFAULT '0' NOT NULL, note TEXT DEFAULT '' NOT NULL, "
        "CONSTRAINT pk_roll_calls PRIMARY KEY (id), CONSTRAINT uq_roll_calls_night_of UNIQUE (night_of), "
        "CONSTRAINT fk_roll_calls_checked_by_users FOREIGN KEY(checked_by) REFERENCES users (id))"
    ),
    (
        "CREATE TABLE roll_call_lines (id INTEGER NOT NULL, roll_call_id INTEGER NOT NULL, stay_id INTEGER NOT "
        "NULL, presence TEXT NOT NULL, absence_type TEXT DEFAULT '' NOT NULL, CONSTRAINT pk_roll_call_lines "
        "PRIMARY KEY (id), CONSTRAINT uq_roll_call_lines_roll_call_id_stay_id UNIQUE (roll_call_id, stay_id), "
        "CONSTRAINT fk_roll_call_lines_roll_call_id_roll_calls FOREIGN KEY(roll_call_id) REFERENCES roll_calls "
        "(id), CONSTRAINT fk_roll_call_lines_stay_id_stays FOREIGN KEY(stay_id) REFERENCES stays (id))"
    ),
)
_INDEXES = (
    "CREATE INDEX ix_activities_held_on ON activities (held_on)",
    "CREATE INDEX ix_attendances_activity_id ON attendances (activity_id)",
    "CREATE INDEX ix_consents_person_id ON consents (person_id)",
    "CREATE INDEX ix_referrals_consent_id ON referrals (consent_id)",
    "CREATE INDEX ix_referrals_issued_on ON referrals (issued_on)",
    "CREATE INDEX ix_referrals_stay_id ON referrals (stay_id)",
    "CREATE INDEX ix_services_activity_id ON services (activity_id)",
    "CREATE INDEX ix_services_referral_id ON services (referral_id)",
    "CREATE INDEX ix_services_service_on ON services (service_on)",
    "CREATE INDEX ix_services_stay_id ON services (stay_id)",
    "CREATE INDEX ix_roll_call_lines_roll_call_id ON roll_call_lines (roll_call_id)",
    "CREATE INDEX ix_roll_call_lines_stay_id ON roll_call_lines (stay_id)",
)


def upgrade() -> None:
    op.execute(sa.text("ALTER TABLE persons ADD COLUMN protection_seal BLOB"))
    for statement in (*_TABLES, *_INDEXES):
        op.execute(sa.text(statement))
