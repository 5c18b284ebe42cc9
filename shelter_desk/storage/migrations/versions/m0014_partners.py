"""How a provider is reached and what it asks for: telephone, opening hours, conditions."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

_COLUMNS = ("phone", "opening_hours", "conditions")


def upgrade() -> None:
    for column in _COLUMNS:
        op.execute(sa.text(f"ALTER TABLE partners ADD COLUMN {column} TEXT DEFAULT '' NOT NULL"))
