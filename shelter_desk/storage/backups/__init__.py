"""Backups: made, proven, put back, and what is owed where one failed."""
