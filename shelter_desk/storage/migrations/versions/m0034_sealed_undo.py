"""What the undo of a merge needs is sealed, and what imports remember has a proof: of before, nothing is believed."""

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"

_STATEMENTS = (
    "ALTER TABLE merges DROP COLUMN moved",
    "ALTER TABLE merges DROP COLUMN former",
    "ALTER TABLE merges ADD COLUMN for_undo BLOB",
    "UPDATE merges SET digest = ''",
    "ALTER TABLE import_layouts ADD COLUMN proof TEXT DEFAULT '' NOT NULL",
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(sa.text(statement))
