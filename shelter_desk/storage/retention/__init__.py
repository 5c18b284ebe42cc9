"""Erasing, and what is due to go."""
