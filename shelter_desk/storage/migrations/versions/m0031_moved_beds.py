"""Where a bed stood before it was moved, and what is to be repaired before one is used again."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"

# a bed stood in one room a night
_TWICE = (
    "SELECT 1 FROM bed_rooms o WHERE o.bed_id = NEW.bed_id AND o.id <> NEW.id "
    "AND o.started_at < NEW.ended_at AND NEW.started_at < o.ended_at"
)
_STATEMENTS = (
    (
        "CREATE TABLE bed_rooms (id INTEGER NOT NULL, bed_id INTEGER NOT NULL, room_id INTEGER NOT NULL, started_at "
        "TEXT NOT NULL, ended_at TEXT NOT NULL, CONSTRAINT pk_bed_rooms PRIMARY KEY (id), CONSTRAINT "
        "fk_bed_rooms_bed_id_beds FOREIGN KEY(bed_id) REFERENCES beds (id), CONSTRAINT fk_bed_rooms_room_id_rooms "
        "FOREIGN KEY(room_id) REFERENCES rooms (id))"
    ),
    "CREATE INDEX ix_bed_rooms_bed_id ON bed_rooms (bed_id)",
    "CREATE INDEX ix_bed_rooms_room_id ON bed_rooms (room_id)",
    *(
        f"CREATE TRIGGER bed_stood_twice_{event.lower()} BEFORE {event} ON bed_rooms "
        f"BEGIN SELECT RAISE(ABORT, 'refused: bed_stood_twice') WHERE EXISTS ({_TWICE}); END"
        for event in ("INSERT", "UPDATE")
    ),
    "ALTER TABLE bed_states ADD COLUMN ticket_id INTEGER",
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(sa.text(statement))
