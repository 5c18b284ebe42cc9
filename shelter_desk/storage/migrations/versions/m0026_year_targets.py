"""Targets of a year."""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"

_STATEMENTS = (
    "CREATE TABLE year_targets (id INTEGER NOT NULL, year INTEGER NOT NULL, figure TEXT NOT NULL, target INTEGER NOT "
    "NULL, source TEXT NOT NULL, CONSTRAINT pk_year_targets PRIMARY KEY (id), CONSTRAINT uq_year_targets_year_figure "
    "UNIQUE (year, figure))",
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(sa.text(statement))
