"""Whom a person wants reached, or on no account; the type of an incident of violence."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

_STATEMENTS = (
    "CREATE TABLE contacts (id INTEGER NOT NULL, person_id INTEGER NOT NULL, contact_wish TEXT NOT NULL, kin_relation "
    "TEXT DEFAULT '' NOT NULL, safe_to_contact TEXT NOT NULL, contact_name BLOB, phone BLOB, noted_on TEXT NOT NULL, "
    "ended_on TEXT, recorded_at TEXT, CONSTRAINT pk_contacts PRIMARY KEY (id), CONSTRAINT "
    "fk_contacts_person_id_persons FOREIGN KEY(person_id) REFERENCES persons (id))",
    "CREATE INDEX ix_contacts_person_id ON contacts (person_id)",
    "ALTER TABLE incidents ADD COLUMN gbv_type TEXT DEFAULT '' NOT NULL",
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(sa.text(statement))
