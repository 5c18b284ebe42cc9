"""The real day of a movement of the stock that was typed after its month was closed."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"

_STATEMENTS = (
    "ALTER TABLE stock_moves ADD COLUMN actual_on TEXT",
    "CREATE INDEX ix_stock_moves_actual_on ON stock_moves (actual_on) WHERE actual_on IS NOT NULL",
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(sa.text(statement))
