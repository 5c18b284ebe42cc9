"""The stock: items and kits, the ledger with its vouchers, counts."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_TABLES = (
    (
        "CREATE TABLE stock_items (id INTEGER NOT NULL, item_code TEXT NOT NULL, designation TEXT NOT NULL, "
        "stock_category TEXT NOT NULL, unit TEXT NOT NULL, min_level INTEGER, max_level INTEGER, lead_time_days "
        "INTEGER, has_expiry BOOLEAN DEFAULT '0' NOT NULL, restricted BOOLEAN DEFAULT '0' NOT NULL, lendable "
        "BOOLEAN DEFAULT '0' NOT NULL, service_type TEXT DEFAULT '' NOT NULL, norm INTEGER, is_active BOOLEAN "
        "DEFAULT '1' NOT NULL, CONSTRAINT pk_stock_items PRIMARY KEY (id), CONSTRAINT uq_stock_items_item_code "
        "UNIQUE (item_code))"
    ),
    (
        "CREATE TABLE stock_packs (id INTEGER NOT NULL, item_id INTEGER NOT NULL, unit TEXT NOT NULL, factor "
        "INTEGER NOT NULL, CONSTRAINT pk_stock_packs PRIMARY KEY (id), CONSTRAINT uq_stock_packs_item_id_unit "
        "UNIQUE (item_id, unit), CONSTRAINT fk_stock_packs_item_id_stock_items FOREIGN KEY(item_id) REFERENCES "
        "stock_items (id))"
    ),
    (
        "CREATE TABLE stock_kits (id INTEGER NOT NULL, kit_code TEXT NOT NULL, name TEXT NOT NULL, service_type "
        "TEXT DEFAULT '' NOT NULL, is_active BOOLEAN DEFAULT '1' NOT NULL, CONSTRAINT pk_stock_kits PRIMARY KEY "
        "(id), CONSTRAINT uq_stock_kits_kit_code UNIQUE (kit_code))"
    ),
    (
        "CREATE TABLE stock_kit_lines (id INTEGER NOT NULL, kit_id INTEGER NOT NULL, item_id INTEGER NOT NULL, "
        "amount INTEGER NOT NULL, CONSTRAINT pk_stock_kit_lines PRIMARY KEY (id), CONSTRAINT "
        "fk_stock_kit_lines_kit_id_stock_kits FOREIGN KEY(kit_id) REFERENCES stock_kits (id), CONSTRAINT "
        "fk_stock_kit_lines_item_id_stock_items FOREIGN KEY(item_id) REFERENCES stock_items (id))"
    ),
    (
        "CREATE TABLE stock_vouchers (id INTEGER NOT NULL, voucher_no TEXT NOT NULL, voucher_kind TEXT NOT NULL, "
        "voucher_on TEXT NOT NULL, voucher_status TEXT NOT NULL, purpose TEXT DEFAULT '' NOT NULL, third_party "
        "TEXT DEFAULT '' NOT NULL, stay_id INTEGER, requested_by INTEGER, approved_by INTEGER, issued_by INTEGER,"
        " reason TEXT DEFAULT '' NOT NULL, reference TEXT DEFAULT '' NOT NULL, reverses_id INTEGER, recorded_at "
        "TEXT, CONSTRAINT pk_stock_vouchers PRIMARY KEY (id), CONSTRAINT uq_stock_vouchers_voucher_no UNIQUE "
        "(voucher_no), CONSTRAINT fk_stock_vouchers_stay_id_stays FOREIGN KEY(stay_id) REFERENCES stays (id), "
        "CONSTRAINT fk_stock_vouchers_requested_by_users FOREIGN KEY(requested_by) REFERENCES users (id), "
        "CONSTRAINT fk_stock_vouchers_approved_by_users FOREIGN KEY(approved_by) REFERENCES users (id), "
        "CONSTRAINT fk_stock_vouchers_issued_by_users FOREIGN KEY(issued_by) REFERENCES users (id), CONSTRAINT "
        "fk_stock_vouchers_reverses_id_stock_vouchers FOREIGN KEY(reverses_id) REFERENCES stock_vouchers (id))"
    ),
    (
        "CREATE TABLE stock_voucher_lines (id INTEGER NOT NULL, voucher_id INTEGER NOT NULL, item_id INTEGER NOT "
        "NULL, asked INTEGER NOT NULL, amount INTEGER NOT NULL, kit_code TEXT DEFAULT '' NOT NULL, lent BOOLEAN "
        "DEFAULT '0' NOT NULL, CONSTRAINT pk_stock_voucher_lines PRIMARY KEY (id), CONSTRAINT "
        "fk_stock_voucher_lines_voucher_id_stock_vouchers FOREIGN KEY(voucher_id) REFERENCES stock_vouchers (id),"
        " CONSTRAINT fk_stock_voucher_lines_item_id_stock_items FOREIGN KEY(item_id) REFERENCES stock_items (id))"
    ),
    (
        "CREATE TABLE stock_moves (id INTEGER NOT NULL, move_no TEXT NOT NULL, item_id INTEGER NOT NULL, moved_on"
        " TEXT NOT NULL, move_type TEXT NOT NULL, change INTEGER NOT NULL, lot_no TEXT DEFAULT '' NOT NULL, "
        "expiry_on TEXT, donor TEXT DEFAULT '' NOT NULL, voucher_no TEXT DEFAULT '' NOT NULL, third_party TEXT "
        "DEFAULT '' NOT NULL, unit_cost_xof INTEGER, pack TEXT DEFAULT '' NOT NULL, pack_factor INTEGER, "
        "reverses_id INTEGER, lent BOOLEAN DEFAULT '0' NOT NULL, returns_id INTEGER, voucher_id INTEGER, "
        "service_no TEXT DEFAULT '' NOT NULL, recorded_at TEXT, CONSTRAINT pk_stock_moves PRIMARY KEY (id), "
        "CONSTRAINT uq_stock_moves_move_no UNIQUE (move_no), CONSTRAINT fk_stock_moves_item_id_stock_items "
        "FOREIGN KEY(item_id) REFERENCES stock_items (id), CONSTRAINT uq_stock_moves_reverses_id UNIQUE "
        "(reverses_id), CONSTRAINT fk_stock_moves_reverses_id_stock_moves FOREIGN KEY(reverses_id) REFERENCES "
        "stock_moves (id), CONSTRAINT fk_stock_moves_returns_id_stock_moves FOREIGN KEY(returns_id) REFERENCES "
        "stock_moves (id), CONSTRAINT fk_stock_moves_voucher_id_stock_vouchers FOREIGN KEY(voucher_id) REFERENCES"
        " stock_vouchers (id))"
    ),
    (
        "CREATE TABLE stock_counts (id INTEGER NOT NULL, count_no TEXT NOT NULL, stock_category TEXT DEFAULT '' "
        "NOT NULL, counted_on TEXT NOT NULL, cut_off_at TEXT NOT NULL, last_move INTEGER NOT NULL, team TEXT "
        "DEFAULT '' NOT NULL, count_status TEXT NOT NULL, conclusion TEXT DEFAULT '' NOT NULL, begun_by INTEGER, "
        "entered_by INTEGER, approved_by INTEGER, approved_on TEXT, CONSTRAINT pk_stock_counts PRIMARY KEY (id), "
        "CONSTRAINT uq_stock_counts_count_no UNIQUE (count_no), CONSTRAINT fk_stock_counts_begun_by_users FOREIGN"
        " KEY(begun_by) REFERENCES users (id), CONSTRAINT fk_stock_counts_entered_by_users FOREIGN "
        "KEY(entered_by) REFERENCES users (id), CONSTRAINT fk_stock_counts_approved_by_users FOREIGN "
        "KEY(approved_by) REFERENCES users (id))"
    ),
    (
        "CREATE TABLE stock_count_lines (id INTEGER NOT NULL, count_id INTEGER NOT NULL, item_id INTEGER NOT "
        "NULL, lot_no TEXT DEFAULT '' NOT NULL, expiry_on TEXT, donor TEXT DEFAULT '' NOT NULL, counted INTEGER, "
        "recount INTEGER, cause TEXT DEFAULT '' NOT NULL, comment TEXT DEFAULT '' NOT NULL, theoretical INTEGER, "
        "CONSTRAINT pk_stock_count_lines PRIMARY KEY (id), CONSTRAINT fk_stock_count_lines_count_id_stock_counts "
        "FOREIGN KEY(count_id) REFERENCES stock_counts (id), CONSTRAINT fk_stock_count_lines_item_id_stock_items "
        "FOREIGN KEY(item_id) REFERENCES stock_items (id))"
    ),
)
_INDEXES = (
    "CREATE INDEX ix_stock_packs_item_id ON stock_packs (item_id)",
    "CREATE INDEX ix_stock_kit_lines_item_id ON stock_kit_lines (item_id)",
    "CREATE INDEX ix_stock_kit_lines_kit_id ON stock_kit_lines (kit_id)",
    "CREATE INDEX ix_stock_vouchers_stay_id ON stock_vouchers (stay_id)",
    "CREATE INDEX ix_stock_vouchers_voucher_on ON stock_vouchers (voucher_on)",
    "CREATE INDEX ix_stock_voucher_lines_item_id ON stock_voucher_lines (item_id)",
    "CREATE INDEX ix_stock_voucher_lines_voucher_id ON stock_voucher_lines (voucher_id)",
    "CREATE INDEX ix_stock_moves_item_id_moved_on_change ON stock_moves (item_id, moved_on, change)",
    "CREATE INDEX ix_stock_moves_moved_on ON stock_moves (moved_on)",
    "CREATE INDEX ix_stock_moves_returns_id ON stock_moves (returns_id)",
    "CREATE INDEX ix_stock_moves_voucher_id ON stock_moves (voucher_id)",
    "CREATE INDEX ix_stock_count_lines_count_id ON stock_count_lines (count_id)",
    "CREATE INDEX ix_stock_count_lines_item_id ON stock_count_lines (item_id)",
)
_TRIGGERS = (
    # the ledger is written down, never over
    "CREATE TRIGGER stock_moves_stand BEFORE UPDATE ON stock_moves "
    "BEGIN SELECT RAISE(ABORT, 'refused: move_stands'); END",
    # only what was written last is undone, so that the balances are those of before
    "CREATE TRIGGER stock_moves_last BEFORE DELETE ON stock_moves "
    "WHEN EXISTS (SELECT 1 FROM stock_moves WHERE item_id = OLD.item_id AND id > OLD.id) "
    "BEGIN SELECT RAISE(ABORT, 'refused: moved_since'); END",
    # vouchers are numbered without gaps
    "CREATE TRIGGER stock_vouchers_last BEFORE DELETE ON stock_vouchers WHEN EXISTS (SELECT 1 FROM stock_vouchers "
    "WHERE id > OLD.id AND substr(voucher_no, 1, 8) = substr(OLD.voucher_no, 1, 8)) "
    "BEGIN SELECT RAISE(ABORT, 'refused: voucher_since'); END",
)


def upgrade() -> None:
    for statement in (*_TABLES, *_INDEXES, *_TRIGGERS):
        op.execute(sa.text(statement))
