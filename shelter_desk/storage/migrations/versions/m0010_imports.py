"""Imports: batches that can be undone, their rows, and how the sheets of a shelter are read."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_TABLES = (
    (
        "CREATE TABLE import_batches (id INTEGER NOT NULL, digest TEXT NOT NULL, taken_at TEXT NOT NULL, taken_by"
        " INTEGER NOT NULL, lists TEXT NOT NULL, journal_seq INTEGER NOT NULL, undone_at TEXT, undone_by INTEGER,"
        " CONSTRAINT pk_import_batches PRIMARY KEY (id), CONSTRAINT fk_import_batches_taken_by_users FOREIGN "
        "KEY(taken_by) REFERENCES users (id), CONSTRAINT fk_import_batches_undone_by_users FOREIGN KEY(undone_by)"
        " REFERENCES users (id))"
    ),
    (
        "CREATE TABLE import_rows (id INTEGER NOT NULL, batch_id INTEGER NOT NULL, table_name TEXT NOT NULL, "
        "row_id INTEGER NOT NULL, is_new BOOLEAN NOT NULL, former TEXT DEFAULT '' NOT NULL, digest TEXT DEFAULT"
        " '' NOT NULL, CONSTRAINT pk_import_rows PRIMARY KEY (id), CONSTRAINT "
        "fk_import_rows_batch_id_import_batches FOREIGN KEY(batch_id) REFERENCES import_batches (id))"
    ),
    (
        "CREATE TABLE import_layouts (id INTEGER NOT NULL, headings TEXT NOT NULL, list_key TEXT DEFAULT '' NOT "
        "NULL, columns TEXT NOT NULL, value_codes TEXT NOT NULL, kept_at TEXT NOT NULL, CONSTRAINT "
        "pk_import_layouts PRIMARY KEY (id), CONSTRAINT uq_import_layouts_headings UNIQUE (headings))"
    ),
)
_INDEXES = ("CREATE INDEX ix_import_rows_batch_id_table_name_row_id ON import_rows (batch_id, table_name, row_id)",)


def upgrade() -> None:
    for statement in (*_TABLES, *_INDEXES):
        op.execute(sa.text(statement))
