"""When a person at the desk accepted the undertaking of confidentiality; forms that were being typed."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.execute(sa.text("ALTER TABLE users ADD COLUMN undertaken_at TEXT"))
    op.execute(
        sa.text(
            "CREATE TABLE drafts (id INTEGER NOT NULL, user_id INTEGER NOT NULL, form TEXT NOT NULL, "
            "saved_at TEXT NOT NULL, body BLOB NOT NULL, CONSTRAINT pk_drafts PRIMARY KEY (id), "
            "CONSTRAINT uq_drafts_user_id_form UNIQUE (user_id, form), "
            "CONSTRAINT fk_drafts_user_id_users FOREIGN KEY(user_id) REFERENCES users (id))"
        )
    )
