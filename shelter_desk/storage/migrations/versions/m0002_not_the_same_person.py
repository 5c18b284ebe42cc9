"""Remember that two persons who look alike are not the same one."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.execute(
        sa.text(
            "CREATE TABLE not_same (person_id INTEGER NOT NULL, other_id INTEGER NOT NULL, "
            "CONSTRAINT pk_not_same PRIMARY KEY (person_id, other_id), "
            "CONSTRAINT fk_not_same_person_id_persons FOREIGN KEY(person_id) REFERENCES persons (id), "
            "CONSTRAINT fk_not_same_other_id_persons FOREIGN KEY(other_id) REFERENCES persons (id))"
        )
    )
