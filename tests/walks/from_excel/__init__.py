"""Rows of Excel that no file brings."""
