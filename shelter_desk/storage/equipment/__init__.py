"""Rows of equipment and its counts."""
