"""Months that were closed, each version as it was, and what was sent of them."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"

_STATEMENTS = (
    "CREATE TABLE report_versions (id INTEGER NOT NULL, first_day TEXT NOT NULL, last_day TEXT NOT NULL, version "
    "INTEGER NOT NULL, reason TEXT DEFAULT '' NOT NULL, made_at TEXT NOT NULL, user_id INTEGER NOT NULL, cancelled_at "
    "TEXT, sha256 TEXT NOT NULL, previous TEXT NOT NULL, sealed BLOB, partner BLOB, CONSTRAINT pk_report_versions "
    "PRIMARY KEY (id), CONSTRAINT uq_report_versions_first_day_last_day_version UNIQUE (first_day, last_day, version), "
    "CONSTRAINT fk_report_versions_user_id_users FOREIGN KEY(user_id) REFERENCES users (id))",
    "CREATE INDEX ix_report_versions_user_id ON report_versions (user_id)",
    "CREATE TABLE sendings (id INTEGER NOT NULL, first_day TEXT NOT NULL, last_day TEXT NOT NULL, version_id INTEGER, "
    "level TEXT NOT NULL, recipient TEXT DEFAULT '' NOT NULL, purpose TEXT DEFAULT '' NOT NULL, file_name TEXT NOT "
    "NULL, sha256 TEXT NOT NULL, size INTEGER NOT NULL, sent_at TEXT NOT NULL, user_id INTEGER NOT NULL, "
    "acknowledged_on TEXT, sealed BLOB, CONSTRAINT pk_sendings PRIMARY KEY (id), CONSTRAINT "
    "fk_sendings_version_id_report_versions FOREIGN KEY(version_id) REFERENCES report_versions (id), CONSTRAINT "
    "fk_sendings_user_id_users FOREIGN KEY(user_id) REFERENCES users (id))",
    "CREATE INDEX ix_sendings_sha256 ON sendings (sha256)",
    "CREATE INDEX ix_sendings_user_id ON sendings (user_id)",
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(sa.text(statement))
