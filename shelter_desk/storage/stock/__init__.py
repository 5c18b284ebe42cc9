"""Rows of the store."""
