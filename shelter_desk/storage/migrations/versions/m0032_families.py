"""Families with their days: a stay belongs to that of its head since the admission, until another is said."""

import sqlalchemy as sa
from alembic import op

revision = "0032"
down_revision = "0031"
_COLUMNS = ("family_link TEXT DEFAULT '' NOT NULL", "link_basis TEXT DEFAULT '' NOT NULL", "family_since TEXT")


def upgrade() -> None:
    for column in (*_COLUMNS, "former_families TEXT DEFAULT '' NOT NULL"):
        op.execute(sa.text(f"ALTER TABLE stays ADD COLUMN {column}"))
