"""The numbers by which others know a person, and the names of the parents, sealed as the person's own names are."""

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
COLUMNS = ("mother_name", "father_name", "paper_no", "iom_no", "partner_no", "partner_no_of")


def upgrade() -> None:
    for column in COLUMNS:
        op.execute(sa.text(f"ALTER TABLE persons ADD COLUMN {column} BLOB"))
