"""Which part of an asset an award paid for, and for how much it was given away."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"

_STATEMENTS = (
    "ALTER TABLE assets ADD COLUMN award_share INTEGER",
    "ALTER TABLE asset_events ADD COLUMN price_xof INTEGER",
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(sa.text(statement))
