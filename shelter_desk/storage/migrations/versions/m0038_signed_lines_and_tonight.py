"""Lines of the journal are signed by who wrote them; the names of those here tonight, for the night reception."""

import sqlalchemy as sa
from alembic import op

revision = "0038"
down_revision = "0037"

_STATEMENTS = (
    (
        "CREATE TABLE journal_signatures (seq INTEGER NOT NULL, first_seq INTEGER NOT NULL, signer BLOB NOT NULL, "
        "signature BLOB NOT NULL, CONSTRAINT pk_journal_signatures PRIMARY KEY (seq))"
    ),
    (
        "CREATE TABLE journal_signers (id INTEGER NOT NULL, user_id INTEGER NOT NULL, role TEXT NOT NULL, "
        "since INTEGER NOT NULL, public BLOB NOT NULL, signature BLOB NOT NULL, "
        "CONSTRAINT pk_journal_signers PRIMARY KEY (id), "
        "CONSTRAINT uq_journal_signers_public UNIQUE (public))"
    ),
    (
        "CREATE TABLE tonight_names (person_id INTEGER NOT NULL, names BLOB NOT NULL, "
        "CONSTRAINT pk_tonight_names PRIMARY KEY (person_id))"
    ),
    "CREATE INDEX ix_persons_in_box ON persons (id) WHERE length(seal) = 92",
    "CREATE INDEX ix_stays_former_families ON stays (former_families) WHERE former_families != ''",
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(sa.text(statement))
