"""Blank forms for the hours without power."""
