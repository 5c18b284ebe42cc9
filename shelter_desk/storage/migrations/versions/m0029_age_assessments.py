"""What was held of a person's birth before an age was assessed anew."""

import sqlalchemy as sa
from alembic import op

revision = "0029"
down_revision = "0028"


def upgrade() -> None:
    op.execute(sa.text("ALTER TABLE persons ADD COLUMN former_births TEXT DEFAULT '' NOT NULL"))
