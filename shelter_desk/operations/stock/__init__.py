"""The store: items, vouchers, issues, counts and loans."""
