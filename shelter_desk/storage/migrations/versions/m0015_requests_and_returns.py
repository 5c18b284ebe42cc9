"""Requests for a place, and the files of returns."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

_STATEMENTS = (
    (
        "CREATE TABLE place_requests (id INTEGER NOT NULL, request_no TEXT NOT NULL, asked_on TEXT NOT NULL, "
        "referral_source TEXT NOT NULL, place_asked TEXT NOT NULL, request_outcome TEXT NOT NULL, decided_on TEXT, "
        "request_reason TEXT DEFAULT '' NOT NULL, reason_said TEXT DEFAULT '' NOT NULL, partner TEXT DEFAULT '' NOT "
        "NULL, stay_id INTEGER, noted_by INTEGER, decided_by INTEGER, recorded_at TEXT, CONSTRAINT pk_place_requests "
        "PRIMARY KEY (id), CONSTRAINT uq_place_requests_request_no UNIQUE (request_no), CONSTRAINT "
        "fk_place_requests_stay_id_stays FOREIGN KEY(stay_id) REFERENCES stays (id), CONSTRAINT "
        "fk_place_requests_noted_by_users FOREIGN KEY(noted_by) REFERENCES users (id), CONSTRAINT "
        "fk_place_requests_decided_by_users FOREIGN KEY(decided_by) REFERENCES users (id))"
    ),
    "CREATE INDEX ix_place_requests_stay_id ON place_requests (stay_id)",
    (
        "CREATE TABLE place_request_groups (id INTEGER NOT NULL, request_id INTEGER NOT NULL, sex TEXT NOT NULL, "
        "age_group TEXT NOT NULL, persons INTEGER NOT NULL, CONSTRAINT pk_place_request_groups PRIMARY KEY (id), "
        "CONSTRAINT fk_place_request_groups_request_id_place_requests FOREIGN KEY(request_id) REFERENCES "
        "place_requests (id))"
    ),
    "CREATE INDEX ix_place_request_groups_request_id ON place_request_groups (request_id)",
    (
        "CREATE TABLE return_files (id INTEGER NOT NULL, return_no TEXT NOT NULL, stay_id INTEGER NOT NULL, wish_on "
        "TEXT NOT NULL, dest_country TEXT NOT NULL, dest_town BLOB, wish BLOB, document_no BLOB, reintegration BLOB, "
        "responsible_id INTEGER, informed_on TEXT, id_document TEXT DEFAULT '' NOT NULL, document_asked_on TEXT, "
        "document_obtained_on TEXT, fit_on TEXT, travel_fitness TEXT DEFAULT '' NOT NULL, partner TEXT DEFAULT '' NOT "
        "NULL, travel_on TEXT, kit_on TEXT, reintegration_on TEXT, left_on TEXT, arrived_on TEXT, closed_on TEXT, "
        "return_closure TEXT DEFAULT '' NOT NULL, recorded_at TEXT, CONSTRAINT pk_return_files PRIMARY KEY (id), "
        "CONSTRAINT uq_return_files_return_no UNIQUE (return_no), CONSTRAINT fk_return_files_stay_id_stays FOREIGN "
        "KEY(stay_id) REFERENCES stays (id), CONSTRAINT fk_return_files_responsible_id_users FOREIGN "
        "KEY(responsible_id) REFERENCES users (id))"
    ),
    "CREATE INDEX ix_return_files_stay_id ON return_files (stay_id)",
)


def upgrade() -> None:
    for statement in _STATEMENTS:
        op.execute(sa.text(statement))
