"""Shifts handed over, with the lines that people add to them."""

import sqlalchemy as sa
from alembic import op

revision = "0033"
down_revision = "0032"

_STATEMENTS = (
    "CREATE TABLE handovers (id INTEGER NOT NULL, began_at TEXT NOT NULL, handed_at TEXT NOT NULL, handed_by INTEGER "
    "NOT NULL, after_line INTEGER NOT NULL, last_line INTEGER NOT NULL, taken_at TEXT, taken_by INTEGER, left_open "
    "INTEGER DEFAULT '0' NOT NULL, CONSTRAINT pk_handovers PRIMARY KEY (id), CONSTRAINT fk_handovers_handed_by_users "
    "FOREIGN KEY(handed_by) REFERENCES users (id), CONSTRAINT fk_handovers_taken_by_users FOREIGN KEY(taken_by) "
    "REFERENCES users (id))",
    "CREATE INDEX ix_handovers_handed_by ON handovers (handed_by)",
    "CREATE TABLE handover_lines (id INTEGER NOT NULL, handover_id INTEGER, line_kind TEXT NOT NULL, written_at TEXT "
    "NOT NULL, written_by INTEGER NOT NULL, shown_with TEXT NOT NULL, is_taken BOOLEAN, words BLOB, seal BLOB, "
    "CONSTRAINT pk_handover_lines PRIMARY KEY (id), CONSTRAINT fk_handover_lines_handover_id_handovers FOREIGN "
    "KEY(handover_id) REFERENCES handovers (id), CONSTRAINT fk_handover_lines_written_by_users FOREIGN "
    "KEY(written_by) REFERENCES users (id))",
    "CREATE INDEX ix_handover_lines_handover_id ON handover_lines (handover_id)",
    "CREATE INDEX ix_handover_lines_written_by ON handover_lines (written_by)",
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(sa.text(statement))
