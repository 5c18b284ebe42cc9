"""Equipment: assets, events, grants, receptions, counts, maintenance, the log of the generator."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_TABLES = (
    (
        "CREATE TABLE grants (id INTEGER NOT NULL, grant_code TEXT NOT NULL, donor TEXT NOT NULL, title TEXT "
        "DEFAULT '' NOT NULL, agreement_no TEXT DEFAULT '' NOT NULL, started_on TEXT, ended_on TEXT, currency TEXT "
        "DEFAULT 'XOF' NOT NULL, CONSTRAINT pk_grants PRIMARY KEY (id), CONSTRAINT uq_grants_grant_code UNIQUE "
        "(grant_code))"
    ),
    (
        "CREATE TABLE receptions (id INTEGER NOT NULL, reception_no TEXT NOT NULL, received_on TEXT NOT NULL, donor"
        " TEXT NOT NULL, grant_id INTEGER, handover_pv TEXT DEFAULT '' NOT NULL, delivered_by TEXT DEFAULT '' NOT "
        "NULL, received_by INTEGER, witness TEXT DEFAULT '' NOT NULL, remarks TEXT DEFAULT '' NOT NULL, recorded_at"
        " TEXT, CONSTRAINT pk_receptions PRIMARY KEY (id), CONSTRAINT uq_receptions_reception_no UNIQUE "
        "(reception_no), CONSTRAINT fk_receptions_grant_id_grants FOREIGN KEY(grant_id) REFERENCES grants (id), "
        "CONSTRAINT fk_receptions_received_by_users FOREIGN KEY(received_by) REFERENCES users (id))"
    ),
    (
        "CREATE TABLE reception_lines (id INTEGER NOT NULL, reception_id INTEGER NOT NULL, designation TEXT NOT "
        "NULL, asset_category TEXT NOT NULL, expected INTEGER DEFAULT '0' NOT NULL, received INTEGER DEFAULT '0' "
        "NOT NULL, refused INTEGER DEFAULT '0' NOT NULL, asset_condition TEXT DEFAULT '' NOT NULL, remark TEXT "
        "DEFAULT '' NOT NULL, CONSTRAINT pk_reception_lines PRIMARY KEY (id), CONSTRAINT "
        "fk_reception_lines_reception_id_receptions FOREIGN KEY(reception_id) REFERENCES receptions (id))"
    ),
    (
        "CREATE TABLE assets (id INTEGER NOT NULL, tag_no TEXT NOT NULL, designation TEXT NOT NULL, asset_category "
        "TEXT NOT NULL, quantity INTEGER DEFAULT '1' NOT NULL, brand_model TEXT DEFAULT '' NOT NULL, serial_no TEXT"
        " DEFAULT '' NOT NULL, acquisition_mode TEXT NOT NULL, acquired_on TEXT NOT NULL, donor TEXT NOT NULL, "
        "grant_id INTEGER, owner TEXT NOT NULL, supplier TEXT DEFAULT '' NOT NULL, invoice_no TEXT DEFAULT '' NOT "
        "NULL, cost_xof INTEGER, handover_pv TEXT DEFAULT '' NOT NULL, room_id INTEGER, custodian_id INTEGER, "
        "asset_status TEXT NOT NULL, asset_condition TEXT NOT NULL, warranty_until TEXT, life_years INTEGER, "
        "maintenance_days INTEGER, maintenance_hours INTEGER, bed_id INTEGER, reception_id INTEGER, CONSTRAINT "
        "pk_assets PRIMARY KEY (id), CONSTRAINT uq_assets_tag_no UNIQUE (tag_no), CONSTRAINT "
        "fk_assets_grant_id_grants FOREIGN KEY(grant_id) REFERENCES grants (id), CONSTRAINT fk_assets_room_id_rooms"
        " FOREIGN KEY(room_id) REFERENCES rooms (id), CONSTRAINT fk_assets_custodian_id_users FOREIGN "
        "KEY(custodian_id) REFERENCES users (id), CONSTRAINT fk_assets_bed_id_beds FOREIGN KEY(bed_id) REFERENCES "
        "beds (id), CONSTRAINT fk_assets_reception_id_receptions FOREIGN KEY(reception_id) REFERENCES receptions "
        "(id))"
    ),
    (
        "CREATE TABLE asset_photos (id INTEGER NOT NULL, asset_id INTEGER NOT NULL, media_type TEXT NOT NULL, "
        "content BLOB, CONSTRAINT pk_asset_photos PRIMARY KEY (id), CONSTRAINT uq_asset_photos_asset_id UNIQUE "
        "(asset_id), CONSTRAINT fk_asset_photos_asset_id_assets FOREIGN KEY(asset_id) REFERENCES assets (id))"
    ),
    (
        "CREATE TABLE campaigns (id INTEGER NOT NULL, count_no TEXT NOT NULL, count_date TEXT NOT NULL, rooms TEXT "
        "DEFAULT '' NOT NULL, team TEXT DEFAULT '' NOT NULL, conclusion TEXT DEFAULT '' NOT NULL, recommendations "
        "TEXT DEFAULT '' NOT NULL, closed_on TEXT, approved_by INTEGER, approved_on TEXT, CONSTRAINT pk_campaigns "
        "PRIMARY KEY (id), CONSTRAINT uq_campaigns_count_no UNIQUE (count_no), CONSTRAINT "
        "fk_campaigns_approved_by_users FOREIGN KEY(approved_by) REFERENCES users (id))"
    ),
    (
        "CREATE TABLE campaign_lines (id INTEGER NOT NULL, campaign_id INTEGER NOT NULL, asset_id INTEGER NOT NULL,"
        " expected_room_id INTEGER, expected INTEGER DEFAULT '1' NOT NULL, outcome TEXT DEFAULT '' NOT NULL, "
        "found_room_id INTEGER, found INTEGER, found_status TEXT DEFAULT '' NOT NULL, found_condition TEXT DEFAULT "
        "'' NOT NULL, moves BOOLEAN DEFAULT '0' NOT NULL, cause TEXT DEFAULT '' NOT NULL, note TEXT DEFAULT '' NOT "
        "NULL, counted_at TEXT, counted_by INTEGER, CONSTRAINT pk_campaign_lines PRIMARY KEY (id), CONSTRAINT "
        "uq_campaign_lines_campaign_id_asset_id UNIQUE (campaign_id, asset_id), CONSTRAINT "
        "fk_campaign_lines_campaign_id_campaigns FOREIGN KEY(campaign_id) REFERENCES campaigns (id), CONSTRAINT "
        "fk_campaign_lines_asset_id_assets FOREIGN KEY(asset_id) REFERENCES assets (id), CONSTRAINT "
        "fk_campaign_lines_expected_room_id_rooms FOREIGN KEY(expected_room_id) REFERENCES rooms (id), CONSTRAINT "
        "fk_campaign_lines_found_room_id_rooms FOREIGN KEY(found_room_id) REFERENCES rooms (id), CONSTRAINT "
        "fk_campaign_lines_counted_by_users FOREIGN KEY(counted_by) REFERENCES users (id))"
    ),
    (
        "CREATE TABLE asset_events (id INTEGER NOT NULL, asset_id INTEGER NOT NULL, asset_event TEXT NOT NULL, "
        "event_on TEXT NOT NULL, asset_status TEXT DEFAULT '' NOT NULL, asset_condition TEXT DEFAULT '' NOT NULL, "
        "to_room_id INTEGER, status_was TEXT DEFAULT '' NOT NULL, condition_was TEXT DEFAULT '' NOT NULL, "
        "room_was_id INTEGER, pv_no TEXT DEFAULT '' NOT NULL, reason TEXT DEFAULT '' NOT NULL, donor_approval TEXT "
        "DEFAULT '' NOT NULL, third_party TEXT DEFAULT '' NOT NULL, campaign_id INTEGER, recorded_by INTEGER, "
        "recorded_at TEXT, CONSTRAINT pk_asset_events PRIMARY KEY (id), CONSTRAINT fk_asset_events_asset_id_assets "
        "FOREIGN KEY(asset_id) REFERENCES assets (id), CONSTRAINT fk_asset_events_to_room_id_rooms FOREIGN "
        "KEY(to_room_id) REFERENCES rooms (id), CONSTRAINT fk_asset_events_room_was_id_rooms FOREIGN "
        "KEY(room_was_id) REFERENCES rooms (id), CONSTRAINT fk_asset_events_campaign_id_campaigns FOREIGN "
        "KEY(campaign_id) REFERENCES campaigns (id), CONSTRAINT fk_asset_events_recorded_by_users FOREIGN "
        "KEY(recorded_by) REFERENCES users (id))"
    ),
    (
        "CREATE TABLE tickets (id INTEGER NOT NULL, ticket_no TEXT NOT NULL, asset_id INTEGER NOT NULL, reported_on"
        " TEXT NOT NULL, reported_by INTEGER, maintenance_type TEXT NOT NULL, problem TEXT NOT NULL, urgency TEXT "
        "DEFAULT '' NOT NULL, out_from TEXT, out_to TEXT, action_done TEXT DEFAULT '' NOT NULL, parts_used TEXT "
        "DEFAULT '' NOT NULL, provider TEXT DEFAULT '' NOT NULL, cost_xof INTEGER, donor TEXT DEFAULT '' NOT NULL, "
        "meter_reading FLOAT, closed_on TEXT, tested_ok BOOLEAN, closed_by INTEGER, CONSTRAINT pk_tickets PRIMARY "
        "KEY (id), CONSTRAINT uq_tickets_ticket_no UNIQUE (ticket_no), CONSTRAINT fk_tickets_asset_id_assets "
        "FOREIGN KEY(asset_id) REFERENCES assets (id), CONSTRAINT fk_tickets_reported_by_users FOREIGN "
        "KEY(reported_by) REFERENCES users (id), CONSTRAINT fk_tickets_closed_by_users FOREIGN KEY(closed_by) "
        "REFERENCES users (id))"
    ),
    (
        "CREATE TABLE generator_runs (id INTEGER NOT NULL, asset_id INTEGER NOT NULL, run_on TEXT NOT NULL, started"
        " TEXT DEFAULT '' NOT NULL, stopped TEXT DEFAULT '' NOT NULL, hours FLOAT NOT NULL, fuel_litres FLOAT NOT "
        "NULL, meter_reading FLOAT, note TEXT DEFAULT '' NOT NULL, recorded_by INTEGER, CONSTRAINT "
        "pk_generator_runs PRIMARY KEY (id), CONSTRAINT fk_generator_runs_asset_id_assets FOREIGN KEY(asset_id) "
        "REFERENCES assets (id), CONSTRAINT fk_generator_runs_recorded_by_users FOREIGN KEY(recorded_by) REFERENCES"
        " users (id))"
    ),
)
_INDEXES = (
    "CREATE INDEX ix_reception_lines_reception_id ON reception_lines (reception_id)",
    "CREATE INDEX ix_assets_bed_id ON assets (bed_id)",
    "CREATE INDEX ix_assets_room_id ON assets (room_id)",
    "CREATE INDEX ix_campaign_lines_asset_id ON campaign_lines (asset_id)",
    "CREATE INDEX ix_campaign_lines_campaign_id ON campaign_lines (campaign_id)",
    "CREATE INDEX ix_asset_events_asset_id ON asset_events (asset_id)",
    "CREATE INDEX ix_asset_events_event_on ON asset_events (event_on)",
    "CREATE INDEX ix_tickets_asset_id ON tickets (asset_id)",
    "CREATE INDEX ix_generator_runs_asset_id ON generator_runs (asset_id)",
)


def upgrade() -> None:
    for statement in (*_TABLES, *_INDEXES):
        op.execute(sa.text(statement))
