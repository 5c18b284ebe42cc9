"""Rows of the case file."""
