"""Which line of which file became which stay; the order of days in a column; nothing typed in clear in the layouts."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

_STATEMENTS = (
    "CREATE TABLE import_lines (digest TEXT NOT NULL, batch_id INTEGER NOT NULL, person_code TEXT DEFAULT '' NOT NULL, "
    "stay_no TEXT DEFAULT '' NOT NULL, sheet TEXT DEFAULT '' NOT NULL, row_no INTEGER NOT NULL, is_said BOOLEAN NOT "
    "NULL, CONSTRAINT pk_import_lines PRIMARY KEY (digest), CONSTRAINT fk_import_lines_batch_id_import_batches FOREIGN "
    "KEY(batch_id) REFERENCES import_batches (id))",
    "CREATE INDEX ix_import_lines_batch_id ON import_lines (batch_id)",
    "ALTER TABLE import_layouts ADD COLUMN day_orders TEXT DEFAULT '' NOT NULL",
    # headings and values stood there as they were typed, and may have been names: they are asked once more
    "DELETE FROM import_layouts WHERE columns <> '{}' OR value_codes <> '{}'",
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(sa.text(statement))
