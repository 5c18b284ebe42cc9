"""Rows of rooms and beds."""
