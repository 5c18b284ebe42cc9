"""The stock: items, the ledger of what comes and goes, lots, vouchers, counts (field 2.17, 3.11 to 3.13)."""
