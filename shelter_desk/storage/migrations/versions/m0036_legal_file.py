"""The steps of the legal file of a person."""

import sqlalchemy as sa
from alembic import op

revision = "0036"
down_revision = "0035"

_STATEMENTS = (
    (
        "CREATE TABLE legal_steps (id INTEGER NOT NULL, legal_no TEXT NOT NULL, stay_id INTEGER NOT NULL, "
        "legal_step TEXT NOT NULL, done_on TEXT, valid_until TEXT, partner TEXT DEFAULT '' NOT NULL, "
        "protection_measure TEXT DEFAULT '' NOT NULL, verdict TEXT DEFAULT '' NOT NULL, amount_xof INTEGER, "
        "reference BLOB, appointment_id INTEGER, recorded_at TEXT, CONSTRAINT pk_legal_steps PRIMARY KEY (id), "
        "CONSTRAINT uq_legal_steps_legal_no UNIQUE (legal_no), CONSTRAINT fk_legal_steps_stay_id_stays "
        "FOREIGN KEY(stay_id) REFERENCES stays (id), CONSTRAINT fk_legal_steps_appointment_id_appointments "
        "FOREIGN KEY(appointment_id) REFERENCES appointments (id))"
    ),
    "CREATE INDEX ix_legal_steps_appointment_id ON legal_steps (appointment_id)",
    "CREATE INDEX ix_legal_steps_stay_id ON legal_steps (stay_id)",
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(sa.text(statement))
