"""Rows of persons, their names and papers."""
