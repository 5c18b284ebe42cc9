"""The facts that a report is computed from."""
