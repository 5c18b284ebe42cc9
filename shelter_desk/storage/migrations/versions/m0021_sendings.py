"""Who files are sent to, and what more is kept of each sending."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

_STATEMENTS = (
    "CREATE TABLE recipients (id INTEGER NOT NULL, name TEXT NOT NULL, recipient_kind TEXT NOT NULL, contact TEXT "
    "DEFAULT '' NOT NULL, agreement_no TEXT DEFAULT '' NOT NULL, agreement_until TEXT, levels TEXT DEFAULT '' NOT "
    "NULL, prefix TEXT NOT NULL, active BOOLEAN DEFAULT '1' NOT NULL, CONSTRAINT pk_recipients PRIMARY KEY (id), "
    "CONSTRAINT uq_recipients_name UNIQUE (name), CONSTRAINT uq_recipients_prefix UNIQUE (prefix))",
    "ALTER TABLE sendings ADD COLUMN kind TEXT DEFAULT 'rapport' NOT NULL",
    "ALTER TABLE sendings ADD COLUMN title TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE sendings ADD COLUMN purpose_code TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE sendings ADD COLUMN channel TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE sendings ADD COLUMN carried_by TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE sendings ADD COLUMN agreement TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE sendings ADD COLUMN due_on TEXT",
    "ALTER TABLE sendings ADD COLUMN copy BLOB",
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(sa.text(statement))
