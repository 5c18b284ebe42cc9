"""Backups: made, kept, tried, gone back to."""
