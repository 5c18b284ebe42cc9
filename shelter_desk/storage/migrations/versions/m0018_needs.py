"""Specific needs with the day they were found and the day they ended; those known so far count from the admission."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"

_STATEMENTS = (
    "CREATE TABLE specific_needs (id INTEGER NOT NULL, stay_id INTEGER NOT NULL, specific_need TEXT NOT NULL, found_on "
    "TEXT NOT NULL, ended_on TEXT, recorded_at TEXT, CONSTRAINT pk_specific_needs PRIMARY KEY (id), CONSTRAINT "
    "fk_specific_needs_stay_id_stays FOREIGN KEY(stay_id) REFERENCES stays (id), CONSTRAINT "
    "ck_specific_needs_in_order CHECK (ended_on IS NULL OR ended_on >= found_on))",
    "CREATE INDEX ix_specific_needs_stay_id ON specific_needs (stay_id)",
    # the figures of past months stay as they were: each need was counted over the whole of its stay
    "INSERT INTO specific_needs (stay_id, specific_need, found_on, recorded_at) "
    "SELECT DISTINCT s.id, one.value, substr(s.admitted_at, 1, 10), s.recorded_at FROM stays s, "
    "json_each('[\"' || replace(s.specific_needs, ';', '\",\"') || '\"]') one "
    "WHERE s.specific_needs <> '' AND one.value <> '' ORDER BY s.id, one.key",
    "ALTER TABLE stays DROP COLUMN specific_needs",
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(sa.text(statement))
