"""What was found when somebody looked at a room, point by point."""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"

_STATEMENTS = (
    (
        "CREATE TABLE room_inspections (id INTEGER NOT NULL, inspection_no TEXT NOT NULL, room_id INTEGER NOT NULL, "
        "inspected_on TEXT NOT NULL, inspected_by TEXT DEFAULT '' NOT NULL, inspection_point TEXT NOT NULL, "
        "inspection_finding TEXT NOT NULL, problem TEXT DEFAULT '' NOT NULL, ticket_id INTEGER, recorded_by INTEGER, "
        "recorded_at TEXT, CONSTRAINT pk_room_inspections PRIMARY KEY (id), "
        "CONSTRAINT uq_room_inspections_inspection_no_inspection_point UNIQUE (inspection_no, inspection_point), "
        "CONSTRAINT fk_room_inspections_room_id_rooms FOREIGN KEY(room_id) REFERENCES rooms (id), "
        "CONSTRAINT fk_room_inspections_ticket_id_tickets FOREIGN KEY(ticket_id) REFERENCES tickets (id), "
        "CONSTRAINT fk_room_inspections_recorded_by_users FOREIGN KEY(recorded_by) REFERENCES users (id))"
    ),
    "CREATE INDEX ix_room_inspections_room_id ON room_inspections (room_id)",
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(sa.text(statement))
