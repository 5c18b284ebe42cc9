"""The stock: items and kits, the ledger with its vouchers, counts. Amounts are thousandths of the unit of an item."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, UniqueConstraint
from sqlalchemy import text as text_clause

from shelter_desk.storage.tables.base import day, link, part_of, required, table, text, yes_or_no


def _amount(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False)


stock_items = table(
    "stock_items",
    required("item_code", unique=True),
    required("designation"),
    required("stock_category"),
    required("unit"),
    Column("min_level", Integer),
    Column("max_level", Integer),
    Column("lead_time_days", Integer),
    yes_or_no("has_expiry"),
    yes_or_no("restricted"),
    yes_or_no("lendable"),
    # the sub-type of service that an issue to a resident stands for
    text("service_type"),
    # what a person needs in thirty nights
    Column("norm", Integer),
    Column("is_active", Boolean(create_constraint=False), nullable=False, server_default="1"),
)

stock_packs = table(
    "stock_packs",
    part_of("item_id", "stock_items"),
    required("unit"),
    _amount("factor"),
    UniqueConstraint("item_id", "unit"),
)

stock_kits = table(
    "stock_kits",
    required("kit_code", unique=True),
    required("name"),
    text("service_type"),
    Column("is_active", Boolean(create_constraint=False), nullable=False, server_default="1"),
)

stock_kit_lines = table(
    "stock_kit_lines",
    part_of("kit_id", "stock_kits"),
    part_of("item_id", "stock_items"),
    _amount("amount"),
)

stock_vouchers = table(
    "stock_vouchers",
    # numbered without gaps: `BS-2026-0001`
    required("voucher_no", unique=True),
    required("voucher_kind"),
    required("voucher_on"),
    # `brouillon` while it is only asked for, `valide`, `annule`
    required("voucher_status"),
    text("purpose"),
    text("third_party"),
    # the resident it is for
    Column("stay_id", ForeignKey("stays.id"), index=True),
    link("requested_by", "users"),
    link("approved_by", "users"),
    link("issued_by", "users"),
    text("reason"),
    # the document that came with it: an invoice, a way bill
    text("reference"),
    link("reverses_id", "stock_vouchers"),
    day("recorded_at"),
    # of a request: the service that was written with it
    text("service_no"),
    Index("ix_stock_vouchers_voucher_on", "voucher_on"),
)

stock_voucher_lines = table(
    "stock_voucher_lines",
    part_of("voucher_id", "stock_vouchers"),
    part_of("item_id", "stock_items"),
    _amount("asked"),
    _amount("amount"),
    # the kit it belongs to
    text("kit_code"),
    yes_or_no("lent"),
)

stock_moves = table(
    "stock_moves",
    required("move_no", unique=True),
    Column("item_id", ForeignKey("stock_items.id"), nullable=False),
    required("moved_on"),
    required("move_type"),
    # with the sign of its kind
    _amount("change"),
    text("lot_no"),
    day("expiry_on"),
    text("donor"),
    text("voucher_no"),
    text("third_party"),
    Column("unit_cost_xof", Integer),
    text("pack"),
    Column("pack_factor", Integer),
    # a movement is taken back once
    Column("reverses_id", ForeignKey("stock_moves.id"), unique=True),
    yes_or_no("lent"),
    Column("returns_id", ForeignKey("stock_moves.id"), index=True),
    Column("voucher_id", ForeignKey("stock_vouchers.id"), index=True),
    # the service that an issue stands for, by its number, which is never given again
    text("service_no"),
    day("recorded_at"),
    # what the lot came under; a trigger keeps the grant there while a lot names it
    Column("grant_id", Integer),
    # the real day, where it lies before `moved_on`
    day("actual_on"),
    # holds all that a balance needs, so that the rows themselves are not read
    Index("ix_stock_moves_item_id_moved_on_change", "item_id", "moved_on", "change"),
    Index("ix_stock_moves_moved_on", "moved_on"),
    Index("ix_stock_moves_actual_on", "actual_on", sqlite_where=text_clause("actual_on IS NOT NULL")),
)

stock_loan_notes = table(
    "stock_loan_notes",
    # the issue that lent it
    part_of("move_id", "stock_moves"),
    required("noted_on"),
    # why it stays out though its resident left
    required("reason"),
    link("noted_by", "users"),
    day("recorded_at"),
)

stock_counts = table(
    "stock_counts",
    required("count_no", unique=True),
    # a `stock_category`, "" for the whole store
    text("stock_category"),
    required("counted_on"),
    required("cut_off_at"),
    # the last movement that was written before the count began
    Column("last_move", Integer, nullable=False),
    text("team"),
    # `ouvert`, `approuve`, `annule`
    required("count_status"),
    text("conclusion"),
    link("begun_by", "users"),
    link("entered_by", "users"),
    link("approved_by", "users"),
    day("approved_on"),
)

stock_count_lines = table(
    "stock_count_lines",
    part_of("count_id", "stock_counts"),
    part_of("item_id", "stock_items"),
    text("lot_no"),
    day("expiry_on"),
    text("donor"),
    # empty is not counted, which is not zero
    Column("counted", Integer),
    Column("recount", Integer),
    text("cause"),
    text("comment"),
    # as the ledger had it at the approval
    Column("theoretical", Integer),
    Column("grant_id", Integer),
)
