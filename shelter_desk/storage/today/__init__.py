"""Shifts in the file."""
