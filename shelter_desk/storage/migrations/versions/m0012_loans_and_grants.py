"""Why a loan of the store stayed out when its resident left; the grant behind each lot."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

_STATEMENTS = (
    "CREATE TABLE stock_loan_notes (id INTEGER NOT NULL, move_id INTEGER NOT NULL, noted_on TEXT NOT NULL, reason TEXT "
    "NOT NULL, noted_by INTEGER, recorded_at TEXT, CONSTRAINT pk_stock_loan_notes PRIMARY KEY (id), CONSTRAINT "
    "fk_stock_loan_notes_move_id_stock_moves FOREIGN KEY(move_id) REFERENCES stock_moves (id), CONSTRAINT "
    "fk_stock_loan_notes_noted_by_users FOREIGN KEY(noted_by) REFERENCES users (id))",
    "CREATE INDEX ix_stock_loan_notes_move_id ON stock_loan_notes (move_id)",
    "ALTER TABLE stock_moves ADD COLUMN grant_id INTEGER",
    "ALTER TABLE stock_count_lines ADD COLUMN grant_id INTEGER",
    # as a key to another table does: a column that has one is not added to a table that stands
    "CREATE TRIGGER grants_of_lots BEFORE DELETE ON grants "
    "WHEN EXISTS (SELECT 1 FROM stock_moves WHERE grant_id = OLD.id) "
    "BEGIN SELECT RAISE(ABORT, 'FOREIGN KEY: a lot came under this grant'); END",
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(sa.text(statement))
