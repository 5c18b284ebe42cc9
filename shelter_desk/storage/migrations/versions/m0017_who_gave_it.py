"""Who gave a service, for which action, from the store; who was seen where; acts without consent; diets."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

_STATEMENTS = (
    "ALTER TABLE services ADD COLUMN staff_id INTEGER",
    "ALTER TABLE services ADD COLUMN plan_action_id INTEGER",
    "CREATE INDEX ix_services_plan_action_id ON services (plan_action_id)",
    "ALTER TABLE stock_vouchers ADD COLUMN service_no TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE roll_call_lines ADD COLUMN place TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE roll_call_lines ADD COLUMN bed_id INTEGER",
    "CREATE TABLE consent_exceptions (id INTEGER NOT NULL, person_id INTEGER NOT NULL, consent_purpose TEXT NOT NULL, "
    "exception_code TEXT NOT NULL, done_on TEXT NOT NULL, by_id INTEGER, about TEXT DEFAULT '' NOT NULL, reason BLOB, "
    "recorded_at TEXT, CONSTRAINT pk_consent_exceptions PRIMARY KEY (id), CONSTRAINT "
    "fk_consent_exceptions_person_id_persons FOREIGN KEY(person_id) REFERENCES persons (id), CONSTRAINT "
    "fk_consent_exceptions_by_id_users FOREIGN KEY(by_id) REFERENCES users (id))",
    "CREATE INDEX ix_consent_exceptions_person_id ON consent_exceptions (person_id)",
    "CREATE TABLE diets (id INTEGER NOT NULL, stay_id INTEGER NOT NULL, diet TEXT NOT NULL, noted_on TEXT NOT NULL, "
    "by_id INTEGER, CONSTRAINT pk_diets PRIMARY KEY (id), CONSTRAINT fk_diets_stay_id_stays FOREIGN KEY(stay_id) "
    "REFERENCES stays (id), CONSTRAINT fk_diets_by_id_users FOREIGN KEY(by_id) REFERENCES users (id))",
    "CREATE INDEX ix_diets_stay_id ON diets (stay_id)",
    # as a key to another table does: a column that has one is not added to a table that stands
    "CREATE TRIGGER plan_actions_of_services BEFORE DELETE ON plan_actions "
    "WHEN EXISTS (SELECT 1 FROM services WHERE plan_action_id = OLD.id) "
    "BEGIN SELECT RAISE(ABORT, 'FOREIGN KEY: a service was given for this action'); END",
    "CREATE TRIGGER beds_of_roll_calls BEFORE DELETE ON beds "
    "WHEN EXISTS (SELECT 1 FROM roll_call_lines WHERE bed_id = OLD.id) "
    "BEGIN SELECT RAISE(ABORT, 'FOREIGN KEY: somebody was seen in this bed'); END",
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(sa.text(statement))
