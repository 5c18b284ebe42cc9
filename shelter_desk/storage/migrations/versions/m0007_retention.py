"""What has a clock of its own: holds that end, records reduced, incidents under a key of their own, reasons sealed."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_COLUMNS = (
    ("holds", "until TEXT"),
    ("persons", "reduced_at TEXT"),
    ("incidents", "seal BLOB"),
    ("incidents", "erased_at TEXT"),
    ("settled_flags", "sealed_reason BLOB"),
)


def upgrade() -> None:
    for table, column in _COLUMNS:
        op.execute(sa.text(f"ALTER TABLE {table} ADD COLUMN {column}"))
