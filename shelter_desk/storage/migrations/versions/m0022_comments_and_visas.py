"""Comments on figures, the text of a month, and the visas of those who answer for its tables."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

_STATEMENTS = (
    "CREATE TABLE report_comments (id INTEGER NOT NULL, first_day TEXT NOT NULL, last_day TEXT NOT NULL, figure TEXT "
    "DEFAULT '' NOT NULL, dims TEXT DEFAULT '' NOT NULL, text BLOB, written_at TEXT NOT NULL, user_id INTEGER NOT "
    "NULL, CONSTRAINT pk_report_comments PRIMARY KEY (id), CONSTRAINT "
    "uq_report_comments_first_day_last_day_figure_dims UNIQUE (first_day, last_day, figure, dims), CONSTRAINT "
    "fk_report_comments_user_id_users FOREIGN KEY(user_id) REFERENCES users (id))",
    "CREATE INDEX ix_report_comments_user_id ON report_comments (user_id)",
    "CREATE TABLE report_visas (id INTEGER NOT NULL, first_day TEXT NOT NULL, last_day TEXT NOT NULL, part TEXT NOT "
    "NULL, role TEXT NOT NULL, digest TEXT NOT NULL, signed_at TEXT NOT NULL, user_id INTEGER NOT NULL, CONSTRAINT "
    "pk_report_visas PRIMARY KEY (id), CONSTRAINT uq_report_visas_first_day_last_day_part UNIQUE (first_day, "
    "last_day, part), CONSTRAINT fk_report_visas_user_id_users FOREIGN KEY(user_id) REFERENCES users (id))",
    "CREATE INDEX ix_report_visas_user_id ON report_visas (user_id)",
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(sa.text(statement))
