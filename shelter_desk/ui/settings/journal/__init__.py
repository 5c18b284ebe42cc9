"""The journal, line by line."""
