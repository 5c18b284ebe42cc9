"""Two files of one person become one: the other code stays, with what an undo puts back."""

import sqlalchemy as sa
from alembic import op

revision = "0028"
down_revision = "0027"

_STATEMENTS = (
    "ALTER TABLE persons ADD COLUMN merged_into INTEGER",
    "CREATE INDEX ix_persons_merged_into ON persons (merged_into)",
    "CREATE TABLE merges (id INTEGER NOT NULL, person_id INTEGER NOT NULL, other_id INTEGER NOT NULL, merged_at TEXT "
    "NOT NULL, merged_by INTEGER, duplicate_cause TEXT NOT NULL, late_reason TEXT DEFAULT '' NOT NULL, moved TEXT "
    "DEFAULT '' NOT NULL, former TEXT DEFAULT '' NOT NULL, digest TEXT DEFAULT '' NOT NULL, undone_at TEXT, undone_by "
    "INTEGER, CONSTRAINT pk_merges PRIMARY KEY (id), CONSTRAINT fk_merges_person_id_persons FOREIGN KEY(person_id) "
    "REFERENCES persons (id), CONSTRAINT fk_merges_other_id_persons FOREIGN KEY(other_id) REFERENCES persons (id), "
    "CONSTRAINT fk_merges_merged_by_users FOREIGN KEY(merged_by) REFERENCES users (id), CONSTRAINT "
    "fk_merges_undone_by_users FOREIGN KEY(undone_by) REFERENCES users (id))",
    "CREATE INDEX ix_merges_person_id ON merges (person_id)",
    "CREATE INDEX ix_merges_other_id ON merges (other_id)",
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(sa.text(statement))
