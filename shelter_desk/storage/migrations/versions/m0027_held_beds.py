"""Beds held for somebody who is expected."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"

# two of one bed never share a night; who came for one, and one that was cancelled, hold nothing
_TWICE = (
    "SELECT 1 FROM held_beds o WHERE o.bed_id = NEW.bed_id AND o.id <> NEW.id AND o.ended_on IS NULL "
    "AND o.held_from < NEW.held_to AND NEW.held_from < o.held_to "
    "AND NOT EXISTS (SELECT 1 FROM held_bed_arrivals a WHERE a.held_bed_id = o.id)"
)
_STATEMENTS = (
    (
        "CREATE TABLE held_beds (id INTEGER NOT NULL, held_no TEXT NOT NULL, bed_id INTEGER, room_id INTEGER, places "
        "INTEGER NOT NULL, expected_on TEXT NOT NULL, held_from TEXT NOT NULL, held_to TEXT NOT NULL, request_id "
        "INTEGER, referral_source TEXT DEFAULT '' NOT NULL, ended_on TEXT, end_reason TEXT DEFAULT '' NOT NULL, "
        "held_by INTEGER, ended_by INTEGER, recorded_at TEXT, CONSTRAINT pk_held_beds PRIMARY KEY (id), CONSTRAINT "
        "uq_held_beds_held_no UNIQUE (held_no), CONSTRAINT fk_held_beds_bed_id_beds FOREIGN KEY(bed_id) REFERENCES "
        "beds (id), CONSTRAINT fk_held_beds_room_id_rooms FOREIGN KEY(room_id) REFERENCES rooms (id), CONSTRAINT "
        "fk_held_beds_request_id_place_requests FOREIGN KEY(request_id) REFERENCES place_requests (id), CONSTRAINT "
        "fk_held_beds_held_by_users FOREIGN KEY(held_by) REFERENCES users (id), CONSTRAINT "
        "fk_held_beds_ended_by_users FOREIGN KEY(ended_by) REFERENCES users (id))"
    ),
    "CREATE INDEX ix_held_beds_bed_id ON held_beds (bed_id)",
    "CREATE INDEX ix_held_beds_room_id ON held_beds (room_id)",
    "CREATE INDEX ix_held_beds_request_id ON held_beds (request_id)",
    (
        "CREATE TABLE held_bed_groups (id INTEGER NOT NULL, held_bed_id INTEGER NOT NULL, sex TEXT NOT NULL, "
        "age_group TEXT NOT NULL, persons INTEGER NOT NULL, CONSTRAINT pk_held_bed_groups PRIMARY KEY (id), "
        "CONSTRAINT fk_held_bed_groups_held_bed_id_held_beds FOREIGN KEY(held_bed_id) REFERENCES held_beds (id))"
    ),
    "CREATE INDEX ix_held_bed_groups_held_bed_id ON held_bed_groups (held_bed_id)",
    (
        "CREATE TABLE held_bed_arrivals (id INTEGER NOT NULL, held_bed_id INTEGER NOT NULL, stay_id INTEGER NOT NULL, "
        "CONSTRAINT pk_held_bed_arrivals PRIMARY KEY (id), CONSTRAINT uq_held_bed_arrivals_held_bed_id_stay_id UNIQUE "
        "(held_bed_id, stay_id), CONSTRAINT fk_held_bed_arrivals_held_bed_id_held_beds FOREIGN KEY(held_bed_id) "
        "REFERENCES held_beds (id), CONSTRAINT fk_held_bed_arrivals_stay_id_stays FOREIGN KEY(stay_id) REFERENCES "
        "stays (id))"
    ),
    "CREATE INDEX ix_held_bed_arrivals_held_bed_id ON held_bed_arrivals (held_bed_id)",
    "CREATE INDEX ix_held_bed_arrivals_stay_id ON held_bed_arrivals (stay_id)",
    *(
        f"CREATE TRIGGER bed_held_twice_{event.lower()} BEFORE {event} ON held_beds WHEN NEW.bed_id IS NOT NULL "
        f"AND NEW.ended_on IS NULL BEGIN SELECT RAISE(ABORT, 'refused: bed_held_twice') WHERE EXISTS ({_TWICE}); END"
        for event in ("INSERT", "UPDATE")
    ),
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(sa.text(statement))
