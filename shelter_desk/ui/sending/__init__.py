"""The gate: for whom a file is written, and what is kept of it."""
