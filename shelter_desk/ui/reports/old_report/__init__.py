"""The month beside the shelter's own report of before, made in Excel: cells pointed to, and what differs."""
