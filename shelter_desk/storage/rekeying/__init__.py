"""Other keys for a whole file."""
