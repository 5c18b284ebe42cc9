"""Whether a file left that a cut kept from being told."""

import sqlalchemy as sa
from alembic import op

revision = "0035"
down_revision = "0034"

_STATEMENTS = (
    "ALTER TABLE sendings ADD COLUMN departure TEXT DEFAULT '' NOT NULL",
    "CREATE INDEX ix_sendings_departure ON sendings (departure)",
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(sa.text(statement))
