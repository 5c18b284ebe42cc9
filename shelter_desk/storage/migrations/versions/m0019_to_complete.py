"""Values that an import left open: what the file said there, until they are completed."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

_STATEMENTS = (
    "CREATE TABLE import_gaps (id INTEGER NOT NULL, batch_id INTEGER NOT NULL, owner TEXT NOT NULL, row_id INTEGER NOT "
    "NULL, list_key TEXT NOT NULL, column_key TEXT NOT NULL, person_id INTEGER, told TEXT DEFAULT '' NOT NULL, "
    "sealed_told BLOB, settled_at TEXT, CONSTRAINT pk_import_gaps PRIMARY KEY (id), CONSTRAINT "
    "uq_import_gaps_owner_row_id_list_key_column_key UNIQUE (owner, row_id, list_key, column_key), CONSTRAINT "
    "fk_import_gaps_batch_id_import_batches FOREIGN KEY(batch_id) REFERENCES import_batches (id))",
    "CREATE INDEX ix_import_gaps_batch_id ON import_gaps (batch_id)",
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(sa.text(statement))
