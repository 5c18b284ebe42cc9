"""A key of its own for each person's names, when they were erased, and why an erasure has to wait."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.execute(sa.text("ALTER TABLE persons ADD COLUMN seal BLOB"))
    op.execute(sa.text("ALTER TABLE persons ADD COLUMN erased_at TEXT"))
    op.execute(
        sa.text(
            "CREATE TABLE holds (id INTEGER NOT NULL, person_id INTEGER NOT NULL, reason TEXT NOT NULL, "
            "held_at TEXT NOT NULL, lifted_at TEXT, CONSTRAINT pk_holds PRIMARY KEY (id), "
            "CONSTRAINT fk_holds_person_id_persons FOREIGN KEY(person_id) REFERENCES persons (id))"
        )
    )
    op.execute(sa.text("CREATE INDEX ix_holds_person_id ON holds (person_id)"))
