"""The receipt of a service, what each donor calls the services, and where figures go in a donor's workbook."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

_STATEMENTS = (
    "ALTER TABLE services ADD COLUMN receipt_no TEXT DEFAULT '' NOT NULL",
    "CREATE TABLE donor_categories (id INTEGER NOT NULL, donor TEXT NOT NULL, service_type TEXT NOT NULL, category "
    "TEXT NOT NULL, CONSTRAINT pk_donor_categories PRIMARY KEY (id), CONSTRAINT uq_donor_categories_donor_service_type "
    "UNIQUE (donor, service_type))",
    "CREATE TABLE donor_workbooks (id INTEGER NOT NULL, digest TEXT NOT NULL, cells TEXT NOT NULL, kept_at TEXT NOT "
    "NULL, CONSTRAINT pk_donor_workbooks PRIMARY KEY (id), CONSTRAINT uq_donor_workbooks_digest UNIQUE (digest))",
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(sa.text(statement))
