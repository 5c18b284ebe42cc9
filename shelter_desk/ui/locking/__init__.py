"""Locking: when it happens by itself, what it covers and closes, and what it leaves behind."""
