"""Texts of the case file: screening, assessment, incidents, notes, returns."""
