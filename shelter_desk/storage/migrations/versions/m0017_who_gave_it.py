"""Who gave a service, for which action of the plan, and what the store is asked for it; where a roll call saw whom."""

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
