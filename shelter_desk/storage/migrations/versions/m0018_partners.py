"""When a structure of the directory receives, and on which conditions (F45)."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0011"

_STATEMENTS = (
    "ALTER TABLE partners ADD COLUMN opening_hours TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE partners ADD COLUMN access_conditions TEXT DEFAULT '' NOT NULL",
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(sa.text(statement))
