"""The narrative of a month, passage by passage."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"

_STATEMENTS = (
    "CREATE TABLE report_passages (id INTEGER NOT NULL, first_day TEXT NOT NULL, last_day TEXT NOT NULL, heading TEXT "
    "NOT NULL, is_dropped BOOLEAN DEFAULT '0' NOT NULL, content BLOB, written_at TEXT NOT NULL, user_id INTEGER NOT "
    "NULL, CONSTRAINT pk_report_passages PRIMARY KEY (id), CONSTRAINT fk_report_passages_user_id_users FOREIGN "
    "KEY(user_id) REFERENCES users (id))",
    "CREATE INDEX ix_report_passages_first_day ON report_passages (first_day)",
    "CREATE INDEX ix_report_passages_user_id ON report_passages (user_id)",
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(sa.text(statement))
